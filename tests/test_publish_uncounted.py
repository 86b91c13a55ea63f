"""What was read and does not count is said, with the reason, wherever a reader looks for it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.desk.signing import recorded
from tocsin.model.assessment import Assessment, RecordedOutcome, Status
from tocsin.model.evidence import Linked, Says
from tocsin.model.outcome import Outcome
from tocsin.publish import brief, glance, listing, page, tables, uncounted, why
from tocsin.publish.case import Case

NONE_LINKED = Linked(
    evidence=(),
    readings=(),
    others=(),
    set_aside=(
        (IDS["craft"], "embarkation: another place (Kosti) (“aboard”)"),
        (IDS["sheds"], "figure troops-at-port-sel: an arrival or departure, not a level (“about 4,000”)"),
    ),
    unlinked=6,
)
SILENT = replace(
    ASSESSMENT,
    indicators=tuple(
        replace(line, status=Status.NOT_COVERED, claims=(), since=None, last_look=None, log_odds=0.0)
        for line in ASSESSMENT.indicators
    ),
    figures=tuple(replace(f, readings=(), median=None, low=None, high=None, density=()) for f in ASSESSMENT.figures),
    unreviewed=replace(ASSESSMENT.unreviewed, claims=0, could_change_the_word=0),
)
UNGRADED = replace(LINKED, evidence=tuple(replace(item, knows=None) for item in LINKED.evidence))


def told(assessment: Assessment = SILENT, linked: Linked = NONE_LINKED) -> str:
    text = page.render(assessment, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=linked)
    return " ".join(text.split())


def test_a_desk_on_which_nothing_counts_says_so_above_the_answer_and_what_to_do_next() -> None:
    head = told().split("THE ANSWER")[0]

    assert "None of 8 claims counts: 2 set aside (place 1, no level 1), 6 match no watch phrase." in head
    assert "Next: tocsin claims DESK --set-aside or --unlinked" in head
    assert "None of 8" not in told(ASSESSMENT, LINKED)


def test_nothing_is_called_reviewed_where_the_answer_rests_on_no_claim() -> None:
    reviewed = replace(ASSESSMENT, unreviewed=SILENT.unreviewed)

    assert "The answer rests on no claim" in told()
    assert "was reviewed" not in told()
    assert "Every claim that the answer rests on was reviewed." in told(reviewed, LINKED)


def test_the_brief_says_the_same_before_its_headline() -> None:
    html = brief.render(SILENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=NONE_LINKED)

    assert html.index('class="notice">None of 8') < html.index('class="verdict"')


def test_a_number_that_was_set_aside_is_listed_with_its_reason_in_page_table_and_reasons() -> None:
    reason = "an arrival or departure, not a level (“about 4,000”)"
    rows = json.loads(tables.render(listing.figures(SILENT, NONE_LINKED, CLAIMS.values()), form="json"))
    asked = why.render(
        SILENT, "troops-at-port-sel", claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=NONE_LINKED
    )

    assert "no report gives a number that counts" in told()
    assert reason in told()
    assert [(row["low"], row["why"]) for row in rows if row["role"] == "set_aside"] == [(4000, reason)]
    assert "Matched, but set aside:" in asked
    assert reason in " ".join(asked.split())
    assert "how many came or went does not tell how many are there" in " ".join(asked.split())


def test_why_lists_what_matched_an_indicator_and_was_set_aside() -> None:
    asked = why.render(SILENT, "embarkation", claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=NONE_LINKED)

    assert "– nothing that counts (1 set aside)" in asked
    assert "nobody looked" not in asked
    assert "another place (Kosti)" in asked


def test_the_board_keeps_its_statuses_and_words_what_is_there() -> None:
    rows = {row["id"]: row for row in json.loads(tables.render(listing.board(SILENT, NONE_LINKED), form="json"))}

    assert rows["embarkation"]["status"] == "not_covered"
    assert rows["embarkation"]["state"] == "– nothing that counts (1 set aside)"
    assert rows["minesweepers"]["state"] == "– nobody looked"


def test_an_indicator_on_which_sources_differ_is_called_disputed() -> None:
    [row, *_] = json.loads(tables.render(listing.board(ASSESSMENT, LINKED), form="json"))

    assert row["status"] == "observed"
    assert row["state"].startswith("● disputed: 1 says so, 1 denies; newest: ")


def test_claims_of_ungraded_sources_are_said_to_weigh_nothing() -> None:
    case = Case(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=UNGRADED)

    assert "2 claims on landing-craft weigh nothing: their sources are not graded." in told(ASSESSMENT, UNGRADED)
    assert uncounted.state(case, ASSESSMENT.indicators[0]) == ("●", "observed, only by sources that are not graded")


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"unlinked": True}, 6), ({"set_aside": True}, 2), ({"target": "embarkation"}, 1), ({}, 8)],
)
def test_the_claims_that_count_for_nothing_can_be_asked_for_alone(asked: dict[str, bool], found: int) -> None:
    target = "embarkation" if "target" in asked else None
    only = listing.chosen(
        NONE_LINKED,
        CLAIMS.values(),
        unlinked=asked.get("unlinked", False),
        set_aside=asked.get("set_aside", False),
        target=target,
    )

    assert len(only) == found


def test_a_reason_is_never_cut_in_the_list_of_claims() -> None:
    long = f"embarkation: {'another place, and more besides ' * 6}at its very end"
    linked = replace(NONE_LINKED, set_aside=((IDS["craft"], long),))
    text = tables.render(listing.claims(CLAIMS.values(), REPORTS, RATINGS, linked))

    assert "at its very end" in " ".join(text.split())


def test_a_recorded_onset_stands_above_the_answer() -> None:
    known = RecordedOutcome(
        onset=date(2031, 3, 11),
        through=date(2031, 3, 12),
        scenario=None,
        by="A",
        at=datetime.combine(date(2031, 3, 12), time()),
    )

    assert "Recorded: it began on 11 March 2031 (A)." in told(replace(ASSESSMENT, outcome=known)).split("THE ANSWER")[0]


@pytest.mark.parametrize(
    ("as_of", "known_by", "shown"),
    [
        (date(2031, 3, 11), None, True),
        (date(2031, 3, 10), None, False),
        (date(2031, 3, 12), date(2031, 3, 12), False),
        (date(2031, 3, 12), date(2031, 3, 13), True),
    ],
)
def test_an_outcome_is_known_from_its_day_and_from_its_record_on(
    as_of: date, known_by: date | None, *, shown: bool
) -> None:
    made = Outcome(
        problem="p",
        onset=date(2031, 3, 11),
        through=date(2031, 3, 13),
        scenario=None,
        rule="",
        by="A",
        why="seen",
        at=datetime.combine(date(2031, 3, 13), time()),
    )

    assert (recorded([made], as_of=as_of, known_by=known_by) is not None) is shown


def test_the_answer_at_a_glance_is_short_and_in_the_order_of_the_page() -> None:
    text = glance.render(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)
    titles = ("THE ANSWER", "CONFIDENCE", "HOW SOON", "WHAT MOVED IT MOST", "WHAT TO WATCH")

    assert len(text.splitlines()) < 60
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)
    assert "  4. " not in text


def test_near_misses_stand_in_the_reasons_and_on_the_page_where_nobody_looked() -> None:
    linked = replace(NONE_LINKED, near=((IDS["tents"], "embarkation: troops aboard"),))
    reasons = why.render(
        SILENT, "embarkation", claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=linked, width=400
    )

    assert "Near misses: all words of a phrase, too far apart or in another form:" in reasons
    assert "“troops aboard”" in reasons
    assert "near miss: " in told(linked=linked)
    assert "all words of “troops aboard”" in told(linked=linked)
    assert "near miss" not in told().casefold()


def on_craft(*said: tuple[Says, int, str]) -> str:
    """The state of one indicator on which sources said this of these days of March."""
    names = ("craft", "fleet", "field", "mines")
    items = tuple(
        replace(LINKED.evidence[0], id=name, claim=IDS[name], says=says, about=date(2031, 3, day), source=source)
        for name, (says, day, source) in zip(names, said, strict=False)
    )
    board = (replace(ASSESSMENT.indicators[0], claims=tuple(item.claim or "" for item in items)),)
    case = Case(
        replace(ASSESSMENT, indicators=board),
        claims=CLAIMS,
        reports=REPORTS,
        ratings=RATINGS,
        linked=replace(LINKED, evidence=items),
    )
    return uncounted.state(case, board[0])[1].replace("\N{NO-BREAK SPACE}", " ")


NO, YES = Says.ABSENT, Says.PRESENT


def test_what_was_said_of_other_days_is_a_change_and_no_dispute() -> None:
    told = on_craft((NO, 3, "a"), (YES, 6, "b"), (YES, 7, "b"), (NO, 10, "a"))

    assert told == "changed: not seen 3 Mar 2031, seen 6 Mar 2031 to 7 Mar 2031, not seen 10 Mar 2031"


@pytest.mark.parametrize("day", [6, 7])
def test_two_sources_that_contradict_each_other_of_one_day_or_the_next_are_in_dispute(day: int) -> None:
    assert on_craft((YES, 6, "b"), (NO, day, "a")) == "disputed: 1 says so, 1 denies; newest: not seen"
    assert on_craft((YES, 6, "b"), (NO, day, "b")).startswith("changed: ")


def test_an_old_dispute_that_later_words_have_left_behind_is_a_change() -> None:
    assert on_craft((YES, 3, "a"), (NO, 3, "b"), (YES, 9, "b")).startswith("changed: ")


def test_a_denial_by_those_it_is_about_is_no_look() -> None:
    line = replace(ASSESSMENT.indicators[2], own_word=True)
    case = Case(ASSESSMENT, claims=CLAIMS, reports=REPORTS, ratings=RATINGS, linked=LINKED)

    assert uncounted.state(case, line) == ("○", "denied by those whom it is about, and nobody else looked")
    assert uncounted.state(case, replace(line, own_word=False)) == ("○", "looked for, not seen")
