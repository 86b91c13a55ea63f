"""The note that one watch leaves to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The answer as of a day."""

    as_of: date
    probability: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One indicator that stands otherwise than before, or on which something new was said.

    ``log_odds`` is what its reports did to the headline's log-odds now, less what they did then.
    """

    indicator: str
    statement: str
    before: str
    now: str
    log_odds: float
    claims: tuple[tuple[str, str], ...]
    """New claims on it: id, and who says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A look that was logged."""

    indicator: str
    who: str
    day: date
    found: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A decision whose latest day is near or past, or whose alarm line is crossed."""

    who: str
    what: str
    latest: date
    above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An alert that went out, or failed to."""

    at: datetime
    rule: str
    reason: str
    channel: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One problem over the watch. ``nobody`` are the indicators that nobody looked at, critical ones first."""

    problem: str
    question: str
    then: Stand | None
    now: Stand
    confidence: str
    turned: tuple[Turned, ...]
    looked: tuple[Looked, ...]
    nobody: tuple[str, ...]
    near: tuple[Near, ...]
    sent: tuple[Sent, ...]
    could_change: int
    """Unreviewed claims that could change the word."""
    reports: int = 0
    """Reports that were taken in over the watch and are still held."""
    judgements: int = 0
    """Judgements entered over the watch."""
    versions: int = 0
    """Versions of the problem's file and of sources.toml that were first used over the watch, but for the first."""
    noted: bool = False
    """``then`` is what the last note said; else it is the answer by the files then in force, as replay gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A judgement on which analysts differ, so that it counts neither way.

    ``by`` and ``why`` are empty, and a ``subject`` under a caveat is masked, for readers who may not see everything.
    """

    subject: str
    value: str
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What the next watch has to know. ``withheld`` says what its readers may not see, counted."""

    at: datetime
    by: str
    since: datetime
    problems: tuple[Watched, ...]
    disputed: tuple[Disputed, ...]
    queries: tuple[str, ...]
    failed: int
    """Items that could not be taken in."""

    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """Who took the watch over, and when."""

    by: str
    at: datetime
