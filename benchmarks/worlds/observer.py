"""A second implementation of the posterior, written from the definitions, for any set of beliefs about the speakers.

It serves as the ideal observer, who knows what the analyst can only grade, and as a check on the core at full size.

Source:
    docs/method.md, "Onset", "Leads", "Background", "Contamination", "Reports", "The posterior".
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr

from benchmarks.worlds.answer import Answer
from benchmarks.worlds.truth import QUANTILE_95, hazard
from benchmarks.worlds.values import Gate, Indicator, Lead, Scenario, Setting

Array = NDArray[np.float64]
LONGEST = 1000
SHORTEST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement under one assumption about its speaker.

    ``on`` and ``off`` are its chances on a day on which the sign is on and known to be, or off; ``unseen`` its chance
    where the sign is on and not yet noticed.
    """

    day: int
    on: float
    off: float
    unseen: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One assumption about a speaker, its probability, and what the statements are worth under it."""

    chance: float
    lines: tuple[Line, ...]


Speaker = tuple[Case, ...]
"""All assumptions about one speaker; their chances sum to at most one."""

Speakers = Mapping[str, Sequence[Speaker]]
"""Per indicator or gate, who speaks of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beliefs:
    """What an observer holds for true beside the problem.

    ``speakers`` gives the speakers where an event is coming (True) and where none is (False).
    """

    speakers: Callable[[bool], Speakers]
    steered: bool
    tempo: Sequence[tuple[float, float]]
    contamination: float


def answer(setting: Setting, beliefs: Beliefs, *, past: int, future: int | None = None) -> Answer:
    """The joint law of scenario and onset.

    Args:
        setting: The problem.
        beliefs: About the speakers, the tempo and the contamination.
        past: Days from the opening to today, both included.
        future: Days of the grid; 90 and the longest lead if left out.
    """
    grid = future or 90 + _longest(setting, max(factor for factor, _ in beliefs.tempo))
    weights = {
        coming: _weights(setting, beliefs.speakers(coming), past) for coming in ((False, True))[: 1 + beliefs.steered]
    }
    weights.setdefault(True, weights[False])
    joint = {s.id: np.zeros(grid + 1) for s in setting.scenarios}
    quiet = 0.0
    states = list(itertools.product((False, True), repeat=len(setting.gates)))
    onset = {s.id: _onset(s, setting, past, grid) for s in setting.scenarios}
    shift = sum(float(w.max()) for w in weights[False].values())
    for factor, chance in beliefs.tempo:
        led = {c: _led(setting, weights[c], factor, past=past, grid=grid) for c in weights}
        for state in states:
            is_open = dict(zip((g.id for g in setting.gates), state, strict=True))
            base = chance * math.prod(g.probability if is_open[g.id] else 1 - g.probability for g in setting.gates)
            left = 1.0
            for s in setting.scenarios:
                if s.gate is not None and not is_open[s.gate]:
                    continue
                left -= s.prior
                signs = _signs(s, led[s.event], weights[s.event], setting, beliefs.contamination)
                gates = _gates(s, is_open, led[s.event], weights[s.event], setting)
                joint[s.id] += base * s.prior * onset[s.id] * np.exp(signs + gates - shift)
            never = sum(float(weights[False][i.id][-1]) for i in setting.indicators)
            shut = sum(
                _plain_gate(weights[False][g.id], g.opens, is_open=is_open[g.id], past=past) for g in setting.gates
            )
            quiet += base * left * math.exp(never + shut - shift)
    total = quiet + sum(float(law.sum()) for law in joint.values())
    return Answer(
        onset={name: law / total for name, law in joint.items()},
        status_quo=quiet / total,
        events=frozenset(s.id for s in setting.scenarios if s.event),
    )


def lead_law(lead: Lead, factor: float, size: int) -> tuple[Array, Array]:
    """P(L = k) and P(L <= k) for k from 0 on; each of shape ``(size,)``."""
    low, middle, high = (math.log(max(v * factor, SHORTEST)) for v in (lead.at_least, lead.typically, lead.at_most))
    gap = np.log(np.arange(size) + 0.5) - middle
    below, above = max(middle - low, 1e-300), max(high - middle, 1e-300)
    cdf = ndtr(QUANTILE_95 * gap / np.where(gap < 0, below, above))
    return np.diff(cdf, prepend=0.0), cdf


def _things(setting: Setting) -> list[Indicator | Gate]:
    return [*setting.indicators, *setting.gates]


def _longest(setting: Setting, factor: float) -> int:
    def reach(lead: Lead) -> float:
        spread = math.log(max(lead.at_most * factor, SHORTEST)) - math.log(max(lead.typically * factor, SHORTEST))
        return max(lead.typically * factor, SHORTEST) * math.exp(4.753424308822899 * spread / QUANTILE_95)

    return max(LONGEST if reach(t.lead) > LONGEST else int(reach(t.lead)) + 1 for t in _things(setting))


