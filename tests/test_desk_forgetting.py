"""What is forgotten is gone everywhere, down to the bytes on the disk, and a tombstone says so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from tests import postgres
from tests.storing import engine

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.errors import UsageError
from tocsin.model.judgement import Verdict
from tocsin.model.log import Hit, Note, digest_of_voice
from tocsin.store import schema

NOW = datetime(2023, 3, 1, 12)  # noqa: DTZ001 - the store's moments are UTC without a zone
LAST = date(2023, 3, 1)
SAID = "The cranes of pier nine stand still and nobody mends them"
WHO = "Piotr Zarubin"
TEXT = f"""---
title: Word from pier nine
published: 2023-02-20
source: The Harbour Gazette
---
{SAID}, {WHO} said on Monday. Zarubin has worked there for years.

Two ships were rerouted to the north port, the port authority said.
"""


BOTH = pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one report, and people who wrote down what it says."""
    folder = tmp_path / "desk"
    shutil.copytree(Path(__file__).parent / "desks" / "port-strike" / "problems", folder / "problems")
    shutil.copy(Path(__file__).parent / "desks" / "port-strike" / "sources.toml", folder)
    if getattr(request, "param", "sqlite") == "postgresql":
        server: postgres.Server = request.getfixturevalue("server")
        (folder / "tocsin.toml").write_text(f'store = "{server.fresh()}"\n', encoding="utf-8")
    opened = Desk(folder)
    opened.add([("secret.md", TEXT.encode), ("other.txt", b"The mayor said that the port is open.".strip)], now=NOW)
    claim = next(hit.claim for hit in found(opened, "cranes") if hit.claim)
    opened.judgements.judge(claim, Verdict.TRUE, by="A", why=f"{WHO} showed me", now=NOW)
    opened.store.write_note(Note(at=NOW, by="A", kind="handover", text=f"ask {WHO} about: {SAID}"))
    opened.add([("secret.md", TEXT.encode)], now=NOW, handling=f"{WHO} at risk")
    opened.season.issue(opened.assess(as_of=LAST, now=NOW), by="A", judgement=f"after {WHO}", dissent=SAID, now=NOW)
    yield opened
    opened.close()


def found(desk: Desk, words: str) -> tuple[Hit, ...]:
    return desk.search(words)[0]


def everything(desk: Desk) -> str:
    """Every row of every table, the words that searches find, and every file of the desk, as one text."""
    database = engine(desk.store._database.engine.url.render_as_string(hide_password=False))
    with database.connect() as connection:
        rows = [
            str(tuple(row)) for table in schema.metadata.sorted_tables for row in connection.execute(table.select())
        ]
    database.dispose()
    desk.close()
    files = [
        file.read_bytes().decode("utf-8", "replace")
        for file in desk.path.rglob("*")
        if file.is_file() and "sources" not in file.name and "problems" not in str(file)
    ]
    return "\n".join([*rows, *files])


@BOTH
def test_a_report_is_gone_everywhere_and_its_tombstone_stays(desk: Desk) -> None:
    [report] = {hit.report for hit in found(desk, "cranes")}
    assert SAID in everything(desk)

    erased = desk.forget(report[:20], by="The editor", why="asked for protection", now=NOW)
    left = everything(desk)

    assert erased.stone.reports == (report,)
    assert erased.claims >= 2
    for secret in (SAID, "Word from pier nine", "rerouted to the north port", "secret.md"):
        assert secret not in left, secret
    assert found(desk, "port")
    assert not found(desk, "cranes")
    assert [stone.why for stone in desk.store.tombstones()] == ["asked for protection"]
    assert [act.what for act in desk.acts(report)] == ["caveat", "forget"]
    assert desk.store.handling() == {}
    assert not [line for line in desk.store.lines() if b'"table":"caveats"' in line]


@BOTH
def test_a_voice_is_gone_with_what_it_said_and_the_rest_of_the_report_stays_where_it_was(desk: Desk) -> None:
    [report] = {hit.report for hit in found(desk, "cranes")}
    before = desk.store.reports()[report].text
    desk.forget(WHO.upper(), by="The editor", why="asked for protection", now=NOW)
    after = desk.store.reports()[report].text
    left = everything(desk)

    for secret in (SAID, WHO, "Zarubin"):
        assert secret not in left, secret
    assert len(after) == len(before)
    assert after.rstrip().endswith("Two ships were rerouted to the north port, the port authority said.")
    assert [hit.origin for hit in found(desk, "rerouted")] == ["the port authority"]
    assert not found(desk, "cranes")
    assert desk.store.tombstones()[0].subject == digest_of_voice(WHO)
    for reading in desk.store.readings():
        words = desk.store.reports()[reading.report].text
        assert all(words[claim.span.start : claim.span.stop] == claim.content for claim in reading.claims)


