"""From an address to bytes: what the desk's settings permit, and what a server says of what it gives."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from tocsin.errors import Fault, FaultyInput, Place, UsageError
from tocsin.fetch import Policy, get, shown
from tocsin.fetch.policy import permits
from tocsin.read import Context, Item, Kind
from tocsin.read.kind import HEAD, kind_of

_DECLARED = {"text/html": Kind.HTML, "application/xhtml+xml": Kind.HTML, "text/markdown": Kind.MARKDOWN}


def policy_of(settings: Path) -> Policy:
    """The rules of fetching: those of the program, with ``[fetch] allow`` of ``tocsin.toml`` permitted beyond them.

    Raises:
        FaultyInput: The settings have faults.
    """
    if not settings.exists():
        return Policy()
    try:
        section = tomllib.loads(settings.read_text(encoding="utf-8")).get("fetch", {})
        allowed = section.get("allow", []) if isinstance(section, dict) else None
        if not isinstance(allowed, list) or not all(isinstance(one, str) for one in allowed):
            raise FaultyInput([Fault(Place(str(settings), "fetch.allow"), "is no list of hosts", 'write ["host"]')])
        return Policy(permits=permits(allowed))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyInput([Fault(Place(str(settings)), str(error), "mend the TOML")]) from error
    except UsageError as error:
        raise FaultyInput([Fault(Place(str(settings), "fetch.allow"), str(error))]) from error


def fetched(url: str, *, policy: Policy, on: date) -> Item:
    """What stands at an address, as an item that knows where and when it was fetched.

    Raises:
        FetchError: It is refused, or nothing worth reading came.
    """
    found = get(url, policy=policy)
    name = shown(found.url)
    kind = kind_of(found.data[:HEAD], name=name)
    if kind is Kind.TEXT:
        kind = _DECLARED.get(found.media_type, kind)
    return Item(
        name=name, data=found.data, kind=kind, context=Context(url=found.url, retrieved=on, charset=found.charset)
    )
