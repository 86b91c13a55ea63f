"""What `tocsin add` and `tocsin forget` say when something was mistyped, kept, or is not to come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.reading import samples

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.desk.originals import digest_of


def test_a_desk_that_is_misspelt_is_told_and_not_taken_for_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "harbour" / "problems").mkdir(parents=True)
    (tmp_path / "note.txt").write_text(samples.SENTENCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    near = CliRunner().invoke(cli, ["add", "harbor", "note.txt"]).exception
    far = CliRunner().invoke(cli, ["add", "nosuchdesk", "note.txt"]).exception
    none = CliRunner().invoke(cli, ["add", "note.txt", "more.txt"]).exception

    assert "harbor: no desk here, for it has no folder problems/ (did you mean harbour?)" in str(near)
    assert "nosuchdesk: no desk here" in str(far)
    assert ".: no desk here" in str(none)


@pytest.mark.parametrize("day", ["31/11/2026", "11/30/26", "2026-11-30/soon", "2026/11/30"])
def test_a_day_with_strokes_is_shown_whole(folder: Path, day: str) -> None:
    told = CliRunner().invoke(cli, ["add", str(folder), "note.txt", "--published", day]).stderr

    assert f"'{day}' is no date (write a day like 2022-12-02, or 2022-11-28/2022-12-02)" in told


def test_what_is_kept_of_a_failure_says_what_can_mend_it(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_bytes(samples.table())

    told = CliRunner().invoke(cli, ["add", str(folder), str(table)]).stderr

    assert "1 of the failed is kept, for what a mapping or a newer version mends" in told
    assert "--retry (a file that you mend or make anew, add itself)" in told


def test_forgetting_a_report_says_that_its_bytes_do_not_come_back(desk: Desk, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(samples.SENTENCE, encoding="utf-8")
    CliRunner().invoke(cli, ["add", str(desk.path), str(note)])
    name = digest_of(note.read_bytes()).removeprefix("sha256:")[:12]

    told = CliRunner().invoke(cli, ["forget", str(desk.path), name, "--by", "E. Ditor", "--why", "asked"])
    again = CliRunner().invoke(cli, ["add", str(desk.path), str(note)])

    assert "the same bytes are not taken in again" in told.stdout
    assert "not taken in again" in again.stderr


def test_the_authors_of_reports_without_an_outlet_are_listed_with_their_reports(desk: Desk, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("North bank sitrep\n\nTwo ships left the port of Halden on Monday.", encoding="utf-8")
    CliRunner().invoke(cli, ["add", str(desk.path), str(note)])

    told = CliRunner().invoke(cli, ["sources", str(desk.path), "--format", "csv"]).stdout

    name = digest_of(note.read_bytes()).removeprefix("sha256:")[:10]
    assert f"North bank sitrep ({name})" in told
