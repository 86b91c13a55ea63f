"""From an address to bytes: what the desk's settings permit, and what a server says of what it gives."""

from __future__ import annotations

from datetime import date

from tocsin import __version__
from tocsin.errors import Fault, FaultyInput, Place, UsageError
from tocsin.fetch import Network, Policy, System, get, permit, shown
from tocsin.model.feed import Settings
from tocsin.read import Context, Item, Kind
from tocsin.read.kind import HEAD, kind_of

_DECLARED = {"text/html": Kind.HTML, "application/xhtml+xml": Kind.HTML, "text/markdown": Kind.MARKDOWN}


def policy_of(settings: Settings, network: Network | None = None) -> Policy:
    """The rules of fetching of one desk: those of the program, and what its settings permit beyond them.

    Raises:
        FaultyInput: An entry of the allow list is wrong.
    """
    permits, faults = [], []
    for entry in settings.allow:
        try:
            permits.append(permit(entry))
        except UsageError as error:
            faults.append(Fault(Place("tocsin.toml", "fetch.allow"), str(error)))
    if faults:
        raise FaultyInput(faults)
    contact = f"; {settings.contact}" if settings.contact else ""
    return Policy(
        agent=f"Tocsin/{__version__} (indications and warning{contact})",
        permits=tuple(permits),
        network=network or System(),
    )


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
