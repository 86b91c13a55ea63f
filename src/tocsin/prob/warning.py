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
from tocsin.prob.reports import Aged

_SAFE_RANGE = 600.0
_TOO_SMALL = 1e-100


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
class Background:
    """The chain of background episodes, run through the past days.

    Attributes:
        through: Shape ``(n + 1,)``; log-likelihood of the first 0, 1, … n days.
        on: That of all days, with an episode on the last one.
        off: The same, without.
    """

    through: NDArray[np.float64]
    on: float
    off: float


def forward(on: NDArray[np.float64], off: NDArray[np.float64], *, on_rate: float, off_rate: float) -> Background:
    """Run the background chain through the past days.

    Args:
        on: Shape ``(n,)``; log-likelihood of each day's reports in an episode.
        off: Shape ``(n,)``; the same on a quiet day.
        on_rate: Chance per day that an episode begins.
        off_rate: Chance per day that it ends.
    """
    days = len(on)
    through = np.zeros(days + 1)
    if on_rate <= 0:
        np.cumsum(off, out=through[1:])
        return Background(through=through, on=-inf, off=float(through[-1]))
    higher = np.maximum(on, off)
    base = np.where(np.isfinite(higher), higher, 0.0)
    likely_on, likely_off = np.exp(on - base).tolist(), np.exp(off - base).tolist()
    shift: list[float] = base.tolist()
    total = 0.0
    chance = on_rate / (on_rate + off_rate)
    ahead, before = chance, 0.0
    for day in range(days):
        ahead = chance if day == 0 else chance * (1 - off_rate) + (1 - chance) * on_rate
        before = total
        joint = ahead * likely_on[day]
        norm = joint + (1 - ahead) * likely_off[day]
        if norm <= 0:
            through[day + 1 :] = -inf
            return Background(through=through, on=-inf, off=-inf)
        chance = joint / norm
        total += log(norm) + shift[day]
        through[day + 1] = total
    last_on = before + _log(ahead) + float(on[-1])
    last_off = before + _log(1 - ahead) + float(off[-1])
    return Background(through=through, on=last_on, off=last_off)


