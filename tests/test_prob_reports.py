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
        source=np.arange(count),
        able=np.full(count, knows),
        knows=np.full(count, knows),
        guess=np.full(count, 0.5),
        sighted=np.full(count, sighted),
        copied=np.full(count, copied),
        refused=np.zeros(count),
        power=np.ones(count),
    )


def noticing(said: Statements, days: int, within: float) -> NDArray[np.float64]:
    """Log-likelihood of all statements, by the day of the start."""
    spoken, fresh = np.unique(said.day), said.fresh()
    parts = (
        reports.by_start(fresh, said.present == present, spoken=spoken, days=days, noticed_within=within)
        for present in (True, False)
    )
    return np.append(sum(parts, np.zeros((len(spoken), days))).sum(axis=0), 0.0)


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

    by_start = np.exp(noticing(denial, age, 7.0))

    assert denial.off()[0] / by_start[0] <= at_most + 1e-12


def test_noticing_at_once_is_the_limit_of_noticing_ever_faster() -> None:
    some = statements(present=True, knows=0.6, days=(0, 2, 2, 5))
    at_once = np.concatenate((np.cumsum(reports.daily(some.on(), some.fresh(), 6)[0, ::-1])[::-1], [0.0]))

    assert noticing(some, 6, 0.01) == pytest.approx(at_once, abs=1e-12)


def test_long_lists_are_summed_in_pieces_without_a_seam() -> None:
    days = tuple(k % 7 for k in range(9000))
    some = statements(present=False, knows=0.4, days=days)
    one_by_one = sum(
        (noticing(statements(present=False, knows=0.4, days=(d,)), 7, 3.0) * days.count(d) for d in range(7)),
        start=np.zeros(8),
    )

    assert noticing(some, 7, 3.0) == pytest.approx(one_by_one, rel=1e-12)
    assert noticing(some.grouped(), 7, 3.0) == pytest.approx(one_by_one, rel=1e-12)
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
