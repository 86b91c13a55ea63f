from dataclasses import replace
from datetime import timedelta

import pytest
from tests.answering import AS_OF, PROBLEM, item

from tocsin.infer.board import Looked, board, line, origins
from tocsin.model.assessment import Status
from tocsin.model.deception import Deception, Story
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import WarningProblem, Watch


def test_nobody_looked_is_a_state_of_its_own() -> None:
    assert {found.status for found in board(PROBLEM, ()).values()} == {Status.NOT_COVERED}


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        ([item("a", "x", Says.PRESENT, ago=1), item("b", "x", Says.ABSENT, ago=5)], Status.OBSERVED),
        ([item("a", "x", Says.PRESENT, ago=5), item("b", "x", Says.ABSENT, ago=1)], Status.NOT_SEEN),
        ([item("a", "x", Says.PRESENT, ago=5), item("b", "x", Says.ABSENT, ago=1, counter=True)], Status.COUNTER),
        ([item("a", "x", Says.AMBIGUOUS)], Status.AMBIGUOUS),
        ([item("a", "x", Says.ABSENT, ago=5), item("b", "x", Says.AMBIGUOUS, ago=1)], Status.NOT_SEEN),
        ([item("a", "x", Says.ABSENT, ago=5), item("b", "x", Says.PRESENT, ago=1, knows=None)], Status.NOT_SEEN),
        ([item("b", "x", Says.PRESENT, knows=None)], Status.OBSERVED),
    ],
)
def test_the_latest_word_that_weighs_gives_the_status(evidence: list[Evidence], status: Status) -> None:
    assert line(evidence).status is status
    assert line(evidence[::-1]).status is status


def test_a_denial_does_not_undo_what_it_could_not_have_noticed_yet() -> None:
    seen = item("a", "x", Says.PRESENT, ago=2)
    for denial, status in (
        (item("b", "x", Says.ABSENT, ago=1), Status.OBSERVED),
        (item("b", "x", Says.ABSENT, ago=1, counter=True), Status.COUNTER),
        (item("b", "x", Says.ABSENT, ago=1, source=seen.source), Status.NOT_SEEN),
    ):
        assert line([seen, denial], noticed_within=7.0).status is status
    assert line([seen, item("b", "x", Says.ABSENT, ago=1)], noticed_within=7.0).since == seen.about
    old = item("a", "x", Says.PRESENT, ago=9)
    assert line([old, item("b", "x", Says.ABSENT, ago=1)], noticed_within=7.0).status is Status.NOT_SEEN


def test_a_run_of_sightings_begins_after_the_last_denial() -> None:
    found = line(
        [
            item("a", "x", Says.PRESENT, ago=9),
            item("b", "x", Says.ABSENT, ago=7),
            item("c", "x", Says.PRESENT, ago=5),
            item("d", "x", Says.PRESENT, ago=2),
        ]
    )
    assert found.since == AS_OF - timedelta(days=5)
    assert found.last_look == AS_OF - timedelta(days=2)


def test_an_echo_has_the_origin_of_what_it_repeats_and_a_circle_ends() -> None:
    chain = [
        item("a", "x", Says.PRESENT, source="agency"),
        item("b", "x", Says.PRESENT, source="paper", echo_of="a"),
        item("c", "x", Says.PRESENT, source="blog", echo_of="b"),
    ]
    assert set(origins(chain).values()) == {"agency"}
    circle = [item("a", "x", Says.PRESENT, echo_of="b"), item("b", "x", Says.PRESENT, echo_of="a")]
    assert len(origins(circle)) == 2


def watched(who: str) -> WarningProblem:
    """The problem with one indicator that watches somebody's doing."""
    first, *rest = PROBLEM.indicators
    return replace(PROBLEM, indicators=(replace(first, watch=Watch(who=(who,))), *rest))


@pytest.mark.parametrize(
    ("who", "party", "own"),
    [
        ("Karvian forces", "Karvia", True),
        ("Front 23", "Alliance/Front 23", True),
        ("Karvian forces", "Ostmere", False),
        ("Karvian forces", None, False),
    ],
)
def test_a_party_that_denies_its_own_doing_has_not_looked(who: str, party: str | None, *, own: bool) -> None:
    asked = watched(who)
    key = asked.indicators[0].id
    denial = replace(item("a", key, Says.ABSENT), party=party)
    found = board(asked, [denial])[key]

    assert (found.own_word, found.covered) == (own, not own)
    assert found.status is Status.NOT_SEEN


def test_anybody_else_who_looked_makes_it_a_look_again() -> None:
    asked = watched("Karvian forces")
    key = asked.indicators[0].id
    denial = replace(item("a", key, Says.ABSENT), party="Karvia")
    day = AS_OF - timedelta(days=3)

    for found in (
        board(asked, [denial, item("b", key, Says.ABSENT)])[key],
        board(asked, [denial, replace(item("c", key, Says.PRESENT), party="Karvia")])[key],
        board(asked, [denial], looked={key: Looked(last=day, good=day)})[key],
    ):
        assert found.covered
        assert not found.own_word


def test_a_denial_by_one_who_may_be_deceiving_is_no_look_either() -> None:
    stories = (Story(id="none", prior=0.7), Story(id="hide", prior=0.3, event=0.1, otherwise=0.9))
    deceiving = replace(PROBLEM, deception=(Deception(id="d", stories=stories, suspects={"spokesman": 0.25}),))
    key = PROBLEM.indicators[0].id
    denial = item("a", key, Says.ABSENT, source="spokesman")

    assert board(deceiving, [denial])[key].own_word
    assert not board(PROBLEM, [denial])[key].own_word


def test_a_partys_later_denial_of_its_own_doing_does_not_undo_what_others_saw() -> None:
    asked = watched("Karvian forces")
    key = asked.indicators[0].id
    seen = replace(item("a", key, Says.PRESENT, source="watcher"), about=AS_OF - timedelta(days=30))
    denial = replace(item("b", key, Says.ABSENT, source="spokesman"), about=AS_OF, party="Karvia")
    own = replace(seen, id="c", source="spokesman", party="Karvia")

    assert board(asked, [seen, denial])[key].status is Status.OBSERVED
    assert board(asked, [seen, replace(denial, party=None)])[key].status is Status.NOT_SEEN
    assert board(asked, [own, denial])[key].status is Status.NOT_SEEN
