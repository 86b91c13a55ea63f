"""Draws the warning problem: scenarios with hazards, gates, indicators; and what the analyst declares of it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from numpy.random import Generator

from benchmarks.worlds.family import Family
from benchmarks.worlds.values import Gate, Indicator, Lead, Scenario, Season, Setting

ASSAULT, RAID, FEINT = "assault", "raid", "show-of-force"


def setting(family: Family, rng: Generator) -> Setting:
    """Draw a problem as it is in truth."""
    opened = date(2023, 1, 1) + timedelta(days=int(rng.integers(0, 365)))
    gate = _gate(rng) if rng.random() < family.gated else None
    gates = () if gate is None else (gate,)
    needed = None if gate is None else gate.id
    scenarios = (
        _scenario(ASSAULT, family, rng, prior=(0.15, 0.45), event=True, gate=needed),
        _scenario(RAID, family, rng, prior=(0.10, 0.28), event=True),
        _scenario(FEINT, family, rng, prior=(0.10, 0.25), event=False),
    )
    kinds = [index % 3 for index in range(family.indicators)]
    indicators = tuple(_indicator(f"i{index}", kind, rng) for index, kind in enumerate(kinds))
    noticed = round(family.noticing * family.indicators)
    chosen = rng.permutation(family.indicators)
    spans = rng.uniform(2.0, 10.0, family.indicators)
    covers = rng.choice([0.3, 0.8], family.indicators)
    indicators = tuple(
        replace(
            indicator,
            noticed_within=round(float(spans[index]), 1) if place < max(noticed, family.covered) else None,
            coverage=float(covers[index]) if place < family.covered else 0.0,
        )
        for index, (indicator, place) in enumerate(zip(indicators, chosen.tolist(), strict=True))
    )
    return Setting(opened=opened, scenarios=scenarios, gates=gates, indicators=indicators)


def declared(real: Setting, family: Family) -> Setting:
    """The problem as an analyst of this family writes it down."""
    scenarios = tuple(s for s in real.scenarios if s.event or family.feint_declared)
    known = {s.id for s in scenarios}
    indicators = tuple(
        replace(
            indicator,
            seen_first=tuple(pair for pair in indicator.seen_first if pair[0] in known),
            lead=indicator.lead.times(1.0 / family.leads),
        )
        for indicator in real.indicators
    )
    gates = tuple(replace(gate, lead=gate.lead.times(1.0 / family.leads)) for gate in real.gates)
    return replace(real, scenarios=scenarios, indicators=indicators, gates=gates)


def _scenario(
    name: str, family: Family, rng: Generator, *, prior: tuple[float, float], event: bool, gate: str | None = None
) -> Scenario:
    seasonal = rng.random() < family.seasonal
    start, length = int(rng.integers(0, 12)), int(rng.integers(1, 4))
    factor = float(rng.choice([0.2, 0.5, 2.0]))
    first, last = start % 12 + 1, (start + length) % 12 + 1
    late, not_before = rng.random() < 0.15, int(rng.integers(90, 170))
    return Scenario(
        id=name,
        event=event,
        prior=round(float(rng.uniform(*prior)), 3),
        even_odds_within=round(math.exp(rng.uniform(math.log(60.0), math.log(300.0))), 1),
        not_before=not_before if late else None,
        season=Season(first=(first, 1), last=(last, 15), factor=factor) if seasonal else None,
        gate=gate,
    )


def _gate(rng: Generator) -> Gate:
    opens, day = rng.random() < 0.5, int(rng.integers(20, 150))
    return Gate(
        id="decision", probability=round(float(rng.uniform(0.3, 0.8)), 3), opens=day if opens else None, lead=_lead(rng)
    )


def _indicator(name: str, kind: int, rng: Generator) -> Indicator:
    """Kind 0 is cheap and visible, 1 in between, 2 costly and hidden: a feint shows the first and spares the last."""
    assault = rng.choice([0.75, 0.9, 0.97])
    raid = rng.choice([0.35, 0.6, 0.75, 0.9])
    feint = rng.choice([[0.6, 0.75, 0.9], [0.1, 0.35, 0.6], [0.02, 0.02, 0.1]][kind])
    starts = rng.choice([[3.0, 10.0], [1.0, 3.0], [0.2, 1.0]][kind])
    return Indicator(
        id=name,
        seen_first=((ASSAULT, float(assault)), (RAID, float(raid)), (FEINT, float(feint))),
        lead=_lead(rng),
        false_starts=float(starts),
        false_start_lasts=float(rng.choice([7.0, 14.0, 30.0])),
    )


def _lead(rng: Generator) -> Lead:
    middle = math.exp(rng.uniform(math.log(5.0), math.log(80.0)))
    return Lead(
        at_least=round(middle * float(rng.uniform(0.4, 0.8)), 1),
        typically=round(middle, 1),
        at_most=round(middle * float(rng.uniform(1.3, 2.5)), 1),
    )
