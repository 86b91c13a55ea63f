"""How far the answer moves when what the analyst put in is varied within what the words allow."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from tocsin.errors import ProbabilityError
from tocsin.infer import core
from tocsin.infer.case import Case
from tocsin.model.evidence import Evidence
from tocsin.model.problem import Chance, WarningProblem

DRAWS = 128
"""Sobol points; a quarter of them where a desk holds more than a thousand items."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """5 % and 95 % points of headline, rolling windows (by days), scenarios and status quo."""

    headline: tuple[float, float] | None
    rolling: Mapping[int, tuple[float, float]]
    scenarios: Mapping[str, tuple[float, float]]
    status_quo: tuple[float, float] | None


class _Point:
    """One Sobol point, read coordinate by coordinate."""

    def __init__(self, coordinates: NDArray[np.float64]) -> None:
        self._left = iter(coordinates.tolist())

    def share(self) -> float:
        return min(1.0 - 1e-9, max(1e-9, float(next(self._left))))

    def normal(self) -> float:
        return float(ndtri(self.share()))


def bands(case: Case, *, draws: int = DRAWS) -> Bands:
    """5-95 % bands over unweighted draws of priors, gates, hazards, tempo, seen-first, false starts and grades.

    Each is drawn around the analyst's central value; the draws are fixed, so the same case has the same bands. They
    always hold the central answer, and below 5 % they reach at least a factor of three either way.

    Source:
        docs/method.md, "Bands".
    """
    from scipy.stats import qmc

    if len(case.evidence) > 1000:
        draws = max(_FEWEST * 2, draws // 4)
    sources = sorted({item.source for item in case.evidence})
    problem = case.problem
    size = 2 * len(problem.scenarios) + len(problem.gates) + len(problem.indicators) + 2 + len(sources)
    points = qmc.Sobol(d=size, scramble=True, rng=np.random.default_rng(_SEED)).random(draws)
    found: list[core.Posterior] = []
    for row in points:
        point = _Point(row)
        drawn = _problem(problem, point)
        evidence = _evidence(case.evidence, {source: point.share() for source in sources})
        posterior = _posterior(case, drawn, evidence)
        if posterior is not None:
            found.append(posterior)
    if len(found) < _FEWEST:
        return Bands(headline=None, rolling={}, scenarios={}, status_quo=None)
    central = case.posterior
    return Bands(
        headline=_band(case.headline(central), [case.headline(one) for one in found]),
        rolling={
            days: _band(central.event_within(days), [one.event_within(days) for one in found]) for days in ROLLING
        },
        scenarios={
            name: _band(probability, [one.p_scenario[name] for one in found])
            for name, probability in central.p_scenario.items()
        },
        status_quo=_band(central.status_quo, [one.status_quo for one in found]),
    )


def _posterior(case: Case, problem: WarningProblem, evidence: tuple[Evidence, ...]) -> core.Posterior | None:
    """The answer of one draw; priors that exceed one together are scaled down, an impossible draw is dropped."""
    for attempt in (problem, _scaled(problem)):
        try:
            prepared = core.prepare(attempt, as_of=case.as_of, looks=case.looks)
            return core.posterior(prepared, evidence)
        except ProbabilityError:
            continue
    return None


def _problem(problem: WarningProblem, point: _Point) -> WarningProblem:
    """The problem with every number of the analyst drawn afresh."""
    scenarios = tuple(
        replace(
            scenario,
            prior=_chance(scenario.prior, normal),
            even_odds_within=None if scenario.even_odds_within is None else scenario.even_odds_within * factor,
        )
        for scenario in problem.scenarios
        for normal, factor in [(point.normal(), math.exp(FACTOR_SPREAD * point.normal()))]
    )
    gates = tuple(
        replace(gate, probability=_chance(gate.probability, point.normal()) or gate.probability)
        for gate in problem.gates
    )
    tempo = _tempo(problem.method.tempo, point.share())
    background = math.exp(FACTOR_SPREAD * point.normal())
    indicators = tuple(
        replace(
            indicator,
            false_starts=indicator.false_starts * background,
            seen_first={
                name: replace(chance, point=_beta(chance.point, share, SEEN_FIRST_N))
                for name, chance in indicator.seen_first.items()
            },
        )
        for indicator in problem.indicators
        for share in [point.share()]
    )
    return replace(
        problem,
        scenarios=scenarios,
        gates=gates,
        indicators=indicators,
        method=replace(problem.method, tempo=((tempo, 1.0),)),
    )


def _scaled(problem: WarningProblem) -> WarningProblem:
    total = sum(s.prior.point for s in problem.scenarios if s.prior is not None)
    return replace(
        problem,
        scenarios=tuple(
            s if s.prior is None else replace(s, prior=replace(s.prior, point=s.prior.point * min(1.0, 0.98 / total)))
            for s in problem.scenarios
        ),
    )


def _tempo(tempo: tuple[tuple[float, float], ...], share: float) -> float:
    """The factor at a share of the tempo's law, the quickest first."""
    reached = 0.0
    for factor, probability in sorted(tempo):
        reached += probability
        if share <= reached:
            return factor
    return max(factor for factor, _ in tempo)


def _evidence(evidence: tuple[Evidence, ...], shares: Mapping[str, float]) -> tuple[Evidence, ...]:
    drawn: dict[tuple[float, str], float] = {}
    out: list[Evidence] = []
    for item in evidence:
        if item.knows is None:
            out.append(item)
            continue
        key = (item.knows, item.source)
        if key not in drawn:
            drawn[key] = _beta(item.knows, shares[item.source], GRADE_N)
        out.append(item if drawn[key] == item.knows else replace(item, knows=drawn[key]))
    return tuple(out)


def _chance(chance: Chance | None, normal: float) -> Chance | None:
    """A probability drawn on the log-odds scale, its range being the 5 % and 95 % points."""
    if chance is None or not 0.0 < chance.low < chance.high < 1.0 or not 0.0 < chance.point < 1.0:
        return chance
    spread = (_logit(chance.high) - _logit(chance.low)) / (2.0 * _Z95)
    return replace(chance, point=1.0 / (1.0 + math.exp(-(_logit(chance.point) + spread * normal))))


def _beta(mean: float, share: float, count: float) -> float:
    if not 0.0 < mean < 1.0:
        return mean
    return min(1.0, max(0.0, float(betaincinv(count * mean, count * (1.0 - mean), share))))


def _logit(probability: float) -> float:
    return math.log(probability / (1.0 - probability))


def _band(central: float, drawn: list[float]) -> tuple[float, float]:
    low, high = (float(x) for x in np.quantile(drawn, (0.05, 0.95)))
    if central < 0.05:
        low, high = min(low, central / _LEAST_FACTOR), max(high, central * _LEAST_FACTOR)
    return max(0.0, min(low, central)), min(1.0, max(high, central))
