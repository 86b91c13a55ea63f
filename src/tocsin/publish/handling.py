"""Handling caveats: what a reader may see, and how what is withheld is counted and told.

A release names what its readers are cleared for. Words are released only by those who name them: no label covers them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.handling import Caveat, Tlp, caveat
from tocsin.model.report import Report, Source, VoiceKind

__all__ = [
    "ALL",
    "EVERYTHING",
    "PUBLIC",
    "Caveat",
    "Release",
    "Tlp",
    "Withheld",
    "caveat",
    "marked",
    "named",
    "release",
    "withheld",
]

EVERYTHING = "all"
WORDS = "a caveat in words"
_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+")
_GAP = r"(?:[\W_]|%20)+"


@dataclass(frozen=True, slots=True)
class Release:
    """What readers are cleared for: up to a label, and the caveats in words that are named; or everything."""

    level: Tlp = Tlp.CLEAR
    words: frozenset[str] = frozenset()
    everything: bool = False

    def covers(self, marked: Caveat) -> bool:
        """May they see what is so marked?

        >>> Release(Tlp.AMBER).covers(caveat("TLP:GREEN")), Release(Tlp.RED).covers(caveat("embargo"))
        (True, False)
        """
        return self.everything or (marked.level <= self.level and marked.words <= self.words)

    def withholds(self, marked: Caveat) -> str:
        """Why what is so marked is withheld, in words that give nothing away; empty where it is not."""
        if self.covers(marked):
            return ""
        reasons = [marked.level.label] if marked.level > self.level else []
        return " and ".join([*reasons, *([WORDS] if marked.words - self.words else [])])


PUBLIC = Release()
"""What leaves the desk where nobody names its readers: what carries no caveat, or TLP:CLEAR."""

ALL = Release(everything=True)
"""The desk's own eyes."""


