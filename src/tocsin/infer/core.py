"""The exact core: from evidence to the joint law of scenario and first day.

    prepared = prepare(problem, as_of=day)
    posterior = combine(prepared, terms(prepared, evidence))

Whoever leaves an item out changes one indicator's term with ``revised`` and combines again. Source: docs/method.md,
"Inference".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer.admission import Admitted, admit, copy_chances, fewer, statements
from tocsin.infer.prepare import GatePlan, IndicatorPlan, Looks, Prepared, prepare
from tocsin.model.evidence import Evidence
from tocsin.prob import gates as combos
from tocsin.prob import reports, warning

__all__ = [
    "Admitted",
    "Looks",
    "Posterior",
    "Prepared",
    "Terms",
    "admit",
    "combine",
    "copy_chances",
    "posterior",
    "prepare",
    "revised",
    "terms",
]

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the evidence says about one indicator, per tempo, course and day of onset; shape ``(tempo, course, F + 1)``.

    ``log_on`` and ``log_off``: jointly with its being active today, or not; ``share_on``: the share of the former.
    ``quiet_on`` and ``quiet_off``: the same under the status quo.
    """

    log_on: NDArray[np.float64]
    log_off: NDArray[np.float64]
    log_all: NDArray[np.float64]
    share_on: NDArray[np.float64]
    quiet_on: float
    quiet_off: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTerm:
    """What the evidence says about one gate: closed; open and shown since it opened; open and led by its lead."""

    closed: float
    shown: float
    led: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One term per indicator, one per gate with reports, and the evidence they were made of."""

    admitted: Admitted
    indicators: Mapping[str, Term]
    gates: Mapping[int, GateTerm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """The joint law of scenario and first day, given everything.

    Attributes:
        as_of: The day assessed.
        scenarios: Ids, the status quo left out.
        events: Shape ``(S,)``; does the scenario count for the question?
        joint: Shape ``(S, F + 1)``; column 0 is tomorrow, the last is "later than the grid".
        status_quo: Probability that none of them comes.
        gates: Probability of each gate.
        on_now: Per indicator, the probability that it is active on ``as_of``.
        tempo: Probability of each tempo factor (a single 1 where the tempo does not matter).
        log_evidence: Log-probability of the reports under the problem, given no onset so far.
    """

    as_of: date
    scenarios: tuple[str, ...]
    events: NDArray[np.bool_]
    joint: NDArray[np.float64]
    status_quo: float
    gates: Mapping[str, float]
    on_now: Mapping[str, float]
    tempo: NDArray[np.float64]
    log_evidence: float

    @property
    def p_scenario(self) -> Mapping[str, float]:
        """Probability of each scenario, onset beyond the grid included."""
        return dict(zip(self.scenarios, self.joint.sum(axis=1).tolist(), strict=True))

    @property
    def event_ever(self) -> float:
        """Probability that any event scenario comes, whenever."""
        return float(self.joint[self.events].sum())

    def curve(self, scenario: str) -> NDArray[np.float64]:
        """P(this scenario and onset on or before each day of the grid); shape ``(F,)``, tomorrow first."""
        return np.asarray(np.cumsum(self.joint[self.scenarios.index(scenario), :-1]))

    def event_within(self, days: int) -> float:
        """Probability that an event starts within so many days of ``as_of``; 0 for none."""
        return float(self.joint[self.events, : min(max(days, 0), self.joint.shape[1] - 1)].sum())

    def event_by(self, day: date) -> float:
        """Probability that an event starts up to and including a day; 0 for a day that is over."""
        return self.event_within((day - self.as_of).days)

    def log_odds_within(self, days: int) -> float:
        """Log-odds of the same, exact also where the probability is near one."""
        for_it = self.event_within(days)
        later = self.joint[self.events, min(max(days, 0), self.joint.shape[1] - 1) :].sum()
        against = self.joint[~self.events].sum() + later + self.status_quo
        return warning.log_odds(for_it, float(against))


def posterior(
    prepared: Prepared, evidence: Iterable[Evidence], *, certain: Mapping[str, bool] | None = None
) -> Posterior:
    """The joint law given evidence; ``combine`` of its ``terms``."""
    return combine(prepared, terms(prepared, evidence), certain=certain)


def terms(prepared: Prepared, evidence: Iterable[Evidence]) -> Terms:
    """What the evidence says about each indicator and gate."""
    admitted = admit(prepared, evidence)
    return Terms(
        admitted=admitted,
        indicators={
            name: _term(prepared, plan, admitted.items.get(name, ()), first=admitted.first_day.get(name))
            for name, plan in prepared.indicators.items()
        },
        gates={
            k: _gate_term(prepared, plan, admitted.items[plan.id])
            for k, plan in enumerate(prepared.gates)
            if plan.id in admitted.items
        },
    )


def revised(prepared: Prepared, old: Terms, *, indicator: str, evidence: Iterable[Evidence]) -> Terms:
    """The terms with all evidence on one indicator or gate replaced; only that one is computed again.

    Args:
        prepared: As for ``terms``.
        old: The terms to start from.
        indicator: The indicator or gate.
        evidence: All its items from now on; items on others are not looked at.
    """
    kept = [item for item in evidence if item.indicator == indicator]
    fresh = fewer(prepared, old.admitted, kept, indicator=indicator) or admit(prepared, kept)
    items = {**old.admitted.items, indicator: fresh.items.get(indicator, ())}
    first = {name: day for name, day in old.admitted.first_day.items() if name != indicator} | dict(fresh.first_day)
    admitted = replace(old.admitted, items=items, first_day=first)
    position = prepared.gate(indicator)
    if position is not None:
        changed = {**old.gates, position: _gate_term(prepared, prepared.gates[position], items[indicator])}
        return replace(old, admitted=admitted, gates=changed)
    plan = prepared.indicators[indicator]
    term = _term(prepared, plan, items[indicator], first=first.get(indicator))
    return replace(old, admitted=admitted, indicators={**old.indicators, indicator: term})


def combine(prepared: Prepared, found: Terms, *, certain: Mapping[str, bool] | None = None) -> Posterior:
    """Multiply the terms, sum out gates and tempo, and normalise.

    Args:
        prepared: The problem as of the day.
        found: The terms of the evidence.
        certain: Indicators whose true state today is taken as known, apart from what any report says.

    Raises:
        ProbabilityError: Nothing declared could have led to this evidence, or a law that must hold does not.
        UsageError: ``certain`` names an unknown indicator.
    """
    known = dict(certain or {})
    for name in known:
        if name not in prepared.indicators:
            raise UsageError(f"'{name}' is no indicator of {prepared.problem.id}")
    tempi, count, columns = len(prepared.tempo), len(prepared.scenarios), prepared.future + 1
    shared = np.zeros((tempi, count, columns))
    quiet = 0.0
    for name, plan in prepared.indicators.items():
        term = found.indicators[name]
        state = known.get(name)
        log_term = term.log_all if state is None else term.log_on if state else term.log_off
        shared += log_term[:, plan.course_of]
        quiet += _quiet(term, state)
    log_tempo = np.log(prepared.tempo)[:, None]
    parts, weights = [], []
    by_state: dict[tuple[int, ...], NDArray[np.float64]] = {(): _by_state(prepared, found, led=())}
    for group in prepared.groups:
        part = shared[:, group.scenario] + group.onset + log_tempo
        for k in group.led:
            if k in found.gates:
                part = part + found.gates[k].led
        parts.append(part)
        if group.led not in by_state:
            by_state[group.led] = _by_state(prepared, found, led=group.led)
        weights.append(group.log_weight + by_state[group.led][group.states])
    rest = prepared.log_rest + by_state[()] + quiet
    sums = [combos.log_sum(weight) for weight in weights]
    top = max([combos.log_sum(rest), *(total + float(part.max()) for part, total in zip(parts, sums, strict=True))])
    if not np.isfinite(top):
        raise ProbabilityError("the evidence is impossible under the problem as declared: no scenario allows all of it")
    full = np.zeros((tempi, count, columns))
    opened = np.zeros(len(prepared.gates))
    mass = np.exp(rest - top)
    opened += mass @ prepared.table
    status_quo = float(mass.sum())
    for group, part, weight, total in zip(prepared.groups, parts, weights, sums, strict=True):
        if total == -np.inf:
            continue
        spread = np.exp(part + (total - top))
        full[:, group.scenario] += spread
        opened += float(spread.sum()) * (np.exp(weight - total) @ prepared.table[group.states])
    scale = float(full.sum()) + status_quo
    full /= scale
    result = Posterior(
        as_of=prepared.as_of,
        scenarios=tuple(s.id for s in prepared.scenarios),
        events=prepared.events,
        joint=full.sum(axis=0),
        status_quo=status_quo / scale,
        gates={g.id: float(p) for g, p in zip(prepared.gates, opened / scale, strict=True)},
        on_now={
            name: _on_now(full, status_quo / scale, term, prepared.indicators[name], known.get(name))
            for name, term in found.indicators.items()
        },
        tempo=full.sum(axis=(1, 2)) + prepared.tempo * (status_quo / scale),
        log_evidence=top + float(np.log(scale)) - prepared.log_prior,
    )
    _hold(prepared, result)
    return result


def _by_state(prepared: Prepared, found: Terms, *, led: tuple[int, ...]) -> NDArray[np.float64]:
    """The reports on gates, those left out that show a lead ahead of the onset; shape ``(state,)``."""
    total = np.zeros(len(prepared.table))
    for k, gate in found.gates.items():
        if k not in led:
            total += np.where(prepared.table[:, k], gate.shown, gate.closed)
    return total


def _quiet(term: Term, state: bool | None) -> float:  # noqa: FBT001 - the three cases of a known state
    if state is None:
        return float(np.logaddexp(term.quiet_on, term.quiet_off))
    return term.quiet_on if state else term.quiet_off


def _on_now(
    full: NDArray[np.float64],
    status_quo: float,
    term: Term,
    plan: IndicatorPlan,
    state: bool | None,  # noqa: FBT001 - as above
) -> float:
    if state is not None:
        return float(state)
    both = _quiet(term, None)
    quiet = 0.0 if both == -np.inf else float(np.exp(term.quiet_on - both))
    return min(float((full * term.share_on[:, plan.course_of]).sum()) + status_quo * quiet, 1.0)


def _hold(prepared: Prepared, result: Posterior) -> None:
    """The laws that must hold whatever the numbers."""
    total = float(result.joint.sum()) + result.status_quo
    if not abs(total - 1) <= _TOLERANCE:
        raise ProbabilityError(f"the probabilities sum to {total}, not to 1")
    chances = result.joint.sum(axis=1)
    for s, k in prepared.necessary:
        gate = prepared.gates[k].id
        if chances[s] > result.gates[gate] + _TOLERANCE:
            raise ProbabilityError(f"{result.scenarios[s]} came out more probable than its gate {gate}")


def _lasting(said: reports.Statements, on: NDArray[np.float64], *, noticed_within: float | None) -> NDArray[np.float64]:
    """Log-likelihood of all statements about days from a on, if the activation began on day a; shape ``(n + 1,)``."""
    if noticed_within is None:
        return warning.suffix(on)
    return reports.noticing(said, len(on), noticed_within)


def _term(prepared: Prepared, plan: IndicatorPlan, items: Sequence[Evidence], *, first: int | None) -> Term:
    days, future = prepared.past, prepared.future
    said = statements(prepared, items)
    on, off = reports.daily(said.on(), said.day, days), reports.daily(said.off(), said.day, days)
    lasting = _lasting(said, on, noticed_within=plan.noticed_within)
    silent = np.zeros(days)
    silent[plan.look_days[plan.look_days < (days if first is None else first)]] = 1.0
    found = warning.weights(
        on + silent * plan.look_on,
        off + silent * plan.look_off,
        lasting + warning.suffix(silent * plan.look_on),
        on_rate=plan.on_rate,
        off_rate=plan.off_rate,
    )
    tempi = len(prepared.tempo)
    shape = (tempi, len(plan.courses), future + 1)
    begun = np.full(shape, -np.inf)
    open_share = np.zeros(shape)
    by_law: dict[int, NDArray[np.float64]] = {}
    for at, course in enumerate(plan.courses):
        open_share[:, at] = course.open_share
        for row, law in enumerate(course.laws):
            if id(law) not in by_law:
                by_law[id(law)] = warning.begun(found.active, law, future)
            begun[row if len(course.laws) > 1 else slice(None), at, :future] = course.begins + by_law[id(law)]
    log_on = np.logaddexp(begun, found.not_yet_on + open_share)
    log_off = found.not_yet_off + open_share
    log_all = np.logaddexp(log_on, log_off)
    with np.errstate(invalid="ignore"):  # where nothing is possible, nothing is on
        share_on = np.where(log_all > -np.inf, np.exp(log_on - log_all), 0.0)
    return Term(
        log_on=log_on,
        log_off=log_off,
        log_all=log_all,
        share_on=share_on,
        quiet_on=found.not_yet_on,
        quiet_off=found.not_yet_off,
    )


def _gate_term(prepared: Prepared, plan: GatePlan, items: Sequence[Evidence]) -> GateTerm:
    days, future = prepared.past, prepared.future
    said = statements(prepared, items)
    on, off = reports.daily(said.on(), said.day, days), reports.daily(said.off(), said.day, days)
    lasting = _lasting(said, on, noticed_within=plan.noticed_within)
    before = np.concatenate(([0.0], np.cumsum(off)))
    by_start = before + lasting
    led = np.full((len(prepared.tempo), future + 1), before[-1])
    for row, law in enumerate(plan.laws):
        with np.errstate(divide="ignore"):
            not_yet = np.log(law.cdf[:future]) + before[-1]
        at = row if len(plan.laws) > 1 else slice(None)
        led[at, :future] = np.logaddexp(warning.begun(by_start[:-1], law, future), not_yet)
    return GateTerm(closed=float(before[-1]), shown=float(by_start[plan.opens]), led=led)
