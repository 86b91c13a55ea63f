"""The simpler methods, on the same declared problem and the same reports.

Naive Bayes multiplies report by report; the linear pool averages what each report alone would make an analyst believe;
the matrix of competing hypotheses counts what is inconsistent with each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.worlds import plain
from benchmarks.worlds.answer import Answer
from benchmarks.worlds.family import DECLARED_TEMPO
from benchmarks.worlds.observer import lead_law
from benchmarks.worlds.truth import hazard
from benchmarks.worlds.values import Lead, Report, Scenario, World

Array = NDArray[np.float64]
CONTAMINATION = 0.10
GRID = 400
EXPECTED, UNEXPECTED = 0.6, 0.35


@dataclass(frozen=True, slots=True)
class Ledger:
    """Likelihoods of single reports by gate state and scenario, each exact if the report were the only one.

    A row is (open?, scenario or None for the status quo); its law has shape ``(grid + 1,)`` over onset days.
    """

    world: World
    begun: dict[tuple[str, int], Array] = field(default_factory=dict[tuple[str, int], Array])

    def rows(self) -> list[tuple[bool, Scenario | None, float, Array]]:
        """All rows with their prior weight and onset law."""
        setting, found = self.world.declared, list[tuple[bool, Scenario | None, float, Array]]()
        quiet = np.zeros(GRID + 1)
        quiet[-1] = 1.0
        for is_open in (False, True) if setting.gates else (True,):
            base = 1.0
            for gate in setting.gates:
                base *= gate.probability if is_open else 1 - gate.probability
            able = [s for s in setting.scenarios if s.gate is None or is_open]
            found += [(is_open, s, base * s.prior, self.onset(s)) for s in able]
            found.append((is_open, None, base * (1 - sum(s.prior for s in able)), quiet))
        return found

    def onset(self, s: Scenario) -> Array:
        """P(no onset in the past, and onset on each day to come)."""
        past, left, law = self.world.family.days, 1.0, np.zeros(GRID + 1)
        for day in range(1, past + GRID):
            chance = hazard(s, self.world.declared, day)
            if day >= past:
                law[day - past] = left * chance
            left *= 1 - chance
        law[GRID] = left
        return law

    def likelihood(self, report: Report, s: Scenario | None, *, is_open: bool, copied: float) -> Array:
        """P(the report | scenario, onset) over onset days."""
        line = plain.line(self.world, report, copied=copied)
        gate = next((g for g in self.world.declared.gates if g.id == report.indicator), None)
        if gate is not None:
            if not is_open:
                on: Array = np.zeros(GRID + 1)
            elif s is not None and s.gate == gate.id:
                on = self.shown(gate.id, gate.lead, report.about)
            else:
                on = np.full(GRID + 1, float(report.about >= (gate.opens or 0)))
            return on * line.on + (1 - on) * line.off
        indicator = next(i for i in self.world.declared.indicators if i.id == report.indicator)
        start = indicator.false_starts / 365
        resting = start / (start + 1 / indicator.false_start_lasts)
        chance = (1 - CONTAMINATION) * dict(indicator.seen_first).get(s.id if s is not None else "", 0.0)
        begun = chance * self.shown(indicator.id, indicator.lead, report.about) if chance else np.zeros(GRID + 1)
        on = 1 - (1 - resting) * (1 - begun)
        return on * line.on + (1 - on) * line.off

    def shown(self, name: str, lead: Lead, day: int) -> Array:
        """P(the sign is on by a day | it precedes an onset on each day to come), over all tempi."""
        if (name, day) not in self.begun:
            past, law = self.world.family.days, np.zeros(GRID + 1)
            gap = past + np.arange(GRID) - day
            for factor, chance in DECLARED_TEMPO:
                law[:GRID] += chance * (1 - lead_law(lead, factor, past + GRID + 1)[1][gap - 1])
            self.begun[name, day] = law
        return self.begun[name, day]


def naive_bayes(world: World) -> Answer:
    """Reports independent given scenario and onset: each carries the whole doubt about its sign by itself.

    Echoes that were declared are discounted as in the core.
    """
    ledger = Ledger(world)
    rows = ledger.rows()
    logs = []
    for is_open, s, _, _ in rows:
        total = np.zeros(GRID + 1)
        for report in world.reports:
            copied = plain.echo_chance(world, report)
            total += np.log(ledger.likelihood(report, s, is_open=is_open, copied=copied))
        logs.append(total)
    top = max(float(total.max()) for total in logs)
    return _answer(
        world, rows, [weight * law * np.exp(log - top) for (_, _, weight, law), log in zip(rows, logs, strict=True)]
    )


def linear_pool(world: World) -> Answer:
    """The plain average of the answers that each report would give if it were the only one."""
    ledger = Ledger(world)
    rows = ledger.rows()
    sums = [np.zeros(GRID + 1) for _ in rows]
    for report in world.reports:
        laws = [
            weight * law * ledger.likelihood(report, s, is_open=is_open, copied=0.0) for is_open, s, weight, law in rows
        ]
        total = sum(float(law.sum()) for law in laws)
        for at, law in enumerate(laws):
            sums[at] += law / total
    return _answer(world, rows, sums if world.reports else [weight * law for _, _, weight, law in rows])


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


def _answer(world: World, rows: Sequence[tuple[bool, Scenario | None, float, Array]], laws: Sequence[Array]) -> Answer:
    total = sum(float(law.sum()) for law in laws)
    onset = {s.id: np.zeros(GRID + 1) for s in world.declared.scenarios}
    quiet = 0.0
    for (_, s, _, _), law in zip(rows, laws, strict=True):
        if s is None:
            quiet += float(law.sum()) / total
        else:
            onset[s.id] += law / total
    return Answer(onset=onset, status_quo=quiet, events=frozenset(s.id for s in world.declared.scenarios if s.event))
