"""Which version of the schema a store has: a new one is made, an older one brought up, a later one refused."""

from __future__ import annotations

from sqlalchemy import Connection, insert, inspect, select, update

from tocsin.errors import StoreError
from tocsin.store import guards
from tocsin.store import schema as t
from tocsin.store.claims import derive
from tocsin.store.database import Database

_LOCK = 0x746F6373


def ensure(database: Database) -> None:
    """Bring a store to this program's version of the schema, in one step; where it is there already, look and go on.

    Raises:
        StoreError: It cannot be opened, is damaged, or is of a later version.
    """
    with database.reading() as connection:
        if _version(connection, database) == t.SCHEMA_VERSION:
            return
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = _version(connection, database)  # another process may have been quicker
        if found is None:
            t.metadata.create_all(connection)
            guards.make(connection)
            connection.execute(insert(t.about).values(key="schema", value=str(t.SCHEMA_VERSION)))
        elif found < t.SCHEMA_VERSION:
            from tocsin.store import migrations  # alembic waits until it is needed

            guards.unmake(connection)
            migrations.run(connection, found=found, wanted=t.SCHEMA_VERSION)
            derive(connection)
            guards.make(connection)
            guards.fill(connection)
            connection.execute(update(t.about).where(t.about.c.key == "schema").values(value=str(t.SCHEMA_VERSION)))


def _version(connection: Connection, database: Database) -> int | None:
    """The version of the schema; None where nothing is there yet."""
    if not inspect(connection).has_table(t.about.name):
        return None
    found = connection.execute(select(t.about.c.value).where(t.about.c.key == "schema")).scalar()
    if found is None:
        return None
    if int(found) > t.SCHEMA_VERSION:
        raise StoreError(
            f"{database.shown}: the store has schema {found}, this program knows {t.SCHEMA_VERSION}: upgrade Tocsin"
        )
    return int(found)
