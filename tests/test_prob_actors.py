import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import ProbabilityError
from tocsin.prob import actors

PLACES = np.array([15.0, 85.0, 35.0, 0.0])
SHARES = np.array([0.45, 0.30, 0.15, 0.10])


def test_weight_is_capability_times_salience() -> None:
    assert actors.shares(np.array([1.0, 2.0]), np.array([30.0, 60.0])).tolist() == [0.2, 0.8]
    with pytest.raises(ProbabilityError, match="nought"):
        actors.shares(np.array([1.0, 0.0]), np.array([0.0, 5.0]))


def test_outcomes_pile_up_on_positions_and_on_the_ends() -> None:
    mass = actors.predictive(PLACES, SHARES)
    assert mass.sum() == pytest.approx(1.0)
    assert mass[15] > 3 * mass[25]
    assert mass[85] > 3 * mass[75]
    assert mass[100] > 3 * mass[97]


def test_the_narrowest_stretch_holds_what_it_says_and_hardly_more() -> None:
    mass = actors.predictive(PLACES, SHARES)
    low, high = (int(end) for end in actors.narrowest(mass, 0.8))
    assert 0.8 <= mass[low : high + 1].sum() < 0.86
    for start in range(101 - (high - low - 1)):
        assert mass[start : start + high - low].sum() < 0.8


def test_the_pivot_is_where_the_weight_on_either_side_balances() -> None:
    at = actors.pivot(PLACES, SHARES)
    assert at == 0
    assert SHARES[PLACES[at] > PLACES].sum() <= 0.5
    assert SHARES[PLACES[at] < PLACES].sum() <= 0.5


def test_moving_one_actor_to_where_it_is_needed_brings_the_mean_there() -> None:
    to = actors.needed(PLACES, SHARES, 45.0)
    for at, place in enumerate(to):
        if not np.isnan(place):
            moved = PLACES.copy()
            moved[at] = place
            assert (moved * SHARES).sum() == pytest.approx(45.0)
    assert np.isnan(to[3]) == (not 0 <= PLACES[3] + (45.0 - (PLACES * SHARES).sum()) / SHARES[3] <= 100)


def test_a_gate_opens_more_readily_the_further_the_actors_go_and_the_sooner_it_is_even() -> None:
    near, far = (actors.predictive(PLACES + shift, SHARES) for shift in (0.0, 10.0))
    assert actors.opening(near, even_at=70, width=8) < actors.opening(far, even_at=70, width=8)
    assert actors.opening(near, even_at=70, width=8) < actors.opening(near, even_at=60, width=8)
    with pytest.raises(ProbabilityError, match="width"):
        actors.opening(near, even_at=70, width=0)


def test_who_all_stand_in_one_place_settle_near_it_at_even_odds_there() -> None:
    mass = actors.predictive(np.array([50.0, 50.0]), np.array([0.5, 0.5]))
    assert actors.opening(mass, even_at=50, width=5) == pytest.approx(0.5)
    assert actors.quantile(mass, 0.5) == 50.0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 100)), min_size=1, max_size=12))
def test_any_actors_give_a_law_on_the_line(declared: list[tuple[float, float]]) -> None:
    position, weight = np.array(declared).T
    share = actors.shares(weight, np.ones_like(weight))
    mass = actors.predictive(position, share)
    assert mass.min() >= 0
    assert mass.sum() == pytest.approx(1.0)
    low, high = actors.narrowest(mass, 0.8)
    assert 0 <= low <= high <= 100
    assert np.allclose(mass, actors.predictive(position[::-1], share[::-1]))
