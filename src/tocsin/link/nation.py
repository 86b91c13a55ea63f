"""Which nation a word stands for: a country, its people, its capital as its government."""

from __future__ import annotations

from functools import cache

from tocsin.link.words import stems
from tocsin.text.places import nations

_GOVERNMENTS = {"Kremlin": "RU", "Wagner": "RU", "Pentagon": "US"}


@cache
def _table() -> dict[str, str]:
    """ISO codes by the stem of every one-word name."""
    table: dict[str, str] = {}
    for name, code in (*_GOVERNMENTS.items(), *nations().items()):
        key = stems(name)
        if len(key) == 1:
            table.setdefault(key[0], code)
    return table


def nation_of(word: str) -> str | None:
    """The ISO code of the nation that a word or its stem stands for, or None.

    >>> nation_of("Belarusian"), nation_of("Belarus"), nation_of("brigade")
    ('BY', 'BY', None)
    """
    key = stems(word)
    return _table().get(key[0]) if len(key) == 1 else None
