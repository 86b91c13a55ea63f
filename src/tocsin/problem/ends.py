"""The last day that a question names for itself: "… before the end of January 2027?"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tocsin.model.time import Window
from tocsin.text.dates import DAY, MONTH, MONTHS
from tocsin.text.days import day_of, month_of

LONGEST = 3653
"""Days ahead beyond which a date in a question is hardly its end."""

_PART = r"(?:(?P<part>end|close|beginning|start|middle)\s+of\s+)?(?:the\s+year\s+)?"
_ENDS = re.compile(
    rf"""\b(?P<how>(?i:on\s+or\s+before|before|by|until|till|in|during|on|within|through|up\s+to|no\s+later\s+than))\s+(?:the\s+)?{_PART}
    (?:(?P<iso>\d{{4}}-\d\d-\d\d)
      | (?P<day>{DAY})\s+(?:of\s+)?(?P<month>{MONTH})(?:,?\s+(?P<year>20\d\d))?
      | (?P<month_2>{MONTH})\s+(?P<day_2>{DAY})(?:,?\s+(?P<year_2>20\d\d))?
      | (?P<month_3>{MONTH})(?:,?\s+(?P<year_3>20\d\d))?
      | (?P<year_4>20\d\d)
    )(?![\w-])""",
    re.VERBOSE,
)


def end_of(question: str, *, opened: date) -> date | None:
    """The last day a question names, inclusive; None where it names none after the first day of the watch.

    Of several days the latest counts. A month without a year is the next of that name.

    >>> day = date(2026, 11, 29)
    >>> end_of("Will it close before the end of January 2027?", opened=day)
    datetime.date(2027, 1, 31)
    >>> end_of("Will it open before 1 March?", opened=day), end_of("Will it ever?", opened=day)
    (datetime.date(2027, 2, 28), None)
    """
    found = [day for match in _ENDS.finditer(question) if (day := _last(match, opened)) is not None]
    return max((day for day in found if opened < day <= opened + timedelta(days=LONGEST)), default=None)


def _last(match: re.Match[str], opened: date) -> date | None:
    window = _named(match, opened)
    first = last = None
    if window is not None:
        first, last = window.earliest, window.latest
    if first is None or last is None:
        return None
    part = (match["part"] or "").casefold()
    if part in {"beginning", "start"}:
        last = first
    elif part == "middle":
        first = last = first + (last - first) // 2
    before = match["how"].casefold() == "before" and part not in {"end", "close"}
    return first - timedelta(days=1) if before else last


def _named(match: re.Match[str], opened: date) -> Window | None:
    """The day, month or year that stands there."""
    if match["iso"]:
        try:
            return Window.on(date.fromisoformat(match["iso"]))
        except ValueError:
            return None
    month = match["month"] or match["month_2"] or match["month_3"]
    year = match["year"] or match["year_2"] or match["year_3"] or match["year_4"]
    if month is None:
        return Window(earliest=date(int(year), 1, 1), latest=date(int(year), 12, 31))
    number = MONTHS[month.rstrip(".").casefold()]
    day = match["day"] or match["day_2"]
    for of in (int(year),) if year else (opened.year, opened.year + 1):
        found = day_of(of, number, int(re.sub(r"\D", "", day))) if day else month_of(of, number)
        if found is not None and found.latest is not None and (year or found.latest > opened):
            return found
    return None
