"""The small problems that are enumerated, in values of their own that share no code with the core."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

State = Mapping[str, bool]
Slant = tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A necessary condition; ``lead`` is (at least, typically, at most) in days."""

    id: str
    probability: float
    opens: int | None
    lead: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A course to come. ``holds`` tells whether its gates allow it; ``named`` are those it needs open."""

    id: str
    event: bool
    prior: float
    even_odds_within: float
    not_before: int | None
    season: tuple[date, date, float] | None
    needs: str
    holds: Callable[[State], bool]
    named: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A sign, with its chances and leads by scenario."""

    id: str
    seen_first: Mapping[str, float]
    lead: tuple[float, float, float]
    false_starts: float
    lasts: float
    noticed_within: float | None
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A report; days count from the opening."""

    id: str
    on: str
    present: bool
    about: int
    published: int
    source: str
    knows: float
    weight: float
    alarmist: bool
    sighted: bool
    echo_of: str | None
    copy_probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who may deceive: channels with their chance of being steered, and stories as (mass, if event, otherwise)."""

    id: str
    suspects: Mapping[str, float]
    stories: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A whole small problem with its reports and looks."""

    opened: date
    past: int
    gates: Sequence[Gate]
    scenarios: Sequence[Scenario]
    indicators: Sequence[Indicator]
    parties: Sequence[Party]
    reports: Sequence[Said]
    looks: frozenset[tuple[str, int]]
    contamination: float
    blanket: Sequence[tuple[float, float]]
    window: int
    self_repeat: Sequence[tuple[float, float]]
    tempo: Sequence[tuple[float, float]]
    from_opening: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The posterior: (scenario, days from today, the last being later), the status quo, stories by party, gates."""

    joint: Mapping[tuple[str, int], float]
    status_quo: float
    stories: Mapping[tuple[str, str], float]
    gates: Mapping[str, float]
