"""Arithmetic with windows of days: months, thirds, weeks, shifts; open ends stay open."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from tocsin.model.time import Window

NOBODY_KNOWS = Window(earliest=None, latest=None)
"""A time that the text names but does not fix."""

UNITS = {"day": 1.0, "night": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5, "hour": 1 / 24}


def shift(day: date | None, days: float) -> date | None:
    """The day so many days later; None where the calendar ends or the day is not known."""
    if day is None:
        return None
    try:
        return day + timedelta(days=round(days))
    except OverflowError:
        return None


def day_of(year: int, month: int, day: int) -> Window | None:
    """The window of one calendar day; None if there is no such day."""
    try:
        return Window.on(date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int, *, months: int = 1) -> Window:
    """The window of one or more whole months.

    >>> month_of(2022, 12, months=3).latest
    datetime.date(2023, 2, 28)
    """
    index = year * 12 + month - 1 + months - 1
    last_year, last_month = divmod(index, 12)
    last = calendar.monthrange(last_year, last_month + 1)[1]
    return Window(earliest=date(year, month, 1), latest=date(last_year, last_month + 1, last))


def week_of(day: date) -> Window:
    """Monday to Sunday of the week that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Window(earliest=monday, latest=monday + timedelta(days=6))


def part_of(window: Window, part: str) -> Window:
    """The early, middle or late third of a window, or one of its halves.

    >>> november = month_of(2022, 11)
    >>> part_of(november, "late").earliest, part_of(november, "early").latest
    (datetime.date(2022, 11, 21), datetime.date(2022, 11, 10))
    """
    if window.earliest is None or window.latest is None:
        return window
    days = (window.latest - window.earliest).days + 1
    cut = {
        "early": (0, 1 / 3),
        "middle": (1 / 3, 2 / 3),
        "late": (2 / 3, 1),
        "first half": (0, 0.5),
        "second half": (0.5, 1),
    }
    first, last = cut[part]
    earliest = window.earliest + timedelta(days=int(days * first + 1e-9))
    latest = window.earliest + timedelta(days=max(int(days * last + 1e-9) - 1, 0))
    return Window(earliest=earliest, latest=max(earliest, latest))


def hull(one: Window, two: Window) -> Window:
    """The window from the earliest day of both to the latest; an open end stays open."""
    starts = (one.earliest, two.earliest)
    ends = (one.latest, two.latest)
    return Window(
        earliest=None if None in starts else min(day for day in starts if day is not None),
        latest=None if None in ends else max(day for day in ends if day is not None),
    )


def distance(window: Window, day: date) -> int:
    """Days between a day and the nearest day of a window; negative where the window lies before it."""
    if window.latest is not None and window.latest < day:
        return (window.latest - day).days
    if window.earliest is not None and window.earliest > day:
        return (window.earliest - day).days
    return 0
