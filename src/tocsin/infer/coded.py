"""Evidence and readings coded by hand or by another program: JSON Lines to values.

All faults of a file are shown at once, each with its line. What is odd but does not stop the work is a warning.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from typing import TypeVar

from tocsin.errors import Fault, FaultyInput, Place
from tocsin.model.claim import Bound
from tocsin.model.evidence import Evidence, Reading, ReadingRole, Says
from tocsin.model.grade import KNOWS, Reliability
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Access, Source

_EVIDENCE_KEYS = (
    "id",
    "indicator",
    "says",
    "about",
    "published",
    "source",
    "reliability",
    "knows",
    "weight",
    "echo_of",
    "copy_probability",
    "access",
    "alarmist",
    "counter",
    "claim",
    "report",
    "party",
    "unnamed",
)
_READING_KEYS = (
    "id",
    "figure",
    "low",
    "high",
    "bound",
    "of",
    "about",
    "source",
    "reliability",
    "knows",
    "weight",
    "role",
    "interest",
    "group",
    "echo_of",
    "claim",
)
LARGEST = 1e15
"""No quantity that anybody reports is larger; far beyond it the arithmetic has no room."""

_MISSING = object()
Choice = TypeVar("Choice", bound=StrEnum)
_WHOLE = "total"
_PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Evidence in the order of its lines, and what looks odd about it."""

    evidence: tuple[Evidence, ...]
    warnings: tuple[Fault, ...]


def parse_evidence(text: str, *, file: str, problem: WarningProblem) -> Coded:
    """The evidence of an ``EVIDENCE.jsonl``; an empty file is no evidence.

    Args:
        text: The file's text, one JSON object a line; empty lines do not count.
        file: Its name, for the faults.
        problem: Declares the indicators, the gates, and the sources whose grade a line may leave out.

    Raises:
        FaultyInput: With every fault of every line.
    """
    names = [i.id for i in problem.indicators] + [g.id for g in problem.gates]
    sources = {source.id: source for source in problem.sources}
    faults: list[Fault] = []
    found: list[tuple[int, Evidence]] = []
    for line in _lines(text, file=file, keys=_EVIDENCE_KEYS, faults=faults):
        name = line.text("id")
        indicator = line.text("indicator")
        if indicator and indicator not in names:
            near = get_close_matches(indicator, names, n=1)
            cure = f"did you mean {near[0]}?" if near else f"declared are {', '.join(names) or 'none'}"
            line.fault("indicator", f"'{indicator}' is no indicator or gate of {problem.id}", cure)
        says = line.choice("says", Says)
        about = line.day("about")
        published = line.day("published")
        source = line.text("source")
        declared = sources.get(source)
        echo_of = line.text("echo_of", default=None)
        item = Evidence(
            id=name,
            indicator=indicator,
            says=says or Says.AMBIGUOUS,
            about=about or date.min,
            published=published or date.min,
            source=source,
            knows=_knows(line, declared),
            weight=line.share("weight", default=1.0) or 0.0,
            alarmist=line.flag("alarmist", default=declared is not None and declared.alarmist),
            access=line.choice("access", Access, default=declared.access if declared else None),
            echo_of=echo_of or None,
            copy_probability=line.share("copy_probability", default=None),
            counter=line.flag("counter", default=False),
            claim=line.text("claim", default=None) or None,
            report=line.text("report", default=None) or None,
            party=line.text("party", default=None) or (declared.party if declared else None),
            unnamed=line.flag("unnamed", default=False),
        )
        found.append((line.number, item))
    _unique([(number, item.id) for number, item in found], file=file, faults=faults)
    if faults:
        raise FaultyInput(faults)
    return Coded(evidence=tuple(item for _, item in found), warnings=_oddities(found, file=file))


