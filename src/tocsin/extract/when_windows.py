"""What each expression of time means: its window of days, read from the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tocsin.model.time import Window
from tocsin.text.dates import MONTHS, WEEKDAYS
from tocsin.text.days import (
    NOBODY_KNOWS,
    UNITS,
    day_of,
    distance,
    hull,
    month_of,
    part_of,
    shift,
    week_of,
)
from tocsin.text.lang import load
from tocsin.text.numbers import atoms, number_at

_SEASONS: dict[str, int] = dict(load("en")["seasons"])


_JUST_AHEAD = 10
"""Days after publication that a date without a year may mean even where the sentence speaks of the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """From where relative times are read: the days of publication, and whether the sentence looks ahead or back.

    ``ahead``: so many days after publication a sentence that looks back may still mean.
    """

    earliest: date | None
    latest: date | None
    future: bool
    past: bool
    ahead: int = _JUST_AHEAD

    def moved(self, first: float, last: float) -> Window:
        """From so many days after publication to so many."""
        return Window(earliest=shift(self.earliest, first), latest=shift(self.latest, last))


def nearest(make: Callable[[int], Window | None], anchor: Anchor) -> Window | None:
    """Choose the year of a date that names none.

    A sentence that looks ahead means the first such date not long past; one that looks back the last one, unless
    the next is only days away ("was to arrive on the 28th"); any other the last one, unless the next is less than a
    month away.
    """
    if anchor.earliest is None or anchor.latest is None:
        known = make(2000)
        return NOBODY_KNOWS if known is not None else None
    years = range(anchor.latest.year - 1, anchor.latest.year + 2)
    made = [window for year in years if (window := make(year)) is not None]
    if not made:
        return make(2024)
    if anchor.future:
        ahead = [window for window in made if distance(window, anchor.earliest) >= -45]
        return ahead[0] if ahead else made[-1]
    reach = anchor.ahead if anchor.past else 31
    behind = [window for window in made if distance(window, anchor.latest) <= reach]
    return behind[-1] if behind else made[0]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    digits = int(text.strip("'’ "))
    return digits if digits > 99 else 2000 + digits if digits < 70 else 1900 + digits


def _get(match: re.Match[str], name: str) -> str | None:
    """What a named group caught; None where the pattern has no such group."""
    return match.groupdict().get(name)


