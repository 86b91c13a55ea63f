"""The published JSON Schemas say what the loader accepts."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import FaultyInput
from tocsin.problem import (
    parse_problem,
    parse_sources,
    problem_schema,
    sources_schema,
    template_problem,
    template_sources,
)
from tocsin.problem.keys import PROBLEM, SOURCES
from tocsin.problem.kinds import Kind
from tocsin.problem.schema import settings_schema
from tocsin.read import Columns

PACKAGE = Path(__file__).parents[1] / "src" / "tocsin" / "problem"


def complaints(schema: Mapping[str, object], text: str) -> list[str]:
    """What a validator says of a TOML text, its dates given as editors give them: as texts."""
    validator: Any = import_module("jsonschema").Draft7Validator
    validator.check_schema(schema)
    plain = json.loads(json.dumps(tomllib.loads(text), default=str))
    return [error.json_path for error in validator(schema).iter_errors(plain)]


def kinds(kind: Kind) -> Iterator[Kind]:
    yield kind
    for inner in kind.inner.values():
        yield from kinds(inner)


def test_the_templates_keep_to_the_schemas() -> None:
    assert complaints(problem_schema(), template_problem()) == []
    assert complaints(sources_schema(), template_sources()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema = 1", "schema = 2"),
        ('probability = "unlikely"', 'probability = "so so"'),
        ('probability = "unlikely"', "probability = 1.2"),
        ("event = true", 'event = "yes"'),
        ('coverage = "partly"', 'coverage = "somewhat"'),
        ('"2 days", "1 week", "3 weeks"', '"2 days", "1 week"'),
        ('of = "concrete', 'off = "concrete'),
        ('from = "12-20"', 'from = "Christmas"'),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses_too(old: str, new: str) -> None:
    text = template_problem()
    if old not in text:
        raise ValueError(old)
    faulty = text.replace(old, new, 1)

    assert complaints(problem_schema(), faulty)
    with pytest.raises(FaultyInput):
        parse_problem(faulty, file="p.toml")


def test_the_schema_knows_the_keys_that_the_loader_knows() -> None:
    """The loader refuses every key that no kind lists, and the schema is made of the same kinds."""
    properties = problem_schema()["properties"]

    assert isinstance(properties, dict)
    assert set(properties) == set(PROBLEM.keys)
    for name, inner in PROBLEM.inner.items():
        table = properties[name].get("items", properties[name])
        assert set(table["properties"]) == set(inner.keys)
        assert table["additionalProperties"] is False


def test_every_key_is_explained_and_every_required_one_has_an_example() -> None:
    for kind in (*kinds(PROBLEM), *kinds(SOURCES)):
        for name, key in kind.keys.items():
            assert key.says.endswith((".", "?", ")")), name
            assert key.example or not key.required, name


def test_every_listed_key_is_read_by_the_loader() -> None:
    """A key that is listed and never asked for would be swallowed in silence."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py") if path.name != "keys.py")
    later = {"feeds", "alerts"}

    for kind in (*kinds(PROBLEM), *kinds(SOURCES)):
        for name in set(kind.keys) - later:
            assert f'"{name}"' in code, name


def test_every_key_stands_in_a_template() -> None:
    texts = template_problem() + template_sources()
    unsaid = {"status_quo", "sources", "feeds", "alerts"}

    for kind in (*kinds(PROBLEM), *kinds(SOURCES)):
        for name in set(kind.keys) - unsaid:
            assert f"{name} =" in texts or f"[{name}]" in texts, name


def test_schemas_are_plain_json() -> None:
    for schema in (problem_schema(), sources_schema()):
        assert json.loads(json.dumps(schema)) == schema


def test_sources_stand_in_a_problem_as_they_stand_in_their_own_file() -> None:
    alone = template_problem() + template_sources().replace("schema = 1", "")

    assert parse_problem(alone, file="p").sources == parse_sources(template_sources(), file="s")
    assert complaints(problem_schema(), alone) == []


def test_the_schema_of_a_mapping_knows_the_keys_that_the_reader_knows() -> None:
    schema: Any = settings_schema()
    mapping = schema["properties"]["mapping"]["additionalProperties"]

    assert set(mapping["properties"]) == {field.name for field in dataclasses.fields(Columns)} - {"name"}
