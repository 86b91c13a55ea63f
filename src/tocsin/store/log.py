"""What a desk writes down of its own work: looks, polls, deliveries, notes, tombstones, and the audit trail."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, func, insert, select

from tocsin.model.log import Act, Delivery, Fetched, LookMade, Note, Tombstone
from tocsin.store import schema as t
from tocsin.store.database import Database, DuplicateError
from tocsin.store.order import in_order
from tocsin.store.rows import Shape, T

ACT = Shape(Act, t.audit)
LOOK = Shape(LookMade, t.looks)
FETCH = Shape(Fetched, t.fetches)
DELIVERY = Shape(Delivery, t.deliveries)
NOTE = Shape(Note, t.notes)
TOMBSTONE = Shape(Tombstone, t.tombstones)


WATCHED = "watch"
"""What the audit trail calls a watch of a problem; its detail is what the next one compares with."""


def note_act(connection: Connection, act: Act) -> None:
    """Write a line of the audit trail, inside the step of the act itself."""
    connection.execute(insert(t.audit).values(ACT.row(act)))


def _deliver(connection: Connection, delivery: Delivery) -> None:
    """Keep a step in delivering an alert, and a line of the audit trail for it."""
    connection.execute(insert(t.deliveries).values(DELIVERY.row(delivery)))
    detail = {"channel": delivery.channel, "state": delivery.state}
    note_act(
        connection,
        Act(
            at=delivery.at,
            who="tocsin",
            what="deliver",
            subject=delivery.key,
            why=delivery.reason,
            detail=detail,
        ),
    )


class Log:
    """The part of a store that keeps the desk's own log."""

    _database: Database

    def look(self, look: LookMade) -> None:
        """Enter a look into the collection log."""
        act = Act(
            at=look.at,
            who=look.who,
            what="look",
            subject=f"{look.problem}/{look.indicator}",
            why=look.note,
            detail={"day": look.day.isoformat(), "found": look.found},
        )
        with self._database.writing() as connection:
            connection.execute(insert(t.looks).values(LOOK.row(look)))
            note_act(connection, act)

    def looks(self, problem: str | None = None) -> tuple[LookMade, ...]:
        """The collection log of one problem, or of all, in the order in which it was written down."""
        query = select(t.looks)
        if problem is not None:
            query = query.where(t.looks.c.problem == problem)
        with self._database.reading() as connection:
            return tuple(LOOK.value(row) for row in in_order(connection.execute(query).mappings(), "at"))

    def fetched(self, poll: Fetched) -> None:
        """Keep a poll of a feed."""
        with self._database.writing() as connection:
            connection.execute(insert(t.fetches).values(FETCH.row(poll)))

    def fetches(self, feed: str | None = None) -> tuple[Fetched, ...]:
        """Every poll of a feed, or of all, oldest first."""
        return self._every(t.fetches, FETCH, "feed", feed)

    def last_fetch(self, feed: str) -> Fetched | None:
        """The last poll of a feed."""
        query = select(t.fetches).where(t.fetches.c.feed == feed).order_by(t.fetches.c.at.desc(), t.fetches.c.id.desc())
        query = query.limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
            return None if row is None else FETCH.value(row)

    def deliver(self, delivery: Delivery) -> bool:
        """Keep an attempt to deliver an alert.

        Returns:
            False where this attempt at this alert is on record already: then nothing changes.
        """
        try:
            with self._database.writing() as connection:
                _deliver(connection, delivery)
        except DuplicateError:
            return False
        return True

    def keep_watch(
        self, problem: str, *, after: int, stands: Act | None, raised: Sequence[Delivery], made_from: str
    ) -> bool:
        """Keep what a watch of a problem saw together with the alerts that it raised: all of it or nothing.

        Args:
            problem: The problem's id.
            after: So many standings were on record when this watch compared with the last one.
            stands: What stands now; None where the last watch saw the same.
            raised: The alerts as they wait. What has come as far or further on its way already is left out.
            made_from: What the watch saw it in, in words of the caller's; it takes the place of the last one's.

        Returns:
            False where another watch was quicker: then nothing is kept, and what it kept is to be compared with.
        """
        key = f"{t.MADE_FROM}{problem}"
        with self._database.writing() as connection:
            # Two that keep a watch go one after the other; on SQLite writing alone sees to that.
            connection.execute(select(t.about.c.value).where(t.about.c.key == "schema").with_for_update())
            kept = select(func.count()).where(t.audit.c.subject == problem, t.audit.c.what == WATCHED)
            if connection.execute(kept).scalar_one() != after:
                return False
            for one in raised:
                further = select(t.deliveries.c.id).where(
                    t.deliveries.c.key == one.key,
                    t.deliveries.c.target == one.target,
                    t.deliveries.c.attempts >= one.attempts,
                )
                if connection.execute(further.limit(1)).first() is None:
                    _deliver(connection, one)
            if stands is not None:
                note_act(connection, stands)
            connection.execute(delete(t.about).where(t.about.c.key == key))
            connection.execute(insert(t.about).values(key=key, value=made_from))
        return True

    def made_from(self, problem: str) -> str:
        """What the last watch of a problem saw it in; empty where there was none."""
        query = select(t.about.c.value).where(t.about.c.key == f"{t.MADE_FROM}{problem}")
        with self._database.reading() as connection:
            return connection.execute(query).scalar() or ""

    def reach(self) -> tuple[tuple[int, int], ...]:
        """How far everything has come that assessments are made from: of each table its rows, and the last number."""
        tables = (t.reports, t.extractions, t.rereadings, t.judgements, t.looks, t.tombstones, t.caveats)
        with self._database.reading() as connection:
            rows = [
                connection.execute(select(func.count(), func.max(*table.primary_key)).select_from(table)).one()
                for table in tables
            ]
        return tuple((count, last or 0) for count, last in rows)

    def deliveries(self, problem: str | None = None) -> tuple[Delivery, ...]:
        """Every attempt to deliver an alert on a problem, or on all, oldest first."""
        return self._every(t.deliveries, DELIVERY, "problem", problem)

    def write_note(self, note: Note) -> None:
        """Keep a note between shifts."""
        with self._database.writing() as connection:
            connection.execute(insert(t.notes).values(NOTE.row(note)))
            note_act(connection, Act(at=note.at, who=note.by, what="note", subject=note.kind))

    def notes(self, kind: str | None = None) -> tuple[Note, ...]:
        """Notes of one kind, or all, oldest first."""
        return self._every(t.notes, NOTE, "kind", kind)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What stays of everything that was erased, oldest first."""
        return self._every(t.tombstones, TOMBSTONE, "subject", None)

    def act(self, act: Act) -> None:
        """Write a line of the audit trail for an act that keeps nothing else."""
        with self._database.writing() as connection:
            note_act(connection, act)

    def acts(self, subject: str | None = None) -> tuple[Act, ...]:
        """The audit trail, or what of it concerns one subject, oldest first."""
        return self._every(t.audit, ACT, "subject", subject)

    def _every(self, table: Table, shape: Shape[T], column: str, wanted: str | None) -> tuple[T, ...]:
        query = select(table).order_by(table.c.at, table.c.id)
        if wanted is not None:
            query = query.where(table.c[column] == wanted)
        with self._database.reading() as connection:
            return tuple(shape.value(row) for row in connection.execute(query).mappings())
