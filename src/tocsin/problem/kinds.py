"""Kinds of tables in the files a user writes: which keys they have, and what each of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: what it means, which shape its value has, and an example that a fault can show."""

    says: str
    shape: Mapping[str, object]
    example: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of table: its keys, and how many such tables a list may hold.

    ``inner`` gives the kind of the tables inside it, ``lists`` those keys that hold a list of them. ``hints`` give the
    cure for keys that people expect and that do not exist.
    """

    article: str
    keys: Mapping[str, Key]
    inner: Mapping[str, Kind] = field(default_factory=dict[str, "Kind"])
    lists: frozenset[str] = frozenset()
    most: int = 1000
    hints: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def noun(self) -> str:
        """What such a table is, without its article."""
        return self.article.split(" ", 1)[1]

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that must stand in every such table."""
        return tuple(name for name, key in self.keys.items() if key.required)


def key(says: str, shape: Mapping[str, object], example: str = "") -> Key:
    """A key that may be left out."""
    return Key(says=says, shape=shape, example=example)


def must(says: str, shape: Mapping[str, object], example: str) -> Key:
    """A key that must be there."""
    return Key(says=says, shape=shape, example=example, required=True)
