"""What changed between two days, each by what was then declared and known."""

from __future__ import annotations

import json
import math
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
FIRST, LAST = date(2023, 2, 10), date(2023, 2, 20)


def odds(p: float) -> float:
    return math.log(p / (1 - p))


def test_the_steps_lead_from_one_answer_to_the_other(desk: Desk) -> None:
    found = desk.history.changes(first=FIRST, last=LAST, now=NOW)
    start, end = (one.assessment.answer.probability for one in desk.history.replay(days=[FIRST, LAST], now=NOW))

    assert (found.start, found.end) == (start, end)
    assert [step.what for step in found.steps] == ["time alone", "new reports and judgements"]
    assert sum(step.log_odds or 0.0 for step in found.steps) == pytest.approx(odds(end) - odds(start))
    assert found.claims
    assert all(one.published is None or FIRST < one.published <= LAST for one in found.claims)
    assert found.reports == 3
    assert found.versions == ()


def test_a_new_declaration_is_a_step_of_its_own_from_the_day_of_its_use(filled: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(filled, tmp_path / "unused", ignore=shutil.ignore_patterns("tocsin.db*", "reports")))
    desk = Desk(folder)
    [file] = desk.declared.problem_files()
    desk.history.changes(first=FIRST, last=LAST, now=datetime(2023, 2, 1))  # noqa: DTZ001
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("[[indicators]]", "[method]\ncontamination = 0.3\n\n[[indicators]]", 1), encoding="utf-8"
    )
    found = desk.history.changes(first=FIRST, last=LAST, now=datetime(2023, 2, 15))  # noqa: DTZ001

    assert [step.what for step in found.steps][-1] == "new declarations"
    assert [(one.name, one.first_used.day) for one in found.versions] == [(file.name, 15)]
    earlier = desk.history.changes(first=FIRST, last=date(2023, 2, 14), now=NOW)
    assert [step.what for step in earlier.steps] == ["time alone", "new reports and judgements"]
    desk.close()


def test_what_is_declared_at_an_intake_is_kept_with_its_day(filled: Path) -> None:
    desk = Desk(filled)
    [file] = desk.declared.problem_files()

    assert next(used for used, _ in desk.store.versions("problem", file.name)) == NOW
    assert [used for used, _ in desk.store.versions("sources", "sources.toml")] == [NOW]
    desk.close()


def test_a_report_that_came_late_is_no_change_by_what_was_known(desk: Desk) -> None:
    late = (
        b"---\npublished: 2023-02-19\nsource: Coast Courier\n---\n"
        b"Ships are being rerouted away from Norhaven, the Norhaven Port Authority said."
    )
    before = desk.history.changes(first=FIRST, last=LAST, as_known=True, now=NOW)
    desk.add([("late.md", lambda: late)], now=NOW)

    assert desk.history.changes(first=FIRST, last=LAST, as_known=True, now=NOW) == before
    assert desk.history.changes(first=FIRST, last=LAST, now=NOW).reports == before.reports + 1


def test_two_days_in_the_wrong_order_are_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="does not lie after"):
        desk.history.changes(first=LAST, last=LAST, now=NOW)


def test_the_command_tells_it_as_text_and_as_json(folder: Path) -> None:
    words = ["changes", str(folder), "--from", FIRST.isoformat(), "--to", LAST.isoformat()]
    page = CliRunner().invoke(cli, words).stdout
    told = json.loads(CliRunner().invoke(cli, [*words, "--format", "json"]).stdout)

    assert "time alone" in page
    assert "3 new reports" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert told["steps"][0]["what"] == "time alone"
    assert {"start", "end", "turned", "claims", "versions"} <= told.keys()


def test_a_day_answered_by_an_older_file_says_what_todays_gives(folder: Path) -> None:
    desk = Desk(folder)
    [file] = desk.declared.problem_files()
    before = desk.history.changes(first=FIRST, last=LAST, now=NOW)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("prior =", "prior = 0.02 #", 1), encoding="utf-8")
    after = desk.history.changes(first=FIRST, last=LAST, now=NOW + timedelta(days=1))
    today = desk.assess(as_of=LAST, now=NOW + timedelta(days=1)).assessment.answer.probability
    desk.close()
    words = [str(folder), "--from", FIRST.isoformat(), "--to", LAST.isoformat()]
    page = " ".join(CliRunner().invoke(cli, ["changes", *words]).stdout.split())

    assert before.end_today is None
    assert after.end == before.end != today == after.end_today
    assert "is answered by the files as used on that day; today's files give" in page
    assert "answered by the files as used on those days" in CliRunner().invoke(cli, ["replay", *words]).stderr


def test_without_days_the_changes_are_those_since_yesterday(folder: Path) -> None:
    told = CliRunner().invoke(cli, ["changes", str(folder), "--to", LAST.isoformat(), "--format", "json"]).stdout

    assert (json.loads(told)["first"], json.loads(told)["last"]) == ("2023-02-19", "2023-02-20")
    assert CliRunner().invoke(cli, ["changes", str(folder)]).exit_code == 0
