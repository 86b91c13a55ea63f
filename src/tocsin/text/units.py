"""Units of figures: which is a kind of which."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.text.lang import load


def counts_as(unit: str | None, wider: str) -> bool:
    """Is a unit the wider one, or a kind of it?

    >>> counts_as("boat", "ship"), counts_as("ship", "ship"), counts_as("ship", "boat"), counts_as(None, "ship")
    (True, True, False, False)
    """
    kinds: Mapping[str, list[str]] = load("en")["wider"]
    return unit is not None and (unit == wider or unit in kinds.get(wider, ()))


def units() -> frozenset[str]:
    """Every unit that figures can have by name; other nouns are units of their own."""
    kinds: Mapping[str, list[str]] = load("en")["wider"]
    return frozenset(load("en")["units"]) | kinds.keys() | {one for narrower in kinds.values() for one in narrower}


def read_as(word: str) -> str | None:
    """The unit as which a word for what is counted is read, or None where the lists lack it.

    >>> read_as("person"), read_as("Soldiers"), read_as("km"), read_as("flurb")
    ('person', 'person', 'kilometer', None)
    """
    folded = " ".join(word.casefold().split())
    if folded in units():
        return folded
    phrases: Mapping[str, list[str]] = load("en")["units"]
    return next((unit for unit, names in phrases.items() if folded in names), None)
