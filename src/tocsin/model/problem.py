"""A declared warning problem: one question a desk watches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tocsin.model.actors import Actor, Dispute
from tocsin.model.alert import AlertRule
from tocsin.model.deception import Deception
from tocsin.model.look import Look, Task
from tocsin.model.report import Source
from tocsin.model.time import Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A probability as the analyst gave it: a point, and the range (5-95 %) that the word or pair stands for."""

    point: float
    low: float
    high: float
    text: str


Law = tuple[tuple[float, float], ...]
"""A hidden quantity: pairs of value and probability."""

MOST_COPIED = 0.95
"""The largest value of a blanket that is not given outright."""


def blanket(mean: float) -> Law:
    """Three values from none to nearly all, with this mean; what lies above that stands for itself.

    >>> [(value, round(chance, 3)) for value, chance in blanket(0.3)]
    [(0.0, 0.468), (0.475, 0.432), (0.95, 0.1)]
    """
    if not 0 < mean < MOST_COPIED:
        return ((mean, 1.0),)
    share = mean / MOST_COPIED
    return ((0.0, (1 - share) ** 2), (MOST_COPIED / 2, 2 * share * (1 - share)), (MOST_COPIED, share**2))


BLANKET = blanket(0.5)
"""How much of what agrees is an undetected echo, unless the problem says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who would do what, how long it takes (days), and from which probability on.

    ``false_alarm`` and ``miss`` are what acting in vain and not acting in time would cost, in one unit of any kind.
    """

    who: str
    what: str
    takes: float
    alarm: float
    false_alarm: float | None = None
    miss: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The settings of the method; the defaults are those of docs/method.md.

    ``blanket_echo``, ``self_repeat`` and ``tempo`` are hidden quantities: pairs of value and probability.
    """

    contamination: float = 0.10
    blanket_echo: Law = BLANKET
    blanket_window_days: int = 7
    self_repeat: Law = ((0.0, 0.1), (0.995, 0.9))
    tempo: Law = ((0.5, 0.15), (0.71, 0.30), (1.0, 0.35), (1.41, 0.15), (2.0, 0.05))
    prior_as_of: str = "opened"

    @property
    def mean_blanket(self) -> float:
        """The mean of ``blanket_echo``."""
        return sum(value * chance for value, chance in self.blanket_echo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expr:
    """A boolean expression over gates.

    ``op`` is "gate" (``name`` set), "and", "or", "not", "at_least" (``k`` set) or "true" (no gate is needed).
    """

    op: str
    name: str = ""
    k: int = 0
    args: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPlace:
    """A place that the gazetteer lacks: its names, what it lies ``within``, and its point in degrees where declared."""

    name: str
    within: str = ""
    aliases: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Phrases that point to an indicator, per language, and look-alikes that do not.

    ``where`` and ``who`` are names (empty: anywhere, anyone): a claim about another place or actor does not count.
    """

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    lookalikes: tuple[str, ...] = ()
    counter: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    where: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A necessary condition; with reports on it, it is also an indicator with its own lead (decision to onset)."""

    id: str
    statement: str
    probability: Chance
    opens: date | None = None
    lead: Lead | None = None
    watch: Watch = field(default_factory=Watch)
    noticed_within: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A stretch of every year (both ends inclusive, may wrap round new year) that scales the daily hazard."""

    start: tuple[int, int]
    end: tuple[int, int]
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A course still to come. ``prior`` holds given that its gates are open; None only for the status quo."""

    id: str
    statement: str
    event: bool
    prior: Chance | None
    even_odds_within: float | None
    not_before: date | None = None
    season: tuple[Season, ...] = ()
    needs: Expr = field(default_factory=lambda: Expr(op="true"))
    needs_text: str = ""
    status_quo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What to look for, and what seeing it would mean.

    ``seen_first`` is, per scenario, the probability that it activates before the onset; scenarios left out and the
    status quo have 0. ``leads`` maps a scenario to its lead; the key ``""`` is the lead of all others.
    ``false_starts`` are per year, ``false_start_lasts`` and ``noticed_within`` in days; ``coverage`` is the
    probability (0-1) that a logged look would see it. ``building``: does it need building first (the third timing
    leaves it out)? ``then`` names what must still follow it.
    """

    id: str
    statement: str
    watch: Watch
    seen_first: Mapping[str, Chance]
    leads: Mapping[str, Lead]
    then: str | None = None
    false_starts: float = 0.0
    false_start_lasts: float = 20.0
    coverage: float = 0.0
    false_alarm: float = 0.0
    noticed_within: float | None = None
    critical: bool = False
    building: bool = False

    def lead(self, scenario: str) -> Lead | None:
        """The lead under one scenario."""
        return self.leads.get(scenario, self.leads.get(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePart:
    """A part of a quantity that some count in and some do not.

    ``words`` point to the part alone, ``without`` to the rest, ``whole`` to both together; what holds none of them is
    unclear and means the rest with probability ``unclear``, else the whole. ``expect``: 5 and 95 % points.
    """

    of: str
    expect: tuple[float, float]
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    unclear: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuestion:
    """A quantity that a scenario needs. ``need`` and ``attempt``: log-normals given by their 5 and 95 % points."""

    id: str
    of: str
    unit: str
    where: tuple[str, ...]
    expect: tuple[float, float]
    need: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    attempt: Mapping[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    watch: Watch = field(default_factory=Watch)
    part: FigurePart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of what happened.

    ``odds`` are the factors by which the odds of a gate or of a scenario's prior would change if it were true.
    """

    id: str
    statement: str
    prior: Chance
    odds: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Something seen, or looked for and not seen, that the accounts make more or less probable.

    ``likelihood`` gives, per account, the probability of just this if the account is true. It is known from ``on``.
    """

    id: str
    statement: str
    likelihood: Mapping[str, Chance]
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An event that happened ``on`` a day, with its rival accounts and what was observed."""

    id: str
    statement: str
    on: date | None
    accounts: tuple[Account, ...]
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningProblem:
    """One question, declared in one TOML file. ``digest`` is that of the file's bytes."""

    id: str
    question: str
    resolution: str
    opened: date
    by: date
    yardstick: str
    scenarios: tuple[Scenario, ...]
    gates: tuple[Gate, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    figures: tuple[FigureQuestion, ...] = ()
    places: tuple[OwnPlace, ...] = ()
    decisions: tuple[Decision, ...] = ()
    dispute: Dispute | None = None
    actors: tuple[Actor, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    method: Method = field(default_factory=Method)
    sources: tuple[Source, ...] = ()
    deception: tuple[Deception, ...] = ()
    looks: tuple[Look, ...] = ()
    collection: tuple[Task, ...] = ()
    alerts: tuple[AlertRule, ...] = ()
    digest: str = ""

    def indicator(self, name: str) -> Indicator | None:
        """The indicator of that id, or None."""
        return next((i for i in self.indicators if i.id == name), None)
