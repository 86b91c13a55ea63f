import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import ProbabilityError
from tocsin.prob.pool import Distribution, Item, enough, parts, pool, rounding, tried

EXPECT = (2500.0, 60000.0)


def number(value: float, knows: float, *, interest: int = 0, copy: float = 0.0, age: float = 0.0) -> list[Item]:
    return [Item(low=value, high=value, rounding=rounding(value), knows=knows, interest=interest, copy=copy, age=age)]


def total(one: Distribution, other: Distribution) -> Distribution:
    sums = np.log(np.add.outer(one.values, other.values)).ravel()
    mass, edges = np.histogram(sums, bins=1500, weights=np.multiply.outer(one.mass, other.mass).ravel())
    return Distribution(values=np.exp((edges[1:] + edges[:-1]) / 2), mass=mass / mass.sum())


def test_three_conflicting_counts_give_what_the_method_says() -> None:
    """docs/method.md: 20,400 (9,000 to 28,600) for servicemen; with Wagner 23,400 (12,100 to 32,300)."""
    servicemen = pool([number(9000, 0.75, interest=-1), number(20000, 0.57), number(30000, 0.57)], expect=EXPECT)
    assert servicemen.quantile(0.5) == pytest.approx(20400, rel=0.03)
    assert servicemen.quantile(0.1) == pytest.approx(9000, rel=0.03)
    assert servicemen.quantile(0.9) == pytest.approx(28600, rel=0.03)
    both = total(servicemen, pool([number(3000, 0.57)], expect=(500, 8000)))
    assert both.quantile(0.5) == pytest.approx(23400, rel=0.03)
    assert both.quantile(0.1) == pytest.approx(12100, rel=0.03)
    assert both.quantile(0.9) == pytest.approx(32300, rel=0.03)
    assert both.above(40000) == pytest.approx(0.026, abs=0.003)
    assert 0.0012 < enough(both, (80000, 100000)) < 0.0048


def test_contradiction_stays_two_peaks() -> None:
    held = pool([number(9000, 0.75), number(30000, 0.75)], expect=EXPECT)
    at = dict(zip(("nine", "between", "thirty"), (9000, 16500, 30000), strict=True))
    per_log = {name: float(np.interp(value, held.values, held.mass)) for name, value in at.items()}
    assert per_log["nine"] > 4 * per_log["between"]
    assert per_log["thirty"] > 4 * per_log["between"]


def test_without_readings_the_prior_stands() -> None:
    prior = pool([], expect=(1000, 200000))
    assert prior.quantile(0.05) == pytest.approx(1000, rel=0.03)
    assert prior.quantile(0.95) == pytest.approx(200000, rel=0.03)
    assert prior.values.size == 1061


def test_a_source_that_never_knows_moves_nothing() -> None:
    prior, heard = pool([], expect=EXPECT), pool([number(9000, 0.0)], expect=EXPECT)
    assert np.allclose(prior.mass, heard.mass)


def test_a_sure_copy_moves_nothing_and_a_likely_one_less_than_a_second_voice() -> None:
    one = number(30000, 0.57)
    alone = pool([one], expect=EXPECT)
    copied = pool([one, number(30000, 0.57, copy=1.0)], expect=EXPECT)
    likely = pool([one, number(30000, 0.57, copy=0.9)], expect=EXPECT)
    second = pool([one, one], expect=EXPECT)

    def near(held: Distribution) -> float:
        return held.above(22000) - held.above(40000)

    assert np.allclose(alone.mass, copied.mass)
    assert near(alone) < near(likely) < near(second)
    assert near(likely) - near(alone) < 0.35 * (near(second) - near(alone))


def test_a_bound_moves_the_mass_to_its_own_side_only() -> None:
    prior = pool([], expect=EXPECT)
    least = pool([[Item(low=20000, high=None, rounding=0.18, knows=0.75)]], expect=EXPECT)
    most = pool([[Item(low=None, high=20000, rounding=0.18, knows=0.75)]], expect=EXPECT)
    assert most.above(20000) < prior.above(20000) < least.above(20000)
    odds = least.above(40000) / (1 - least.above(10000)) / (prior.above(40000) / (1 - prior.above(10000)))
    assert odds == pytest.approx(7.0, rel=0.05)


