"""Write docs/reference from the code: ``python docs/build.py``. A test holds the pages equal to what this makes."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import click

from tocsin import cli, problem
from tocsin.cli.schema import NAMES
from tocsin.publish import json as outputs

PAGES = Path(__file__).parent / "reference"


def commands() -> str:
    """Every command with its help, as the program prints it."""
    lines = ["# Commands", "", "What each command prints for `--help`. Made from the code by `docs/build.py`.", ""]
    for name, (module, _) in cli.COMMANDS.items():
        command: click.Command = getattr(importlib.import_module(f"tocsin.cli.{module}"), cli.attribute(name))
        context = click.Context(
            command,
            info_name=f"tocsin {name}",
            max_content_width=100,
            terminal_width=100,
            help_option_names=cli.cli.context_settings["help_option_names"],
        )
        lines += [f"## tocsin {name}", "", "```text", command.get_help(context), "```", ""]
    lines += [
        "## Exit status",
        "",
        "0: done. 1: the work failed in part or whole; standard error says what and why.",
        "2: wrong usage or faulty files.",
        "",
    ]
    return "\n".join(lines)


def schemas() -> str:
    """Every file and output with its keys, from the JSON Schemas."""
    lines = ["# Files and outputs", "", "Made from the JSON Schemas that `tocsin schema NAME` prints.", ""]
    for name in NAMES:
        schema = _schema(name)
        lines += [f"## {name}", "", str(schema.get("description", "")), ""]
        for title, keys in _tables(schema):
            lines += [f"### {title}", "", "| key | what it takes | meaning |", "|---|---|---|", *keys, ""]
    return "\n".join(lines)


def _schema(name: str) -> dict[str, Any]:
    declared = {
        "problem": problem.problem_schema,
        "sources": problem.sources_schema,
        "settings": problem.settings_schema,
    }
    return declared[name]() if name in declared else outputs.schema(name)


def _tables(schema: dict[str, Any]) -> list[tuple[str, list[str]]]:
    definitions: dict[str, Any] = schema.get("$defs", {})
    root = schema
    if "$ref" in schema:
        root = definitions[schema["$ref"].rsplit("/", 1)[1]]
    found: list[tuple[str, list[str]]] = []
    _walk("top level", root, found)
    for title, part in sorted(definitions.items()):
        if part is not root:
            _walk(title, part, found)
    return found


def _walk(title: str, part: dict[str, Any], found: list[tuple[str, list[str]]]) -> None:
    properties: dict[str, Any] = part.get("properties", {})
    if not properties:
        return
    required = set(part.get("required", ()))
    rows = []
    for key, value in properties.items():
        mark = "" if key in required else " (optional)"
        rows.append(f"| `{key}`{mark} | {_cell(_kind(value))} | {_cell(str(value.get('description', '')))} |")
    found.append((title, rows))
    for key, value in properties.items():
        inner = value.get("items", value)
        if isinstance(inner, dict):
            _walk(f"{title}: {key}" if title != "top level" else key, inner, found)


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return str(value["$ref"]).rsplit("/", 1)[1]
    if "const" in value:
        return json.dumps(value["const"])
    if "enum" in value:
        return ", ".join(json.dumps(one, ensure_ascii=False) for one in value["enum"])
    if "anyOf" in value or "oneOf" in value:
        choices: list[dict[str, Any]] = value.get("anyOf") or value["oneOf"]
        return " or ".join(dict.fromkeys(_kind(one) for one in choices))
    kind = value.get("type", "any")
    if kind == "array":
        items = value.get("items")
        return f"list of {_kind(items)}" if isinstance(items, dict) else "list"
    return f"{kind} ({value['format']})" if "format" in value else str(kind)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    return {"commands.md": commands(), "files.md": schemas()}


if __name__ == "__main__":
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
