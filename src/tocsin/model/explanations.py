"""Rival accounts of something that happened, as judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountResult:
    """An account: before and after its observations, after all reports as well, and what it would make of the answer.

    ``answer_if_true`` is the headline probability if the account were known to be true.
    """

    id: str
    statement: str
    probability: float
    prior: float
    with_reports: float
    answer_if_true: float
    odds: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationResult:
    """An observation, and by how much it favours the account it favours most over the one it favours least."""

    id: str
    statement: str
    ratio: float
    favours: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationResult:
    """An event's accounts. ``ratio``: the largest likelihood ratio between two accounts that all observations give.

    ``separates`` is false where that ratio is near one: what was observed cannot tell the accounts apart.
    """

    event: str
    statement: str
    accounts: tuple[AccountResult, ...]
    observations: tuple[ObservationResult, ...]
    ratio: float
    separates: bool
