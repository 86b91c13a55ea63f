"""Statements of sources who may know, may guess and may copy, as likelihoods of one hidden state."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

GUESS = 0.5
GUESS_ALARMIST = 0.57
SIGHTED_ERROR = 0.3
_CHUNK = 4096


class Mind(Enum):
    """What a source that speaks again has in mind: it knows, or it made up its mind once for the one or the other."""

    KNOWS = "knows"
    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihoods:
    """What each statement is worth, each array of shape ``(report,)``.

    ``noticed`` and ``unnoticed`` are P(statement | active), for an activation that one who knows has noticed or has
    not (the same array where everything is noticed at once); ``off`` is P(statement | not active). ``power`` is the
    exponent on all three.
    """

    day: NDArray[np.int64]
    present: NDArray[np.bool_]
    noticed: NDArray[np.float64]
    unnoticed: NDArray[np.float64]
    off: NDArray[np.float64]
    power: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Statements on one indicator, each array of shape ``(report,)``.

    ``day`` is the day spoken about, ``source`` a number for each source, ``able`` the chance that the source knows,
    ``knows`` the same scaled by the weight of the statement, ``guess`` the chance that one who does not know says
    "present", ``sighted`` the factor on the chance of saying "present" falsely (below 1 for who saw it or has
    imagery), ``copied`` the chance that the item merely repeats another one that says the same, ``refused`` the
    chance that it would have repeated one that says otherwise, had it copied. ``power`` is the exponent on the
    likelihood: below 1 for voices that share what they rest on, above 1 where equal statements stand in one row.
    ``steered`` is the chance that somebody makes the source speak, ``lie`` that somebody makes it say just this; None
    where nobody does.
    """

    day: NDArray[np.int64]
    present: NDArray[np.bool_]
    source: NDArray[np.int64]
    able: NDArray[np.float64]
    knows: NDArray[np.float64]
    guess: NDArray[np.float64]
    sighted: NDArray[np.float64]
    copied: NDArray[np.float64]
    refused: NDArray[np.float64]
    power: NDArray[np.float64]
    steered: NDArray[np.float64] | None = None
    lie: NDArray[np.float64] | None = None

    def off(self) -> NDArray[np.float64]:
        """P(statement | not active), copying included; shape ``(report,)``."""
        return self._own((1 - self.knows) * self.guess * self.sighted)

    def on(self, noticed: float = 1.0) -> NDArray[np.float64]:
        """P(statement | active), copying included.

        Args:
            noticed: Chance that one who knows has noticed by then; 1 is at once.
        """
        return self._own(self.knows * noticed + (1 - self.knows) * self.guess)

    def fresh(self, *, ages: bool = True) -> Likelihoods:
        """Every statement by itself: each time the source knows or guesses anew.

        Args:
            ages: Does noticing take time?
        """
        on = self.on()
        return self._likelihoods(on, self.on(0.0) if ages else on, self.off())

    def minded(
        self,
        mind: Mind,
        *,
        knows: NDArray[np.float64],
        settled: float,
        ages: bool = True,
        excused: NDArray[np.bool_] | None = None,
        assured: NDArray[np.bool_] | None = None,
    ) -> Likelihoods:
        """All statements of sources, given what they have in mind.

        Args:
            mind: What each of them has in mind.
            knows: Shape ``(report,)``; the chance that the source knows. What a statement's own chance falls short of
                it is doubt about the statement.
            settled: The chance that a statement comes of that mind, and is not a fresh one.
            ages: Does noticing take time?
            excused: Shape ``(report,)``; denials by who denies it again: who has not noticed later had not before.
            assured: Shape ``(report,)``; sightings by who saw it before: who had noticed then has noticed.

        Source:
            docs/method.md, "A source that speaks again".
        """
        if mind is Mind.KNOWS:
            surely = self.knows / knows
            loose = (1 - surely) * self.guess
            noticed = surely + loose if excused is None else np.where(excused, loose, surely + loose)
            unnoticed = loose if assured is None else np.where(assured, surely + loose, loose)
            says = noticed, unnoticed, loose * self.sighted
        else:
            always = np.full(len(self.day), 1.0 if mind is Mind.PRESENT else 0.0)
            says = always, always, always * self.sighted
        anew = (1 - self.knows) * self.guess
        fresh = self.knows + anew, anew, anew * self.sighted
        noticed, unnoticed, off = (settled * own + (1 - settled) * new for own, new in zip(says, fresh, strict=True))
        on = self._own(noticed)
        return self._likelihoods(on, self._own(unnoticed) if ages else on, self._own(off))

    def _own(self, present: NDArray[np.float64]) -> NDArray[np.float64]:
        """The chance of each statement, where one that speaks for itself would say "present" with these chances."""
        own = np.where(self.present, present, 1 - present)
        if self.steered is not None and self.lie is not None:
            own = (1 - self.steered) * own + self.lie
        return np.asarray((1 - self.refused) * (self.copied + (1 - self.copied) * own))

    def _likelihoods(
        self, noticed: NDArray[np.float64], unnoticed: NDArray[np.float64], off: NDArray[np.float64]
    ) -> Likelihoods:
        return Likelihoods(
            day=self.day, present=self.present, noticed=noticed, unnoticed=unnoticed, off=off, power=self.power
        )

    def part(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Statements:
        """The statements of some rows."""
        return replace(self, **{name: values[rows] for name, values in self._columns().items()})

    def told(self, steered: NDArray[np.float64], present: NDArray[np.float64]) -> Statements:
        """The same statements where somebody steers some of the sources.

        Args:
            steered: Shape ``(report,)``; chance that the statement is steered.
            present: Shape ``(report,)``; chance that it is steered and says "present".

        Source:
            docs/method.md, "Deception".
        """
        return replace(self, steered=steered, lie=np.where(self.present, present, steered - present))

    def grouped(self) -> Statements:
        """The same likelihood with equal statements in one row each, where there are very many."""
        if len(self.day) <= _CHUNK:
            return self
        columns = [values for name, values in self._columns().items() if name != "source"]
        order = np.lexsort(columns)
        rows = np.array([values[order] for values in columns])
        first = np.concatenate(([True], np.any(rows[:, 1:] != rows[:, :-1], axis=0)))
        counts = np.diff(np.concatenate((np.flatnonzero(first), [len(order)])))
        kept = self.part(order[first])
        return replace(kept, power=kept.power * counts)

    def _columns(self) -> dict[str, NDArray[Any]]:
        every = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: values for name, values in every.items() if values is not None}


