"""Invented reports with near-copies planted among them; no word of theirs means anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.model.claim import Attribution, Claim, Polarity
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window

WORDS = 20_000
PLANTED = 0.25
FORMULAS = 20
"""Sentences that some outlet prints anew every day with another place and day in them."""

KINDS = ("same words", "one word in twelve changed", "one word in eight changed", "inside a sentence twice as long")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Claims of many reports; ``planted`` gives the original of each copy, ``kind`` how it was changed."""

    reports: dict[str, Report]
    claims: list[Claim]
    planted: dict[str, str]
    kind: dict[str, str]


def world(reports: int, *, per_report: int, seed: int = 1) -> World:
    """Draw a world.

    A quarter of the claims are copies of an earlier report's claim, a tenth are formulas, the others are new.

    Args:
        reports: How many reports.
        per_report: Claims in each.
        seed: Of the draws.
    """
    rng = np.random.default_rng(seed)
    weights = 1.0 / np.arange(10, WORDS + 10)
    cumulative = np.cumsum(weights / weights.sum())
    formulas = [_sentence(rng, cumulative, 20) for _ in range(FORMULAS)]
    found: list[Claim] = []
    by_id: dict[str, Report] = {}
    planted: dict[str, str] = {}
    kinds: dict[str, str] = {}
    originals: list[int] = []
    for number in range(reports):
        day = date(2022, 1, 1) + timedelta(days=number * 365 // reports)
        outlet = f"Outlet {number % 97}"
        report = Report(id=f"sha256:{number:064x}", text="", outlet=outlet, published=Window.on(day))
        by_id[report.id] = report
        before = len(originals)
        for place in range(per_report):
            name = f"c{number}-{place}"
            chance = rng.random()
            if chance < PLANTED and before:
                original = found[originals[int(rng.integers(before))]]
                kind = KINDS[int(rng.integers(len(KINDS)))]
                words = _changed(original.content.split(), kind, rng, cumulative)
                planted[name], kinds[name] = original.id, kind
            elif chance < PLANTED + 0.1:
                words = [*formulas[int(rng.integers(FORMULAS))], f"w{int(rng.integers(WORDS))}", "on", day.isoformat()]
            else:
                words = _sentence(rng, cumulative, int(rng.integers(12, 30)))
                originals.append(len(found))
            found.append(_claim(name, report, " ".join(words), place))
    return World(reports=by_id, claims=found, planted=planted, kind=kinds)


def _sentence(rng: np.random.Generator, cumulative: np.ndarray, length: int) -> list[str]:
    return [f"w{rank}" for rank in np.searchsorted(cumulative, rng.random(length)).tolist()]


def _changed(words: list[str], kind: str, rng: np.random.Generator, cumulative: np.ndarray) -> list[str]:
    """A copy of a sentence, changed in one of the four ways."""
    if kind == KINDS[3]:
        extra = _sentence(rng, cumulative, len(words))
        cut = int(rng.integers(len(words) + 1))
        return [*extra[:cut], *words, *extra[cut:]]
    out = list(words)
    changes = {KINDS[0]: 0, KINDS[1]: max(1, len(words) // 12), KINDS[2]: max(1, len(words) // 8)}[kind]
    for place in rng.choice(len(words), size=changes, replace=False).tolist():
        out[place] = _sentence(rng, cumulative, 1)[0]
    return out


def _claim(name: str, report: Report, content: str, place: int) -> Claim:
    span = Span(place * 1000, place * 1000 + len(content))
    return Claim(
        id=name,
        report=report.id,
        span=span,
        sentence=span,
        content=content,
        cue=None,
        chain=(Voice(name=report.outlet or "", kind=VoiceKind.MEDIA),),
        attribution=Attribution.AUTHOR,
        polarity=Polarity.AFFIRMED,
    )
