"""A table of plain values, as text, JSON or CSV, and how its values are worded in the text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.errors import UsageError
from tocsin.publish.case import cut
from tocsin.publish.lines import stacked, table, wrap
from tocsin.publish.safe import cell, json_text, plain
from tocsin.publish.words import moved, number, short

Value = str | float | int | bool | None | Sequence[str]
_LONGEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns by name and rows of plain values: numbers stay numbers, days are ISO dates.

    ``shown`` are the columns of the text form, each with how its value is worded there; JSON and CSV have all.
    ``listed``: the text form gives each row as a small list, for values too long for columns. ``notes`` stand below it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shown: Mapping[str, Callable[[Value], str]]
    numeric: frozenset[str] = frozenset()
    listed: bool = False
    notes: tuple[str, ...] = ()


_HEADS = {"log_odds": "effect"}
"""What a column is called in the text form where that words its values otherwise than the column's name says."""


def render(found: Table, *, form: str = "table", width: int = 100) -> str:
    """A table as ``table`` (text), ``json`` (an array of objects) or ``csv`` (with a head).

    In CSV a text that a spreadsheet would run as a formula is disarmed by a quote mark before it.

    Raises:
        UsageError: There is no such form.
    """
    if form == "json":
        return json_text([dict(zip(found.columns, row, strict=True)) for row in found.rows])
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows([_csv(value) for value in row] for row in found.rows)
        return out.getvalue().rstrip("\n")
    if form != "table":
        raise UsageError(f"there is no form '{form}' (write table, json or csv)")
    places = [found.columns.index(name) for name in found.shown]
    rows = [
        [worded(row[place]) for place, worded in zip(places, found.shown.values(), strict=True)] for row in found.rows
    ]
    if not rows:
        return "nothing yet"
    head = [_HEADS.get(name, name.replace("_", " ")) for name in found.shown]
    numeric = [n for n, name in enumerate(found.shown) if name in found.numeric]
    lines = stacked(head, rows, width) if found.listed else table(head, rows, width, numeric=numeric, indent="")
    return "\n".join(
        [*lines, *([""] if found.notes else []), *(line for told in found.notes for line in wrap(told, width))]
    )


def _csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, int | float):
        return json.dumps(value)
    return cell("; ".join(value))


def text(value: Value) -> str:
    """A value in one line, cut where it is too long for a cell."""
    return "" if value is None else cut(plain(str(value)), _LONGEST)


def whole(value: Value) -> str:
    """A value in full."""
    return "" if value is None else plain(str(value))


def joined(value: Value) -> str:
    """The parts of a list in full."""
    return plain("; ".join(value)) if isinstance(value, tuple | list) else ""


def listed(value: Value) -> str:
    """The parts of a list, cut where they are too long for a cell."""
    return cut(plain("; ".join(value)), _LONGEST) if isinstance(value, tuple | list) else ""


def names(value: Value) -> str:
    """The first ids of a list, shortened, and how many more there are."""
    if not isinstance(value, tuple | list):
        return ""
    more = f" and {len(value) - 3} more" if len(value) > 3 else ""
    return " ".join(short(plain(name)) for name in value[:3]) + more


def name(value: Value) -> str:
    """An id, shortened."""
    return short(plain(value)) if isinstance(value, str) else ""


def size(value: Value) -> str:
    """A number in few digits."""
    return number(value) if isinstance(value, int | float) else ""


def effect(value: Value) -> str:
    """A log-odds as an effect; nothing where there is none."""
    return moved(value) if isinstance(value, float) and value else ""
