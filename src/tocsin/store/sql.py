"""The store on a relational database, through SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.engine import Row
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from tocsin.errors import StoreError
from tocsin.model.claim import Extraction
from tocsin.model.judgement import Judgement, JudgementKind, Verdict
from tocsin.model.outcome import Forecast, Outcome
from tocsin.model.report import Report
from tocsin.model.time import Window
from tocsin.store import schema as t

_CURE = "restore it from a copy; or move it away and add the folder reports/ again, for the originals are there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One assessment as it was issued; ``payload`` is its JSON, byte for byte."""

    as_of: date
    issued_at: datetime
    by: str
    judgement: str | None
    dissent: str | None
    payload: bytes


class Store:
    """Reports, what was read out of them, and what was issued.

    Args:
        url: A database URL, such as ``sqlite:///desk/tocsin.db``.

    Raises:
        StoreError: The database cannot be opened, or is of a later version than this program.
    """

    def __init__(self, url: str) -> None:
        try:
            self._engine: Engine = create_engine(url)
        except (SQLAlchemyError, ImportError) as error:
            raise StoreError(f"the store in tocsin.toml cannot be opened: {error}") from error
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _sqlite_settings)
        with self._writing() as connection:
            t.metadata.create_all(connection)
            found = connection.execute(select(t.about.c.value).where(t.about.c.key == "schema")).scalar()
            if found is None:
                connection.execute(insert(t.about).values(key="schema", value=str(t.SCHEMA_VERSION)))
            elif int(found) > t.SCHEMA_VERSION:
                known = t.SCHEMA_VERSION
                raise StoreError(
                    f"{self._shown}: the store has schema {found}, this program knows {known}: upgrade Tocsin"
                )

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @property
    def _shown(self) -> str:
        """The address without its password."""
        return self._engine.url.render_as_string()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise StoreError(f"{self._shown}: {error.__cause__ or error}") from error
        except (SQLAlchemyError, msgspec.MsgspecError, ValueError) as error:
            reason = error.__cause__ or error
            raise StoreError(f"{self._shown}: {reason} (it seems damaged: {_CURE})") from error

    def extractor_of(self, report: str) -> str | None:
        """The extractor that read a report, or None where the report is not known."""
        with self._writing() as connection:
            found = connection.execute(select(t.extractions.c.extractor).where(t.extractions.c.report == report))
            return found.scalar()

    def keep(self, report: Report, extraction: Extraction, *, name: str, handling: str | None, at: datetime) -> bool:
        """Keep a report and what was read out of it, whole or not at all.

        Returns:
            False where the report was there already (another process may have been quicker): then nothing changes.
        """
        published = report.published
        try:
            with self._engine.begin() as connection:
                connection.execute(
                    insert(t.reports).values(
                        id=report.id,
                        name=name,
                        title=report.title,
                        outlet=report.outlet,
                        author=report.author,
                        published_earliest=published.earliest if published else None,
                        published_latest=published.latest if published else None,
                        published_how=report.published_how,
                        retrieved=report.retrieved,
                        lang=report.lang,
                        url=report.url,
                        media_type=report.media_type,
                        handling=handling,
                        notes="\n".join(report.notes),
                        text=report.text,
                    )
                )
                connection.execute(
                    insert(t.extractions).values(
                        report=report.id, extractor=extraction.extractor, payload=msgspec.json.encode(extraction)
                    )
                )
                connection.execute(
                    insert(t.intake).values(at=at, name=name, report=report.id, outcome="new", reason=None)
                )
        except IntegrityError:
            return False
        except SQLAlchemyError as error:
            raise StoreError(f"{name}: not kept: {error.__cause__ or error}") from error
        return True

    def log_intake(self, *, name: str, report: str | None, outcome: str, reason: str | None, at: datetime) -> None:
        """Record an attempt that added nothing."""
        with self._writing() as connection:
            connection.execute(insert(t.intake).values(at=at, name=name, report=report, outcome=outcome, reason=reason))

    def reports(self) -> dict[str, Report]:
        """All reports by id, in order of publication."""
        order = (t.reports.c.published_latest, t.reports.c.id)
        with self._writing() as connection:
            return {row.id: _report(row) for row in connection.execute(select(t.reports).order_by(*order))}

    def extractions(self) -> dict[str, Extraction]:
        """What was read out of each report, by report id."""
        decoder = msgspec.json.Decoder(Extraction)
        with self._writing() as connection:
            rows = connection.execute(select(t.extractions.c.report, t.extractions.c.payload))
            return {report: decoder.decode(payload) for report, payload in rows}

    def keep_file(self, *, digest: str, kind: str, name: str, text: str, at: datetime) -> None:
        """Keep this version of a declaration, once."""
        with self._writing() as connection:
            known = select(t.files.c.digest).where(t.files.c.digest == digest, t.files.c.kind == kind)
            if connection.execute(known).scalar() is None:
                connection.execute(
                    insert(t.files).values(digest=digest, kind=kind, name=name, first_used=at, text=text)
                )

    def issue(self, values: Mapping[str, object]) -> None:
        """Keep an assessment as issued; the same one by the same signer is kept once."""
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(t.issued).values(dict(values)))
        except IntegrityError:
            return
        except SQLAlchemyError as error:
            raise StoreError(f"not issued: {error.__cause__ or error}") from error

    def issued(self, problem: str) -> tuple[Issued, ...]:
        """Everything issued on one problem, oldest first."""
        query = select(t.issued).where(t.issued.c.problem == problem).order_by(t.issued.c.as_of, t.issued.c.id)
        with self._writing() as connection:
            return tuple(
                Issued(
                    as_of=row.as_of,
                    issued_at=row.issued_at,
                    by=row.by,
                    judgement=row.judgement,
                    dissent=row.dissent,
                    payload=row.payload,
                )
                for row in connection.execute(query)
            )

    def versions(self, kind: str, name: str) -> tuple[tuple[datetime, str], ...]:
        """Every version of a declaration that was used: first use and text, oldest first."""
        query = select(t.files.c.first_used, t.files.c.text).where(t.files.c.kind == kind, t.files.c.name == name)
        with self._writing() as connection:
            rows = connection.execute(query.order_by(t.files.c.first_used, t.files.c.digest))
            return tuple((row.first_used, row.text) for row in rows)

    def forecast(self, problem: str, given: Forecast, *, at: datetime) -> None:
        """Keep an analyst's own probability."""
        with self._writing() as connection:
            connection.execute(
                insert(t.forecasts).values(
                    problem=problem,
                    who=given.who,
                    as_of=given.as_of,
                    days=given.days,
                    until=given.until,
                    probability=given.probability,
                    at=at,
                )
            )

    def forecasts(self, problem: str) -> tuple[Forecast, ...]:
        """Analysts' own probabilities on a problem, in the order they were given."""
        query = select(t.forecasts).where(t.forecasts.c.problem == problem).order_by(t.forecasts.c.id)
        with self._writing() as connection:
            return tuple(
                Forecast(who=r.who, as_of=r.as_of, days=r.days, until=r.until, probability=r.probability)
                for r in connection.execute(query)
            )

    def record(self, outcome: Outcome) -> None:
        """Keep what happened; an earlier record stays and no longer counts."""
        with self._writing() as connection:
            connection.execute(insert(t.outcomes).values({f.name: getattr(outcome, f.name) for f in fields(outcome)}))

    def outcomes(self, problem: str) -> tuple[Outcome, ...]:
        """Every record of what happened on a problem, oldest first."""
        query = select(t.outcomes).where(t.outcomes.c.problem == problem).order_by(t.outcomes.c.id)
        with self._writing() as connection:
            return tuple(
                Outcome(
                    problem=r.problem,
                    onset=r.onset,
                    through=r.through,
                    scenario=r.scenario,
                    rule=r.rule,
                    by=r.by,
                    why=r.why,
                    at=r.at,
                )
                for r in connection.execute(query)
            )

    def judge(self, judgement: Judgement) -> None:
        """Keep a judgement; earlier ones stay."""
        with self._writing() as connection:
            connection.execute(
                insert(t.judgements).values({f.name: getattr(judgement, f.name) for f in fields(judgement)})
            )

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement over a claim, withdrawals too, in the order in which they were made."""
        with self._writing() as connection:
            return tuple(
                Judgement(
                    claim=r.claim,
                    kind=JudgementKind(r.kind),
                    value=Verdict(r.value),
                    by=r.by,
                    at=r.at,
                    why=r.why,
                )
                for r in connection.execute(select(t.judgements).order_by(t.judgements.c.id))
            )


def _sqlite_settings(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _report(row: Row[tuple[object, ...]]) -> Report:
    known = row.published_earliest is not None or row.published_latest is not None
    window = Window(earliest=row.published_earliest, latest=row.published_latest) if known else None
    return Report(
        id=row.id,
        text=row.text,
        title=row.title,
        outlet=row.outlet,
        author=row.author,
        published=window,
        published_how=row.published_how,
        retrieved=row.retrieved,
        lang=row.lang,
        url=row.url,
        media_type=row.media_type,
        notes=tuple(row.notes.splitlines()),
    )