def test_interest_pulls_the_truth_away_from_what_was_said() -> None:
    plain = pool([number(9000, 0.9)], expect=EXPECT)
    down = pool([number(9000, 0.9, interest=-1)], expect=EXPECT)
    up = pool([number(9000, 0.9, interest=1)], expect=EXPECT)
    assert up.quantile(0.5) < plain.quantile(0.5) < down.quantile(0.5)


def test_an_old_figure_says_less_than_a_fresh_one() -> None:
    fresh, old = pool([number(9000, 0.9)], expect=EXPECT), pool([number(9000, 0.9, age=200)], expect=EXPECT)
    assert old.quantile(0.9) / old.quantile(0.1) > fresh.quantile(0.9) / fresh.quantile(0.1)


def test_a_narrow_range_is_the_number_itself() -> None:
    point = pool([number(20000, 0.75)], expect=EXPECT)
    narrow = pool([[Item(low=20000, high=20000 * (1 + 1e-6), rounding=0.18, knows=0.75)]], expect=EXPECT)
    assert np.allclose(point.mass, narrow.mass, atol=1e-7)


def test_the_density_integrates_to_one() -> None:
    pairs = np.array(pool([number(9000, 0.75), number(30000, 0.75)], expect=EXPECT).density())
    assert np.trapezoid(pairs[:, 1], pairs[:, 0]) == pytest.approx(1.0, abs=0.01)


def test_parts_add_and_the_sum_is_relatively_surer_than_its_larger_part() -> None:
    low, high, spread = parts([(20000, 20000), (30000, 30000)])
    assert (low, high) == (50000, 50000)
    assert rounding(23000) < spread < rounding(20000)
    assert parts([(20000, None), (3000, 3000)])[:2] == (23000, None)


def test_an_attempt_keeps_a_twentieth_where_success_is_out_of_reach() -> None:
    weak = pool([number(1000, 0.99)], expect=(500, 2000))
    assert enough(weak, (80000, 100000)) < 1e-6
    assert tried(weak, (80000, 100000)) == pytest.approx(0.05, abs=1e-6)


def test_far_readings_and_zero_stay_on_the_grid() -> None:
    for value in (0.0, 1e9):
        held = pool([number(value, 0.9)], expect=EXPECT)
        assert math.isfinite(held.quantile(0.5))
        assert held.values[0] < max(value, 0.5) < held.values[-1]


@pytest.mark.parametrize("expect", [(0.0, 10.0), (10.0, 10.0), (20.0, 10.0), (1.0, math.inf), (math.nan, 1.0)])
def test_a_prior_that_does_not_rise_is_refused(expect: tuple[float, float]) -> None:
    with pytest.raises(ProbabilityError, match="rising order"):
        pool([], expect=expect)


@pytest.mark.parametrize(
    "item",
    [
        Item(low=-1, high=5, rounding=0.1, knows=0.5),
        Item(low=9, high=5, rounding=0.1, knows=0.5),
        Item(low=5, high=5, rounding=0.1, knows=1.5),
        Item(low=5, high=math.inf, rounding=0.1, knows=0.5),
    ],
)
def test_an_impossible_figure_is_refused(item: Item) -> None:
    with pytest.raises(ProbabilityError):
        pool([[item]], expect=EXPECT)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1, 1e7), st.floats(0, 1), st.integers(-1, 1)), max_size=8),
)
def test_order_never_matters_and_the_mass_is_one(said: list[tuple[float, float, int]]) -> None:
    items = [number(value, knows, interest=interest) for value, knows, interest in said]
    first = pool(items, expect=EXPECT)
    second = pool(items[::-1], expect=EXPECT)
    assert np.allclose(first.mass, second.mass)
    assert first.mass.sum() == pytest.approx(1.0)
