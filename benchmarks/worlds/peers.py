"""The simpler methods, on the same declared problem and the same reports.

Naive Bayes multiplies report by report; the linear pool averages what each report alone would make an analyst believe;
the matrix of competing hypotheses counts what is inconsistent with each.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from benchmarks.worlds import plain
from benchmarks.worlds.answer import Answer
from benchmarks.worlds.observer import Beliefs, answer, lead_law
from benchmarks.worlds.truth import hazard
from benchmarks.worlds.values import Indicator, Report, Scenario, Setting, World

Array = NDArray[np.float64]
CONTAMINATION = 0.10
GRID = 400
EXPECTED, UNEXPECTED = 0.6, 0.35


def naive_bayes(world: World) -> Answer:
    """Reports independent given scenario and onset: each carries the whole doubt about its sign by itself.

    Echoes that were declared are discounted as in the core. Leads are used without tempo.
    """
    setting, past = world.declared, world.family.days
    likelihoods = {s.id: np.zeros(GRID + 1) for s in setting.scenarios}
    idle = 0.0
    gate_odds: dict[str, list[float]] = {gate.id: [0.0, 0.0] for gate in setting.gates}
    known = {i.id: i for i in setting.indicators}
    for report in world.reports:
        line = plain.line(world, report, copied=plain.echo_chance(world, report))
        if report.indicator in gate_odds:
            gate_odds[report.indicator][0] += math.log(line.off)
            gate_odds[report.indicator][1] += math.log(line.on)
            continue
        indicator = known[report.indicator]
        resting = indicator.false_starts / 365 / (indicator.false_starts / 365 + 1 / indicator.false_start_lasts)
        idle += math.log(resting * line.on + (1 - resting) * line.off)
        for s in setting.scenarios:
            begun = _begun(indicator, s, report.about, past)
            on = 1 - (1 - resting) * (1 - begun)
            likelihoods[s.id] += np.log(on * line.on + (1 - on) * line.off)
    joint = {s.id: np.zeros(GRID + 1) for s in setting.scenarios}
    quiet, shift = 0.0, max(idle, *(float(law.max()) for law in likelihoods.values()))
    for is_open in (False, True) if setting.gates else (True,):
        base, left = 1.0, 1.0
        for gate in setting.gates:
            chance = gate.probability if is_open else 1 - gate.probability
            base *= chance * math.exp(gate_odds[gate.id][is_open] - max(gate_odds[gate.id]))
        for s in setting.scenarios:
            if s.gate is None or is_open:
                left -= s.prior
                joint[s.id] += base * s.prior * _onset(s, setting, past) * np.exp(likelihoods[s.id] - shift)
        quiet += base * left * math.exp(idle - shift)
    total = quiet + sum(float(law.sum()) for law in joint.values())
    return Answer(
        onset={name: law / total for name, law in joint.items()},
        status_quo=quiet / total,
        events=frozenset(s.id for s in setting.scenarios if s.event),
    )


def linear_pool(world: World) -> Answer:
    """The plain average of the answers that each report would give if it were the only one."""
    answers = []
    cache: dict[tuple[object, ...], Answer] = {}
    for report in world.reports:
        line = plain.line(world, report)
        key = (report.indicator, report.about, line.on, line.off)
        if key not in cache:
            cache[key] = _alone(world, report)
        answers.append(cache[key])
    if not answers:
        return _alone(world, None)
    return Answer(
        onset={name: np.mean([a.onset[name] for a in answers], axis=0) for name in answers[0].onset},
        status_quo=float(np.mean([a.status_quo for a in answers])),
        events=answers[0].events,
    )


def inconsistencies(world: World, *, weighted: bool) -> list[float]:
    """Counts of what is inconsistent with each scenario and with the status quo, as a scored matrix has it.

    A sighting is inconsistent with a scenario that seldom shows the sign; a denial with one that usually shows it.
    ``weighted``: each counts as much as its source is trusted.
    """
    seen = {i.id: dict(i.seen_first) for i in world.declared.indicators}
    sources = {source.id: source for source in world.sources}
    counts = []
    for name in ("assault", "raid", "show-of-force", ""):
        total = 0.0
        for report in world.reports:
            if report.indicator not in seen:
                continue
            chance = seen[report.indicator].get(name, 0.0)
            against = chance < UNEXPECTED if report.present else chance > EXPECTED
            total += against * (plain.GRADE[sources[report.source].grade] * report.weight if weighted else 1.0)
        counts.append(total)
    return counts


def _alone(world: World, report: Report | None) -> Answer:
    said = plain.speakers(world, () if report is None else (report,), echoes=False)
    beliefs = Beliefs(speakers=lambda _: said, steered=False, tempo=((1.0, 1.0),), contamination=CONTAMINATION)
    return answer(world.declared, beliefs, past=world.family.days, future=GRID)


def _begun(indicator: Indicator, s: Scenario, day: int, past: int) -> Array:
    """P(the lasting sign is on by a day | onset on each day to come); shape ``(grid + 1,)``."""
    chance = (1 - CONTAMINATION) * dict(indicator.seen_first).get(s.id, 0.0)
    _, cdf = lead_law(indicator.lead, 1.0, past + GRID + 1)
    gap = past + np.arange(GRID) - day
    return np.append(chance * (1 - cdf[gap - 1]), 0.0)


def _onset(s: Scenario, setting: Setting, past: int) -> Array:
    left, law = 1.0, np.zeros(GRID + 1)
    for day in range(1, past + GRID):
        chance = hazard(s, setting, day)
        if day >= past:
            law[day - past] = left * chance
        left *= 1 - chance
    law[GRID] = left
    return law
