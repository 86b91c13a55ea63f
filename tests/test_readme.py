"""The README shows what the commands print."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = f"{sys.executable} -m tocsin"


def _sessions() -> list[tuple[str, str]]:
    """Commands of the README's console blocks, each with the output it shows."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def test_the_readme_shows_the_commands_it_promises() -> None:
    assert [command for command, _ in _sessions()][:2] == ["make demo", "make test"]


def test_each_command_prints_what_the_readme_shows(tmp_path: Path) -> None:
    for command, shown in _sessions():
        if command == "make test":
            continue
        words = command.replace("make demo", f"{PROGRAM} demo").replace(".venv/bin/tocsin", PROGRAM)
        environment = {**os.environ, "COLUMNS": "100"}
        done = subprocess.run(words.split(), capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)

        assert done.returncode == 0, done.stderr
        assert doctest.OutputChecker().check_output(shown, done.stdout, doctest.ELLIPSIS), (command, done.stdout)


def test_the_makefile_has_the_targets_that_documents_name() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in ("demo", "test", "lint", "bench", "clean"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", ["LICENSE", "NOTICE", "CHANGELOG.md", "docs/brief.png"])
def test_what_the_readme_links_to_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0
