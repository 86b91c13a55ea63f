"""What raises an alert and what does not; each alert has its reason in words and its claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.north import north
from tests.test_questions import PROBLEM

from tocsin.alert import Aside, Case, FeedState, Heard, alerts, entries, standing
from tocsin.desk import Desk, Means, watch
from tocsin.infer.assess import assess_evidence
from tocsin.model.alert import Alert, AlertRule, Rule, Standing
from tocsin.model.assessment import Status
from tocsin.model.evidence import Evidence, Says
from tocsin.model.feed import Feed
from tocsin.model.time import Window
from tocsin.problem import parse_problem

pytestmark = pytest.mark.usefixtures("few_draws")

DAY = date(2022, 12, 20)
NOON = datetime(2022, 12, 20, 12)  # noqa: DTZ001 - the store's moments are UTC without a zone
NORTH = parse_problem(PROBLEM, file="north.toml")


def item(
    says: Says, *, day: date = DAY, on: str = "strike-groups", source: str = "staff", about: date | None = None
) -> Evidence:
    name = f"{source}-{on}-{says}-{day}"
    return Evidence(
        id=name,
        indicator=on,
        says=says,
        about=about or day,
        published=day,
        source=source,
        knows=0.75,
        claim=name,
        report=f"r-{source}-{day}",
    )


def heard(*days: date, source: str = "staff", outlet: str = "General Staff", copies: int = 1) -> tuple[Heard, ...]:
    return tuple(
        Heard(report=f"r-{source}-{day}" + (f"-{n}" if n else ""), day=day, outlet=outlet, sources=frozenset({source}))
        for day in days
        for n in range(copies)
    )


def case(
    evidence: Sequence[Evidence] = (),
    *,
    past: Sequence[Standing] = (),
    aside: Sequence[Aside] = (),
    reports: Sequence[Heard] = (),
    feeds: Sequence[FeedState] = (),
    now: datetime = NOON,
    day: date = DAY,
) -> Case:
    """A case whose assessment knows of no evidence: what the rules that read reports and feeds need."""
    return Case(
        problem=NORTH,
        past=tuple(past),
        aside=tuple(aside),
        assessment=replace(judged().assessment, as_of=day),
        now=now,
        evidence=tuple(evidence),
        heard=tuple(reports),
        names={"staff": "General Staff", "General Staff": "General Staff", "weekly": "Kyiv Weekly"},
        feeds=tuple(feeds),
    )


@cache
def judged(*evidence: Evidence) -> Case:
    """A case with the assessment that follows from the evidence."""
    found = assess_evidence(NORTH, evidence, as_of=DAY, version="test")
    return Case(problem=NORTH, assessment=found, now=NOON, evidence=evidence)


def raise_(
    rule: Rule, given: Case, *, near: float = 3.0, over: float = 21.0, only: tuple[str, ...] = ()
) -> tuple[Alert, ...]:
    return alerts(given, AlertRule(on=(rule,), to=("log",), near=near, over=over, indicators=only))


def days(first: int, last: int) -> list[date]:
    """So many days before the present one, to so many before it."""
    return [DAY - timedelta(days=n) for n in range(first, last - 1, -1)]


def test_a_changed_word_is_told_with_both_words_and_nothing_is_told_of_one_that_stays() -> None:
    now = judged(item(Says.PRESENT))
    same = standing(now.assessment)
    [told] = raise_(Rule.WORD_CHANGED, replace(now, past=(replace(same, words="unlikely at the time"),)))

    assert raise_(Rule.WORD_CHANGED, replace(now, past=(same,))) == ()
    assert raise_(Rule.WORD_CHANGED, replace(now, past=())) == ()
    assert "from 'unlikely at the time' to" in told.reason
    assert now.assessment.answer.words in told.reason
    assert "staff-strike-groups-present-2022-12-20" in told.claims


@pytest.mark.parametrize(("was", "told"), [(None, "risen above"), (False, "risen above"), (True, None)])
def test_an_alarm_line_that_is_crossed_is_told_once_in_each_direction(*, was: bool | None, told: str | None) -> None:
    now = judged(item(Says.PRESENT), item(Says.PRESENT, source="watchers"))
    [decision] = now.assessment.decisions
    assert decision.above
    before = None if was is None else replace(standing(now.assessment), above={"the office: leave": was})
    found = raise_(Rule.ALARM_CROSSED, replace(now, past=(before,) if before else ()))

    assert [told in one.reason for one in found if told] == ([True] if told else [])
    calm = replace(judged(item(Says.ABSENT)), past=(standing(now.assessment),))
    assert not calm.assessment.decisions[0].above
    assert ["fallen below" in one.reason for one in raise_(Rule.ALARM_CROSSED, calm)] == [True]


@pytest.mark.parametrize(
    ("was", "says", "told"),
    [
        (Status.NOT_SEEN, Says.PRESENT, "from looked for and not seen to seen"),
        (Status.NOT_COVERED, Says.PRESENT, "from not covered to seen"),
        (Status.OBSERVED, Says.ABSENT, "from seen to looked for and not seen"),
        (Status.OBSERVED, Says.PRESENT, None),
        (Status.NOT_COVERED, Says.ABSENT, None),
        (Status.AMBIGUOUS, Says.ABSENT, None),
    ],
)
def test_an_indicator_turns_where_it_is_seen_or_is_so_no_longer(was: Status, says: Says, told: str | None) -> None:
    now = judged(item(says))
    before = replace(standing(now.assessment), indicators={"strike-groups": was})
    found = raise_(Rule.INDICATOR_TURNED, replace(now, past=(before,)))

    assert [one.claims for one in found] == ([(f"staff-strike-groups-{says}-{DAY}",)] if told else [])
    assert all(told in one.reason for one in found if told)
    assert raise_(Rule.INDICATOR_TURNED, replace(now, past=(before,)), only=("drills",)) == ()


def test_a_critical_indicator_that_is_seen_is_told_with_the_day_since_when() -> None:
    seen = judged(item(Says.PRESENT, day=DAY - timedelta(days=1)), item(Says.PRESENT), item(Says.PRESENT, on="drills"))
    [told] = raise_(Rule.CRITICAL_SEEN, seen)

    assert "strike-groups" in told.reason
    assert "since 2022-12-19" in told.reason
    assert raise_(Rule.CRITICAL_SEEN, judged(item(Says.ABSENT))) == ()


SAID = days(14, 1)


@pytest.mark.parametrize(
    ("said", "published", "asked"),
    [
        (SAID, [*SAID, DAY], DAY),  # it published today, and left it out
        (SAID, SAID, None),  # it published nothing today
        (SAID, [], None),
        ([*SAID, DAY], [*SAID, DAY], None),  # it said it today too
        (days(14, 2), [*days(14, 2), DAY], DAY),  # a day without any publication in between
        (days(14, 5), [*days(14, 5), DAY], DAY),  # the days between are no days on which it left it out
        (days(14, 2), days(14, 1), DAY - timedelta(days=1)),  # yesterday
        (days(18, 6), days(18, 0), None),  # left out for so long that it is no news
        (days(4, 1), [*days(4, 1), DAY], None),  # too seldom to be a habit
        ([*days(13, 12), *days(9, 7), DAY - timedelta(days=1)], [*SAID, DAY], None),  # left out every other day before
        (days(60, 40), [*days(60, 40), DAY], None),  # a habit of long ago
    ],
)
def test_a_regular_statement_is_missed_only_where_its_source_published(
    said: list[date], published: list[date], asked: date | None
) -> None:
    found = raise_(
        Rule.STATEMENT_LEFT_OUT, case([item(Says.ABSENT, day=day) for day in said], reports=heard(*published))
    )

    assert [f"was heard on {asked} through General Staff and did not say" in one.reason for one in found] == (
        [True] if asked else []
    )
    for one in found:
        assert one.reason.startswith("a question, not an indication: General Staff")
        assert one.claims == (f"staff-strike-groups-absent-{max(said)}",)


def test_a_day_with_fewer_reports_than_usual_is_not_over_yet_and_is_judged_when_it_is() -> None:
    evidence = [item(Says.ABSENT, day=day) for day in SAID]
    morning = (*heard(*SAID, copies=2), *heard(DAY))
    evening = heard(*SAID, DAY, copies=2)
    tomorrow = DAY + timedelta(days=1)

    assert raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=morning)) == ()
    assert len(raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=evening))) == 1
    assert len(raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=morning, day=tomorrow))) == 1


def test_another_outlet_that_does_not_pass_it_on_leaves_nothing_out() -> None:
    evidence = [item(Says.ABSENT, day=day) for day in SAID]
    weekly = heard(DAY, outlet="Kyiv Weekly")

    assert raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=(*heard(*SAID), *weekly))) == ()


def test_who_says_the_opposite_has_left_nothing_out() -> None:
    evidence = [*(item(Says.ABSENT, day=day) for day in SAID), item(Says.PRESENT)]

    assert raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=heard(*SAID, DAY))) == ()


def test_a_sentence_that_returns_as_a_judgement_is_asked_about_and_the_question_says_so() -> None:
    evidence = [item(Says.ABSENT, day=day) for day in SAID]
    plan = Aside(indicator="strike-groups", source="staff", day=DAY, claim="plan")
    others = [replace(plan, source="weekly"), replace(plan, indicator="drills"), replace(plan, day=SAID[-1])]
    unclear = item(Says.AMBIGUOUS)
    told = [
        raise_(Rule.STATEMENT_LEFT_OUT, case(given, reports=heard(*SAID, DAY), aside=aside))
        for given, aside in ((evidence, [plan]), ([*evidence, unclear], []), (evidence, others), (evidence, []))
    ]

    assert [["It did speak of it that day" in one.reason for one in found] for found in told] == [
        [True],
        [True],
        [False],
        [False],
    ]
    last = f"staff-strike-groups-absent-{SAID[-1]}"
    assert [one.claims for [one] in told] == [(last, "plan"), (last, unclear.id), (last,), (last,)]
    assert len({one.key for [one] in told}) == 1


def test_a_key_rests_on_what_was_there_before_and_not_on_the_day() -> None:
    now = judged(item(Says.PRESENT), item(Says.PRESENT, source="watchers"))
    calm = replace(
        standing(now.assessment),
        words="another",
        above={"the office: leave": False},
        latest={"the office: leave": DAY + timedelta(days=99)},
        indicators={"strike-groups": Status.NOT_COVERED},
    )
    changes = (Rule.WORD_CHANGED, Rule.ALARM_CROSSED, Rule.INDICATOR_TURNED, Rule.CRITICAL_SEEN, Rule.DECISION_NEAR)

    def keys(*past: Standing | None, day: date = DAY) -> list[str]:
        given = replace(now, past=past, assessment=replace(now.assessment, as_of=day))
        return [*(one.key for rule in changes for one in raise_(rule, given, near=30)), entries(given)[0].key]

    first = keys(calm)
    assert len(first) == len(changes) + 1
    assert keys(calm, day=DAY + timedelta(days=1)) == first
    assert set(keys(calm, standing(now.assessment), calm)).isdisjoint(first)
    assert set(keys(calm, None, calm)).isdisjoint(first)
    held = keys(calm, standing(now.assessment), replace(standing(now.assessment), as_of=DAY + timedelta(days=1)))
    assert held == [first[3], first[5]]  # seen, and the entry of the calendar: what holds has the key it had


def test_what_was_left_out_is_asked_once_however_long_it_is_left_out() -> None:
    evidence = [item(Says.ABSENT, day=day) for day in SAID]
    later = DAY + timedelta(days=1)
    [first] = raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=heard(*SAID, DAY)))
    [second] = raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=heard(*SAID, DAY, later), day=later))

    assert first.key == second.key


def test_a_name_that_only_a_report_gives_is_not_told() -> None:
    evidence = [item(Says.ABSENT, day=day, source="voice:Major Hidden") for day in SAID]
    both = [item(says, source="voice:Major Hidden") for says in (Says.PRESENT, Says.ABSENT)]
    found = (
        *raise_(Rule.STATEMENT_LEFT_OUT, case(evidence, reports=heard(*SAID, DAY, source="voice:Major Hidden"))),
        *raise_(Rule.SELF_CONTRADICTION, case(both)),
    )

    assert len(found) == 2
    for one in found:
        assert "Hidden" not in one.reason + one.key


def test_a_source_contradicts_itself_only_where_both_are_about_one_day() -> None:
    yesterday = DAY - timedelta(days=1)
    both = [item(Says.PRESENT), item(Says.ABSENT)]
    [told] = raise_(Rule.SELF_CONTRADICTION, case(both))

    assert told.claims == tuple(sorted(one.id for one in both))
    assert "General Staff contradicts itself" in told.reason
    for other in (item(Says.ABSENT, day=yesterday), item(Says.ABSENT, source="weekly"), item(Says.ABSENT, on="drills")):
        assert raise_(Rule.SELF_CONTRADICTION, case([item(Says.PRESENT), other])) == ()


@pytest.mark.parametrize("closed", [Says.PRESENT, Says.ABSENT])
def test_who_contradicts_himself_in_a_report_under_a_caveat_is_not_named_nor_is_the_claim(closed: Says) -> None:
    both = {says: item(says) for says in (Says.PRESENT, Says.ABSENT)}
    given = replace(case(list(both.values())), closed=frozenset({both[closed].id}))
    [told] = raise_(Rule.SELF_CONTRADICTION, given)
    [openly] = raise_(Rule.SELF_CONTRADICTION, case(list(both.values())))

    assert told.reason.startswith("a source that is not named here contradicts itself")
    assert told.claims == (*(one.id for says, one in both.items() if says is not closed), "withheld")
    assert told.key == openly.key  # a caveat that is given later makes no second alert


def test_who_was_heard_in_reports_under_a_caveat_alone_and_through_whom_is_not_told() -> None:
    said = [item(Says.ABSENT, day=day) for day in SAID]
    under, plain = (tuple(replace(one, closed=shut) for one in heard(*SAID, DAY)) for shut in (True, False))
    [told], [openly] = (raise_(Rule.STATEMENT_LEFT_OUT, case(said, reports=reports)) for reports in (under, plain))

    assert "a source that is not named here was heard on 2022-12-20 and did not say" in told.reason
    assert "General Staff" not in told.reason
    assert "General Staff was heard on 2022-12-20 through General Staff" in openly.reason


HALF_HOUR = Feed(id="wire", url="https://wire.example/feed", every=1 / 48, silent_after=5.0)


@pytest.mark.parametrize(
    ("answered", "new", "told"),
    [
        (timedelta(minutes=20), timedelta(hours=1), None),
        (timedelta(hours=23), timedelta(days=2), None),
        (timedelta(hours=25), timedelta(days=2), "has not answered since 2022-12-19 11:00"),
        (None, None, "has never answered"),
        (timedelta(minutes=20), timedelta(days=6), "answers and has brought nothing new since 2022-12-14"),
    ],
)
def test_a_feed_is_silent_where_it_does_not_answer_or_brings_nothing_new_for_too_long(
    answered: timedelta | None, new: timedelta | None, told: str | None
) -> None:
    state = FeedState(
        feed=HALF_HOUR,
        began=NOON - timedelta(days=9),
        answered=NOON - answered if answered else None,
        new=NOON - new if new else None,
    )
    found = raise_(Rule.FEED_SILENT, case(feeds=[state]))

    assert [told in one.reason for one in found if told] == ([True] if told else [])
    assert len(found) == (1 if told else 0)


def test_a_decision_comes_near_once_and_its_calendar_entry_moves_with_it() -> None:
    now = judged(item(Says.PRESENT))
    [decision] = now.assessment.decisions
    left = (decision.latest - DAY).days
    before = standing(now.assessment)
    [told] = raise_(Rule.DECISION_NEAR, now, near=left)

    assert told.when == decision.latest
    assert "the office would have to decide by" in told.reason
    assert raise_(Rule.DECISION_NEAR, now, near=left - 1) == ()
    assert raise_(Rule.DECISION_NEAR, replace(now, past=(before,)), near=left) == ()
    [entry] = entries(now)
    assert (entry.when, entry.subject) == (decision.latest, "the office: leave")
    assert str(decision.latest) in entry.key


def test_keys_stay_short_and_differ() -> None:
    given = case()
    long = [given.alert(Rule.DECISION_NEAR, "why", "x" * 4000 + end).key for end in "ab"]

    assert len(set(long)) == 2
    assert max(len(key) for key in long) < 250


BULLETIN = """Bulletin of the General Staff, {day}

