"""What a file holds: one report, or the many of a container, one after another and never all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tocsin.read.dates import Found
from tocsin.read.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a container says of a report in it. What the report says of itself goes before.

    ``published`` is a date with how it was found; ``charset`` the character set that a server declared; ``handling``
    the caveat with which the container is marked: it holds for what is in it. ``through``: who sent it all.
    """

    url: str | None = None
    published: Found | None = None
    retrieved: date | None = None
    lang: str | None = None
    charset: str | None = None
    handling: str | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report as bytes: its digest is its id. ``kind`` is None where bytes and name are to tell it.

    ``former`` are the bytes as which earlier versions kept the same report; empty where they are these.
    """

    name: str
    data: bytes
    kind: Kind | None = None
    context: Context = Context()
    former: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something in a container that should be a report and cannot be taken out, with the reason.

    ``data`` of that ``kind`` is kept for a later attempt; empty where there is nothing worth keeping.
    """

    name: str
    reason: str
    data: bytes = b""
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """How many things of a container are no reports: pictures, scripts, notices that somebody joined."""

    name: str
    count: int
    what: str


Piece = Item | Unread | PassedOver
"""What comes out of a container."""

Stream = Iterator[Piece]
