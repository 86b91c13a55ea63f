"""What a desk's own settings declare: the feeds it reads, the channels its alerts go through, what may be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that the desk polls.

    ``every`` is days from one poll to the next. ``covers`` names indicators, as ``indicator`` or
    ``problem/indicator``: each poll that is answered is a look at them, as good as ``coverage`` (0 to 1; None takes
    the indicator's own). ``pages``: the page behind each entry is fetched too. ``silent_after``: days without anything
    new after which the feed counts as gone silent; None where it may well have nothing to say.
    """

    id: str
    url: str
    every: float
    source: str | None = None
    covers: tuple[str, ...] = ()
    coverage: float | None = None
    pages: bool = False
    handling: str | None = None
    lang: str | None = None
    silent_after: float | None = None


class ChannelKind(StrEnum):
    """The ways in which an alert can leave."""

    COMMAND = "command"
    WEBHOOK = "webhook"
    MAIL = "mail"
    FILE = "file"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way out, under the name by which alerts ask for it.

    ``to`` is the command's words, the addresses of a mail, or the one address or file. ``secret`` names the variable
    of the environment that holds the key of a webhook's signature; the key itself stands nowhere.
    """

    id: str
    kind: ChannelKind
    to: tuple[str, ...]
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a desk (``tocsin.toml``).

    ``store`` is the address of its database, None for the one in its folder. ``allow`` lists the places that may be
    fetched beyond the public internet; ``contact`` is told to the servers that are asked.
    """

    store: str | None = None
    allow: tuple[str, ...] = ()
    contact: str = ""
    feeds: tuple[Feed, ...] = ()
    channels: tuple[Channel, ...] = ()