According to the General Staff, two villages near Kharkiv were shelled on {day}.
{line}
"""
USUAL = "According to the General Staff, the formation of a strike group in Belarus has not been recorded."
ALERTS = '\n[[alerts]]\non = ["statement_left_out"]\nto = ["log"]\n'
CHANNELS = '[[channels]]\nid = "log"\nfile = "alerts.jsonl"\n'


@pytest.fixture
def staffed(tmp_path: Path) -> Desk:
    """A desk that has read the made-up bulletins of seven days, each with the usual sentence."""
    desk = north(tmp_path, more=ALERTS, settings=CHANNELS)
    for day in days(7, 1):
        bulletin(desk, day, USUAL)
    return desk


def bulletin(desk: Desk, day: date, line: str) -> None:
    text = BULLETIN.format(day=f"{day:%d %B %Y}", line=line).encode()
    desk.add([("bulletin.txt", lambda: text)], now=NOON, published=Window.on(day), outlet="General Staff")


def watched(desk: Desk) -> list[str]:
    return [one.reason for one in watch(desk, now=NOON, means=Means(workers=0)).sent]


def test_the_staff_that_publishes_without_its_sentence_is_asked_why_and_silence_is_not(staffed: Desk) -> None:
    assert watched(staffed) == []  # today it has published nothing
    bulletin(staffed, DAY, "According to the General Staff, the weather is bad.")
    [reason] = watched(staffed)

    assert reason.startswith(
        "a question, not an indication: General Staff was heard on 2022-12-20 through General Staff"
    )
    assert "last on 2022-12-19" in reason
    assert watched(staffed) == []  # asked once


def test_a_source_under_a_caveat_is_not_named(staffed: Desk) -> None:
    file = staffed.path / "sources.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('kind = "official"', 'kind = "official"\nhandling = "TLP:RED"', 1), encoding="utf-8")
    bulletin(staffed, DAY, "According to the General Staff, the weather is bad.")
    [reason] = watched(staffed)
    [_, _, sent] = staffed.deliveries()

    assert reason.startswith("a question, not an indication: a source that is not named here was heard on 2022-12-20")
    assert "staff" not in sent.key + sent.payload.casefold()


def test_the_staff_that_gives_its_sentence_as_a_judgement_is_asked_why(staffed: Desk) -> None:
    bulletin(
        staffed, DAY, "According to the General Staff, there may be signs of a strike group being formed in Belarus."
    )
    [reason] = watched(staffed)
    [claim] = [one.id for one in staffed.linkage(as_of=DAY).claims.values() if "may be signs" in one.content]
    [waiting, *_] = staffed.deliveries()

    assert "It did speak of it that day, in words that make no such statement" in reason
    assert claim in json.loads(waiting.payload)["claims"]


def test_the_staff_that_says_its_sentence_as_ever_is_asked_nothing(staffed: Desk) -> None:
    bulletin(staffed, DAY, USUAL)

    assert watched(staffed) == []
