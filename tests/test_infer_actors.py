"""Where declared actors would settle, on whom it hangs, and the gate that follows."""

from dataclasses import replace
from datetime import date

import pytest
from tests.answering import AS_OF, PROBLEM, chance

from tocsin.infer.actors import forecast, informed
from tocsin.infer.assess import assess_evidence
from tocsin.infer.case import build
from tocsin.infer.prior import check
from tocsin.model.actors import Actor, ActorsResult, Dispute, Measure
from tocsin.model.problem import WarningProblem


def at(point: float, low: float | None = None, high: float | None = None) -> Measure:
    return Measure(point=point, low=point if low is None else low, high=point if high is None else high, text="")


def actor(name: str, position: float, capability: float = 50, salience: float = 50, until: date | None = None) -> Actor:
    return Actor(
        id=name,
        name=name,
        position=at(position),
        capability=at(capability),
        salience=at(salience),
        until=until,
    )


KING, GUARD = actor("king", 20, 80, 50), actor("guard", 30, 20, 50)
NEIGHBOUR = actor("neighbour", 90, 60, 80)
MINISTER = actor("minister", 0, 40, 60, until=date(2022, 11, 26))
ALL = (KING, GUARD, NEIGHBOUR, MINISTER)
LINKED = Dispute(question="How far?", gate="ally-joins", even_at=60, width=8, without=(("king", "guard"),))


def problem(*actors: Actor, dispute: Dispute | None = LINKED) -> WarningProblem:
    return replace(PROBLEM, actors=actors, dispute=dispute)


def found(*actors: Actor, dispute: Dispute = LINKED, as_of: date = AS_OF) -> ActorsResult:
    result = forecast(problem(*actors, dispute=dispute), as_of=as_of)
    assert result is not None
    return result


def test_the_mean_weighs_each_by_capability_times_salience() -> None:
    weights = {"king": 4000, "guard": 1000, "neighbour": 4800}
    expected = (20 * 4000 + 30 * 1000 + 90 * 4800) / sum(weights.values())
    assert found(KING, GUARD, NEIGHBOUR).mean == pytest.approx(expected)


def test_whoever_has_died_counts_from_the_next_day_no_more() -> None:
    before, after = (found(*ALL, as_of=date(2022, 11, day)) for day in (26, 27))
    assert before.mean < after.mean
    assert after.mean == found(KING, GUARD, NEIGHBOUR).mean
    assert next(one.share for one in after.actors if one.id == "minister") == 0.0


def test_the_mean_without_an_actor_is_that_of_the_others() -> None:
    result = found(KING, GUARD, NEIGHBOUR)
    assert {one.actor: one.mean for one in result.without}["king"] == found(GUARD, NEIGHBOUR).mean
    assert result.without_several[0].mean == pytest.approx(90.0)
    assert result.heaviest == max(result.without, key=lambda one: abs(one.mean - result.mean)).actor


def test_nobody_left_leaves_no_forecast_and_the_gate_as_declared() -> None:
    assert forecast(problem(MINISTER), as_of=AS_OF) is None
    assert informed(problem(MINISTER), as_of=AS_OF) == problem(MINISTER)
    assert found(KING).without == ()


def test_the_linked_gate_takes_its_prior_from_the_forecast_and_shows_the_files() -> None:
    result = found(*ALL)
    changed = informed(problem(*ALL), as_of=AS_OF)
    assert result.gate is not None
    assert changed.gates[0].probability.point == result.gate.probability
    assert result.gate.declared == PROBLEM.gates[0].probability.point
    assert result.gate.low < result.gate.probability < result.gate.high
    assessment = assess_evidence(problem(*ALL), [], as_of=AS_OF, version="t")
    same = build(replace(PROBLEM, gates=changed.gates), [], as_of=AS_OF)
    assert assessment.answer.probability == same.headline(same.posterior)
    assert assessment.actors == result


def test_the_gate_opens_more_readily_once_its_opponent_is_gone() -> None:
    result = found(*ALL)
    assert result.gate is not None
    gates = {one.actor: one.gate for one in result.without}
    assert (gates["king"] or 0) > result.gate.probability > (gates["neighbour"] or 1)


def test_without_a_link_the_answer_stays_as_it_is() -> None:
    aside = problem(*ALL, dispute=Dispute(question="How far?"))
    assert informed(aside, as_of=AS_OF) == aside
    assert found(*ALL, dispute=Dispute(question="How far?")).gate is None


def test_ranges_widen_the_mean_and_never_leave_the_line() -> None:
    vague = replace(KING, position=at(20, 0, 45), capability=at(80, 40, 100))
    sure, unsure = found(KING, GUARD, NEIGHBOUR), found(vague, GUARD, NEIGHBOUR)
    assert sure.mean_low == sure.mean == sure.mean_high
    assert unsure.mean_low < unsure.mean < unsure.mean_high
    assert 0 <= unsure.low <= unsure.mean_low <= unsure.mean_high <= unsure.high <= 100
    assert 0 <= unsure.likely[0] < unsure.likely[1] <= 100
    assert found(vague, GUARD, NEIGHBOUR) == unsure


def test_it_says_of_itself_that_it_is_weak() -> None:
    assert "weak instrument" in found(*ALL).caution


def test_the_check_of_the_priors_uses_the_linked_gate() -> None:
    hostile = problem(actor("king", 100), actor("neighbour", 100))
    assert check(hostile).gates["ally-joins"] > check(PROBLEM).gates["ally-joins"]
    assert check(replace(PROBLEM, gates=(replace(PROBLEM.gates[0], probability=chance(0.9)),))).by > check(PROBLEM).by
