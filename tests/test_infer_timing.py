from dataclasses import replace
from datetime import date, timedelta

from tests.answering import AS_OF, OPENED, PROBLEM, indicator, item, lead

from tocsin.infer.board import board
from tocsin.infer.timing import least_lead, timings, warning_time
from tocsin.model.assessment import Timing
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import WarningProblem
from tocsin.model.time import Lead


def soon(problem: WarningProblem, *evidence: Evidence) -> tuple[Timing, Timing, Timing]:
    return timings(problem, board(problem, evidence), as_of=AS_OF)


def test_six_weeks_plus_relocation_give_the_dates_of_the_reference() -> None:
    """Last look on 1 December, noticed within seven days: begun unseen on 25 November at the latest."""
    found = soon(
        PROBLEM,
        item("groups", "strike-groups", Says.ABSENT),
        item("moves", "relocation", Says.ABSENT),
    )
    assert [timing.earliest for timing in found] == [date(2023, 1, 15), date(2023, 1, 8), date(2022, 12, 4)]
    assert warning_time(found, as_of=AS_OF) == 37
    assert found[0].because == ("strike groups: at least 42 days", "relocation: at least 2 days")
    assert "2022-11-25" in found[1].because[0]
    assert found[2].because == ("relocation: at least 2 days",)


def test_what_nobody_looked_at_may_have_begun_on_the_first_day() -> None:
    found = soon(PROBLEM)
    assert found[1].earliest == OPENED + timedelta(days=44)
    assert "no look that counts" in found[1].because[0]


def test_a_look_that_weighs_nothing_is_no_good_look() -> None:
    judged = soon(PROBLEM, item("groups", "strike-groups", Says.ABSENT))
    unjudged = soon(PROBLEM, item("groups", "strike-groups", Says.ABSENT, knows=None))
    ambiguous = soon(PROBLEM, item("groups", "strike-groups", Says.AMBIGUOUS))
    assert unjudged[1].earliest == ambiguous[1].earliest == soon(PROBLEM)[1].earliest < judged[1].earliest


def test_what_was_seen_no_longer_holds_the_plan_back() -> None:
    seen = soon(PROBLEM, item("groups", "strike-groups", Says.PRESENT))
    assert seen[0].earliest == AS_OF + timedelta(days=2)
    both = soon(PROBLEM, item("a", "strike-groups", Says.PRESENT), item("b", "relocation", Says.PRESENT))
    assert {timing.earliest for timing in both} == {AS_OF + timedelta(days=1)}
    assert both[0].because == ("nothing has to come first any more: every critical indicator has been seen",)


def test_the_earliest_day_is_never_today() -> None:
    quick = replace(PROBLEM, indicators=(indicator("move", leads=lead(0, 1, 2), critical=True),))
    assert {timing.earliest for timing in soon(quick)} == {AS_OF + timedelta(days=1)}


def test_without_a_critical_indicator_nothing_holds_the_plan_back_and_it_says_so() -> None:
    loose = replace(PROBLEM, indicators=(indicator("move", leads=lead(9, 10, 11)),))
    assert {timing.earliest for timing in soon(loose)} == {AS_OF + timedelta(days=1)}
    assert soon(loose)[0].because == ("nothing has to come first: no critical indicator is declared",)


def test_a_look_never_leaves_more_room_than_none() -> None:
    early = soon(PROBLEM, item("groups", "strike-groups", Says.ABSENT, ago=11))
    assert early[1].earliest == soon(PROBLEM)[1].earliest


def test_indicators_that_follow_each_other_in_a_circle_count_once() -> None:
    circle = replace(
        PROBLEM,
        indicators=(
            indicator("one", leads=lead(10, 12, 20), then="two", critical=True),
            indicator("two", leads=lead(5, 6, 9), then="one", critical=True),
        ),
    )
    assert soon(circle)[0].earliest == AS_OF + timedelta(days=15)


def test_the_lead_is_the_smallest_over_the_event_scenarios() -> None:
    leads = {
        "offensive": Lead(pairs=((42, 0.5), (50, 0.5))),
        "feint": Lead(pairs=((1, 1.0),)),
    }
    assert least_lead(PROBLEM, indicator("x", leads=leads)) == 42


def test_an_absurd_lead_stays_a_date() -> None:
    slow = replace(PROBLEM, indicators=(indicator("x", leads=lead(1e7, 2e7, 3e7), critical=True),))
    assert soon(slow)[0].earliest == date.max
