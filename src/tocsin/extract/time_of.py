"""Which of a sentence's times is a statement's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Tense
from tocsin.extract.line import Line
from tocsin.extract.proposition import Proposition
from tocsin.extract.said import Said
from tocsin.extract.stance import Stance
from tocsin.model.claim import Modality, Role, When


def time_of(
    line: Line,
    piece: Proposition,
    judged: Stance,
    *,
    whens: Sequence[When],
    pieces: Sequence[Proposition],
    said: Sequence[Said],
) -> When | None:
    """The time a statement speaks of: its own, else the day it was said or the one that opens its sentence.

    A time inside a relative clause or a comparison ("the shells that were stored there before March") is not
    the statement's. What is foretold or planned on a day is about the days from it on.

    Args:
        line: The sentence.
        piece: The statement.
        judged: Its stance.
        whens: The times of the sentence, in order of text.
        pieces: All statements of the sentence.
        said: The attributions the statement stands under.
    """
    own = [when for when in whens if _inside(line, piece, when) and not _subordinate(line, piece, when)]
    if own:
        return next((when for when in own if when.earliest and when.latest), own[0])
    loose = [when for when in whens if not any(_inside(line, other, when) for other in pieces)]
    shown = next((day for one in reversed(said) for when in loose if (day := _of_picture(line, one, when))), None)
    if shown is not None:
        return shown
    spoken = next((when for one in reversed(said) for when in loose if _of_saying(line, one, when)), None)
    if spoken is not None and (judged.role in {Role.FORECAST, Role.PLAN} or judged.modality is Modality.PLANNED):
        return replace(spoken, latest=None)
    return spoken or _opening(line, piece, whens, pieces)


def _inside(line: Line, piece: Proposition, when: When) -> bool:
    if when.span is None:
        return True
    parts = (line.stretch(*run) for run in piece.runs)
    return any(part.start <= when.span.start and when.span.stop <= part.stop for part in parts)


def _token(line: Line, when: When) -> int:
    """The first token of a time."""
    start = when.span.start if when.span is not None else line.span.start
    return next((k for k, token in enumerate(line.tokens) if token.span.stop > start), len(line) - 1)


def _subordinate(line: Line, piece: Proposition, when: When) -> bool:
    """Does a time stand in a relative clause or a comparison after the statement's main verb?"""
    if when.span is None or when.text.lower().startswith(_AS_OF):
        return False
    at, first = _token(line, when), piece.runs[0].start
    before = line.lower[max(first, at - 3) : at]
    if "than" in before or ("compared" in before and {"to", "with"} & set(before)):
        return True
    if _names(line, at) or _of_subject(line, piece, at):
        return True
    for index in range(at - 1, first, -1):
        word = line.lower[index]
        if word in {";", "and", "but"} and line.has_finite(index + 1, at):
            return False
        if _relative(line, index) and line.has_finite(index + 1, at) and line.has_finite(first, index):
            return True
    return False


def _names(line: Line, at: int) -> bool:
    """Does a time only name a thing or measure it: "the spring flood", "as in June"?"""
    syntax = line.syntax
    cases = {line.lower[k] for k in syntax.children(at, "case")}
    return (
        (syntax.relation(at) == "compound" and not cases and line.lower[at] in _SEASONS)
        or "as" in cases
        or line.lower[max(0, at - 2) : at][:1] == ("as",)
    )


def _of_subject(line: Line, piece: Proposition, at: int) -> bool:
    """Does a time stand in what only describes the subject: "the memo, dated 27 February, speaks of …"?"""
    syntax = line.syntax
    members = frozenset(piece.tokens)
    described = False
    for k in (at, *syntax.above(at)):
        if k not in members:
            return False
        described = described or syntax.relation(k) == "acl"
        if described and syntax.relation(k) == "nsubj":
            return syntax.heads[k] in members
    return False


