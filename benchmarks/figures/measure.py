"""Pool simulated figures in several ways and hold each against the truth.

Every method gives a distribution on a log grid, so that all are scored alike: does its interval hold the truth, how
dense is it there (per log unit), how far is its median off.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from benchmarks.figures.worlds import TODAY, Quantity
from tocsin.infer import figures
from tocsin.model.evidence import Reading
from tocsin.prob.pool import Distribution, pool

LEVELS = (0.8, 0.95)
_Z95 = 1.6448536269514722

Method = Callable[[Quantity], Distribution]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One method in one world: share of truths inside the 80 and 95 % intervals, log score, error of the median."""

    method: str
    inside: tuple[float, float]
    log_score: float
    error: float
    spread: float


def ours(quantity: Quantity) -> Distribution:
    """The package's own pool, as a desk calls it."""
    found = figures.held(quantity.readings, expect=quantity.expect, as_of=TODAY)
    return found.whole if found is not None else pool([], expect=quantity.expect)


def blind(quantity: Quantity) -> Distribution:
    """The same without any allowance for copies that were not found."""
    found = figures.held(quantity.readings, expect=quantity.expect, as_of=TODAY, blanket_echo=0.0)
    return found.whole if found is not None else pool([], expect=quantity.expect)


def linear(quantity: Quantity) -> Distribution:
    """The mean of what each reading alone would make one believe (linear opinion pool)."""
    alone = [figures.held([reading], expect=quantity.expect, as_of=TODAY) for reading in quantity.readings]
    return _mean([one.whole for one in alone if one is not None], quantity.expect)


def product(quantity: Quantity) -> Distribution:
    """Readings as independent log-normal measurements, multiplied with the prior: no source is ever junk."""
    values, middle, spread = _prior(quantity.expect)
    precision, weighted = 1.0 / spread**2, middle / spread**2
    for reading in quantity.readings:
        sd = 0.2 / max(reading.knows or 0.0, 0.05)
        precision += 1.0 / sd**2
        weighted += math.log(_middle(reading)) / sd**2
    return _normal(values, weighted / precision, precision**-0.5)


def median(quantity: Quantity) -> Distribution:
    """The median of what was said, with the spread of what was said about it."""
    values, _, prior = _prior(quantity.expect)
    said = np.log([_middle(reading) for reading in quantity.readings])
    spread = float(np.std(said)) / math.sqrt(len(said)) * 1.25 if len(said) > 1 else prior
    return _normal(values, float(np.median(said)), max(spread, 0.05))


METHODS: dict[str, Method] = {
    "mixture (ours)": ours,
    "mixture, copies taken as voices": blind,
    "linear pool": linear,
    "log-normal product": product,
    "median of what was said": median,
}


def line(name: str, method: Method, quantities: Sequence[Quantity]) -> Line:
    """One method over many quantities."""
    inside = np.zeros((len(quantities), 2))
    scores, errors, spreads = np.zeros(len(quantities)), np.zeros(len(quantities)), np.zeros(len(quantities))
    for number, quantity in enumerate(quantities):
        found = method(quantity)
        for place, level in enumerate(LEVELS):
            low, high = found.quantile((1 - level) / 2), found.quantile((1 + level) / 2)
            inside[number, place] = low <= quantity.truth <= high
        scores[number] = _log_density(found, quantity.truth)
        errors[number] = abs(math.log(found.quantile(0.5) / quantity.truth))
        spreads[number] = math.log(found.quantile(0.9) / found.quantile(0.1))
    first, second = inside.mean(axis=0).tolist()
    return Line(
        method=name,
        inside=(first, second),
        log_score=float(-scores.mean()),
        error=float(errors.mean()),
        spread=float(np.median(spreads)),
    )


def _log_density(found: Distribution, truth: float) -> float:
    step = math.log(found.values[1] / found.values[0])
    density = np.interp(math.log(truth), np.log(found.values), found.mass / step, left=0.0, right=0.0)
    return math.log(max(float(density), 1e-6))


def _middle(reading: Reading) -> float:
    ends = [end for end in (reading.low, reading.high) if end is not None]
    return math.exp(float(np.mean(np.log(ends))))


def _prior(expect: tuple[float, float]) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], float, float]:
    values = pool([], expect=expect).values
    low, high = math.log(expect[0]), math.log(expect[1])
    return np.asarray(values), (low + high) / 2.0, (high - low) / (2.0 * _Z95)


def _normal(values: np.ndarray[tuple[int], np.dtype[np.float64]], mean: float, sd: float) -> Distribution:
    step = math.log(values[1] / values[0])
    edges = np.concatenate((np.log(values) - step / 2.0, [math.log(values[-1]) + step / 2.0]))
    mass = np.diff(ndtr((edges - mean) / sd))
    return Distribution(values=values, mass=mass / max(mass.sum(), 1e-12))


def _mean(found: Sequence[Distribution], expect: tuple[float, float]) -> Distribution:
    if not found:
        return pool([], expect=expect)
    values = found[0].values
    mass = np.mean([np.interp(np.log(values), np.log(one.values), one.mass) for one in found], axis=0)
    return Distribution(values=values, mass=mass / mass.sum())
