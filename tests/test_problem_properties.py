"""Whatever stands in a file, the loader gives values or faults, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import Fault, FaultyInput, Place
from tocsin.problem import parse_problem, parse_sources, template_problem
from tocsin.problem.keys import PROBLEM
from tocsin.problem.kinds import Kind

WORDS = [
    "unlikely",
    "often",
    "none",
    "6 weeks",
    "2022-12-01",
    "11-01",
    "a and b",
    "B",
    "opened",
    "official",
    "a",
    "b",
    "",
]
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.booleans(),
    st.integers(-3, 400),
    st.integers(10**30, 10**31),
    st.floats(allow_nan=True),
    st.dates(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["a", "b", "en", "not", "z z"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def table(kind: Kind) -> st.SearchStrategy[dict[str, object]]:
    """Tables of a kind that are right here and there: known keys, some strange ones, any value."""

    def of(name: str) -> st.SearchStrategy[object]:
        if name not in kind.inner:
            return st.one_of(VALUES, st.sampled_from(["a", "b"])) if name == "id" else VALUES
        inner = table(kind.inner[name])
        return st.one_of(st.lists(inner, max_size=3) if name in kind.lists else inner, VALUES)

    return st.fixed_dictionaries({}, optional={**{name: of(name) for name in kind.keys}, "strange": SCALARS})


def toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case date():
            return value.isoformat()
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(toml(item) for item in value) + "]"
        case _:
            return str(value)


def faults(read: Callable[..., object], text: str) -> tuple[Fault, ...]:
    try:
        read(text, file="p.toml")
    except FaultyInput as faulty:
        return faulty.faults or (Fault(Place("", "\n"), ""),)
    return ()


def check(text: str) -> None:
    for fault in (*faults(parse_problem, text), *faults(parse_sources, text)):
        assert fault.place.file == "p.toml"
        assert fault.place.where.isprintable()
        assert fault.message
        assert fault.cure
        assert "\n" not in str(fault)


@given(st.text(max_size=200))
def test_any_text_is_values_or_faults(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(table(PROBLEM))
def test_any_table_is_values_or_faults(values: Mapping[str, object]) -> None:
    check("\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in values.items()))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_good_file_with_one_line_spoilt_is_values_or_faults(data: st.DataObject) -> None:
    lines = template_problem().splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key = lines[at].split(" = ")[0]
    lines[at] = data.draw(
        st.one_of(st.just(""), VALUES.map(lambda value: f"{key} = {toml(value)}"), st.text(max_size=20))
    )

    check("\n".join(lines))