def _relative(line: Line, index: int) -> bool:
    """Does a word open a clause that only describes the noun before it, or compares?"""
    word, before = line.lower[index], line.lower[index - 1]
    if word in {"who", "which", "whose", "whom", "where", "than", "as"}:
        return not line.is_mark(index - 1) or word not in {"where", "as"}
    if word != "that" or line.is_mark(index - 1):
        return False
    tenses = {form.tense for form in lexicon.forms().get(before, ())}
    verbal = tenses & {Tense.ING, Tense.PAST, Tense.PARTICIPLE} or line.is_finite(index - 1)
    return not verbal and before not in _COMPLEMENTED


def _of_picture(line: Line, said: Said, when: When) -> When | None:
    """The day of what a picture, a recording or a data set shows, None where the time is not that of one.

    It shows the day on which it was taken ("imagery taken on 5 May", "data as of 3 June"); what was posted on a day
    was so by then.
    """
    at = _token(line, when)
    source = said.source
    if said.verb not in _SHOWING or source is None or not source.start < at < said.cue.start:
        return None
    before = line.lower[source.start : at]
    made = max((k for k, word in enumerate(before) if word in _TAKEN), default=-1)
    posted = max((k for k, word in enumerate(before) if word in _POSTED), default=-1)
    if posted > made:
        return replace(when, earliest=None)
    near = made >= 0 or when.text.lower().startswith("as of") or before[-1:] in {("from",), ("of",)}
    return when if near else None


def _of_saying(line: Line, said: Said, when: When) -> bool:
    """Is it the day on which something was said, shown or published: beside the cue, with no other verb between?"""
    at = _token(line, when)
    if said.cue.start <= at < said.cue.stop:
        return True
    if said.source is not None and said.source.start <= at < said.source.stop:
        last = at + len(when.text.split()) >= min(said.source.stop, said.cue.start)
        if last and at > said.source.start and line.lower[at - 1] in _ON:
            return True  # "experts in July said": when they said it, not who they are
        return any(word in _PUBLISHED for word in line.lower[max(said.source.start, at - 3) : at])
    if said.source is not None and said.source.stop <= at < said.cue.start:
        return line.lower[at - 1] in _ON and not line.has_finite(said.source.stop, said.cue.start)
    if at >= said.cue.stop:
        return not any(words.start < at and words.start >= said.cue.stop for words in said.contents) and not (
            line.has_finite(said.cue.stop, at)
        )
    begin = min(said.cue.start, said.source.start if said.source is not None else said.cue.start)
    return at < begin and not line.has_finite(0, begin) and not any(w.start < at < w.stop for w in said.contents)


def _opening(line: Line, piece: Proposition, whens: Sequence[When], pieces: Sequence[Proposition]) -> When | None:
    """As in "On Monday the bridge was closed and the ferry was stopped": the day before the first verb is for both."""
    earlier = [other for other in pieces if other.owner == piece.owner and other.runs[0] < piece.runs[0]]
    if not earlier or piece.runs[0].start - earlier[-1].runs[-1].stop > _JOINT:
        return None
    first = earlier[0].runs[0]
    for when in whens:
        at = _token(line, when)
        one_day = (
            when.earliest is not None and when.earliest == when.latest and not when.text.lower().startswith(_AS_OF)
        )
        if (
            one_day
            and when.span is not None
            and first.start <= at < first.stop
            and not line.has_finite(first.start, at)
        ):
            return None if _names(line, at) else when
    return None


_JOINT = 3
_ON = frozenset({"in", "on"})
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_AS_OF = ("as of", "now", "currently")
_SHOWING = lexicon.group("verbs", "show")
_TAKEN = frozenset({"taken", "filmed", "recorded", "photographed", "captured", "shot", "dated", "collected"})
_POSTED = frozenset({"posted", "published", "released", "circulated", "circulating", "shared", "issued", "uploaded"})
_PUBLISHED = frozenset(
    {"posted", "published", "released", "circulated", "taken", "dated", "from", "shared", "issued", "filmed", "on"}
)
_COMPLEMENTED = lexicon.group("cues", "nouns") | lexicon.group("shape", "complemented")
