"""The last day of a question is read out of the question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.cli import cli
from tocsin.desk.start import new
from tocsin.problem import end_of, load_problem

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("Will the bridge close before the end of January 2027?", date(2027, 1, 31)),
        ("Will the bridge close by the end of 2027?", date(2027, 12, 31)),
        ("Will the bridge close by 15 February 2027?", date(2027, 2, 15)),
        ("Will the bridge close on or before 15 February 2027?", date(2027, 2, 15)),
        ("Will the bridge close before February 15, 2027?", date(2027, 2, 14)),
        ("Will the bridge close before 2028?", date(2027, 12, 31)),
        ("Will the bridge close in March?", date(2027, 3, 31)),
        ("Will the bridge close before March?", date(2027, 2, 28)),
        ("Will the bridge close by 2027-06-30?", date(2027, 6, 30)),
        ("Will the bridge close by mid-year?", None),
        ("Will the bridge close?", None),
        ("Will the ceasefire of 12 October 2026 hold?", None),
        ("Will those who came in 2024 leave?", None),
        ("Will the bridge close by 31 February 2027?", None),
        ("Will it come by 15 December or by 15 January 2027?", date(2027, 1, 15)),
        ("Will it come by 2999?", None),
        ("Will the bridge close in December?", date(2026, 12, 31)),
        ("Will the bridge close by Nov. 30?", date(2026, 11, 30)),
    ],
)
def test_the_last_day_that_a_question_names_is_taken(question: str, last: date | None) -> None:
    assert end_of(question, opened=TODAY) == last


def test_a_new_desk_takes_the_day_of_its_question_and_calls_any_other_a_guess(tmp_path: Path) -> None:
    named = new(tmp_path / "a", today=TODAY, ident="bridge", question="Will it close before the end of May 2027?")
    guessed = new(tmp_path / "b", today=TODAY, ident="bridge", question="Will it close?")
    told = CliRunner().invoke(cli, ["new", str(tmp_path / "c"), "--id", "x", "--question", "Will it close?"])

    assert (load_problem(named.files[0]).by, named.named) == (date(2027, 5, 31), True)
    assert (load_problem(guessed.files[0]).by, guessed.named) == (date(2027, 2, 27), False)
    assert "a guess, for the question names no last day" in told.stderr
