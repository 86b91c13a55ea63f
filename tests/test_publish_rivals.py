"""How rival accounts, actors and decisions are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.publishing import ASSESSMENT, CLAIMS, RATINGS, REPORTS

from tocsin.errors import UsageError
from tocsin.model.actors import ActorShown, ActorsResult, GateLink, Without, WithoutSeveral
from tocsin.model.assessment import Assessment, DecisionResult, GateResult
from tocsin.model.explanations import AccountResult, ExplanationResult, ObservationResult
from tocsin.publish import brief, page, why
from tocsin.publish.case import Case
from tocsin.publish.rivals import actors, explanations
from tocsin.publish.sections import sections
from tocsin.publish.words import NBSP

EVIL = "<script>alert(1)</script>"

EVENT = ExplanationResult(
    event="lights",
    statement="The lights went out",
    accounts=(
        AccountResult(
            id="fault",
            statement="A cable failed",
            probability=0.88,
            prior=0.9,
            with_reports=0.87,
            answer_if_true=0.02,
            odds={},
        ),
        AccountResult(
            id="test",
            statement="It was rehearsed",
            probability=0.12,
            prior=0.1,
            with_reports=0.13,
            answer_if_true=0.06,
            odds={"landing": 3.0},
        ),
    ),
    observations=(
        ObservationResult(id="dark", statement="Only the port was dark", ratio=1.25, favours="test"),
        ObservationResult(id="cold", statement="It was cold", ratio=1.0, favours=None),
    ),
    ratio=1.25,
    separates=False,
)

SETTLED = ActorsResult(
    question="How far does the ally go?",
    nought="not at all",
    hundred="all the way",
    mean=41.3,
    low=3,
    high=92,
    likely=(8, 71),
    mean_low=33.2,
    mean_high=50.1,
    actors=(
        ActorShown(id="king", name="the king", position=20, capability=80, salience=60, share=0.6, needed=71.0),
        ActorShown(id="guard", name="the guard", position=70, capability=50, salience=50, share=0.4, needed=None),
        ActorShown(id="heir", name="the heir", position=0, capability=50, salience=50, share=0.0),
    ),
    without=(Without(actor="king", mean=70.0), Without(actor="guard", mean=20.0)),
    without_several=(WithoutSeveral(actors=("king", "heir"), mean=70.0),),
    pivotal="king",
    heaviest="king",
    target=60.0,
    gate=GateLink(id="g", probability=0.2, low=0.1, high=0.35, declared=0.1, even_at=60, width=8),
    caution="A weak instrument.",
)

DECISION = DecisionResult(
    who="the harbour",
    what="move the ferries",
    alarm=0.1,
    takes_days=4,
    above=False,
    latest=date(2031, 3, 20),
    earliest=date(2031, 3, 24),
    latest_by_leads=date(2031, 3, 10),
    too_late=0.004,
    reached=date(2031, 4, 2),
    derived=True,
    false_alarm=1.0,
    miss=9.0,
)


def shown(assessment: Assessment) -> str:
    text = page.render(assessment, claims=CLAIMS, reports=REPORTS, ratings=RATINGS)
    return " ".join(text.replace(NBSP, " ").split())


def html(assessment: Assessment) -> str:
    return brief.render(assessment, claims=CLAIMS, reports=REPORTS, ratings=RATINGS)


def test_what_is_not_declared_is_not_mentioned() -> None:
    case = Case(ASSESSMENT, claims=CLAIMS, reports=REPORTS)
    keys = {section.key for section in sections(case)}
    assert not keys & {"explanations", "actors"}
    assert explanations(case).blocks == actors(case).blocks == ()


def test_accounts_that_are_not_told_apart_are_said_to_be_so() -> None:
    text = shown(replace(ASSESSMENT, explanations=(EVENT,)))
    assert "What was observed does not separate them: 1.2 to 1 at most" in text
    assert "It was cold. It is as probable under every account." in text
    assert "It was rehearsed: landing ×3" in text
    told = shown(replace(ASSESSMENT, explanations=(replace(EVENT, ratio=12.5, separates=True),)))
    assert "What was observed separates them, by 12.5 to 1 at most." in told


def test_effects_are_left_out_where_no_account_changes_anything() -> None:
    inert = replace(EVENT, accounts=tuple(replace(account, odds={}) for account in EVENT.accounts))
    assert "answer if true" in shown(replace(ASSESSMENT, explanations=(EVENT,)))
    assert "answer if true" not in shown(replace(ASSESSMENT, explanations=(inert,)))


def test_the_actors_part_says_that_it_is_weak_and_who_matters() -> None:
    text = shown(replace(ASSESSMENT, actors=SETTLED))
    assert "A weak instrument." in text
    assert "It hangs on the king" in text
    assert "the heir (no say now)" in text
    assert "Without the king and the heir: 70." in text
    assert "20 % (10 % to 35 %), where the file by itself says 10 %" in text
    assert "No gate is linked" in shown(replace(ASSESSMENT, actors=replace(SETTLED, gate=None)))


def test_a_decision_tells_its_costs_its_days_and_the_chance_of_being_too_late() -> None:
    text = shown(replace(ASSESSMENT, decisions=(DECISION,)))
    for part in (
        "It can wait until 20 March 2031",
        "Acting in vain is held to cost 1, not acting in time 9: the line follows from that.",
        "On the curve the line is reached by 2 April 2031.",
        "it would come too late with a chance of 0.4 %",
        "there was time until 10 March 2031",
    ):
        assert part in text


def test_why_answers_for_an_event_for_the_actors_and_for_one_of_them() -> None:
    asked = replace(ASSESSMENT, explanations=(EVENT,), actors=SETTLED)

    def told(thing: str) -> str:
        return " ".join(why.render(asked, thing, claims=CLAIMS, reports=REPORTS).replace(NBSP, " ").split())

    assert "does not separate them" in told("lights")
    assert "It hangs on the king" in told("actors")
    assert "Without it the weight would lie at 70, not at 41" in told("king")
    assert "No place of its own on the line" in told("guard")
    assert "the heir has no say on this day" in told("heir")
    with pytest.raises(UsageError, match=r"events: lights; actors: king, guard, heir"):
        told("nobody-of-that-name")


def test_why_of_a_linked_gate_names_where_its_prior_comes_from() -> None:
    gate = GateResult(id="g", statement="The ally joins", probability=0.2, prior=0.2)
    asked = replace(ASSESSMENT, gates=(gate,), actors=SETTLED)
    text = why.render(asked, "g", claims=CLAIMS, reports=REPORTS).replace(NBSP, " ")
    assert "where the actors would settle: 20 %; the file by itself says 10 %" in " ".join(text.split())


def test_names_from_the_file_cannot_run_in_a_browser() -> None:
    event = replace(
        EVENT,
        statement=EVIL,
        accounts=tuple(replace(account, statement=EVIL, odds={EVIL: 2.0}) for account in EVENT.accounts),
        observations=(ObservationResult(id="o", statement=EVIL, ratio=2.0, favours="test"),),
    )
    names = replace(
        SETTLED,
        question=EVIL,
        nought=EVIL,
        hundred=EVIL,
        actors=tuple(replace(actor, name=EVIL) for actor in SETTLED.actors),
    )
    assert "<script" not in html(replace(ASSESSMENT, explanations=(event,), actors=names))


def test_a_line_that_the_curve_reaches_after_the_question_has_ended_is_not_dated() -> None:
    late = replace(DECISION, reached=ASSESSMENT.answer.by + timedelta(days=1))
    text = shown(replace(ASSESSMENT, decisions=(late,)))

    assert "not reached within the days of the question" in text
    assert "the line is reached by" not in text
