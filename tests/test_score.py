"""Scores: what a desk is told about its own forecasts."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.outcome import Forecast, Onset, Outcome
from tocsin.score import score
from tocsin.score.calibration import calibration
from tocsin.score.pool import boldness, pooled
from tocsin.score.rules import brier, flip_flop, log_score, skill

DAY = date(2022, 12, 1)
PROBABILITIES = st.floats(0.001, 0.999)


def _outcome(onset: date | None, through: date = date(2023, 6, 1)) -> Outcome:
    return Outcome(
        problem="p",
        onset=onset,
        through=through,
        scenario=None,
        rule="",
        by="A",
        why="",
        at=datetime(2023, 6, 2),  # noqa: DTZ001 - the store's moments are UTC without a zone
    )


def _forecast(
    offset: int, probability: float, *, days: int = 30, who: str = "model", prior: float | None = None
) -> Forecast:
    as_of = DAY + timedelta(days=offset)
    return Forecast(
        who=who, as_of=as_of, days=days, until=as_of + timedelta(days=days), probability=probability, prior=prior
    )


@given(truth=PROBABILITIES, told=PROBABILITIES)
def test_telling_the_truth_is_never_charged_more_than_another_number(truth: float, told: float) -> None:
    def charged(p: float, rule: str) -> float:
        one = {"brier": brier, "log": log_score}[rule]
        return truth * one(p, happened=True) + (1 - truth) * one(p, happened=False)

    for rule in ("brier", "log"):
        assert charged(truth, rule) <= charged(told, rule) + 1e-12


def test_a_certain_mistake_is_charged_much_and_not_without_end() -> None:
    assert log_score(0.0, happened=True) == pytest.approx(-math.log(1e-6))


def test_skill_is_zero_against_oneself_and_nothing_against_nothing() -> None:
    assert skill([0.2, 0.4], [0.2, 0.4]) == 0.0
    assert skill([], []) is None
    assert skill([0.2], [0.0]) is None


@given(st.lists(PROBABILITIES, min_size=3, max_size=9))
def test_a_forecast_that_only_rises_never_flips(values: list[float]) -> None:
    assert flip_flop(sorted(values)) == pytest.approx(0.0, abs=1e-12)


@given(st.lists(st.tuples(PROBABILITIES, st.booleans()), min_size=2, max_size=40))
def test_the_parts_of_the_brier_score_sum_to_it(pairs: list[tuple[float, bool]]) -> None:
    found = calibration([p for p, _ in pairs], [h for _, h in pairs])
    assert found is not None
    whole = sum(brier(p, happened=h) for p, h in pairs) / len(pairs)
    assert found.miscalibration - found.discrimination + found.uncertainty == pytest.approx(whole)
    assert found.miscalibration >= -1e-12
    assert found.discrimination >= -1e-12
    assert [r for _, r in found.reliability] == sorted(r for _, r in found.reliability)


def test_the_slope_of_a_sharpened_forecast_is_below_one() -> None:
    honest = [0.2] * 10 + [0.8] * 10
    truth = [True] * 2 + [False] * 8 + [True] * 8 + [False] * 2
    right = calibration(honest, truth)
    bold = calibration([0.05 if p < 0.5 else 0.95 for p in honest], truth)
    assert right is not None
    assert bold is not None
    assert right.slope == pytest.approx(1.0, abs=1e-4)
    assert bold.slope is not None
    assert bold.slope < 0.6


@given(st.lists(PROBABILITIES, min_size=1, max_size=8))
def test_the_pool_lies_on_the_side_of_the_mean_and_no_order_matters(values: list[float]) -> None:
    found = pooled(values)
    odds = sum(math.log(p / (1 - p)) for p in values) / len(values)
    assert (found - 0.5) * odds >= -1e-12
    assert found == pytest.approx(pooled(values[::-1]))
    assert 1.0 <= boldness(len(values)) < math.sqrt(3)


def test_a_forecast_resolves_when_its_last_day_is_known() -> None:
    found = score(_outcome(None, through=DAY + timedelta(days=35)), [_forecast(d, 0.1) for d in (0, 5, 6)])
    (line,) = found.lines
    assert (line.n, line.events, found.open_questions) == (2, 0, 1)


def test_an_event_within_the_horizon_counts_for_the_forecast_before_it_and_none_after_it() -> None:
    onset = DAY + timedelta(days=10)
    found = score(_outcome(onset), [_forecast(0, 0.4), _forecast(0, 0.1, days=7), _forecast(12, 0.9)])
    assert {(line.days, line.n, line.events) for line in found.lines} == {(30, 1, 1), (7, 1, 0)}


def test_better_than_the_prior_is_skill_above_zero() -> None:
    found = score(_outcome(DAY + timedelta(days=9)), [_forecast(d, 0.5, prior=0.1) for d in range(5)])
    assert found.lines[0].skill_prior is not None
    assert found.lines[0].skill_prior > 0
    assert found.lines[0].skill_yesterday == pytest.approx(0.0)


def test_analysts_stand_beside_the_model_and_their_pool_beside_them() -> None:
    forecasts = [_forecast(0, 0.2), _forecast(0, 0.4, who="A"), _forecast(0, 0.6, who="B")]
    found = score(_outcome(DAY + timedelta(days=3)), forecasts)
    assert [line.who for line in found.lines] == ["model", "A", "B", "analysts pooled"]
    assert found.calibration is None  # one forecast of the model is no calibration


def test_the_place_of_the_true_day_is_told_of_those_who_gave_a_curve_before_it() -> None:
    curve = tuple((DAY + timedelta(days=d), d / 10 * 0.5) for d in range(11))
    onset = DAY + timedelta(days=4)
    found = score(_outcome(onset), [], onsets=[Onset(as_of=DAY, curve=curve), Onset(as_of=onset, curve=curve)])
    assert [day for day, _ in found.onset] == [DAY]
    assert found.onset[0][1] == pytest.approx(0.4)


def test_lead_time_is_counted_from_the_alarm_that_stood_at_onset() -> None:
    values = [0.01, 0.2, 0.01, 0.2, 0.3]
    onset = DAY + timedelta(days=100)
    given_ = [_forecast(d, p) for d, p in zip((0, 1, 2, 97, 98), values, strict=True)]
    (alarm,) = score(_outcome(onset), given_, alarms=[(0.1, 2.0)]).alarms
    assert (alarm.lead_days, alarm.false_alarms, alarm.missed) == (3, 1, False)
    (quiet,) = score(_outcome(onset), given_, alarms=[(0.9, None)]).alarms
    assert (quiet.lead_days, quiet.false_alarms, quiet.missed) == (None, 0, True)
    (never,) = score(_outcome(None), given_, alarms=[(0.1, None)]).alarms
    assert (never.false_alarms, never.missed) == (2, False)
