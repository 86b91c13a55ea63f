"""The assessment as JSON, and the JSON Schemas of what the project prints and reads line by line.

Field order, dates (ISO 8601) and numbers (full precision) are those of docs/reference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from tocsin.errors import UsageError
from tocsin.model.assessment import Assessment
from tocsin.model.claim import Attribution, Bound, Change, Modality, Polarity, Role
from tocsin.model.evidence import ReadingRole, Says
from tocsin.model.grade import Reliability
from tocsin.model.report import Access, VoiceKind

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_dict(assessment: Assessment) -> Json:
    """The assessment as plain dictionaries, lists, text and numbers, in declared order."""
    plain: Json = msgspec.json.decode(msgspec.json.encode(assessment))
    plain["changes"] = [
        {"from" if key == "from_" else key: value for key, value in change.items()} for change in plain["changes"]
    ]
    return plain


def encode(assessment: Assessment, *, indent: int = 0) -> bytes:
    """The assessment as UTF-8 JSON: one line, or indented; no line end."""
    return to_json(to_dict(assessment), indent=indent)


def to_json(value: object, *, indent: int = 0) -> bytes:
    """Any value of the project as UTF-8 JSON; a number that is none (infinite, undefined) becomes null."""
    line = msgspec.json.encode(value)
    return msgspec.json.format(line, indent=indent) if indent else line


def schema(name: str) -> Json:
    """The JSON Schema of one shape: assessment, claim, evidence, pooled or reading.

    Raises:
        UsageError: No shape of that name.
    """
    make = SCHEMAS.get(name)
    if make is None:
        raise UsageError(f"there is no schema '{name}'; there are {', '.join(sorted(SCHEMAS))}")
    return {"$schema": DIALECT, "title": name, **make()}


def _assessment() -> Json:
    made = msgspec.json.schema(Assessment)
    change: Json = made["$defs"]["ChangeItem"]
    change["properties"] = {key.rstrip("_"): value for key, value in change["properties"].items()}
    change["required"] = [key.rstrip("_") for key in change["required"]]
    return made


def _claim() -> Json:
    voice = _object(
        {"name": _TEXT, "kind": _one_of([kind.value for kind in VoiceKind]), "span": _or_null(_SPAN)},
    )
    figure = _object(
        {
            "text": _TEXT,
            "low": _or_null(_NUMBER),
            "high": _or_null(_NUMBER),
            "bound": _one_of([bound.value for bound in Bound]),
            "unit": _or_null(_TEXT),
            "of": _or_null(_TEXT),
            "change": _or_null(_one_of([change.value for change in Change])),
            "span": _SPAN,
            "per": _or_null(_TEXT),
        }
    )
    place = _object(
        {
            "text": _TEXT,
            "name": _TEXT,
            "country": _or_null(_TEXT),
            "lat": _or_null(_NUMBER),
            "lon": _or_null(_NUMBER),
            "span": _SPAN,
        }
    )
    when = _object({"text": _TEXT, "earliest": _or_null(_DATE), "latest": _or_null(_DATE)})
    return _object(
        {
            "schema": {"const": 1},
            "id": _TEXT,
            "report": _TEXT,
            "span": _SPAN,
            "sentence": _SPAN,
            "content": _TEXT,
            "cue": _or_null(_object({"text": _TEXT, "span": _SPAN})),
            "chain": _list(voice),
            "attribution": _one_of([how.value for how in Attribution]),
            "polarity": _one_of([polarity.value for polarity in Polarity]),
            "modality": _one_of([modality.value for modality in Modality]),
            "role": _one_of([role.value for role in Role]),
            "hedge": _or_null(_TEXT),
            "weight": _SHARE,
            "figures": _list(figure),
            "when": _or_null(when),
            "places": _list(place),
            "extractor": _TEXT,
        }
    )


def _evidence() -> Json:
    return _object(
        {
            "id": _told(_TEXT, "names the item; no two items share one"),
            "indicator": _told(_TEXT, "id of an indicator or gate of the problem"),
            "says": _one_of([says.value for says in Says]),
            "about": _told(_DATE, "the day the statement is about"),
            "published": _told(_DATE, "the day it became known"),
            "source": _TEXT,
            **_GRADED,
            "weight": _told(_SHARE, "how surely it is put; scales what the source knows"),
            "echo_of": _told(_or_null(_TEXT), "id of the item that it may repeat"),
            "copy_probability": _told(_or_null(_SHARE), "probability that it does; 0 documents independence"),
            "alarmist": {"type": "boolean"},
            "access": _or_null(_one_of([access.value for access in Access])),
        },
        required=("id", "indicator", "says", "about", "published", "source"),
    )


def _reading() -> Json:
    return _object(
        {
            "id": _TEXT,
            "low": _told(_or_null(_NOT_NEGATIVE), "null where the bound leaves it open"),
            "high": _told(_or_null(_NOT_NEGATIVE), "null where the bound leaves it open"),
            "bound": _one_of([bound.value for bound in Bound]),
            "of": _told(_TEXT, "total, part, rest (all but the part), or what the figure counts"),
            "about": _DATE,
            "source": _TEXT,
            **_GRADED,
            "interest": _told(_or_null(_one_of(["up", "down"])), "the side to which the source would shade"),
            "role": _told(_one_of([role.value for role in ReadingRole]), "only holdings are pooled"),
            "group": _told(_or_null(_TEXT), "readings of one group are parts of one sum"),
            "weight": _SHARE,
            "echo_of": _or_null(_TEXT),
        },
        required=("id", "low", "high", "about", "source"),
    )


def _pooled() -> Json:
    pair = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
    ends = {name: _or_null(_NUMBER) for name in ("median", "low", "high")}
    held = _object({"of": _TEXT, **ends})
    reading = _object(
        {
            "id": _TEXT,
            "low": _or_null(_NUMBER),
            "high": _or_null(_NUMBER),
            "bound": _TEXT,
            "of": _TEXT,
            "about": _DATE,
            "source": _TEXT,
            "role": _one_of([role.value for role in ReadingRole]),
            "pooled": {"type": "boolean"},
            "because": _TEXT,
        }
    )
    return _object(
        {
            "schema": {"const": 1},
            "median": _or_null(_NUMBER),
            "low": _told(_or_null(_NUMBER), "5 % point"),
            "high": _told(_or_null(_NUMBER), "95 % point"),
            "density": _told(_list(pair), "value and probability per unit"),
            "expect": _or_null(pair),
            "need": _or_null(pair),
            "p_enough": _or_null(_SHARE),
            "attempt": _or_null(pair),
            "p_attempt": _or_null(_SHARE),
            "readings": _list(reading),
            "part": _told(_or_null(held), "what is held of a part that is told apart"),
            "without_part": _told(_or_null(held), "what is held without it"),
        }
    )


SCHEMAS: dict[str, Callable[[], Json]] = {
    "assessment": _assessment,
    "claim": _claim,
    "evidence": _evidence,
    "pooled": _pooled,
    "reading": _reading,
}
"""Shapes by name; the files of a desk have theirs in ``tocsin.problem``."""


def _object(properties: Json, *, required: tuple[str, ...] | None = None) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties if required is None else required)}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _one_of(values: list[str]) -> Json:
    return {"enum": values}


def _or_null(value: Json) -> Json:
    return {"anyOf": [value, {"type": "null"}]}


def _told(value: Json, description: str) -> Json:
    return {**value, "description": description}


_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "number"}
_NOT_NEGATIVE: Json = {"type": "number", "minimum": 0}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_DATE: Json = {"type": "string", "format": "date"}
_SPAN: Json = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_GRADED: Json = {
    "reliability": _told(_one_of([letter.value for letter in Reliability]), "the source's letter; F moves nothing"),
    "knows": _told(_or_null(_SHARE), "overrides the letter"),
}
