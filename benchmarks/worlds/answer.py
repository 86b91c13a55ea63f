"""What a method says of one world, in the shape in which all methods are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HORIZONS = (7, 30, 90)
STATUS_QUO = "status-quo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The joint law of scenario and onset.

    Attributes:
        onset: Per scenario, shape ``(day + 1,)``: P(it comes, and begins on that day); day 0 is tomorrow, the last
            column is everything later.
        status_quo: P(none of them comes).
        events: Ids of the scenarios that count.
    """

    onset: Mapping[str, NDArray[np.float64]]
    status_quo: float
    events: frozenset[str]

    def within(self, days: int) -> float:
        """P(an event begins within so many days)."""
        return float(sum(self.onset[name][:days].sum() for name in self.events))

    def scenarios(self) -> dict[str, float]:
        """P(scenario), the status quo included."""
        return {name: float(law.sum()) for name, law in self.onset.items()} | {STATUS_QUO: self.status_quo}

    def given_event(self, day: int) -> tuple[float, float]:
        """P(onset before that day | event) and P(onset on or before it | event); day 0 is tomorrow.

        A day beyond the grid gets the last column whole.
        """
        law = np.asarray(sum(self.onset[name] for name in self.events))
        total, at = float(law.sum()), min(day, len(law) - 1)
        return float(law[:at].sum()) / total, float(law[: at + 1].sum()) / total
