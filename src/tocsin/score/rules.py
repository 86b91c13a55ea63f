"""Proper scores of a probability against what happened (Gneiting and Raftery 2007); lower is better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

LEAST = 1e-6
"""A forecast of nothing that happens is charged as this: one mistake must not outweigh a lifetime."""


def brier(probability: float, *, happened: bool) -> float:
    """The squared error.

    >>> brier(0.25, happened=True)
    0.5625
    """
    return (probability - happened) ** 2


def log_score(probability: float, *, happened: bool) -> float:
    """Minus the natural logarithm of what was given to the truth.

    >>> round(log_score(0.5, happened=False), 4), round(log_score(0.0, happened=True), 1)
    (0.6931, 13.8)
    """
    given = probability if happened else 1.0 - probability
    return -math.log(max(given, LEAST))


def mean(values: Sequence[float]) -> float:
    """The plain mean of at least one value."""
    return math.fsum(values) / len(values)


def skill(scores: Sequence[float], reference: Sequence[float]) -> float | None:
    """1 minus the ratio to a reference on the same questions: 1 is perfect, 0 no better, below 0 worse.

    None where there is nothing to compare, or the reference was perfect.
    """
    if not scores or len(scores) != len(reference):
        return None
    base = math.fsum(reference)
    return None if base <= 0.0 else 1.0 - math.fsum(scores) / base


def flip_flop(values: Sequence[float]) -> float | None:
    """Mean movement a step beyond what getting from the lowest to the highest value needed; None below three values.

    The index of Griffiths and others (2019): 0 for a forecast that only rose or only fell.

    >>> flip_flop([0.1, 0.2, 0.4]), round(flip_flop([0.1, 0.3, 0.1]), 3)
    (0.0, 0.2)
    """
    if len(values) < 3:
        return None
    moved = math.fsum(abs(b - a) for a, b in pairwise(values))
    return max(moved - (max(values) - min(values)), 0.0) / (len(values) - 2)
