"""The documents cannot lie: the reference is what the code says, and the README's commands exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from tocsin import cli

ROOT = Path(__file__).parents[1]


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["commands.md", "files.md"])
def test_the_reference_is_what_the_code_says(page: str) -> None:
    expected = _builder().pages()[page]

    assert (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8") == expected, "run: python docs/build.py"


@pytest.mark.parametrize("document", ["README.md", "docs/tutorial.md", "docs/reference/commands.md"])
def test_every_command_named_in_a_document_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`|\$ |^## |Example: )tocsin ([a-z]+)", text, re.MULTILINE))

    assert named
    assert named <= set(cli.COMMANDS)


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_a_command_says_of_itself_what_the_list_says_and_gives_an_example(name: str) -> None:
    command = cli.cli.get_command(click.Context(cli.cli), name)

    assert command is not None
    assert command.name == name
    first = (command.help or "").split("\n\n")[0].replace("\n", " ").strip()
    assert first.rstrip(".").startswith(cli.COMMANDS[name][1].rstrip(".").split(":")[0])
    assert (command.epilog or "").startswith("Example: tocsin ")


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    for decision in (ROOT / "docs" / "decisions").glob("*.md"):
        assert decision.name in listed, decision.name


def test_every_module_that_the_threat_model_names_is_there() -> None:
    named = set(re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.py)?)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))

    assert len(named) > 8
    for name in named:
        assert (ROOT / "src" / "tocsin" / name).exists(), name
