"""A whole desk goes out as lines of JSON and comes back the same, on any store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests import postgres

from tocsin.desk import Desk
from tocsin.errors import ReadError
from tocsin.model.judgement import Verdict
from tocsin.model.log import Note

NOW = datetime(2023, 3, 1, 12, 30, 15, 123456)  # noqa: DTZ001 - the store's moments are UTC without a zone
LAST = date(2023, 2, 20)


def empty(folder: Path, store: str | None = None) -> Desk:
    """A desk with nothing on it."""
    (folder / "problems").mkdir(parents=True)
    if store is not None:
        (folder / "tocsin.toml").write_text(f'store = "{store}"\n', encoding="utf-8")
    return Desk(folder)


@pytest.fixture(scope="module")
def worked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on which people have worked; not to be written to."""
    desk = Desk(Path(shutil.copytree(filled, tmp_path_factory.mktemp("worked") / "desk")))
    assessed = desk.assess(as_of=LAST, now=NOW)
    desk.season.issue(assessed, by="A", judgement="likely", dissent=None, now=NOW)
    desk.judgements.judge(assessed.linked.evidence[0].claim or "", Verdict.TRUE, by="A", why="seen", now=NOW)
    desk.season.forecast(None, who="A", as_of=LAST, probability=0.1 + 0.2, now=NOW)
    desk.season.record(onset=None, through=date(2023, 3, 1), by="A", why="nothing came", now=NOW)
    (report, *_) = desk.store.reports()
    original = next((desk.path / "reports").glob(f"{report.removeprefix('sha256:')}*"))
    desk.add([(original.name, original.read_bytes)], now=NOW, handling="TLP:GREEN")
    desk.add([("rows.csv", lambda: b"seltsam\nno\n")], now=NOW, handling="TLP:RED", outlet="Wire", lang="en")
    desk.store.write_note(Note(at=NOW, by="A", kind="handover", text="ruhig – тихо", detail={"open": [1.5]}))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def lines(worked: Desk) -> list[bytes]:
    return list(worked.export_lines())


def test_from_sqlite_to_postgresql_every_byte_and_every_digit_stays(
    server: postgres.Server, worked: Desk, lines: list[bytes], tmp_path: Path
) -> None:
    other = empty(tmp_path / "other", server.fresh())
    taken = other.import_lines(lines)
    back = empty(tmp_path / "back")
    back.import_lines(other.export_lines())

    assert list(other.export_lines()) == list(back.export_lines()) == lines
    assert sum(taken.new.values()) == len(lines) - 1
    assert not any(taken.known.values())
    assert taken.new["caveats"] == 1
    assert other.store.handling() == back.store.handling() == worked.store.handling()
    assert len(other.store.handling()) == 1
    moment = NOW + timedelta(days=1)
    assert (
        other.assess(as_of=LAST, now=moment).assessment
        == back.assess(as_of=LAST, now=moment).assessment
        == worked.assess(as_of=LAST, now=moment).assessment
    )
    other.close()
    back.close()


def test_originals_come_over_byte_for_byte(worked: Desk, lines: list[bytes], tmp_path: Path) -> None:
    other = empty(tmp_path / "other")
    other.import_lines(lines)
    other.close()

    def originals(folder: Path) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in (folder / "reports").iterdir()}

    assert originals(other.path) == originals(worked.path)
    assert len(originals(other.path)) >= 5


def test_what_is_there_is_not_taken_in_twice(worked: Desk, lines: list[bytes]) -> None:
    taken = worked.import_lines(lines)

    assert not any(taken.new.values())
    assert list(worked.export_lines()) == lines


def test_two_desks_become_one_and_a_declaration_that_is_there_stays(
    worked: Desk, lines: list[bytes], tmp_path: Path
) -> None:
    other = empty(tmp_path / "other")
    (other.path / "sources.toml").write_text("# ours\n", encoding="utf-8")
    said = b"The port is closed, an official said."
    other.add([("own.txt", lambda: said)], now=NOW)
    taken = other.import_lines(lines)

    assert taken.kept == ("sources.toml",)
    assert (other.path / "sources.toml").read_text(encoding="utf-8") == "# ours\n"
    assert len(other.store.reports()) == len(worked.store.reports()) + 1
    assert [claim.id for claim in other.store.claims(most=10_000)][-1]
    other.close()


def _row(**changed: object) -> Callable[[dict[str, object]], object]:
    return lambda row: row.update(changed)


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("originals", _row(file="reports/../../evil"), "is not the digest of its bytes"),
        ("originals", _row(data="AAAA"), "is not the digest of its bytes"),
        ("declarations", _row(file="problems/../x.toml"), "is no file of a declaration"),
        ("declarations", _row(file="tocsin.toml"), "is no file of a declaration"),
        ("reports", _row(text=5), "Expected `str`"),
        ("reports", _row(more=5), "unknown field"),
        ("reports", _row(text="Other words."), "does not stand in its report"),
        ("extractions", _row(report="sha256:none"), "another report"),
        ("extractions", _row(payload=[]), "Expected `object`"),
        ("judgements", _row(at="yesterday"), "datetime"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken_in(
    lines: list[bytes], tmp_path: Path, table: str, change: Callable[[dict[str, object]], object], told: str
) -> None:
    place = next(n for n, line in enumerate(lines) if json.loads(line).get("table") == table)
    wrong = json.loads(lines[place])
    change(wrong["row"])
    other = empty(tmp_path / "other")
    with pytest.raises(ReadError, match=rf"line \d+: .*{told}"):
        other.import_lines([*lines[:place], json.dumps(wrong).encode(), *lines[place + 1 :]])

    assert other.store.is_empty()
    assert not (other.path / "sources.toml").exists()
    assert not list(tmp_path.glob("evil"))
    other.close()


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (b"", "there is no line of a desk"),
        (b"{", "line 1"),
        (b'{"tocsin": "pool", "form": 1}', "this is no desk"),
        (b'{"tocsin": "desk", "form": 99}', "upgrade Tocsin"),
    ],
)
def test_what_is_no_desk_is_said_to_be_none(tmp_path: Path, first: bytes, told: str) -> None:
    other = empty(tmp_path / "other")
    with pytest.raises(ReadError, match=told):
        other.import_lines([first])
    other.close()


def test_a_table_of_a_later_version_is_refused(lines: list[bytes], tmp_path: Path) -> None:
    other = empty(tmp_path / "other")
    with pytest.raises(ReadError, match="no table 'hunches'"):
        other.import_lines([*lines, b'{"table": "hunches", "row": {}}'])
    other.close()
