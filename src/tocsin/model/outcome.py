"""What happened, and what was forecast of it: the values that scoring reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question under its resolution rule, as somebody recorded it.

    Attributes:
        problem: The problem's id.
        onset: The first day of the event; None where it did not happen.
        through: The last day this is known for: an event after it is not ruled out.
        scenario: The scenario that came true, where that is known.
        rule: The resolution rule as the problem worded it.
        by: Who recorded it.
        why: On what grounds.
        at: When it was recorded; the latest record counts.
    """

    problem: str
    onset: date | None
    through: date
    scenario: str | None
    rule: str
    by: str
    why: str
    at: datetime

    def happened(self, after: date, until: date) -> bool | None:
        """Did the event begin after one day and up to and including another? None where that is not known.

        >>> from datetime import date, datetime
        >>> known = Outcome(problem="p", onset=None, through=date(2023, 1, 31), scenario=None, rule="", by="", why="",
        ...                 at=datetime(2023, 2, 1))
        >>> known.happened(date(2023, 1, 1), date(2023, 1, 31)), known.happened(date(2023, 1, 1), date(2023, 2, 1))
        (False, None)
        """
        if self.onset is not None and self.onset <= until:
            return self.onset > after
        return False if until <= self.through or self.onset is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One probability for one question, as it was given.

    Attributes:
        who: ``model``, or the analyst who gave it.
        as_of: The day it was given for.
        days: The horizon in days; 0 for the headline, whose last day is fixed.
        until: The last day of the question, inclusive.
        probability: That the event begins after ``as_of`` and up to ``until``.
        prior: What the declaration alone answered to the same question, where that was kept.
        at: When an analyst gave it; None for the model's own.
    """

    who: str
    as_of: date
    days: int
    until: date
    probability: float
    prior: float | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """The distribution of the first day as one assessment gave it: P(event on or before the day), rising."""

    as_of: date
    curve: Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The scores of one forecaster on one horizon.

    Attributes:
        who: ``model``, ``analysts pooled``, or an analyst.
        days: The horizon in days; 0 for the headline.
        n: Forecasts that are resolved.
        events: How many of them came true.
        brier: Mean squared error, 0 to 1; lower is better.
        log: Mean of minus the natural logarithm of what was given to the truth; lower is better.
        skill_prior: 1 minus the ratio of the log scores to that of the priors; None where none were kept.
        skill_yesterday: The same against the forecast before; None with fewer than two.
        flip_flop: Mean movement a step beyond what the whole movement needed; None with fewer than three.
    """

    who: str
    days: int
    n: int
    events: int
    brier: float
    log: float
    skill_prior: float | None
    skill_yesterday: float | None
    flip_flop: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How well probabilities and frequencies agree, over all resolved forecasts of the model.

    Attributes:
        n: Forecasts.
        slope: Of the outcome on the forecast's log-odds; 1 is right, below it the forecasts were too sure. None where
            every forecast resolved alike.
        miscalibration: CORP's MCB: what recalibrating the forecasts would gain in Brier score.
        discrimination: CORP's DSC: what the recalibrated forecasts gain over always saying the base rate.
        uncertainty: CORP's UNC: the Brier score of the base rate. Brier = MCB - DSC + UNC.
        reliability: Forecast and recalibrated forecast, rising.
    """

    n: int
    slope: float | None
    miscalibration: float
    discrimination: float
    uncertainty: float
    reliability: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """What an alarm line would have brought.

    Attributes:
        line: The probability of the 30-day question at which the alarm sounds.
        first: The first day of the alarm that stood at onset; None without one.
        lead_days: From that day to onset.
        needed_days: What the decision takes; None where no decision was declared.
        false_alarms: Alarms that began and were not followed by the event within 30 days of their last day.
        missed: Did the event come without an alarm standing?
    """

    line: float
    first: date | None
    lead_days: int | None
    needed_days: float | None
    false_alarms: int
    missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Everything a season's forecasts scored."""

    problem: str
    outcome: Outcome
    lines: tuple[Line, ...]
    calibration: Calibration | None
    onset: tuple[tuple[date, float], ...]
    """Of each assessment, where in its distribution of the first day the true day lay (0 to 1)."""

    alarms: tuple[Alarms, ...]
    open_questions: int
    """Forecasts whose last day lies beyond what is known."""
