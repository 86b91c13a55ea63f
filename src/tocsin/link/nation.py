"""Which nation a word stands for: a country, its people, its capital as its government."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from tocsin.link.words import stem
from tocsin.text.places import adjectives


@cache
def _table() -> Mapping[str, str]:
    """ISO codes by the stem of every adjective of the gazetteer and every noun of ``nations.toml``."""
    listed = tomllib.loads(files("tocsin.link").joinpath("nations.toml").read_text(encoding="utf-8"))
    table = {stem(word.lower()): code for word, code in adjectives().items()}
    return MappingProxyType(table | {stem(word.lower()): code for code, words in listed.items() for word in words})


def nation_of(word: str) -> str | None:
    """The ISO code of the nation that a word or its stem stands for, or None.

    >>> nation_of("Belarusians"), nation_of("belarus"), nation_of("brigade")
    ('BY', 'BY', None)
    """
    folded = word.lower()
    return _table().get(folded) or _table().get(stem(folded))
