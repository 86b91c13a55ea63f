"""Tokens: words, numbers and marks, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.model.report import Span

_TOKEN = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>"“”«»]+(?<![,.;:!?)\]'’])    # an address on the web
    | (?:[^\W\d_]\.){2,}(?![^\W_])                           # U.S.  a.m.
    | (?![^\W\d_]{3,}\.[A-Z][a-z])                            # no full stop that lacks its space
      [^\W\d_]{2,}(?:\.[^\W\d_]{2,})+(?![^\W_])              # ZN.UA  example.org
    | \d+(?:st|nd|rd|th)\b                                   # 1st  24th
    | \d+(?:[.,]\d+)*                                        # 9,000  3.5
    | [^\W\d_][^\W_]*(?:['’\-‐‑][^\W_]+)*                    # don't  three-ton  T-72  Shield-2023
    | _+
    | (\S)\1*                                                # one mark, or a run of the same: ...  --
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word, a number or a mark as it stands in a text; ``lower`` is what rules compare.

    ``lower`` is in lower case, with the typewriter's apostrophe and hyphen.
    """

    text: str
    lower: str
    span: Span

    @property
    def is_word(self) -> bool:
        """Does it begin with a letter?"""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Does it begin with a capital letter?"""
        return self.text[0].isupper()


def plain(text: str) -> str:
    """The text in lower case, with the typewriter's apostrophe and hyphen; never longer or shorter.

    >>> plain("Can’t")
    "can't"
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals have a longer small form; offsets must not move
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return lower.replace("’", "'").replace("‐", "-").replace("‑", "-")


def tokens(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """The tokens of a text, or of one span of it, in order; white space belongs to none.

    A word keeps its inner hyphens and apostrophes. Two numbers joined by a hyphen are three tokens,
    because they may be a range.

    >>> [token.text for token in tokens("Lt. Orr's three-ton T-72 (120-170 thousand).")]
    ['Lt', '.', "Orr's", 'three-ton', 'T-72', '(', '120', '-', '170', 'thousand', ')', '.']
    """
    start, stop = span if span is not None else (0, len(text))
    return tuple(
        Token(match.group(), plain(match.group()), Span(*match.span())) for match in _TOKEN.finditer(text, start, stop)
    )


def folded(text: str, span: Span) -> Iterator[tuple[str, int]]:
    """The tokens of a span that begin with a letter or a digit, folded, each with where it begins.

    >>> list(folded("The T-72 (moved)", Span(0, 16)))
    [('the', 0), ('t-72', 4), ('moved', 10)]
    """
    for match in _TOKEN.finditer(text, span.start, span.stop):
        token = match.group()
        if token[0].isalnum():
            yield plain(token), match.start()
