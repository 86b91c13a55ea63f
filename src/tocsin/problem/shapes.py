"""The shapes that a value in a user's file may have, as JSON Schemas."""

from __future__ import annotations

from tocsin.model.grade import Reliability
from tocsin.model.yardstick import ICD_203
from tocsin.problem.degrees import DEGREES, POSITIONS
from tocsin.problem.words import SEEN_FIRST, probability_words

Shape = dict[str, object]  # a JSON Schema

ID: Shape = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"}
TEXT: Shape = {"type": "string", "minLength": 1}
TEXTS: Shape = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
DAY: Shape = {"type": "string", "format": "date"}
OF_YEAR: Shape = {"type": "string", "pattern": r"^\d{2}-\d{2}$"}
UNIT: Shape = {"type": "number", "minimum": 0, "maximum": 1}
RANGE: Shape = {"type": "array", "items": UNIT, "minItems": 2, "maxItems": 2}
_WORDS = list(probability_words(ICD_203))
CHANCE: Shape = {"anyOf": [{"enum": _WORDS}, UNIT, RANGE]}
FIRST: Shape = {"anyOf": [{"enum": [*SEEN_FIRST, *_WORDS]}, UNIT, RANGE]}
DURATION: Shape = {
    "anyOf": [
        {"type": "string", "pattern": r"^\S.*[ -]?(minute|hour|day|week|month|year)s?$"},
        {"type": "number", "minimum": 0},
    ]
}
COUNTS: Shape = {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2}
COST: Shape = {"type": "number", "exclusiveMinimum": 0}
HUNDRED: Shape = {"type": "number", "minimum": 0, "maximum": 100}
HUNDREDS: Shape = {"type": "array", "items": HUNDRED, "minItems": 2, "maxItems": 2}
PLACE: Shape = {"anyOf": [{"enum": list(POSITIONS)}, HUNDRED, HUNDREDS]}
DEGREE: Shape = {"anyOf": [{"enum": list(DEGREES)}, HUNDRED, HUNDREDS]}
PAIRS: Shape = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "number", "minimum": 0}, "minItems": 2, "maxItems": 2},
    "minItems": 1,
}
LAW: Shape = {"anyOf": [UNIT, PAIRS]}
LEAD: Shape = {"anyOf": [{"type": "array", "items": DURATION, "minItems": 3, "maxItems": 3}, PAIRS]}
PHRASES: Shape = {"anyOf": [TEXTS, {"type": "object", "additionalProperties": TEXTS}]}
WORDS_OF: Shape = {"type": "array", "items": TEXT, "minItems": 1}
FLAG: Shape = {"type": "boolean"}
LETTER: Shape = {"enum": [letter.value for letter in Reliability]}


def per(values: Shape) -> Shape:
    """A table of such values by name."""
    return {"type": "object", "additionalProperties": values}
