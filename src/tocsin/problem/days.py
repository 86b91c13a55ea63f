"""Days and seasons."""

from __future__ import annotations

import re
from datetime import date, datetime

from tocsin.problem.values import Wrong, shown

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_YEAR = re.compile(r"(\d{2})-(\d{2})")


def day(value: object) -> date:
    """A calendar day: a TOML date, or the same between quotation marks.

    >>> day("2022-12-31")
    datetime.date(2022, 12, 31)
    """
    if isinstance(value, datetime):
        raise Wrong(f"{shown(value)} is a moment, not a day", f"write {value.date().isoformat()}")
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise Wrong(f"{shown(value)} is no day of the calendar", "write a day that exists, as 2022-12-31") from None
    raise Wrong(f"{shown(value)} is no date", "write year-month-day, as 2022-12-31")


def day_of_year(value: object) -> tuple[int, int]:
    """A day of every year as (month, day), written ``"MM-DD"``.

    >>> day_of_year("11-01")
    (11, 1)
    """
    match = _OF_YEAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        month, number = int(match[1]), int(match[2])
        try:
            date(2024, month, number)  # a leap year, so that 29 February can be meant
        except ValueError:
            pass
        else:
            return month, number
    raise Wrong(f"{shown(value)} is no day of the year", 'write month-day between quotation marks, as "11-01"')
