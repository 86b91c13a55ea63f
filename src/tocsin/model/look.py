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
