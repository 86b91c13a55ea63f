"""The explanation adds up: steps, changes, crossings, assumptions, the standing word, and the kept case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answering import AS_OF, PROBLEM, chance, item

from tocsin.infer.assess import assess_evidence
from tocsin.infer.assumptions import BAND_FLOOR, assumptions
from tocsin.infer.bands import Bands, bands
from tocsin.infer.board import board
from tocsin.infer.case import Case, build
from tocsin.infer.changes import changes, earlier
from tocsin.infer.crossings import crossings
from tocsin.infer.drivers import bundles
from tocsin.infer.standing import standing
from tocsin.infer.watch import watch
from tocsin.infer.waterfall import waterfall
from tocsin.model.deception import Deception, Story
from tocsin.model.evidence import Evidence, Says
from tocsin.model.look import Look
from tocsin.model.problem import Decision, WarningProblem

SAID = (
    item("a", "strike-groups", Says.ABSENT, ago=4, source="s1"),
    item("b", "field-hospitals", Says.PRESENT, ago=3, source="s2"),
    item("c", "ally-joins", Says.PRESENT, ago=2, source="s3", knows=0.4),
    item("d", "relocation", Says.ABSENT, ago=0, source="s1"),
    item("e", "strike-groups", Says.ABSENT, ago=0, source="s4", echo_of="a"),
)
EVERYTHING = replace(
    PROBLEM,
    indicators=tuple(replace(indicator, coverage=0.5) for indicator in PROBLEM.indicators),
    looks=(Look(indicator="relocation", first=AS_OF - timedelta(days=9), last=AS_OF - timedelta(days=5)),),
    deception=(
        Deception(
            id="north",
            suspects={"s1": 0.25},
            stories=(Story(id="none", prior=0.7), Story(id="hide", prior=0.3, event=0.1, otherwise=0.9)),
        ),
    ),
)


def case(evidence: tuple[Evidence, ...] = SAID, problem: WarningProblem = EVERYTHING) -> Case:
    return build(problem, evidence, as_of=AS_OF)


EVIDENCE = st.lists(
    st.tuples(
        st.sampled_from(["strike-groups", "relocation", "field-hospitals", "ally-joins"]),
        st.sampled_from(list(Says)),
        st.integers(0, 12),
        st.sampled_from(["s1", "s2", "s3"]),
        st.sampled_from([None, 0.0, 0.2, 0.57, 0.9]),
    ),
    max_size=9,
)


def heard(said: list[tuple[str, Says, int, str, float | None]]) -> tuple[Evidence, ...]:
    return tuple(
        item(f"e{at}", on, says, ago=ago, source=source, knows=knows)
        for at, (on, says, ago, source, knows) in enumerate(said)
    )


@settings(max_examples=20, deadline=None, derandomize=True)
@given(EVIDENCE)
def test_the_steps_from_prior_to_answer_sum_exactly(said: list[tuple[str, Says, int, str, float | None]]) -> None:
    one = case(heard(said))

    found = waterfall(one)

    assert found.prior == one.odds(one.nothing)
    assert found.answer == pytest.approx(one.odds(one.posterior), abs=1e-11)
    assert found.prior + sum(step.log_odds for step in found.steps) == pytest.approx(found.answer, abs=1e-11)
    assert [step.kind for step in found.steps][-1] == "deception"


def test_the_steps_follow_the_day_of_the_first_report_and_name_every_claim_once() -> None:
    found = waterfall(case())

    assert [step.id for step in found.steps] == [
        "looks",
        "strike-groups",
        "field-hospitals",
        "ally-joins",
        "relocation",
        "deception",
    ]
    assert sorted(claim for step in found.steps for claim in step.claims) == ["a", "b", "c", "d", "e"]


@settings(max_examples=15, deadline=None, derandomize=True)
@given(EVIDENCE, st.integers(1, 8))
def test_time_and_new_claims_sum_to_the_whole_change(
    said: list[tuple[str, Says, int, str, float | None]], ago: int
) -> None:
    evidence = heard(said)
    one = case(evidence)
    before = earlier(one, evidence, since=AS_OF - timedelta(days=ago))
    assert before is not None

    (found,) = changes(one, before, bundles(one))

    whole = one.odds(one.posterior) - before.log_odds
    assert found.time + sum(part.log_odds for part in found.moved) == pytest.approx(whole, abs=1e-9)
    assert found.from_ == before.headline


def test_each_new_claim_is_named_under_its_indicator() -> None:
    (found,) = assess_evidence(EVERYTHING, SAID, as_of=AS_OF, version="0").changes

    assert {part.indicator: part.claims for part in found.moved} == {"relocation": ("d",), "strike-groups": ("e",)}


def test_leaving_out_by_exchange_equals_starting_afresh() -> None:
    one = case()

    for gone in SAID:
        left = one.without([gone])
        afresh = case(tuple(other for other in SAID if other is not gone))

        assert left.probability == pytest.approx(afresh.headline(afresh.posterior), abs=1e-12)
        assert left.log_odds == pytest.approx(afresh.odds(afresh.posterior), abs=1e-11)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(EVIDENCE, EVIDENCE.filter(bool))
def test_a_kept_case_gives_the_same_digits_when_reports_come_in(
    said: list[tuple[str, Says, int, str, float | None]], more: list[tuple[str, Says, int, str, float | None]]
) -> None:
    first = heard(said)
    every = first + tuple(replace(one, id=f"new {one.id}") for one in heard(more))

    kept = build(EVERYTHING, every, as_of=AS_OF, known=case(first))
    afresh = case(every)

    assert (kept.posterior.joint == afresh.posterior.joint).all()
    assert kept.posterior.stories.tolist() == afresh.posterior.stories.tolist()
    assert kept.posterior.on_now == afresh.posterior.on_now
    assert kept.headline(kept.nothing) == afresh.headline(afresh.nothing)


def test_a_kept_case_of_another_day_or_problem_is_not_used() -> None:
    kept = case()

    assert build(EVERYTHING, SAID, as_of=AS_OF, known=kept).prepared is kept.prepared
    assert build(PROBLEM, SAID, as_of=AS_OF, known=kept).prepared is not kept.prepared
    later = AS_OF + timedelta(days=1)
    assert build(EVERYTHING, SAID, as_of=later, known=kept).prepared.as_of == later


def test_a_crossing_crosses_its_line_and_no_smaller_set_does() -> None:
    one = case(problem=replace(EVERYTHING, decisions=(Decision(who="the region", what="go", takes=1.0, alarm=0.3),)))
    lines, watched = board(one.problem, one.evidence), watch(one)
    now = one.headline(one.posterior)

    found = {crossing.line: crossing for crossing in crossings(one, lines, watched)}

    assert set(found) <= {"word", "alarm"}
    assert found
    for crossing in found.values():
        then = one.given({turn.indicator: turn.to == "seen" for turn in crossing.turns})
        assert then is not None
        assert crossing.probability == pytest.approx(then.probability, abs=1e-12)
        if crossing.line == "alarm":
            assert (crossing.probability >= 0.3) != (now >= 0.3)
        else:
            assert not one.same_word(crossing.probability, now)
        if len(crossing.turns) > 1:
            alone = [
                item.if_not_seen if lines[item.indicator].status == "observed" else item.if_seen for item in watched
            ]
            crossed = [
                (p >= 0.3) != (now >= 0.3) if crossing.line == "alarm" else not one.same_word(p, now) for p in alone
            ]
            assert not any(crossed)


def test_every_assumption_is_switched_off_alone_and_the_shares_of_doubt_are_shares() -> None:
    one = case()

    found = {entry.id: entry for entry in assumptions(one, bands(one, draws=64))}

    names = {"contamination", "blanket-echo", "self-repeat", "tempo", "noticing", "false-starts", "looks", "deception"}
    assert names <= set(found)
    assert found["deception"].without == pytest.approx(one.headline(one.honest), abs=1e-12)
    shares = [entry.share for entry in found.values() if entry.share is not None]
    assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert min(shares) >= 0


def test_doubt_about_priors_alone_is_doubt_about_priors() -> None:
    vague = replace(
        PROBLEM,
        method=replace(PROBLEM.method, tempo=((1.0, 1.0),)),
        gates=(replace(PROBLEM.gates[0], probability=chance(0.3, 0.01, 0.95)),),
    )

    found = bands(build(vague, (), as_of=AS_OF)).shares

    assert found["priors"] > 0.6
    assert found["hazards"] < found["priors"]


def test_a_band_that_the_rule_for_small_chances_made_says_so() -> None:
    rare = replace(PROBLEM, gates=(replace(PROBLEM.gates[0], probability=chance(0.01, 0.009, 0.011)),))
    one = build(rare, SAID, as_of=AS_OF)
    around = bands(one)

    assert around.floored == (BAND_FLOOR in {entry.id for entry in assumptions(one, around)})
    assert not bands(case()).floored or one.headline(one.posterior) < 0.05


@pytest.mark.parametrize(
    ("middle", "stays"),
    [((0.10, 0.30), True), ((0.21, 0.40), True), ((0.06, 0.19), False), ((0.06, 0.20), True), (None, False)],
)
def test_the_header_holds_its_word_until_the_middle_half_of_the_band_has_left_it(
    *, middle: tuple[float, float] | None, stays: bool
) -> None:
    one = build(PROBLEM, (), as_of=AS_OF)
    assert one.word(one.headline(one.honest)) == "very unlikely"

    found = standing(one, middle=middle, earlier=0.30)

    assert found is not None
    assert (found.words, found.held) == (("unlikely", True) if stays else ("very unlikely", False))


def test_a_word_that_an_analyst_signed_comes_before_that_of_yesterday() -> None:
    one = build(PROBLEM, (), as_of=AS_OF)

    found = standing(one, middle=(0.15, 0.6), earlier=0.1, signed="roughly even chance")

    assert found is not None
    assert (found.words, found.held) == ("roughly even chance", True)


def test_without_anything_to_draw_there_are_no_shares() -> None:
    assert Bands(headline=None, rolling={}, scenarios={}, status_quo=None, shares={}).middle is None
