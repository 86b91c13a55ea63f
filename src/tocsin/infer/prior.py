"""What a problem answers before any report: the priors' own answer, and what each indicator could tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p

from tocsin.infer import core
from tocsin.model.problem import WarningProblem
from tocsin.prob import warning

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


def diagnosticity(prepared: core.Prepared) -> dict[str, float]:
    """How far apart "on today" and "off today" move the log-odds of any event, per indicator, with no reports.

    An indicator that can only be on (or off) under one answer would be infinitely telling; it is shown as 25.
    """
    quiet = core.terms(prepared, ())
    plain = core.combine(prepared, quiet)
    told = {}
    for name in prepared.indicators:
        if not 0 < plain.on_now[name] < 1:
            told[name] = 0.0  # its state is the same whatever comes
            continue
        seen, unseen = (_ever(core.combine(prepared, quiet, certain={name: state})) for state in (True, False))
        told[name] = 0.0 if seen == unseen else min(abs(seen - unseen), MOST)
    return told


def _ever(found: core.Posterior) -> float:
    against = found.status_quo + float(found.joint[~found.events].sum())
    return warning.log_odds(found.event_ever, against)
