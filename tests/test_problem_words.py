"""Words and numbers are interchangeable."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.yardstick import ICD_203, PHIA, YARDSTICKS, word_for
from tocsin.problem.values import Wrong
from tocsin.problem.words import COVERAGE, RATES, SEEN_FIRST, chance, coverage, duration, probability_words, rate


def test_every_word_of_every_yardstick_is_read_with_its_point_inside_its_band() -> None:
    for scale in YARDSTICKS.values():
        read = chance(yardstick=scale)
        for band in scale.bands:
            for word in (band.word, *band.synonyms):
                given_chance = read(word.upper())
                assert band.low < given_chance.point < band.high
                assert 0 < given_chance.low < given_chance.point < given_chance.high < 1


def test_a_word_means_what_the_declared_yardstick_says() -> None:
    assert (chance(yardstick=PHIA)("unlikely").low, chance(yardstick=ICD_203)("unlikely").low) == (0.25, 0.20)


def test_a_word_comes_back_as_itself_from_its_point() -> None:
    for band in ICD_203.bands:
        assert word_for(chance()(band.word).point, ICD_203) == band.word


@given(st.tuples(st.floats(0.001, 0.999), st.floats(0.001, 0.999)).map(sorted))
def test_the_point_of_a_range_is_its_middle_on_the_logit_scale(ends: list[float]) -> None:
    low, high = ends
    point = chance()([low, high]).point
    odds = math.sqrt(low / (1 - low) * high / (1 - high))

    assert math.isclose(point, odds / (1 + odds), rel_tol=1e-9)
    assert low - 1e-12 <= point <= high + 1e-12


@given(st.floats(0, 1))
def test_a_number_stands_as_it_is(value: float) -> None:
    read = chance()(value)

    assert read.low == read.point == read.high == value


def test_words_of_seeing_fall_in_the_order_they_are_listed() -> None:
    points = [chance(words=SEEN_FIRST)(word).point for word in SEEN_FIRST]

    assert points == sorted(points, reverse=True)
    assert (points[0], points[-1]) == (0.97, 0.02)


def test_a_chance_of_seeing_may_be_a_word_of_the_yardstick_too() -> None:
    assert chance(words=SEEN_FIRST)("likely") == chance()("likely")


def test_a_word_of_seeing_is_no_prior() -> None:
    with pytest.raises(Wrong, match="no probability"):
        chance()("sometimes")


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("6 weeks", 42),
        ("1 week", 7),
        ("six weeks", 42),
        ("a week", 7),
        ("half a day", 0.5),
        ("36 hours", 1.5),
        ("1.5 weeks", 10.5),
        ("2 months", 60.875),
        ("1 year", 365.25),
        (" 2  Days ", 2),
        (42, 42),
        (0.5, 0.5),
    ],
)
def test_durations_are_days(written: object, days: float) -> None:
    assert duration()(written) == days


@pytest.mark.parametrize(
    "written", ["six weeks-ish", "", "weeks", "2", "2-3 days", "-1 day", True, None, [2], math.inf, math.nan]
)
def test_what_is_no_duration_is_told_with_a_cure(written: object) -> None:
    with pytest.raises(Wrong, match="is no duration") as caught:
        duration()(written)

    assert caught.value.cure == 'write "6 weeks" or 42'


def test_rates_and_coverage_are_words_or_numbers() -> None:
    assert [rate(word) for word in RATES] == list(RATES.values())
    assert [coverage(word) for word in COVERAGE] == list(COVERAGE.values())
    assert (rate(2.5), coverage(0.4)) == (2.5, 0.4)


@pytest.mark.parametrize("value", [-1, 366, "sometimes", True, []])
def test_a_rate_has_bounds(value: object) -> None:
    with pytest.raises(Wrong):
        rate(value)


def test_no_word_of_a_yardstick_is_a_word_of_seeing() -> None:
    assert not set(probability_words(ICD_203)) & set(SEEN_FIRST)


def word_table() -> str:
    """The table of words and numbers in docs/how-to/choose-the-numbers.md, as the code has it."""
    lines = ["| probability (ICD 203) | range | reckoned as |", "|---|---|---|"]
    for band in ICD_203.bands:
        meant = chance()(band.word)
        lines.append(f"| {band.word} | {meant.low:g} to {meant.high:g} | {meant.point:.2f} |")
    for head, words in (
        ("would it show first (`seen_first`) | probability", SEEN_FIRST),
        ("false starts | times a year", RATES),
        ("coverage of a look | probability", COVERAGE),
    ):
        lines += ["", f"| {head} |", "|---|---|"]
        lines += [f"| {word} | {number:g} |" for word, number in words.items()]
    return "\n".join(lines) + "\n"


def test_the_table_of_words_in_the_documents_is_that_of_the_code() -> None:
    page = Path(__file__).parents[1] / "docs" / "how-to" / "choose-the-numbers.md"

    assert word_table() in page.read_text(encoding="utf-8")
