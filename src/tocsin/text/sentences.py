"""Sentences: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tocsin.model.report import Span
from tocsin.text.lang import words
from tocsin.text.lines import stretches

LONGEST_SENTENCE = 2_000
"""A sentence of more characters is not taken apart; no reader of sentences goes beyond it."""

_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_GLUED = re.compile(r"(?<=[a-z]{3})[.!?](?=[A-Z][a-z]+\s)")
"""A full stop without the space after it."""
_LAST_WORD = re.compile(r"([^\W_][\w.&'’-]*)\.[\"'’”»)\]]*$")
_NAMED = re.compile(r"([^\W\d_]+) [\"“„«][^\"“”„«»]{1,40}[!?][\"”»]+$")
_CLOSING = re.compile(r"[\"'’”»)\]]+(?=\s|$)")
_TAIL = 60
_PIECE = 20_000


def _pieces(text: str, start: int, stop: int) -> Iterator[Span]:
    """Cut an overlong line at white space, so that the time taken grows with its length only."""
    while stop - start > _PIECE:
        cut = text.rfind(" ", start + 1, start + _PIECE)
        cut = cut if cut > start else start + _PIECE
        yield Span(start, cut)
        start = cut
    yield Span(start, stop)


def _tight(text: str, start: int, stop: int) -> Span:
    """The span without the white space at its ends."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)


def _runs_on(before: str, after: str, abbreviations: frozenset[str]) -> bool:
    """Was a sentence cut in two: after an abbreviation or a quoted name, or before a word in small letters?"""
    if after[0].islower() or after[0] in ",;":
        return True
    named = _NAMED.search(before)
    if named is not None and named.group(1).lower() in words("en", "named_in_quotes"):
        return True
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group(1).lower()
    return word in abbreviations or (after[0].isdigit() and word in words("en", "abbreviations_before_number"))


def _cut(spans: Iterable[tuple[int, int]], text: str, piece: Span) -> Iterator[tuple[int, int]]:
    """Cut once more at every full stop that lacks the space after it."""
    for start, stop in spans:
        at = start
        for mark in _GLUED.finditer(text, piece.start + start, piece.start + stop):
            yield at, mark.end() - piece.start
            at = mark.end() - piece.start
        yield at, stop


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order; together they cover everything but white space.

    A sentence never crosses the end of a line, so a heading is a sentence too; only on a page wrapped at a fixed
    width it runs on to the next line. A closing quotation mark or
    bracket belongs to the sentence it closes. The time taken is proportional to the length.

    >>> text = "Lt. Gen. Orr arrived on Jan. 5 at 10 a.m. He saw 3.5 km of wire."
    >>> [text[start:stop] for start, stop in sentences(text)]
    ['Lt. Gen. Orr arrived on Jan. 5 at 10 a.m.', 'He saw 3.5 km of wire.']
    """
    import nupunkt

    abbreviations = words("en", "abbreviations")
    found: list[Span] = []
    for line in stretches(text):
        first = len(found)
        for piece in _pieces(text, *line):
            for start, stop in _cut(nupunkt.sent_spans(text[piece.start : piece.stop].replace("\n", " ")), text, piece):
                span = _tight(text, piece.start + start, piece.start + stop)
                if span.start == span.stop:
                    continue
                if len(found) > first:
                    before = found[-1]
                    closing = _CLOSING.match(text, span.start, span.stop)
                    if closing is not None and closing.end() == span.stop:
                        found[-1] = Span(before.start, span.stop)
                        continue
                    tail = text[max(before.start, before.stop - _TAIL) : before.stop]
                    if _runs_on(tail, text[span.start : span.stop], abbreviations):
                        found[-1] = Span(before.start, span.stop)
                        continue
                found.append(span)
    return tuple(found)


def sentences_within(text: str, span: Span | None) -> tuple[Span, ...]:
    """The sentences of a text, or of one span that is known to be running text: there line ends are only spaces.

    >>> sentences_within("One boat left the" + chr(10) + "quay.", Span(0, 23))
    (Span(start=0, stop=23),)
    """
    if span is None:
        return sentences(text)
    piece = _SINGLE_BREAK.sub(" ", text[span.start : span.stop])
    return tuple(Span(span.start + start, span.start + stop) for start, stop in sentences(piece))
