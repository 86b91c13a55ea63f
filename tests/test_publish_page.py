"""The page says everything, in the desk's order, in words that no report can turn against the reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.model.assessment import Assessment
from tocsin.publish import page

ORDER = (
    "THE ANSWER",
    "CONFIDENCE",
    "HOW SOON",
    "WHAT CHANGED",
    "WHY",
    "WHAT SPEAKS AGAINST",
    "CONFLICTING FIGURES",
    "WHO SAYS SO, WHO DISAGREES",
    "WHAT WOULD RAISE OR LOWER IT",
    "WHAT NOBODY LOOKED AT",
    "WHAT WAS NOT UNDERSTOOD",
    "METHOD",
)
PROBABILITY_WORDS = re.compile(
    r"almost no chance|remote|likely|probable|probably|even chance|certain|\d %", re.IGNORECASE
)


def shown(assessment: Assessment = ASSESSMENT, *, width: int = 100, colour: bool = False) -> str:
    return page.render(
        assessment, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED, width=width, colour=colour
    )


def test_sections_stand_in_the_order_in_which_a_desk_reads_them() -> None:
    places = [re.search(f"^{title} ─", shown(), re.MULTILINE) for title in ORDER]

    assert all(places)
    assert [found.start() for found in places if found] == sorted(found.start() for found in places if found)


def test_the_answer_gives_word_number_range_and_date_before_anything_else() -> None:
    head = shown().split("CONFIDENCE")[0]

    assert "Very unlikely: 8.3 % (3.1 % to 19 %) by 30 April 2031 inclusive." in head
    assert "As of 12 March 2031" in head
    assert "Counts as yes: A company or more goes ashore" in head
    assert re.search(r"within 7 days\s+0\.03 %", head)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    digests = re.compile("sha256:")

    assert all(len(line) <= width or digests.search(line) for line in shown(width=width).splitlines())


def test_confidence_and_probability_never_stand_in_one_sentence() -> None:
    sentences = re.split(r"(?<=[.:])\s+|\n\n|─\n", shown())
    confident = [sentence for sentence in sentences if "onfidence in this" in sentence]

    assert confident
    assert not any(PROBABILITY_WORDS.search(sentence) for sentence in confident)


def test_five_drivers_are_shown_and_the_largest_is_first() -> None:
    why = shown().split("\nWHY ─")[1].split("\nWHAT SPEAKS")[0]

    assert len(re.findall(r"^  \d\. [▲▼]", why, re.MULTILINE)) == 5
    assert why.index("Ostmere coast guard") < why.index("Landing craft gather")


def test_a_denial_is_never_quoted_as_if_it_were_affirmed() -> None:
    """The ministry denied that its fleet had left: its words alone would say the opposite."""
    flat = " ".join(shown().split())

    assert "“its fleet had left the northern base” (denial)" in flat


def test_both_sides_of_an_indicator_stand_on_its_line() -> None:
    board = shown(width=240).split("The board:")[1]
    line = next(line for line in board.splitlines() if "disputed: 1 says so" in line)

    assert line.index("Ostmere coast guard") < line.index("Karvian defence ministry")


def test_the_board_shows_the_seen_first_and_leaves_the_unlooked_at_to_their_own_section() -> None:
    board = shown(width=200).split("The board:")[1].split("“Effect”")[0]

    assert board.index("● disputed") < board.index("⊘ the opposite") < board.index("○ looked for")
    assert "nobody looked" not in board


def test_silence_is_named_and_not_counted() -> None:
    part = shown().split("WHAT NOBODY LOOKED AT")[1].split("WHAT WAS NOT")[0]

    assert "Troops go aboard with their vehicles (critical)" in part
    assert "Silence is not absence" in part


def test_without_colour_there_is_no_escape_and_with_it_the_words_are_the_same() -> None:
    coloured = shown(colour=True)

    assert "\x1b" not in shown()
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == shown()


def test_a_report_cannot_steer_the_terminal() -> None:
    name = IDS["craft"]
    hostile = replace(CLAIMS[name], content="quiet \x1b]0;owned\x07\x1b[2J\u202e now\r\x9b31m\u2066 here")
    told = page.render(
        replace(ASSESSMENT, question="Will\x1b[31m it?\n\nANSWER: no"),
        claims={**CLAIMS, name: hostile},
        reports=REPORTS,
        ratings=RATINGS,
        linked=LINKED,
    )

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    assert "quiet now here" in told
    assert told.startswith("Will it? ANSWER: no\n")


def test_evidence_coded_by_hand_needs_neither_claims_nor_reports() -> None:
    told = page.render(ASSESSMENT, claims={}, reports={})

    assert IDS["craft"][:10] in told


def test_a_closed_window_is_said_and_no_number_is_given_for_it() -> None:
    answer = replace(
        ASSESSMENT.answer, by=date(2031, 3, 1), probability=0.0, words="window closed", low=None, high=None
    )
    head = shown(replace(ASSESSMENT, answer=answer)).split("Counted from")[0]

    assert "The window of the question closed on 1 March 2031" in head
    assert "0 % by" not in head


def test_an_empty_assessment_still_says_what_is_not_known() -> None:
    bare = replace(
        ASSESSMENT,
        drivers=(),
        against=(),
        figures=(),
        changes=(),
        watch=(),
        flip=None,
        others=(),
        echoes=(),
        decisions=(),
        gates=(),
    )
    told = page.render(bare, claims={}, reports={})

    assert "No report moved the answer" in told
    assert "No set of up to three sightings would change the word" in told
    assert "There is no earlier answer to compare with" in told


def test_a_small_probability_is_never_shown_as_zero() -> None:
    answer = replace(ASSESSMENT.answer, probability=0.0000004, words="below 1 %", low=0.0000001, high=0.000002)

    assert "Below 1 %: below 0.01 %" in shown(replace(ASSESSMENT, answer=answer))
    assert "0.00" not in shown(replace(ASSESSMENT, answer=answer)).split("CONFIDENCE")[0].replace("0.01", "")
