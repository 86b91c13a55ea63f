"""How far the answer moves when what the analyst put in is varied within what the words allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from tocsin.errors import ProbabilityError
from tocsin.infer import core
from tocsin.infer.case import Case
from tocsin.infer.spoken import Spoken
from tocsin.infer.terms import heard, terms_of
from tocsin.model.problem import Chance, Law, WarningProblem

DRAWS = 256
"""Sobol points."""

FACTOR_SPREAD = 0.5
"""Standard deviation (log units) of hazards and of the rate of false starts."""

SEEN_FIRST_N = 12.0
"""A chance to be seen first is as sure as twelve cases make it."""

GRADE_N = 14.0
"""A grade is as sure as fourteen resolved claims make it."""

ROLLING = (7, 30, 90)
"""Days ahead that are always answered beside the fixed date."""

_Z95 = 1.6448536269514722
_SEED = 2511
_FEWEST = 8
_LEAST_FACTOR = 3.0
_FLOOR_BELOW = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """5 % and 95 % points of headline, rolling windows (by days), scenarios and status quo.

    ``middle`` is the middle half of the headline (25 and 75 %), without any floor. ``shares`` tell which group of
    assumptions makes how much of the variance of its log-odds. ``floored``: did the rule for small probabilities,
    and no draw, make an end of the headline's band?
    """

    headline: tuple[float, float] | None
    rolling: Mapping[int, tuple[float, float]]
    scenarios: Mapping[str, tuple[float, float]]
    status_quo: tuple[float, float] | None
    middle: tuple[float, float] | None = None
    shares: Mapping[str, float]
    floored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Which coordinates of a point belong to which group of assumptions."""

    groups: Mapping[str, slice]
    size: int


class _Point:
    """One Sobol point, read group by group."""

    def __init__(self, coordinates: NDArray[np.float64], layout: _Layout) -> None:
        clipped = np.clip(coordinates, 1e-9, 1.0 - 1e-9)
        self._left = {name: iter(clipped[where].tolist()) for name, where in layout.groups.items()}

    def share(self, group: str) -> float:
        return float(next(self._left[group]))

    def normal(self, group: str) -> float:
        return float(ndtri(self.share(group)))


def bands(case: Case, *, draws: int = DRAWS) -> Bands:
    """5-95 % bands over unweighted draws of all that the analyst put in, and of what is hidden about leads and sources.

    Each is drawn around the analyst's central value; the draws are fixed, so the same case has the same bands. They
    always hold the central answer, and below 5 % they reach at least a factor of three either way.

    Source:
        docs/method.md, "Bands".
    """
    from scipy.stats import qmc

    problem = case.problem
    voices = _voices(case)
    layout = _layout(problem, len(voices.pairs))
    points = qmc.Sobol(d=layout.size, scramble=True, rng=np.random.default_rng(_SEED)).random(draws)
    knows = voices.drawn(np.clip(points[:, layout.groups["grades"]], 1e-9, 1.0 - 1e-9))
    found: list[core.Posterior] = []
    rows: list[int] = []
    for row, coordinates in enumerate(points):
        drawn = _problem(problem, _Point(coordinates, layout))
        posterior = _posterior(case, drawn, voices, knows[row])
        if posterior is not None:
            found.append(posterior)
            rows.append(row)
    if len(found) < _FEWEST:
        return Bands(headline=None, rolling={}, scenarios={}, status_quo=None, shares={})
    central = case.posterior
    headline = [case.headline(one) for one in found]
    low, high = (float(x) for x in np.quantile(headline, (0.05, 0.95)))
    around = _band(case.headline(central), headline)
    odds = np.array([case.odds(one) for one in found])
    return Bands(
        headline=around,
        rolling={
            days: _band(central.event_within(days), [one.event_within(days) for one in found]) for days in ROLLING
        },
        scenarios={
            name: _band(probability, [one.p_scenario[name] for one in found])
            for name, probability in central.p_scenario.items()
        },
        status_quo=_band(central.status_quo, [one.status_quo for one in found]),
        middle=(float(np.quantile(headline, 0.25)), float(np.quantile(headline, 0.75))),
        shares=_shares(points[rows], odds, layout),
        floored=not case.closed and (around[0] < low or around[1] > high) and case.headline(central) < _FLOOR_BELOW,
    )


