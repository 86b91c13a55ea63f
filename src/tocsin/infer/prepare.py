"""From a declared problem and a day to the arrays of the exact core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer import explanations, needs, stories
from tocsin.infer import looks as looking
from tocsin.infer.habits import habits
from tocsin.infer.looks import Looks
from tocsin.infer.stories import StoryPlan
from tocsin.model.problem import Gate, Indicator, Scenario, WarningProblem
from tocsin.model.time import Lead
from tocsin.prob import gates as combos
from tocsin.prob import hazard, leads
from tocsin.prob.leads import LeadLaw

SHORTEST_HORIZON = 90
MOST_DAYS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one (chance to be seen first, lead) makes of an indicator; shared by all scenarios that have both.

    ``laws`` holds one lead per tempo, or a single one where the tempo does not matter; empty where it is never seen
    first. ``begins`` is the log of the share that activates.
    """

    laws: tuple[LeadLaw, ...]
    begins: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPlan:
    """One indicator: its courses, which scenario follows which, its background and how long noticing takes.

    ``open_chance`` is the share of having no lasting activation by today, shape ``(tempo, course, F + 1)``.
    ``look_on`` and ``look_off``, each ``(n,)``: log-likelihood of each day's looks that found nothing, were it active
    or not; nought without a look.
    """

    id: str
    courses: tuple[Course, ...]
    course_of: NDArray[np.int64]
    open_chance: NDArray[np.float64]
    on_rate: float
    off_rate: float
    noticed_within: float | None
    look_on: NDArray[np.float64]
    look_off: NDArray[np.float64]

    @property
    def looked(self) -> bool:
        """Did any look that could have found something come back empty?"""
        return bool(self.look_on.any())


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePlan:
    """A gate as reports see it: the day from which it shows, and its lead where a scenario needs it."""

    id: str
    opens: int
    laws: tuple[LeadLaw, ...]
    noticed_within: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Combinations of gates under which one scenario looks the same.

    ``states`` are rows of the table of gates, ``onset`` the log-law (F + 1) of the first day, the survival of the
    past included, ``led`` the gates that show only a lead ahead of the onset.
    """

    scenario: int
    states: NDArray[np.int64]
    log_weight: NDArray[np.float64]
    onset: NDArray[np.float64]
    led: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A problem as of a day, ready for any evidence.

    Days are counted from ``opened`` (0) to ``as_of`` (``past`` - 1); ``future`` days follow, tomorrow first, and one
    more column stands for "later than the grid". ``scenarios`` leaves the status quo out.
    """

    problem: WarningProblem
    as_of: date
    past: int
    future: int
    scenarios: tuple[Scenario, ...]
    events: NDArray[np.bool_]
    tempo: NDArray[np.float64]
    indicators: Mapping[str, IndicatorPlan]
    gates: tuple[GatePlan, ...]
    table: NDArray[np.bool_]
    groups: tuple[Group, ...]
    log_rest: NDArray[np.float64]
    necessary: tuple[tuple[int, int], ...]
    log_prior: float
    stories: StoryPlan

    def day(self, index: int) -> date:
        """The day of a future column; 0 is tomorrow."""
        return self.as_of + timedelta(days=index + 1)

    def gate(self, name: str) -> int | None:
        """The position of a gate, or None."""
        return next((k for k, gate in enumerate(self.gates) if gate.id == name), None)


