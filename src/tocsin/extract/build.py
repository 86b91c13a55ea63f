"""A claim put together from a statement, its voices and its stance."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.line import Line
from tocsin.extract.proposition import Proposition
from tocsin.extract.said import Said
from tocsin.extract.stance import Stance
from tocsin.extract.when import whens
from tocsin.extract.when_outlook import outlook
from tocsin.extract.where import places
from tocsin.model.claim import DIRECT, SECOND_HAND, Attribution, Claim, Cue, Figure, PlaceMention, When
from tocsin.model.report import Report, Span, Voice, VoiceKind

NAME = "tocsin 0.1 en"
"""The extractor as every claim names it."""

"""Outlet and one voice: heard at first hand."""


@dataclass(frozen=True, slots=True)
class About:
    """Figures, times and places of a sentence."""

    figures: tuple[Figure, ...]
    whens: tuple[When, ...]
    places: tuple[PlaceMention, ...]

    @classmethod
    def of(cls, report: Report, line: Line, figures: tuple[Figure, ...]) -> About:
        """Read the times and places of a sentence whose figures are known."""
        times = whens(report.text, line.span, published=report.published, looks=lambda at: outlook(line, at))
        return cls(figures, times, places(report.text, line.span, tree=line.syntax))

    def counted(self, line: Line, piece: Proposition) -> tuple[Figure, ...]:
        """The figures that stand in the statement."""
        parts = [line.stretch(*run) for run in piece.runs]
        return tuple(found for found in self.figures if _within(found.span, parts))


def _within(span: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.stop <= part.stop for part in parts)


def claim(
    report: Report,
    line: Line,
    *,
    piece: Proposition,
    chain: tuple[Voice, ...],
    cue: Cue | None,
    attribution: Attribution,
    judged: Stance,
    about: About,
    when: When | None,
) -> Claim:
    """One claim; figures and places are its own if they stand inside its content.

    What the outlet heard at second hand weighs less (SECOND_HAND).
    """
    parts = tuple(line.stretch(*run) for run in piece.runs)
    span = Span(parts[0].start, parts[-1].stop)
    weight = judged.weight * (SECOND_HAND if len(chain) > DIRECT else 1.0)
    names = "\x1f".join(voice.name for voice in chain)
    key = f"{report.id}|{span}|{cue.span if cue else None}|{names}|{judged.polarity}|{judged.modality}"
    return Claim(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        report=report.id,
        span=span,
        sentence=line.span,
        content=report.text[span.start : span.stop],
        cue=cue,
        chain=chain,
        attribution=attribution,
        polarity=judged.polarity,
        modality=judged.modality,
        role=judged.role,
        hedge=judged.hedge,
        weight=round(weight, 4),
        figures=tuple(f for f in about.figures if _within(f.span, parts)),
        when=when,
        places=tuple(p for p in about.places if _within(p.span, parts)),
        parts=parts if len(parts) > 1 else (),
        because=judged.because,
        extractor=NAME,
    )


def chain_of(outlet: Voice, voices: Sequence[Voice | None]) -> tuple[Voice, ...]:
    """Outlet first, each voice once: the outlet named again is the outlet, "they" is who was meant."""
    chain = [outlet]
    for voice in voices:
        if voice is None:
            continue
        if voice.name.casefold() == chain[-1].name.casefold():
            chain[-1] = voice if chain[-1].kind is voice.kind else chain[-1]
        elif not any(voice.name.casefold() == met.name.casefold() for met in chain):
            chain.append(voice)
    return tuple(chain)


def sender_of(report: Report) -> tuple[Voice, ...]:
    """Who speaks in a message of a group: its sender, and behind him whom he passes on; nobody in any other report."""
    if not report.is_of_a_group:
        return ()
    name = report.author or "unnamed member"
    sender = Voice(name=name, kind=VoiceKind.PERSON if report.author else VoiceKind.ANONYMOUS)
    return (sender, Voice(name=report.cited, kind=VoiceKind.MEDIA)) if report.cited else (sender,)


def cue_at(text: str, line: Line, said: Said) -> Cue:
    """The cue of an attribution, in the report's text."""
    span = line.stretch(*said.cue)
    return Cue(text=text[span.start : span.stop], span=span)


def year_of(report: Report) -> int | None:
    """The year a report was published in, if that is known."""
    if report.published is None:
        return None
    day = report.published.latest or report.published.earliest
    return day.year if day else None
