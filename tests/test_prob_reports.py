from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tocsin.prob import reports
from tocsin.prob.reports import Statements


def statements(
    *, present: bool, knows: float, days: tuple[int, ...] = (0,), copied: float = 0.0, sighted: float = 1.0
) -> Statements:
    count = len(days)
    return Statements(
        day=np.array(days, dtype=np.int64),
        present=np.full(count, present),
        knows=np.full(count, knows),
        guess=np.full(count, 0.5),
        sighted=np.full(count, sighted),
        copied=np.full(count, copied),
        power=np.ones(count),
    )


def ratio(said: Statements) -> float:
    return float(said.on()[0] / said.off()[0])


@pytest.mark.parametrize(("knows", "expected"), [(0.90, 19), (0.75, 7), (0.57, 3.65), (0.40, 2.33), (0.20, 1.5)])
def test_a_grade_bounds_what_one_word_can_do(knows: float, expected: float) -> None:
    assert ratio(statements(present=True, knows=knows)) == pytest.approx(expected, abs=0.01)
    assert 1 / ratio(statements(present=False, knows=knows)) == pytest.approx(expected, abs=0.01)


def test_a_source_that_knows_nothing_and_a_mere_copy_say_nothing() -> None:
    assert ratio(statements(present=True, knows=0.0)) == 1
    assert ratio(statements(present=True, knows=0.9, copied=1.0)) == 1


def test_who_saw_it_is_stronger_when_asserting_and_not_when_denying() -> None:
    saw, told = (statements(present=True, knows=0.75, sighted=s) for s in (0.3, 1.0))
    denied, by_hearsay = (statements(present=False, knows=0.75, sighted=s) for s in (0.3, 1.0))

    assert ratio(saw) > ratio(told)
    assert 1 / ratio(denied) == pytest.approx(1 / ratio(by_hearsay), rel=0.11)


@pytest.mark.parametrize(("age", "at_most"), [(1, 1.1), (7, 1.75)])
def test_a_denial_says_little_about_what_has_just_begun(age: int, at_most: float) -> None:
    denial = statements(present=False, knows=0.75, days=(age - 1,))

    by_start = np.exp(reports.noticing(denial, age, 7.0).lasting())

    assert denial.off()[0] / by_start[0] <= at_most + 1e-12


def test_noticing_at_once_is_the_limit_of_noticing_ever_faster() -> None:
    some = statements(present=True, knows=0.6, days=(0, 2, 2, 5))
    at_once = np.concatenate((np.cumsum(reports.daily(some.on(), some, 6)[::-1])[::-1], [0.0]))

    assert reports.noticing(some, 6, 0.01).lasting() == pytest.approx(at_once, abs=1e-12)


def test_long_lists_are_summed_in_pieces_without_a_seam() -> None:
    days = tuple(k % 7 for k in range(9000))
    some = statements(present=False, knows=0.4, days=days)
    one_by_one = sum(
        (
            reports.noticing(statements(present=False, knows=0.4, days=(d,)), 7, 3.0).lasting() * days.count(d)
            for d in range(7)
        ),
        start=np.zeros(8),
    )

    assert reports.noticing(some, 7, 3.0).lasting() == pytest.approx(one_by_one, rel=1e-12)
    assert reports.noticing(some.grouped(), 7, 3.0).lasting() == pytest.approx(one_by_one, rel=1e-12)
    assert len(some.grouped().day) == 7


@pytest.mark.parametrize("present", [True, False])
def test_a_steered_channel_says_what_it_is_told_and_an_unsteered_one_what_it_would_say(*, present: bool) -> None:
    plain = statements(present=present, knows=0.75)

    surely = plain.told(np.ones(1), np.full(1, 0.9))
    half = plain.told(np.full(1, 0.5), np.full(1, 0.45))
    never = plain.told(np.zeros(1), np.zeros(1))

    assert surely.on()[0] == surely.off()[0] == pytest.approx(0.9 if present else 0.1)
    assert half.on()[0] == pytest.approx((plain.on()[0] + surely.on()[0]) / 2)
    assert (never.on()[0], never.off()[0]) == (plain.on()[0], plain.off()[0])


def test_a_mere_copy_stays_a_copy_whoever_steers_it() -> None:
    assert ratio(statements(present=True, knows=0.9, copied=1.0).told(np.full(1, 0.3), np.full(1, 0.1))) == 1


def copied(
    says: str,
    *,
    source: str,
    published: tuple[int, ...] | None = None,
    origin: tuple[int, ...] | None = None,
    copy: float = 0.9,
    independent: bool = False,
    self_repeat: float = 0.99,
    blanket: float = 0.3,
    window: int = 7,
) -> list[float]:
    """``says`` has a + or - for each statement, ``source`` a letter for each."""
    count = len(says)
    numbers: NDArray[np.int64] = np.array([ord(letter) for letter in source], dtype=np.int64)
    chances: list[float] = reports.copied(
        np.array([sign == "+" for sign in says], dtype=np.bool_),
        source=numbers,
        published=np.array(published or range(count), dtype=np.int64),
        origin=np.array(origin or [-1] * count, dtype=np.int64),
        copy_probability=np.full(count, copy),
        independent=np.full(count, independent),
        self_repeat=self_repeat,
        blanket_echo=blanket,
        blanket_window_days=window,
    ).tolist()
    return chances


def test_of_a_source_that_repeats_itself_the_latest_word_counts() -> None:
    assert copied("---", source="aaa") == [0.99, 0.99, 0.0]


def test_a_change_of_the_statement_ends_the_run() -> None:
    assert copied("--+-", source="aaaa") == [0.99, 0.0, 0.0, 0.0]


def test_another_source_in_between_does_not_end_the_run() -> None:
    assert copied("-+-", source="aba") == [0.99, 0.0, 0.0]


def test_an_agreeing_word_of_another_source_may_be_an_echo_within_the_window() -> None:
    assert copied("++", source="ab", published=(0, 7)) == [0.0, 0.3]
    assert copied("++", source="ab", published=(0, 8)) == [0.0, 0.0]
    assert copied("+-", source="ab") == [0.0, 0.0]


def test_the_window_looks_past_the_sources_own_words() -> None:
    assert copied("+++", source="abb", self_repeat=0.0) == [0.0, 0.3, 0.3]
    assert copied("+++", source="abb", published=(0, 5, 8), self_repeat=0.0) == [0.0, 0.3, 0.0]
    assert copied("+++", source="aba", self_repeat=0.0) == [0.0, 0.3, 0.3]


def test_a_detected_origin_goes_before_the_blanket() -> None:
    assert copied("++", source="ab", origin=(-1, 0), copy=0.1) == [0.0, 0.1]
    assert copied("++-", source="abc", origin=(-1, 2, -1), copy=0.9) == [0.0, 0.0, 0.0]


def test_what_echoes_a_statement_takes_nothing_from_it_in_whatever_order_the_two_came() -> None:
    assert copied("++", source="ab", origin=(1, -1)) == [0.9, 0.0]
    assert copied("+++", source="abc", origin=(2, 0, -1)) == [0.9, 0.9, 0.0]
    assert copied("+++", source="aba", origin=(-1, 0, -1), self_repeat=0.0) == [0.0, 0.9, 0.0]
    assert copied("+++", source="abc", origin=(1, 0, -1))[2] == 0.3


def test_documented_independence_switches_the_blanket_off() -> None:
    assert copied("++", source="ab", independent=True) == [0.0, 0.0]


def test_the_largest_chance_of_a_copy_counts() -> None:
    assert copied("+++", source="abb", origin=(-1, 0, 0), copy=0.5) == [0.0, 0.99, 0.5]
