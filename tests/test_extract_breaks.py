"""Windows over a text of any length: every word judged once, in time proportional to the length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract.parse.breaks import chances_of
from tocsin.extract.parse.pieces import MOST_PIECES

SIZES = st.lists(st.integers(1, 12), max_size=1500)


@given(SIZES, st.integers(2, 400))
def test_a_window_that_is_sure_of_itself_gives_what_one_look_would(sizes: list[int], every: int) -> None:
    truth = [1.0 if at % every == 0 else 0.0 for at in range(len(sizes))]
    assert chances_of(sizes, lambda start, stop: truth[start:stop]) == truth


@given(SIZES, st.lists(st.floats(0, 1), min_size=7, max_size=7))
def test_whatever_is_seen_every_word_has_one_chance_and_few_words_are_read_thrice(
    sizes: list[int], wave: list[float]
) -> None:
    read = 0

    def look(start: int, stop: int) -> list[float]:
        nonlocal read
        read += stop - start
        assert start < stop <= len(sizes)
        assert sum(sizes[start:stop]) <= MOST_PIECES - 2
        return [wave[(start + at * at) % 7] for at in range(stop - start)]

    assert len(chances_of(sizes, look)) == len(sizes)
    assert read <= 2 * len(sizes) + MOST_PIECES


def test_a_word_after_a_window_is_judged_with_what_stands_before_it() -> None:
    """A window always holds its own first word to begin a sentence; that word was judged by the window before."""
    sizes = [1] * 1000
    found = chances_of(sizes, lambda start, stop: [1.0] + [0.0] * (stop - start - 1))
    assert found == [1.0] + [0.0] * 999


def test_a_word_longer_than_a_window_is_read_alone() -> None:
    assert chances_of([MOST_PIECES * 2, 1], lambda start, stop: [0.25] * (stop - start)) == [0.25, 0.25]
