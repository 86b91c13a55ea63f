"""What a problem answers before any report: the priors' own answer, and what each indicator could tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p

from tocsin.infer import core
from tocsin.infer.actors import informed
from tocsin.infer.ground import ground, known_state
from tocsin.model.problem import WarningProblem

HORIZONS = (7, 30, 90)
SEPARATES = 0.1
LOOK_AFTER = 30
MOST = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the priors alone answer, for signature.

    ``answers`` are (days, probability that an event begins within them, counted from ``opened``); ``per_year`` is the
    rate of events a year which the last of them implies; ``diagnosticity`` is in log-odds per indicator;
    ``idle`` names the indicators that separate nothing.
    """

    opened: date
    answers: tuple[tuple[int, float], ...]
    per_year: float
    by: float
    scenarios: Mapping[str, float]
    gates: Mapping[str, float]
    diagnosticity: Mapping[str, float]
    idle: tuple[str, ...]


def check(problem: WarningProblem) -> Check:
    """What the problem answers without a report, and how well each indicator tells event from none.

    The diagnosticity of an indicator is how far apart the log-odds of "any event scenario, whenever" come to lie when
    its true state is known to be on and known to be off, thirty days after the problem was opened and with no reports.

    Raises:
        ProbabilityError: A number of the problem lies outside the range that the method allows.
    """
    problem = informed(problem, as_of=problem.opened)
    start = core.prepare(problem, as_of=problem.opened)
    found = core.posterior(start, ())
    answers = tuple((days, found.event_within(days)) for days in HORIZONS)
    days, last = answers[-1]
    told = diagnosticity(core.prepare(problem, as_of=problem.opened + timedelta(days=LOOK_AFTER)))
    return Check(
        opened=problem.opened,
        answers=answers,
        per_year=-log1p(-min(last, 1 - 1e-12)) * 365 / days,
        by=found.event_by(problem.by),
        scenarios=found.p_scenario,
        gates=found.gates,
        diagnosticity=told,
        idle=tuple(name for name, size in told.items() if size < SEPARATES),
    )


def diagnosticity(prepared: core.Prepared, quiet: core.Terms | None = None) -> dict[str, float]:
    """How far apart "on today" and "off today" move the log-odds of any event, per indicator, with no reports.

    An indicator that can only be on (or off) under one answer would be infinitely telling; it is shown as 25.

    Args:
        prepared: The problem as of the day.
        quiet: The terms without evidence, where they are known already.
    """
    nothing = quiet or core.terms(prepared, ())
    plain = core.combine(prepared, nothing)
    base = ground(prepared, nothing, honest=True, only=(0,))  # where nothing was said, habits make no difference
    told = {}
    for name, terms in nothing.indicators.items():
        states = [base.split(None, {name: known_state(terms, state=state)}) for state in (True, False)]
        seen, unseen = (0.0 if split is None else split.log_odds for split in states)
        certain = not 0 < plain.on_now[name] < 1  # its state is the same whatever comes
        told[name] = 0.0 if certain or seen == unseen else min(abs(seen - unseen), MOST)
    return told
