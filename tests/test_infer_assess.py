import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answering import AS_OF, OPENED, PROBLEM, item

from tocsin.errors import UsageError
from tocsin.infer.assess import assess, assess_evidence
from tocsin.model.assessment import Assessment, Digests, Status
from tocsin.model.claim import Attribution, Bound, Claim, Modality, Polarity, Role
from tocsin.model.evidence import Evidence, Linked, OtherView, Reading, Says
from tocsin.model.problem import FigureQuestion, WarningProblem
from tocsin.model.report import Span, Voice, VoiceKind
from tocsin.publish.json import encode, schema, to_dict, to_json


def answer(*evidence: Evidence, problem: WarningProblem = PROBLEM, as_of: date = AS_OF) -> Assessment:
    return assess_evidence(problem, evidence, as_of=as_of, version="test")


def test_without_reports_the_answer_is_the_prior() -> None:
    found = answer()
    assert found.answer.probability == found.answer.prior > 0
    assert [s.probability for s in found.scenarios] == pytest.approx([s.prior for s in found.scenarios], abs=1e-15)
    assert found.drivers == ()
    assert found.echoes == ()
    assert found.not_covered == ("strike-groups", "relocation", "field-hospitals")


def test_the_same_report_three_times_is_one_report() -> None:
    once = item("a", "field-hospitals", Says.PRESENT, source="agency")
    copies = [replace(once, id=f"copy {n}", source=f"paper {n}", echo_of="a", copy_probability=1.0) for n in range(2)]
    assert answer(once, *copies).answer.probability == pytest.approx(answer(once).answer.probability, abs=1e-12)


def test_a_sighting_raises_and_a_denial_lowers_the_answer() -> None:
    prior = answer().answer.probability
    assert answer(item("a", "field-hospitals", Says.PRESENT)).answer.probability > prior
    assert answer(item("a", "field-hospitals", Says.ABSENT, ago=5)).answer.probability < prior


def test_the_scenarios_with_the_status_quo_sum_to_one_and_the_event_is_its_curve() -> None:
    found = answer(item("a", "field-hospitals", Says.PRESENT))
    assert sum(scenario.probability for scenario in found.scenarios) == pytest.approx(1.0, abs=1e-9)
    offensive = found.scenarios[0]
    assert dict(offensive.curve)[PROBLEM.by] == pytest.approx(found.answer.probability, abs=1e-12)
    values = [probability for _, probability in offensive.curve]
    assert values == sorted(values)
    assert values[-1] <= offensive.probability
    assert offensive.curve[0][0] == AS_OF + timedelta(days=1)


def test_longer_windows_are_at_least_as_probable() -> None:
    rolling = [window.probability for window in answer().answer.rolling]
    assert rolling == sorted(rolling)
    assert [window.days for window in answer().answer.rolling] == [7, 30, 90]


def test_a_closed_window_has_no_word_and_the_rolling_answers_go_on() -> None:
    found = answer(item("a", "field-hospitals", Says.PRESENT), problem=replace(PROBLEM, by=AS_OF))
    assert found.answer.words == "window closed"
    assert found.answer.probability == 0.0
    assert found.answer.rolling[-1].probability > 0
    assert found.drivers
    assert found.flip is None
    assert found.changes == ()


def test_a_source_that_cannot_be_judged_is_shown_and_moves_nothing() -> None:
    found = answer(item("a", "field-hospitals", Says.PRESENT, knows=None))
    assert found.answer.probability == answer().answer.probability
    assert found.indicators[2].status is Status.OBSERVED
    assert found.indicators[2].claims == ("a",)
    assert found.not_understood.claims_ungraded == 1


def test_evidence_outside_the_grid_is_left_out_and_counted() -> None:
    late = replace(item("l", "field-hospitals", Says.PRESENT), about=AS_OF + timedelta(days=1))
    unread = replace(item("u", "field-hospitals", Says.PRESENT), published=AS_OF + timedelta(days=1))
    early = replace(item("e", "field-hospitals", Says.PRESENT), about=OPENED - timedelta(days=1))
    found = answer(late, unread, early)
    assert (found.left_out.after_as_of, found.left_out.before_opened) == (2, 1)
    assert found.answer.probability == answer().answer.probability
    assert found.indicators[2].status is Status.NOT_COVERED


def test_an_assessment_before_the_opening_is_refused() -> None:
    with pytest.raises(UsageError, match="opened"):
        answer(as_of=OPENED - timedelta(days=1))


def test_what_changed_names_the_reports_of_the_day() -> None:
    old = item("old", "strike-groups", Says.ABSENT, ago=5)
    new = item("new", "field-hospitals", Says.PRESENT, ago=0)
    (change,) = answer(old, new).changes
    assert change.since == AS_OF - timedelta(days=1)
    assert change.because == ("new",)
    assert change.from_ == pytest.approx(answer(old, as_of=change.since).answer.probability, abs=1e-12)
    assert change.to > change.from_
    assert answer(as_of=OPENED).changes == ()


def test_a_decision_can_wait_until_its_own_time_before_the_earliest_plausible_start() -> None:
    found = answer()
    (decision,) = found.decisions
    start = found.scenarios[0].p05_date
    assert start is not None
    assert decision.latest == start - timedelta(days=2)
    assert decision.above == (found.answer.probability >= 0.1)


