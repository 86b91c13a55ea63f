"""Numbers in words and digits."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.text.numbers import atoms, number_at


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("forty-five", 45),
        ("twenty five", 25),
        ("a dozen", 12),
        ("two dozen", 24),
        ("three hundred and twenty", 320),
        ("one hundred and five thousand", 105_000),
        ("two hundred thousand", 200_000),
        ("one million two hundred thousand and six", 1_200_006),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("9,000", 9000),
        ("1 250 000", 1_250_000),
        ("3.5", 3.5),
        ("170 thousand", 170_000),
        ("4 hundred million", 400_000_000),
        ("80k", 80_000),
        ("1.2bn", 1_200_000_000),
        ("a third of them", 1 / 3),
        ("two-thirds", 2 / 3),
        ("half of them", 0.5),
        ("seven out of ten", 0.7),
        ("1/16 of it", 1 / 16),
        ("zero", 0),
    ],
)
def test_a_number_has_its_value(words: str, value: float) -> None:
    number = number_at(atoms(words), 0)

    assert number is not None
    assert number.value == pytest.approx(value)


@pytest.mark.parametrize("words", ["hundred", "many", "T-72", "S-400", "1st", "www.example.org/5", "second", "several"])
def test_what_is_no_number_has_none(words: str) -> None:
    assert number_at(atoms(words), 0) is None


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("thousands", 1000, 10_000),
        ("tens of thousands", 10_000, 100_000),
        ("several hundred", 200, 900),
        ("a few dozen", 24, 108),
    ],
)
def test_a_loose_number_has_two_ends(words: str, low: float, high: float) -> None:
    number = number_at(atoms(words), 0)

    assert number is not None
    assert (number.value, number.high) == (low, high)


@given(st.integers(min_value=1000, max_value=10**12))
def test_separators_do_not_change_a_number(value: int) -> None:
    plain, grouped = number_at(atoms(str(value)), 0), number_at(atoms(f"{value:,}"), 0)

    assert plain is not None
    assert grouped is not None
    assert plain.value == grouped.value == value


@example("1/")
@given(st.text(alphabet="one two half a of third hundred 1,.-/ ", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    items = atoms(text)
    for at in range(len(items)):
        number = number_at(items, at)
        assert number is None or at <= number.first < number.last <= len(items)
