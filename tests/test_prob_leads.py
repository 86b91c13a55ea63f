from __future__ import annotations

import numpy as np
import pytest

from tocsin.errors import ProbabilityError
from tocsin.prob import leads


def test_the_three_durations_are_the_points_of_the_law() -> None:
    law = leads.from_quantiles(400, 500, 900, tempo=1.0, size=3000)

    assert law.cdf[[400, 500, 900]] == pytest.approx([0.05, 0.5, 0.95], abs=0.003)


def test_nothing_of_a_lead_is_lost() -> None:
    for law in (
        leads.from_quantiles(1, 7, 60, tempo=2.0, size=40),
        leads.from_quantiles(0, 0, 0, tempo=1.0, size=5),
        leads.from_pairs(((0, 0.25), (3, 0.5), (9, 0.25)), size=5),
    ):
        assert law.pmf.sum() + law.tail[-1] == pytest.approx(1, abs=1e-12)
        assert law.tail[:-1] == pytest.approx(law.pmf[::-1].cumsum()[::-1] + law.tail[-1], abs=1e-12)
        assert law.cdf + law.tail[1:] == pytest.approx(1, abs=1e-12)
        assert float(law.pmf.min()) >= 0


def test_tempo_scales_the_durations_before_they_become_days() -> None:
    half = leads.from_quantiles(10, 20, 40, tempo=0.5, size=100)
    plain = leads.from_quantiles(5, 10, 20, tempo=1.0, size=100)

    assert np.array_equal(half.pmf, plain.pmf)


def test_a_duration_known_exactly_is_one_day() -> None:
    assert leads.from_quantiles(7, 7, 7, tempo=1.0, size=10).pmf.tolist() == [0.0] * 7 + [1.0, 0.0, 0.0]


def test_beyond_the_longest_hardly_anything_is_left() -> None:
    days = leads.longest(42, 49, 63, tempo=2.0)

    assert 0 < leads.from_quantiles(42, 49, 63, tempo=2.0, size=days + 1).tail[-1] < 1.2e-6


@pytest.mark.parametrize("given", [(5, 4, 6), (1, 2, float("nan")), (-1, 2, 3), (1, 2, float("inf"))])
def test_durations_out_of_order_are_an_error(given: tuple[float, float, float]) -> None:
    with pytest.raises(ProbabilityError, match="at least"):
        leads.from_quantiles(*given, tempo=1.0, size=10)
    with pytest.raises(ProbabilityError, match="at least"):
        leads.longest(*given, tempo=1.0)


def test_a_tempo_of_nought_is_an_error() -> None:
    with pytest.raises(ProbabilityError, match="tempo"):
        leads.from_quantiles(1, 2, 3, tempo=0.0, size=10)


@pytest.mark.parametrize("given", [((1, 0.5),), ((-1, 1.0),), ((1, 1.5), (2, -0.5)), ((1, float("nan")),), ()])
def test_pairs_that_are_no_distribution_are_an_error(given: tuple[tuple[int, float], ...]) -> None:
    with pytest.raises(ProbabilityError):
        leads.from_pairs(given, size=10)
