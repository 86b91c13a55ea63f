from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tocsin.infer import prior
from tocsin.model.problem import Chance, Gate, Indicator, Scenario, WarningProblem, Watch
from tocsin.model.time import Lead, Quantiles


def chance(point: float) -> Chance:
    return Chance(point=point, low=point, high=point, text=str(point))


def indicator(name: str, *, attack: float, feint: float, false_starts: float = 1.0) -> Indicator:
    return Indicator(
        id=name,
        statement=name,
        watch=Watch(),
        seen_first={"attack": chance(attack), "feint": chance(feint)},
        leads={"": Lead(quantiles=Quantiles(least=20, typical=40, most=80))},
        false_starts=false_starts,
    )


PROBLEM = WarningProblem(
    id="made-up",
    question="Will it come?",
    resolution="It came.",
    opened=date(2022, 11, 20),
    by=date(2022, 12, 20),
    yardstick="ICD 203",
    scenarios=(
        Scenario(id="attack", statement="", event=True, prior=chance(0.1), even_odds_within=60),
        Scenario(id="feint", statement="", event=False, prior=chance(0.3), even_odds_within=60),
    ),
    gates=(Gate(id="idle", statement="", probability=chance(0.25)),),
    indicators=(
        indicator("costly", attack=0.9, feint=0.02),
        indicator("cheap", attack=0.6, feint=0.6),
        indicator("never", attack=0.0, feint=0.0),
    ),
)


def test_the_priors_answer_for_three_horizons_and_imply_a_rate() -> None:
    found = prior.check(PROBLEM)

    expected = [(days, 0.1 * (1 - 2 ** (-days / 60))) for days in (7, 30, 90)]
    assert [days for days, _ in found.answers] == [7, 30, 90]
    assert [p for _, p in found.answers] == pytest.approx([p for _, p in expected], abs=1e-12)
    assert found.by == pytest.approx(expected[1][1], abs=1e-12)
    assert found.per_year == pytest.approx(expected[2][1] * 365 / 90, rel=0.05)
    assert found.scenarios["attack"] == pytest.approx(0.1)
    assert found.gates["idle"] == pytest.approx(0.25)


def test_an_indicator_that_only_the_event_shows_tells_more_than_a_common_one() -> None:
    told = prior.check(PROBLEM).diagnosticity

    assert told["costly"] > told["cheap"] > told["never"]


def test_indicators_that_separate_nothing_are_named() -> None:
    assert prior.check(PROBLEM).idle == ("never",)


def test_the_same_indicator_tells_less_the_more_often_it_starts_falsely() -> None:
    told = [
        prior.check(replace(PROBLEM, indicators=(indicator("i", attack=0.9, feint=0.0, false_starts=often),)))
        for often in (0.2, 2.0, 10.0)
    ]

    sizes = [found.diagnosticity["i"] for found in told]
    assert sizes == sorted(sizes, reverse=True)


def test_an_indicator_that_proves_the_event_has_a_finite_size() -> None:
    proof = indicator("proof", attack=0.9, feint=0.0, false_starts=0.0)

    found = prior.check(replace(PROBLEM, indicators=(proof,)))

    assert found.diagnosticity["proof"] == prior.MOST


def test_a_problem_whose_events_nothing_can_show_still_answers() -> None:
    found = prior.check(replace(PROBLEM, indicators=()))

    assert found.diagnosticity == {}
    assert found.answers[0][1] > 0
