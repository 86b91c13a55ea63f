"""The answer as of a date. Field for field the JSON that other programs read (docs/reference)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tocsin.model.actors import ActorsResult
from tocsin.model.evidence import DayAhead
from tocsin.model.explanations import ExplanationResult
from tocsin.model.reasons import Assumption, Crossing, DeceptionResult, Moved, Standing, Waterfall


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
    """One line of the board. ``log_odds``: what its reports did to the headline's log-odds.

    ``own_word``: nothing but the denial of the party watched, or of one that may be deceiving, stands behind it.
    """

    id: str
    statement: str
    status: Status
    claims: tuple[str, ...]
    since: date | None
    last_look: date | None
    log_odds: float
    diagnosticity: float
    critical: bool
    own_word: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingShown:
    """One reading of a figure as the page shows it; readings that share a ``group`` are parts of one sum.

    ``pooled``: did it enter the pool? A need, a rumour, a figure that its source replaced by a later one and one of a
    source that nobody graded did not.
    """

    claim: str | None
    source: str
    low: float | None
    high: float | None
    bound: str
    of: str
    role: str
    about: date
    group: str | None = None
    pooled: bool = True


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
    """What changed since an earlier day, and the claims that did it.

    ``time`` is what the passing of time alone did to the log-odds, ``moved`` what each new claim did, in the order in
    which they came; together they are the whole change. Some claims may stand together as one entry.
    """

    since: date
    from_: float = field(metadata={"name": "from"})
    to: float
    because: tuple[str, ...]
    time: float = 0.0
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreviewed:
    """Claims nobody has judged, and how many of them could change the word if they were wrong."""

    claims: int
    could_change_the_word: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementCount:
    """Claims of which a judgement counts in this answer; claims on which analysts differ, which count neither way.

    ``rejected`` of those counted were taken out of it, ``corrected`` were mended, ``linked`` speak to what an analyst
    says, ``rated`` have a digit of credibility. ``graded`` counts grades given to sources and voices, ``merged`` voices
    said to be one, ``independent`` pairs said not to rest on each other. ``disputed`` counts these too. ``reports``
    counts those whose outlet or day was corrected, ``reports_disputed`` those on which analysts differ there.
    """

    counted: int = 0
    disputed: int = 0
    rejected: int = 0
    corrected: int = 0
    linked: int = 0
    graded: int = 0
    rated: int = 0
    merged: int = 0
    independent: int = 0
    reports: int = 0
    reports_disputed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What somebody signed on the problem: their own judgement, dissent and probability, beside the model's."""

    by: str
    as_of: date
    at: datetime
    judgement: str | None
    dissent: str | None
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOutcome:
    """What was recorded of the question's outcome by the day assessed; it is shown and never fed into the answer.

    ``onset`` is the first day of the event, None where it had not happened by ``through``.
    """

    onset: date | None
    through: date
    scenario: str | None
    by: str
    at: datetime


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
    """A declared decision against the curve: does the answer stand above its alarm line, and until when can it wait?

    ``latest`` is ``earliest``, the earliest plausible start, less what it takes; ``latest_by_leads`` the same from
    the earliest start that the declared leads allow a full plan. ``too_late`` is the probability that the event
    comes before a decision taken today would be carried out, ``reached`` the first day by which the curve of the
    event reaches the alarm line. ``derived``: the line follows from the two costs.
    """

    who: str
    what: str
    alarm: float
    takes_days: float
    above: bool
    latest: date
    earliest: date | None = None
    latest_by_leads: date | None = None
    too_late: float | None = None
    reached: date | None = None
    derived: bool = False
    false_alarm: float | None = None
    miss: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """SHA-256 digests of everything the answer was computed from; of judgements and looks, empty without any.

    That of the looks is over those of the problem's file and of the log together.
    """

    problem: str
    sources: str
    claims: str
    judgements: str = ""
    looks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The answer as of a date, with digests of problem and claims and the method's version.

    ``actors`` is None where no actors are declared. ``forgotten`` counts the reports and voices that were erased from
    the desk: what they said is no part of the answer. ``outcome`` is what was recorded of it by then, if anything.
    ``ahead`` are days still to come that reports name, in their order.
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
    deception: DeceptionResult | None = None
    actors: ActorsResult | None = None
    explanations: tuple[ExplanationResult, ...] = ()
    waterfall: Waterfall | None = None
    assumptions: tuple[Assumption, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    standing: Standing | None = None
    judgements: JudgementCount = JudgementCount()
    signed: tuple[Signed, ...] = ()
    forgotten: int = 0
    outcome: RecordedOutcome | None = None
    ahead: tuple[DayAhead, ...] = ()
