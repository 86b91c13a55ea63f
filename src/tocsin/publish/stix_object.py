"""What all STIX objects of one answer have: ids, times, who made them, markings, and our extension's definition."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from tocsin.publish.exported import midnight
from tocsin.publish.handling import Caveat, Tlp
from tocsin.publish.safe import terminal

Object = dict[str, Any]

_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_CREATED = "2022-10-01T00:00:00.000Z"
_TLP = {
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
"""The marking definitions of TLP 2.0 that OASIS publishes for STIX 2.1."""

_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "tocsin")
_SINCE = "2023-01-01T00:00:00.000Z"
EXTENSION = f"extension-definition--{uuid.uuid5(_OURS, 'extension 1')}"
_EXTENDED = (
    "On a report: answer (probability, its 5 % and 95 % points, the word and its yardstick, the last day), scenarios, "
    "gates, timing, board, decisions and digests of an assessment; probabilities are of events and are never the "
    "value of confidence. On a grouping: the question with its days. On an indicator: whether it is critical. On a "
    "sighting: the day it speaks of, and whether the opposite was asserted. On a note: a claim with its chain of "
    "voices, polarity, modality, role, figures, time and places; a reliability that cannot be judged is left out. On "
    "an identity: what kind of voice it is."
)


def time(moment: datetime | date) -> str:
    """A moment, or the beginning of a day, as STIX writes it."""
    at = moment if isinstance(moment, datetime) else midnight(moment)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def without_none(values: Mapping[str, object]) -> Object:
    """What is not known is left out, and so is what is empty."""
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {}, ())}


class Maker:
    """Makes the objects of one producer.

    Args:
        producer: Who publishes.
        opened: The first day of the problem; an object of no other day was created then.
        as_of: The day assessed; no object was created later.
    """

    def __init__(self, producer: str, *, opened: date, as_of: date) -> None:
        self._producer = producer
        self._opened = opened
        self._as_of = as_of
        self.desk = self.id("identity", "producer")

    def id(self, kind: str, *parts: str) -> str:
        """A STIX id made from ours: the same for the same parts and producer."""
        seed = json.dumps([self._producer, kind, *parts])
        return f"{kind}--{uuid.uuid5(_OURS, seed)}"

    def object(self, kind: str, name: str, values: Mapping[str, object], *, created: date | None = None) -> Object:
        """An object with what all have before its own values."""
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": name,
            **({} if name == self.desk else {"created_by_ref": self.desk}),
            "created": time(min(created or self._opened, self._as_of)),
            "modified": time(self._as_of),
            **values,
        }

    def producer(self) -> Object:
        """Who publishes, as an identity."""
        return self.object("identity", self.desk, {"name": self._producer, "identity_class": "organization"})

    def extension_definition(self) -> Object:
        """What our property extension is."""
        return {
            "type": "extension-definition",
            "spec_version": "2.1",
            "id": EXTENSION,
            "created_by_ref": self.desk,
            "created": _SINCE,
            "modified": _SINCE,
            "name": "Tocsin: indications and warning",
            "description": "What an assessment of a warning problem holds and STIX has no place for.",
            "schema": _EXTENDED,
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }


class Markings:
    """The marking definitions that the objects of one answer point at, each made once.

    Args:
        make: The maker of the answer's objects.
    """

    def __init__(self, make: Maker) -> None:
        self._make = make
        self._made: dict[str, Object] = {}

    def refs(self, found: Caveat) -> list[str]:
        """The ids of the definitions that a caveat comes to: its level, and its words one by one."""
        refs = [_TLP[found.level]]
        self._made.setdefault(refs[0], _tlp(found.level))
        for words in sorted(found.words):
            name = self._make.id("marking-definition", "statement", words)
            self._made.setdefault(name, self._statement(name, words))
            refs.append(name)
        return refs

    def objects(self) -> Iterator[Object]:
        """Every definition that was pointed at."""
        yield from self._made.values()

    def _statement(self, name: str, words: str) -> Object:
        return {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": name,
            "created_by_ref": self._make.desk,
            "created": _SINCE,
            "definition_type": "statement",
            "definition": {"statement": terminal(words)},
        }


def _tlp(level: Tlp) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _TLP[level],
        "created": _TLP_CREATED,
        "name": level.label,
        "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level.label[4:].lower()}},
    }
