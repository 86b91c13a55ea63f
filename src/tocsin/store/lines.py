"""A whole store as lines of JSON, and back: every row that cannot be made again, in the order in which it was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    insert,
    select,
)

from tocsin.errors import ReadError
from tocsin.model.claim import Extraction
from tocsin.model.log import digest_of_voice
from tocsin.store import schema as t
from tocsin.store.caveats import mark
from tocsin.store.claims import flat_rows
from tocsin.store.database import Database

_NUMBERS = frozenset({"id", "row"})
_TOGETHER = 500
_NO_DAY = datetime(1970, 1, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
_PYTHON: tuple[tuple[type, Any], ...] = (
    (Boolean, bool),
    (DateTime, datetime),
    (Date, date),
    (Float, float),
    (Integer, int),
    (LargeBinary, msgspec.Raw),
)


class _Line(msgspec.Struct):
    """One line: the table and the row, which is read once the table is known."""

    table: str
    row: msgspec.Raw


def _columns(table: Table) -> list[Column[Any]]:
    """The columns that are told: not the numbers that the database itself gives."""
    return [c for c in table.columns if not (c.primary_key and c.name in _NUMBERS)]


def _type_of(column: Column[Any]) -> Any:  # noqa: ANN401 - a type, made from a column
    found: Any = next((python for kind, python in _PYTHON if isinstance(column.type, kind)), str)
    return found | None if column.nullable else found


def _field(column: Column[Any]) -> Any:  # noqa: ANN401 - a field, made from a column
    """A column as a field: one that may be empty may also be left out, as in lines from before there was such a one."""
    told = (str(column.name), _type_of(column))
    return (*told, None) if column.nullable else told


_ROWS = {
    table.name: msgspec.defstruct(
        str(table.name), [_field(c) for c in _columns(table)], forbid_unknown_fields=True, kw_only=True
    )
    for table in t.KEPT
}
_TABLES = {table.name: table for table in t.KEPT}


def line(table: str, row: object) -> bytes:
    """One line of the lossless form, without its end."""
    return msgspec.json.encode({"table": table, "row": row})


class Lines:
    """The part of a store that goes in and out whole."""

    _database: Database

    def lines(self) -> Iterator[bytes]:
        """Every row, as it stands at one moment; the same store gives the same lines on any database."""
        with self._database.reading() as connection:
            for table in t.KEPT:
                columns = _columns(table)
                binary = {c.name for c in columns if isinstance(c.type, LargeBinary)}
                query = select(*columns).order_by(*table.primary_key.columns)
                for row in connection.execution_options(yield_per=_TOGETHER).execute(query).mappings():
                    told = {str(name): msgspec.Raw(value) if name in binary else value for name, value in row.items()}
                    yield line(str(table.name), told)

    def is_empty(self) -> bool:
        """Has nothing been kept yet?"""
        with self._database.reading() as connection:
            return not any(connection.execute(select(table).limit(1)).first() for table in t.KEPT)

    def take_lines(self, lines: Iterable[tuple[int, bytes]]) -> dict[str, tuple[int, int]]:
        """Take in lines, all of them or none. What is there already is not taken in twice.

        A report that was erased here does not come back.

        Args:
            lines: Each with its number, for what is said of a wrong one.

        Returns:
            Of each table, how many rows were new and how many known.

        Raises:
            ReadError: A line is none of a desk, or contradicts itself.
        """
        with self._database.writing() as connection:
            taking = _Taking(connection)
            for number, data in lines:
                try:
                    taking.take(*decoded(data))
                except (msgspec.MsgspecError, ValueError) as error:
                    raise ReadError(f"line {number}: {error} (nothing was taken in)") from error
            taking.finish()
            taking.mark()
            return taking.counts


def decoded(data: bytes) -> tuple[Table, dict[str, Any]]:
    """The table and the row of a line.

    Raises:
        ValueError: It is none of a desk.
    """
    found = msgspec.json.decode(data, type=_Line)
    if found.table not in _TABLES:
        raise ValueError(f"there is no table '{found.table[:40]}' (it may be of a later version: upgrade Tocsin)")
    row = msgspec.json.decode(found.row, type=_ROWS[found.table])
    values: dict[str, Any] = msgspec.structs.asdict(row)
    return _TABLES[found.table], {
        name: bytes(value) if isinstance(value, msgspec.Raw) else value for name, value in values.items()
    }


class _Taking:
    """Rows on their way into a store that may hold some of them.

    Where a table says what may stand there once (a report, a reading, an issue), that decides whether a row is known;
    elsewhere the whole row does, as often as it is there.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._decoder = msgspec.json.Decoder(Extraction)
        stones = connection.execute(select(t.tombstones.c.subject, t.tombstones.c.reports)).all()
        self._forgotten = {stone.subject for stone in stones}
        self._blackened = {report for stone in stones for report in msgspec.json.decode(stone.reports)}
        self._gone = set(self._forgotten)
        self._known: dict[str, Counter[bytes]] = {}
        self._waiting: list[dict[str, Any]] = []
        self._into: Table | None = None
        self._marked: dict[str, str] = {}
        self._taken_in: dict[str, tuple[datetime, str | None]] = {}
        self.counts: dict[str, tuple[int, int]] = {}

    def take(self, table: Table, row: dict[str, Any]) -> None:
        """Take in one row, or see that it is there."""
        new, known = self.counts.get(table.name, (0, 0))
        of_reports = {t.extractions, t.rereadings, t.caveats}
        report = row["id"] if table is t.reports else row["report"] if table in of_reports else None
        if table in {t.extractions, t.rereadings} and self._forgotten:
            self._gone |= self._going(row)
        blackened = table is t.rereadings and report in self._blackened  # whoever takes lines in reads it anew
        if report in self._forgotten or blackened or self._is_of_what_went(table, row):
            self.counts[table.name] = (new, known + 1)
            return
        if table is t.intake and row["report"] in self._marked and row["outcome"] == "new":
            self._taken_in.setdefault(row["report"], (row["at"], row["by"]))
        if self._is_known(table, row):
            self.counts[table.name] = (new, known + 1)
            if table is t.reports and row["handling"]:
                self._marked[row["id"]] = row["handling"]
            return
        self.counts[table.name] = (new + 1, known)
        if table is t.extractions:
            self.finish()
            self._keep_extraction(row)
            return
        if table is t.rereadings:
            self.finish()
            self._checked(row)
        if self._into is not table or len(self._waiting) >= _TOGETHER:
            self.finish()
            self._into = table
        self._waiting.append(row)

    def finish(self) -> None:
        """Write what waits."""
        if self._waiting and self._into is not None:
            self._connection.execute(insert(self._into), self._waiting)
        self._waiting = []

    def mark(self) -> None:
        """Give reports that were known here the caveats that they bear there, from the day on which they bore them."""
        for report, handling in self._marked.items():
            at, by = self._taken_in.get(report, (_NO_DAY, None))
            mark(self._connection, report, handling, by=by, at=at, why="it carries this on another desk")

    def _going(self, row: dict[str, Any]) -> set[str]:
        """The claims of a reading that went here, with their report or with a voice through which they came."""
        return {
            claim.id
            for claim in self._decoder.decode(row["payload"]).claims
            if row["report"] in self._forgotten
            or any(digest_of_voice(voice.name) in self._forgotten for voice in claim.chain)
        }

    def _is_of_what_went(self, table: Table, row: dict[str, Any]) -> bool:
        """Was it said of something that was erased here, or is it how that came in? Readings stand before it."""
        if table is t.audit and row["what"] == "forget":
            return False
        if table in {t.judgements, t.audit}:
            return row["subject"] in self._gone
        return table is t.intake and bool({row["report"], row["digest"]} & self._forgotten)

    def _is_known(self, table: Table, row: dict[str, Any]) -> bool:
        once = next((c for c in table.constraints if isinstance(c, UniqueConstraint)), None)
        columns = list(once.columns) if once is not None else _columns(table)
        known = self._known.get(table.name)
        if known is None:
            found = self._connection.execute(select(*columns))
            known = self._known[table.name] = Counter(msgspec.json.encode(tuple(one)) for one in found)
        key = msgspec.json.encode(tuple(row[column.name] for column in columns))
        if once is not None:
            known[key] += 1
            return known[key] > 1
        known[key] -= 1
        return known[key] >= 0

    def _keep_extraction(self, row: dict[str, Any]) -> None:
        """A reading, with its flat claims."""
        extraction, published, known = self._checked(row)
        query_new = insert(t.extractions).values(row).returning(t.extractions.c.id)
        number: int = self._connection.execute(query_new).scalar_one()
        rows = flat_rows(extraction, number, published=published, known=known)
        if rows:
            self._connection.execute(insert(t.claims), rows)

    def _checked(self, row: dict[str, Any]) -> tuple[Extraction, date | None, date | None]:
        """A reading, with the days of its report; it must be of the words that the report has."""
        extraction = self._decoder.decode(row["payload"])
        query = select(t.reports.c.text, t.reports.c.published_latest, t.reports.c.retrieved)
        found = self._connection.execute(query.where(t.reports.c.id == row["report"])).first()
        if found is None or (extraction.report, extraction.extractor) != (row["report"], row["extractor"]):
            raise ValueError("a reading of another report than its row says, or of one that is not there")
        for claim in extraction.claims:
            if found.text[claim.span.start : claim.span.stop] != claim.content:
                raise ValueError(f"claim {claim.id[:40]} does not stand in its report")
        return extraction, found.published_latest, found.retrieved
