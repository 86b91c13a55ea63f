"""What a model told against what the report says: a claim is believed if all its words stand there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.extract import lexicon
from tocsin.extract.build import sender_of
from tocsin.extract.figure import figures
from tocsin.extract.llm.chat import Told, ToldVoice
from tocsin.extract.llm.fold import fold, places_of
from tocsin.extract.llm.parts import Line
from tocsin.extract.when import whens
from tocsin.extract.where import places
from tocsin.model.claim import (
    DIRECT,
    SECOND_HAND,
    UNHEDGED,
    Attribution,
    Claim,
    Cue,
    Modality,
    Polarity,
    Role,
    When,
)
from tocsin.model.report import Report, Span, Voice, VoiceKind

LONGEST_CHAIN = 8
BESIDE = 20
"""A mention at most so many characters from its cue belongs to one attribution with it."""

_NO_EVIDENCE = {
    Modality.LIKELY: Role.ASSESSMENT,
    Modality.UNLIKELY: Role.ASSESSMENT,
    Modality.POSSIBLE: Role.ASSESSMENT,
    Modality.PLANNED: Role.PLAN,
    Modality.CONDITIONAL: Role.ASSESSMENT,
    Modality.HYPOTHETICAL: Role.ASSESSMENT,
    Modality.REPORTED_RUMOUR: Role.RUMOUR,
    Modality.QUESTION: Role.BACKGROUND,
}
"""What is put less than surely is nobody's observation, whatever a model calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every claim of a report is checked against: the report, its text folded, its outlet, who reads it."""

    report: Report
    folded: str
    outlet: Voice
    extractor: str


class Doubt(Exception):  # noqa: N818 - it is a doubt about a claim; nothing has failed
    """A claim cannot be believed; the text is the reason."""


def believed(told: Told, line: Line, ground: Ground) -> Claim:
    """The claim a model told, in the report's own words.

    Content, cue, mentions, denial, hedge and time must stand in the sentence, letter for letter; a voice's name must
    stand in the report, else the voice goes by its mention. What figures, times and places mean is never asked
    of a model: the same grammars read them as everywhere, and of times it says only which is meant.

    Raises:
        Doubt: Some of its words do not stand there.
    """
    report = ground.report
    whole = _found("content", told.content, line)
    if len(told.chain) > LONGEST_CHAIN:
        raise Doubt(f"the model's chain has more than {LONGEST_CHAIN} voices")
    if told.cue is not None and not told.chain:
        raise Doubt("the model gave a cue and nobody who speaks")
    cue = None if told.cue is None else _found("cue", told.cue, line, beside=whole)
    hedge = None if told.hedge is None else _found("hedge", told.hedge, line, near=whole)
    denial = None if told.denial is None else _found("denial", told.denial, line, near=whole)
    voices = [_voice(one, line, ground, near=cue or whole) for one in told.chain]
    chain = _chain(ground.outlet, [*sender_of(report), *voices])
    parts = _parts(report, whole, cue, [voice.span for voice in voices[-1:] if voice.span])
    span = Span(parts[0].start, parts[-1].stop)
    said = None if cue is None else Cue(text=_words(report, cue), span=cue)
    polarity = Polarity.AFFIRMED if denial is None or told.modality is Modality.QUESTION else Polarity.DENIED
    role = told.role
    if role in (Role.OBSERVATION, Role.EVENT):
        role = _NO_EVIDENCE.get(told.modality, role)
    names = "\x1f".join(voice.name for voice in chain)
    key = f"{report.id}|{span}|{cue}|{names}|{polarity}|{told.modality}"
    return Claim(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        report=report.id,
        span=span,
        sentence=line.span,
        content=_words(report, span),
        cue=said,
        chain=chain,
        attribution=_attribution(chain, said),
        polarity=polarity,
        modality=told.modality,
        role=role,
        hedge=None if hedge is None else _words(report, hedge),
        weight=_weight(told, chain),
        figures=tuple(f for f in figures(report.text, line.span) if _inside(f.span, parts)),
        when=_when(told, line, report, parts=parts, role=role),
        places=tuple(p for p in places(report.text, line.span) if _inside(p.span, parts)),
        parts=parts if len(parts) > 1 else (),
        because=_because(report, denial=denial, hedge=hedge, told=told, role=role),
        extractor=ground.extractor,
    )


