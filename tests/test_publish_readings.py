from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.publishing import ASSESSMENT, IDS, LINKED

from tocsin.model.assessment import ReadingShown
from tocsin.model.claim import Bound
from tocsin.model.evidence import Linked, Reading
from tocsin.publish.case import Case
from tocsin.publish.readings import told_once

SHEDS, DRILL, TENTS = ASSESSMENT.figures[0].readings


def told(*readings: ReadingShown, linked: Linked = LINKED) -> list[tuple[str | None, tuple[str, ...], str]]:
    case = Case(ASSESSMENT, claims={}, reports={}, ratings={}, linked=linked)
    return [(one.reading.claim, one.again, one.taken) for one in told_once(case, readings)]


def reading(shown: ReadingShown, *, echo_of: str | None = None) -> Reading:
    return Reading(
        id=f"{shown.claim}:r",
        figure="troops",
        low=shown.low,
        high=shown.high,
        bound=Bound(shown.bound),
        of=shown.of,
        about=shown.about,
        source=shown.source,
        knows=0.5,
        claim=shown.claim,
        echo_of=echo_of,
    )


def test_the_same_number_of_the_same_origin_stands_once_with_what_told_it_again() -> None:
    again = replace(SHEDS, claim=IDS["craft"], about=SHEDS.about + timedelta(days=1))

    assert told(again, DRILL, replace(SHEDS, pooled=False)) == [
        (IDS["sheds"], (IDS["craft"],), "holding"),
        (IDS["drill"], (), "holding"),
    ]


def test_an_echo_stands_with_the_reading_it_repeats() -> None:
    copy = replace(SHEDS, claim=IDS["craft"], source="a-copyist")
    linked = replace(LINKED, readings=(reading(SHEDS), reading(copy, echo_of=f"{SHEDS.claim}:r")))

    assert told(copy, SHEDS, linked=linked) == [(IDS["sheds"], (IDS["craft"],), "holding")]
    assert len(told(copy, SHEDS)) == 2


def test_other_numbers_parts_of_sums_and_withheld_readings_stand_by_themselves() -> None:
    parts = [replace(SHEDS, claim=name, group="sum") for name in (IDS["craft"], IDS["field"])]
    hidden = [replace(SHEDS, claim=name, low=None, high=None) for name in (IDS["craft"], IDS["field"])]

    assert len(told(SHEDS, replace(SHEDS, low=5000.0), *parts, *hidden)) == 6


def test_a_reading_that_a_later_one_replaced_says_that_it_was_not_pooled() -> None:
    assert told(replace(SHEDS, pooled=False)) == [(IDS["sheds"], (), "holding, not pooled")]
