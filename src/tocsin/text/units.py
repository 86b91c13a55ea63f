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
