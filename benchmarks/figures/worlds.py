"""Worlds in which a quantity has a true value and sources say figures about it, written from the definitions alone.

Nothing here comes from the code that pools. A world is a set of habits; a quantity is drawn from it with its truth
and what was said. The numbers of `BASE` are those that docs/method.md states; the other worlds each break one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.model.claim import Bound
from tocsin.model.evidence import Reading

TODAY = date(2022, 12, 2)
KNOWS = {"A": 0.90, "B": 0.75, "C": 0.57, "D": 0.40, "E": 0.20}
_Z95 = 1.6448536269514722


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How sources come to their figures.

    ``shades`` is the chance that an interested source that knows shades, ``shading`` by how much (log units).
    ``copies`` is the chance that a claim repeats an earlier one, ``found`` the chance that this is detected.
    ``overgraded`` is added to the place of each letter: sources are worse than their grades say. ``rumour`` is the
    chance that one who does not know repeats the one figure that is going round. ``off`` moves the truth away from
    what was expected (standard deviations). ``silent_interest``: the interest is there and nobody declared it.
    """

    name: str
    shades: float = 0.3
    shading: float = 0.4
    interested: float = 0.3
    copies: float = 0.0
    found: float = 0.0
    overgraded: int = 0
    rumour: float = 0.0
    off: float = 0.0
    silent_interest: bool = False


BASE = World(name="as the method says")
WORLDS = (
    BASE,
    World(name="heavier shading", shades=0.7, shading=0.8),
    World(name="shading nobody declared", shades=0.7, silent_interest=True),
    World(name="half are copies, 85 % found", copies=0.5, found=0.85),
    World(name="half are copies, none found", copies=0.5),
    World(name="grades one letter too high", overgraded=1),
    World(name="one rumour goes round", rumour=0.6),
    World(name="the truth surprises", off=2.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A true value, what was expected of it, and the figures that were said."""

    truth: float
    expect: tuple[float, float]
    readings: tuple[Reading, ...]


def quantities(world: World, *, count: int, seed: int) -> Iterator[Quantity]:
    """So many quantities of a world; the same seed gives the same ones."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        yield _quantity(world, rng, number)


def _quantity(world: World, rng: np.random.Generator, number: int) -> Quantity:
    low, high = expectation(rng)
    middle, spread = (math.log(low) + math.log(high)) / 2.0, (math.log(high) - math.log(low)) / (2.0 * _Z95)
    truth = math.exp(middle + spread * (rng.standard_normal() + world.off * rng.choice((-1.0, 1.0))))
    going_round = _typical(middle, rng)
    readings: list[Reading] = []
    for place in range(int(rng.integers(2, 7))):
        said = claim(world, rng, truth=truth, middle=middle, going_round=going_round, name=f"q{number}r{place}")
        earlier = readings[int(rng.integers(len(readings)))] if readings else None
        if earlier is not None and rng.random() < world.copies:
            found = rng.random() < world.found
            said = _repeat(earlier, said, found=found)
        readings.append(said)
    return Quantity(truth=truth, expect=(low, high), readings=tuple(readings))


def expectation(rng: np.random.Generator) -> tuple[float, float]:
    """What somebody expects before any report, as 5 and 95 % points."""
    low = 10.0 ** rng.uniform(2.0, 4.3)
    return low, low * 10.0 ** rng.uniform(0.8, 2.0)


def claim(
    world: World, rng: np.random.Generator, *, truth: float, middle: float, going_round: float, name: str
) -> Reading:
    """One figure by one source: about the truth if it knows, typical (around ``middle``, logged) if not."""
    letter = str(rng.choice(list(KNOWS), p=(0.1, 0.25, 0.35, 0.2, 0.1)))
    real = "ABCDE"[min("ABCDE".index(letter) + world.overgraded, 4)]
    age = int(min(rng.exponential(12.0), 90.0))
    side = int(rng.choice((-1, 1))) if rng.random() < world.interested else 0
    if rng.random() < KNOWS[real]:
        then = truth * math.exp(0.02 * math.sqrt(age) * rng.standard_normal())
        believed = then * math.exp(0.15 * rng.standard_normal())
        if side and rng.random() < world.shades:
            believed *= math.exp(side * world.shading * abs(rng.standard_normal()))
    elif rng.random() < world.rumour:
        believed = going_round
    else:
        believed = _typical(middle, rng)
    low, high, bound = _phrase(believed, middle, rng)
    return Reading(
        id=name,
        figure="q",
        low=low,
        high=high,
        bound=bound,
        of="total",
        about=TODAY - timedelta(days=age),
        source=f"s-{name}",
        knows=KNOWS[letter],
        interest=None if world.silent_interest or side == 0 else "up" if side > 0 else "down",
    )


def _phrase(believed: float, middle: float, rng: np.random.Generator) -> tuple[float | None, float | None, Bound]:
    """What the speaker makes of the figure in mind: a number, a range, or which side of a threshold it lies on."""
    digits = int(rng.choice((1, 2, 3), p=(0.35, 0.4, 0.25)))
    way = rng.random()
    if way < 0.1:
        width, place = rng.uniform(0.15, 0.6), rng.random()
        low = rounded(believed * math.exp(-width * place), 2)
        high = rounded(believed * math.exp(width * (1.0 - place)), 2)
        return (low, high, Bound.RANGE) if low < high else (low, low, Bound.EXACT)
    if way < 0.2:
        threshold = rounded(math.exp(middle + 0.8 * rng.standard_normal()), 1)
        return (threshold, None, Bound.AT_LEAST) if believed >= threshold else (None, threshold, Bound.AT_MOST)
    if way < 0.35:
        about = rounded(believed * math.exp(0.1 * rng.standard_normal()), digits)
        return about, about, Bound.ABOUT
    number = rounded(believed, digits)
    return number, number, Bound.EXACT


def _repeat(earlier: Reading, said: Reading, *, found: bool) -> Reading:
    return Reading(
        id=said.id,
        figure="q",
        low=earlier.low,
        high=earlier.high,
        bound=earlier.bound,
        of="total",
        about=earlier.about,
        source=said.source,
        knows=said.knows,
        interest=None,
        echo_of=earlier.id if found else None,
    )


def _typical(middle: float, rng: np.random.Generator) -> float:
    return math.exp(middle + 0.8 * float(np.clip(rng.standard_t(3.0), -12.0, 12.0)))


def rounded(value: float, digits: int) -> float:
    """A value to so many significant digits.

    >>> rounded(23456.0, 2), rounded(0.5, 1)
    (23000.0, 1.0)
    """
    if value < 1.0:
        return 1.0
    unit = 10.0 ** (math.floor(math.log10(value)) - digits + 1)
    return max(1.0, round(value / unit) * unit)
