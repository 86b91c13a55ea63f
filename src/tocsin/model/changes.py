"""What changed between two days: of the answer, and of what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tocsin.model.assessment import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from the earlier answer to the later: what was changed, and the answer after it.

    ``log_odds`` is by how much the step moved the answer; None where either side is certain.
    """

    what: str
    probability: float
    log_odds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """An indicator whose state is another than it was."""

    indicator: str
    statement: str
    was: Status
    now: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClaim:
    """A claim that counts on the later day and did not on the earlier one."""

    claim: str
    report: str
    published: date | None
    counts_for: tuple[str, ...]
    content: str
    handling: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A declaration that came into force between the two days."""

    name: str
    first_used: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From one day to another, by the declarations in force on each, or by today's on both.

    ``steps`` lead from the earlier answer to the later: time alone, then new reports and judgements, then new
    declarations.
    What they moved in log-odds adds up to the whole.
    """

    problem: str
    question: str
    first: date
    last: date
    start: float
    end: float
    start_words: str
    end_words: str
    start_warning_days: int
    end_warning_days: int
    steps: tuple[Step, ...]
    turned: tuple[Turned, ...]
    claims: tuple[NewClaim, ...]
    reports: int
    versions: tuple[NewVersion, ...]
    end_today: float | None = None
    """The answer of the later day by the declarations of today, where those are others than the ones then in force."""
    by_today: bool = False
    """Both days are answered by the declarations of today."""