def test_what_was_erased_is_not_taken_in_again(desk: Desk) -> None:
    lines = list(desk.export_lines())
    [report] = {hit.report for hit in found(desk, "cranes")}
    desk.forget(report, by="The editor", why="asked for protection", now=NOW)
    [again] = desk.add([("again.md", TEXT.encode)], now=NOW)
    desk.import_lines(lines)

    assert again.outcome == "failed"
    assert "erased here on 2023-03-01 by The editor (asked for protection)" in again.reason
    assert not found(desk, "cranes")
    assert report.removeprefix("sha256:") not in {file.stem for file in (desk.path / "reports").iterdir()}


@pytest.mark.parametrize("thing", ["report", "voice"])
def test_what_another_desk_forgot_goes_here_too_and_comes_out_the_same(desk: Desk, tmp_path: Path, thing: str) -> None:
    before = list(desk.export_lines())
    [report] = {hit.report for hit in found(desk, "cranes")}
    desk.forget(report if thing == "report" else WHO, by="The editor", why="asked for protection", now=NOW)
    lines = list(desk.export_lines())
    (tmp_path / "other" / "problems").mkdir(parents=True)
    (tmp_path / "fresh" / "problems").mkdir(parents=True)
    other, fresh = Desk(tmp_path / "other"), Desk(tmp_path / "fresh")
    other.import_lines(before)
    other.import_lines(lines)
    fresh.import_lines(lines)

    assert not found(other, "cranes")
    assert len(other.store.tombstones()) == 1
    assert SAID not in everything(other)
    assert list(fresh.export_lines()) == lines
    fresh.close()
    other.close()


@pytest.mark.parametrize("thing", ["report", "voice"])
def test_lines_from_before_bring_back_nothing_that_was_judged_of_what_is_forgotten(desk: Desk, thing: str) -> None:
    [hit] = [one for one in found(desk, "cranes") if one.claim]
    desk.judgements.judge(hit.claim or "", Verdict.REJECTED, by="A", why="Bluebird told us otherwise", now=NOW)
    before = list(desk.export_lines())
    desk.forget(hit.report if thing == "report" else WHO, by="The editor", why="asked for protection", now=NOW)
    after = everything(desk)
    assert "Bluebird" not in after

    desk.import_lines(before)
    desk.import_lines(before)

    assert "Bluebird" not in everything(desk)
    assert SAID not in everything(desk)


def test_assessments_say_that_something_was_erased(desk: Desk) -> None:
    [report] = {hit.report for hit in found(desk, "cranes")}
    assert desk.assess(as_of=LAST, now=NOW).assessment.forgotten == 0
    desk.forget(report, by="The editor", why="asked for protection", now=NOW)
    [issued] = desk.season.issued()

    assert msgspec.json.decode(issued.payload)["erased"][0]["why"] == "asked for protection"
    assert desk.assess(as_of=LAST, now=NOW).assessment.forgotten == 1
    for words in (["--as-issued"], ["--as-of", LAST.isoformat()]):
        shown = CliRunner().invoke(cli, ["assess", str(desk.path), *words]).stdout
        assert re.search(r"erased", shown), shown