def _layout(problem: WarningProblem, pairs: int) -> _Layout:
    sizes = {
        "priors": len(problem.scenarios) + len(problem.gates),
        "hazards": len(problem.scenarios),
        "tempo": 1,
        "habits": 2,
        "seen-first": len(problem.indicators),
        "false-starts": 1,
        "grades": pairs,
    }
    groups, start = {}, 0
    for name, size in sizes.items():
        groups[name] = slice(start, start + size)
        start += size
    return _Layout(groups=groups, size=start)


def _shares(points: NDArray[np.float64], odds: NDArray[np.float64], layout: _Layout) -> Mapping[str, float]:
    """The share of each group in the variance of the log-odds: squared correlations, less what chance alone gives.

    The coordinates of a Sobol point vary independently, so that the squares of their correlations add up. What they
    leave belongs to several groups together.
    """
    count = len(odds)
    spread = float(odds.std())
    if count < _FEWEST or not spread > 0:
        return {}
    scores = ndtri(np.clip(points, 1e-9, 1.0 - 1e-9))
    scores = (scores - scores.mean(axis=0)) / np.maximum(scores.std(axis=0), 1e-12)
    squares = (scores.T @ ((odds - odds.mean()) / spread) / count) ** 2
    by_chance = 1.0 / (count - 1)
    raw = {
        name: max(0.0, float((squares[where] - by_chance).sum()))
        for name, where in layout.groups.items()
        if squares[where].size
    }
    total = max(1.0, sum(raw.values()))
    shares = {name: value / total for name, value in raw.items()}
    return {**shares, "together": max(0.0, 1.0 - sum(shares.values()))}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voices:
    """The statements of every indicator and gate, and which pair of source and number each one hangs on.

    ``pairs`` are (knows, source); ``of`` gives per target each statement's pair, ``weight`` its weight.
    """

    heard: Mapping[str, Spoken]
    pairs: Sequence[tuple[float, str]]
    of: Mapping[str, NDArray[np.int64]]
    weight: Mapping[str, NDArray[np.float64]]

    def drawn(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """What every pair's source knows in every draw; shape ``(draw, pair + 1)``, the last for whom nobody graded."""
        mean = np.array([knows for knows, _ in self.pairs], dtype=np.float64)
        inside = (mean > 0.0) & (mean < 1.0)
        safe = np.where(inside, mean, 0.5)
        found = betaincinv(GRADE_N * safe, GRADE_N * (1.0 - safe), shares)
        drawn = np.where(inside, np.clip(found, 0.0, 1.0), mean)
        return np.concatenate((drawn, np.zeros((len(drawn), 1))), axis=1)

    def under(self, knows: NDArray[np.float64]) -> Mapping[str, Spoken]:
        """The statements with what their sources know drawn afresh."""
        return {
            target: one.known(knows[self.of[target]], self.weight[target] * knows[self.of[target]])
            for target, one in self.heard.items()
        }


def _voices(case: Case) -> _Voices:
    said = case.terms.admitted.items
    pairs = sorted({(item.knows, item.source) for items in said.values() for item in items if item.knows is not None})
    row: dict[tuple[float | None, str], int] = {pair: at for at, pair in enumerate(pairs)}
    of, weight = {}, {}
    for target, items in said.items():
        of[target] = np.array([row.get((item.knows, item.source), len(pairs)) for item in items], dtype=np.int64)
        weight[target] = np.array([item.weight for item in items], dtype=np.float64)
    return _Voices(heard=heard(case.prepared, case.terms.admitted), pairs=tuple(pairs), of=of, weight=weight)


def _posterior(
    case: Case, problem: WarningProblem, voices: _Voices, knows: NDArray[np.float64]
) -> core.Posterior | None:
    """The answer of one draw; priors that exceed one together are scaled down, an impossible draw is dropped."""
    for attempt in (problem, _scaled(problem)):
        try:
            prepared = core.prepare(attempt, as_of=case.as_of, looks=case.looks)
            found = terms_of(prepared, case.terms.admitted, voices.under(knows))
            return core.combine(prepared, found, states=False)
        except ProbabilityError:
            continue
    return None


def _problem(problem: WarningProblem, point: _Point) -> WarningProblem:
    """The problem with every number of the analyst drawn afresh."""
    scenarios = tuple(
        replace(
            scenario,
            prior=_chance(scenario.prior, point.normal("priors")),
            even_odds_within=None
            if scenario.even_odds_within is None
            else scenario.even_odds_within * math.exp(FACTOR_SPREAD * point.normal("hazards")),
        )
        for scenario in problem.scenarios
    )
    gates = tuple(
        replace(gate, probability=_chance(gate.probability, point.normal("priors")) or gate.probability)
        for gate in problem.gates
    )
    background = math.exp(FACTOR_SPREAD * point.normal("false-starts"))
    firsts = _firsts(problem, [point.share("seen-first") for _ in problem.indicators])
    indicators = tuple(
        replace(indicator, false_starts=indicator.false_starts * background, seen_first=first)
        for indicator, first in zip(problem.indicators, firsts, strict=True)
    )
    method = problem.method
    return replace(
        problem,
        scenarios=scenarios,
        gates=gates,
        indicators=indicators,
        method=replace(
            method,
            tempo=_drawn(method.tempo, point.share("tempo")),
            self_repeat=_drawn(method.self_repeat, point.share("habits")),
            blanket_echo=_drawn(method.blanket_echo, point.share("habits")),
        ),
    )


def _firsts(problem: WarningProblem, shares: Sequence[float]) -> list[Mapping[str, Chance]]:
    """Per indicator its chances to be seen first at one share of their distributions."""
    flat = [
        (chance.point, share)
        for indicator, share in zip(problem.indicators, shares, strict=True)
        for chance in indicator.seen_first.values()
    ]
    drawn = iter(_beta(np.array(flat, dtype=np.float64).reshape(-1, 2), SEEN_FIRST_N).tolist())
    return [
        {
            name: Chance(point=next(drawn), low=chance.low, high=chance.high, text=chance.text)
            for name, chance in indicator.seen_first.items()
        }
        for indicator in problem.indicators
    ]


def _scaled(problem: WarningProblem) -> WarningProblem:
    total = sum(s.prior.point for s in problem.scenarios if s.prior is not None)
    return replace(
        problem,
        scenarios=tuple(
            s if s.prior is None else replace(s, prior=replace(s.prior, point=s.prior.point * min(1.0, 0.98 / total)))
            for s in problem.scenarios
        ),
    )


def _drawn(law: Law, share: float) -> Law:
    """The value at a share of a hidden quantity's law, the smallest first; for certain."""
    reached = 0.0
    for value, probability in sorted(law):
        reached += probability
        if share <= reached:
            return ((value, 1.0),)
    return ((max(value for value, _ in law), 1.0),)


def _chance(chance: Chance | None, normal: float) -> Chance | None:
    """A probability drawn on the log-odds scale, its range being the 5 % and 95 % points."""
    if chance is None or not 0.0 < chance.low < chance.high < 1.0 or not 0.0 < chance.point < 1.0:
        return chance
    spread = (_logit(chance.high) - _logit(chance.low)) / (2.0 * _Z95)
    return replace(chance, point=1.0 / (1.0 + math.exp(-(_logit(chance.point) + spread * normal))))


def _beta(mean_and_share: NDArray[np.float64], count: float) -> NDArray[np.float64]:
    """Points of Beta distributions of given means, each as sure as so many cases; certainties stay."""
    mean, share = mean_and_share[:, 0], mean_and_share[:, 1]
    inside = (mean > 0.0) & (mean < 1.0)
    safe = np.where(inside, mean, 0.5)
    return np.asarray(np.where(inside, np.clip(betaincinv(count * safe, count * (1.0 - safe), share), 0.0, 1.0), mean))


def _logit(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def _band(central: float, drawn: list[float]) -> tuple[float, float]:
    low, high = (float(x) for x in np.quantile(drawn, (0.05, 0.95)))
    if central < _FLOOR_BELOW:
        low, high = min(low, central / _LEAST_FACTOR), max(high, central * _LEAST_FACTOR)
    return max(0.0, min(low, central)), min(1.0, max(high, central))
