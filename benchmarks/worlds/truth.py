"""Draws what happens: gates, scenario and onset, then the days on which each sign is on."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.worlds.family import Family
from benchmarks.worlds.values import Lead, Scenario, Setting, Truth

QUANTILE_95 = 1.6448536269514722
LAST_DAY = 5000


def draw_truth(real: Setting, family: Family, rng: Generator) -> Truth:
    """Draw gates, scenario and onset from the declared prior of the first day, given that nothing began by today.

    The condition is met by drawing again: whoever had begun already would no longer be asked about.
    """
    factors, chances = zip(*family.tempo, strict=True)
    tempo = float(rng.choice(factors, p=np.array(chances) / sum(chances)))
    while True:
        opens = frozenset(gate.id for gate in real.gates if rng.random() < gate.probability)
        chosen, mark = None, rng.random()
        for scenario in real.scenarios:
            if scenario.gate is not None and scenario.gate not in opens:
                continue
            mark -= scenario.prior
            if mark < 0.0:
                chosen = scenario
                break
        if chosen is None:
            return Truth(scenario=None, onset=None, gates_open=opens, tempo=tempo, story=family.story)
        onset = _onset(chosen, real, rng)
        if onset is not None and onset >= family.days:
            return Truth(scenario=chosen.id, onset=onset, gates_open=opens, tempo=tempo, story=family.story)


def hazard(scenario: Scenario, real: Setting, day: int) -> float:
    """Chance that a scenario on its way begins on a day, if it has not begun before."""
    if scenario.not_before is not None and day < scenario.not_before:
        return 0.0
    for gate in real.gates:
        if gate.id == scenario.gate and gate.opens is not None and day < gate.opens:
            return 0.0
    chance: float = 1.0 - 2.0 ** (-1.0 / scenario.even_odds_within)
    if scenario.season is not None and scenario.season.covers(real.opened + timedelta(days=day)):
        chance *= scenario.season.factor
    return min(chance, 1.0)


def _onset(scenario: Scenario, real: Setting, rng: Generator) -> int | None:
    for day in range(1, LAST_DAY):
        if rng.random() < hazard(scenario, real, day):
            return day
    return None


def draw_lead(lead: Lead, rng: Generator) -> int:
    """A lead in whole days, from the split log-normal that has the three points as 5, 50 and 95 %."""
    z = float(rng.standard_normal())
    low = math.log(lead.typically / lead.at_least) / QUANTILE_95
    high = math.log(lead.at_most / lead.typically) / QUANTILE_95
    return math.floor(lead.typically * math.exp(z * (low if z < 0.0 else high)) + 0.5)


def background(starts: float, lasts: float, days: int, rng: Generator) -> NDArray[np.bool_]:
    """Days on which a sign is on for other reasons: a two-state chain that is in balance on the first day."""
    on, off = starts / 365.0, 1.0 / lasts
    marks = rng.random(days)
    state = bool(marks[0] < on / (on + off))
    states = [state]
    for mark in marks[1:]:
        state = bool(mark >= off) if state else bool(mark < on)
        states.append(state)
    return np.array(states)


def paths(real: Setting, truth: Truth, family: Family, rng: Generator) -> dict[str, NDArray[np.bool_]]:
    """The days on which each indicator and each gate is on, by id; shape ``(day,)``."""
    found: dict[str, NDArray[np.bool_]] = {}
    days = np.arange(family.days)
    empty = round(family.meaningless * len(real.indicators))
    for place, indicator in zip(rng.permutation(len(real.indicators)).tolist(), real.indicators, strict=True):
        on = background(indicator.false_starts, indicator.false_start_lasts, family.days, rng)
        linked, shows = rng.random() >= family.contamination, rng.random()
        lead = draw_lead(indicator.lead.times(truth.tempo), rng)
        chance = dict(indicator.seen_first).get(truth.scenario or "", 0.0)
        if truth.onset is not None and place >= empty and linked and shows < chance:
            on = on | (days >= truth.onset - lead)
        found[indicator.id] = on
    needed = next((s.gate for s in real.scenarios if s.id == truth.scenario), None)
    for gate in real.gates:
        lead = draw_lead(gate.lead.times(truth.tempo), rng)
        if gate.id not in truth.gates_open:
            first = family.days
        elif gate.id == needed and truth.onset is not None:
            first = truth.onset - lead
        else:
            first = gate.opens or 0
        found[gate.id] = days >= first
    return found
