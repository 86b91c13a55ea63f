"""The desk's own settings, ``tocsin.toml``: where it keeps things, what it polls, and how its alerts leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tocsin.model.feed import Channel, ChannelKind, Feed, Settings
from tocsin.problem.document import fetch, parse
from tocsin.problem.keys import CHANNEL, FEED, FETCH, SETTINGS
from tocsin.problem.table import Faults, Table
from tocsin.problem.values import Wrong, flag, ident, shown, text, texts, whole_from
from tocsin.problem.words import coverage, duration

SHORTEST = 5 / 1440
"""Days from one poll to the next at least: five minutes."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


def load_settings(path: Path) -> Settings:
    """Read a ``tocsin.toml``; without one, the settings are the usual ones.

    Raises:
        FaultyInput: with all faults of the file.
    """
    if not path.exists():
        return Settings()
    return parse_settings(fetch(path)[0], file=str(path))


def parse_settings(written: str, *, file: str) -> Settings:
    """Read settings from the text of their file; ``file`` is the name that faults show.

    Raises:
        FaultyInput: with all faults of the text.
    """
    faults = Faults(file)
    top = Table(parse(written, file=file), "", SETTINGS, faults)
    top.get("schema", whole_from(1, 1), 1)
    rules = top.table("fetch", FETCH)
    feeds, channels = top.tables("feeds", FEED), top.tables("channels", CHANNEL)
    settings = Settings(
        store=top.get("store", text, None),
        allow=rules.get("allow", texts, ()) if rules else (),
        contact=rules.get("contact", _one_line, "") if rules else "",
        feeds=tuple(_feed(table) for table in feeds),
        channels=tuple(_channel(table) for table in channels),
    )
    for tables in (feeds, channels):
        _once(tables)
    faults.raise_if_any()
    return settings


def _feed(table: Table) -> Feed:
    return Feed(
        id=table.get("id", ident, table.name),
        url=table.get("url", _one_line, ""),
        every=table.get("every", duration(least=SHORTEST, most=366.0), 1.0),
        source=table.get("source", ident, None),
        covers=table.get("covers", texts, ()),
        coverage=table.get("coverage", coverage, None),
        pages=table.get("pages", flag, False),
        handling=table.get("handling", _one_line, None),
        lang=table.get("lang", text, None),
        silent_after=table.get("silent_after", duration(above=True, most=366.0), None),
    )


def _channel(table: Table) -> Channel:
    given = [kind for kind in ChannelKind if kind.value in table]
    if len(given) != 1:
        message = "does not say how an alert leaves" if not given else f"is {' and '.join(given)} at once"
        table.say("id", message, f"give one of: {', '.join(ChannelKind)}")
    kind = given[0] if given else ChannelKind.FILE
    read = {ChannelKind.COMMAND: _words, ChannelKind.MAIL: _addresses}.get(kind, _alone)
    secret = table.get("secret", _variable, "")
    if kind is ChannelKind.WEBHOOK:
        table.want("secret", 'add secret = "TOCSIN_HOOK_KEY", the variable that holds the key', message="is missing")
    elif "secret" in table:
        table.say("secret", "belongs to a webhook", "delete it")
    return Channel(id=table.get("id", ident, table.name), kind=kind, to=table.get(kind.value, read, ()), secret=secret)


def _once(tables: Sequence[Table]) -> None:
    seen: set[str] = set()
    for table in tables:
        if table.name and table.name in seen:
            table.say("id", f"another {table.kind.noun} is called {shown(table.name)}", "give each a name of its own")
        seen.add(table.name)


def _one_line(value: object) -> str:
    written = text(value)
    if not written.isprintable():
        raise Wrong(f"{shown(written)} is more than one line", "write it on one line")
    return written


def _alone(value: object) -> tuple[str, ...]:
    return (_one_line(value),)


def _words(value: object) -> tuple[str, ...]:
    """The words of a command, as often as they stand there."""
    if not isinstance(value, list) or not value:
        raise Wrong(f"{shown(value)} is no list of words", 'write ["program", "--option"]: no shell takes it apart')
    return tuple(_one_line(word) for word in value)


def _addresses(value: object) -> tuple[str, ...]:
    found = texts(value)
    for one in found:
        if not _ADDRESS.fullmatch(one):
            raise Wrong(f"{shown(one)} is no mail address", "write name@example.org")
    return found


def _variable(value: object) -> str:
    name = text(value)
    if not _VARIABLE.fullmatch(name):
        raise Wrong(
            f"{shown(name)} is no name of a variable",
            "name the variable of the environment that holds the key, never the key itself",
        )
    return name
