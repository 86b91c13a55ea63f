from __future__ import annotations

import numpy as np
import pytest

from tocsin.errors import ProbabilityError
from tocsin.prob import gates


def test_the_weights_of_all_combinations_sum_to_one() -> None:
    table = gates.states(3)
    chances = np.array([0.1, 0.5, 0.97])

    weights = np.exp(gates.log_weights(table, chances))

    assert weights.sum() == pytest.approx(1)
    assert weights @ table == pytest.approx(chances)


def test_a_gate_that_cannot_be_open_leaves_no_weight_and_no_nan() -> None:
    assert np.exp(gates.log_weights(gates.states(1), np.array([0.0]))).tolist() == [1.0, 0.0]


def test_the_status_quo_takes_what_closed_gates_deny_the_scenarios() -> None:
    allowed = np.array([[True, False], [True, True]])

    assert gates.left_over(allowed, np.array([0.5, 0.3])) == pytest.approx([0.2, 0.7])


def test_rounding_below_nought_is_forgiven_and_more_is_an_error() -> None:
    allowed = np.ones((3, 1), dtype=np.bool_)

    assert gates.left_over(allowed, np.array([0.7, 0.2, 0.1]))[0] >= 0
    with pytest.raises(ProbabilityError, match="above 1"):
        gates.left_over(allowed, np.array([0.7, 0.2, 0.1001]))


def test_too_many_gates_are_an_error() -> None:
    with pytest.raises(ProbabilityError, match="11"):
        gates.states(11)


def test_sums_of_very_small_and_very_large_numbers_neither_vanish_nor_overflow() -> None:
    assert gates.log_sum(np.array([-5000.0, -5000.0])) == pytest.approx(-5000 + np.log(2))
    assert gates.log_sum(np.array([5000.0, -np.inf])) == pytest.approx(5000)
    assert gates.log_sum(np.array([])) == -np.inf
