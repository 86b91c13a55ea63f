"""The rules put together: a report's text to claims, voices carried from sentence to sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tocsin.extract.build import NAME, About, chain_of, claim, cue_at, sender_of, year_of
from tocsin.extract.carry import State, goes_on, leave, speakers_of
from tocsin.extract.cue import cues
from tocsin.extract.figure import figures
from tocsin.extract.fragment import noise, not_said, unnamed, why_nothing
from tocsin.extract.line import Line, paragraphs, quotations
from tocsin.extract.noun import Words
from tocsin.extract.proposition import AUTHOR, Proposition, propositions
from tocsin.extract.said import Said
from tocsin.extract.stance import Stance, stance
from tocsin.extract.syntax import read_ahead
from tocsin.extract.time_of import time_of
from tocsin.extract.voice import Company, kind, kind_of
from tocsin.model.claim import Attribution, Claim, Cue, Extraction, Figure, NotUnderstood, Role
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.text.dateline import dateline
from tocsin.text.sentences import LONGEST_SENTENCE, sentences

__all__ = ["NAME", "read"]

_TOGETHER = 256


@dataclass(slots=True)
class _Reading:
    """One report being read."""

    report: Report
    company: Company
    outlet: Voice
    claims: list[Claim] = field(default_factory=list[Claim])
    figures: list[Figure] = field(default_factory=list[Figure])
    missed: list[NotUnderstood] = field(default_factory=list[NotUnderstood])
    state: State = field(default_factory=State)


def read(report: Report, outlet: Voice | None) -> Extraction:
    """Every claim of a report in English, in order of text."""
    first = outlet or _outlet(report)
    reading = _Reading(report, Company(first), first)
    found = [_without_dateline(report.text, one) for one in paragraphs(report.text, sentences(report.text))]
    for group in _groups(found):
        read_ahead(report.text, [span for paragraph in group for span in paragraph if _is_read(span)])
        for paragraph in group:
            _paragraph(reading, paragraph)
    return Extraction(
        report=report.id,
        claims=tuple(reading.claims),
        figures=tuple(reading.figures),
        not_understood=tuple(reading.missed),
        extractor=NAME,
    )


def _groups(found: Sequence[tuple[Span, ...]]) -> Iterator[list[tuple[Span, ...]]]:
    """Paragraphs by the sentences that the encoder reads together."""
    group: list[tuple[Span, ...]] = []
    for paragraph in found:
        group.append(paragraph)
        if sum(map(len, group)) >= _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _without_dateline(text: str, paragraph: tuple[Span, ...]) -> tuple[Span, ...]:
    """The sentences of a paragraph without the dateline it begins with: a dateline is no statement and no voice."""
    wire = dateline(text, paragraph[0].start, paragraph[-1].stop)
    if wire is None:
        return paragraph
    return tuple(Span(max(one.start, wire.stop), one.stop) for one in paragraph if one.stop > wire.stop) or paragraph


def _is_read(sentence: Span) -> bool:
    return sentence.stop - sentence.start <= LONGEST_SENTENCE


def _outlet(report: Report) -> Voice:
    if not report.outlet:
        return Voice(name="author", kind=VoiceKind.AUTHOR)
    words = report.outlet.split()
    found = kind_of([word.lower() for word in words], len(words) - 1, capitals=[word[:1].isupper() for word in words])
    known = found in {VoiceKind.ADVERSARY_MEDIA, VoiceKind.ORGANIZATION}
    return Voice(name=report.outlet, kind=found if known else VoiceKind.MEDIA)


def _paragraph(reading: _Reading, spans: Sequence[Span]) -> None:
    text = reading.report.text
    quotes = quotations(text, Span(spans[0].start, spans[-1].stop))
    lines = [Line.of(text, span, quotes) if _is_read(span) else None for span in spans]
    said = [cues(line) if line is not None else () for line in lines]
    speakers = speakers_of(lines, said)
    for position, (span, line) in enumerate(zip(spans, lines, strict=True)):
        if line is None:
            reading.missed.append(
                NotUnderstood(span=span, reason=f"sentence of more than {LONGEST_SENTENCE} characters")
            )
            reading.state = State()
            continue
        if not len(line):
            continue
        going_on = goes_on(reading.state, lines, said, position)
        _sentence(
            reading, line, said[position], going_on=going_on, speaker=speakers.get(position), lines=lines, all_said=said
        )


def _sentence(
    reading: _Reading,
    line: Line,
    said: tuple[Said, ...],
    *,
    going_on: bool,
    speaker: tuple[int, int] | None,
    lines: Sequence[Line | None],
    all_said: Sequence[tuple[Said, ...]],
) -> None:
    text, state = reading.report.text, reading.state
    carried = state.carried if going_on else ()
    voices = [_voices(reading, line, one) for one in said]
    outer_cue: Cue | None = None
    local = False
    if state.ahead and said and state.ahead_quoted:
        state.ahead = ()
    if state.ahead and state.ahead_quoted and line.quoted[0] < 0:
        state.ahead, state.ahead_quoted = (), False
    if state.ahead:
        carried, outer_cue, local = state.ahead, state.ahead_cue, True
        if not line.is_quote(0) and not (state.ahead_quoted and line.quoted[0] >= 0):
            state.ahead, state.ahead_cue = (), None
        elif not state.ahead_quoted:
            state.ahead_quoted = True
    elif speaker is not None and (other := lines[speaker[0]]) is not None:
        one = all_said[speaker[0]][speaker[1]]
        voice = reading.company.meet(text, other, one.source, stop=len(other)) if one.source else None
        if voice is not None:
            carried, local = (voice,), True
            outer_cue = cue_at(text, other, one)
    quoted_whole = not said and all(q >= 0 or line.is_mark(i) for i, q in enumerate(line.quoted))
    if quoted_whole and not carried:
        if state.quoting and state.carried:
            carried = state.carried
        else:
            reading.missed.append(NotUnderstood(span=line.span, reason="quotation without a voice"))
            state.carried, state.listing, state.quoting = (), False, False
            return
    stated = [p for p in propositions(line, said) if not unnamed(line, p)]
    unsaid = [p for p in stated if not_said(line, p, said)]
    pieces = [p for p in stated if p not in unsaid and not noise(line, p, carried=bool(carried))]
    for piece in unsaid:
        reading.missed.append(
            NotUnderstood(
                span=line.stretch(piece.runs[0].start, piece.runs[-1].stop), reason="what somebody did not say"
            )
        )
    if not pieces and not unsaid:
        reading.missed.append(NotUnderstood(span=line.span, reason=why_nothing(line)))
    about = About.of(reading.report, line, figures(text, line.span))
    reading.figures += about.figures
    before: Stance | None = None
    step = state.planning and going_on
    state.planning = False
    for piece in pieces:
        around = _around(said, piece)
        own = bool(around) and _speaks_first(said[around[0]]) and not state.listing and not local
        prefix = carried if not own and (not around or said[around[0]].verb or outer_cue) else ()
        inner = [voice for number in around for voice in voices[number]]
        chain = chain_of(reading.outlet, [*sender_of(reading.report), *prefix, *inner])
        if around:
            cue: Cue | None = cue_at(text, line, said[around[-1]])
            attribution = Attribution.LOCAL
        elif carried:
            cue = outer_cue
            attribution = Attribution.LOCAL if local else Attribution.CARRIED
        else:
            cue, attribution = None, Attribution.AUTHOR
        judged = stance(
            line,
            piece,
            [said[number] for number in around],
            figures=about.counted(line, piece),
            year=year_of(reading.report),
        )
        if before is not None and _same_again(line, piece):
            judged = replace(before, because=(f"{before.role.value}: as the statement before it",))
        before = judged
        state.planning |= len(chain) > 1 and (step or judged.role in _PLANNING)
        reading.claims.append(
            claim(
                reading.report,
                line,
                piece=piece,
                chain=chain,
                cue=cue,
                attribution=attribution,
                judged=judged,
                about=about,
                when=time_of(
                    line, piece, judged, whens=about.whens, pieces=pieces, said=[said[number] for number in around]
                ),
            )
        )
    _loose_quotes(reading, line, said, carried=bool(carried))
    reading.company.pass_by(text, line)
    leave(
        state,
        line,
        said,
        voices,
        carried,
        going_on=going_on,
        quoted=quoted_whole or _ends_quoted(line),
        local=local,
        text=text,
    )


def _speaks_first(said: Said) -> bool:
    """Does the sentence begin with its own voice: "Its captain told the insurer that …"?"""
    return bool(said.verb) and said.source is not None and said.source.start <= 1 and said.source.stop <= said.cue.start


def _around(said: tuple[Said, ...], piece: Proposition) -> list[int]:
    """The attributions a statement stands under, outermost first."""
    if piece.owner == AUTHOR:
        return []
    return _nested(said, piece.owner, piece.runs[0].start)


def _nested(said: tuple[Said, ...], owner: int, index: int) -> list[int]:
    covering = [
        (one.extent, number)
        for number, one in enumerate(said)
        if number == owner or any(w.start <= index < w.stop for w in one.contents)
    ]
    ordered = [number for _, number in sorted(covering, reverse=True)]
    return [*[n for n in ordered if n != owner], owner]


def _same_again(line: Line, piece: Proposition) -> bool:
    """Does a bracket put another figure to the statement before it: "(this is 40 battalions)", "(30,000, said X)"?"""
    first = piece.runs[0].start
    if not first or line.lower[first - 1] != "(":
        return False
    return line.lower[first : first + 2] in {("this", "is"), ("that", "is"), ("or", "about")} or not any(
        line.is_finite(index) for index in piece.tokens
    )


def _voices(reading: _Reading, line: Line, said: Said) -> tuple[Voice, ...]:
    """Who speaks, after the outlet that was told: "a spokesman told BelTA" came through BelTA."""
    if said.source is None:
        return ()
    text = reading.report.text
    told: tuple[Voice, ...] = ()
    if said.hearer is not None and _is_named(line, said.hearer):
        medium = kind(line, said.hearer)
        if medium in {VoiceKind.MEDIA, VoiceKind.ADVERSARY_MEDIA}:
            told = (reading.company.meet(text, line, said.hearer),)
    if said.through is not None:
        told = (reading.company.meet(text, line, said.through),)
    voice = reading.company.meet(text, line, said.source, stop=len(line))
    if said.relative is not None:
        voice = replace(voice, span=line.stretch(said.relative, said.relative + 1))
    return (*told, voice)


def _is_named(line: Line, words: Words) -> bool:
    """Does a noun phrase begin with a name, after an article at most?"""
    first = words.start + (line.lower[words.start] == "the" and words.stop - words.start > 1)
    return line.is_capital(first)


def _loose_quotes(reading: _Reading, line: Line, said: tuple[Said, ...], *, carried: bool) -> None:
    """Name speech in quotation marks that nobody in the sentence speaks."""
    if carried or said:
        return
    for quotation in sorted({q for q in line.quoted if q >= 0}):
        members = [index for index, q in enumerate(line.quoted) if q == quotation]
        reading.missed.append(
            NotUnderstood(span=line.stretch(members[0], members[-1] + 1), reason="quotation without a voice")
        )


def _ends_quoted(line: Line) -> bool:
    """Does the sentence end in speech?"""
    return any(q >= 0 for q in line.quoted[-3:])


_PLANNING = frozenset({Role.PLAN, Role.INTENT, Role.REQUIREMENT})
