"""Ways to settle on one figure per town, ours and those it is held against."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.population.data import Claim, Town, voted
from tocsin.model.grade import KNOWS, Reliability
from tocsin.prob.pool import DEFINITION, Item, pool

Array = NDArray[np.float64]
EXPECT = (100.0, 1_000_000.0)
"""What one expects of a town before anything is said: 5 and 95 % points."""

ROUGH = 0.2
"""Share of those who know that know it roughly: rounded, of another census, with or without the suburbs."""

JUNK_SCALE = 2.0
"""Scale of the Student t (log units) of those who do not know, about a third of what is expected."""

_Z95 = 1.6448536269514722


def picked_by_vote(town: Town) -> float:
    """The most frequent figure."""
    return voted([claim.value for claim in town.claims])


def median(town: Town) -> float:
    """The middle of all figures."""
    return float(np.median([claim.value for claim in town.claims]))


def mean(town: Town) -> float:
    """The mean of all figures."""
    return float(np.mean([claim.value for claim in town.claims]))


def crh(towns: Sequence[Town], *, rounds: int = 20) -> dict[str, float]:
    """Conflict resolution on heterogeneous data (Li and others, SIGMOD 2014), written anew from the paper.

    Weights of contributors and figures of towns in turn: a figure is the weighted median; a weight is minus the log of
    the share of all deviation (in units of the town's standard deviation) that a contributor has.
    """
    truth = {town.name: median(town) for town in towns}
    for _ in range(rounds):
        loss: dict[str, float] = {}
        for town in towns:
            spread = float(np.std([claim.value for claim in town.claims])) or 1.0
            for claim in town.claims:
                loss[claim.who] = loss.get(claim.who, 0.0) + abs(claim.value - truth[town.name]) / spread
        total = sum(loss.values()) or 1.0
        weight = {who: -math.log(max(own / total, 1e-9)) for who, own in loss.items()}
        truth = {town.name: _weighted_median(town.claims, weight) for town in towns}
    return truth


def smooth(town: Town, *, copy: float) -> float:
    """The figure at which the package's own pool is densest: it takes every count to be off by some 15 %."""
    seen: set[float] = set()
    items = []
    for claim in town.claims:
        again = copy if claim.value in seen else 0.0
        seen.add(claim.value)
        items.append([Item(low=claim.value, high=claim.value, rounding=0.02, knows=_knows(claim), copy=again)])
    held = pool(items, expect=EXPECT)
    logs = np.log(held.values)
    return max(seen, key=lambda value: float(np.interp(math.log(max(value, 0.5)), logs, held.mass)))


def exact(town: Town, *, copy: float, anonymous: Reliability = Reliability.E) -> dict[float, float]:
    """Probability of each figure that was said to be exactly right, given that one of them is.

    The pool's likelihood for counts that have one right number: who knows has it exactly, or roughly; who does not
    says anything. A figure repeated is a copy with probability ``copy``.
    """
    middle = (math.log(EXPECT[0]) + math.log(EXPECT[1])) / 2.0
    spread = (math.log(EXPECT[1]) - math.log(EXPECT[0])) / (2.0 * _Z95)
    candidates = sorted({claim.value for claim in town.claims})
    logs = []
    for candidate in candidates:
        place = math.log(max(candidate, 0.5))
        total = -0.5 * ((place - middle) / spread) ** 2 - place
        seen: set[float] = set()
        for claim in town.claims:
            knows = _knows(claim, anonymous)
            at = math.log(max(claim.value, 0.5))
            rough = math.exp(-0.5 * ((at - place) / DEFINITION) ** 2) / (DEFINITION * math.sqrt(2.0 * math.pi))
            junk = _student((at - middle) / JUNK_SCALE) / JUNK_SCALE
            share = knows * (1.0 - ROUGH) * (claim.value == candidate)
            share += (ROUGH * rough + (1.0 - knows * (1.0 - ROUGH) - ROUGH) * junk) * math.exp(-at)
            if claim.value in seen:
                share = copy + (1.0 - copy) * share
            seen.add(claim.value)
            total += math.log(share)
        logs.append(total)
    mass = np.exp(np.array(logs) - max(logs))
    return dict(zip(candidates, (mass / mass.sum()).tolist(), strict=True))


def best(chances: Mapping[float, float]) -> float:
    """The most probable figure."""
    return max(chances, key=lambda value: chances[value])


def _knows(claim: Claim, anonymous: Reliability = Reliability.E) -> float:
    """A contributor with an account is fairly reliable (C); one without is not."""
    return KNOWS[anonymous if claim.anonymous else Reliability.C]


def _weighted_median(claims: Sequence[Claim], weight: Mapping[str, float]) -> float:
    ordered = sorted(claims, key=lambda claim: claim.value)
    weights = np.array([max(weight[claim.who], 1e-9) for claim in ordered])
    return ordered[int(np.argmax(np.cumsum(weights) >= weights.sum() / 2.0))].value


def _student(value: float) -> float:
    """Density of Student's t with three degrees of freedom."""
    return 6.0 * math.sqrt(3.0) / (math.pi * (3.0 + value * value) ** 2)