@BOTH
def test_a_command_that_was_killed_before_its_end_is_finished_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    [report] = {hit.report for hit in found(desk, "cranes")}
    with monkeypatch.context() as patch:
        patch.setattr("tocsin.desk.forgetting._remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.forget(report, by="The editor", why="asked for protection", now=NOW)
    assert SAID in everything(desk)

    assert desk.forget(report, by="The editor", why="asked for protection", now=NOW).again
    assert SAID not in everything(desk)


@pytest.mark.parametrize("thing", ["nobody", "abcdef", "sha256:0"])
def test_what_is_not_there_cannot_be_forgotten(desk: Desk, thing: str) -> None:
    with pytest.raises(UsageError, match="no report and no voice"):
        desk.forget(thing, by="A", why="w", now=NOW)


def test_the_command_names_the_users_own_files_in_which_the_name_still_stands(desk: Desk) -> None:
    sources = desk.path / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8") + f"# {WHO}\n", encoding="utf-8")
    words = ["forget", str(desk.path), WHO, "--by", "The editor", "--why", "asked for protection"]
    done = CliRunner().invoke(cli, words)

    assert done.exit_code == 0
    assert "erased: " in done.stdout
    assert "sources.toml: it, or a part of it, still stands there" in done.stderr
    assert CliRunner().invoke(cli, words).stdout.startswith("erased before")
    assert "needs --by and --why" in str(CliRunner().invoke(cli, words[:-4]).exception)


JOHN = "John Zimmerling"
INTERVIEW = f"On December 1, {JOHN} said that the cranes stand still. ZIMMERLING GAVE DETAILS to everybody on the pier."


def test_a_voice_goes_in_any_case_and_in_the_names_of_files_and_in_ids(desk: Desk) -> None:
    words = INTERVIEW.encode()
    desk.add([("john-zimmerling-interview.txt", lambda: words)], now=NOW, handling="zimmerling: JOHN  ZIMMERLING only")
    desk.add(
        [("JOHN%20ZIMMERLING.txt", lambda: b"The port is shut today."), ("old_zimmerling.txt", lambda: b"")], now=NOW
    )
    desk.judgements.judge("name:john-zimmerling", Verdict.GRADED, by="A", why="met him in Gdansk", given="C", now=NOW)
    assert len(re.findall("zimmerling", everything(desk), re.IGNORECASE)) > 10

    desk.forget(JOHN, by="The editor", why="asked for protection", now=NOW)
    left = everything(desk)

    assert re.findall("john.{,3}zimmerling|Zimmerling|ZIMMERLING|.zimmerling.txt", left) == []
    assert "Gdansk" not in left
    assert "name:erased" in left


@pytest.mark.parametrize(
    ("thing", "data", "goes"),
    [
        ("voice", b'{"weird": "they call him ZIMMERLING there"}', True),
        ("voice", b'{"weird": "john\\u0020zimmerling"}', True),
        ("voice", b'{"weird": "Zimmerlingen is a town"}', False),
        ("report", b'{"weird": "zimmerling gave details\\nto everybody on the pier."}', True),
        ("report", b'{"weird": "John Zimmerling said something else"}', False),
        ("report", b"BZh91AY&SY\xff\x00 an archive", True),
    ],
)
def test_kept_bytes_of_what_failed_go_where_they_hold_it_or_cannot_be_searched(
    desk: Desk, thing: str, data: bytes, *, goes: bool
) -> None:
    words = INTERVIEW.encode()
    [taken] = desk.add([("a.txt", lambda: words)], now=NOW)
    [failed] = desk.add([("weird.jsonl", lambda: data)], now=NOW)
    assert failed.outcome == "failed"
    [kept] = (desk.path / "failed").iterdir() if (desk.path / "failed").exists() else [None]
    if kept is None:  # it is of no readable kind: kept by hand, as by an earlier version
        (desk.path / "failed").mkdir()
        kept = desk.path / "failed" / "ab.jsonl"
        kept.write_bytes(data)
    name = JOHN if thing == "voice" else taken.report
    done = CliRunner().invoke(cli, ["forget", str(desk.path), str(name), "--by", "The editor", "--why", "order"])

    assert done.exit_code == 0, done.output
    assert kept.exists() is not goes
    assert (f"kept bytes of a failed intake erased: failed/{kept.name}" in done.stdout) is goes
    assert "notes on looks, hand-over notes and reasons were searched for" in done.stdout


def test_the_grade_of_a_reports_only_voice_goes_with_the_report(desk: Desk) -> None:
    words = INTERVIEW.encode()
    [taken] = desk.add([("a.txt", lambda: words)], now=NOW)
    for who, why in (("john-zimmerling", "the codename Bluebird"), ("piotr-zarubin", "the codename Plum")):
        desk.judgements.judge(f"name:{who}", Verdict.GRADED, by="A", why=why, given="C", now=NOW)
    desk.forget(str(taken.report), by="The editor", why="order", now=NOW)
    desk.assess(as_of=LAST, now=NOW)
    left = everything(desk)

    assert "Bluebird" not in left
    assert "name:john-zimmerling" not in left
    assert "Plum" in left
    assert "name:piotr-zarubin" in left


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("briefs/monday.txt", "PIOTR\n  ZARUBIN met us"),
        ("briefs/monday.txt", "see piotr_zarubin or piotr-zarubin"),
        ("briefs/monday.txt", "the zarubin papers"),
        ("briefs/monday.txt", '"Zar\\u0075bin"'),
        ("problems/notes.txt", "https://example.org/Piotr%20Zarubin"),
        ("briefs/interview-zarubin.txt", "nothing"),
        ("Piotr_Zarubin/talk.txt", "nothing"),
    ],
)
def test_a_name_is_found_in_the_users_own_files_however_it_is_written(desk: Desk, file: str, text: str) -> None:
    own = desk.path / file
    own.parent.mkdir(exist_ok=True)
    own.write_text(text, encoding="utf-8")
    (desk.path / "briefs").mkdir(exist_ok=True)
    (desk.path / "briefs" / "other.txt").write_text("Zarubinsk is a town, and Piotr a name", encoding="utf-8")

    erased = desk.forget(WHO, by="The editor", why="asked for protection", now=NOW)

    assert erased.still == (str(own),)
    own.rename(own.with_name("mended.txt")).write_text("", encoding="utf-8")
    again = desk.forget(WHO, by="The editor", why="asked for protection", now=NOW)
    assert again.still == ((str(own.with_name("mended.txt")),) if "Piotr_" in file else ())