def _found(what: str, words: str, line: Line, *, near: Span | None = None, beside: Span | None = None) -> Span:
    """Where words stand in the sentence: nearest to a span, or nearest but outside it if that can be."""
    found = places_of(words, line.text, start=line.span.start)
    if not found:
        raise Doubt(f"the model's {what} does not stand in the sentence")
    goal = near or beside or line.span

    def order(span: Span) -> tuple[bool, int, int]:
        return beside is not None and _inside(span, (beside,)), _apart(span, goal), span.start

    return min(found, key=order)


def _apart(one: Span, other: Span) -> int:
    """Characters between two spans."""
    return max(one.start - other.stop, other.start - one.stop, 0)


def _parts(report: Report, whole: Span, cue: Span | None, mentions: list[Span]) -> tuple[Span, ...]:
    """The content without an attribution that stands amid it: "the pier, he said, is mined" has two parts."""
    pieces = [whole]
    if cue is not None and _inside(cue, (whole,)):
        aside = [cue, *(one for one in mentions if _inside(one, (whole,)) and _apart(one, cue) <= BESIDE)]
        first, last = min(span.start for span in aside), max(span.stop for span in aside)
        pieces = [Span(whole.start, first), Span(last, whole.stop)]
    parts = [part for part in (_tight(report.text, piece) for piece in pieces) if part.start < part.stop]
    if not any(character.isalpha() for part in parts for character in _words(report, part)):
        raise Doubt("the model's content holds no words")
    return tuple(parts)


def _tight(text: str, span: Span) -> Span:
    """A span without the spaces and commas at its ends."""
    start, stop = span
    while start < stop and (text[start].isspace() or text[start] == ","):
        start += 1
    while start < stop and (text[stop - 1].isspace() or text[stop - 1] == ","):
        stop -= 1
    return Span(start, stop)


def _voice(told: ToldVoice, line: Line, ground: Ground, *, near: Span) -> Voice:
    if told.kind is VoiceKind.AUTHOR:
        raise Doubt("the model put the author into the chain")
    mention = None if told.mention is None else _found("mention of a voice", told.mention, line, near=near)
    named = next(iter(places_of(told.name, ground.folded)), mention)
    if named is None:
        raise Doubt("a voice the model named does not stand in the report")
    return Voice(name=_words(ground.report, named), kind=told.kind, span=mention)


def _when(told: Told, line: Line, report: Report, *, parts: Sequence[Span], role: Role) -> When | None:
    """The time the model points at, else the first in the content, as the grammar reads it.

    A day outside the content is the day of saying; what is foretold or planned on a day is about the days from it on.
    """
    found = [(when, when.span) for when in whens(report.text, line.span, published=report.published) if when.span]
    if told.time is None:
        return next((when for when, span in found if _inside(span, parts)), None)
    meant = _found("time", told.time, line, near=parts[0])
    for when, span in found:
        if span.start < meant.stop and meant.start < span.stop:
            ahead = not _inside(span, parts) and role in (Role.FORECAST, Role.PLAN)
            return replace(when, latest=None) if ahead else when
    return None


def _chain(outlet: Voice, voices: list[Voice]) -> tuple[Voice, ...]:
    """Outlet first, each voice once."""
    chain = {fold(outlet.name).casefold(): outlet}
    for voice in voices:
        chain.setdefault(fold(voice.name).casefold(), voice)
    return tuple(chain.values())


def _attribution(chain: tuple[Voice, ...], cue: Cue | None) -> Attribution:
    if cue is not None:
        return Attribution.LOCAL
    return Attribution.CARRIED if len(chain) > 1 else Attribution.AUTHOR


def _weight(told: Told, chain: tuple[Voice, ...]) -> float:
    """The hedge's measured weight, else the modality's; less where the outlet had it at second hand."""
    hedge = " ".join(fold(told.hedge or "").lower().split())
    weight = lexicon.hedge_weights().get(hedge, UNHEDGED[told.modality])
    return round(weight * (SECOND_HAND if len(chain) > DIRECT else 1.0), 4)


def _because(report: Report, *, denial: Span | None, hedge: Span | None, told: Told, role: Role) -> tuple[str, ...]:
    reasons = [f"{Polarity.DENIED.value}: {_words(report, denial)}"] if denial else []
    if hedge:
        reasons.append(f"{told.modality.value}: {_words(report, hedge)}")
    reasons.append(
        f"{role.value}: judged by a language model" if role is told.role else f"{role.value}: {told.modality.value}"
    )
    return tuple(reasons)


def _words(report: Report, span: Span) -> str:
    return report.text[span.start : span.stop]


def _inside(inner: Span, outer: Sequence[Span]) -> bool:
    return any(one.start <= inner.start and inner.stop <= one.stop for one in outer)
