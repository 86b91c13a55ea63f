"""Stories of deception and logged looks: what they may do to an answer, and what never."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.test_infer_core import OPENED, PLAIN, as_of, indicator, item, pairs, problem, scenario

from tocsin.errors import ProbabilityError
from tocsin.infer import core
from tocsin.infer.assess import assess_evidence
from tocsin.model.deception import Deception, Story
from tocsin.model.evidence import Evidence, Says
from tocsin.model.look import Look
from tocsin.model.problem import WarningProblem

STORIES = (
    Story(id="none", prior=0.70),
    Story(id="hide", prior=0.15, event=0.1, otherwise=0.9),
    Story(id="loud", prior=0.10, event=0.9, otherwise=0.9),
    Story(id="quiet", prior=0.05, event=0.1, otherwise=0.1),
)
SUSPECT = Deception(id="north", suspects={"gazette": 0.25}, stories=STORIES)
WATCHED = problem(indicators=(indicator(lead=pairs((3, 0.3), (10, 0.4), (25, 0.3))),))


def told(made: WarningProblem, evidence: list[Evidence], past: int = 12) -> core.Posterior:
    return core.posterior(core.prepare(made, as_of=as_of(past)), evidence)


def stories(made: WarningProblem, evidence: list[Evidence]) -> dict[str, float]:
    prepared = core.prepare(made, as_of=as_of(12))
    return prepared.stories.of_party(core.posterior(prepared, evidence).stories, 0)


SAID = [item(f"g{d}", Says.ABSENT, d, source="gazette") for d in (2, 5, 8)] + [item("o", Says.PRESENT, 8)]


def test_a_party_that_reaches_nothing_that_was_said_changes_no_digit() -> None:
    far = replace(SUSPECT, suspects={"radio": 0.25})

    for party in (far, replace(SUSPECT, suspects={"gazette": 0.0}), replace(SUSPECT, indicators=("calls",))):
        found = told(replace(WATCHED, deception=(party,)), SAID)

        assert found.event_within(30) == pytest.approx(told(WATCHED, SAID).event_within(30), abs=1e-14)
        assert found.stories.tolist() == pytest.approx([0.70, 0.15, 0.10, 0.05], abs=1e-12)


def test_where_nobody_deceives_the_answer_is_that_without_the_model() -> None:
    made = replace(WATCHED, deception=(SUSPECT,))
    prepared = core.prepare(made, as_of=as_of(12))

    honest = core.combine(prepared, core.terms(prepared, SAID), honest=True)

    assert np.allclose(honest.joint, told(WATCHED, SAID).joint, atol=1e-14)
    assert honest.log_evidence == pytest.approx(told(WATCHED, SAID).log_evidence, abs=1e-12)


def test_a_denial_by_a_suspect_says_less_than_the_same_by_another() -> None:
    made = replace(WATCHED, deception=(SUSPECT,))
    quiet = told(made, [])

    suspect = told(made, [item("d", Says.ABSENT, 8, source="gazette")]).log_odds_within(30)
    other = told(made, [item("d", Says.ABSENT, 8, source="radio")]).log_odds_within(30)

    assert other < suspect < quiet.log_odds_within(30)


def test_denials_against_better_evidence_make_hiding_more_likely_and_loudness_less() -> None:
    telling = indicator(false_starts=0.0, lead=pairs((3, 0.3), (10, 0.4), (25, 0.3)))
    made = replace(WATCHED, indicators=(telling,), deception=(SUSPECT,))
    seen = [item(f"o{k}", Says.PRESENT, 6, knows=0.9, copy=0.0) for k in range(4)]
    denied = [item(f"g{d}", Says.ABSENT, d, source="gazette", copy=0.0) for d in (7, 8, 9)]

    found = stories(made, seen + denied)

    assert found["hide"] > 0.15
    assert found["quiet"] > 0.05
    assert found["loud"] < 0.10
    assert sum(found.values()) == pytest.approx(1, abs=1e-12)


def test_an_own_story_may_speak_differently_under_each_scenario() -> None:
    two = problem(
        scenarios=(scenario(), scenario("feint", prior=0.2, event=False)),
        indicators=(indicator(seen={"attack": 0.9, "feint": 0.9}),),
    )
    show = Story(id="show", prior=0.5, event=0.0, otherwise=0.0, present={"feint": 1.0})
    party = replace(SUSPECT, stories=(Story(id="none", prior=0.5), show), suspects={"gazette": 0.9})
    shouted = [item(f"g{d}", Says.PRESENT, d, source="gazette") for d in range(4)]

    found = told(replace(two, deception=(party,)), shouted, past=5)

    assert found.p_scenario["feint"] > 3 * found.p_scenario["attack"]


def test_the_order_of_parties_and_stories_does_not_matter() -> None:
    other = replace(SUSPECT, id="south", suspects={"o": 0.3}, stories=STORIES[::-1])
    one, two = (told(replace(WATCHED, deception=parties), SAID) for parties in ((SUSPECT, other), (other, SUSPECT)))

    assert np.allclose(one.joint, two.joint, atol=1e-14)
    assert one.stories[0] == pytest.approx(two.stories[0], abs=1e-14)


def test_too_many_parties_and_stories_without_none_are_errors() -> None:
    crowd = tuple(replace(SUSPECT, id=f"p{k}", suspects={f"s{k}": 0.2}) for k in range(4))
    sure = replace(SUSPECT, stories=(Story(id="hide", prior=1.0, event=0.1, otherwise=0.9),))
    greedy = (replace(SUSPECT, suspects={"gazette": 0.7}), replace(SUSPECT, id="b", suspects={"gazette": 0.7}))

    with pytest.raises(ProbabilityError, match="256"):
        told(replace(WATCHED, deception=crowd), [])
    with pytest.raises(ProbabilityError, match="none"):
        told(replace(WATCHED, deception=(sure,)), [])
    with pytest.raises(ProbabilityError, match="more than certainty"):
        told(replace(WATCHED, deception=greedy), SAID)


def test_the_assessment_tells_the_stories_and_a_story_alone_never_changes_the_word() -> None:
    sure = replace(
        SUSPECT, suspects={"gazette": 0.9}, stories=(replace(STORIES[0], prior=0.05), replace(STORIES[1], prior=0.95))
    )
    loud = [item(f"g{d}", Says.PRESENT, d, source="gazette", copy=0.0) for d in range(2, 9)]
    plain = assess_evidence(WATCHED, loud, as_of=as_of(12), version="0")

    found = assess_evidence(replace(WATCHED, deception=(sure,)), loud, as_of=as_of(12), version="0")

    assert found.deception is not None
    assert found.deception.suspects == ("gazette",)
    assert found.deception.without == pytest.approx(plain.answer.probability, abs=1e-12)
    assert found.answer.probability < plain.answer.probability / 2
    assert found.answer.words == plain.answer.words
    assert {story.id: story.prior for story in found.deception.stories} == {"none": 0.05, "hide": 0.95}
    assert found.deception.any == pytest.approx(
        sum(story.probability for story in found.deception.stories if story.id != "none")
    )
    assert plain.deception is None


# --- silence ---------------------------------------------------------------------------------------------------------


def look(first: int, last: int, *, by: str = "", coverage: float | None = None) -> Look:
    return Look(
        indicator="massing",
        first=OPENED + timedelta(days=first),
        last=OPENED + timedelta(days=last),
        by=by,
        coverage=coverage,
    )


def after(*looks: Look, noticed: float | None = None, evidence: tuple[Evidence, ...] = (), past: int = 12) -> float:
    slow = indicator(coverage=0.5, noticed_within=noticed, lead=pairs((10, 0.5), (20, 0.5)))
    made = problem(indicators=(slow,), method=PLAIN)
    return told(replace(made, looks=looks), list(evidence), past).log_odds_within(30)


def test_each_further_day_looked_at_lowers_the_answer_and_the_last_two_days_do_not_count_yet() -> None:
    assert after(look(0, 9)) < after(look(3, 6)) < after(look(3, 3)) < after()
    assert after(look(0, 11)) == after(look(0, 9))


def test_a_better_look_says_more_and_a_second_pair_of_eyes_less_than_a_second_day() -> None:
    once = after(look(5, 5, by="a"))

    assert after(look(5, 5, by="a", coverage=0.9)) < once < after(look(5, 5, by="a", coverage=0.1)) < after()
    assert after(look(5, 5, by="a"), look(5, 5, by="a")) == once
    assert after(look(5, 5, by="a"), look(5, 5, by="b")) < once
    assert after(look(5, 6, by="a"), noticed=7.0) < after(look(5, 5, by="a"), look(5, 5, by="b"), noticed=7.0)


def test_slow_noticing_makes_a_look_say_less() -> None:
    def moved(noticed: float | None) -> float:
        return after(noticed=noticed) - after(look(2, 8), noticed=noticed)

    assert 0 < moved(20.0) < moved(7.0) < moved(None)


def test_looks_after_the_first_report_say_nothing() -> None:
    said = (item("e", Says.ABSENT, 4),)

    assert after(look(0, 9), evidence=said) == after(look(0, 3), evidence=said)


def test_looks_stand_on_the_board_and_in_the_waterfall_and_not_in_the_prior() -> None:
    made = problem(indicators=(indicator(coverage=0.8),))

    plain, looked = (
        assess_evidence(replace(made, looks=looks), [], as_of=as_of(12), version="0") for looks in ((), (look(0, 9),))
    )

    assert (plain.indicators[0].status.value, looked.indicators[0].status.value) == ("not_covered", "not_seen")
    assert looked.indicators[0].last_look == OPENED + timedelta(days=9)
    assert looked.answer.prior == plain.answer.prior == plain.answer.probability
    assert looked.answer.probability < plain.answer.probability
    assert looked.waterfall is not None
    assert [step.kind for step in looked.waterfall.steps] == ["looks"]


# --- noticing and unnamed voices -------------------------------------------------------------------------------------


@pytest.mark.parametrize("noticed", [None, 3.0, 7.0, 20.0])
@pytest.mark.parametrize("leads", [((5, 0.5), (9, 0.5)), ((20, 0.5), (40, 0.5))])
@pytest.mark.parametrize("false_starts", [0.0, 0.2, 3.0, 20.0])
def test_a_later_denial_never_raises_the_answer_after_a_sighting(
    noticed: float | None, leads: tuple[tuple[int, float], ...], false_starts: float
) -> None:
    slow = indicator(lead=pairs(*leads), noticed_within=noticed, false_starts=false_starts)
    made = problem(indicators=(slow,))
    sighting = item("s", Says.PRESENT, 10, knows=0.99)
    nothing, seen = (told(made, said, past=16).log_odds_within(30) for said in ([], [sighting]))

    for day in (11, 12, 15):
        for knows in (0.9, 0.4):
            denied = told(made, [sighting, item("d", Says.ABSENT, day, knows=knows)], past=16).log_odds_within(30)

            assert seen > nothing
            assert denied <= seen + 1e-12


def test_unnamed_voices_of_one_report_weigh_at_most_half_as_much_again_as_the_best() -> None:
    made = problem(indicators=(indicator(false_starts=0.0, seen={"attack": 1.0}, lead=pairs((30, 1.0))),))

    def moved(*knows: float, report: str | None = "r", unnamed: bool = True) -> float:
        said = [
            replace(item(f"v{at}", Says.PRESENT, 4, knows=k, copy=0.0), unnamed=unnamed, report=report or f"r{at}")
            for at, k in enumerate(knows)
        ]
        odds = [told(made, found, past=5).on_now["massing"] for found in (said, [])]
        return float(np.diff([np.log(p / (1 - p)) for p in odds[::-1]])[0])

    one = moved(0.75)

    assert moved(0.75, 0.75) == pytest.approx(1.5 * one, rel=1e-9)
    assert moved(0.75, 0.75, 0.57, 0.4) == pytest.approx(1.5 * one, rel=1e-9)
    assert moved(0.75, 0.2) == pytest.approx(one + moved(0.2), rel=1e-9)
    assert moved(0.75, 0.75, unnamed=False) == pytest.approx(2 * one, rel=1e-9)
    assert moved(0.75, 0.75, report=None) == pytest.approx(2 * one, rel=1e-9)


SURE = replace(
    SUSPECT, suspects={"gazette": 0.9}, stories=(replace(STORIES[0], prior=0.05), replace(STORIES[1], prior=0.95))
)


def remarks(made: WarningProblem, evidence: list[Evidence], past: int = 12) -> dict[str, str]:
    """What is said beside the effect of each claim and source, without what the answer would be."""
    found = assess_evidence(made, evidence, as_of=as_of(past), version="0")
    return {one.id: one.text.partition("; ")[2] for one in found.drivers if one.kind in {"claim", "source"}}


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (
            Says.PRESENT,
            "told to make us think it is there, it lowers the answer; at its word it would raise it",
        ),
        (
            Says.ABSENT,
            "told to make us think it is not there, it raises the answer; at its word it would lower it",
        ),
    ],
)
def test_a_suspect_whose_word_turns_the_answer_the_other_way_is_named_with_the_reason(says: Says, told: str) -> None:
    said = remarks(replace(WATCHED, deception=(SURE,)), [item("g", says, 11, source="gazette")])

    assert said == {"g": f"said by a source that may be deceiving: {told}"}


def test_a_suspect_whose_word_keeps_its_direction_is_named_with_what_it_would_do_at_its_word() -> None:
    said = remarks(replace(WATCHED, deception=(SUSPECT,)), [item("d", Says.ABSENT, 8, source="gazette")])

    assert said["d"].startswith("said by a source that may be deceiving; at its word: odds × 0.")


def test_a_sighting_that_lowers_the_answer_for_its_day_says_so() -> None:
    short = replace(WATCHED, indicators=(indicator(lead=pairs((3, 0.5), (6, 0.5)), false_starts=0.1, lasts=100.0),))
    seen = [item("old", Says.PRESENT, 4), item("new", Says.PRESENT, 18, copy=0.0)]
    day = f"{as_of(5):%d %B %Y}".lstrip("0")

    assert remarks(short, seen, past=20)["old"] == (
        f"it lowers the answer for its day, {day}: what should follow it has not come; said of today it would raise it"
    )


def test_nothing_is_remarked_where_effects_speak_for_themselves() -> None:
    assert set(remarks(WATCHED, SAID).values()) == {""}


def test_the_strongest_source_is_called_a_suspect_where_it_is_one() -> None:
    said = [item("g", Says.PRESENT, 11, source="gazette", knows=0.9), item("o", Says.ABSENT, 3, knows=0.2)]
    doubted = assess_evidence(replace(WATCHED, deception=(SURE,)), said, as_of=as_of(12), version="0").confidence
    plain = assess_evidence(WATCHED, said, as_of=as_of(12), version="0").confidence

    assert "(gazette, declared as one that may be deceiving)" in doubted.tests[-1].finding
    assert "(gazette)" in plain.tests[-1].finding
