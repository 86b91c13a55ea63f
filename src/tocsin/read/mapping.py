"""Declared mappings: which column of a table, or key of a JSON object, holds what of a report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from pathlib import PurePath

from tocsin.errors import Fault, FaultyInput, Place, ReadError
from tocsin.read.clean import clean
from tocsin.read.dates import Found, parse_day, parse_words
from tocsin.read.entry import Entry

_SHOWN = 30
_PART = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<year>\d{2})",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what; ``text`` may be several, joined by blank lines. A key within a key is ``outer.inner``.

    ``place`` is put before the text ("In Halden: …"), for a claim counts where its own words say so. ``date_format`` is
    how the days of ``published`` are written ("DD/MM/YYYY"). ``delimiter`` is that of a table whose cells are divided
    by something else than the first line shows.
    """

    name: str
    text: tuple[str, ...]
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    lang: str | None = None
    cited: str | None = None
    id: str | None = None
    place: str | None = None
    date_format: str | None = None
    delimiter: str | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every column that the mapping names."""
        return (*self.text, *(value for key in _ONE if (value := getattr(self, key)) is not None))


_SETTINGS = ("date_format", "delimiter")
_ONE = tuple(field.name for field in fields(Columns) if field.name not in {"name", "text", *_SETTINGS})
_EXAMPLE = '[mapping.NAME] with text = "…", published = "…" in tocsin.toml, or the same keys in a file for --mapping'


def parse_columns(source: str, *, file: str) -> tuple[Columns, ...]:
    r"""The mappings of a settings file (tables ``[mapping.NAME]``), or of a file that is one mapping.

    Raises:
        FaultyInput: Each fault with its place and cure.

    >>> parse_columns('[mapping.wire]\ntext = "body"', file="tocsin.toml")[0].text
    ('body',)
    """
    try:
        given = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FaultyInput([Fault(Place(file), str(error), "mend the TOML")]) from error
    tables = given.get("mapping", {} if "text" not in given else {PurePath(file).stem: given})
    faults: list[Fault] = []
    found: list[Columns] = []
    if not isinstance(tables, dict):
        faults.append(Fault(Place(file, "mapping"), "is no table", "write [mapping.NAME]"))
        tables = {}
    for name, table in tables.items():
        place = f"mapping.{name}" if "mapping" in given else ""
        here = _faults(table, file=file, place=place)
        faults += here
        if not here:
            text = table["text"]
            one = {key: table[key] for key in (*_ONE, *_SETTINGS) if key in table}
            found.append(Columns(name=name, text=(text,) if isinstance(text, str) else tuple(text), **one))
    if faults:
        raise FaultyInput(faults)
    return tuple(found)


def _faults(table: object, *, file: str, place: str) -> list[Fault]:
    """All that is wrong with one mapping."""
    if not isinstance(table, dict):
        return [Fault(Place(file, place), "is no table", f"write [{place}]")]
    known = {*_ONE, "text", *_SETTINGS}
    here = [
        Fault(
            Place(file, f"{place}.{key}".strip(".")), "is no part of a report", f"known are {', '.join(sorted(known))}"
        )
        for key in table
        if key not in known
    ]
    text = table.get("text")
    if not (isinstance(text, str) or (isinstance(text, list) and text and all(isinstance(one, str) for one in text))):
        here.append(Fault(Place(file, f"{place}.text".strip(".")), "names no column", 'write text = "COLUMN"'))
    here += [
        Fault(Place(file, f"{place}.{key}".strip(".")), "is no text", f'write {key} = "COLUMN"')
        for key in (*_ONE, *_SETTINGS)
        if key in table and not isinstance(table[key], str)
    ]
    written = table.get("date_format")
    if isinstance(written, str) and written_as(written) is None:
        cure = 'write date_format = "DD/MM/YYYY", with DD, MM and YYYY (or YY)'
        here.append(Fault(Place(file, f"{place}.date_format".strip(".")), "tells no day", cure))
    delimiter = table.get("delimiter")
    if isinstance(delimiter, str) and len(delimiter) != 1:
        here.append(
            Fault(Place(file, f"{place}.delimiter".strip(".")), "is not one character", 'write delimiter = ";"')
        )
    return here


def fitting(mappings: Sequence[Columns], columns: Sequence[str], *, name: str, whole: bool = True) -> Columns:
    """The mapping for a file: the one whose columns are all there; of several, the one that names most.

    Args:
        mappings: All that are declared.
        columns: The columns found.
        name: The file's name.
        whole: Every column must be there; of JSON objects, where keys may be left out, the text is enough.

    Raises:
        ReadError: None fits, or several equally well; the columns found are shown.
    """
    present = set(columns)
    missing = {
        one.name: [column for column in (one.wanted if whole else one.text) if not _is_there(column, present)]
        for one in mappings
    }
    found = {one.name: sum(_is_there(column, present) for column in one.wanted) for one in mappings}
    fit = [one for one in mappings if not missing[one.name]]
    best = [one for one in fit if found[one.name] == max(found[other.name] for other in fit)]
    if len(best) == 1:
        return best[0]
    shown = ", ".join(clean(one) or "''" for one in columns[:_SHOWN]) + (", …" if len(columns) > _SHOWN else "")
    if best:
        raise ReadError(
            f"{name}: several mappings fit ({', '.join(one.name for one in best)}); columns: {shown} "
            "(name one with --mapping)"
        )
    if not mappings:
        raise ReadError(f"{name}: no mapping says which column holds what; columns: {shown} (write {_EXAMPLE})")
    lacks = "; ".join(f"{which} lacks {', '.join(columns)}" for which, columns in missing.items())
    raise ReadError(f"{name}: no mapping fits: {lacks}; columns: {shown} (write {_EXAMPLE})")


def _is_there(column: str, present: set[str]) -> bool:
    return column in present or column.split(".", maxsplit=1)[0] in present


def entry_of(row: Mapping[str, object], columns: Columns, *, name: str) -> Entry:
    """The report that one row holds.

    Raises:
        ReadError: It holds no text, or its date is none.
    """
    parts = [part for column in columns.text if (part := _value(row, column).strip("\n")).strip()]
    if not parts:
        raise ReadError(f"{name}: no text in {' or '.join(columns.text)} (leave the row out)")
    said = {key: clean(_value(row, column)) or "" for key in _ONE if (column := getattr(columns, key)) is not None}
    place = said.pop("place", "")
    text = "\n\n".join(part if place.casefold() in part.casefold() else f"In {place}: {part}" for part in parts)
    day = said.get("published", "")
    if day and columns.date_format is not None:
        said["published"] = day = _by_format(day, columns.date_format, name=f"{name}: {columns.published}")
    elif day and _day(day) is None:
        raise ReadError(
            f"{name}: {columns.published}: {day[:40]!r} is no date (write 2022-12-02, or say in the mapping how days "
            'are written: date_format = "DD/MM/YYYY")'
        )
    return Entry(form="row", text=text, dated=f"column {columns.published}" if day else "", **said)


def written_as(date_format: str) -> re.Pattern[str] | None:
    """The pattern of days that are written in a format, a time of day behind them or not; None where it tells no day.

    >>> written_as("DD/MM/YYYY").fullmatch("07/11/2026 18:05")["month"]
    '11'
    >>> written_as("MM/YYYY") is None
    True
    """
    parts = re.split(r"(YYYY|YY|MM|DD)", date_format.strip())
    if sorted(part[:1] for part in parts[1::2]) != ["D", "M", "Y"]:
        return None
    return re.compile("".join(_PART.get(part) or re.escape(part) for part in parts) + r"(?:[T\s,].*)?")


def _by_format(day: str, date_format: str, *, name: str) -> str:
    """A day written in a format, in ISO form."""
    pattern = written_as(date_format)
    found = pattern.fullmatch(day) if pattern is not None else None
    if found is not None:
        year = int(found["year"])
        with suppress(ValueError):
            return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"])).isoformat()
    raise ReadError(f"{name}: {day[:40]!r} is no day in the form {date_format} (mend the cell, or date_format)")


def _day(text: str) -> Found | None:
    window = parse_day(text) or parse_words(text)
    return Found(window, "") if window is not None else None


def _value(row: Mapping[str, object], column: str) -> str:
    """What stands in a column, or at a path of keys; numbers as they are written."""
    found: object = row
    if column in row:
        found = row[column]
    else:
        for key in column.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    return str(found)
