"""Decisions: the line, the last day on which they can begin, and the chance of being too late."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from tests.answering import AS_OF, PROBLEM, item

from tocsin.infer.assess import assess_evidence
from tocsin.infer.case import build
from tocsin.infer.decisions import decisions
from tocsin.model.assessment import Assessment, DecisionResult
from tocsin.model.evidence import Says
from tocsin.model.problem import Decision

SEEN = (item("a", "relocation", Says.PRESENT, ago=1), item("b", "field-hospitals", Says.PRESENT, ago=1))


@cache
def assessed() -> Assessment:
    return assess_evidence(PROBLEM, SEEN, as_of=AS_OF, version="t")


def decided(
    *, takes: float = 2.0, alarm: float = 0.1, false_alarm: float | None = None, miss: float | None = None
) -> DecisionResult:
    made = Decision(who="w", what="x", takes=takes, alarm=alarm, false_alarm=false_alarm, miss=miss)
    case = build(replace(PROBLEM, decisions=(made,)), SEEN, as_of=AS_OF)
    (found,) = decisions(case, assessed().scenarios, assessed().timing)
    return found


def test_the_latest_day_is_the_earliest_plausible_start_less_what_it_takes() -> None:
    starts = [one.p05_date for one in assessed().scenarios if one.event and one.p05_date is not None]
    assert decided(takes=2.5).earliest == min(starts)
    assert decided(takes=2.5).latest == min(starts) - timedelta(days=3)
    assert assessed().decisions == (replace(decided(), who="the region", what="move staff south"),)


def test_what_takes_longer_must_begin_sooner_and_is_sooner_too_late() -> None:
    short, long = decided(takes=2.0), decided(takes=20.0)
    assert long.latest < short.latest
    assert (long.too_late or 0) > (short.too_late or 0)


def test_the_line_is_reached_on_the_first_day_by_which_the_curve_stands_at_it() -> None:
    curve = next(one.curve for one in assessed().scenarios if one.id == "offensive")
    assert decided(alarm=0.02).reached == next(day for day, share in curve if share >= 0.02)
    assert decided(alarm=0.999).reached is None


def test_who_stands_above_the_line_is_told_so() -> None:
    probability = assessed().answer.probability
    assert decided(alarm=probability * 0.9).above
    assert not decided(alarm=probability * 1.1).above


def test_a_line_that_follows_from_the_costs_says_so() -> None:
    assert decided(alarm=0.05, false_alarm=1.0, miss=19.0).derived
    assert not decided(alarm=0.2, false_alarm=1.0, miss=19.0).derived
    assert not decided(alarm=0.05).derived


def test_the_declared_leads_give_a_latest_day_of_their_own() -> None:
    soonest = min(one.earliest for one in assessed().timing[:2])
    assert decided().latest_by_leads == soonest - timedelta(days=2)


def test_what_takes_longer_than_there_are_days_is_no_overflow() -> None:
    assert decided(takes=1e6).latest.year == pytest.approx(1)
