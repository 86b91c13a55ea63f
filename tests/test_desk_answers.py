"""What a desk says of itself where one file or machine does not know of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tocsin import cli

ALERT = '\n[[alerts]]\non = ["word_changed"]\nto = ["night-desk"]\n'
STORY = '\n[[deception]]\nid = "tale"\nsuspects = ["{}"]\n'


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(word) for word in words])


def told(found: Result) -> str:
    return " ".join((found.output + str(found.exception or "")).split())


def declare(folder: Path, text: str) -> None:
    [file] = (folder / "problems").glob("*.toml")
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_an_import_says_which_channels_the_desk_lacks_and_check_gives_the_cure(folder: Path, tmp_path: Path) -> None:
    declare(folder, ALERT)
    (folder / "tocsin.toml").write_text('[[channels]]\nid = "night-desk"\nfile = "out.txt"\n', "utf-8")
    out = tmp_path / "desk.jsonl"

    exported = run("export", folder, "--to", "jsonl", "--release", "all", "-o", out)
    taken = run("import", tmp_path / "second", out)

    assert "tocsin.toml is not among the lines" in told(exported)
    assert "'night-desk' is no channel of the desk: declare it in tocsin.toml" in told(taken)
    assert "an import brings none" in told(run("check", tmp_path / "second"))
    assert "no channel" not in told(run("import", folder, out))


@pytest.mark.parametrize("name", ["port", "Norhaven Port Authority", "port authority"])
def test_a_story_steers_its_suspect_by_whichever_name_the_file_gives(folder: Path, name: str) -> None:
    declare(folder, STORY.format(name))

    assert "No faults" in told(run("check", folder))
    page = told(run("assess", folder, "--as-of", "2023-02-20"))
    assert "Sources within reach: Norhaven Port Authority." in page
    assert "none: nobody deceives us 70 % 70 %" not in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("command", [("check",), ("assess", "--as-of", "2023-02-20"), ("queue",)])
def test_a_suspect_that_nobody_declared_stops_check_and_answer_alike(folder: Path, command: tuple[str, ...]) -> None:
    declare(folder, STORY.format("prt"))
    found = run(command[0], folder, *command[1:])

    assert found.exit_code != 0
    assert "deception.tale.suspects: 'prt' is no source (did you mean 'port'?)" in told(found)
