from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tocsin.prob import copies
from tocsin.prob.copies import Copying


def copied(
    says: str,
    *,
    source: str,
    published: tuple[int, ...] | None = None,
    about: tuple[int, ...] | None = None,
    origin: tuple[int, ...] | None = None,
    copy: float = 0.9,
    independent: bool = False,
    blanket: float = 0.3,
    window: int = 7,
) -> list[float]:
    """``says`` has a + or - for each statement, ``source`` a letter for each; all about one day if not said."""
    chances: list[float] = copying(
        says,
        source=source,
        published=published,
        about=about,
        origin=origin,
        copy=copy,
        independent=independent,
        blanket=blanket,
        window=window,
    ).copied.tolist()
    return chances


def copying(
    says: str,
    *,
    source: str,
    published: tuple[int, ...] | None = None,
    about: tuple[int, ...] | None = None,
    origin: tuple[int, ...] | None = None,
    copy: float = 0.9,
    independent: bool = False,
    blanket: float = 0.3,
    window: int = 7,
) -> Copying:
    count = len(says)
    numbers: NDArray[np.int64] = np.array([ord(letter) for letter in source], dtype=np.int64)
    return copies.copying(
        np.array([sign == "+" for sign in says], dtype=np.bool_),
        source=numbers,
        about=np.array(about or [0] * count, dtype=np.int64),
        published=np.array(published or range(count), dtype=np.int64),
        origin=np.array(origin or [-1] * count, dtype=np.int64),
        copy_probability=np.full(count, copy),
        independent=np.full(count, independent),
        blanket_echo=blanket,
        blanket_window_days=window,
    )


def repeated(says: str, *, source: str) -> list[bool]:
    present = np.array([sign == "+" for sign in says], dtype=np.bool_)
    who: NDArray[np.int64] = np.array([ord(letter) for letter in source], dtype=np.int64)
    again: list[bool] = copies.repeated(present, who).tolist()
    return again


def test_of_a_source_that_repeats_itself_the_latest_word_is_no_repetition() -> None:
    assert repeated("---", source="aaa") == [True, True, False]


def test_a_change_of_the_statement_ends_the_run() -> None:
    assert repeated("--+-", source="aaaa") == [True, False, False, False]


def test_another_source_in_between_does_not_end_the_run() -> None:
    assert repeated("-+-", source="aba") == [True, False, False]


def test_a_source_is_no_echo_of_itself() -> None:
    assert copied("---", source="aaa") == [0.0, 0.0, 0.0]


def test_an_agreeing_word_of_another_source_may_be_an_echo_within_the_window() -> None:
    assert copied("++", source="ab", published=(0, 7)) == [0.0, 0.3]
    assert copied("++", source="ab", published=(0, 8)) == [0.0, 0.0]
    assert copied("+-", source="ab") == [0.0, 0.0]


def test_a_word_about_another_day_is_less_apt_to_be_an_echo() -> None:
    assert copied("++", source="ab", about=(4, 4)) == [0.0, 0.3]
    assert copied("++", source="ab", about=(4, 5)) == [0.0, pytest.approx(0.1)]
    assert copied("+++", source="abc", about=(4, 5, 4))[2] == 0.3


def test_who_contradicts_everything_that_could_be_copied_did_not_copy() -> None:
    assert copying("+-", source="ab").refused.tolist() == [0.0, 0.3]
    assert copying("+-", source="ab", about=(1, 2)).refused.tolist() == [0.0, pytest.approx(0.1)]
    assert copying("+--", source="abc").refused.tolist() == [0.0, 0.3, 0.0]
    assert copying("+-", source="ab", independent=True).refused.tolist() == [0.0, 0.0]
    assert copying("+-", source="aa").refused.tolist() == [0.0, 0.0]


def test_the_window_looks_past_the_sources_own_words() -> None:
    assert copied("+++", source="abb") == [0.0, 0.3, 0.3]
    assert copied("+++", source="abb", published=(0, 5, 8)) == [0.0, 0.3, 0.0]
    assert copied("+++", source="aba") == [0.0, 0.3, 0.3]


def test_a_detected_origin_goes_before_the_blanket() -> None:
    assert copied("++", source="ab", origin=(-1, 0), copy=0.1) == [0.0, 0.1]
    assert copied("++-", source="abc", origin=(-1, 2, -1), copy=0.9) == [0.0, 0.0, 0.0]


def test_what_echoes_a_statement_takes_nothing_from_it_in_whatever_order_the_two_came() -> None:
    assert copied("++", source="ab", origin=(1, -1)) == [0.9, 0.0]
    assert copied("+++", source="abc", origin=(2, 0, -1)) == [0.9, 0.9, 0.0]
    assert copied("+++", source="aba", origin=(-1, 0, -1)) == [0.0, 0.9, 0.0]
    assert copied("+++", source="abc", origin=(1, 0, -1))[2] == 0.3


def test_documented_independence_switches_the_blanket_off() -> None:
    assert copied("++", source="ab", independent=True) == [0.0, 0.0]
