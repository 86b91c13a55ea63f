from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tocsin.errors import ProbabilityError
from tocsin.prob import hazard


def test_after_the_named_days_it_is_as_likely_as_not_to_have_begun() -> None:
    daily = hazard.hazard(60.0, np.ones(60))

    assert np.exp(hazard.onset(np.array([]), daily))[:60].sum() == pytest.approx(0.5, abs=1e-12)


def test_a_closed_day_is_no_first_day_and_costs_nothing() -> None:
    law = np.exp(hazard.onset(np.array([]), hazard.hazard(1.0, np.array([0.0, 1.0]))))

    assert law.tolist() == [0.0, 0.5, 0.5]


def test_quiet_days_that_have_passed_are_survival() -> None:
    past = hazard.hazard(1.0, np.ones(3))

    assert np.exp(hazard.onset(past, np.array([0.2]))).sum() == pytest.approx(0.125)


def test_a_season_may_raise_the_hazard_but_never_to_certainty() -> None:
    assert hazard.hazard(1.0, np.array([10.0]))[0] < 1


def test_the_leap_day_belongs_to_a_season_over_february() -> None:
    days = hazard.month_days(date(2024, 2, 27), 4)

    assert days.tolist() == [227, 228, 229, 301]
    assert hazard.season(days, 228, 229).tolist() == [False, True, True, False]


@pytest.mark.parametrize("within", [0.0, -3.0, float("nan")])
def test_even_odds_within_no_time_is_an_error(within: float) -> None:
    with pytest.raises(ProbabilityError, match="even_odds_within"):
        hazard.hazard(within, np.ones(1))


def test_a_negative_season_is_an_error() -> None:
    with pytest.raises(ProbabilityError, match="season"):
        hazard.hazard(3.0, np.array([-0.1]))
