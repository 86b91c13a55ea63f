"""Times known within bounds, and lead times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time known only within bounds: the earliest and the latest day it can mean; an open end is None.

    A window is never collapsed to its middle. Whoever needs one day asks for the bound that is safe.
    """

    earliest: date | None
    latest: date | None

    @classmethod
    def on(cls, day: date) -> Window:
        """The window of one known day.

        >>> Window.on(date(2022, 12, 2)).latest
        datetime.date(2022, 12, 2)
        """
        return cls(earliest=day, latest=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """A duration in days that somebody knows as at least / typically / at most (5, 50 and 95 %)."""

    least: float
    typical: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Days from the activation of an indicator to the onset.

    Exactly one of the two forms is given. ``pairs`` are (days, probability), sum to one and are used as they
    stand; ``quantiles`` are spread as a split log-normal and scaled by the common tempo.
    """

    quantiles: Quantiles | None = None
    pairs: tuple[tuple[int, float], ...] = ()

    @property
    def least(self) -> float:
        """The at-least lead in days: the 5 % point, or the shortest pair with any probability."""
        if self.quantiles is not None:
            return self.quantiles.least
        return float(min((days for days, p in self.pairs if p > 0), default=0))