def test_order_of_evidence_never_matters() -> None:
    evidence = [
        item("a", "field-hospitals", Says.PRESENT),
        item("b", "strike-groups", Says.ABSENT),
        item("c", "strike-groups", Says.PRESENT, ago=4, echo_of="b"),
        item("d", "ally-joins", Says.PRESENT, ago=4),
    ]
    assert encode(answer(*evidence)) == encode(answer(*evidence[::-1]))


def test_the_json_has_the_outer_keys_and_full_numbers() -> None:
    found = answer(item("a", "field-hospitals", Says.PRESENT, ago=0))
    plain = json.loads(encode(found))
    assert plain == to_dict(found)
    assert plain["answer"]["probability"] == found.answer.probability
    assert plain["changes"][0].keys() >= {"since", "from", "to", "because"}
    assert plain["scenarios"][0]["curve"][0][0] == "2022-12-03"
    assert plain["method"] == "tocsin-method 1"
    published = schema("assessment")["$defs"]["Assessment"]
    assert list(plain) == list(published["properties"])
    added = {"waterfall", "assumptions", "crossings", "standing"}
    assert set(plain) - set(published["required"]) >= {"deception", "actors", "explanations"} | added
    assert (plain["deception"], plain["actors"], plain["explanations"]) == (None, None, [])


def test_a_schema_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="assessment, claim"):
        schema("nonsense")
    assert b'"enum"' in to_json(schema("evidence"), indent=2)


def test_plans_readings_and_others_are_shown_beside_the_answer() -> None:
    span = Span(0, 4)
    plan = Claim(
        id="plan",
        report="r",
        span=span,
        sentence=span,
        content="they",
        cue=None,
        chain=(Voice(name="staff", kind=VoiceKind.OFFICIAL),),
        attribution=Attribution.LOCAL,
        modality=Modality.PLANNED,
        role=Role.PLAN,
    )
    figure = FigureQuestion(
        id="troops",
        of="troops",
        unit="person",
        where=(),
        expect=(1000, 200000),
        need={"offensive": (80000, 100000)},
    )
    reading = Reading(
        id="r1",
        figure="troops",
        low=9000,
        high=9000,
        bound=Bound.EXACT,
        of="troops",
        about=AS_OF,
        source="s",
        knows=0.5,
    )
    others = [
        OtherView(claim=f"o{days}", who="them", says="no", polarity="denied", published=OPENED, expires=day)
        for days, day in ((0, AS_OF), (-1, AS_OF - timedelta(days=1)))
    ]
    others.append(replace(others[0], claim="again", says="No"))
    found = assess(
        replace(PROBLEM, figures=(figure,)),
        Linked(
            evidence=(),
            readings=(reading, replace(reading, id="later", about=AS_OF + timedelta(days=1))),
            others=tuple(others),
            set_aside=(("plan", "a plan"), ("no plan", "a plan that is denied"), ("gone", "another place")),
            unlinked=3,
        ),
        claims={"plan": plan, "no plan": replace(plan, id="no plan", polarity=Polarity.DENIED)},
        reports={},
        ratings={},
        as_of=AS_OF,
        digests=Digests(problem="", sources="", claims=""),
        version="test",
    )
    assert [entry.id for entry in found.against if entry.kind == "claim"] == ["plan"]
    assert [(other.claim, other.polarity) for other in found.others] == [("o0", "denied")]
    assert [len(result.readings) for result in found.figures] == [1]
    assert found.figures[0].p_enough is not None
    assert 0 < found.figures[0].p_enough < 0.1
    assert (found.not_understood.claims_set_aside, found.not_understood.claims_unlinked) == (3, 3)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["strike-groups", "relocation", "field-hospitals", "ally-joins"]),
            st.sampled_from(list(Says)),
            st.integers(0, 12),
            st.sampled_from(["s1", "s2", "s3"]),
            st.sampled_from([None, 0.0, 0.2, 0.57, 0.9]),
        ),
        max_size=8,
    )
)
def test_whatever_is_said_the_answer_is_a_whole_one(said: list[tuple[str, Says, int, str, float | None]]) -> None:
    found = answer(
        *(
            item(f"e{number}", on, says, ago=ago, source=source, knows=knows, echo_of=f"e{number - 1}")
            for number, (on, says, ago, source, knows) in enumerate(said)
        )
    )
    low, high = found.answer.low, found.answer.high
    assert low is not None
    assert high is not None
    assert 0 <= low <= found.answer.probability <= high <= 1
    assert sum(scenario.probability for scenario in found.scenarios) == pytest.approx(1, abs=1e-9)
    assert found.scenarios[0].probability <= found.gates[0].probability + 1e-12
    assert all(timing.earliest > AS_OF for timing in found.timing)
    assert found.warning_time_days >= 1
    assert found.confidence.level in {"high", "moderate", "low"}
    assert all(1 - 1e-9 <= echo.counted_as <= len(echo.claims) for echo in found.echoes)
    assert b"NaN" not in encode(found)
    assert None not in [driver["log_odds"] for driver in to_dict(found)["drivers"]]
