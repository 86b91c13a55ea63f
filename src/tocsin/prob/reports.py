"""Statements of sources who may know, may guess and may copy, as likelihoods of one hidden state."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

GUESS = 0.5
GUESS_ALARMIST = 0.57
SIGHTED_ERROR = 0.3
_CHUNK = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Statements on one indicator, each array of shape ``(report,)``.

    ``day`` is the day spoken about, ``knows`` the chance that the source knows (already scaled by the weight),
    ``guess`` the chance that one who does not know says "present", ``sighted`` the factor on the chance of saying
    "present" falsely (below 1 for who saw it or has imagery), ``copied`` the chance that the item merely repeats
    another one that says the same. ``power`` is the exponent on the likelihood: below 1 for voices that share what
    they rest on, above 1 where equal statements stand in one row. ``steered`` is the chance that somebody makes the
    source speak, ``lie`` that somebody makes it say just this; None where nobody does.
    """

    day: NDArray[np.int64]
    present: NDArray[np.bool_]
    knows: NDArray[np.float64]
    guess: NDArray[np.float64]
    sighted: NDArray[np.float64]
    copied: NDArray[np.float64]
    power: NDArray[np.float64]
    steered: NDArray[np.float64] | None = None
    lie: NDArray[np.float64] | None = None

    def off(self) -> NDArray[np.float64]:
        """P(statement | not active), copying included; shape ``(report,)``."""
        falsely = (1 - self.knows) * self.guess * self.sighted
        return self._own(np.where(self.present, falsely, 1 - falsely))

    def on(self, noticed: NDArray[np.float64] | float = 1.0) -> NDArray[np.float64]:
        """P(statement | active), copying included.

        Args:
            noticed: Chance that one who knows has noticed by then; 1 is at once. Broadcasts against ``(report,)``.
        """
        says_present = self.knows * noticed + (1 - self.knows) * self.guess
        says_absent = self.knows * (1 - noticed) + (1 - self.knows) * (1 - self.guess)
        return self._own(np.where(self.present, says_present, says_absent))

    def _own(self, honest: NDArray[np.float64]) -> NDArray[np.float64]:
        own = honest
        if self.steered is not None and self.lie is not None:
            own = (1 - self.steered) * honest + self.lie
        return np.asarray(self.copied + (1 - self.copied) * own)

    def part(self, rows: NDArray[np.int64] | slice) -> Statements:
        """The statements of some rows."""
        return Statements(
            day=self.day[rows],
            present=self.present[rows],
            knows=self.knows[rows],
            guess=self.guess[rows],
            sighted=self.sighted[rows],
            copied=self.copied[rows],
            power=self.power[rows],
            steered=None if self.steered is None else self.steered[rows],
            lie=None if self.lie is None else self.lie[rows],
        )

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
        fields = [self.day, self.present, self.knows, self.guess, self.sighted, self.copied, self.power]
        fields += [field for field in (self.steered, self.lie) if field is not None]
        order = np.lexsort(fields)
        rows = np.array([field[order] for field in fields])
        first = np.concatenate(([True], np.any(rows[:, 1:] != rows[:, :-1], axis=0)))
        counts = np.diff(np.concatenate((np.flatnonzero(first), [len(order)])))
        kept = self.part(order[first])
        return replace(kept, power=kept.power * counts)


