"""What to watch for in words: phrases per language, look-alikes, opposites, places, actors."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tocsin.model.problem import Watch
from tocsin.problem.table import Table
from tocsin.problem.values import Wrong, shown, string_keyed, texts

PLAIN = "en"
"""The language of phrases given as a plain list."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def phrases(value: object) -> Mapping[str, tuple[str, ...]]:
    """Phrases per language: a table of lists, or a plain list that is English.

    >>> phrases(["strike group"])
    {'en': ('strike group',)}
    """
    inner = string_keyed(value)
    if inner is None:
        return {PLAIN: texts(value)}
    for language in inner:
        if not _LANGUAGE.fullmatch(language):
            raise Wrong(f"{shown(language)} is no language code", "write a code such as en, uk or ru")
    return {language: texts(listed) for language, listed in inner.items()}


def watch(table: Table) -> Watch:
    """The words a table watches for. ``not`` may stand beside ``watch`` or inside it."""
    lookalikes = _flat(table.get("not", phrases, {}))
    inner = string_keyed(table.values.get("watch"))
    if inner is not None and "not" in inner:
        lookalikes += _flat(table.get("watch", lambda _: phrases(inner["not"]), {}))
    return Watch(
        phrases=table.get("watch", lambda value: phrases(_without_not(value)), {}),
        lookalikes=tuple(dict.fromkeys(lookalikes)),
        counter=table.get("counter", phrases, {}),
        where=table.get("where", texts, ()),
        who=table.get("who", texts, ()),
    )


def _without_not(value: object) -> object:
    inner = string_keyed(value)
    return value if inner is None else {language: listed for language, listed in inner.items() if language != "not"}


def _flat(per_language: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(phrase for listed in per_language.values() for phrase in listed)