def parse_readings(text: str, *, file: str) -> tuple[Reading, ...]:
    """The readings of a ``READINGS.jsonl``; an empty file is no readings.

    A part without a ``group`` belongs to the sum that its source gives. ``bound`` may be left out where the two ends
    show it.

    Raises:
        FaultyInput: With every fault of every line.
    """
    faults: list[Fault] = []
    found: list[tuple[int, Reading]] = []
    for line in _lines(text, file=file, keys=_READING_KEYS, faults=faults):
        name, source = line.text("id"), line.text("source")
        of = line.text("of", default=_WHOLE)
        low, high, bound = _range(line)
        about = line.day("about")
        interest = line.text("interest", default=None) or None
        if interest not in {None, "up", "down"}:
            line.fault("interest", f"'{interest}' is no side", 'write "up", "down" or null')
        reading = Reading(
            id=name,
            figure=line.text("figure", default=""),
            low=low,
            high=high,
            bound=bound,
            of=of,
            about=about or date.min,
            source=source,
            knows=_knows(line, None),
            role=line.choice("role", ReadingRole, default=ReadingRole.HOLDING) or ReadingRole.HOLDING,
            interest=interest,
            group=line.text("group", default=None) or (source if of == _PART else None),
            weight=line.share("weight", default=1.0) or 0.0,
            echo_of=line.text("echo_of", default=None) or None,
            claim=line.text("claim", default=None) or None,
        )
        found.append((line.number, reading))
    _unique([(number, reading.id) for number, reading in found], file=file, faults=faults)
    if faults:
        raise FaultyInput(faults)
    return tuple(reading for _, reading in found)


class _Line:
    """One JSON object with its line number; every getter collects the fault and gives a harmless value."""

    def __init__(self, values: dict[str, object], *, number: int, file: str, faults: list[Fault]) -> None:
        self.values = values
        self.number = number
        self._file = file
        self._faults = faults

    def fault(self, key: str, message: str, cure: str = "") -> None:
        self._faults.append(Fault(Place(self._file, f"line {self.number}, {key}"), message, cure))

    def get(self, key: str, default: object, cure: str) -> object:
        """The value, the default where the key is absent or null, or ``_MISSING`` with a fault."""
        value = self.values.get(key)
        if value is not None:
            return value
        if default is _MISSING:
            self.fault(key, "is missing", cure)
        return default

    def text(self, key: str, *, default: object = _MISSING) -> str:
        value = self.get(key, default, f'write "{key}": "…"')
        if isinstance(value, str):
            if any("\ud800" <= character <= "\udfff" for character in value):
                self.fault(key, "holds half a character", "write the whole character, or leave it out")
                return ""
            if value or default is not _MISSING:
                return value
            self.fault(key, "is empty", f'write "{key}": "…"')
        elif value is not default:
            self.fault(key, f"{_show(value)} is no text", "write it in quotation marks")
        return ""

    def day(self, key: str) -> date | None:
        cure = "write it as 2022-12-01"
        value = self.get(key, _MISSING, cure)
        if value is _MISSING:
            return None
        if isinstance(value, str) and len(value) == 10:
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.fault(key, f"{_show(value)} is no date", cure)
        return None

    def choice(self, key: str, kind: type[Choice], *, default: object = _MISSING) -> Choice | None:
        allowed = ", ".join(member.value for member in kind)
        value = self.get(key, default, f"one of {allowed}")
        if isinstance(value, str):
            try:
                return kind(value)
            except ValueError:
                pass
        if value is not None and value is not _MISSING:
            self.fault(key, f"{_show(value)} is not known here", f"one of {allowed}")
        return None

    def number_of(self, key: str, *, default: float | None) -> float | None:
        value = self.values.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.fault(key, f"{_show(value)} is no number", "write it without quotation marks, as in 0.75")
            return default
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if not isfinite(number):
            self.fault(key, f"{_show(value)} is too large", "a number below 1e308")
            return default
        return number

    def share(self, key: str, *, default: float | None) -> float | None:
        number = self.number_of(key, default=default)
        if number is not None and not 0 <= number <= 1:
            self.fault(key, f"{number:g} is no probability", "a number from 0 to 1")
            return default
        return number

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(key, f"{_show(value)} is neither yes nor no", "write true or false")
            return default
        return value


