"""What a desk writes down of its own work: looks, polls, deliveries, notes, tombstones, and the audit trail."""

from __future__ import annotations

from sqlalchemy import Connection, Table, insert, select

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


def note_act(connection: Connection, act: Act) -> None:
    """Write a line of the audit trail, inside the step of the act itself."""
    connection.execute(insert(t.audit).values(ACT.row(act)))


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
        act = Act(
            at=delivery.at,
            who="tocsin",
            what="deliver",
            subject=delivery.key,
            why=delivery.reason,
            detail={"channel": delivery.channel, "state": delivery.state},
        )
        try:
            with self._database.writing() as connection:
                connection.execute(insert(t.deliveries).values(DELIVERY.row(delivery)))
                note_act(connection, act)
        except DuplicateError:
            return False
        return True

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
