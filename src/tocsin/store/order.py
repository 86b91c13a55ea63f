"""The order of entries: by the moment at which they were made, never by the row in which they came to stand.

Two desks that become one bring rows in any order; which one counts must not depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, RowMapping, select

_NUMBERS = frozenset({"id", "row"})
_MOMENT = timedelta(microseconds=1)


def in_order(rows: Iterable[RowMapping], *first: str) -> list[RowMapping]:
    """Rows by the columns named, then by all that they say: the same order on any store."""

    def key(row: RowMapping) -> tuple[object, ...]:
        said = [value for name, value in row.items() if name not in _NUMBERS]
        return (*(row[name] for name in first), msgspec.json.encode(said))

    return sorted(rows, key=key)


def own_moment(
    connection: Connection, column: Column[datetime], given: datetime, *alike: ColumnElement[bool]
) -> datetime:
    """The moment given, or the first microsecond after it that no entry of the like has: their order is on record."""
    taken = set(connection.execute(select(column).where(column >= given, *alike)).scalars())
    while given in taken:
        given += _MOMENT
    return given
