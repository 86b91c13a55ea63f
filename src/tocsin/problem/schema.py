"""JSON Schemas of the files a user writes, so that an editor completes and explains their keys."""

from __future__ import annotations

from tocsin.problem.keys import PROBLEM, SETTINGS, SOURCES
from tocsin.problem.kinds import Kind

_DRAFT = "http://json-schema.org/draft-07/schema#"


def problem_schema() -> dict[str, object]:
    """The JSON Schema (draft 7) of ``problems/<id>.toml``.

    It holds shapes and words only; what hangs together across keys (ids, priors, circles) is for the loader.
    """
    return {"$schema": _DRAFT, "title": "Tocsin warning problem", **_table(PROBLEM)}


def sources_schema() -> dict[str, object]:
    """The JSON Schema (draft 7) of ``sources.toml``."""
    return {"$schema": _DRAFT, "title": "Tocsin sources", **_table(SOURCES)}


def settings_schema() -> dict[str, object]:
    """The JSON Schema (draft 7) of ``tocsin.toml``."""
    return {"$schema": _DRAFT, "title": "Tocsin desk settings", **_table(SETTINGS)}


def _table(kind: Kind) -> dict[str, object]:
    properties: dict[str, object] = {}
    for name, key in kind.keys.items():
        inner = kind.inner.get(name)
        if inner is None:
            shape = dict(key.shape)
        elif name in kind.lists:
            shape = {"type": "array", "items": _table(inner)}
        else:
            shape = _table(inner)
        properties[name] = {"description": key.says, **shape}
    schema: dict[str, object] = {"type": "object", "additionalProperties": False, "properties": properties}
    if kind.required:
        schema["required"] = list(kind.required)
    return schema
