"""One database: how it is opened, how a step of reading or writing is framed, and what its errors say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from tocsin.errors import StoreError
from tocsin.store import guards

_CURE = "restore it from a copy; or move it away and add the folder reports/ again, for the originals are there"
_WRITES = "tocsin_writes"
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class DuplicateError(StoreError):
    """What was to be kept is there already."""


class Database:
    """An engine with the two kinds of steps that a store takes: reading, and writing whole or not at all.

    Args:
        url: A database URL, such as ``sqlite:///desk/tocsin.db`` or ``postgresql://host/name``.

    Raises:
        StoreError: There is no such kind of database.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
            self.engine: Engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
        except ImportError as error:
            raise StoreError(
                f"the store in tocsin.toml cannot be opened: {error} (PostgreSQL needs: pip install 'tocsin[postgres]')"
            ) from error
        except SQLAlchemyError as error:
            raise StoreError(f"the store in tocsin.toml cannot be opened: {error}") from error
        if self.is_sqlite:
            event.listen(self.engine, "connect", _sqlite_settings)
            event.listen(self.engine, "begin", _sqlite_begin)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Is it SQLite? Else it is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @property
    def shown(self) -> str:
        """The address without its password."""
        return self.engine.url.render_as_string()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A step that sees the store as it stands at one moment."""
        with self._step(self._snapshot()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A step that is kept whole or not at all."""
        with self._step(self.engine.execution_options(**{_WRITES: True})) as connection:
            yield connection

    def _snapshot(self) -> Engine:
        return self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def _step(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except IntegrityError as error:
            kind = DuplicateError if _is_duplicate(error) else StoreError
            raise kind(f"{self.shown}: {self._told(error)}") from error
        except DBAPIError as error:
            raise StoreError(f"{self.shown}: {self._told(error)}") from error
        except (SQLAlchemyError, msgspec.MsgspecError, ValueError) as error:
            reason = error.__cause__ or error
            raise StoreError(f"{self.shown}: {reason} (it seems damaged: {_CURE})") from error

    def _told(self, error: DBAPIError) -> str:
        """What went wrong, with the cure."""
        reason = " ".join(str(error.orig).split())
        if error.connection_invalidated or "connection" in reason.lower():
            return f"{reason} (nothing half-done was kept: see that the server can be reached, then run it again)"
        if "database is locked" in reason:
            return f"{reason} (another program is writing to it: wait for it, then run it again)"
        if "full" in reason or "No space left" in reason:
            return f"{reason} (nothing half-done was kept: make room on the disk, then run it again)"
        if "not a database" in reason or "malformed" in reason or "no such column" in reason:
            return f"{reason} (it seems damaged: {_CURE})"
        return reason


def _is_duplicate(error: IntegrityError) -> bool:
    told = str(error.orig)
    return "UNIQUE constraint" in told or guards.REPLACED in told or getattr(error.orig, "sqlstate", None) == "23505"


def _sqlite_settings(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own way of opening a transaction leaves out changes of the schema; ours does not.
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
