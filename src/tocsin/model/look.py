"""Looks: somebody watched for an indicator and found nothing to report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One entry of the collection log: an indicator was really looked for, and nothing was found.

    ``first`` and ``last`` are the days covered, both included. ``coverage`` is how well it was looked for on each of
    them (0 to 1); None takes the indicator's own.
    """

    indicator: str
    first: date
    last: date
    by: str = ""
    coverage: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task of collection: somebody is to look for an indicator every so many days."""

    indicator: str
    by: str
    every: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookout:
    """One line of the collection log: an indicator and one who looks for it.

    ``every`` is how often, in days, where that is declared. ``last`` is the last day looked at, ``found`` whether it
    was seen then, ``coverage`` how well it was looked at. ``overdue`` is days past the time; None where it is in time,
    or nobody said how often. ``who`` is empty where nobody looks.
    """

    indicator: str
    who: str = ""
    every: float | None = None
    last: date | None = None
    found: bool | None = None
    coverage: float | None = None
    overdue: int | None = None
    note: str = ""
