"""Leads: how many days lie between an activation and the onset, as a distribution over whole days."""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tocsin.errors import ProbabilityError

_Z95 = 1.6448536269514722
_SHORTEST = 0.5
_Z_TAIL = 4.753424308822899  # a millionth is left beyond it
_LONGEST = 1000


class LeadLaw:
    """Distribution of one lead over whole days, from 0 up.

    Attributes:
        pmf: Shape ``(size,)``; P(L = k).
        cdf: Shape ``(size,)``; P(L <= k).
        tail: Shape ``(size + 1,)``; P(L >= k). Nothing is cut off: ``tail[size]`` is what lies beyond.
    """

    __slots__ = ("cdf", "pmf", "tail")

    def __init__(self, *, pmf: NDArray[np.float64], cdf: NDArray[np.float64], tail: NDArray[np.float64]) -> None:
        for array in (pmf, cdf, tail):
            array.flags.writeable = False
        self.pmf = pmf
        self.cdf = cdf
        self.tail = tail


@lru_cache(maxsize=2048)
def from_quantiles(least: float, typical: float, most: float, *, tempo: float, size: int) -> LeadLaw:
    """Spread "at least / typically / at most" over whole days.

    A split log-normal passes through the three numbers as its 5, 50 and 95 % points, after the tempo has scaled them.
    Day k takes what lies between k - 0.5 and k + 0.5, day 0 also the rest below. A point of nought days counts as half
    a day.

    Args:
        least: The 5 % point in days; ``typical`` and ``most`` are the 50 and 95 % points.
        typical: In days.
        most: In days.
        tempo: Factor on all three.
        size: Number of days to give; what lies beyond stays in the tail.

    Raises:
        ProbabilityError: The three are not in order, or not finite, or the tempo is not positive.

    Source:
        docs/method.md, "Leads".

    >>> law = from_quantiles(42, 49, 63, tempo=1.0, size=200)
    >>> round(float(law.pmf.sum()), 9), round(float(law.cdf[48]), 2)
    (1.0, 0.46)
    """
    _in_order(least, typical, most)
    if not 0 < tempo < inf:
        raise ProbabilityError(f"a tempo must be above 0, not {tempo}")
    low, middle, high = (log(max(tempo * days, _SHORTEST)) for days in (least, typical, most))
    edges = np.log(np.arange(size + 1) + 0.5)  # the upper edge of day k stands at k
    below, above = (middle - low) / _Z95, (high - middle) / _Z95
    gap = edges - middle
    spread = np.where(gap < 0, below, above)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(spread > 0, gap / spread, np.where(gap < 0, -inf, inf))
    cdf, beyond = ndtr(score)[:size], ndtr(-score)[:size]
    tail = np.concatenate(([1.0], beyond))
    left = np.diff(np.concatenate(([0.0], cdf)))
    right = tail[:-1] - beyond
    pmf = np.where(gap[:size] < 0, left, right)
    return LeadLaw(pmf=np.maximum(pmf, 0.0), cdf=cdf, tail=tail)


@lru_cache(maxsize=2048)
def from_pairs(pairs: tuple[tuple[int, float], ...], *, size: int) -> LeadLaw:
    """A lead given as (days, probability), used as it stands.

    Raises:
        ProbabilityError: A lead is negative, a probability is outside [0, 1], or they do not sum to one.

    >>> from_pairs(((1, 0.25), (3, 0.75)), size=3).tail.tolist()
    [1.0, 1.0, 0.75, 0.75]
    """
    if any(days < 0 or not 0 <= p <= 1 for days, p in pairs):
        raise ProbabilityError("a lead's pairs are days from 0 up, each with a probability between 0 and 1")
    total = sum(p for _, p in pairs)
    if not abs(total - 1) <= 1e-9:
        raise ProbabilityError(f"a lead's probabilities must sum to 1, not {total}")
    pmf, cdf, tail = np.zeros(size), np.zeros(size), np.zeros(size + 1)
    for days, p in pairs:
        if days < size:
            pmf[days] += p
        cdf[days:] += p
        tail[: days + 1] += p
    return LeadLaw(pmf=pmf, cdf=cdf, tail=tail)


def longest(least: float, typical: float, most: float, *, tempo: float) -> int:
    """Days beyond which less than a millionth of the lead lies, at most a thousand.

    >>> longest(42, 49, 63, tempo=1.0)
    102
    """
    _in_order(least, typical, most)
    middle, high = (log(max(tempo * days, _SHORTEST)) for days in (typical, most))
    reach = middle + _Z_TAIL * (high - middle) / _Z95
    return _LONGEST if reach > log(_LONGEST) else int(exp(reach)) + 1


def _in_order(least: float, typical: float, most: float) -> None:
    if not 0 <= least <= typical <= most < inf:
        raise ProbabilityError(f"a lead must be at least <= typically <= at most, not {least}, {typical}, {most}")
