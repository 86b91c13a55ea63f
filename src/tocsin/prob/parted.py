"""One quantity of which some count a part in and some do not.

"Troops" may mean servicemen alone, or servicemen and mercenaries. The whole and its part are unknown together; a
figure speaks to the whole, to the rest without the part, to the part, or is unclear, and then to each with a share.

Source: docs/method.md, "Conflicting figures".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError
from tocsin.prob import pool
from tocsin.prob.pool import Distribution, Item

Array = NDArray[np.float64]

WHOLE_POINTS = 353
PART_POINTS = 97
_REST_POINTS = 353
_LEAST = 1e-300


class Node(StrEnum):
    """What a figure counts: the whole, the whole without the part, or the part alone."""

    WHOLE = "whole"
    REST = "rest"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A figure with what it may count, as shares that sum to one."""

    item: Item
    shares: tuple[tuple[Node, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """What is held of the whole, of the rest and of the part."""

    whole: Distribution
    rest: Distribution
    part: Distribution


def pool_parted(
    sources: Sequence[Sequence[Sequence[Meant]]], *, expect: tuple[float, float], part: tuple[float, float]
) -> Parted:
    """The whole and its part after all that was said about either.

    The prior is a log-normal of the whole times one of the part, wherever the part is smaller than the whole.

    Args:
        sources: Per source the readings of what it meant, each as likely as the other; a reading is one or several
            figures that hold jointly ("20,000 servicemen and 3,000 mercenaries"): the source knows all or none.
        expect: 5 % and 95 % points of the whole before any report.
        part: The same of the part.

    Raises:
        ProbabilityError: A pair is no rising pair of positive numbers, a figure is out of range, or shares do not
            sum to one.
    """
    figures = [meant for source in sources for joint in source for meant in joint]
    for meant in figures:
        pool.check(meant.item)
        if not abs(sum(share for _, share in meant.shares) - 1.0) < 1e-9 or any(s < 0 for _, s in meant.shares):
            raise ProbabilityError("the shares of what a figure may count must sum to one")
    log_whole, typical_whole, spread_whole = _axis(expect, [m.item for m in figures], WHOLE_POINTS)
    log_part, typical_part, spread_part = _axis(part, [], PART_POINTS)
    smaller = log_part[None, :] < log_whole[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        log_rest = np.log(np.where(smaller, np.exp(log_whole)[:, None] - np.exp(log_part)[None, :], 1.0))
    log_mass = (
        -0.5 * ((log_whole - typical_whole) / spread_whole)[:, None] ** 2
        - 0.5 * ((log_part - typical_part) / spread_part)[None, :] ** 2
    )
    log_mass = np.where(smaller, log_mass, -np.inf)
    if not np.isfinite(log_mass).any():
        raise ProbabilityError("the part is expected to be larger than the whole")
    values = {Node.WHOLE: log_whole[:, None], Node.REST: log_rest, Node.PART: log_part[None, :]}
    typical = {Node.WHOLE: typical_whole, Node.REST: typical_whole, Node.PART: typical_part}
    for source in sources:
        if source:
            said = sum(_joint(joint, values, typical) for joint in source) / len(source)
            log_mass = log_mass + np.log(np.maximum(said, _LEAST))
    mass = np.exp(log_mass - log_mass.max())
    mass /= mass.sum()
    return Parted(
        whole=Distribution(values=np.exp(log_whole), mass=mass.sum(axis=1)),
        rest=_rest(log_rest, np.where(smaller, mass, 0.0), log_whole),
        part=Distribution(values=np.exp(log_part), mass=mass.sum(axis=0)),
    )


def _joint(joint: Sequence[Meant], values: dict[Node, Array], typical: dict[Node, float]) -> Array:
    """Likelihood of figures that one source gave together: it knows all of them, or none."""
    known: Array = np.ones((1, 1))
    junk, cell = 1.0, 1.0
    for meant in joint:
        own: Array = np.zeros((1, 1))
        guess = width = 0.0
        for node, share in meant.shares:
            said, other, wide = pool.heard(meant.item, values[node], typical[node])
            own, guess, width = own + share * said, guess + share * other, wide
        known, junk, cell = known * own, junk * guess, cell * width
    knows = min(meant.item.knows for meant in joint)
    return pool.copied(knows * known + (1.0 - knows) * junk, cell=cell, copy=max(meant.item.copy for meant in joint))


def _axis(expect: tuple[float, float], items: Sequence[Item], points: int) -> tuple[Array, float, float]:
    """Log grid, middle and spread of a log-normal, wide enough for the prior and for every figure."""
    low, high = expect
    if not (0.0 < low < high < math.inf):
        raise ProbabilityError(f"{low:g} to {high:g}: two positive numbers in rising order are needed")
    first, last = math.log(low), math.log(high)
    ends = [math.log(max(end, 0.5)) for item in items for end in (item.low, item.high) if end is not None]
    start, stop = min([first - 2.0, *(end - 1.0 for end in ends)]), max([last + 2.0, *(end + 1.0 for end in ends)])
    return (
        np.linspace(start, stop, points),
        (first + last) / 2.0,
        (last - first) / (2.0 * pool.Z95),
    )


def _rest(log_rest: Array, mass: Array, log_whole: Array) -> Distribution:
    """The law of the difference, gathered on a grid of its own; each mass is shared by its two neighbours."""
    axis = np.linspace(float(log_whole[0]) - 2.0, float(log_whole[-1]), _REST_POINTS)
    place = np.clip((log_rest.ravel() - axis[0]) / (axis[1] - axis[0]), 0.0, _REST_POINTS - 1.001)
    left = place.astype(np.int64)
    right_share = place - left
    flat = mass.ravel()
    gathered = np.bincount(left, flat * (1.0 - right_share), _REST_POINTS)
    gathered += np.bincount(left + 1, flat * right_share, _REST_POINTS)
    return Distribution(values=np.exp(axis), mass=gathered / gathered.sum())
