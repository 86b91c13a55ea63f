"""Who speaks: the subject of a verb of saying, where it is not simply the noun phrase before it."""

from __future__ import annotations

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.lexicon import Form
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said


def subject(line: Line, stop: int) -> Words | None:
    """The noun phrase before the first finite verb."""
    for index in range(1, stop):
        if line.quoted[index] < 0 and line.is_finite(index):
            return noun.before(line, index)
    return None


def document(line: Line, stop: int, form: Form) -> Words | None:
    """As in "Footage posted on 23 December shows": what shows something may carry its own history before the verb."""
    if form.lemma not in cue_words.SHOW:
        return None
    for index in range(stop - 1, max(-1, stop - 10), -1):
        if line.lower[index] in {",", ";", ":", "and", "that"} or line.is_quote(index):
            return None
        if line.lower[index] in lexicon.group("voices", "documents"):
            start = noun.before(line, index + 1)
            return Words(start.start, stop) if start else None
    return None


def joined_subject(line: Line, first: int, earlier: tuple[Said, ...]) -> Words | None:
    """As in "X said A and added that B": the second verb has the first one's voice."""
    if not first or line.lower[first - 1] not in {"and", "but"}:
        return None
    return speaking(earlier, first) or subject(line, first - 1)


def speaking(earlier: tuple[Said, ...], stop: int) -> Words | None:
    """The voice that speaks before a token: the last one that is not itself inside another's words."""
    told = [said for said in earlier if said.source and said.cue.stop <= stop]
    tops = [
        said
        for said in told
        if not any(o is not said and any(w.start <= said.cue.start < w.stop for w in o.contents) for o in told)
    ]
    return tops[-1].source if tops else None


def described_subject(line: Line, comma: int) -> bool:
    """Does "X, a lawyer," stand before, with nothing said before it?"""
    words = noun.before(line, comma + 1)
    return words is not None and words.start == 0
