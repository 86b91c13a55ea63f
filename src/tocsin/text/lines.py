"""Lines: where a line's end is the end of a paragraph, and where it is only the width of a page."""

from __future__ import annotations

import re
from itertools import pairwise

from tocsin.model.report import Span

WIDEST = 130
"""No page is wrapped at more characters than this."""
NARROWEST = 30

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_ITEM = re.compile(r"\s*(?:[-–—*•·>|#]|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s)")
_ENDED = re.compile(r"[.!?…:][\"'’”»)\]]*\s*$")
_MOST = 0.6
"""Of the full lines of a wrapped page at least so many end or begin inside a sentence."""


def stretches(text: str) -> tuple[Span, ...]:
    r"""The stretches of a text within which sentences may run: its lines, or wrapped lines taken together.

    Lines are taken together where a page was wrapped at a fixed width: no blank line between, each line so full
    that the first word of the next would not have fitted, and most breaks inside a sentence. An item of a list, a
    short line before another, and a line that is a paragraph of its own stay apart.

    >>> page = "The night train to the coast was held at the ford for three\nhours. Nobody was hurt."
    >>> stretches(page) == (Span(0, len(page)),)
    True
    >>> stretches("The train is late.\nThe ford is open.")
    (Span(start=0, stop=18), Span(start=19, stop=36))
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    found: list[Span] = []
    block: list[Span] = []
    for line in lines:
        if block and not (line.start == block[-1].stop + 1 and text[block[-1].stop] == "\n"):
            found += _paragraphs(text, block)
            block = []
        block.append(line)
    return (*found, *_paragraphs(text, block))


def _paragraphs(text: str, block: list[Span]) -> list[Span]:
    """One block without blank lines: its lines, joined where they were wrapped."""
    width = max((len(text[slice(*line)].rstrip()) for line in block), default=0)
    if len(block) < 2 or not NARROWEST <= width <= WIDEST:
        return block
    full = [_is_full(text, one, two, width) for one, two in pairwise(block)]
    breaks = [
        (_inside(text, one, two), text[slice(*two)].lstrip()[:1].islower())
        for (one, two), is_full in zip(pairwise(block), full, strict=True)
        if is_full
    ]
    inside = sum(one for one, _ in breaks)
    if not any(small for _, small in breaks) or inside < _MOST * len(breaks):
        return block
    joined = [block[0]]
    for line, is_full in zip(block[1:], full, strict=True):
        if is_full:
            joined[-1] = Span(joined[-1].start, line.stop)
        else:
            joined.append(line)
    return joined


def _is_full(text: str, one: Span, two: Span, width: int) -> bool:
    """Would the next line's first word not have fitted on this one? A list's item begins a line of its own."""
    first = text[slice(*two)].split(maxsplit=1)
    if not first or _ITEM.match(text, *two):
        return False
    return len(text[slice(*one)].rstrip()) + 1 + len(first[0]) > width


def _inside(text: str, one: Span, two: Span) -> bool:
    """Does a line break stand inside a sentence?"""
    return text[slice(*two)].lstrip()[:1].islower() or not _ENDED.search(text, *one)
