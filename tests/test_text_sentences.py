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


WRAPPED = (
    "The night train to the coast was held at the ford for more\n"
    "than three hours because of the flood. The guard said that\n"
    "about 40 wagons were still waiting in the yard.\n"
    "\n"
    "Nobody was hurt."
)


def test_a_sentence_runs_over_the_lines_of_a_wrapped_page() -> None:
    found = [" ".join(WRAPPED[start:stop].split()) for start, stop in sentences(WRAPPED)]

    assert found == [
        "The night train to the coast was held at the ford for more than three hours because of the flood.",
        "The guard said that about 40 wagons were still waiting in the yard.",
        "Nobody was hurt.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ford is closed\nThe guard has closed the ford to all riders until the spring, the council said.",
        "The bridge over the northern river is open.\nThe bridge over the southern river is open.",
        "Seen at the ford this week:\n- forty guns of the northern army\n- nine rams of the coast guard",
        "The train is late\nThe boat is late\nThe ford is shut",
    ],
)
def test_lines_that_are_paragraphs_of_their_own_stay_apart(text: str) -> None:
    assert all("\n" not in text[start:stop] for start, stop in sentences(text))


def test_a_full_stop_without_its_space_still_ends_a_sentence() -> None:
    text = "The train reached the ford.The guard counted 40 wagons."

    assert [text[start:stop] for start, stop in sentences(text)] == [
        "The train reached the ford.",
        "The guard counted 40 wagons.",
    ]
