"""What actors who pull in different directions will settle on: a mean, and how far to trust it.

Positions lie on a line from 0 to 100. The forecast is the mean of the positions, each weighed by capability times
salience. Outcomes scatter widely around that mean, and often sit exactly on somebody's position or on an end of the
line; the predictive law has room for all three.

Source: docs/method.md, "Actors".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from tocsin.errors import ProbabilityError

Array = NDArray[np.float64]

ON_POSITIONS = 0.45
"""Share of outcomes that are somebody's position; the rest scatter around the mean. Fitted: benchmarks/actors."""

KERNEL = 3.0
"""Standard deviation around a position, in points."""

SPREAD = 26.0
"""Standard deviation around the mean, in points; what lies beyond an end settles on the end."""

SCALE: Array = np.arange(101, dtype=np.float64)
"""The points of the line."""

_EDGES = np.concatenate(([-np.inf], np.arange(0.5, 100.0), [np.inf]))


def shares(capability: Array, salience: Array) -> Array:
    """Each actor's share of the weight: capability times salience, summing to one.

    Args:
        capability: Shape ``(..., actor)``; not negative, any unit.
        salience: The same shape.

    Raises:
        ProbabilityError: Nobody weighs anything.

    >>> shares(np.array([1.0, 3.0]), np.array([50.0, 50.0])).tolist()
    [0.25, 0.75]
    """
    weight = capability * salience
    total = weight.sum(axis=-1, keepdims=True)
    if not (total > 0).all():
        raise ProbabilityError("no actor weighs anything: capability times salience is nought for all of them")
    return np.asarray(weight / total)


def predictive(position: Array, share: Array) -> Array:
    """Probability of each point of the line as the outcome.

    Args:
        position: Shape ``(..., actor)``, from 0 to 100.
        share: The same shape, summing to one over the actors.

    Returns:
        Shape ``(..., 101)``, summing to one.
    """
    on = (share[..., None] * _censored(position, KERNEL)).sum(axis=-2)
    around = _censored((share * position).sum(axis=-1), SPREAD)
    return np.asarray(ON_POSITIONS * on + (1.0 - ON_POSITIONS) * around)


def quantile(mass: Array, share: float) -> float:
    """The least point of the line at or below which ``share`` of the mass lies."""
    return float(SCALE[int(np.argmax(np.cumsum(mass) >= share - 1e-12))])


def narrowest(mass: Array, share: float) -> tuple[float, float]:
    """The shortest stretch of the line that holds at least ``share`` of the mass, both ends included.

    Where much of the mass sits on single points, the stretch between two quantiles holds far more than it says; this
    one holds hardly more. Of equally short ones the fullest.

    >>> narrowest(np.eye(101)[7], 0.8)
    (7.0, 7.0)
    """
    below = np.concatenate(([0.0], np.cumsum(mass)))
    best = (101, 0.0, 0, 100)
    for low in range(len(mass)):
        high = int(np.searchsorted(below, below[low] + share - 1e-12)) - 1
        if high >= len(mass):
            break
        best = min(best, (high - low, -float(below[high + 1] - below[low]), low, high))
    return float(best[2]), float(best[3])


def pivot(position: Array, share: Array) -> int:
    """The actor at whose position the weight on either side balances; shapes ``(actor,)``."""
    order = np.argsort(position, kind="stable")
    return int(order[int(np.argmax(np.cumsum(share[order]) >= 0.5 - 1e-12))])


def needed(position: Array, share: Array, target: float) -> Array:
    """Where each actor alone would have to stand to bring the mean to a target; nan where no place on the line does.

    >>> needed(np.array([0.0, 100.0]), np.array([0.5, 0.5]), 75.0).tolist()
    [50.0, nan]
    """
    mean = float((position * share).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        to = position + (target - mean) / share
    return np.where((to >= 0.0) & (to <= 100.0), to, np.nan)


def opening(mass: Array, *, even_at: float, width: float) -> Array:
    """Probability that a gate opens, if its odds rise by a factor e with every ``width`` points above ``even_at``.

    The mean of the logistic over the whole predictive law, so that doubt about the outcome draws it towards even odds.

    Args:
        mass: Shape ``(..., 101)``.
        even_at: The point at which it is as likely open as not.
        width: Points, above 0.

    Raises:
        ProbabilityError: ``width`` is not positive.
    """
    if not width > 0:
        raise ProbabilityError(f"the width of a logistic must be above 0, not {width}")
    return np.asarray(mass @ expit((SCALE - even_at) / width))


def _censored(middle: Array, spread: float) -> Array:
    """A normal on the points of the line; what lies beyond an end sits on it. Shape ``(..., 101)``."""
    return np.diff(ndtr((_EDGES - np.asarray(middle)[..., None]) / spread), axis=-1)