def forward_aged(
    aged: Aged,
    on: NDArray[np.float64],
    off: NDArray[np.float64],
    off_absent: NDArray[np.float64],
    *,
    on_rate: float,
    off_rate: float,
) -> tuple[Background, NDArray[np.float64]]:
    """Run the background chain through the past days where noticing an episode takes time.

    The chain keeps the day on which the present episode began. One that is on when the grid begins counts as begun on
    its first day, as a lasting activation does.

    Args:
        aged: Log-likelihood of the reports by the day on which the episode began.
        on: Shape ``(n,)``; what else each day tells in an episode of any age.
        off: Shape ``(n,)``; log-likelihood on a quiet day of everything but the denials.
        off_absent: Shape ``(n,)``; that of the denials.
        on_rate: Chance per day that an episode begins.
        off_rate: Chance per day that it ends.

    Returns:
        The chain; and, shape ``(spoken,)``, the log-probability of each day's denials after all that was said before
        and after that day's sightings. Infinite where the chain allows none of it.
    """
    days = len(on)
    through = np.zeros(days + 1)
    denied = np.full(len(aged.days), inf)
    if on_rate <= 0:
        np.cumsum(off + off_absent, out=through[1:])
        return Background(through=through, on=-inf, off=float(through[-1])), off_absent[aged.days]
    stay = 1 - off_rate
    row_of = {day: row for row, day in enumerate(aged.days.tolist())}
    looked = np.flatnonzero((on != 0) | (off != 0)).tolist()
    sightings = _Heard.of(aged.present, on, off, aged.days)
    denials = _Heard.of(aged.absent, np.zeros(days), off_absent, aged.days)
    alone = {day: _Heard.of(np.zeros((1, days)), on, off, np.array([day])) for day in looked if day not in row_of}
    begun = np.zeros(days)  # probability by the day the episode began, as of the last telling day
    active = on_rate / (on_rate + off_rate)
    quiet = 1 - active
    begun[0] = active
    fresh: list[float] = []
    last, total = 0, 0.0  # the masses sum to the likelihood so far but for a factor, whose log is the total
    so_far_log = 0.0
    for day in range(days):
        if day:
            born = quiet * on_rate
            quiet = quiet * (1 - on_rate) + active * off_rate
            active = active * stay + born
            fresh.append(born)
        row = row_of.get(day)
        if row is not None or day in alone:
            so_far = begun[: day + 1]
            if day > last:
                begun[: last + 1] *= stay ** (day - last)
                if day - last > 1:
                    begun[last + 1 : day + 1] = np.array(fresh) * stay ** np.arange(day - last - 1, -1, -1)
                else:
                    begun[day] = fresh[0]
                fresh = []
            last = day
            step = 0.0
            for what, at in ((alone[day], 0),) if row is None else ((sightings, row), (denials, row)):
                step = 0.0
                if what.says_nothing[at]:
                    continue
                before = active + quiet
                shift, active, quiet = what.weigh(so_far, quiet, at)
                norm = active + quiet
                if norm <= 0:
                    through[day + 1 :] = -inf
                    return Background(through=through, on=-inf, off=-inf), denied
                step = shift + log(norm) - log(before)
                total += shift
                if norm < _TOO_SMALL:
                    so_far /= norm
                    active, quiet, total = active / norm, quiet / norm, total + log(norm)
            if row is not None:
                denied[row] = step
            so_far_log = total + log(active + quiet)
        through[day + 1] = so_far_log
    return Background(through=through, on=total + _log(active), off=total + _log(quiet)), denied


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What was said on each telling day, as likelihoods scaled so that the largest is one.

    ``likely_on`` has shape ``(spoken, n)``, the others ``(spoken,)``; ``scale`` are the logs of what was taken out.
    """

    log_on: NDArray[np.float64]
    log_off: list[float]
    likely_on: NDArray[np.float64]
    likely_off: list[float]
    scale: list[float]
    says_nothing: list[bool]

    @classmethod
    def of(
        cls,
        by_start: NDArray[np.float64],
        on: NDArray[np.float64],
        off: NDArray[np.float64],
        spoken: NDArray[np.int64],
    ) -> _Heard:
        """Scale the log-likelihoods of the spoken days.

        Args:
            by_start: Shape ``(spoken, n)``; by the day on which the episode began.
            on: Shape ``(n,)``; what else each day tells in an episode of any age.
            off: Shape ``(n,)``; what each day tells where it is quiet.
            spoken: The days.
        """
        log_off = off[spoken]
        before = np.arange(by_start.shape[1])[None, :] <= spoken[:, None]
        log_on = np.where(before, by_start + on[spoken][:, None], -inf)
        top = np.maximum(log_on.max(axis=1, initial=-inf), log_off)
        top = np.where(np.isfinite(top), top, 0.0)
        says_nothing = ((log_on == 0) | ~before).all(axis=1) & (log_off == 0)
        return cls(
            log_on=log_on,
            log_off=log_off.tolist(),
            likely_on=np.exp(log_on - top[:, None]),
            likely_off=np.exp(log_off - top).tolist(),
            scale=top.tolist(),
            says_nothing=says_nothing.tolist(),
        )

    def weigh(self, begun: NDArray[np.float64], quiet: float, row: int) -> tuple[float, float, float]:
        """Weigh the states of the chain by what was said on a day; ``begun`` is changed in place.

        Returns:
            The log of a factor taken out of all masses; and the masses of an episode and of a quiet day.
        """
        masses = begun * self.likely_on[row, : len(begun)]
        still = quiet * self.likely_off[row]
        active = float(np.add.reduce(masses))
        if active + still > _TOO_SMALL * _TOO_SMALL:
            begun[:] = masses
            return self.scale[row], active, still
        with np.errstate(divide="ignore"):  # what was likely has become very unlikely: weigh in logs
            logs = np.log(begun) + self.log_on[row, : len(begun)]
        quiet_log = _log(quiet) + self.log_off[row]
        base = max(float(logs.max()), quiet_log)
        if base == -inf:
            return 0.0, 0.0, 0.0
        np.exp(logs - base, out=begun)
        return base, float(np.add.reduce(begun)), exp(quiet_log - base)


def weights(background: Background, lasting: NDArray[np.float64]) -> Weights:
    """Log-likelihood of all reports for each day on which the lasting activation may have begun.

    Args:
        background: What the chain of episodes makes of the days before.
        lasting: Shape ``(n + 1,)``; log-likelihood of all reports about days from a on, if it began on day a.
    """
    return Weights(active=background.through[:-1] + lasting[:-1], not_yet_on=background.on, not_yet_off=background.off)


def suffix(on: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums from each day to the last; shape ``(n + 1,)``, the last is 0.

    >>> suffix(np.array([1.0, 2.0, 4.0])).tolist()
    [7.0, 6.0, 4.0, 0.0]
    """
    return np.concatenate((np.cumsum(on[::-1])[::-1], [0.0]))


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
