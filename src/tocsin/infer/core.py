"""The exact core: from evidence to the joint law of scenario and first day.

    prepared = prepare(problem, as_of=day)
    posterior = combine(prepared, terms(prepared, evidence))

Whoever leaves an item out changes one indicator's term with ``revised`` and combines again. Source: docs/method.md,
"Inference".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer.admission import Admitted, admit
from tocsin.infer.looks import Looks
from tocsin.infer.prepare import Prepared, prepare
from tocsin.infer.terms import Terms, revised, terms
from tocsin.model.evidence import Evidence
from tocsin.prob import gates as combos
from tocsin.prob import warning

__all__ = [
    "Admitted",
    "Looks",
    "Posterior",
    "Prepared",
    "Terms",
    "admit",
    "combine",
    "posterior",
    "prepare",
    "revised",
    "terms",
]

_TOLERANCE = 1e-9
_NEGLIGIBLE = 1e-18


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
        on_now: Per indicator, the probability that it is active on ``as_of``; empty where it was not asked for.
        tempo: Probability of each tempo factor (a single 1 where the tempo does not matter).
        log_evidence: Log-probability of the reports under the problem, given no onset so far.
        stories: Probability of each combination of stories, shape ``(combination,)``; the first is "none".
        habits: Probability of each habit of the sources, shape ``(habit,)``.
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
    stories: NDArray[np.float64]
    habits: NDArray[np.float64]

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


def combine(
    prepared: Prepared,
    found: Terms,
    *,
    certain: Mapping[str, bool] | None = None,
    honest: bool = False,
    states: bool = True,
) -> Posterior:
    """Multiply the terms, sum out gates, tempo and stories, and normalise.

    Args:
        prepared: The problem as of the day.
        found: The terms of the evidence.
        certain: Indicators whose true state today is taken as known, apart from what any report says.
        honest: Take it as known that nobody deceives.
        states: Is the state of every indicator wanted?

    Raises:
        ProbabilityError: Nothing declared could have led to this evidence, or a law that must hold does not.
        UsageError: ``certain`` names an unknown indicator.
    """
    known = dict(certain or {})
    for name in known:
        if name not in prepared.indicators:
            raise UsageError(f"'{name}' is no indicator of {prepared.problem.id}")
    shape = (len(prepared.tempo), len(prepared.scenarios), prepared.future + 1)
    alike = possible(prepared, found, honest=honest)
    parts = {m: under(prepared, found, stories=rows, known=known) for m, rows in alike.items()}
    top = max(part.top for part in parts.values())
    if not np.isfinite(top):
        raise ProbabilityError("the evidence is impossible under the problem as declared: no scenario allows all of it")
    full = np.zeros(shape)
    opened = np.zeros(len(prepared.gates))
    mass = np.zeros(len(prepared.stories.log_prior))
    status_quo = 0.0
    joint: dict[int, tuple[NDArray[np.float64], float]] = {}
    for m, part in parts.items():
        here = full if len(parts) == 1 else np.zeros(shape)
        rest = np.exp(part.rest - top)
        opened += rest @ prepared.table
        quiet = float(rest.sum())
        for group, log_part, weight, total in zip(prepared.groups, part.groups, part.weights, part.sums, strict=True):
            if total == -np.inf:
                continue
            spread = np.exp(log_part + (total - top))
            here[:, group.scenario] += spread
            opened += float(spread.sum()) * (np.exp(weight - total) @ prepared.table[group.states])
        prior = prepared.stories.log_prior[list(alike[m])]
        mass[list(alike[m])] = (float(here.sum()) + quiet) * np.exp(prior - combos.log_sum(prior))
        status_quo += quiet
        joint[m] = here, quiet
        if here is not full:
            full += here
    scale = float(mass.sum())
    on_mass = dict.fromkeys(prepared.indicators if states else (), 0.0)
    for m, (here, quiet) in joint.items():
        if float(mass[list(alike[m])].sum()) > _NEGLIGIBLE * scale:
            for name in on_mass:
                on_mass[name] += _on_mass(prepared, here, quiet, found, name, story=m, state=known.get(name))
    full = full / scale
    result = Posterior(
        as_of=prepared.as_of,
        scenarios=tuple(s.id for s in prepared.scenarios),
        events=prepared.events,
        joint=full.sum(axis=0),
        status_quo=status_quo / scale,
        gates={g.id: float(p) for g, p in zip(prepared.gates, opened / scale, strict=True)},
        on_now={name: min(total / scale, 1.0) for name, total in on_mass.items()},
        tempo=full.sum(axis=(1, 2)) + prepared.tempo * (status_quo / scale),
        log_evidence=top + float(np.log(scale)) - prepared.log_prior - (prepared.stories.log_none if honest else 0),
        stories=prepared.stories.by_story(mass / scale),
        habits=prepared.stories.by_habit(mass / scale),
    )
    _hold(prepared, result)
    return result


def possible(prepared: Prepared, found: Terms, *, honest: bool) -> dict[int, tuple[int, ...]]:
    """The combinations of stories and habits that have any probability; of "none" alone where nobody deceives.

    Those under which everything that was said is equally likely go together, by the first of them.
    """
    plan = prepared.stories
    alike: dict[tuple[int, ...], list[int]] = {}
    for row in np.flatnonzero(plan.log_prior[: len(plan.habits) if honest else None] > -np.inf).tolist():
        slants = plan.slant_of[row].tolist()
        told = (*found.indicators.values(), *found.gates.values())
        alike.setdefault(tuple(id(one[slant]) for one in told for slant in slants), []).append(row)
    return {rows[0]: tuple(rows) for rows in alike.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Log-masses under one combination of stories and habits.

    Of each group of gates; and of the status quo by state of the gates.
    """

    groups: list[NDArray[np.float64]]
    weights: list[NDArray[np.float64]]
    sums: list[float]
    rest: NDArray[np.float64]

    @property
    def top(self) -> float:
        """The largest of them."""
        peaks = (total + float(group.max()) for group, total in zip(self.groups, self.sums, strict=True))
        return max([combos.log_sum(self.rest), *peaks])


