"""What people signed: judgements, assessments as issued, forecasts, outcomes; and the declarations then in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, func, insert, select

from tocsin.model.judgement import Judgement
from tocsin.model.log import Act, FileVersion, Issued
from tocsin.model.outcome import Forecast, Outcome
from tocsin.store import schema as t
from tocsin.store.database import Database
from tocsin.store.log import note_act
from tocsin.store.order import in_order, own_moment
from tocsin.store.rows import Shape

FILE = Shape(FileVersion, t.files)
ISSUED = Shape(Issued, t.issued)
FORECAST = Shape(Forecast, t.forecasts, beside={"prior"})
OUTCOME = Shape(Outcome, t.outcomes)
JUDGEMENT = Shape(Judgement, t.judgements)


class Records:
    """The part of a store that keeps what was signed."""

    _database: Database

    def keep_file(self, *, digest: str, kind: str, name: str, text: str, at: datetime) -> None:
        """Keep this version of a declaration, unless it is the one last used by that moment."""
        version = FileVersion(kind=kind, name=name, digest=digest, first_used=at, text=text)
        with self._database.reading() as connection:
            if _last_version(connection, kind, name, at) == digest:
                return
        with self._database.writing() as connection:
            if _last_version(connection, kind, name, at) != digest:
                alike = (t.files.c.kind == kind, t.files.c.name == name)
                version = replace(version, first_used=own_moment(connection, t.files.c.first_used, at, *alike))
                connection.execute(insert(t.files).values(FILE.row(version)))

    def versions(self, kind: str, name: str) -> tuple[tuple[datetime, str], ...]:
        """Every version of a declaration that was used: first use and text, oldest first.

        Where two desks became one, what both used at the time is one version, from its first use on either.
        """
        query = select(t.files).where(t.files.c.kind == kind, t.files.c.name == name)
        with self._database.reading() as connection:
            rows = in_order(connection.execute(query).mappings(), "first_used")
        runs = (next(run) for _, run in groupby(rows, key=lambda row: row["text"]))
        return tuple((row["first_used"], row["text"]) for row in runs)

    def issue(self, issued: Issued, forecast: Forecast | None = None) -> bool:
        """Keep an assessment as issued, and in the same step the signer's own probability as a forecast.

        Returns:
            False where it is in everything what the same signer last issued on that day: then nothing changes.
        """
        with self._database.writing() as connection:
            c = t.issued.c
            alike = (c.problem == issued.problem, c.as_of == issued.as_of, c.by == issued.by)
            before = in_order(connection.execute(select(t.issued).where(*alike)).mappings(), "issued_at")
            if before and replace(ISSUED.value(before[-1]), issued_at=issued.issued_at) == issued:
                return False
            at = own_moment(connection, c.issued_at, issued.issued_at, *alike)
            connection.execute(insert(t.issued).values(ISSUED.row(replace(issued, issued_at=at))))
            detail = {"as_of": issued.as_of.isoformat(), "digest": issued.digest}
            act = Act(at=at, who=issued.by, what="issue", subject=issued.problem, detail=detail)
            note_act(connection, act)
            if forecast is not None:
                _keep_forecast(connection, issued.problem, forecast, at)
        return True

    def issued(self, problem: str) -> tuple[Issued, ...]:
        """Everything issued on one problem, by the day assessed, then oldest first."""
        query = select(t.issued).where(t.issued.c.problem == problem)
        with self._database.reading() as connection:
            rows = in_order(connection.execute(query).mappings(), "as_of", "issued_at")
            return tuple(ISSUED.value(row) for row in rows)

    def forecast(self, problem: str, given: Forecast, *, at: datetime) -> None:
        """Keep an analyst's own probability."""
        with self._database.writing() as connection:
            _keep_forecast(connection, problem, given, at)

    def forecasts(self, problem: str) -> tuple[Forecast, ...]:
        """Analysts' own probabilities on a problem, in the order in which they were given."""
        query = select(t.forecasts).where(t.forecasts.c.problem == problem)
        with self._database.reading() as connection:
            rows = in_order(connection.execute(query).mappings(), "at")
            return tuple(FORECAST.value({**row, "prior": None}) for row in rows)

    def record(self, outcome: Outcome) -> None:
        """Keep what happened; an earlier record stays and no longer counts."""
        with self._database.writing() as connection:
            alike = t.outcomes.c.problem == outcome.problem
            outcome = replace(outcome, at=own_moment(connection, t.outcomes.c.at, outcome.at, alike))
            connection.execute(insert(t.outcomes).values(OUTCOME.row(outcome)))
            act = Act(at=outcome.at, who=outcome.by, what="outcome", subject=outcome.problem, why=outcome.why)
            note_act(connection, act)

    def outcomes(self, problem: str) -> tuple[Outcome, ...]:
        """Every record of what happened on a problem, oldest first."""
        query = select(t.outcomes).where(t.outcomes.c.problem == problem)
        with self._database.reading() as connection:
            return tuple(OUTCOME.value(row) for row in in_order(connection.execute(query).mappings(), "at"))

    def judge(self, judgement: Judgement) -> None:
        """Keep a judgement; earlier ones stay."""
        with self._database.writing() as connection:
            alike = t.judgements.c.subject == judgement.subject
            judgement = replace(judgement, at=own_moment(connection, t.judgements.c.at, judgement.at, alike))
            row = JUDGEMENT.row(judgement)
            detail = {"kind": row["kind"], "value": row["value"]}
            connection.execute(insert(t.judgements).values(row))
            act = Act(
                at=judgement.at,
                who=judgement.by,
                what="judge",
                subject=row["subject"],
                why=judgement.why,
                detail=detail,
            )
            note_act(connection, act)

    def judgements(self, subject: str | None = None) -> tuple[Judgement, ...]:
        """Every judgement, or those on one subject, withdrawals too, in the order in which they were made."""
        query = select(t.judgements)
        if subject is not None:
            query = query.where(t.judgements.c.subject == subject)
        with self._database.reading() as connection:
            return tuple(JUDGEMENT.value(row) for row in in_order(connection.execute(query).mappings(), "at"))


def _last_version(connection: Connection, kind: str, name: str, at: datetime) -> str | None:
    """The digest of the version of a declaration that was last used by a moment."""
    c = t.files.c
    alike = (c.kind == kind, c.name == name)
    last = select(func.max(c.first_used)).where(*alike, c.first_used <= at).scalar_subquery()
    rows = connection.execute(select(t.files).where(*alike, c.first_used == last)).mappings()
    found = in_order(rows, "first_used")
    return found[-1]["digest"] if found else None


def _keep_forecast(connection: Connection, problem: str, given: Forecast, at: datetime) -> None:
    """Keep an analyst's own probability, inside a step."""
    alike = (t.forecasts.c.problem == problem, t.forecasts.c.who == given.who)
    at = own_moment(connection, t.forecasts.c.at, at, *alike)
    row = {**FORECAST.row(given), "problem": problem, "at": at}
    del row["prior"]
    connection.execute(insert(t.forecasts).values(row))
    act = Act(at=at, who=given.who, what="forecast", subject=problem, detail={"probability": given.probability})
    note_act(connection, act)