def daily(likelihood: NDArray[np.float64], said: Statements, days: int) -> NDArray[np.float64]:
    """Sum the log-likelihoods of one state per day; shape ``(days,)``."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.bincount(said.day, weights=np.log(likelihood) * said.power, minlength=days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """Log-likelihood of a day's statements by the day on which what they speak of began.

    Attributes:
        days: Shape ``(spoken,)``; the days that anything is said about, in order.
        present: Shape ``(spoken, n)``; of the sightings; nought where the start lies after the day.
        absent: The same of the denials.
    """

    days: NDArray[np.int64]
    present: NDArray[np.float64]
    absent: NDArray[np.float64]

    def lasting(self, denied: NDArray[np.float64] | float = np.inf) -> NDArray[np.float64]:
        """Log-likelihood of all statements about days from ``a`` on, for a start on day a = 0..n; the last is 0.

        That an activation is too young to be noticed excuses it before a denial, and never makes the denial speak for
        it: a day's denials are no likelier than they would be without it.

        Args:
            denied: Shape ``(spoken,)``; log-probability of each day's denials if no lasting activation had begun.
        """
        began = np.arange(self.present.shape[1])
        most = np.broadcast_to(np.asarray(denied, dtype=np.float64), self.days.shape)[:, None]
        capped = np.where(began[None, :] <= self.days[:, None], np.minimum(self.absent, most), 0.0)
        return np.concatenate(((self.present + capped).sum(axis=0), [0.0]))


def noticing(said: Statements, days: int, noticed_within: float) -> Aged:
    """Log-likelihood of the statements about each day, for every day on which an activation may have begun.

    An observer who knows has noticed an activation that is k days old with probability 1 - 2**(-(k+1)/N); so a denial
    hardly counts against what began yesterday, whether it will last or is a false start.

    Args:
        said: On one indicator.
        days: Number of past days, n.
        noticed_within: N; days within which it is as likely as not to have been noticed.

    Source:
        docs/method.md, "Seeing takes time".
    """
    spoken = np.unique(said.day)
    return Aged(
        days=spoken,
        present=_by_start(said.part(np.flatnonzero(said.present)), spoken, days, noticed_within),
        absent=_by_start(said.part(np.flatnonzero(~said.present)), spoken, days, noticed_within),
    )


def _by_start(said: Statements, spoken: NDArray[np.int64], days: int, noticed_within: float) -> NDArray[np.float64]:
    began = np.arange(days)
    noticed = -np.expm1(-np.log(2.0) * (began + 1) / noticed_within)
    total = np.zeros((len(spoken), days))
    order = np.argsort(said.day, kind="stable")
    for first in range(0, len(order), _CHUNK):
        some = said.part(order[first : first + _CHUNK])
        age = some.day[None, :] - began[:, None]
        unnoticed = some.on(0.0)  # the likelihood is linear in the chance of having noticed
        with np.errstate(divide="ignore"):
            likely = unnoticed + (some.on(1.0) - unnoticed) * noticed[np.maximum(age, 0)]
            logs = np.where(age >= 0, np.log(likely) * some.power, 0.0)
        starts = np.flatnonzero(np.concatenate(([True], some.day[1:] != some.day[:-1])))
        total[np.searchsorted(spoken, some.day[starts])] += np.add.reduceat(logs, starts, axis=1).T
    return total


def copied(
    present: NDArray[np.bool_],
    *,
    source: NDArray[np.int64],
    published: NDArray[np.int64],
    origin: NDArray[np.int64],
    copy_probability: NDArray[np.float64],
    independent: NDArray[np.bool_],
    self_repeat: float,
    blanket_echo: float,
    blanket_window_days: int,
) -> NDArray[np.float64]:
    """How likely each statement on one indicator is a mere copy of another; the statements stand in order of time.

    A source that repeats itself is one observer: its latest word counts in full, each earlier one of the same run as a
    copy. A detected echo copies its origin where it says the same, and is news where it does not. Any other statement
    may have been taken from an earlier one of another origin within the blanket window, unless independence is
    documented; what echoes it has its own origin and takes nothing from it. The largest of these chances counts.

    Args:
        present: Shape ``(report,)``; what each says.
        source: Shape ``(report,)``; a number for each source.
        published: Shape ``(report,)``; day number.
        origin: Shape ``(report,)``; row of the detected origin, -1 for none.
        copy_probability: Shape ``(report,)``; read only where there is an origin.
        independent: Shape ``(report,)``; True where independence is documented.
        self_repeat: Copy probability within a run of one source.
        blanket_echo: Copy probability of an undetected echo.
        blanket_window_days: Days between the two publications, at most.

    Returns:
        Shape ``(report,)``; probabilities.

    Source:
        docs/method.md, "Copies" and "An observer repeating itself".
    """
    count = len(present)
    out = np.zeros(count)
    says, who, day, parent = present.tolist(), source.tolist(), published.tolist(), origin.tolist()
    next_of: dict[int, bool] = {}
    for row in range(count - 1, -1, -1):
        if next_of.get(who[row]) == says[row]:
            out[row] = self_repeat
        next_of[who[row]] = says[row]
    back = [who[_origin(row, says=says, parent=parent)] for row in range(count)]
    # per statement: the latest row, and the latest one of another origin than that row's
    latest: dict[bool, tuple[int, int]] = {True: (-1, -1), False: (-1, -1)}
    for row in range(count):
        said = says[row]
        last, other = latest[said]
        if parent[row] >= 0:
            if says[parent[row]] == said:
                out[row] = max(out[row], float(copy_probability[row]))
        elif not independent[row]:
            rival = other if last >= 0 and back[last] == back[row] else last
            if rival >= 0 and day[row] - day[rival] <= blanket_window_days:
                out[row] = max(out[row], blanket_echo)
        if last >= 0 and back[last] != back[row]:
            other = last
        latest[said] = (row, other)
    return out


def _origin(row: int, *, says: list[bool], parent: list[int]) -> int:
    """The row at which a chain of echoes that all say the same begins; a circle ends where it closes."""
    seen = {row}
    while parent[row] >= 0 and parent[row] not in seen and says[parent[row]] == says[row]:
        row = parent[row]
        seen.add(row)
    return row
