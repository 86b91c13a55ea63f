"""What several tests of reading share: a file taken apart, and the reports in it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.fuzz import samples
from benchmarks.fuzz.samples import MAPPING

from tocsin.errors import ReadError
from tocsin.model.report import Report
from tocsin.read import Item, PassedOver, Unread, contents, parse_columns, read

__all__ = ["outcome", "pieces", "reports", "samples"]


def pieces(data: bytes, name: str, mapping: str | None = MAPPING) -> list[Item | Unread | PassedOver]:
    """Everything in a file."""
    columns = parse_columns(mapping, file="mapping.toml") if mapping else ()
    return list(contents(io.BytesIO(data), name=name, size=len(data), mappings=columns))


def reports(data: bytes, name: str, mapping: str | None = MAPPING) -> list[Report]:
    """The reports in a file; what cannot be read is left out."""
    items = [piece for piece in pieces(data, name, mapping) if isinstance(piece, Item)]
    return [read(one.data, name=one.name, kind=one.kind, context=one.context) for one in items]


def outcome(data: bytes, name: str, mapping: str | None = MAPPING) -> list[str]:
    """What becomes of a file, in words, whatever it holds: texts of reports, reasons of what is not read."""
    told: list[str] = []
    columns = parse_columns(mapping, file="mapping.toml") if mapping else ()
    try:
        for piece in contents(io.BytesIO(data), name=name, size=len(data), mappings=columns):
            if isinstance(piece, Item):
                try:
                    told.append(read(piece.data, name=piece.name, kind=piece.kind, context=piece.context).text)
                except ReadError as error:
                    told.append(str(error))
            else:
                told.append(piece.reason if isinstance(piece, Unread) else piece.what)
    except ReadError as error:
        told.append(str(error))
    return told
