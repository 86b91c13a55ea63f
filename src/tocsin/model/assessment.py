"""The answer as of a date. Field for field the JSON that other programs read (docs/reference)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """State of an indicator on the board. Nobody looked is a state of its own and is never imputed."""

    OBSERVED = "observed"
    AMBIGUOUS = "ambiguous"
    COUNTER = "counter"
    NOT_SEEN = "not_seen"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolling:
    """Probability of the event within so many days of the assessment."""

    days: int
    probability: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The headline: probability of the event up to and including ``by``. ``prior`` is the same without reports."""

    by: date
    probability: float
    low: float | None
    high: float | None
    words: str
    yardstick: str
    rolling: tuple[Rolling, ...]
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceTest:
    """One of the five stated tests of the judgement, with its finding."""

    name: str
    passed: bool
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Confidence in the judgement, never in one sentence with a probability (ICD 203)."""

    level: str
    because: tuple[str, ...]
    tests: tuple[ConfidenceTest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """One scenario. ``curve`` gives P(this scenario and onset on or before the day)."""

    id: str
    statement: str
    event: bool
    probability: float
    low: float | None
    high: float | None
    prior: float
    words: str
    curve: tuple[tuple[date, float], ...]
    p05_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The earliest day under one assumption, with what it rests on."""

    case: str
    earliest: date
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """A gate's posterior probability."""

    id: str
    statement: str
    probability: float
    prior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """One line of the board. ``log_odds``: what its reports did to the headline's log-odds."""

    id: str
    statement: str
    status: Status
    claims: tuple[str, ...]
    since: date | None
    last_look: date | None
    log_odds: float
    diagnosticity: float
    critical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingShown:
    """One reading of a figure as the page shows it; readings that share a ``group`` are parts of one sum."""

    claim: str | None
    source: str
    low: float | None
    high: float | None
    bound: str
    of: str
    role: str
    about: date
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePartResult:
    """What is held of a part of a figure, or of the figure without it; None where no reading counts."""

    of: str
    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureResult:
    """A declared figure under one scenario: the pooled holding against the need and against an attempt."""

    id: str
    of: str
    unit: str
    scenario: str
    readings: tuple[ReadingShown, ...]
    median: float | None
    low: float | None
    high: float | None
    density: tuple[tuple[float, float], ...]
    need: tuple[float, float] | None
    p_enough: float | None
    attempt: tuple[float, float] | None
    p_attempt: float | None
    part: FigurePartResult | None = None
    without_part: FigurePartResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What moved the answer. ``log_odds``: headline log-odds with it minus without it."""

    kind: str
    id: str
    log_odds: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What speaks against the answer's direction."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchItem:
    """What would move the answer next. ``by``: the day by which it would have to show for the event to come in time."""

    indicator: str
    statement: str
    if_seen: float
    if_not_seen: float
    chance_seen: float
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The smallest set of indicators whose sighting would change the word."""

    to: str
    needs: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoResult:
    """Claims that share an origin, and how many independent items they count as."""

    origin: str
    claims: tuple[str, ...]
    counted_as: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherShown:
    """Another's assessment, with the day it expires. ``polarity`` tells whether ``says`` is affirmed or denied."""

    claim: str
    who: str
    says: str
    expires: date
    polarity: str = "affirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """What changed since an earlier day, and the claims that did it."""

    since: date
    from_: float = field(metadata={"name": "from"})
    to: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreviewed:
    """Claims nobody has judged, and how many of them could change the word if they were wrong."""

    claims: int
    could_change_the_word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Evidence about a day outside the grid."""

    after_as_of: int = 0
    before_opened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstoodCount:
    """How much of the reading was not understood: reports in languages without an extractor, passages, claims."""

    reports: int = 0
    passages: int = 0
    claims_set_aside: int = 0
    claims_unlinked: int = 0
    claims_ungraded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionResult:
    """A declared decision against the curve: does the answer stand above its alarm line, and until when can it wait?"""

    who: str
    what: str
    alarm: float
    takes_days: float
    above: bool
    latest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """SHA-256 digests of everything the answer was computed from."""

    problem: str
    sources: str
    claims: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The answer as of a date, with digests of problem and claims and the method's version.

    ``deception``, ``actors`` and ``explanations`` are places: this method computes none of the three.
    """

    schema: int
    problem: str
    question: str
    resolution: str
    as_of: date
    known_by: date | None
    method: str
    version: str
    digests: Digests
    answer: Answer
    confidence: Confidence
    scenarios: tuple[ScenarioResult, ...]
    timing: tuple[Timing, ...]
    warning_time_days: int
    gates: tuple[GateResult, ...]
    indicators: tuple[IndicatorResult, ...]
    figures: tuple[FigureResult, ...]
    drivers: tuple[Driver, ...]
    against: tuple[Against, ...]
    watch: tuple[WatchItem, ...]
    flip: Flip | None
    echoes: tuple[EchoResult, ...]
    others: tuple[OtherShown, ...]
    decisions: tuple[DecisionResult, ...]
    changes: tuple[ChangeItem, ...]
    unreviewed: Unreviewed
    left_out: LeftOut
    not_covered: tuple[str, ...]
    not_understood: NotUnderstoodCount
    deception: None = None
    actors: None = None
    explanations: tuple[()] = ()