def daily(
    likelihood: NDArray[np.float64],
    said: Likelihoods,
    days: int,
    *,
    row: NDArray[np.int64] | None = None,
    rows: int = 1,
) -> NDArray[np.float64]:
    """Sum the log-likelihoods of one state per day.

    Args:
        likelihood: Shape ``(report,)``; of each statement.
        said: The statements.
        days: Number of days, n.
        row: Shape ``(report,)``; the row that each statement is summed into; one row for all if left out.
        rows: How many rows.

    Returns:
        Shape ``(row, n)``.
    """
    place = said.day if row is None else said.day + row * days
    with np.errstate(divide="ignore"):
        logs = np.log(likelihood) * said.power
    return np.bincount(place, weights=logs, minlength=rows * days).astype(np.float64).reshape(rows, days)


def by_start(
    said: Likelihoods, which: NDArray[np.bool_], *, spoken: NDArray[np.int64], days: int, noticed_within: float
) -> NDArray[np.float64]:
    """Log-likelihood of each day's statements, for every day on which an activation may have begun.

    An observer who knows has noticed an activation that is k days old with probability 1 - 2**(-(k+1)/N); so a denial
    hardly counts against what began yesterday, whether it will last or is a false start.

    Args:
        said: On one indicator.
        which: Shape ``(report,)``; the statements that count.
        spoken: The days that anything is said about, in order.
        days: Number of past days, n.
        noticed_within: N; days within which it is as likely as not to have been noticed.

    Returns:
        Shape ``(spoken, n)``; nought where the start lies after the day.

    Source:
        docs/method.md, "Seeing takes time".
    """
    began = np.arange(days)
    noticing = -np.expm1(-np.log(2.0) * (began + 1) / noticed_within)
    total = np.zeros((len(spoken), days))
    rows = np.flatnonzero(which)
    order = rows[np.argsort(said.day[rows], kind="stable")]
    for first in range(0, len(order), _CHUNK):
        some = order[first : first + _CHUNK]
        day, unnoticed = said.day[some], said.unnoticed[some]
        age = day[None, :] - began[:, None]
        with np.errstate(divide="ignore"):  # the likelihood is linear in the chance of having noticed
            likely = unnoticed + (said.noticed[some] - unnoticed) * noticing[np.maximum(age, 0)]
            logs = np.where(age >= 0, np.log(likely) * said.power[some], 0.0)
        starts = np.flatnonzero(np.concatenate(([True], day[1:] != day[:-1])))
        total[np.searchsorted(spoken, day[starts])] += np.add.reduceat(logs, starts, axis=1).T
    return total