def prepare(problem: WarningProblem, *, as_of: date, looks: Looks | None = None) -> Prepared:
    """Turn a problem into arrays as of a day.

    Args:
        problem: As declared.
        as_of: The day assessed, inclusive: what was published on it is known.
        looks: Days on which somebody looked, per indicator, beside those that the problem logs. Without any nothing is
            inferred from silence.

    Raises:
        UsageError: The day lies before the problem was opened.
        ProbabilityError: A number lies outside the range that the method allows.
    """
    past = (as_of - problem.opened).days + 1
    if past < 1:
        raise UsageError(f"as of {as_of}: the problem was opened on {problem.opened}, later than that")
    factors, odds = _tempi(problem)
    future = _grid(problem, as_of=as_of, slowest=max(factors))
    if past + future > min(MOST_DAYS, (date.max - problem.opened).days):
        raise ProbabilityError(f"from {problem.opened} on, {past + future} days are too many to weigh")
    size = -(-(past + future) // 64) * 64
    scenarios = tuple(s for s in problem.scenarios if not s.status_quo)
    table = combos.states(len(problem.gates))
    allowed = np.array([needs.holds(s.needs, problem.gates, table) for s in scenarios]).reshape(
        len(scenarios), len(table)
    )
    weights = explanations.weights(
        problem.explanations,
        as_of=as_of,
        gates={g.id: _share(g.probability.point, f"gate {g.id}") for g in problem.gates},
        priors={s.id: _prior(s) for s in scenarios},
        table=table,
        allowed=allowed,
    )
    log_rest = weights.rest
    groups = tuple(
        group
        for index, scenario in enumerate(scenarios)
        for group in _groups(
            problem, scenario, index=index, past=past, future=future, table=table, weights=weights.scenarios[index]
        )
    )
    log_prior = combos.log_sum(
        np.concatenate([log_rest, *(g.log_weight + combos.log_sum(g.onset) for g in groups)]),
    )
    if log_prior == -np.inf:
        raise ProbabilityError("the priors leave nothing possible: scenarios and status quo all weigh nought")
    return Prepared(
        problem=problem,
        as_of=as_of,
        past=past,
        future=future,
        scenarios=scenarios,
        events=np.array([s.event for s in scenarios], dtype=np.bool_),
        tempo=np.array(odds),
        indicators={
            i.id: _indicator(problem, i, scenarios, factors, size=size, past=past, future=future, looks=looks)
            for i in problem.indicators
        },
        gates=tuple(_gate(problem, g, factors, size=size, past=past) for g in problem.gates),
        table=table,
        groups=groups,
        log_rest=log_rest,
        necessary=tuple(
            (s, k)
            for s in range(len(scenarios))
            for k in range(len(problem.gates))
            if bool(allowed[s].any()) and bool(table[allowed[s], k].all())
        ),
        log_prior=log_prior,
        stories=stories.plan(
            problem.deception,
            scenarios,
            status_quo=next((s.id for s in problem.scenarios if s.status_quo), None),
            habits=habits(problem.method),
        ),
    )


def _tempi(problem: WarningProblem) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The factors that matter and their probabilities; one factor where no lead is scaled."""
    scaled = any(lead.quantiles for i in problem.indicators for lead in i.leads.values())
    scaled = scaled or any(g.lead is not None and g.lead.quantiles is not None for g in problem.gates)
    pairs = tuple(pair for pair in problem.method.tempo if pair[1] > 0)
    total = sum(p for _, p in pairs)
    if not pairs or not abs(total - 1) <= 1e-6 or any(p < 0 for _, p in problem.method.tempo):
        raise ProbabilityError(f"the probabilities of method.tempo must sum to 1, not {total}")
    if not scaled:
        return (1.0,), (1.0,)
    return tuple(factor for factor, _ in pairs), tuple(p / total for _, p in pairs)


def _grid(problem: WarningProblem, *, as_of: date, slowest: float) -> int:
    """Days to come: the horizon and the longest lead beyond it, lest late onsets pass for "never"."""
    longest = 0
    every = [lead for i in problem.indicators for lead in i.leads.values()]
    every += [g.lead for g in problem.gates if g.lead is not None]
    for lead in every:
        if lead.quantiles is not None:
            q = lead.quantiles
            longest = max(longest, leads.longest(q.least, q.typical, q.most, tempo=slowest))
        else:
            longest = max(longest, *(days for days, _ in lead.pairs), 0)
    return max((problem.by - as_of).days, SHORTEST_HORIZON) + longest


def _prior(scenario: Scenario) -> float:
    if scenario.prior is None:
        raise ProbabilityError(f"scenario {scenario.id} has no prior; only the status quo goes without one")
    return _share(scenario.prior.point, f"the prior of scenario {scenario.id}")


def _share(value: float, what: str) -> float:
    if not 0 <= value <= 1:
        raise ProbabilityError(f"{what} must lie between 0 and 1, not {value}")
    return value


def _positive(value: float, what: str) -> float:
    if not value > 0:
        raise ProbabilityError(f"{what} must be above 0 days, not {value}")
    return value


def _groups(
    problem: WarningProblem,
    scenario: Scenario,
    *,
    index: int,
    past: int,
    future: int,
    table: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> list[Group]:
    """Split the combinations that allow a scenario by when it may start and which of its gates lead up to it."""
    gates = problem.gates
    allowed = needs.holds(scenario.needs, gates, table)
    opens = np.array([(g.opens - problem.opened).days if g.opens else 0 for g in gates], dtype=np.int64)
    cuts = sorted({0, *(int(day) for day in opens if 0 < day < past + future)})
    # per stretch between two openings: the combinations under which the scenario may start
    may = np.array([needs.holds(scenario.needs, gates, table & (opens <= cut)) for cut in cuts])
    wanted = needs.wanted(scenario.needs)
    led = [k for k, gate in enumerate(gates) if gate.id in wanted and gate.lead is not None]
    found: dict[tuple[bytes, bytes], list[int]] = {}
    for state in np.flatnonzero(allowed).tolist():
        found.setdefault((may[:, state].tobytes(), table[state, led].tobytes()), []).append(state)
    plain = _plain_factors(problem, scenario, past=past, future=future)
    stretch = np.searchsorted(np.array(cuts), np.arange(past + future), side="right") - 1
    groups = []
    for rows in found.values():
        hazards = hazard.hazard(_even_odds(scenario), plain * may[stretch, rows[0]])
        gone = hazards[1:past] if problem.method.prior_as_of == "opened" else hazards[:0]
        groups.append(
            Group(
                scenario=index,
                states=np.array(rows, dtype=np.int64),
                log_weight=weights[rows],
                onset=hazard.onset(gone, hazards[past:]),
                led=tuple(k for k in led if table[rows[0], k]),
            )
        )
    return groups


def _even_odds(scenario: Scenario) -> float:
    if scenario.even_odds_within is None:
        raise ProbabilityError(f"scenario {scenario.id} does not say within what time (even_odds_within)")
    return scenario.even_odds_within


def _plain_factors(problem: WarningProblem, scenario: Scenario, *, past: int, future: int) -> NDArray[np.float64]:
    """What season and "not before" make of the plain hazard, per day from ``opened`` on."""
    factors = np.ones(past + future)
    month_day = hazard.month_days(problem.opened, past + future)
    for season in scenario.season:
        start, end = (100 * month + day for month, day in (season.start, season.end))
        factors[hazard.season(month_day, start, end)] *= season.factor
    if scenario.not_before is not None:
        factors[: max((scenario.not_before - problem.opened).days, 0)] = 0.0
    return factors


def _laws(lead: Lead, factors: tuple[float, ...], *, size: int) -> tuple[LeadLaw, ...]:
    if lead.quantiles is None:
        return (leads.from_pairs(lead.pairs, size=size),)
    q = lead.quantiles
    return tuple(leads.from_quantiles(q.least, q.typical, q.most, tempo=t, size=size) for t in factors)


def _indicator(
    problem: WarningProblem,
    indicator: Indicator,
    scenarios: tuple[Scenario, ...],
    factors: tuple[float, ...],
    *,
    size: int,
    past: int,
    future: int,
    looks: Looks | None,
) -> IndicatorPlan:
    courses: dict[tuple[float, Lead | None], int] = {}
    course_of = []
    for scenario in scenarios:
        chance = indicator.seen_first.get(scenario.id)
        point = 0.0 if chance is None else _share(chance.point, f"seen_first of {indicator.id}")
        lead = indicator.lead(scenario.id) if point > 0 else None
        if point > 0 and lead is None:
            raise ProbabilityError(f"indicator {indicator.id} has no lead under scenario {scenario.id}")
        course_of.append(courses.setdefault((point, lead), len(courses)))
    kept = 1.0 - _share(problem.method.contamination, "method.contamination")
    noticed_within = _noticed(indicator)
    look_on, look_off = looking.silence(problem, indicator, days=past, looks=looks)
    laws = {lead: _laws(lead, factors, size=size) for _, lead in courses if lead is not None}
    activates = np.array([point * kept for point, _ in courses])
    with np.errstate(divide="ignore"):
        begins = np.log(activates).tolist()
    open_chance = np.ones((len(factors), len(courses), future + 1))
    for lead, own in laws.items():
        rows = [at for at, (_, one) in enumerate(courses) if one == lead]
        within = np.stack([law.cdf[:future] for law in own])[:, None, :]  # the lead is not yet due
        open_chance[:, rows, :future] = np.maximum(activates[rows, None] * within + (1 - activates[rows, None]), 0.0)
    return IndicatorPlan(
        id=indicator.id,
        courses=tuple(
            Course(laws=() if lead is None else laws[lead], begins=begin)
            for (_, lead), begin in zip(courses, begins, strict=True)
        ),
        open_chance=open_chance,
        course_of=np.array(course_of, dtype=np.int64),
        on_rate=min(max(indicator.false_starts, 0.0) / 365, 1.0),
        off_rate=min(1 / _positive(indicator.false_start_lasts, f"false_start_lasts of {indicator.id}"), 1.0),
        noticed_within=noticed_within,
        look_on=look_on,
        look_off=look_off,
    )


def _noticed(thing: Indicator | Gate) -> float | None:
    within = thing.noticed_within
    return None if within is None else _positive(within, f"noticed_within of {thing.id}")


def _gate(problem: WarningProblem, gate: Gate, factors: tuple[float, ...], *, size: int, past: int) -> GatePlan:
    opens = 0 if gate.opens is None else min(max((gate.opens - problem.opened).days, 0), past)
    return GatePlan(
        id=gate.id,
        opens=opens,
        laws=() if gate.lead is None else _laws(gate.lead, factors, size=size),
        noticed_within=_noticed(gate),
    )
