"""The exact core: one hidden activation day per indicator, marginalised against reports and background.

Reports on an indicator share its hidden state. They are therefore collapsed to one log-likelihood per day and state,
and the day of activation is summed out, instead of multiplying the reports as if each stood alone.

Source: docs/method.md, "Inference".
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
from numpy.typing import NDArray

from tocsin.prob.leads import LeadLaw

_SAFE_RANGE = 600.0
_TOO_SMALL = 1e-200


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log-likelihood of everything said about an indicator, by activation day.

    Attributes:
        active: Shape ``(n,)``; for activation on day a = 0..n-1.
        not_yet_on: No activation by today, and a background episode is on today.
        not_yet_off: No activation by today, and today is quiet.
    """

    active: NDArray[np.float64]
    not_yet_on: float
    not_yet_off: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """Log-likelihood of a day's statements by the day on which what they speak of began, one set of them a row.

    Attributes:
        days: Shape ``(spoken,)``; the days that anything is said about, in order.
        present: Shape ``(row, spoken, n)``; of the sightings; nought where the start lies after the day.
        absent: The same of the denials.
    """

    days: NDArray[np.int64]
    present: NDArray[np.float64]
    absent: NDArray[np.float64]

    def lasting(self, denied: NDArray[np.float64] | float = inf) -> NDArray[np.float64]:
        """Log-likelihood of all statements about days from ``a`` on, for a start on day a = 0..n; the last is 0.

        That an activation is too young to be noticed excuses it before a denial, and never makes the denial speak for
        it: a day's denials are no likelier than they would be without it.

        Args:
            denied: Shape ``(row, spoken)``; log-probability of each day's denials if no lasting activation had begun.

        Returns:
            Shape ``(row, n + 1)``.
        """
        rows, _, days = self.present.shape
        most = np.broadcast_to(np.asarray(denied, dtype=np.float64), (rows, len(self.days)))[:, :, None]
        since = np.arange(days)[None, :] <= self.days[:, None]
        capped = np.where(since, np.minimum(self.absent, most), 0.0)
        return np.concatenate(((self.present + capped).sum(axis=1), np.zeros((rows, 1))), axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Chains of background episodes, run through the past days; one a row.

    Attributes:
        through: Shape ``(row, n + 1)``; log-likelihood of the first 0, 1, … n days.
        on: Shape ``(row,)``; that of all days, with an episode on the last one.
        off: The same, without.
    """

    through: NDArray[np.float64]
    on: NDArray[np.float64]
    off: NDArray[np.float64]

    def part(self, rows: slice) -> Chain:
        """Some of the chains."""
        return Chain(through=self.through[rows], on=self.on[rows], off=self.off[rows])


def forward(
    on: NDArray[np.float64],
    off: NDArray[np.float64],
    *,
    on_rate: NDArray[np.float64] | float,
    off_rate: NDArray[np.float64] | float,
) -> Chain:
    """Run chains of background episodes through the past days, all at once.

    Args:
        on: Shape ``(row, n)``; log-likelihood of each day's reports in an episode.
        off: Shape ``(row, n)``; the same on a quiet day.
        on_rate: Chance per day that an episode begins; one for all, or shape ``(row,)``.
        off_rate: Chance per day that it ends.
    """
    rows, days = on.shape
    higher = np.maximum(on, off)
    base = np.where(np.isfinite(higher), higher, 0.0)
    likely_on, likely_off = np.exp(on - base).T.copy(), np.exp(off - base).T.copy()
    start, stop = np.broadcast_to(on_rate, (rows,)), np.broadcast_to(off_rate, (rows,))
    goes_on = 1 - start - stop
    ahead = start / (start + stop)
    norms = np.empty((days, rows))
    with np.errstate(divide="ignore", invalid="ignore"):
        for day in range(days):
            joint = ahead * likely_on[day]
            norm = joint + (1 - ahead) * likely_off[day]
            norms[day] = norm
            if day + 1 < days:
                ahead = start + joint / norm * goes_on
        through = np.zeros((rows, days + 1))
        np.cumsum(np.log(norms.T) + base, axis=1, out=through[:, 1:])
        impossible = np.logical_or.accumulate(~(norms.T > 0), axis=1)
        through[:, 1:][impossible] = -inf
        last_on = through[:, -2] + np.log(ahead) + on[:, -1]
        last_off = through[:, -2] + np.log(1 - ahead) + off[:, -1]
    lost = impossible[:, -1]
    return Chain(through=through, on=np.where(lost, -inf, last_on), off=np.where(lost, -inf, last_off))


def forward_aged(
    aged: Aged,
    on: NDArray[np.float64],
    off: NDArray[np.float64],
    off_absent: NDArray[np.float64],
    *,
    on_rate: float,
    off_rate: float,
) -> tuple[Chain, NDArray[np.float64]]:
    """Run chains of background episodes through the past days where noticing an episode takes time.

    A chain keeps the day on which the present episode began. One that is on when the grid begins counts as begun on
    its first day, as a lasting activation does.

    Args:
        aged: Log-likelihood of the reports by the day on which the episode began, one set a row.
        on: Shape ``(n,)``; what else each day tells in an episode of any age.
        off: Shape ``(row, n)``; log-likelihood on a quiet day of everything but the denials.
        off_absent: Shape ``(row, n)``; that of the denials.
        on_rate: Chance per day that an episode begins.
        off_rate: Chance per day that it ends.

    Returns:
        The chains; and, shape ``(row, spoken)``, the log-probability of each day's denials after all that was said
        before and after that day's sightings. Infinite where the chain allows none of it.
    """
    rows, days = off.shape
    through = np.zeros((rows, days + 1))
    if on_rate <= 0:
        np.cumsum(off + off_absent, axis=1, out=through[:, 1:])
        return Chain(through=through, on=np.full(rows, -inf), off=through[:, -1]), off_absent[:, aged.days]
    denied = np.full((rows, len(aged.days)), inf)
    stay = 1 - off_rate
    row_of = {day: row for row, day in enumerate(aged.days.tolist())}
    looked = set(np.flatnonzero((on != 0) | (off != 0).any(axis=0)).tolist())
    begun = np.zeros((rows, days))  # probability by the day the episode began, as of the last telling day
    active = np.full(rows, on_rate / (on_rate + off_rate))
    quiet = 1 - active
    begun[:, 0] = active
    fresh: list[NDArray[np.float64]] = []
    last, total = 0, np.zeros(rows)  # the masses sum to the likelihood so far but for a factor, whose log is the total
    nobody = np.zeros((rows, days))
    for day in range(days):
        if day:
            born = quiet * on_rate
            quiet = quiet * (1 - on_rate) + active * off_rate
            active = active * stay + born
            fresh.append(born)
        at = row_of.get(day)
        if at is not None or day in looked:
            begun[:, : last + 1] *= stay ** (day - last)
            for number, some in enumerate(fresh, start=last + 1):
                begun[:, number] = some * stay ** (day - number)
            fresh, last = [], day
            said = (
                (nobody if at is None else aged.present[:, at], on[day], off[:, day]),
                (nobody if at is None else aged.absent[:, at], 0.0, off_absent[:, day]),
            )
            for denials, (by_start, in_any, still) in enumerate(said):
                if not (by_start[:, : day + 1].any() or np.any(in_any) or still.any()):
                    if denials and at is not None:
                        denied[:, at] = 0.0
                    continue
                logs = by_start[:, : day + 1] + in_any
                top = np.maximum(logs.max(axis=1), still)
                top = np.where(np.isfinite(top), top, 0.0)
                masses = begun[:, : day + 1] * np.exp(logs - top[:, None])
                rest = quiet * np.exp(still - top)
                norm = masses.sum(axis=1) + rest
                for row in np.flatnonzero(norm < _TOO_SMALL).tolist():  # the likely has become unlikely: weigh in logs
                    masses[row], rest[row], top[row] = _in_logs(
                        begun[row, : day + 1], logs[row], quiet[row], still[row]
                    )
                active, quiet = masses.sum(axis=1), rest
                norm = active + quiet
                begun[:, : day + 1] = masses
                with np.errstate(divide="ignore"):
                    step = np.where(norm > 0, top + np.log(norm), -inf)
                if denials and at is not None:
                    denied[:, at] = np.where(norm > 0, step, inf)
                total = total + step
                safe = np.where(norm > 0, norm, 1.0)
                begun[:, : day + 1] /= safe[:, None]
                active, quiet = active / safe, quiet / safe
        through[:, day + 1] = total
    with np.errstate(divide="ignore"):
        return Chain(through=through, on=total + np.log(active), off=total + np.log(quiet)), denied


def _in_logs(
    begun: NDArray[np.float64], logs: NDArray[np.float64], quiet: float, still: float
) -> tuple[NDArray[np.float64], float, float]:
    """Masses of episodes and of a quiet day after what was said, over a factor whose log comes last."""
    with np.errstate(divide="ignore"):
        logs = np.log(begun) + logs
    rest = _log(quiet) + still
    base = max(float(logs.max()), rest)
    if base == -inf:
        return np.zeros_like(begun), 0.0, 0.0
    return np.exp(logs - base), exp(rest - base), base


def suffix(on: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums from each day to the last, along the last axis; its last entry is 0.

    >>> suffix(np.array([1.0, 2.0, 4.0])).tolist()
    [7.0, 6.0, 4.0, 0.0]
    """
    return np.concatenate((np.cumsum(on[..., ::-1], axis=-1)[..., ::-1], np.zeros((*on.shape[:-1], 1))), axis=-1)


def begun(active: NDArray[np.float64], law: LeadLaw, future: int) -> NDArray[np.float64]:
    """Log of P(reports, activation has begun | onset on each day to come).

    Args:
        active: Shape ``(n,)``; log-likelihood for activation on day 0..n-1. Day 0 stands for all earlier days.
        law: Lead of at least ``n + future`` days.
        future: Number of days to come, F.

    Returns:
        Shape ``(F,)``; for onset on day n, n+1, …; minus infinity where no lead reaches back to today.
    """
    days = len(active)
    top = float(active.max())
    if top == -inf:
        return np.full(future, -inf)
    finite = active[np.isfinite(active)]
    if top - float(finite.min()) < _SAFE_RANGE:
        scaled = np.exp(active - top)
        early = float(scaled[0])
        scaled[0] = 0.0
        summed = np.correlate(law.pmf[1 : days + future], scaled[::-1], mode="valid")
        summed += early * law.tail[days : days + future]
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(summed) + top)
    with np.errstate(divide="ignore"):
        pmf, tail = np.log(law.pmf), np.log(law.tail)
    out = np.empty(future)
    for ahead in range(future):
        terms = active + pmf[ahead + 1 : ahead + days + 1][::-1]
        terms[0] = active[0] + tail[days + ahead]
        peak = float(terms.max())
        out[ahead] = -inf if peak == -inf else peak + log(float(np.exp(terms - peak).sum()))
    return out


def log_odds(for_it: float, against_it: float) -> float:
    """Log-odds from two masses that need not sum to one; infinite where one of them is nought.

    >>> round(log_odds(0.2, 0.8), 4)
    -1.3863
    """
    return _log(for_it) - _log(against_it) if for_it > 0 or against_it > 0 else 0.0


def _log(value: float) -> float:
    return log(value) if value > 0 else -inf
