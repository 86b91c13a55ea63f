"""Conflicting figures about one quantity, pooled into one distribution.

A reading is either knowledge, exact up to rounding, definition and age; or knowledge shaded towards the speaker's
interest; or junk that says little about the quantity. The result is a mixture and may have several modes: where
sources contradict each other, the answer is "either this or that", never the middle.

Source: docs/method.md, "Conflicting figures".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, owens_t, stdtr

from tocsin.errors import ProbabilityError

Array = NDArray[np.float64]

Z95 = 1.6448536269514722
"""The 95 % point of the standard normal."""

POINTS = 1061
"""Points of the log grid over ``expect`` and two log units on either side."""

DEFINITION = 0.15
"""Standard deviation (log units) for two speakers meaning slightly different things by the same words."""

DRIFT = 0.02
"""Standard deviation (log units) that one day of age adds, growing with the root of the days: 0.11 after a month."""

ABOUT = 0.10
"""Standard deviation (log units) that "about" adds."""

SHADING = 0.4
"""Scale (log units) of the half-normal by which an interested source shades."""

SHADED = 0.3
"""Probability that an interested source that knows the figure shades it."""

JUNK_SCALE = 0.8
"""Scale (log units) of the Student t with three degrees of freedom around what is typical."""

ATTEMPT_FLOOR = 0.05
"""An attempt never gets less probable than this share of its top, however weak the force is."""

_STEP_LIMIT = 40_000
_SQRT_2PI = math.sqrt(2.0 * math.pi)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One figure said by one source.

    ``low == high`` is a single number; an open end is None; ``low < high`` is a range. ``rounding`` is the standard
    deviation (log units) that rounding leaves. ``knows`` is the probability that the speaker knows; ``age`` the days
    since the figure held; ``interest`` is +1 or -1 where the source would shade it up or down, else 0; ``copy`` the
    probability that the item merely repeats another.
    """

    low: float | None
    high: float | None
    rounding: float
    knows: float
    age: float = 0.0
    interest: int = 0
    copy: float = 0.0
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Probability masses on a grid of positive values, evenly spaced in the logarithm."""

    values: Array
    mass: Array

    def quantile(self, share: float) -> float:
        """The value below which ``share`` of the mass lies."""
        middle = np.cumsum(self.mass) - self.mass / 2.0
        return float(np.exp(np.interp(share, middle, np.log(self.values))))

    def above(self, value: float) -> float:
        """Probability that the quantity is at least ``value``."""
        if value <= 0:
            return 1.0
        middle = np.cumsum(self.mass) - self.mass / 2.0
        return float(1.0 - np.interp(math.log(value), np.log(self.values), middle, left=0.0, right=1.0))

    def density(self, points: int = 200) -> tuple[tuple[float, float], ...]:
        """At most ``points`` pairs (value, probability per unit) over all but a thousandth of the mass."""
        share = np.cumsum(self.mass)
        inside = np.flatnonzero((share > 0.0005) & (share < 0.9995))
        if inside.size == 0:
            inside = np.array([int(np.argmax(self.mass))])
        first, last = max(int(inside[0]) - 1, 0), min(int(inside[-1]) + 1, self.values.size - 1)
        chosen = np.unique(np.linspace(first, last, min(points, last - first + 1)).round().astype(np.int64))
        step = math.log(float(self.values[1] / self.values[0]))
        return tuple(
            (float(value), float(mass / (value * step)))
            for value, mass in zip(self.values[chosen], self.mass[chosen], strict=True)
        )


def rounding(value: float) -> float:
    """Standard deviation (log units) that the rounding of a number leaves, by its significant digits.

    >>> rounding(9000), rounding(23000), rounding(23450)
    (0.18, 0.07, 0.02)
    """
    digits = f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0")
    return {0: 0.18, 1: 0.18, 2: 0.07}.get(len(digits), 0.02)


def parts(items: Sequence[tuple[float | None, float | None]]) -> tuple[float | None, float | None, float]:
    """One total out of its parts: lows and highs add, an open end stays open, the roundings are convolved.

    The sum of log-normals is represented by the log-normal of the same mean and variance.

    Args:
        items: ``(low, high)`` of each part; an open end is None.

    Returns:
        ``(low, high, rounding)`` of the total; rounding in log units.

    >>> parts([(20000, 20000), (3000, 3000)])[:2]
    (23000.0, 23000.0)
    """
    lows, highs = [low for low, _ in items], [high for _, high in items]
    middles = [high if low is None else low if high is None else math.sqrt(low * high) for low, high in items]
    known = [(middle, rounding(middle)) for middle in middles if middle is not None and middle > 0]
    mean = sum(value * math.exp(sd * sd / 2.0) for value, sd in known)
    variance = sum(value**2 * math.exp(sd * sd) * math.expm1(sd * sd) for value, sd in known)
    return (
        None if None in lows else float(sum(low for low in lows if low is not None)),
        None if None in highs else float(sum(high for high in highs if high is not None)),
        math.sqrt(math.log1p(variance / mean**2)) if mean > 0 else 0.18,
    )


def pool(items: Sequence[Sequence[Item]], *, expect: tuple[float, float]) -> Distribution:
    """The distribution of a quantity after all that was said about it.

    Args:
        items: One entry per source: the figures it gave. Several figures of one source are readings of which one
            is meant, each as likely as the other.
        expect: 5 % and 95 % points of the log-normal prior, both positive.

    Returns:
        The posterior; the prior itself where nothing was said.

    Raises:
        ProbabilityError: ``expect`` is no rising pair of positive numbers, or an item is out of range.

    Source:
        docs/method.md, "Conflicting figures".
    """
    low, high = expect
    if not (0.0 < low < high < math.inf):
        raise ProbabilityError(f"expect {low:g} to {high:g}: two positive numbers in rising order are needed")
    for item in (item for source in items for item in source):
        check(item)
    log_value = _grid(math.log(low), math.log(high), [item for source in items for item in source])
    typical = (math.log(low) + math.log(high)) / 2.0
    spread = (math.log(high) - math.log(low)) / (2.0 * Z95)
    log_mass = -0.5 * ((log_value - typical) / spread) ** 2
    for source in items:
        if source:
            heard = np.mean([_likelihood(item, log_value, typical) for item in source], axis=0)
            log_mass = log_mass + np.log(np.maximum(heard, 1e-300))
    mass = np.exp(log_mass - log_mass.max())
    return Distribution(values=np.exp(log_value), mass=mass / mass.sum())


def enough(strength: Distribution, need: tuple[float, float]) -> float:
    """Probability that a strength reaches a need that is itself uncertain.

    Args:
        strength: What is there.
        need: 5 % and 95 % points of the log-normal need; equal points are a fixed threshold.

    Raises:
        ProbabilityError: The points are not positive, or fall.
    """
    return float(np.clip(np.sum(strength.mass * _reached(strength.values, need)), 0.0, 1.0))


def tried(strength: Distribution, attempt: tuple[float, float]) -> float:
    """Probability that an actor who may misjudge would try with this strength.

    As :func:`enough`, but it never falls below a twentieth of its top: men have tried with far too little.
    """
    reached = np.maximum(_reached(strength.values, attempt), ATTEMPT_FLOOR)
    return float(np.clip(np.sum(strength.mass * reached), 0.0, 1.0))


def check(item: Item) -> None:
    """Refuse a figure that no quantity can have.

    Raises:
        ProbabilityError: An end is negative or not finite, the range falls, or a share lies outside 0 to 1.
    """
    for end in (item.low, item.high):
        if end is not None and not 0.0 <= end < math.inf:
            raise ProbabilityError(f"a figure of {end:g} cannot be pooled: it must be finite and not negative")
    if item.low is not None and item.high is not None and item.low > item.high:
        raise ProbabilityError(f"a figure from {item.low:g} to {item.high:g} falls")
    if not (0.0 <= item.knows <= 1.0 and 0.0 <= item.copy <= 1.0 and item.age >= 0.0):
        raise ProbabilityError("a figure's knows and copy lie between 0 and 1, its age is not negative")


def _floor(value: float) -> float:
    return math.log(max(value, 0.5))  # on a log scale "none" is half a unit


def _grid(low: float, high: float, items: Sequence[Item]) -> Array:
    step = (high - low + 4.0) / (POINTS - 1)
    ends = [_floor(end) for item in items for end in (item.low, item.high) if end is not None]
    below = math.ceil(max(0.0, low - 2.0 - min([low, *(end - 1.0 for end in ends)])) / step)
    above = math.ceil(max(0.0, max([high, *(end + 1.0 for end in ends)]) - high - 2.0) / step)
    if below + above > _STEP_LIMIT:
        raise ProbabilityError("expect is too narrow beside the figures given: widen it until it covers them")
    return low - 2.0 + step * np.arange(-below, POINTS + above, dtype=np.float64)


def _likelihood(item: Item, log_value: Array, typical: float) -> Array:
    """Probability, or density per log unit, of what was said under each value of the quantity; shape ``(K,)``."""
    said, junk, cell = heard(item, log_value, typical)
    return copied(item.knows * said + (1.0 - item.knows) * junk, cell=cell, copy=item.copy)


def heard(item: Item, log_value: Array, typical: float) -> tuple[Array, float, float]:
    """What a figure says if its speaker knows, and if not.

    Args:
        item: The figure.
        log_value: Logarithms of the values the quantity may have, any shape.
        typical: Logarithm of what somebody who does not know would say.

    Returns:
        Density of the figure under each value, that of junk, and the width (log units) of what would have been put
        alike, which turns a density into a probability.
    """
    sd = math.sqrt(item.rounding**2 + DEFINITION**2 + DRIFT**2 * item.age + (ABOUT**2 if item.about else 0.0))
    low = None if item.low is None else _floor(item.low)
    high = None if item.high is None else _floor(item.high)
    if high is None:
        if low is None:
            return np.ones_like(log_value), 1.0, 1.0
        return 1.0 - _below(low - log_value, sd, item.interest), 0.5, 1.0
    if low is None:
        return _below(high - log_value, sd, item.interest), 0.5, 1.0
    if high - low < 1e-9:
        said = _error(low - log_value, sd, item.interest)
        return said, _student((low - typical) / JUNK_SCALE) / JUNK_SCALE, item.rounding * math.sqrt(12.0)
    width = high - low
    said = (_below(high - log_value, sd, item.interest) - _below(low - log_value, sd, item.interest)) / width
    ends = stdtr(3.0, np.array([(low - typical) / JUNK_SCALE, (high - typical) / JUNK_SCALE]))
    return said, float(ends[1] - ends[0]) / width, width + item.rounding * math.sqrt(12.0)


def copied(own: Array, *, cell: float, copy: float) -> Array:
    """A likelihood that may be a mere copy's: a copy repeats the figure whatever the truth is."""
    if copy <= 0.0:
        return own
    return copy + (1.0 - copy) * np.minimum(own * cell, 1.0)


