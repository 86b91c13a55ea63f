"""Declared decisions against the answer: is the alarm line reached, and until when can the decision wait?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from tocsin.infer.case import Case
from tocsin.infer.timing import TODAY, UNSEEN
from tocsin.model.assessment import DecisionResult, ScenarioResult, Timing
from tocsin.model.problem import Decision


def decisions(
    case: Case, scenarios: Sequence[ScenarioResult], how_soon: Sequence[Timing]
) -> tuple[DecisionResult, ...]:
    """Each declared decision against the curve.

    It can wait until its own time before the earliest plausible start: the day by which one in twenty of the cases
    of a course that counts would have begun; without such a day, the earliest that the declared leads allow.

    Source:
        docs/method.md, "Decisions".
    """
    plausible = [item.p05_date for item in scenarios if item.event and item.p05_date is not None]
    by_leads = min(item.earliest for item in how_soon if item.case in {TODAY, UNSEEN})
    earliest = min(plausible) if plausible else by_leads
    probability = case.headline(case.posterior)
    return tuple(
        DecisionResult(
            who=decision.who,
            what=decision.what,
            alarm=decision.alarm,
            takes_days=decision.takes,
            above=probability >= decision.alarm,
            latest=_before(earliest, decision.takes),
            earliest=earliest,
            latest_by_leads=_before(by_leads, decision.takes),
            too_late=min(1.0, case.posterior.event_within(math.ceil(decision.takes))),
            reached=_reached(case, decision.alarm),
            derived=_derived(decision),
            false_alarm=decision.false_alarm,
            miss=decision.miss,
        )
        for decision in case.problem.decisions
    )


def _before(day: date, takes: float) -> date:
    """The last day on which to begin so as to be done by a day; as early as dates go."""
    return day - timedelta(days=min(math.ceil(takes), (day - date.min).days))


def _reached(case: Case, line: float) -> date | None:
    """The first day by which the probability of the event reaches the line; None where it never does on the grid."""
    curve = np.cumsum(case.posterior.joint[case.posterior.events, :-1].sum(axis=0))
    days = np.flatnonzero(curve >= line)
    return case.prepared.day(int(days[0])) if days.size else None


def _derived(decision: Decision) -> bool:
    """Does the line follow from what a false alarm and a miss cost?"""
    if decision.false_alarm is None or decision.miss is None:
        return False
    return math.isclose(decision.alarm, decision.false_alarm / (decision.false_alarm + decision.miss))