def under(prepared: Prepared, found: Terms, *, stories: Sequence[int], known: Mapping[str, bool]) -> Part:
    """The log-masses under combinations of stories and habits that are alike, some indicators' states being known."""
    slants = prepared.stories.slant_of[stories[0]]
    shared = np.zeros((len(prepared.tempo), len(prepared.scenarios), prepared.future + 1))
    quiet = 0.0
    for name, plan in prepared.indicators.items():
        terms = found.indicators[name]
        state = known.get(name)
        for slant, where in columns(slants[:-1], terms):
            term = terms[slant]
            log_term = term.log_all if state is None else term.log_on if state else term.log_off
            shared[:, where] += log_term[:, plan.course_of[where]]
        quiet += terms[slants[-1]].quiet(state=state)
    log_tempo = np.log(prepared.tempo)[:, None]
    log_story = combos.log_sum(prepared.stories.log_prior[list(stories)])
    groups: list[NDArray[np.float64]] = []
    weights: list[NDArray[np.float64]] = []
    by_state: dict[tuple[int, tuple[int, ...]], NDArray[np.float64]] = {}
    for group in prepared.groups:
        slant = int(slants[group.scenario])
        part = shared[:, group.scenario] + group.onset + log_tempo
        for k in group.led:
            if k in found.gates:
                part = part + found.gates[k][slant].led
        groups.append(part + log_story)
        if (slant, group.led) not in by_state:
            by_state[slant, group.led] = _by_state(prepared, found, led=group.led, slant=slant)
        weights.append(group.log_weight + by_state[slant, group.led][group.states])
    rest = prepared.log_rest + _by_state(prepared, found, led=(), slant=int(slants[-1])) + quiet + log_story
    return Part(groups=groups, weights=weights, sums=[combos.log_sum(weight) for weight in weights], rest=rest)


def columns(
    slants: NDArray[np.int64], *terms: Sequence[object]
) -> list[tuple[int, NDArray[np.int64] | slice[None, None, None]]]:
    """The scenarios by the slant that their terms are under; all at once where the slants make no difference.

    Args:
        slants: Shape ``(scenario,)``; the slant that holds under each.
        *terms: What is looked up by slant; equal terms are one and the same object.
    """
    if not len(slants):
        return []
    if len({tuple(id(one[slant]) for one in terms) for slant in slants.tolist()}) == 1:
        return [(int(slants[0]), slice(None))]
    return [(int(slant), np.flatnonzero(slants == slant)) for slant in np.unique(slants)]


def _by_state(prepared: Prepared, found: Terms, *, led: tuple[int, ...], slant: int) -> NDArray[np.float64]:
    """The reports on gates, those left out that show a lead ahead of the onset; shape ``(state,)``."""
    total = np.zeros(len(prepared.table))
    for k, gate in found.gates.items():
        if k not in led:
            total += np.where(prepared.table[:, k], gate[slant].shown, gate[slant].closed)
    return total


def _on_mass(
    prepared: Prepared,
    mass: NDArray[np.float64],
    quiet: float,
    found: Terms,
    name: str,
    *,
    story: int,
    state: bool | None,
) -> float:
    """How much of the mass under one combination of stories has an indicator active today."""
    if state is not None:
        return (float(mass.sum()) + quiet) * state
    terms, slants = found.indicators[name], prepared.stories.slant_of[story]
    course_of = prepared.indicators[name].course_of
    total = 0.0
    for slant, where in columns(slants[:-1], terms):
        total += float((mass[:, where] * terms[slant].share_on[:, course_of[where]]).sum())
    term = terms[slants[-1]]
    both = term.quiet()
    return total + quiet * (0.0 if both == -np.inf else float(np.exp(term.quiet_on - both)))


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