def _lines(text: str, *, file: str, keys: tuple[str, ...], faults: list[Fault]) -> Iterator[_Line]:
    """Each line's object; a line that is none becomes a fault."""
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not raw.strip():
            continue
        place = Place(file, f"line {number}")
        try:
            value = json.loads(raw, parse_constant=_no_number, object_pairs_hook=_no_doubles)
        except RecursionError:
            faults.append(Fault(place, "is nested too deeply", "one flat JSON object a line"))
            continue
        except json.JSONDecodeError as error:
            faults.append(Fault(place, f"is no JSON: {error.msg}, column {error.colno}", "one JSON object a line"))
            continue
        except ValueError as error:
            told = "holds a number of thousands of digits" if "digits" in str(error) else str(error)
            faults.append(Fault(place, told, "one JSON object a line"))
            continue
        if not isinstance(value, dict):
            faults.append(Fault(place, f"{_show(value)} is no object", 'write {"id": …} on one line'))
            continue
        line = _Line(value, number=number, file=file, faults=faults)
        for key in value:
            near = get_close_matches(key, keys, n=1, cutoff=0.8) if key not in keys else []
            if near and near[0] not in value:
                line.fault(key, "is no key of this file", f"did you mean {near[0]}?")
        yield line


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [key for key, _ in pairs]
        double = next(key for key in names if names.count(key) > 1)
        raise ValueError(f"'{double}' stands twice in one object")
    return values


def _knows(line: _Line, declared: Source | None) -> float | None:
    """``knows`` wins over the line's letter, and that over the declared source; F has no number."""
    letter = line.choice("reliability", Reliability, default=None)
    knows = line.share("knows", default=None)
    if knows is not None:
        return knows
    if letter is not None or declared is None:
        return None if letter is None else KNOWS.get(letter)
    if declared.knows is not None:
        return declared.knows
    general = declared.reliability.get("")
    return None if general is None else KNOWS.get(general)


def _range(line: _Line) -> tuple[float | None, float | None, Bound]:
    """Low, high and bound, with the faults of all three."""
    low, high = line.number_of("low", default=None), line.number_of("high", default=None)
    if low is None and high is None:
        line.fault("low", "a reading needs low, high or both", '"low": 9000, "high": 9000')
    if (low is not None and low < 0) or (high is not None and high <= 0):
        line.fault("high", "a quantity must be above 0", 'for "none" write "low": null and a small "high"')
    if max(low or 0.0, high or 0.0) > LARGEST:
        line.fault("high", f"a quantity above {LARGEST:g} is not meant", "give it in a larger unit")
    if low is not None and high is not None and low > high:
        line.fault("low", f"{low:g} is above the high end {high:g}", "exchange the two")
    shown = Bound.RANGE
    if high is None:
        shown = Bound.AT_LEAST
    elif low is None:
        shown = Bound.AT_MOST
    elif low == high:
        shown = Bound.EXACT
    bound = line.choice("bound", Bound, default=shown) or shown
    needs = {Bound.AT_LEAST: (low,), Bound.AT_MOST: (high,)}.get(bound, (low, high))
    if None in needs and not (low is None and high is None):
        line.fault("bound", f"'{bound.value}' lacks an end", "give it, or name the bound at_least or at_most")
    return low, high, bound


def _unique(ids: list[tuple[int, str]], *, file: str, faults: list[Fault]) -> None:
    first: dict[str, int] = {}
    for number, name in ids:
        if name and first.setdefault(name, number) != number:
            place = Place(file, f"line {number}, id")
            faults.append(Fault(place, f"'{name}' stands on line {first[name]} already", "give each item its own id"))


def _oddities(found: list[tuple[int, Evidence]], *, file: str) -> tuple[Fault, ...]:
    by_id = {item.id: item for _, item in found}
    odd = []
    for number, item in found:
        place = Place(file, f"line {number}, echo_of")
        if item.echo_of is None:
            if item.copy_probability:
                odd.append(
                    Fault(place, "a copy probability without an origin does nothing", "name the item it repeats")
                )
            continue
        origin = by_id.get(item.echo_of)
        if origin is None:
            odd.append(Fault(place, f"'{item.echo_of}' is not in this file; the item counts as no detected echo"))
        elif origin is item:
            odd.append(Fault(place, "an item cannot repeat itself; it counts as no detected echo"))
        elif origin.indicator != item.indicator:
            odd.append(Fault(place, f"'{item.echo_of}' is about another indicator; it counts as no detected echo"))
    return tuple(odd)


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:39] + "…"
