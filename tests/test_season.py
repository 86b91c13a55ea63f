"""A season on a desk: replayed day by day, its outcome recorded, its forecasts scored."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
LAST = date(2023, 2, 20)
OVER = NOW + timedelta(days=365)


def test_a_replayed_day_is_the_assessment_of_that_day(desk: Desk) -> None:
    days = [LAST - timedelta(days=1), LAST]
    replayed = [found.assessment for found in desk.history.replay(days=days, now=NOW)]
    assert [one.as_of for one in replayed] == days
    assert replayed[1] == desk.assess(as_of=LAST, now=NOW).assessment


def test_a_replay_keeps_to_the_declaration_in_force_on_the_day(desk: Desk) -> None:
    before = desk.assess(as_of=LAST, now=NOW).assessment
    file = desk.declared.problem_files()[0]
    text = file.read_text(encoding="utf-8")
    assert "\nquestion = " in text
    file.write_text(text.replace("\nquestion = ", '\nquestion = "Asked otherwise?"\n#', 1), encoding="utf-8")
    later = NOW + timedelta(days=1)
    assert desk.assess(as_of=LAST, now=later).assessment.question == "Asked otherwise?"
    (old,) = desk.history.replay(days=[LAST], now=later)
    assert old.assessment.question == before.question
    assert old.assessment.digests.problem == before.digests.problem


def test_what_was_retrieved_later_does_not_count_as_known(desk: Desk) -> None:
    report = "The port authority said on 3 February 2023 that the pilots were at work.\n"
    desk.add([("late.txt", report.encode)], now=NOW, retrieved=NOW.date())
    (all_,) = desk.history.replay(days=[LAST], now=NOW)
    (known,) = desk.history.replay(days=[LAST], as_known=True, now=NOW)
    assert len(known.stream.reports) < len(desk.holdings.everything().reports)
    assert len(known.stream.reports) <= len(all_.stream.reports)


def test_scores_need_an_outcome_and_a_forecast(desk: Desk) -> None:
    with pytest.raises(UsageError, match="tocsin outcome"):
        desk.season.score()
    desk.season.record(onset=None, through=LAST + timedelta(days=90), by="A", why="nothing happened", now=OVER)
    with pytest.raises(UsageError, match="tocsin assess --issue"):
        desk.season.score()


def test_what_was_issued_is_scored_under_the_outcome_recorded_last(desk: Desk) -> None:
    issued = desk.assess(as_of=LAST, now=NOW)
    desk.season.issue(issued, by="A", judgement=None, dissent=None, now=NOW)
    p = issued.assessment.answer.probability
    desk.season.record(onset=LAST + timedelta(days=2), through=LAST + timedelta(days=2), by="A", why="seen", now=NOW)
    desk.season.record(onset=None, through=LAST + timedelta(days=200), by="B", why="A had misread a date", now=OVER)
    assert [one.by for one in desk.season.outcomes()] == ["A", "B"]
    headline = next(line for line in desk.season.score().lines if line.days == 0)
    assert headline.brier == pytest.approx(p**2)


def test_an_analysts_own_number_stands_beside_the_models(desk: Desk) -> None:
    desk.season.issue(desk.assess(as_of=LAST, now=NOW), by="A", judgement=None, dissent=None, now=NOW)
    desk.season.forecast(None, who="A", as_of=LAST, probability=0.3, now=NOW)
    desk.season.forecast(None, who="B", as_of=LAST, probability=0.1, now=NOW)
    desk.season.record(onset=None, through=LAST + timedelta(days=200), by="A", why="nothing happened", now=OVER)
    assert {line.who for line in desk.season.score().lines} == {"model", "A", "B", "analysts pooled"}
    with pytest.raises(UsageError, match="another line"):
        desk.season.forecast(None, who="model", as_of=LAST, probability=0.3, now=NOW)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["outcome", "--happened", "2023-02-21", "--not-by", "2023-02-22"], "exclude each other"),
        (["outcome", "--not-by", "2023-02-22"], "needs --by and --why"),
        (["outcome", "--not-by", "1999-01-01", "--by", "A", "--why", "x"], "before the problem was opened"),
        (["outcome", "--happened", "2023-02-22", "--scenario", "none-such", "--by", "A", "--why", "x"], "no scenario"),
        (["replay", "--from", "2023-02-20", "--to", "2023-02-19"], "lies before"),
        (["replay", "--from", "2023-02-19", "--to", "2023-02-20", "--step", "0d"], "no step"),
        (["score"], "not recorded yet"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(folder: Path, words: list[str], told: str) -> None:
    found = CliRunner().invoke(cli, [words[0], str(folder), *words[1:]])
    message = found.output + str(found.exception)
    assert found.exit_code != 0
    assert told in message


def test_a_season_is_replayed_and_scored_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli, ["replay", str(folder), "--from", "2023-02-17", "--to", "2023-02-20", "--step", "3d"]
    )
    assert [json.loads(line)["as_of"] for line in done.stdout.splitlines()] == ["2023-02-17", "2023-02-20"]
    season = tmp_path / "season.jsonl"
    season.write_text(done.stdout, encoding="utf-8")
    signed = ["assess", str(folder), "--as-of", "2023-02-20", "--issue", "--by", "A", "--probability", "0.4"]
    assert CliRunner().invoke(cli, signed).exit_code == 0
    words = ["outcome", str(folder), "--not-by", "2023-12-31", "--by", "A", "--why", "nothing happened"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    told = CliRunner().invoke(cli, ["score", str(folder), "--replayed", str(season), "--format", "json"])
    lines = json.loads(told.stdout)["lines"]
    model = {(line["days"], line["n"]) for line in lines if line["who"] == "model"}
    assert model == {(0, 2), (7, 2), (30, 2), (90, 2)}
    assert [line["brier"] for line in lines if line["who"] == "A"] == [pytest.approx(0.16)]
    text = CliRunner().invoke(cli, ["score", str(folder), "--replayed", str(season)]).stdout
    assert "had not begun" in text
    assert "prove no skill" in text


def test_a_file_that_is_no_replay_is_named_as_such(folder: Path, tmp_path: Path) -> None:
    CliRunner().invoke(cli, ["outcome", str(folder), "--not-by", "2023-12-31", "--by", "A", "--why", "nothing"])
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"schema": 1}\n', encoding="utf-8")
    told = CliRunner().invoke(cli, ["score", str(folder), "--replayed", str(wrong)])
    assert "assessment 1 cannot be read" in str(told.exception)


def test_a_past_day_can_be_answered_by_the_files_of_today_and_it_is_said_by_which(folder: Path, tmp_path: Path) -> None:
    desk = Desk(folder)
    [file] = desk.declared.problem_files()
    desk.assess(as_of=LAST, now=NOW)
    draft = next(desk.history.replay(days=[LAST], now=NOW)).assessment.answer.probability
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("prior =", "prior = 0.02 #", 1), encoding="utf-8")
    later = NOW + timedelta(days=1)
    today = desk.assess(as_of=LAST, now=later).assessment
    [by_then] = desk.history.replay(days=[LAST], now=later)
    [by_today] = desk.history.replay(days=[LAST], by_today=True, now=later)
    changed = desk.history.changes(first=LAST - timedelta(days=3), last=LAST, by_today=True, now=later)
    desk.close()
    words = ["replay", str(folder), "--from", LAST.isoformat(), "--to", LAST.isoformat()]
    then, now = (CliRunner().invoke(cli, [*words, *more]) for more in ((), ("--by-today",)))
    season = tmp_path / "season.jsonl"
    season.write_text(then.stdout + now.stdout, encoding="utf-8")
    CliRunner().invoke(cli, ["outcome", str(folder), "--not-by", "2023-12-31", "--by", "A", "--why", "nothing"])
    scored = CliRunner().invoke(cli, ["score", str(folder), "--replayed", str(season)])

    assert by_then.assessment.answer.probability == draft != today.answer.probability
    assert by_today.assessment.answer == today.answer
    assert (changed.end, changed.versions, changed.end_today) == (today.answer.probability, (), None)
    assert "--by-today takes today's" in then.stderr
    assert "answered by today's files on every day" in now.stderr
    assert "1 of 2 assessments were made by another version" in scored.stderr


@pytest.mark.parametrize(
    "words", [("--happened", "{}"), ("--not-by", "{}"), ("--happened", "2023-02-21", "--through", "{}")]
)
def test_nothing_can_be_recorded_of_a_day_still_to_come(folder: Path, words: tuple[str, ...]) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    told = [word.format(tomorrow) for word in words]
    found = CliRunner().invoke(cli, ["outcome", str(folder), *told, "--by", "A", "--why", "x"])

    assert f"{tomorrow} is still to come" in str(found.exception)
    assert "nothing recorded yet" in CliRunner().invoke(cli, ["outcome", str(folder)]).stdout
