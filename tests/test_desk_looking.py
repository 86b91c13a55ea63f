"""The collection log: who looks for what, how often, when last; and what a look that found nothing says."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.north import north

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.publish.watched import every

pytestmark = pytest.mark.usefixtures("few_draws")

NOW = datetime(2022, 12, 20, 12)  # noqa: DTZ001 - the store's moments are UTC without a zone
DAY = date(2022, 12, 10)
PLAN = """
[[collection]]
indicator = "strike-groups"
by = "A. Analyst"
every = "2 days"

[[collection]]
indicator = "drills"
by = "B. Other"
every = "1 week"

[[looks]]
indicator = "drills"
from = 2022-12-01
to = 2022-12-05
by = "B. Other"
"""
FEED = """
[[feeds]]
id = "wire"
url = "https://wire.example/feed"
every = "30 minutes"
covers = ["strike-groups"]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return north(tmp_path, more=PLAN, settings=FEED)


def look(desk: Desk, *, day: date = DAY, by: str = "A. Analyst", found: bool = False, now: datetime = NOW) -> None:
    desk.collection.look(None, "strike-groups", by=by, day=day, found=found, coverage="well", now=now)


def state(desk: Desk, *, day: str = "2022-12-12") -> dict[tuple[str, str], str]:
    out = run("looks", desk.path, "--as-of", day, "--format", "csv").stdout
    return {(row["indicator"], row["who"]): row["state"] for row in csv.DictReader(io.StringIO(out))}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_the_log_shows_who_looks_how_often_when_last_and_what_is_overdue(desk: Desk) -> None:
    look(desk, day=date(2022, 12, 11))
    look(desk, by="C. Guest", day=date(2022, 11, 25), found=True)

    assert state(desk) == {
        ("strike-groups", "A. Analyst"): "in time",
        ("strike-groups", "C. Guest"): "as it comes",
        ("strike-groups", "feed wire"): "overdue by 21 days",  # it was never polled since the problem was opened
        ("drills", "B. Other"): "in time",  # by what the problem itself logs
        ("relocation", ""): "nobody looks",
    }
    look(desk, day=date(2022, 12, 15))  # later than the day that is asked for
    assert state(desk)["strike-groups", "A. Analyst"] == "in time"
    later = state(desk, day="2022-12-20")
    assert later["strike-groups", "A. Analyst"] == "overdue by 3 days"
    assert later["drills", "B. Other"] == "overdue by 8 days"
    assert "nobody looks" in run("looks", desk.path).stdout


def test_a_logged_look_is_evidence_of_absence_as_good_as_its_coverage(desk: Desk) -> None:
    def odds(*, by: date | None = None) -> float:
        p = desk.assess(as_of=NOW.date(), known_by=by, now=NOW).assessment.answer.probability
        return p / (1 - p)

    before = odds()
    for n in range(8):
        look(desk, day=DAY + timedelta(days=n), now=NOW + timedelta(days=n))
    some = odds(by=NOW.date() + timedelta(days=3))
    everything = odds()

    assert everything < some < before
    assert odds(by=NOW.date() - timedelta(days=1)) == before
    desk.collection.look(None, "strike-groups", by="Blind", day=DAY, found=False, coverage="none", now=NOW)
    assert odds() == everything
    [line] = [one for one in desk.assess(as_of=NOW.date(), now=NOW).assessment.indicators if one.id == "strike-groups"]
    assert (line.status.value, line.last_look) == ("not_seen", DAY + timedelta(days=7))


def test_a_look_that_found_something_weighs_nothing_and_takes_back_that_nothing_was_found(desk: Desk) -> None:
    before = desk.assess(as_of=NOW.date(), now=NOW).assessment
    look(desk)
    without = desk.assess(as_of=NOW.date(), now=NOW).assessment
    look(desk, found=True)
    after = desk.assess(as_of=NOW.date(), now=NOW).assessment

    assert without.answer != before.answer
    assert after.answer == before.answer
    assert [one.found for one in desk.store.looks("north")] == [False, True]


