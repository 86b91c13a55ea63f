"""The one act that erases: a tombstone is written, and in the same step everything it stands for goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, LargeBinary, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from tocsin.errors import StoreError
from tocsin.model.claim import Extraction
from tocsin.model.log import Act, Tombstone
from tocsin.model.report import Report
from tocsin.store import guards
from tocsin.store import schema as t
from tocsin.store.claims import flat_rows
from tocsin.store.database import Database
from tocsin.store.log import TOMBSTONE, note_act
from tocsin.store.reports import REPORT

WORDED = {
    t.reports: ("name", "url", "handling", "cited"),
    t.rereadings: ("head",),
    t.files: ("text",),
    t.intake: ("name", "reason", "handling", "outlet"),
    t.caveats: ("handling", "why"),
    t.judgements: ("subject", "why", "detail"),
    t.issued: ("judgement", "dissent", "payload"),
    t.outcomes: ("why",),
    t.looks: ("note",),
    t.fetches: ("error",),
    t.deliveries: ("reason", "payload"),
    t.notes: ("text", "detail"),
    t.audit: ("subject", "why", "detail"),
}
"""Where people or programs may have written down what was read."""

_WRITTEN = {
    t.reports: ("a report", ("title", "outlet", "author", "text")),
    t.files: ("an earlier version of a declaration", ("text",)),
    t.judgements: ("a judgement", ("by", "why")),
    t.issued: ("an assessment as issued", ("by", "judgement", "dissent")),
    t.outcomes: ("a record of what happened", ("by", "why")),
    t.looks: ("a look", ("who", "note")),
    t.notes: ("a note", ("by", "text")),
    t.caveats: ("a caveat", ("by", "why")),
}
"""What a person wrote, or would read again, by what it is called; the audit trail repeats it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text on record: where it stands, in words, and when it was put there if that is known."""

    place: str
    at: datetime | None
    text: str
    by_people: bool


ERASED = "█████"
"""What stands in the place of words that were erased."""


class Eraser(Protocol):
    """What takes out of every kind of record what goes."""

    def report(self, report: Report) -> Report | None:
        """A report without it; None where it goes as a whole."""
        ...

    def extraction(self, extraction: Extraction) -> Extraction:
        """A reading without it."""
        ...

    def goes(self, subject: str) -> bool:
        """Is it one of the things that go?"""
        ...

    def speaks(self, subject: str) -> bool:
        """Is it a voice that goes?"""
        ...

    def label(self, text: str) -> str:
        """The name of a file or a thing without it."""
        ...

    def words(self, text: str) -> str:
        """Any text without it, also one that is JSON."""
        ...

    def payload(self, payload: bytes) -> bytes:
        """The JSON of an assessment without it."""
        ...


class Erase:
    """The part of a store that forgets."""

    _database: Database

    def readings(self) -> tuple[Extraction, ...]:
        """Every reading of every report, those too that a later one has replaced or that no judgement calls for now."""
        decoder = msgspec.json.Decoder(Extraction)
        with self._database.reading() as connection:
            return tuple(
                decoder.decode(payload)
                for table in (t.extractions, t.rereadings)
                for (payload,) in connection.execute(select(table.c.payload).order_by(table.c.id))
            )

    def written(self) -> Iterator[Written]:
        """What people wrote, and what they would read again: for whoever must judge what no program can."""
        with self._database.reading() as connection:
            for table, (place, columns) in _WRITTEN.items():
                told = {"reports": "id", "files": "name", "judgements": "subject", "looks": "indicator"}.get(table.name)
                when = next((name for name in ("at", "issued_at", "first_used") if name in table.c), None)
                for row in connection.execute(select(table)).mappings():
                    yield Written(
                        place=f"{place} ({row[told]})" if told else place,
                        at=row[when] if when else None,
                        text="\n".join(row[name] for name in columns if row[name]),
                        by_people=table not in {t.reports, t.files},
                    )

    def erase(self, stone: Tombstone, eraser: Eraser) -> None:
        """Write the tombstone, if it does not stand yet, and take out what it stands for, whole or not at all."""
        with self._database.writing() as connection:
            connection.execute(insert(t.about).values(key=guards.ERASING, value=stone.subject))
            row = TOMBSTONE.row(stone)
            if connection.execute(select(t.tombstones.c.id).filter_by(**row)).first() is None:
                connection.execute(insert(t.tombstones).values(row))
            for report in stone.reports:
                _one_report(connection, report, eraser)
            for table, columns in WORDED.items():
                _words_of(connection, table, columns, eraser)
            act = Act(at=stone.at, who=stone.by, what="forget", subject=stone.subject, why=stone.why)
            note_act(connection, act)
            if self._database.is_sqlite:  # the index keeps words that were deleted until it is merged
                guards.merge(connection)
            connection.execute(delete(t.about).where(t.about.c.key == guards.ERASING))

    def compact(self) -> None:
        """Give up the pages on which erased words may still stand.

        Raises:
            StoreError: Another program is at work on the store.
        """
        try:
            if self._database.is_sqlite:
                connection = self._database.engine.raw_connection()
                try:
                    for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                        connection.cursor().execute(statement)
                finally:
                    connection.close()
            else:
                names = ", ".join(table.name for table in (t.extractions, t.claims, *WORDED))
                with self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connected:
                    connected.exec_driver_sql(f"VACUUM (FULL) {names}")
        except (DBAPIError, self._database.engine.dialect.loaded_dbapi.Error) as error:
            raise StoreError(
                f"{self._database.shown}: erased from the record, but its old pages could not be given up:"
                f" {getattr(error, 'orig', error)} (run tocsin forget again when no other program is at work)"
            ) from error


def _one_report(connection: Connection, report: str, eraser: Eraser) -> None:
    found = connection.execute(select(t.reports).where(t.reports.c.id == report)).mappings().first()
    if found is None:
        return
    readings = connection.execute(select(t.extractions).where(t.extractions.c.report == report)).mappings().all()
    connection.execute(delete(t.claims).where(t.claims.c.report == report))
    left = eraser.report(REPORT.value(found))
    if left is None:
        connection.execute(delete(t.rereadings).where(t.rereadings.c.report == report))
        connection.execute(delete(t.extractions).where(t.extractions.c.report == report))
        connection.execute(delete(t.reports).where(t.reports.c.id == report))
        known = (t.intake.c.report == report) | (t.intake.c.digest == report)
        connection.execute(update(t.intake).where(known).values(name="", reason=None, handling=None, outlet=None))
        connection.execute(delete(t.caveats).where(t.caveats.c.report == report))
        return
    row = {**REPORT.row(left), "name": eraser.label(found["name"])}
    connection.execute(update(t.reports).where(t.reports.c.id == report).values(row))
    for reading in readings:
        kept = eraser.extraction(msgspec.json.decode(reading["payload"], type=Extraction))
        payload = msgspec.json.encode(kept)
        connection.execute(update(t.extractions).where(t.extractions.c.id == reading["id"]).values(payload=payload))
        published = left.published.latest if left.published else None
        rows = flat_rows(kept, reading["id"], published=published, known=left.retrieved)
        if rows:
            connection.execute(insert(t.claims), rows)
    again = t.rereadings
    for number, payload in connection.execute(
        select(again.c.id, again.c.payload).where(again.c.report == report)
    ).all():
        kept = eraser.extraction(msgspec.json.decode(payload, type=Extraction))
        connection.execute(update(again).where(again.c.id == number).values(payload=msgspec.json.encode(kept)))


def _words_of(connection: Connection, table: Table, columns: tuple[str, ...], eraser: Eraser) -> None:
    query = select(table.c.id, *(table.c[name] for name in columns))
    for row in connection.execute(query).mappings().all():
        gone = "subject" in columns and eraser.goes(row["subject"])
        spoke = "subject" in columns and eraser.speaks(row["subject"])
        changed = {name: _left(table, name, row[name], eraser, gone=gone, spoke=spoke) for name in columns}
        changed = {name: value for name, value in changed.items() if value != row[name]}
        if changed:
            connection.execute(update(table).where(table.c.id == row["id"]).values(changed))


def _left(table: Table, name: str, value: Any, eraser: Eraser, *, gone: bool, spoke: bool) -> Any:  # noqa: ANN401 - text or bytes
    """What is left of one cell; grounds given over something or somebody that goes go with it."""
    if value is None or (gone and name == "detail"):
        return None
    if isinstance(table.c[name].type, LargeBinary):
        return eraser.payload(value)
    if name in {"name", "subject"} or (table is t.intake and name == "reason"):  # a reason names the file
        return eraser.label(value)
    return ERASED if (gone or spoke) and name == "why" else eraser.words(value)
