"""Reports, what was read out of them, and every attempt to take one in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, insert, select

from tocsin.errors import StoreError
from tocsin.model.claim import Extraction
from tocsin.model.handling import stricter
from tocsin.model.log import Attempt, Tombstone
from tocsin.model.report import Report
from tocsin.store import schema as t
from tocsin.store.caveats import given_later, mark
from tocsin.store.claims import flat_rows, latest_extractions
from tocsin.store.database import Database, DuplicateError
from tocsin.store.order import own_moment
from tocsin.store.rows import Shape

REPORT = Shape(Report, t.reports)
ATTEMPT = Shape(Attempt, t.intake)
TOMBSTONE = Shape(Tombstone, t.tombstones)
_AGAIN = "given when it was added again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came in: a report with what was read out of it, or an attempt that added nothing."""

    attempt: Attempt
    report: Report | None = None
    extraction: Extraction | None = None
    handling: str | None = None
    """A caveat for the report that came in, or that is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of an arrival: on record; or the report was there already; or the store refuses it, and why.

    ``handling`` is what a report that was there carries from now on, where its caveat became stricter.
    """

    known: bool = False
    refused: str | None = None
    handling: str | None = None


class Reports:
    """The part of a store that keeps reports."""

    _database: Database

    def extractor_of(self, report: str) -> str | None:
        """The extractor whose reading of a report counts, or None where the report is not known.

        Raises:
            StoreError: The report was erased here, and is not to come back.
        """
        with self._database.reading() as connection:
            _refuse_forgotten(connection, report)
            query = select(t.extractions.c.extractor).where(t.extractions.c.report == report)
            return connection.execute(
                query.order_by(t.extractions.c.at.desc(), t.extractions.c.id.desc()).limit(1)
            ).scalar()

    def keep(
        self,
        report: Report,
        extraction: Extraction,
        *,
        name: str,
        handling: str | None,
        at: datetime,
        by: str | None = None,
    ) -> bool:
        """Keep a report and what was read out of it, whole or not at all.

        Returns:
            False where the report was there already (another process may have been quicker): then nothing changes.

        Raises:
            StoreError: The store refuses, or the report was erased here.
        """
        try:
            with self._database.writing() as connection:
                _keep(connection, report, extraction, name=name, handling=handling, at=at, by=by)
        except DuplicateError:
            return False
        except StoreError as error:
            raise StoreError(f"{name}: not kept: {error}") from error
        return True

    def settle(self, arrivals: Sequence[Arrival], *, at: datetime, by: str | None = None) -> tuple[Settled, ...]:
        """Put many arrivals on record in one step; where one of them spoils it, each in a step of its own.

        A report that is there already takes the caveat that it is given now, if that is stricter in anything.

        Args:
            arrivals: What came in, in order.
            at: The moment.
            by: Who took them in.

        Returns:
            What became of each.

        Raises:
            StoreError: The store takes nothing at all.
        """
        try:
            with self._database.writing() as connection:
                return tuple(_arrive(connection, one, at=at, by=by) for one in arrivals)
        except StoreError:
            if len(arrivals) == 1 and arrivals[0].report is None:
                raise
            return tuple(self._settled(one, at=at, by=by) for one in arrivals)

    def _settled(self, one: Arrival, *, at: datetime, by: str | None) -> Settled:
        try:
            with self._database.writing() as connection:
                return _arrive(connection, one, at=at, by=by)
        except DuplicateError:
            if one.report is None:
                raise
            with self._database.writing() as connection:
                now = mark(connection, one.report.id, one.handling, by=by, at=at, why=_AGAIN)
            return Settled(known=True, handling=now)
        except StoreError as error:
            if one.report is None:
                raise
            return Settled(refused=f"{one.attempt.name}: not kept: {error}")

    def report_ids(self) -> frozenset[str]:
        """The ids of all reports, without the rest of them."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(select(t.reports.c.id)).scalars())

    def reread(self, report: Report, extraction: Extraction, *, at: datetime) -> bool:
        """Keep another extractor's reading of a report that is there; from now on it counts.

        Returns:
            False where that extractor has read it before: then nothing changes.
        """
        try:
            with self._database.writing() as connection:
                c = t.extractions.c
                at = own_moment(connection, c.at, at, c.report == report.id)
                keep_extraction(connection, report, extraction, at=at)
        except DuplicateError:
            return False
        return True

    def keep_rereading(self, head: str, extraction: Extraction, *, at: datetime) -> bool:
        """Keep what is read out of a report under another head: it counts while the judgements give it that head.

        Returns:
            False where there is one already: then nothing changes.
        """
        row = {
            "report": extraction.report,
            "head": head,
            "extractor": extraction.extractor,
            "at": at,
            "payload": msgspec.json.encode(extraction),
        }
        try:
            with self._database.writing() as connection:
                connection.execute(insert(t.rereadings).values(row))
        except DuplicateError:
            return False
        return True

    def rereadings(self) -> dict[tuple[str, str], Extraction]:
        """What was read out of reports under heads that analysts gave them, by report and head."""
        decoder = msgspec.json.Decoder(Extraction)
        query = select(t.rereadings.c.report, t.rereadings.c.head, t.rereadings.c.payload)
        with self._database.reading() as connection:
            return {(report, head): decoder.decode(payload) for report, head, payload in connection.execute(query)}

    def log_intake(self, attempt: Attempt) -> None:
        """Record an attempt that added nothing."""
        with self._database.writing() as connection:
            connection.execute(insert(t.intake).values(ATTEMPT.row(attempt)))

    def attempts(self) -> tuple[Attempt, ...]:
        """Every attempt to take something in, oldest first."""
        return self._attempts(select(t.intake))

    def failed_attempts(self) -> tuple[Attempt, ...]:
        """The attempts of which bytes were kept to be tried again, oldest first."""
        return self._attempts(select(t.intake).where(t.intake.c.digest.is_not(None)))

    def _attempts(self, query: Select[Any]) -> tuple[Attempt, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(t.intake.c.at, t.intake.c.id)).mappings()
            return tuple(ATTEMPT.value(row) for row in rows)

    def reports(self) -> dict[str, Report]:
        """All reports by id, in order of publication; those of unknown day first. Each bears all its caveats."""
        order = (t.reports.c.published_latest.asc().nulls_first(), t.reports.c.id)
        with self._database.reading() as connection:
            later = given_later(connection)
            rows = connection.execute(select(t.reports).order_by(*order)).mappings()
            found = {row["id"]: REPORT.value(row) for row in rows}
        for key, texts in later.items():
            if key in found:
                found[key] = replace(found[key], handling=stricter([found[key].handling, *texts]))
        return found

    def handling(self) -> dict[str, str]:
        """The caveats that reports carry, by the report's id; those without one are left out."""
        query = select(t.reports.c.id, t.reports.c.handling).where(t.reports.c.handling.is_not(None))
        with self._database.reading() as connection:
            later = given_later(connection)
            found: dict[str, str] = {row.id: row.handling for row in connection.execute(query)}
        for key, texts in later.items():
            found[key] = stricter([found.get(key), *texts]) or ""
        return found

    def extractions(self) -> dict[str, Extraction]:
        """What was read out of each report, by report id; of several readings the latest."""
        decoder = msgspec.json.Decoder(Extraction)
        query = select(t.extractions.c.report, t.extractions.c.payload)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(t.extractions.c.id.in_(latest_extractions())))
            return {report: decoder.decode(payload) for report, payload in rows}


