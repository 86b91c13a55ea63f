"""Reports, what was read out of them, and every attempt to take one in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select

from tocsin.errors import StoreError
from tocsin.model.claim import Extraction
from tocsin.model.log import Attempt, Tombstone
from tocsin.model.report import Report
from tocsin.store import schema as t
from tocsin.store.claims import flat_rows, latest_extractions
from tocsin.store.database import Database, DuplicateError
from tocsin.store.rows import Shape

REPORT = Shape(Report, t.reports)
ATTEMPT = Shape(Attempt, t.intake)
TOMBSTONE = Shape(Tombstone, t.tombstones)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came in: a report with what was read out of it, or an attempt that added nothing."""

    attempt: Attempt
    report: Report | None = None
    extraction: Extraction | None = None


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
            return connection.execute(query.order_by(t.extractions.c.id.desc()).limit(1)).scalar()

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

    def settle(
        self, arrivals: Sequence[Arrival], *, handling: str | None, at: datetime, by: str | None = None
    ) -> tuple[str | None, ...]:
        """Put many arrivals on record in one step; where one of them spoils it, each in a step of its own.

        Args:
            arrivals: What came in, in order.
            handling: A caveat to keep with the reports.
            at: The moment.
            by: Who took them in.

        Returns:
            What became of each: None where it is on record, "known" where the report was there already, else why the
            store refuses it.

        Raises:
            StoreError: The store takes nothing at all.
        """
        try:
            with self._database.writing() as connection:
                for one in arrivals:
                    _arrive(connection, one, handling=handling, at=at, by=by)
        except StoreError:
            if len(arrivals) == 1 and arrivals[0].report is None:
                raise
            return tuple(self._settled(one, handling=handling, at=at, by=by) for one in arrivals)
        return (None,) * len(arrivals)

    def _settled(self, one: Arrival, *, handling: str | None, at: datetime, by: str | None) -> str | None:
        try:
            with self._database.writing() as connection:
                _arrive(connection, one, handling=handling, at=at, by=by)
        except DuplicateError:
            return "known"
        except StoreError as error:
            if one.report is None:
                raise
            return f"{one.attempt.name}: not kept: {error}"
        return None

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
                keep_extraction(connection, report, extraction, at=at)
        except DuplicateError:
            return False
        return True

    def log_intake(
        self,
        *,
        name: str,
        report: str | None,
        outcome: str,
        reason: str | None,
        at: datetime,
        digest: str | None = None,
        by: str | None = None,
    ) -> None:
        """Record an attempt that added nothing; ``digest`` names the bytes of a failed one, where they are kept."""
        attempt = Attempt(at=at, name=name, report=report, outcome=outcome, reason=reason, digest=digest, by=by)
        with self._database.writing() as connection:
            connection.execute(insert(t.intake).values(ATTEMPT.row(attempt)))

    def attempts(self) -> tuple[Attempt, ...]:
        """Every attempt to take something in, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(t.intake).order_by(t.intake.c.id)).mappings()
            return tuple(ATTEMPT.value(row) for row in rows)

    def reports(self) -> dict[str, Report]:
        """All reports by id, in order of publication; those of unknown day first."""
        order = (t.reports.c.published_latest.asc().nulls_first(), t.reports.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(select(t.reports).order_by(*order)).mappings()
            return {row["id"]: REPORT.value(row) for row in rows}

    def handling(self) -> dict[str, str]:
        """The caveats that reports carry, by the report's id; those without one are left out."""
        query = select(t.reports.c.id, t.reports.c.handling).where(t.reports.c.handling.is_not(None))
        with self._database.reading() as connection:
            return {row.id: row.handling for row in connection.execute(query)}

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


def _arrive(connection: Connection, one: Arrival, *, handling: str | None, at: datetime, by: str | None) -> None:
    """Put one arrival on record, inside a step."""
    if one.report is not None and one.extraction is not None:
        _keep(connection, one.report, one.extraction, name=one.attempt.name, handling=handling, at=at, by=by)
    else:
        connection.execute(insert(t.intake).values(ATTEMPT.row(one.attempt)))


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
