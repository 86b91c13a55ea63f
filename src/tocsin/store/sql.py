"""The store on a relational database, through SQLAlchemy Core: SQLite, or PostgreSQL for a team."""

from __future__ import annotations

from tocsin.errors import StoreError
from tocsin.store import versions
from tocsin.store.claims import Claims
from tocsin.store.database import Database
from tocsin.store.erase import Erase
from tocsin.store.lines import Lines
from tocsin.store.log import Log
from tocsin.store.records import Records
from tocsin.store.reports import Reports
from tocsin.store.search import Search


class Store(Reports, Claims, Records, Log, Search, Lines, Erase):
    """Everything a desk keeps. Nothing in it is edited: every method but ``erase`` reads or appends.

    Args:
        url: A database URL, such as ``sqlite:///desk/tocsin.db`` or ``postgresql://host/name``.

    Raises:
        StoreError: The database cannot be opened, or is of a later version than this program.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        try:
            versions.ensure(self._database)
        except StoreError:
            self._database.close()
            raise

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()
