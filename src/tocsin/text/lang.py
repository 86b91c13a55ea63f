"""Word lists of the languages, kept as data beside this module in ``lang/<name>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tocsin.errors import UsageError


@cache
def load(name: str) -> Mapping[str, Any]:
    """The word lists of one file, read once and never changed.

    Args:
        name: The file's name without its ending: ``"en"``, ``"en_voice"``.

    Raises:
        UsageError: There is no such file.

    >>> load("en")["months"]["february"]
    2
    """
    file = files("tocsin.text").joinpath("lang", f"{name}.toml")
    if not file.is_file():
        raise UsageError(f"no word lists named {name!r} are shipped (looked for text/lang/{name}.toml)")
    return MappingProxyType(tomllib.loads(file.read_text(encoding="utf-8")))


def words(name: str, table: str) -> frozenset[str]:
    """One list of a file as a set of words.

    >>> "gen" in words("en", "abbreviations")
    True
    """
    return frozenset(load(name)[table])
