"""Publication dates as pages, file headers and addresses write them: windows, with how they were found."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tocsin.model.report import AGREES, DIFFERS
from tocsin.model.time import Window

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_IN_WORDS = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(r"\b(?P<day>[0-3]?\d)\.(?P<month_number>[01]?\d)\.(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b{_MONTH}\s+{_YEAR}", re.IGNORECASE),
)
_ISO = re.compile(r"\s*(?P<year>\d{4})(?:-?(?P<month_number>\d{2})(?:-?(?P<day>\d{2}))?)?(?:[T ].*)?\s*", re.DOTALL)
_IN_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)[/_-]?(?P<month_number>[01]\d)(?:[/_-]?(?P<day>[0-3]\d))?(?=[/_.-]|$)"
)
_NOT_OURS = re.compile(
    r"\b(?:on|since|until|till|before|after|from|of|by|in|during|between|to|updated:?|modified:?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_LINES = 6
_LONGEST_LINE = 150


class Found(NamedTuple):
    """A publication date and how it was found."""

    window: Window
    how: str


def month_window(year: int, month: int) -> Window:
    """All days of a month.

    >>> month_window(2022, 11).latest
    datetime.date(2022, 11, 30)
    """
    return Window(earliest=date(year, month, 1), latest=date(year, month, calendar.monthrange(year, month)[1]))


def _window(found: re.Match[str]) -> Window | None:
    """The window of a match, None where there is no such day."""
    groups = found.groupdict()
    year = int(groups["year"])
    if not 1900 <= year <= 2200:
        return None
    name, number, day = groups.get("month"), groups.get("month_number"), groups.get("day")
    if name is None and number is None:
        return Window(earliest=date(year, 1, 1), latest=date(year, 12, 31))
    month = _MONTHS[name.lower()] if name is not None else int(number or 0)
    try:
        return Window.on(date(year, month, int(day))) if day is not None else month_window(year, month)
    except (ValueError, IndexError):
        return None


def parse_day(text: str) -> Window | None:
    """A day, a month or a year in ISO form, with or without a time of day; ``A/B`` is a range of days.

    >>> parse_day("2022-12-02T23:30:00+02:00") == Window.on(date(2022, 12, 2))
    True
    >>> parse_day("2022-11") == month_window(2022, 11)
    True
    >>> parse_day("soon") is None
    True
    """
    first, slash, second = text.strip().partition("/")
    found = _ISO.fullmatch(first)
    window = _window(found) if found else None
    if not slash or window is None:
        return window
    found = _ISO.fullmatch(second)
    until = _window(found) if found else None
    if until is None or window.earliest is None or until.latest is None or window.earliest > until.latest:
        return None
    return Window(earliest=window.earliest, latest=until.latest)


def parse_words(text: str) -> Window | None:
    """A date as a person writes it, if that is all the text holds.

    >>> parse_words("2 December 2022") == parse_words("Dec. 2, 2022") == Window.on(date(2022, 12, 2))
    True
    """
    stripped = text.strip()
    for pattern in _IN_WORDS:
        found = pattern.fullmatch(stripped)
        if found is not None:
            return _window(found)
    return parse_day(stripped)


def in_address(url: str) -> Window | None:
    """The date that stands in an address; a month where it has no day.

    >>> in_address("https://example.org/2022/11/army-moves").earliest
    datetime.date(2022, 11, 1)
    >>> in_address("https://example.org/item-20221") is None
    True
    """
    found = _IN_ADDRESS.search(url[:2000])
    return _window(found) if found is not None else None


def in_first_lines(text: str) -> Found | None:
    r"""A date that opens or closes one of the first lines: a dateline, or the end of a headline.

    A date inside a sentence ("since 24 February 2022") is when something happened and never counts.

    >>> in_first_lines("Daily report, 26 November 2022\nNothing moved.").window.latest
    datetime.date(2022, 11, 26)
    >>> in_first_lines("Nothing has moved since 24 February 2022") is None
    True
    """
    for line in text[:4000].split("\n")[:_LINES]:
        stripped = line.strip()
        if not stripped or len(stripped) > _LONGEST_LINE:
            continue
        seen: list[tuple[int, int]] = []
        for pattern in _IN_WORDS:
            for found in pattern.finditer(stripped):
                if any(found.start() < stop and start < found.end() for start, stop in seen):
                    continue
                seen.append(found.span())
                before, after = stripped[: found.start()], stripped[found.end() :].strip(" .:|—–-")
                if (before.strip() and after) or _NOT_OURS.search(before):
                    continue
                if after and len(after) > 40:
                    continue
                window = _window(found)
                if window is not None:
                    return Found(window, f"text: {found.group()!r}")
    return None


def compared(candidates: Sequence[Found], *, no_later_than: date | None) -> Found | None:
    """The first candidate not after the day of retrieval, with what the next one of another kind says to it.

    Days next to each other agree: a page may give one date by its own clock and the other by that of the world.

    >>> both = [Found(Window.on(date(2022, 12, 2)), "time element"), Found(Window.on(date(2022, 12, 3)), "address")]
    >>> compared(both, no_later_than=None).how
    'time element; agrees with address'
    """
    credible = [
        one
        for one in candidates
        if no_later_than is None or one.window.earliest is None or one.window.earliest <= no_later_than
    ]
    if not credible:
        return None
    first = credible[0]
    kind = first.how.split()[0]
    second = next((one for one in credible if one.how.split()[0] != kind), None)
    if second is None:
        return first
    return Found(first.window, f"{first.how}{AGREES if _meet(first.window, second.window) else DIFFERS}{second.how}")


def _meet(one: Window, other: Window) -> bool:
    """Do two windows overlap, or lie on days next to each other?"""
    first, last = (
        max(one.earliest or date.min, other.earliest or date.min),
        min(one.latest or date.max, other.latest or date.max),
    )
    return last.toordinal() + 1 >= first.toordinal()
