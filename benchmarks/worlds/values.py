"""The values a world is made of. Days are counted from the day the watch opened, which is day 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benchmarks.worlds.family import Family, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A stretch of the year in which the hazard of a scenario is multiplied by a factor; both ends included."""

    first: tuple[int, int]
    last: tuple[int, int]
    factor: float

    def covers(self, day: date) -> bool:
        """Whether a day lies in the season, which may reach over the turn of the year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A course still to come. ``gate`` is the id of the one gate it needs, if any."""

    id: str
    event: bool
    prior: float
    even_odds_within: float
    not_before: int | None = None
    season: Season | None = None
    gate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Days by which a sign precedes the onset: 5, 50 and 95 % points of a split log-normal."""

    at_least: float
    typically: float
    at_most: float

    def times(self, factor: float) -> Lead:
        """The same lead, stretched."""
        return Lead(at_least=self.at_least * factor, typically=self.typically * factor, at_most=self.at_most * factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A necessary condition. ``opens`` is the first day on which it can be open."""

    id: str
    probability: float
    opens: int | None
    lead: Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What to look for. ``seen_first`` has one chance per scenario id; who is left out has none."""

    id: str
    seen_first: tuple[tuple[str, float], ...]
    lead: Lead
    false_starts: float
    false_start_lasts: float
    noticed_within: float | None = None
    coverage: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A warning problem: once as it is in truth, once as the analyst declared it."""

    opened: date
    scenarios: tuple[Scenario, ...]
    gates: tuple[Gate, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who reports.

    Attributes:
        id: Its name.
        grade: The letter the analyst gave.
        access: ``saw``, ``imagery``, ``told``, ``inferred``; None where the analyst did not say.
        alarmist: Declared to cry wolf.
        topics: Ids of the indicators and gates it reports on.
        knows: True chance that it knows.
        says_present: True chance that it says "present" when it does not know.
        sighted: Whether it truly has sight or pictures.
        fades: Whether it loses most of its access half way.
        reached: Within the adversary's reach, as the analyst declares it.
        held: In the adversary's hand in truth.
    """

    id: str
    grade: str
    access: str | None
    alarmist: bool
    topics: tuple[str, ...]
    knows: float
    says_present: float
    sighted: bool
    fades: bool
    reached: bool
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One item of reporting.

    Attributes:
        id: Its name.
        indicator: Id of the indicator or gate it speaks of.
        present: What it says.
        about: The day it speaks of.
        published: The day it appeared.
        source: Id of who says it.
        weight: Hedges and second hand, in (0, 1].
        repeats: In truth, the id of the original it repeats.
        flagged: As declared, the id of the report it may repeat.
        article: Id of the article whose anonymous voice this is.
    """

    id: str
    indicator: str
    present: bool
    about: int
    published: int
    source: str
    weight: float
    repeats: str | None = None
    flagged: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is the case. ``scenario`` is None for the status quo, and then ``onset`` is None."""

    scenario: str | None
    onset: int | None
    gates_open: frozenset[str]
    tempo: float
    story: Story


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One world: the truth, the problem in truth and as declared, the sources, the reports and the looks.

    ``looks`` has one (indicator, day) for each day on which somebody looked.
    """

    family: Family
    seed: int
    truth: Truth
    real: Setting
    declared: Setting
    sources: tuple[Source, ...]
    reports: tuple[Report, ...]
    looks: frozenset[tuple[str, int]]

    @property
    def as_of(self) -> int:
        """The day of the assessment."""
        return self.family.days - 1
