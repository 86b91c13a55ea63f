"""Sources that speak again on one indicator: what they have in mind is summed out.

A source that speaks once knows or guesses. One that speaks again mostly speaks of the same mind: it knew all along,
or made up its mind once. Its statements therefore stand and fall together, and thirty of them are worth one; but one
that changes what it says was hardly guessing. What it has in mind is a hidden state like any other, and is summed out
together with the days on which the indicator may have been active.

Source:
    docs/method.md, "A source that speaks again".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.prob import warning
from tocsin.prob.copies import repeated
from tocsin.prob.reports import Likelihoods, Mind, Statements, by_start, daily
from tocsin.prob.warning import Chain

MOST_MINDS = 3
"""Sources per indicator whose minds are summed out; of the others, a run of equal words counts as its latest."""


def speakers(source: NDArray[np.int64], knows: NDArray[np.float64]) -> NDArray[np.int64]:
    """The sources whose minds are summed out: of those that speak more than once, those with most to say.

    Args:
        source: Shape ``(report,)``; a number for each source.
        knows: Shape ``(report,)``; the chance that it knows, scaled by the weight.
    """
    if len(source) < 2:
        return np.array([], dtype=np.int64)
    counts = np.bincount(source)
    told = np.bincount(source, weights=knows)
    again = np.flatnonzero((counts > 1) & (told > 0))
    if len(again) <= MOST_MINDS:
        return again
    return np.sort(again[np.lexsort((again, -told[again]))][:MOST_MINDS])


def among(source: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which statements are made by one of these sources; shape ``(report,)``."""
    if not len(chosen) or not len(source):
        return np.zeros(len(source), dtype=np.bool_)
    marked = np.zeros(max(int(source.max()), int(chosen.max())) + 1, dtype=np.bool_)
    marked[chosen] = True
    return np.asarray(marked[source])


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Everything said on one indicator, under every combination of minds of those who speak again.

    ``log_chance`` has shape ``(combination,)``. ``on`` and ``off``, ``(combination, n)``, hold the log-likelihood per
    day; where noticing takes time the statements stand in ``aged`` instead, and ``off`` leaves out the denials, which
    stand in ``off_absent``.
    """

    log_chance: NDArray[np.float64]
    on: NDArray[np.float64]
    off: NDArray[np.float64]
    aged: warning.Aged | None = None
    off_absent: NDArray[np.float64] | None = None


def heard(
    said: Statements, days: int, *, settled: float, summed: NDArray[np.int64], noticed_within: float | None
) -> Heard:
    """What was said on one indicator.

    Args:
        said: The statements, in order of time.
        days: Number of past days, n.
        settled: Chance that a statement of a source that speaks again comes of the mind it had before.
        summed: The sources whose minds are summed out; nobody's where ``settled`` is nought.
        noticed_within: Days within which an activation is as likely as not to have been noticed; None is at once.
    """
    inside = among(said.source, summed) if settled > 0 else np.zeros(len(said.day), dtype=np.bool_)
    ages = noticed_within is not None
    alone = (said.part(~inside) if inside.any() else said).grouped().fresh(ages=ages)
    speaking = said.part(inside)
    of = np.searchsorted(summed, speaking.source)
    chances, told = np.zeros((0, 0)), tuple[Likelihoods, ...]()
    if inside.any():
        chances, told = _minds(speaking, of, settled=settled, ages=ages)
    count = len(chances)
    with np.errstate(divide="ignore"):
        log_chance = _summed([np.zeros(1), *np.log(chances)])

    def per_day(state: Callable[[Likelihoods], NDArray[np.float64]]) -> NDArray[np.float64]:
        """The log-likelihood of each day under every combination."""
        by_mind = [daily(state(one), one, days, row=of, rows=count) for one in told]
        return _summed([daily(state(alone), alone, days), *(np.stack(rows) for rows in zip(*by_mind, strict=True))])

    if noticed_within is None:
        return Heard(log_chance=log_chance, on=per_day(lambda one: one.noticed), off=per_day(lambda one: one.off))
    spoken = np.unique(said.day)

    def by_age(*, present: bool) -> NDArray[np.float64]:
        """The log-likelihood of each day by the day of beginning, of sightings or of denials."""

        def ages(one: Likelihoods, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
            chosen = rows & (one.present == present)
            return by_start(one, chosen, spoken=spoken, days=days, noticed_within=noticed_within)

        own = [np.stack([ages(one, of == row) for one in told]) for row in range(count)]
        return _summed([ages(alone, np.ones(len(alone.day), dtype=np.bool_))[None], *own])

    off = per_day(lambda one: np.where(one.present, one.off, 1.0))
    return Heard(
        log_chance=log_chance,
        on=np.zeros_like(off),
        off=off,
        aged=warning.Aged(days=spoken, present=by_age(present=True), absent=by_age(present=False)),
        off_absent=per_day(lambda one: np.where(one.present, 1.0, one.off)),
    )


def _minds(
    said: Statements, of: NDArray[np.int64], *, settled: float, ages: bool
) -> tuple[NDArray[np.float64], tuple[Likelihoods, ...]]:
    """What sources that speak again may have in mind.

    Args:
        said: Their statements.
        of: Shape ``(report,)``; which of them speaks.
        settled: Chance that a statement comes of the mind its source had before.
        ages: Does noticing take time?

    Returns:
        The chance of each mind, shape ``(source, mind)``; and all statements under each mind.
    """
    count = int(of.max()) + 1
    knows, guess = np.zeros(count), np.zeros(count)
    np.maximum.at(knows, of, said.able)
    guess[of[::-1]] = said.guess[::-1]  # that of the first statement
    chances = np.stack((knows, (1 - knows) * guess, (1 - knows) * (1 - guess)), axis=1)
    excused = assured = None
    if ages:
        excused = ~said.present & repeated(said.present, of)
        assured = said.present & repeated(said.present[::-1], of[::-1])[::-1]
    return chances, tuple(
        said.minded(mind, knows=knows[of], settled=settled, ages=ages, excused=excused, assured=assured)
        for mind in Mind
    )


def _summed(choices: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The sums over one entry of each: of shape ``(combination, …)``, the last choice running fastest."""
    total = choices[0]
    for more in choices[1:]:
        total = (total[:, None] + more[None, :]).reshape(-1, *total.shape[1:])
    return total