def _month(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


_PARTS = {
    "early": "early", "beginning": "early", "start": "early", "mid": "middle", "middle": "middle", "late": "late",
    "end": "late", "first half": "first half", "second half": "second half",
}  # fmt: skip
_MONTHS_OF_PART = {"early": (1, 4), "beginning": (1, 2), "start": (1, 2), "mid": (5, 4), "late": (9, 4), "end": (11, 2)}
"""First month and number of months of a part of a year."""


def _whole(match: re.Match[str], window: Window | None) -> Window | None:
    """Apply "early", "late" and the like, if the expression holds one."""
    groups = match.groupdict()
    part = groups.get("part") or groups.get("part2")
    if part is None or window is None:
        return window
    return part_of(window, _PARTS[" ".join(part.lower().split())])


def iso_window(match: re.Match[str], _: Anchor) -> Window | None:
    """2022-12-02: that day."""
    return day_of(int(match["y"]), int(match["m"]), int(match["d"]))


def numeric_window(match: re.Match[str], _: Anchor) -> Window | None:
    """Day first with dots; with slashes either order is possible, so both are kept."""
    one, two, year = int(match["one"]), int(match["two"]), _year(match["y"]) or 0
    day_first, month_first = day_of(year, two, one), day_of(year, one, two)
    if match["sep"] == "." or month_first is None:
        return day_first
    return month_first if day_first is None else hull(day_first, month_first)


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def day_month_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """2 December, December 2-5, Dec. 2, 2022."""
    first, last = _digits(match["d1"]), _digits(_get(match, "d2") or match["d1"])
    month = _month(match["month"])
    year = _year(_get(match, "year"))

    def make(of: int) -> Window | None:
        one, two = day_of(of, month, first), day_of(of, month, last)
        return hull(one, two) if one is not None and two is not None else None

    return make(year) if year is not None else nearest(make, anchor)


def month_year_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """November 2022, late November, the end of November."""
    month, year = _month(match["month"]), _year(_get(match, "year"))

    def make(of: int) -> Window | None:
        return _whole(match, month_of(of, month))

    if _get(match, "rel"):
        return _relative_month(match, anchor, month)
    return make(year) if year is not None else nearest(make, anchor)


def _relative_month(match: re.Match[str], anchor: Anchor, month: int) -> Window | None:
    """Last November, next March: the last one over, the next one to come."""
    if anchor.earliest is None or anchor.latest is None:
        return NOBODY_KNOWS
    years = range(anchor.latest.year - 1, anchor.latest.year + 2)
    made = [month_of(year, month) for year in years]
    word = (_get(match, "rel") or "").lower()
    if word == "this":
        return _whole(match, made[1])
    chosen = [window for window in made if (distance(window, anchor.latest) > 0) == (word in {"next", "coming"})]
    if word in {"next", "coming"}:
        return _whole(match, chosen[0] if chosen else made[-1])
    over = [window for window in made if distance(window, anchor.earliest) < 0]
    return _whole(match, over[-1] if over else made[0])


def season_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """Spring 2022, last winter, the autumn."""
    month, year = _SEASONS[match["season"].lower()], _year(_get(match, "year"))

    def make(of: int) -> Window | None:
        return _whole(match, month_of(of, month, months=3))

    if year is not None:
        return make(year)
    word = (_get(match, "rel") or "").lower()
    if word in {"next", "coming", "this", "last", "past", "previous"} and anchor.latest is not None:
        made = [month_of(of, month, months=3) for of in range(anchor.latest.year - 2, anchor.latest.year + 2)]
        if word in {"next", "coming"}:
            return _whole(match, next(window for window in made if distance(window, anchor.latest) > 0))
        if word == "this":
            latest = anchor.latest
            return _whole(match, min(made, key=lambda window: abs(distance(window, latest))))
        return _whole(match, [window for window in made if distance(window, anchor.latest) < 0][-1])
    return nearest(make, anchor)


def years_window(match: re.Match[str], _: Anchor) -> Window | None:
    """In 2014, late 2022, the end of 2022: the year or a part of it."""
    first = _year(_get(match, "year")) or 0
    part = _get(match, "part") or _get(match, "part2")
    if part is not None and part.lower() in _MONTHS_OF_PART:
        start, months = _MONTHS_OF_PART[part.lower()]
        return month_of(first, start, months=months)
    return _whole(match, Window(earliest=date(first, 1, 1), latest=date(first, 12, 31)))


def year_pair_window(match: re.Match[str], _: Anchor) -> Window | None:
    """2014-2017, 2022/23."""
    first, end = int(match["from"]), match["until"]
    last = int(match["from"][:2] + end if len(end) == 2 else end)
    return Window(earliest=date(first, 1, 1), latest=date(last, 12, 31)) if first < last else None


def decade_window(match: re.Match[str], _: Anchor) -> Window | None:
    """The 1990s: ten years."""
    first = _year(_get(match, "year")) or 0
    return _whole(match, Window(earliest=date(first, 1, 1), latest=date(first + 9, 12, 31)))


def quarter_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """Q3 2022, the third quarter: three months."""
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    number = int(match["q"]) if match["q"] else names[match["name"].lower()]
    year = _year(_get(match, "year"))

    def make(of: int) -> Window | None:
        return month_of(of, 3 * number - 2, months=3)

    return make(year) if year is not None else nearest(make, anchor)


def fixed_window(first: float, last: float) -> Callable[[re.Match[str], Anchor], Window]:
    """Today, yesterday, overnight: so many days from publication."""

    def window(_: re.Match[str], anchor: Anchor) -> Window:
        return anchor.moved(first, last)

    return window


def so_far_window(_: re.Match[str], anchor: Anchor) -> Window:
    """So far, recently: up to the day of publication."""
    return Window(earliest=None, latest=anchor.latest)


def ahead_window(_: re.Match[str], anchor: Anchor) -> Window:
    """Soon, in the near future: from the day of publication on."""
    return Window(earliest=anchor.earliest, latest=None)


def open_window(_: re.Match[str], __: Anchor) -> Window:
    """A few days before: a time that the text does not fix."""
    return NOBODY_KNOWS


def weekday_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """On Monday: the last one, that of publication included; the next one where the sentence looks ahead."""
    wanted = WEEKDAYS[match["weekday"].lower()]
    word = (_get(match, "rel") or "").lower()
    ahead = word in {"next", "coming"} or (anchor.future and not anchor.past and word not in {"last", "past"})

    def one(day: date | None) -> date | None:
        if day is None:
            return None
        if ahead:
            return shift(day, (wanted - day.weekday() - 1) % 7 + 1)
        back = (day.weekday() - wanted) % 7
        return shift(day, -(back or 7) if word in {"last", "past"} else -back)

    return Window(earliest=one(anchor.earliest), latest=one(anchor.latest))


def weekend_window(_: re.Match[str], anchor: Anchor) -> Window:
    """Over the weekend: the last Saturday and Sunday that have begun, the next ones where the sentence looks ahead."""
    ahead = anchor.future and not anchor.past

    def saturday(day: date | None) -> date | None:
        if day is None:
            return None
        back = (day.weekday() - _SATURDAY) % 7
        return shift(day, 7 - back if ahead and back > 1 else -back)

    return Window(earliest=saturday(anchor.earliest), latest=shift(saturday(anchor.latest), 1))


_SATURDAY = 5


def period_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """Last week, this month, next year, earlier this year, the end of the month."""
    rel = (_get(match, "rel") or "this").lower()
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(rel, 0)
    unit = match["unit"].lower()
    if anchor.earliest is None or anchor.latest is None:
        return NOBODY_KNOWS
    window = hull(_whole_period(anchor.earliest, unit, step), _whole_period(anchor.latest, unit, step))
    side = (_get(match, "side") or "").lower()
    if side.startswith("earlier"):
        return Window(earliest=window.earliest, latest=min(anchor.latest, window.latest or anchor.latest))
    if side.startswith("later"):
        return Window(earliest=max(anchor.earliest, window.earliest or anchor.earliest), latest=window.latest)
    part = (_get(match, "part") or _get(match, "part2") or "").lower()
    if unit == "year" and part in _MONTHS_OF_PART and window.earliest is not None:
        return month_of(window.earliest.year, _MONTHS_OF_PART[part][0], months=_MONTHS_OF_PART[part][1])
    return _whole(match, window)


def _whole_period(day: date, unit: str, step: int) -> Window:
    if unit == "week":
        moved = shift(day, 7 * step)
        return week_of(moved if moved is not None else day)
    if unit == "weekend":
        week = week_of(day)
        back = 0 if step > 0 or (step == 0) else -7
        return Window(earliest=shift(week.earliest, 5 + back), latest=shift(week.latest, back))
    if unit == "month":
        index = day.year * 12 + day.month - 1 + step
        return month_of(index // 12, index % 12 + 1)
    if unit == "century":
        return NOBODY_KNOWS
    return Window(earliest=date(day.year + step, 1, 1), latest=date(day.year + step, 12, 31))


def _amount(match: re.Match[str]) -> tuple[float, float] | None:
    """Least and most days of "two weeks", "two or three days", "a few months"."""
    words = " ".join((_get(match, "count") or "").lower().split())
    unit = UNITS[match["unit"].lower()]
    if words in {"several", "few", "a few"}:
        return 2 * unit, 9 * unit
    if words == "many":
        return None
    if words == "a couple of":
        return 2 * unit, 2 * unit
    if words in {"a", "an"}:
        return unit, unit
    found = [
        number.value for piece in re.split(r"\s?[-–]\s?|\sto\s|\sor\s", words)
        if (number := number_at(atoms(piece), 0)) is not None
    ]  # fmt: skip
    return (min(found) * unit, max(found) * unit) if found else None


def _slack(match: re.Match[str]) -> float:
    """Half the unit: "two weeks ago" is no exact day."""
    unit = UNITS[match["unit"].lower()]
    return unit / 2 if unit > 1 else 0


def ago_window(match: re.Match[str], anchor: Anchor) -> Window:
    """Two weeks ago: that day, give or take half a week."""
    amount = _amount(match)
    if amount is None:
        return Window(earliest=None, latest=anchor.latest)
    return anchor.moved(-amount[1] - _slack(match), -amount[0] + _slack(match))


def past_while_window(match: re.Match[str], anchor: Anchor) -> Window:
    """The last three days, the past week."""
    amount = _amount(match) if _get(match, "count") else (UNITS[match["unit"].lower()],) * 2
    if amount is None or (_get(match, "count") is None and _get(match, "unit2")):
        return Window(earliest=None, latest=anchor.latest)
    return anchor.moved(-amount[1], 0)


def edge_window(match: re.Match[str], anchor: Anchor) -> Window:
    """The last day of the year: the one of the period in which the report was published."""
    if anchor.earliest is None or anchor.latest is None:
        return NOBODY_KNOWS
    unit = match["unit"].lower()
    whole = hull(_whole_period(anchor.earliest, unit, 0), _whole_period(anchor.latest, unit, 0))
    day = whole.earliest if match["edge"].lower() == "first" else whole.latest
    return Window(earliest=day, latest=day)


def next_while_window(match: re.Match[str], anchor: Anchor) -> Window:
    """Within two weeks, the next three days; "the coming weeks" stays open. "Rose within a week" looks back."""
    amount = _amount(match) if _get(match, "count") else None
    if anchor.past and not anchor.future and amount is not None and match.group().lower().startswith("within "):
        return Window(earliest=shift(anchor.earliest, -amount[1]), latest=anchor.latest)
    return Window(earliest=anchor.earliest, latest=None if amount is None else shift(anchor.latest, amount[1]))


def in_while_window(match: re.Match[str], anchor: Anchor) -> Window | None:
    """In two weeks: a time to come where the sentence looks ahead, else a duration and no time."""
    amount = _amount(match)
    if amount is None or not anchor.future or anchor.past:
        return None
    return anchor.moved(amount[0] - _slack(match), amount[1] + _slack(match))