def _error(error: Array, sd: float, interest: int) -> Array:
    """Density of log(said) - log(true): normal, and shaded towards the interest with probability ``SHADED``."""
    plain: Array = np.exp(-0.5 * (error / sd) ** 2) / (sd * _SQRT_2PI)
    if interest == 0:
        return plain
    wide = math.hypot(sd, SHADING)
    skew = interest * SHADING / (sd * wide)
    shaded = 2.0 / wide * np.exp(-0.5 * (error / wide) ** 2) / _SQRT_2PI * ndtr(skew * error)
    mixed: Array = (1.0 - SHADED) * plain + SHADED * shaded
    return mixed


def _below(error: Array, sd: float, interest: int) -> Array:
    """Distribution function that belongs to :func:`_error`."""
    plain: Array = ndtr(error / sd)
    if interest == 0:
        return plain
    wide = math.hypot(sd, SHADING)
    shaded = ndtr(error / wide) - 2.0 * owens_t(error / wide, interest * SHADING / sd)
    mixed: Array = np.clip((1.0 - SHADED) * plain + SHADED * shaded, 0.0, 1.0)
    return mixed


def _student(value: float) -> float:
    """Density of Student's t with three degrees of freedom."""
    return 6.0 * math.sqrt(3.0) / (math.pi * (3.0 + value * value) ** 2)


def _reached(values: Array, need: tuple[float, float]) -> Array:
    low, high = need
    if not 0.0 < low <= high < math.inf:
        raise ProbabilityError(f"need {low:g} to {high:g}: two positive numbers in rising order are needed")
    spread = (math.log(high) - math.log(low)) / (2.0 * Z95)
    distance = np.log(values) - (math.log(low) + math.log(high)) / 2.0
    if spread < 1e-12:
        return (distance >= 0.0).astype(np.float64)
    reached: Array = ndtr(distance / spread)
    return reached
