"""The rules put together: a report's text to claims, voices carried from sentence to sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.extract import figure, lexicon, when, where
from tocsin.extract.cue import cues
from tocsin.extract.line import Line, paragraphs, quotations
from tocsin.extract.proposition import AUTHOR, Proposition, propositions
from tocsin.extract.said import Said
from tocsin.extract.stance import SECOND_HAND, Stance, stance
from tocsin.extract.voice import Company, kind_of
from tocsin.model.claim import Attribution, Claim, Cue, Extraction, Figure, NotUnderstood
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.text.sentences import sentences

NAME = "tocsin 0.1 en"
"""The extractor as every claim names it."""

LONGEST_SENTENCE = 2_000
"""A sentence of more characters is not taken apart; it is named as not understood."""

_FRAGMENT_WORDS = 5


@dataclass(slots=True)
class _State:
    """What one sentence leaves to the next."""

    carried: tuple[Voice, ...] = ()
    listing: bool = False
    quoting: bool = False
    ahead: tuple[Voice, ...] = ()
    ahead_cue: Cue | None = None
    ahead_quoted: bool = False


@dataclass(slots=True)
class _Reading:
    """One report being read."""

    report: Report
    company: Company
    outlet: Voice
    claims: list[Claim] = field(default_factory=list[Claim])
    figures: list[Figure] = field(default_factory=list[Figure])
    missed: list[NotUnderstood] = field(default_factory=list[NotUnderstood])
    state: _State = field(default_factory=_State)


def read(report: Report, outlet: Voice | None) -> Extraction:
    """Every claim of a report in English, in order of text."""
    first = outlet or _outlet(report)
    reading = _Reading(report, Company(first), first)
    for paragraph in paragraphs(report.text, sentences(report.text)):
        _paragraph(reading, paragraph)
    return Extraction(
        report=report.id,
        claims=tuple(reading.claims),
        figures=tuple(reading.figures),
        not_understood=tuple(reading.missed),
        extractor=NAME,
    )


def _outlet(report: Report) -> Voice:
    if not report.outlet:
        return Voice(name="author", kind=VoiceKind.AUTHOR)
    words = report.outlet.split()
    found = kind_of([word.lower() for word in words], len(words) - 1, capitals=[word[:1].isupper() for word in words])
    kind = found if found in {VoiceKind.ADVERSARY_MEDIA, VoiceKind.ORGANIZATION} else VoiceKind.MEDIA
    return Voice(name=report.outlet, kind=kind)


def _paragraph(reading: _Reading, spans: Sequence[Span]) -> None:
    text = reading.report.text
    quotes = quotations(text, Span(spans[0].start, spans[-1].stop))
    lines = [Line.of(text, span, quotes) if span.stop - span.start <= LONGEST_SENTENCE else None for span in spans]
    said = [cues(line) if line is not None else () for line in lines]
    speakers = _speakers(lines, said)
    for position, (span, line) in enumerate(zip(spans, lines, strict=True)):
        reading.figures += figure.figures(text, span) if line is not None else ()
        if line is None:
            reading.missed.append(
                NotUnderstood(span=span, reason=f"sentence of more than {LONGEST_SENTENCE} characters")
            )
            reading.state = _State()
            continue
        going_on = _goes_on(reading.state, lines, said, position)
        _sentence(
            reading, line, said[position], going_on=going_on, speaker=speakers.get(position), lines=lines, all_said=said
        )


def _speakers(lines: Sequence[Line | None], said: Sequence[tuple[Said, ...]]) -> dict[int, tuple[int, int]]:
    """For sentences wholly inside a quotation: the sentence and the attribution that give it a voice.

    The attribution may stand in the same quotation's other sentence, or before it in the paragraph.
    """
    found: dict[int, tuple[int, int]] = {}
    by_quotation: dict[int, tuple[int, int]] = {}
    for row, one_line in enumerate(said):
        for number, one in enumerate(one_line):
            if one.quotation >= 0:
                by_quotation.setdefault(one.quotation, (row, number))
            line = lines[row]
            if line is not None:
                for words in one.contents:
                    for index in range(*words):
                        if line.quoted[index] >= 0:
                            by_quotation.setdefault(line.quoted[index], (row, number))
    for position, line in enumerate(lines):
        if line is None or said[position] or not len(line):
            continue
        inside = {q for index, q in enumerate(line.quoted) if not line.is_mark(index)}
        if len(inside) != 1 or (quotation := next(iter(inside))) < 0:
            continue
        attributed = [number for number in by_quotation if number <= quotation]
        if attributed:
            found[position] = by_quotation[max(attributed)]
    return found


def _starts(line: Line) -> tuple[str, ...]:
    """The first words of a sentence without its opening marks."""
    return tuple(word for index, word in enumerate(line.lower[:12]) if not line.is_mark(index) or word == ",")


def _begins(line: Line, key: str) -> bool:
    words = _starts(line)
    return bool(words) and lexicon.phrases("carry", key).at(words, 0) is not None


def _goes_on(state: _State, lines: Sequence[Line | None], said: Sequence[tuple[Said, ...]], position: int) -> bool:
    """Does a sentence go on in the voice before it?

    It does when it opens with a list word ("Secondly,"), a word that points back ("Its goal", "This number"), or
    stands in brackets; inside a list every sentence does. A sentence between a voice and such a sentence does too.
    A new paragraph goes on only with a list. The author's own openings ("To be sure", "Therefore") end it.
    """
    line = lines[position]
    if line is None or not state.carried:
        return False
    if _begins(line, "enumerators"):
        state.listing = True
        return True
    if position == 0:
        state.listing = False
        return False
    if _authors(line):
        return False
    if state.listing or line.lower[0] == "(" or _points_back(line):
        return True
    for later in range(position, len(lines)):
        following = lines[later]
        if following is None or said[later] or _authors(following):
            return False
        if _points_back(following) or _begins(following, "enumerators"):
            return True
    return False


def _points_back(line: Line) -> bool:
    words = _starts(line)
    if not words:
        return False
    if words[0] in lexicon.group("carry", "pronouns") or _begins(line, "phrases"):
        return True
    return lexicon.phrases("carry", "inner").first(line.lower) is not None


def _authors(line: Line) -> bool:
    """Does it open as the author's own comment, or ask?"""
    words = _starts(line)
    match = lexicon.phrases("carry", "author").at(words, 0) if words else None
    if match is not None and (
        match.phrase not in {"say", "note", "recall", "so"} or words[match.stop : match.stop + 1] == (",",)
    ):
        return True
    return line.lower[-1] == "?"


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
    if not len(line):
        return
    carried = state.carried if going_on else ()
    voices = [reading.company.meet(text, line, one.source, stop=len(line)) if one.source else None for one in said]
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
            outer_cue = _cue(text, other, one)
    quoted_whole = not said and all(q >= 0 or line.is_mark(i) for i, q in enumerate(line.quoted))
    if quoted_whole and not carried:
        if state.quoting and state.carried:
            carried = state.carried
        else:
            reading.missed.append(NotUnderstood(span=line.span, reason="quotation without a voice"))
            state.carried, state.listing, state.quoting = (), False, False
            return
    pieces = [p for p in propositions(line, said) if not _noise(line, p, carried=bool(carried))]
    if not pieces:
        reading.missed.append(NotUnderstood(span=line.span, reason=_why_nothing(line)))
    about = _About.of(reading, line)
    for piece in pieces:
        around = _around(said, piece)
        prefix = carried if not around or said[around[0]].verb or outer_cue else ()
        inner = [voices[number] for number in around]
        chain = _chain(reading.outlet, [*prefix, *inner])
        if around:
            cue: Cue | None = _cue(text, line, said[around[-1]])
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
            counted=about.counted(line, piece),
            year=_year(reading.report),
        )
        reading.claims.append(_claim(reading, line, piece, chain, cue, attribution, judged, about))
    _loose_quotes(reading, line, said, carried=bool(carried))
    _leave(
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


def _leave(
    state: _State,
    line: Line,
    said: tuple[Said, ...],
    voices: list[Voice | None],
    carried: tuple[Voice, ...],
    *,
    going_on: bool,
    quoted: bool,
    local: bool,
    text: str,
) -> None:
    """Keep the voice that the next sentence may go on in.

    Somebody told by somebody inside a story ("the head warned his boss that …") does not tell the story on.
    """
    state.quoting = quoted
    if said:
        last = _last_top(said)
        one, voice = said[last], voices[last]
        prefix = carried if going_on and one.verb else ()
        inside_story = (
            one.verb in lexicon.group("verbs", "told") and one.verb not in {"assure", "reassure"} and bool(prefix)
        )
        chain: list[Voice | None] = [*prefix]
        if not inside_story:
            chain += [voices[number] for number in _covering(said, last)]
        state.carried = tuple(v for v in chain if v is not None)
        state.listing = state.listing and going_on
        if one.ahead and voice is not None:
            state.ahead, state.ahead_cue, state.ahead_quoted = (voice,), _cue(text, line, one), False
    elif carried and (going_on or local or quoted):
        state.carried = carried
    else:
        state.carried, state.listing = (), False


def _last_top(said: tuple[Said, ...]) -> int:
    """The last attribution that is not inside another's content or a bracket's aside."""
    tops = [
        number
        for number, one in enumerate(said)
        if not any(
            other is not one and any(w.start <= one.cue.start < w.stop for w in other.contents) for other in said
        )
    ]
    if not tops:
        return len(said) - 1
    last = tops[-1]
    inner = [
        n
        for n, one in enumerate(said)
        if n != last and any(w.start <= one.cue.start < w.stop for w in said[last].contents) and _fills(said[last], one)
    ]
    return inner[-1] if inner else last


def _fills(outer: Said, inner: Said) -> bool:
    """Does the inner attribution take up the outer one's content to its end?"""
    ends = [words.stop for words in outer.contents]
    return (
        bool(ends)
        and any(words.stop >= max(ends) for words in inner.contents)
        and (sum(w.stop - w.start for w in inner.contents) * 2 > sum(w.stop - w.start for w in outer.contents))
    )


def _covering(said: tuple[Said, ...], number: int) -> list[int]:
    """One attribution and those around it, outermost first."""
    one = said[number]
    around = [
        n
        for n, other in enumerate(said)
        if n != number and any(w.start <= one.cue.start < w.stop for w in other.contents)
    ]
    return [*around, number]


def _around(said: tuple[Said, ...], piece: Proposition) -> list[int]:
    """The attributions a statement stands under, outermost first."""
    if piece.owner == AUTHOR:
        return []
    return _nested(said, piece.owner, piece.runs[0].start)


def _nested(said: tuple[Said, ...], owner: int, index: int) -> list[int]:
    covering = [
        (sum(w.stop - w.start for w in one.contents), number)
        for number, one in enumerate(said)
        if number == owner or any(w.start <= index < w.stop for w in one.contents)
    ]
    ordered = [number for _, number in sorted(covering, reverse=True)]
    return [*[n for n in ordered if n != owner], owner]


def _chain(outlet: Voice, voices: Sequence[Voice | None]) -> tuple[Voice, ...]:
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


def _cue(text: str, line: Line, said: Said) -> Cue:
    span = line.stretch(*said.cue)
    return Cue(text=text[span.start : span.stop], span=span)


@dataclass(frozen=True, slots=True)
class _About:
    """Figures, times and places of a sentence."""

    figures: tuple[Figure, ...]
    whens: tuple[when.When, ...]
    places: tuple[where.PlaceMention, ...]

    @classmethod
    def of(cls, reading: _Reading, line: Line) -> _About:
        text = reading.report.text
        inside = (
            tuple(f for f in reading.figures if line.span.start <= f.span.start < line.span.stop)
            if reading.figures
            else ()
        )
        return cls(
            inside, when.whens(text, line.span, published=reading.report.published), where.places(text, line.span)
        )

    def counted(self, line: Line, piece: Proposition) -> bool:
        """Does a figure stand in the statement?"""
        parts = [line.stretch(*run) for run in piece.runs]
        return any(_within(found.span, parts) for found in self.figures)


def _within(span: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.stop <= part.stop for part in parts)


def _claim(
    reading: _Reading,
    line: Line,
    piece: Proposition,
    chain: tuple[Voice, ...],
    cue: Cue | None,
    attribution: Attribution,
    judged: Stance,
    about: _About,
) -> Claim:
    parts = tuple(line.stretch(*run) for run in piece.runs)
    span = Span(parts[0].start, parts[-1].stop)
    weight = judged.weight * (SECOND_HAND if len(chain) > _DIRECT else 1.0)
    times = [found for found in about.whens if found.span is None or _within(found.span, parts)]
    names = "\x1f".join(voice.name for voice in chain)
    key = f"{reading.report.id}|{span}|{cue.span if cue else None}|{names}|{judged.polarity}|{judged.modality}"
    return Claim(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        report=reading.report.id,
        span=span,
        sentence=line.span,
        content=reading.report.text[span.start : span.stop],
        cue=cue,
        chain=chain,
        attribution=attribution,
        polarity=judged.polarity,
        modality=judged.modality,
        role=judged.role,
        hedge=judged.hedge,
        weight=round(weight, 4),
        figures=tuple(f for f in about.figures if _within(f.span, parts)),
        when=times[0] if times else None,
        places=tuple(p for p in about.places if _within(p.span, parts)),
        parts=parts if len(parts) > 1 else (),
        because=judged.because,
        extractor=NAME,
    )


_DIRECT = 2
"""Outlet and one voice: heard at first hand."""


def _noise(line: Line, piece: Proposition, *, carried: bool) -> bool:
    """A heading or a fragment with nobody behind it."""
    if piece.owner != AUTHOR or carried:
        return False
    tokens = [index for index in piece.tokens if not line.is_mark(index)]
    if any(line.is_finite(index) for index in tokens):
        return False
    if any(line.lower[index][:1].isdigit() for index in tokens) and line.lower[-1] in {".", "?", "!"}:
        return False
    return not (len(tokens) >= _FRAGMENT_WORDS and line.lower[-1] in {".", "!", "…", "?"}) and not (
        len(tokens) > 1 and line.lower[-1] == "?"
    )


def _why_nothing(line: Line) -> str:
    if line.lower[-1] in {".", "!", "?", "…", "”", '"', ")"}:
        return "no statement found"
    return "heading or fragment"


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


def _year(report: Report) -> int | None:
    if report.published is None:
        return None
    day = report.published.latest or report.published.earliest
    return day.year if day else None
