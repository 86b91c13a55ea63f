"""Onset: the daily hazard of an event that is coming, and the law of its first day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import expm1, log

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError

_CEILING = 1.0 - 1e-12


def hazard(even_odds_within: float, factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance per day that the event starts, if it is coming at all and has not started before.

    Args:
        even_odds_within: Days within which it is as likely as not to have started.
        factors: Shape ``(day,)``; what season, gates and "not before" make of the plain hazard; 0 closes a day.

    Returns:
        Shape ``(day,)``; each in [0, 1), per day.

    Raises:
        ProbabilityError: ``even_odds_within`` is not positive, or a factor is negative.

    Source:
        docs/method.md, "Onset".

    >>> hazard(1.0, np.array([1.0, 0.0, 0.5])).tolist()
    [0.5, 0.0, 0.25]
    """
    if not even_odds_within > 0:
        raise ProbabilityError(f"even_odds_within must be above 0 days, not {even_odds_within}")
    if np.any(factors < 0):
        raise ProbabilityError("a season's factor must not be negative")
    plain = -expm1(-log(2.0) / even_odds_within)
    return np.asarray(np.minimum(plain * factors, _CEILING))


def onset(past: NDArray[np.float64], future: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-probability of no onset in the past and of each first day to come.

    Args:
        past: Shape ``(any,)``; hazards of the days that have gone by quietly.
        future: Shape ``(F,)``; hazards from tomorrow on.

    Returns:
        Shape ``(F + 1,)``; the last column is "later than the grid". ``exp`` of it sums to the survival of the past.

    >>> np.exp(onset(np.array([]), np.array([0.5, 0.5]))).tolist()
    [0.5, 0.25, 0.25]
    """
    survived = float(np.log1p(-past).sum())
    quiet = np.concatenate(([0.0], np.cumsum(np.log1p(-future))))
    with np.errstate(divide="ignore"):
        starts = np.concatenate((np.log(future), [0.0]))
    return np.asarray(survived + quiet + starts)


@lru_cache(maxsize=64)
def month_days(first: date, count: int) -> NDArray[np.int64]:
    """Month and day of each day of a stretch as ``100 * month + day``; shape ``(count,)``.

    >>> month_days(date(2023, 12, 31), 2).tolist()
    [1231, 101]
    """
    days = (first + timedelta(days=step) for step in range(count))
    out = np.fromiter((100 * day.month + day.day for day in days), dtype=np.int64, count=count)
    out.flags.writeable = False
    return out


def season(month_day: NDArray[np.int64], start: int, end: int) -> NDArray[np.bool_]:
    """Which days lie in a stretch of the year; both ends belong to it, and it may wrap round new year.

    >>> season(np.array([1101, 1215, 1216, 101]), 1101, 1215).tolist()
    [True, True, False, False]
    >>> season(np.array([1201, 115, 601]), 1201, 131).tolist()
    [True, True, False]
    """
    if start <= end:
        return np.asarray((month_day >= start) & (month_day <= end))
    return np.asarray((month_day >= start) | (month_day <= end))
