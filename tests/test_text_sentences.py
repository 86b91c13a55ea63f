"""Sentences: spans that cover the text and stop where a reader stops."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:stop] for start, stop in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Lt. Gen. Ivan Orr said 3.5 km of track were laid by Jan. 5.",
        "According to ZN.UA, the U.S. embassy in No. 7 Harbour Street moved.",
        "The S. Korean envoy J. R. Marsh, Jr. arrived in St. Petersburg.",
        "He asked “Where are they?” and left.",
        "“Go!” he cried.",
        "For the operation “To the sea!” they lack boats.",
        "Losses (cf. Fig. 3) grew by approx. 5 per cent vs. last year.",
        "Brig. Gen. Marsh and Col. Doe met in Homyel.",
        "They raised $5.2 bn. in 2022.",
        "A heading without a full stop",
        "He left at 10 a.m. Friday.",
    ],
)
def test_a_single_sentence_is_not_cut(whole: str) -> None:
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["The meeting ended at 5 p.m.", "They then left for the U.S.", "The talks go on."],
        ["(It takes six weeks.)", "Secondly, they left."],
        ['"They left."', "She agreed."],
        ["Will it happen?", "Nobody knows!", "We wait."],
        ["He said “no.”", "She said yes."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_no_sentence_crosses_the_end_of_a_line() -> None:
    assert cut("Two columns were\nseen near the river\n\nNobody knows why.") == [
        "Two columns were",
        "seen near the river",
        "Nobody knows why.",
    ]


@given(st.text(alphabet='aB.!?"”“) (\n\t1,é', max_size=80))
def test_sentences_are_tight_ordered_and_cover_everything_but_white_space(text: str) -> None:
    spans = sentences(text)
    left_out = list(text)
    last = 0
    for start, stop in spans:
        assert last <= start < stop
        assert text[start:stop] == text[start:stop].strip()
        assert "\n" not in text[start:stop]
        left_out[start:stop] = " " * (stop - start)
        last = stop
    assert "".join(left_out).strip() == ""


@pytest.mark.parametrize("unit", ["word ", ". ", '"', "A. ", "end. Next "])
def test_time_grows_with_length_only(unit: str) -> None:
    begun = time.process_time()
    sentences(unit * 50_000)
    assert time.process_time() - begun < 5