def release(names: Sequence[str]) -> Release:
    """What ``--release`` asks for: labels, caveats in words as they were given, or ``all``.

    >>> release(["TLP:GREEN", "Embargo until May"])
    Release(level=<Tlp.GREEN: 1>, words=frozenset({'embargo until may'}), everything=False)
    """
    if any(name.strip().casefold() == EVERYTHING for name in names):
        return ALL
    found = Caveat()
    for name in names:
        found = found.joined(caveat(name))
    return Release(found.level, found.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What a release does not cover: claims, reports and declared sources by id, each with the reason."""

    claims: Mapping[str, str] = field(default_factory=dict[str, str])
    reports: Mapping[str, str] = field(default_factory=dict[str, str])
    sources: Mapping[str, str] = field(default_factory=dict[str, str])

    def __bool__(self) -> bool:
        """Is anything withheld?"""
        return bool(self.claims or self.reports or self.sources)

    def joined(self, other: Withheld) -> Withheld:
        """What either of two withholds; what both do counts once."""
        return Withheld(
            claims={**self.claims, **other.claims},
            reports={**self.reports, **other.reports},
            sources={**self.sources, **other.sources},
        )

    def told(self) -> str:
        """What is withheld, counted by its reason; never which, nor whose.

        >>> Withheld(claims={"a": "TLP:RED", "b": "TLP:RED"}).told()
        '2 claims withheld: TLP:RED'
        """
        parts = []
        for kind, found in (("claim", self.claims), ("report", self.reports), ("source", self.sources)):
            for reason, count in sorted(Counter(found.values()).items()):
                parts.append(f"{count} {kind}{'' if count == 1 else 's'} withheld: {reason}")
        return "; ".join(parts)


def marked(reports: Mapping[str, str], sources: Sequence[Source], *, to: Release) -> Withheld:
    """What a release does not cover of a whole desk, by the caveats of its reports (by their ids) and its sources."""
    closed = {key: why for key, text in reports.items() if (why := to.withholds(caveat(text)))}
    return Withheld(reports=closed, sources=_guarded(sources, to))


def withheld(
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating],
    sources: Sequence[Source],
    *,
    to: Release,
) -> Withheld:
    """What readers of a release may not see.

    A claim bears the caveats of its report and of every declared source in its chain, a source those of the body it is
    part of. Where a claim is withheld for its voice, the other claims of the same sentence go with it.
    """
    if to.everything:
        return Withheld()
    closed = {key: why for key, report in reports.items() if (why := to.withholds(caveat(report.handling)))}
    guarded = _guarded(sources, to)
    if not closed and not guarded:
        return Withheld()
    every = tuple(claims)
    names = {source.id: named(source) for source in sources if source.id in guarded}
    found: dict[str, str] = {}
    sentences: dict[str, list[tuple[int, int, str]]] = {}
    for claim in every:
        spoken = _voiced(claim, ratings.get(claim.id), names, guarded)
        if spoken and claim.report not in closed:
            sentences.setdefault(claim.report, []).append((*claim.sentence, spoken))
    for claim in every:
        reason = closed.get(claim.report) or next(
            (
                why
                for a, b, why in sentences.get(claim.report, ())
                if claim.sentence.start < b and a < claim.sentence.stop
            ),
            None,
        )
        if reason:
            found[claim.id] = reason
    return Withheld(claims=found, reports=closed, sources=guarded)


def _guarded(sources: Sequence[Source], to: Release) -> dict[str, str]:
    by_id = {source.id: source for source in sources}
    found: dict[str, str] = {}
    for source in sources:
        marked, parent, seen = caveat(source.handling), source.part_of, {source.id}
        while parent is not None and parent in by_id and parent not in seen:
            seen.add(parent)
            marked = marked.joined(caveat(by_id[parent].handling))
            parent = by_id[parent].part_of
        why = to.withholds(marked)
        if why:
            found[source.id] = why
    return found


def named(source: Source) -> re.Pattern[str]:
    """What finds a source's names and aliases in a text, as whole words, with or without their accents.

    Between the words of a name anything may stand that is no letter or digit, as in addresses and the names of files. A
    person's last name finds him alone where a capital begins it. An id of one word is left out: "port" is no name.

    >>> one = Source(id="staff-2", name="Ana Krüger", kind=VoiceKind.PERSON)
    >>> [found[0] for found in named(one).finditer("Ana  Krüger, /ana-kruger.html, KRÜGER, a kruger, Krügers, staff-2")]
    ['Ana  Krüger', 'ana-kruger', 'KRÜGER', 'staff-2']
    """
    spelled = (source.name, *source.aliases, *([source.id] if "-" in source.id else []))
    names = {name.strip() for name in spelled if len(name.strip()) >= _SHORTEST}
    longest = sorted(names, key=lambda name: (-len(name), name)) or [source.id]
    each = [f"(?i:{_GAP.join(map(_spelt, _WORD.findall(name))) or re.escape(name)})" for name in longest]
    last = source.name.split()[1:][-1:] if source.kind is VoiceKind.PERSON else []
    each += [
        f"{_spelt(word[0])}(?i:{_spelt(word[1:])})" for word in last if len(word) > _SHORTEST and word[0].isupper()
    ]
    return re.compile(rf"(?:(?<![^\W_])|(?<=%20))(?:{'|'.join(each)})(?![^\W_])")


def _spelt(word: str) -> str:
    """A word as a pattern that its spelling without accents matches too."""
    found = []
    for letter in word:
        base = unicodedata.normalize("NFD", letter)[0]
        found.append(re.escape(letter) if base == letter else f"(?:{letter}|{base}[\u0300-\u036f]*)")
    return "".join(found)


def _voiced(
    claim: Claim, rating: Rating | None, names: Mapping[str, re.Pattern[str]], guarded: Mapping[str, str]
) -> str | None:
    if rating is not None and rating.source in guarded:
        return guarded[rating.source]
    for source, pattern in names.items():
        if any(pattern.search(voice.name) for voice in claim.chain):
            return guarded[source]
    return None