def test_a_replay_by_what_was_known_leaves_out_looks_that_were_written_down_later(desk: Desk) -> None:
    look(desk, day=DAY, now=NOW)
    late = NOW.date() - timedelta(days=3)
    [knowing] = desk.history.replay(days=[late], now=NOW)
    [then] = desk.history.replay(days=[late], as_known=True, now=NOW)

    assert {one.by for one in knowing.problem.looks} == {"A. Analyst", "B. Other"}
    assert {one.by for one in then.problem.looks} == {"B. Other"}


@pytest.mark.parametrize(
    ("indicator", "by", "day", "coverage", "told"),
    [
        ("strike-group", "A", DAY, None, "no indicator 'strike-group' in north"),
        ("x" * 10_000, "A", DAY, None, "no indicator"),
        ("strike-groups", "  ", DAY, None, "needs --by"),
        ("strike-groups", "A" * 201, DAY, None, "too long"),
        ("strike-groups", "A", date(2022, 12, 21), None, "still to come"),
        ("strike-groups", "A", date(2022, 11, 19), None, "before the problem was opened"),
        ("strike-groups", "A", DAY, "somewhat", "--coverage: 'somewhat' is no coverage"),
        ("strike-groups", "A", DAY, "1.5", "--coverage"),
        ("strike-groups", "A", DAY, "nan", "--coverage"),
    ],
)
def test_a_look_that_nobody_can_have_made_is_refused(
    desk: Desk, *, indicator: str, by: str, day: date, coverage: str | None, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        desk.collection.look(None, indicator, by=by, day=day, found=False, coverage=coverage, now=NOW)
    assert desk.store.looks("north") == ()


def test_the_command_enters_a_look_and_says_what_it_entered(desk: Desk) -> None:
    done = run("look", desk.path, "drills", "--by", "A", "--on", "2022-12-02", "--nothing", "--note", "\x1b[31mfog")
    rows = json.loads(run("looks", desk.path, "--as-of", "2022-12-03", "--format", "json").stdout)
    [mine] = [row for row in rows if row["who"] == "A"]

    assert done.stdout == "north: drills on 2022-12-02: nothing seen\n"
    assert (mine["last"], mine["found"], mine["coverage"]) == ("2022-12-02", False, None)
    assert "\x1b" not in run("looks", desk.path).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["drills", "--by", "A"], "say one of --found and --nothing"),
        (["drills", "--by", "A", "--found", "--nothing"], "say one of --found and --nothing"),
        (["drills", "--found"], "needs --by"),
        (["--by", "A", "--found"], "name one indicator"),
        (["drills", "relocation", "--by", "A", "--found"], "name one indicator"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(desk: Desk, words: list[str], told: str) -> None:
    done = run("look", desk.path, *words)

    assert done.exit_code != 0
    assert told in str(done.exception)


def test_a_day_left_out_is_today(desk: Desk) -> None:
    assert run("look", desk.path, "drills", "--by", "A", "--nothing").exit_code == 0
    assert [one.day for one in desk.store.looks("north")] == [datetime.now(tz=UTC).date()]


def test_how_often_is_said_in_words() -> None:
    assert [every(days) for days in (5 / 1440, 1 / 24, 0.25, 7.0, 30.4375)] == [
        "5 minutes",
        "1 hour",
        "6 hours",
        "7 days",
        "30.4 days",
    ]


def test_what_looks_that_found_nothing_changed_is_a_step_of_its_own(desk: Desk) -> None:
    first, last = DAY - timedelta(days=1), DAY + timedelta(days=6)
    before = desk.history.changes(first=first, last=last, now=NOW)
    for n in range(1, 7):
        look(desk, day=DAY + timedelta(days=n), now=NOW + timedelta(days=n))
    after = desk.history.changes(first=first, last=last, now=NOW)

    assert [step.what for step in before.steps] == ["time alone", "new reports and judgements"]
    assert [step.what for step in after.steps] == ["time alone", "new looks", "new reports and judgements"]
    assert after.steps[0] == before.steps[0]
    moved = after.steps[1].log_odds
    assert moved is not None
    assert moved < 0