def _keep(
    connection: Connection,
    report: Report,
    extraction: Extraction,
    *,
    name: str,
    handling: str | None,
    at: datetime,
    by: str | None,
) -> None:
    """Keep a report, what was read out of it, and the attempt, inside a step."""
    row = REPORT.row(report) | {"name": name, "handling": report.handling if handling is None else handling}
    if any("\0" in value for value in row.values() if isinstance(value, str)):
        raise StoreError("its words hold NUL characters, which are no text")
    _refuse_forgotten(connection, report.id)
    connection.execute(insert(t.reports).values(row))
    keep_extraction(connection, report, extraction, at=at)
    attempt = Attempt(at=at, name=name, report=report.id, outcome="new", by=by)
    connection.execute(insert(t.intake).values(ATTEMPT.row(attempt)))


def _arrive(connection: Connection, one: Arrival, *, at: datetime, by: str | None) -> Settled:
    """Put one arrival on record, inside a step."""
    if one.report is not None and one.extraction is not None:
        name = one.attempt.name
        _keep(connection, one.report, one.extraction, name=name, handling=one.handling, at=at, by=by)
        return Settled()
    connection.execute(insert(t.intake).values(ATTEMPT.row(one.attempt)))
    if one.attempt.outcome != "known" or one.attempt.report is None:
        return Settled()
    return Settled(handling=mark(connection, one.attempt.report, one.handling, by=by, at=at, why=_AGAIN))


def keep_extraction(connection: Connection, report: Report, extraction: Extraction, *, at: datetime) -> None:
    """Keep a reading with its flat claims, inside a step."""
    row = {
        "report": report.id,
        "extractor": extraction.extractor,
        "at": at,
        "payload": msgspec.json.encode(extraction),
    }
    number: int = connection.execute(insert(t.extractions).values(row).returning(t.extractions.c.id)).scalar_one()
    published = report.published.latest if report.published else None
    rows = flat_rows(extraction, number, published=published, known=report.retrieved)
    if rows:
        connection.execute(insert(t.claims), rows)


def _refuse_forgotten(connection: Connection, report: str) -> None:
    query = select(t.tombstones).where(t.tombstones.c.subject == report).order_by(t.tombstones.c.id)
    found = connection.execute(query).mappings().first()
    if found is not None:
        tombstone = TOMBSTONE.value(found)
        raise StoreError(
            f"erased here on {tombstone.at:%Y-%m-%d} by {tombstone.by} ({tombstone.why}), and not taken in again"
        )
