"""Publication dates as pages, file headers and addresses write them: windows, with how they were found."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tocsin.model.report import AGREES, DIFFERS
from tocsin.model.time import Window
from tocsin.read.language import language_of
from tocsin.text.days import day_of, hull
from tocsin.text.lang import load

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTHS |= {name: number for names in load("months").values() for name, number in names.items()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_IN_WORDS = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:(?:of|de)\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(r"\b(?P<day>[0-3]?\d)\.(?P<month_number>[01]?\d)\.(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b{_MONTH}\s+{_YEAR}", re.IGNORECASE),
)
_ISO = re.compile(r"\s*(?P<year>\d{4})(?:-?(?P<month_number>\d{2})(?:-?(?P<day>\d{2}))?)?(?:[T ].*)?\s*", re.DOTALL)
_IN_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)[/_-]?(?P<month_number>[01]\d)(?:[/_-]?(?P<day>[0-3]\d))?(?=[/_.-]|$)"
)
_IN_FIGURES = re.compile(
    r"(?<![\d/-])(?P<first>[0-3]?\d)(?P<sign>[/-])(?P<second>[0-3]?\d)(?P=sign)(?P<year>(?:19|20)\d\d)(?![\d/-])"
)
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20)\d\d)(?P<sign>[-_.]?)(?P<month_number>[01]\d)(?P=sign)(?P<day>[0-3]\d)(?![0-9])"
)
_NOT_OURS = re.compile(
    r"\b(?:on|since|until|till|before|after|from|of|by|in|during|between|to|updated:?|modified:?"
    r"|depuis|jusqu['’]au|avant|après|dès|entre|du|au|en|seit|bis|vor|nach|vom|am|desde|hasta|antes|después|dal|fino)"
    r"\s*(?:the\s+|le\s+|dem\s+|den\s+|el\s+|o\s+|il\s+)?$",
    re.IGNORECASE,
)
_ISSUE_OF = re.compile(
    r"\b(?:bulletin|report|rapport|sitrep|communiqué|édition|edition|journal|note)\s+(?:of|du)\s+$", re.IGNORECASE
)
_EITHER = " (day or month first)"
_EDGES = " ,.:;|/()—–-·•"
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


def in_name(name: str) -> Found | None:
    """The day that stands in a file's name: the last resort, for a name may be of the day of its copying.

    >>> in_name("sitrep-2026-11-05.txt").how
    "file name: '2026-11-05'"
    >>> in_name("report-1234.txt") is None
    True
    """
    if "://" in name:
        return None
    last = re.split(r"[/\\\\]", name)[-1][-_LONGEST_LINE:]
    spaced = re.sub(r"[_-]", " ", last)
    for pattern, where in ((_IN_NAME, last), (_IN_WORDS[1], spaced), (_IN_WORDS[0], spaced)):
        found = pattern.search(where)
        window = _window(found) if found is not None else None
        if found is not None and window is not None:
            return Found(window, f"file name: {found.group()!r}")
    return None


def in_first_lines(text: str) -> Found | None:
    r"""A date that opens or closes one of the first lines: a dateline, or the end of a headline.

    A date inside a sentence ("since 24 February 2022") is when something happened and never counts. In "05/11/2026" the
    day comes first where one number is above 12 or the text is not in English; else both days bound the window.

    >>> in_first_lines("Daily report, 26 November 2022\nNothing moved.").window.latest
    datetime.date(2022, 11, 26)
    >>> in_first_lines("5 novembre 2026 / 5 November 2026 (English edition)\nText.").window.latest
    datetime.date(2026, 11, 5)
    >>> in_first_lines("Nothing has moved since 24 February 2022") is None
    True
    """
    for line in text[:4000].split("\n")[:_LINES]:
        stripped = line.strip()
        if not stripped or len(stripped) > _LONGEST_LINE:
            continue
        dates = _dates(stripped, text)
        for (start, stop), window, how in dates:
            # the same day again in another language says nothing of its own
            again = [span for span, other, _ in dates if other == window and span != (start, stop)]
            before, after = _without(stripped, 0, start, again), _without(stripped, stop, len(stripped), again)
            after = after.strip(_EDGES)
            if (before.strip(_EDGES) and after) or (_NOT_OURS.search(before) and not _ISSUE_OF.search(before)):
                continue
            if len(after) > 40:
                continue
            return Found(window, f"text: {how}")
    return None


def _dates(line: str, text: str) -> list[tuple[tuple[int, int], Window, str]]:
    """Where a line holds dates, none inside another, with their windows; in the order of the patterns."""
    seen: list[tuple[tuple[int, int], Window, str]] = []
    for pattern in (*_IN_WORDS, _IN_FIGURES):
        for found in pattern.finditer(line):
            start, stop = found.span()
            if any(start < other[1] and other[0] < stop for other, _, _ in seen):
                continue
            window, how = _in_figures(found, text) if pattern is _IN_FIGURES else (_window(found), "")
            if window is not None:
                seen.append(((start, stop), window, f"{found.group()!r}{how}"))
    return seen


def _in_figures(found: re.Match[str], text: str) -> tuple[Window | None, str]:
    """The window of "05/11/2026", and what to say of it where either number may be the day."""
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    day_first, month_first = day_of(year, second, first), day_of(year, first, second)
    if day_first is None or month_first is None or day_first == month_first:
        return day_first or month_first, ""
    if language_of(text).code != "en":
        return day_first, ""
    return hull(day_first, month_first), _EITHER


def _without(line: str, start: int, stop: int, cut: Sequence[tuple[int, int]]) -> str:
    """A part of a line without some stretches."""
    return "".join(line[k] for k in range(start, stop) if not any(a <= k < b for a, b in cut))


def compared(candidates: Sequence[Found], *, no_later_than: date | None) -> Found | None:
    """The first candidate not after the day of retrieval, with what the next one of another kind says to it.

    Days next to each other agree: a page may give one date by its own clock and the other by that of the world.

    >>> both = [Found(Window.on(date(2022, 12, 2)), "time element"), Found(Window.on(date(2022, 12, 3)), "address")]
    >>> compared(both, no_later_than=None).how
    'time element; agrees with address'
    """
    credible = [
        _settled(one, no_later_than)
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


def _settled(found: Found, no_later_than: date | None) -> Found:
    """Of a day and a month that may stand in either order, the order that the day of retrieval leaves."""
    window, how = found
    settled = window.latest and no_later_than and window.latest > no_later_than and how.endswith(_EITHER)
    if settled and window.earliest is not None:
        return Found(Window.on(window.earliest), how.removesuffix(_EITHER))
    return found


def _meet(one: Window, other: Window) -> bool:
    """Do two windows overlap, or lie on days next to each other?"""
    first, last = (
        max(one.earliest or date.min, other.earliest or date.min),
        min(one.latest or date.max, other.latest or date.max),
    )
    return last.toordinal() + 1 >= first.toordinal()
