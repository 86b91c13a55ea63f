"""What people signed: judgements, assessments as issued, forecasts, outcomes; and the declarations then in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from tocsin.model.judgement import Judgement
from tocsin.model.log import Act, FileVersion, Issued
from tocsin.model.outcome import Forecast, Outcome
from tocsin.store import schema as t
from tocsin.store.database import Database, DuplicateError
from tocsin.store.log import note_act
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
        """Keep this version of a declaration, unless it is the one last used."""
        version = FileVersion(kind=kind, name=name, digest=digest, first_used=at, text=text)
        last = select(t.files.c.digest).where(t.files.c.kind == kind, t.files.c.name == name)
        last = last.order_by(t.files.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            if connection.execute(last).scalar() == digest:
                return
        with self._database.writing() as connection:
            if connection.execute(last).scalar() != digest:
                connection.execute(insert(t.files).values(FILE.row(version)))

    def versions(self, kind: str, name: str) -> tuple[tuple[datetime, str], ...]:
        """Every version of a declaration that was used: first use and text, oldest first."""
        query = select(t.files.c.first_used, t.files.c.text).where(t.files.c.kind == kind, t.files.c.name == name)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(t.files.c.first_used, t.files.c.id))
            return tuple((row.first_used, row.text) for row in rows)

    def issue(self, issued: Issued) -> None:
        """Keep an assessment as issued; the same one by the same signer is kept once."""
        act = Act(
            at=issued.issued_at,
            who=issued.by,
            what="issue",
            subject=issued.problem,
            detail={"as_of": issued.as_of.isoformat(), "digest": issued.digest},
        )
        try:
            with self._database.writing() as connection:
                connection.execute(insert(t.issued).values(ISSUED.row(issued)))
                note_act(connection, act)
        except DuplicateError:
            return

    def issued(self, problem: str) -> tuple[Issued, ...]:
        """Everything issued on one problem, oldest first."""
        query = select(t.issued).where(t.issued.c.problem == problem).order_by(t.issued.c.as_of, t.issued.c.id)
        with self._database.reading() as connection:
            return tuple(ISSUED.value(row) for row in connection.execute(query).mappings())

    def forecast(self, problem: str, given: Forecast, *, at: datetime) -> None:
        """Keep an analyst's own probability."""
        row = {**FORECAST.row(given), "problem": problem, "at": at}
        del row["prior"]
        act = Act(at=at, who=given.who, what="forecast", subject=problem, detail={"probability": given.probability})
        with self._database.writing() as connection:
            connection.execute(insert(t.forecasts).values(row))
            note_act(connection, act)

    def forecasts(self, problem: str) -> tuple[Forecast, ...]:
        """Analysts' own probabilities on a problem, in the order they were given."""
        query = select(t.forecasts).where(t.forecasts.c.problem == problem).order_by(t.forecasts.c.id)
        with self._database.reading() as connection:
            return tuple(FORECAST.value({**row, "prior": None}) for row in connection.execute(query).mappings())

    def record(self, outcome: Outcome) -> None:
        """Keep what happened; an earlier record stays and no longer counts."""
        act = Act(at=outcome.at, who=outcome.by, what="outcome", subject=outcome.problem, why=outcome.why)
        with self._database.writing() as connection:
            connection.execute(insert(t.outcomes).values(OUTCOME.row(outcome)))
            note_act(connection, act)

    def outcomes(self, problem: str) -> tuple[Outcome, ...]:
        """Every record of what happened on a problem, oldest first."""
        query = select(t.outcomes).where(t.outcomes.c.problem == problem).order_by(t.outcomes.c.id)
        with self._database.reading() as connection:
            return tuple(OUTCOME.value(row) for row in connection.execute(query).mappings())

    def judge(self, judgement: Judgement) -> None:
        """Keep a judgement; earlier ones stay."""
        row = JUDGEMENT.row(judgement)
        detail = {"kind": row["kind"], "value": row["value"]}
        act = Act(
            at=judgement.at, who=judgement.by, what="judge", subject=row["subject"], why=judgement.why, detail=detail
        )
        with self._database.writing() as connection:
            connection.execute(insert(t.judgements).values(row))
            note_act(connection, act)

    def judgements(self, subject: str | None = None) -> tuple[Judgement, ...]:
        """Every judgement, or those on one subject, withdrawals too, in the order in which they were made."""
        query = select(t.judgements).order_by(t.judgements.c.id)
        if subject is not None:
            query = query.where(t.judgements.c.subject == subject)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            return tuple(JUDGEMENT.value(row) for row in rows)
