"""Silence: what looks that found nothing say. Without a logged look it says nothing at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from math import exp2, log1p

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError
from tocsin.infer.board import Looked
from tocsin.model.problem import Indicator, WarningProblem

REPORTING_DELAY = 2
"""Days before the day assessed whose looks may still be under way."""

APT = 0.5
"""A look that finds more often than this what is there is a good one."""

_MOST_SEEN = 1 - 1e-12

Looks = Mapping[str, Collection[date]]
"""Per indicator, the days on which somebody really looked, as well as the indicator's own coverage says."""


def covered(problem: WarningProblem, indicator: Indicator, looks: Looks | None = None) -> dict[date, float]:
    """How well each day was looked at: the chance that at least one of its looks was good enough.

    One observer's entries for a day are one look, the best of them. A look that sees nothing by declaration is none.
    """
    best: dict[tuple[date, str | None], float] = {
        (day, None): indicator.coverage for day in (looks or {}).get(indicator.id, ())
    }
    for look in problem.looks:
        if look.indicator != indicator.id:
            continue
        well = indicator.coverage if look.coverage is None else look.coverage
        if not 0 <= well <= 1:
            raise ProbabilityError(f"the coverage of a look for {indicator.id} must lie between 0 and 1, not {well}")
        for day in _span(max(look.first, problem.opened), look.last):
            best[day, look.by] = max(well, best.get((day, look.by), 0.0))
    missed: dict[date, float] = {}
    for (day, _), well in best.items():
        missed[day] = missed.get(day, 1.0) * (1.0 - well)
    return {day: 1.0 - chance for day, chance in sorted(missed.items()) if chance < 1.0}


def latest(problem: WarningProblem, *, as_of: date, looks: Looks | None = None) -> dict[str, Looked]:
    """Per indicator the latest look by the day assessed, and the latest that was more apt to see it than not."""
    out: dict[str, Looked] = {}
    for indicator in problem.indicators:
        days = {day: well for day, well in covered(problem, indicator, looks).items() if day <= as_of}
        if days:
            good = max((day for day, well in days.items() if well > APT), default=None)
            out[indicator.id] = Looked(last=max(days), good=good)
    return out


def silence(
    problem: WarningProblem, indicator: Indicator, *, days: int, looks: Looks | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-likelihood of each past day's looks having found nothing, were it active and were it not.

    A look of coverage c finds what is active with probability c times delta, delta being 1 - 2**(-1/N) where noticing
    takes N days and 1 where it does not, and raises a false alarm with c times phi. The last two days are left out.

    Returns:
        Two arrays of shape ``(days,)``; nought on days without a look.

    Source:
        docs/method.md, "Silence".
    """
    on, off = np.zeros(days), np.zeros(days)
    within = indicator.noticed_within
    detects = 1.0 if within is None else 1.0 - exp2(-1.0 / within)
    for day, well in covered(problem, indicator, looks).items():
        at = (day - problem.opened).days
        if 0 <= at < days - REPORTING_DELAY:
            on[at] = log1p(-min(well * detects, _MOST_SEEN))
            off[at] = log1p(-min(well * indicator.false_alarm, _MOST_SEEN))
    return on, off


def _span(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))
