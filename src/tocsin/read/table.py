"""Tables and JSON Lines: one report per row, by a declared mapping. Read row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tocsin.errors import ReadError
from tocsin.read.clean import clean
from tocsin.read.items import Item, Stream, Unread
from tocsin.read.kind import Kind
from tocsin.read.limits import MAX_COLUMNS, MAX_ENTRIES, MAX_LINE
from tocsin.read.mapping import Columns, entry_of, fitting

_DELIMITERS = ",;\t|"


def rows(stream: BinaryIO, *, name: str, mappings: Sequence[Columns]) -> Stream:
    """The rows of a table whose first line names its columns.

    Raises:
        ReadError: No mapping fits, or the table is damaged; of what follows the damage nothing is read.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="strict", newline="")
    csv.field_size_limit(MAX_LINE)
    try:
        first = text.readline(MAX_LINE)
        declared = {one.delimiter for one in mappings if one.delimiter is not None}
        delimiter = next(iter(declared)) if len(declared) == 1 else max(_DELIMITERS, key=first.count)
        columns = next(csv.reader([first], delimiter=delimiter), [])
        if not any(column.strip() for column in columns):
            raise ReadError(f"{name}: the first line names no columns (write their names there)")
        if len(columns) > MAX_COLUMNS:
            raise ReadError(f"{name}: more than {MAX_COLUMNS:,} columns (leave out what is not needed)")
        mapping = fitting(mappings, columns, name=name)
        reader = csv.reader(_lines(text, name), delimiter=delimiter)
        for number, cells in enumerate(reader, 2):
            if number > MAX_ENTRIES:
                raise ReadError(f"{name}: more than {MAX_ENTRIES:,} rows (split it)")
            if any(cell.strip() for cell in cells):
                yield from _row(dict(zip(columns, cells, strict=False)), mapping, label=f"{name}: row {number}")
    except csv.Error as error:
        raise ReadError(f"{name}: the table is damaged: {error} (save it anew from where it came from)") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: not UTF-8 (save it as UTF-8)") from error
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a table; one without end would fill the memory."""
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise ReadError(f"{name}: a line of more than {MAX_LINE:,} characters (save it anew from where it came)")
        yield line


def objects(stream: BinaryIO, *, name: str, mappings: Sequence[Columns]) -> Stream:
    """The objects of a file of JSON Lines.

    Raises:
        ReadError: No mapping fits the first object, or a line has no end.
    """
    mapping: Columns | None = None
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise ReadError(f"{name}: line {number}: more than {MAX_LINE // 1_000_000} MB (split it)")
        if number > MAX_ENTRIES:
            raise ReadError(f"{name}: more than {MAX_ENTRIES:,} lines (split it)")
        if not line.strip():
            continue
        label = f"{name}: line {number}"
        try:
            row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError) as error:
            reason = clean(str(error)) or "damaged"
            yield Unread(
                name=label, reason=f"{label}: no JSON: {reason} (mend or remove the line)", data=line, kind=Kind.LINES
            )
            continue
        if not isinstance(row, dict):
            yield Unread(
                name=label, reason=f"{label}: no JSON object (write one object a line)", data=line, kind=Kind.LINES
            )
            continue
        if mapping is None:
            mapping = fitting(mappings, list(row), name=name, whole=False)
        yield from _row(row, mapping, label=label)
    if number == 0:
        raise ReadError(f"{name}: the file is empty (add the report itself)")


def _row(row: dict[str, object] | dict[str, str], mapping: Columns, *, label: str) -> Stream:
    try:
        entry = entry_of(row, mapping, name=label)
    except ReadError as error:
        yield Unread(name=label, reason=str(error))
    else:
        yield Item(name=label, data=entry.encoded(), kind=Kind.ENTRY)
