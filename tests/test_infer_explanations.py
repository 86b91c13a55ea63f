"""Rival accounts of an event: told apart or not, and summed out of the answer exactly."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest
from tests.answering import AS_OF, PROBLEM, chance, item

from tocsin.errors import ProbabilityError
from tocsin.infer import core
from tocsin.infer.accounts import results
from tocsin.infer.case import build
from tocsin.infer.explanations import chances, known, moved
from tocsin.model.evidence import Evidence, Says
from tocsin.model.explanations import ExplanationResult
from tocsin.model.problem import Account, Explanation, Observation, WarningProblem

EVIDENCE = (
    item("a", "relocation", Says.PRESENT, ago=1),
    item("b", "strike-groups", Says.ABSENT, ago=2),
    item("c", "ally-joins", Says.PRESENT, ago=3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    explanations: tuple[ExplanationResult, ...]
    answer: float


def observed(name: str, first: float, second: float, on: date | None = None) -> Observation:
    return Observation(id=name, statement=name, likelihood={"natural": chance(first), "killed": chance(second)}, on=on)


def death(*observations: Observation, prior: float = 0.2, on: date | None = date(2022, 11, 26)) -> Explanation:
    return Explanation(
        id="death",
        statement="The minister died",
        on=on,
        accounts=(
            Account(id="natural", statement="An illness", prior=chance(1 - prior)),
            Account(id="killed", statement="Killed", prior=chance(prior), odds={"ally-joins": 3.0, "offensive": 1.5}),
        ),
        observations=observations,
    )


def fire() -> Explanation:
    return Explanation(
        id="fire",
        statement="A store burnt",
        on=None,
        accounts=(
            Account(id="accident", statement="An accident", prior=chance(0.5), odds={"feint": 0.5}),
            Account(id="arson", statement="Arson", prior=chance(0.3), odds={"ally-joins": 0.7}),
            Account(id="bomb", statement="A bomb", prior=chance(0.2)),
        ),
    )


def asked(*explanations: Explanation) -> WarningProblem:
    return replace(PROBLEM, explanations=explanations)


def explained(problem: WarningProblem, evidence: Sequence[Evidence] = EVIDENCE, as_of: date = AS_OF) -> Explained:
    case = build(problem, evidence, as_of=as_of)
    return Explained(explanations=results(case), answer=case.headline(case.posterior))


def with_factors(factors: dict[str, float]) -> WarningProblem:
    gates = tuple(
        replace(g, probability=chance(moved(g.probability.point, factors.get(g.id, 1.0)))) for g in PROBLEM.gates
    )
    scenarios = tuple(
        replace(s, prior=chance(moved(s.prior.point, factors.get(s.id, 1.0)))) for s in PROBLEM.scenarios if s.prior
    )
    return replace(PROBLEM, gates=gates, scenarios=scenarios)


def test_the_answer_is_the_mean_over_all_combinations_of_accounts() -> None:
    """Each combination is run by itself, with gates and priors moved by hand, and weighed by what it explains."""
    events = (death(observed("sudden", 0.3, 0.6)), fire())
    masses, curves = [], []
    for pair in itertools.product(*(zip(e.accounts, chances(e), strict=True) for e in events)):
        factors: dict[str, float] = {}
        for account, _ in pair:
            for name, factor in account.odds.items():
                factors[name] = factors.get(name, 1.0) * factor
        prepared = core.prepare(with_factors(factors), as_of=AS_OF)
        found = core.posterior(prepared, EVIDENCE)
        masses.append(math.prod(share for _, share in pair) * math.exp(found.log_evidence + prepared.log_prior))
        curves.append(found.joint)
    expected = np.average(curves, axis=0, weights=masses)
    joint = core.posterior(core.prepare(asked(*events), as_of=AS_OF), EVIDENCE).joint
    assert np.allclose(joint, expected, rtol=0, atol=1e-13)


def test_the_accounts_are_weighed_by_their_observations_and_then_by_all_reports() -> None:
    event = explained(asked(death(observed("sudden", 0.3, 0.6)))).explanations[0]
    after = {one.id: one.probability for one in event.accounts}
    assert after["killed"] == pytest.approx(0.2 * 0.6 / (0.2 * 0.6 + 0.8 * 0.3))
    reported = {one.id: one.with_reports for one in event.accounts}
    assert sum(reported.values()) == pytest.approx(1.0)
    assert reported["killed"] > after["killed"]  # the reports speak for the ally's taking part
    truth = {one.id: one.answer_if_true for one in event.accounts}
    mean = sum(truth[name] * share for name, share in reported.items())
    assert explained(asked(death(observed("sudden", 0.3, 0.6)))).answer == pytest.approx(mean)
    assert truth["killed"] > truth["natural"]


def test_what_every_account_makes_as_probable_does_not_separate_them() -> None:
    same = explained(asked(death(observed("one", 0.4, 0.4), observed("two", 0.5, 0.55)))).explanations[0]
    assert same.ratio == pytest.approx(1.1)
    assert not same.separates
    assert same.observations[0].favours is None
    told = explained(asked(death(observed("one", 0.1, 0.9)))).explanations[0]
    assert told.separates
    assert told.observations[0].favours == "killed"


def test_nothing_observed_separates_nothing() -> None:
    event = explained(asked(death())).explanations[0]
    assert (event.ratio, event.separates) == (1.0, False)
    assert [one.probability for one in event.accounts] == pytest.approx([0.8, 0.2])


def test_before_it_happened_the_event_is_not_weighed_and_later_observations_are_not_known() -> None:
    event = death(observed("early", 0.5, 0.5), observed("late", 0.1, 0.9, on=date(2022, 12, 5)))
    before = explained(asked(event), (), as_of=date(2022, 11, 25))
    assert before.explanations == ()
    assert before.answer == explained(PROBLEM, (), as_of=date(2022, 11, 25)).answer
    assert [one.id for one in known((event,), AS_OF)[0].observations] == ["early"]


def test_accounts_that_change_nothing_leave_every_digit_of_the_answer() -> None:
    inert = death(observed("sudden", 0.3, 0.6))
    inert = replace(inert, accounts=tuple(replace(account, odds={}) for account in inert.accounts))
    found = explained(asked(inert))
    assert found.answer == explained(PROBLEM).answer
    assert {one.answer_if_true for one in found.explanations[0].accounts} == {found.answer}


def test_what_rules_out_every_account_is_an_error() -> None:
    with pytest.raises(ProbabilityError, match="rule out every account"):
        explained(asked(death(observed("x", 0.0, 0.5), observed("y", 0.5, 0.0))))


def test_very_many_observations_do_not_run_out_of_numbers() -> None:
    many = tuple(observed(f"o{n}", 1e-6, 2e-6) for n in range(100))
    assert chances(death(*many))[1] == pytest.approx(1.0)
    event = explained(asked(death(*many))).explanations[0]
    assert event.separates
    assert event.ratio == pytest.approx(1e6)


def test_an_account_that_leaves_the_scenarios_no_room_is_an_error() -> None:
    greedy = Account(id="killed", statement="", prior=chance(0.5), odds={"offensive": 50.0, "feint": 50.0})
    event = replace(death(), accounts=(replace(death().accounts[0], prior=chance(0.5)), greedy))
    with pytest.raises(ProbabilityError, match="above 1"):
        explained(asked(event))