def _weights(setting: Setting, speakers: Speakers, past: int) -> dict[str, Array]:
    """Log-likelihood of everything said on each topic by the day from which the sign stays on; shape ``(past + 1,)``.

    The last entry is "not by today". Every combination of assumptions about the speakers of a topic is walked through.
    """
    found = {}
    for thing in _things(setting):
        choices = list(itertools.product(*speakers.get(thing.id, ())))
        noticed = thing.noticed_within if isinstance(thing, Indicator) else None
        chances = np.array([math.prod(case.chance for case in choice) for choice in choices])
        lines = [[line for case in choice for line in case.lines] for choice in choices]
        on, off = np.zeros((len(lines), past)), np.zeros((len(lines), past))
        with np.errstate(divide="ignore"):
            for row, said in enumerate(lines):
                for line in said:
                    on[row, line.day] += np.log(line.on)
                    off[row, line.day] += np.log(line.off)
            lasting = np.stack([_lasting(said, noticed, past) for said in lines])
            if isinstance(thing, Indicator):
                if noticed is None:
                    before = _background(on, off, thing)
                else:
                    before = np.stack([_aging(said, noticed, thing, past) for said in lines])
            else:
                before = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(off, axis=1)], axis=1)
            found[thing.id] = np.asarray(logsumexp(before + lasting + np.log(chances)[:, None], axis=0))
    return found


def _lasting(said: Sequence[Line], noticed: float | None, past: int) -> Array:
    total = np.zeros(past + 1)
    for line in said:
        age = line.day - np.arange(past + 1)
        seen = np.ones(past + 1) if noticed is None else 1 - 2.0 ** (-(np.maximum(age, 0) + 1) / noticed)
        total += np.where(age >= 0, np.log(seen * line.on + (1 - seen) * line.unseen), 0.0)
    return total


def _background(on: Array, off: Array, indicator: Indicator) -> Array:
    """Log-probability of what was said of the days before each day, the background alone at work."""
    start, stop = min(indicator.false_starts / 365.0, 1.0), min(1.0 / indicator.false_start_lasts, 1.0)
    rows, days = on.shape
    active = np.full(rows, start / (start + stop))
    idle = 1.0 - active
    found = np.zeros((rows, days + 1))
    for day in range(days):
        active, idle = active * np.exp(on[:, day]), idle * np.exp(off[:, day])
        total = active + idle
        found[:, day + 1] = found[:, day] + np.log(total)
        safe = np.where(total > 0, total, 1.0)
        active, idle = active / safe, idle / safe
        active, idle = active * (1 - stop) + idle * start, active * stop + idle * (1 - start)
    return found


def _aging(said: Sequence[Line], noticed: float, indicator: Indicator, past: int) -> Array:
    """The same where a background episode, too, takes time to be noticed; one row, walked by the episode's first day.

    An episode that is on when the watch opens counts as begun that day.
    """
    start, stop = min(indicator.false_starts / 365.0, 1.0), min(1.0 / indicator.false_start_lasts, 1.0)
    active, found = np.zeros(past), np.zeros(past + 1)
    active[0], idle = start / (start + stop), stop / (start + stop)
    for day in range(past):
        if day:
            born = idle * start
            idle = idle * (1 - start) + float(active.sum()) * stop
            active *= 1 - stop
            active[day] = born
        for line in (line for line in said if line.day == day):
            seen = 1 - 2.0 ** (-(day - np.arange(day + 1) + 1) / noticed)
            active[: day + 1] *= seen * line.on + (1 - seen) * line.unseen
            idle *= line.off
        total = float(active.sum()) + idle
        found[day + 1] = found[day] + (math.log(total) if total > 0 else -math.inf)
        active, idle = active / (total or 1.0), idle / (total or 1.0)
    return found


def _led(setting: Setting, weights: Mapping[str, Array], factor: float, *, past: int, grid: int) -> dict[str, Array]:
    """Log-likelihood of each topic if it shows a lead before the onset; shape ``(grid + 1,)`` over onset days."""
    found = {}
    for thing in _things(setting):
        weight = weights[thing.id]
        top = float(weight.max())
        likelihood = np.exp(weight - top)
        pmf, cdf = lead_law(thing.lead, factor, past + grid)
        days = np.arange(grid)
        inner = np.convolve(pmf, np.append(0.0, likelihood[1:past]))[past : past + grid]
        first = likelihood[0] * (1 - cdf[past + days - 1])
        with np.errstate(divide="ignore"):
            law = np.log(np.maximum(inner + first + likelihood[past] * cdf[days], 0.0)) + top
        found[thing.id] = np.append(law, weight[past])
    return found


def _signs(
    s: Scenario, led: Mapping[str, Array], weights: Mapping[str, Array], setting: Setting, contamination: float
) -> Array:
    total: Array = np.zeros(1)
    for indicator in setting.indicators:
        chance = (1 - contamination) * dict(indicator.seen_first).get(s.id, 0.0)
        with np.errstate(divide="ignore"):
            total = total + np.logaddexp(
                np.log(chance) + led[indicator.id], np.log(1 - chance) + weights[indicator.id][-1]
            )
    return total


def _gates(
    s: Scenario,
    is_open: Mapping[str, bool],
    led: Mapping[str, Array],
    weights: Mapping[str, Array],
    setting: Setting,
) -> Array:
    total: Array = np.zeros(1)
    for gate in setting.gates:
        if is_open[gate.id] and gate.id == s.gate:
            total = total + led[gate.id]
        else:
            past = len(weights[gate.id]) - 1
            total = total + _plain_gate(weights[gate.id], gate.opens, is_open=is_open[gate.id], past=past)
    return total


def _plain_gate(weight: Array, opens: int | None, *, is_open: bool, past: int) -> float:
    return float(weight[min(opens or 0, past)] if is_open else weight[past])


def _onset(s: Scenario, setting: Setting, past: int, grid: int) -> Array:
    """P(no onset in the past, and onset on each day to come); shape ``(grid + 1,)``."""
    left, law = 1.0, np.zeros(grid + 1)
    for day in range(1, past + grid):
        chance = hazard(s, setting, day)
        if day >= past:
            law[day - past] = left * chance
        left *= 1 - chance
    law[grid] = left
    return law
