"""Calendar dates and clock times as patterns: what a number is part of when it is no quantity."""

from __future__ import annotations

import re

from tocsin.model.report import Span
from tocsin.text.lang import load

MONTHS: dict[str, int] = dict(load("en")["months"])
WEEKDAYS: dict[str, int] = dict(load("en")["weekdays"])


def any_of(words: list[str]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_CAPITAL = [form for word in MONTHS for form in (word.capitalize(), word.upper())]
MONTH = rf"(?:{any_of(_CAPITAL)})\b(?:\.(?=\s\d))?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
YEAR = r"(?:1[5-9]|20)\d\d(?![\d.,]\d|\d|%|-\w)"

_NO_QUANTITY = re.compile(
    rf"""
      \b\d{{4}}-\d\d-\d\d(?:T[\d:.]+Z?)?\b                                     # 2022-12-02
    | \b\d{{1,2}}([./])\d{{1,2}}\1\d{{2,4}}\b                                  # 02.12.2022
    | \b(?:{DAY})(?:\s?(?:[-–]|to|and|or)\s?{DAY})?\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?      # 2-5 December 2022
    | \b{MONTH}\s{DAY}(?:\s?(?:[-–]|to|and|or)\s?(?:{MONTH}\s)?{DAY})?(?:,?\s{YEAR})?     # Dec. 2, 2022
    | \b{MONTH}\s(?:of\s)?(?:{YEAR}|'\d\d\b)                                   # December 2022
    | \b\d{{1,2}}[:.]\d\d(?::\d\d)?\s?(?i:am|pm|a\.m\.|p\.m\.)                  # 10.45 pm
    | \b\d{{1,2}}\s?(?i:am|pm|a\.m\.|p\.m\.|o'clock)(?!\w)                      # 10 a.m.
    | \b\d{{1,2}}:\d\d(?::\d\d)?\b                                             # 14:30
    | \b(?:[01]\d|2[0-3])[0-5]\d(?:Z\b|\s?(?:hrs|UTC|GMT|Zulu)\b)              # 1330Z
    | \b(?:1[5-9]|20)\d0['’]?s\b                                               # 1990s
    | ['’]\d0s\b
    | \b{YEAR}\s?(?:[-–/]|to|and|or)\s?(?:{YEAR}|\d\d\b)                       # 2014-2017, 2022/23
    """,
    re.VERBOSE,
)


def calendar(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """Where a text names calendar dates, stretches of years and times of day, in order.

    A lone year is not among them: whether "2000" is one, only its neighbours tell.

    >>> text = "On 2 December at 14:30 they saw 12 trucks."
    >>> [text[slice(*found)] for found in calendar(text)]
    ['2 December', '14:30']
    """
    start, stop = span if span is not None else (0, len(text))
    return tuple(Span(*match.span()) for match in _NO_QUANTITY.finditer(text, start, stop))