def merged(found: Heard, chain: Chain, lasting: NDArray[np.float64]) -> warning.Weights:
    """The weights with the minds summed out.

    Args:
        found: What was said.
        chain: The background chain under every combination of minds.
        lasting: Shape ``(combination, n + 1)``; log-likelihood of what was said about days from a on, if the lasting
            activation began on day a.
    """
    by_day = chain.through[:, :-1] + lasting[:, :-1]
    if len(found.log_chance) == 1:
        return warning.Weights(active=by_day[0], not_yet_on=float(chain.on[0]), not_yet_off=float(chain.off[0]))
    chance = found.log_chance
    return warning.Weights(
        active=_log_sum(by_day + chance[:, None]),
        not_yet_on=float(_log_sum((chain.on + chance)[:, None])[0]),
        not_yet_off=float(_log_sum((chain.off + chance)[:, None])[0]),
    )


def shown(found: Heard) -> NDArray[np.float64]:
    """Log-likelihood of all that was said of what has no episodes, by the day on which it began; shape ``(n + 1,)``."""
    off = found.off if found.off_absent is None else found.off + found.off_absent
    before = np.concatenate((np.zeros((len(off), 1)), np.cumsum(off, axis=1)), axis=1)
    lasting = warning.suffix(found.on) if found.aged is None else found.aged.lasting()
    return _log_sum(before + lasting + found.log_chance[:, None])


def _log_sum(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log of the sum of exponentials over the first axis."""
    if len(rows) == 1:
        return np.asarray(rows[0])
    top = rows.max(axis=0)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(rows - safe).sum(axis=0)) + safe)
