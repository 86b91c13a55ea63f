"""One mapping between a row of a table and a frozen value, for every table."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any, Generic, TypeVar, get_type_hints

import msgspec
from sqlalchemy import RowMapping, Table

from tocsin.model.time import Window

T = TypeVar("T")


class Shape(Generic[T]):
    """How the values of a class stand in a table: a field in the column of its name.

    A window stands in two columns, ``…_earliest`` and ``…_latest``; a tuple of words or a mapping as JSON.

    Args:
        kind: A frozen dataclass.
        table: The table.
        renamed: Fields whose column has another name.
        beside: Fields that a query brings from another table.
    """

    def __init__(
        self, kind: type[T], table: Table, *, renamed: Mapping[str, str] | None = None, beside: Collection[str] = ()
    ) -> None:
        self._kind = kind
        self._column = dict(renamed or {})
        hints = get_type_hints(kind)
        self._fields = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
        self._windows = {name for name in self._fields if hints[name] in {Window, Window | None}}
        columns = {*table.columns.keys(), *beside}
        self._json = {
            name
            for name in self._fields
            if name not in self._windows and str(hints[name]).startswith(("tuple[", "collections.abc.Mapping["))
        }
        missing = [name for name in self._fields if name not in self._windows and self._of(name) not in columns]
        if missing:
            raise TypeError(f"{kind.__name__}: no column for {', '.join(missing)} in {table.name}")

    def row(self, value: T) -> dict[str, Any]:
        """The columns of a value."""
        found: dict[str, Any] = {}
        for name in self._fields:
            part = getattr(value, name)
            if name in self._windows:
                found[f"{name}_earliest"] = part.earliest if part is not None else None
                found[f"{name}_latest"] = part.latest if part is not None else None
            elif name in self._json:
                found[self._of(name)] = None if part is None else msgspec.json.encode(part).decode()
            else:
                found[self._of(name)] = part
        return found

    def value(self, row: RowMapping | Mapping[str, Any]) -> T:
        """The value of a row.

        Raises:
            msgspec.ValidationError: The row holds what the class does not know.
        """
        found: dict[str, Any] = {}
        for name in self._fields:
            if name in self._windows:
                days = {"earliest": row[f"{name}_earliest"], "latest": row[f"{name}_latest"]}
                found[name] = days if any(day is not None for day in days.values()) else None
            elif name in self._json:
                text = row[self._of(name)]
                found[name] = None if text is None else msgspec.json.decode(text)
            else:
                found[name] = row[self._of(name)]
        return msgspec.convert(found, self._kind)

    def _of(self, name: str) -> str:
        return self._column.get(name, name)