@BOTH
def test_what_no_program_can_judge_is_listed_for_a_person(desk: Desk) -> None:
    [claim] = [hit.claim for hit in found(desk, "cranes") if hit.claim][:1]
    assert claim is not None
    desk.collection.look(None, "stocks", by="L", day=LAST, found=False, note=f"as in {claim[:10]}", now=NOW)
    desk.collection.look(None, "rerouted", by="L", day=LAST, found=False, note="the zarubin story again", now=NOW)
    desk.collection.look(None, "rerouted", by="L", day=LAST, found=False, note="nothing of note", now=NOW)
    desk.collection.look(None, "stocks", by=WHO, day=date(2023, 2, 28), found=False, now=datetime(2023, 3, 1, 13))  # noqa: DTZ001
    words = ["forget", str(desk.path), WHO, "--by", "The editor", "--why", "asked for protection"]

    done = CliRunner().invoke(cli, words)

    told = [line for line in done.stderr.splitlines() if line.startswith("judge it yourself: ")]
    assert told == [
        "judge it yourself: a look (stocks), 2023-03-01 12:00: it names a claim or report that went",
        "judge it yourself: a look (rerouted), 2023-03-01 12:00: a part of the name, or words of it, still stand there",
        "judge it yourself: a look (stocks), 2023-03-01 13:00: a part of the name, or words of it, still stand there",
    ]


MAIL = """From: Hilde Sandvik <hilde@aid.example>
Date: Mon, 20 Feb 2023 10:00:00 +0000
Subject: Warehouse seven
Content-Type: text/plain; charset=utf-8

Dear all,

The gate of warehouse seven was locked on Sunday. Two ships were rerouted to the north port.

The port authority said that the port is open.

{}
"""


@pytest.mark.parametrize(
    "signed",
    [
        "Hilde\nAccess Coordinator, Norhaven\nRoom 12",
        "Hilde Sandvik\nAccess Coordinator, Norhaven",
        "-- \nHilde S.\nAccess Coordinator, Norhaven",
        "Best,\nHilde\nAccess Coordinator, Norhaven",
    ],
)
def test_the_signature_of_a_forgotten_person_goes_with_function_and_town(desk: Desk, signed: str) -> None:
    desk.add([("mail.eml", MAIL.format(signed).encode)], now=NOW)
    desk.forget("Hilde Sandvik", by="A", why="asked to", now=NOW)
    text = next(one.text for one in desk.store.reports().values() if "Dear all" in one.text)

    assert not {"Hilde", "Sandvik", "Coordinator", "Norhaven"} & set(re.findall(r"\w+", text))


def test_a_first_name_within_a_line_and_a_line_of_other_words_stay(desk: Desk) -> None:
    mail = MAIL.format("Hilde Road is closed\n\nSandvikstranda\nA short line")
    desk.add([("mail.eml", mail.encode)], now=NOW)
    desk.forget("Hilde Sandvik", by="A", why="asked to", now=NOW)
    text = next(one.text for one in desk.store.reports().values() if "Dear all" in one.text)

    assert "Sandvikstranda\nA short line" in text
