"""The posterior by enumeration: every gate, story, tempo, scenario, onset, lead and background path, one after another.

Written from the definitions, for problems of a few days, and sharing no code with the core or with the observer.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache

from benchmarks.worlds.brute_problem import Found, Gate, Indicator, Party, Problem, Scenario, Slant, State
from benchmarks.worlds.brute_said import copies_on, in_order, minds, own

Law = tuple[float, ...]


def enumerate_all(problem: Problem, *, future: int) -> Found:
    """Walk through everything that could be the case, and weigh each by what was said."""
    masses: dict[tuple[str, int], float] = {(s.id, f): 0.0 for s in problem.scenarios for f in range(future + 1)}
    stories: dict[tuple[str, str], float] = {(p.id, name): 0.0 for p in problem.parties for name in p.stories}
    gates = {g.id: 0.0 for g in problem.gates}
    quiet = 0.0
    hidden = itertools.product(problem.self_repeat, problem.blanket, _stories(problem.parties), problem.tempo)
    walkers: dict[tuple[float, float], _Walker] = {}
    for (settled, one), (blanket, other), (told, told_chance), (factor, tempo_chance) in hidden:
        if (settled, blanket) not in walkers:
            walkers[settled, blanket] = _Walker(problem, settled=settled, blanket=blanket)
        walker = walkers[settled, blanket]
        if one * other > 0:
            for bits in itertools.product((True, False), repeat=len(problem.gates)):
                state = {g.id: bit for g, bit in zip(problem.gates, bits, strict=True)}
                chance = one * other * told_chance * tempo_chance
                for gate in problem.gates:
                    chance *= gate.probability if state[gate.id] else 1 - gate.probability
                mass, spare = 0.0, 1.0
                for s in problem.scenarios:
                    if not s.holds(state):
                        continue
                    spare -= s.prior
                    slant = slant_of(problem.parties, told, event=s.event)
                    for f, p in enumerate(onsets(problem, s, state, future)):
                        here = chance * s.prior * p
                        here *= walker.signs(s, f=f, future=future, factor=factor, slant=slant)
                        here *= walker.gates(s, f=f, future=future, factor=factor, slant=slant, state=state)
                        masses[s.id, f] += here
                        mass += here
                slant = slant_of(problem.parties, told, event=False)
                rest = chance * spare * walker.signs(None, f=0, future=future, factor=factor, slant=slant)
                rest *= walker.gates(None, f=0, future=future, factor=factor, slant=slant, state=state)
                quiet += rest
                mass += rest
                for party, name in zip(problem.parties, told, strict=True):
                    stories[party.id, name] += mass
                for gate in problem.gates:
                    gates[gate.id] += mass * state[gate.id]
    total = quiet + math.fsum(masses.values())
    return Found(
        joint={key: mass / total for key, mass in masses.items()},
        status_quo=quiet / total,
        stories={key: mass / total for key, mass in stories.items()},
        gates={key: mass / total for key, mass in gates.items()},
    )


def _stories(parties: Sequence[Party]) -> Iterator[tuple[tuple[str, ...], float]]:
    for told in itertools.product(*(p.stories for p in parties)):
        yield told, math.prod(p.stories[name][0] for p, name in zip(parties, told, strict=True))


def slant_of(parties: Sequence[Party], told: Sequence[str], *, event: bool) -> Slant:
    """Per party, the chance that a channel it steers says "present"; None where it steers nothing."""
    return tuple(
        None if name == "none" else p.stories[name][1 if event else 2] for p, name in zip(parties, told, strict=True)
    )


def onsets(problem: Problem, s: Scenario, state: State, future: int) -> list[float]:
    """P(no onset in the past, and onset on each day to come); the last is later than the grid."""
    left, law = 1.0, []
    for day in range(1 if problem.from_opening else problem.past, problem.past + future):
        chance = _hazard(problem, s, state, day)
        if day >= problem.past:
            law.append(left * chance)
        left *= 1 - chance
    return [*law, left]


def _hazard(problem: Problem, s: Scenario, state: State, day: int) -> float:
    by_then = {g.id: state[g.id] and (g.opens is None or day >= g.opens) for g in problem.gates}
    if not s.holds(by_then) or (s.not_before is not None and day < s.not_before):
        return 0.0
    chance: float = 1 - 0.5 ** (1 / s.even_odds_within)
    if s.season is not None:
        first, last, factor = s.season
        if first <= problem.opened + timedelta(days=day) <= last:
            chance *= factor
    return chance


@cache
def lead_law(points: tuple[float, float, float], factor: float, size: int) -> Law:
    """P(L = 0), P(L = 1), ... below ``size``; what is missing to one is longer."""
    low, middle, high = (math.log(max(factor * days, 0.5)) for days in points)

    def under(days: float) -> float:
        gap = math.log(days) - middle
        width = (middle - low if gap < 0 else high - middle) / 1.6448536269514722
        return 0.5 * (1 + math.erf(gap / width / math.sqrt(2)))

    edges = [0.0, *(under(k + 0.5) for k in range(size))]
    return tuple(after - before for before, after in itertools.pairwise(edges))


class _Walker:
    """Chances of everything said on each sign, kept for reuse within one problem."""

    def __init__(self, problem: Problem, *, settled: float, blanket: float) -> None:
        self._p = problem
        self._settled = settled
        self._said = {
            name: in_order(problem, name)
            for name in [*(i.id for i in problem.indicators), *(g.id for g in problem.gates)]
        }
        self._copied = {
            name: copies_on(problem, said, settled=settled, blanket=blanket) for name, said in self._said.items()
        }
        self._minds = {name: minds(said, settled=settled) for name, said in self._said.items()}
        self._by_onset: dict[tuple[str, Slant, float, int], float] = {}
        self._starts: dict[tuple[str, Slant], list[float]] = {}

    def signs(self, s: Scenario | None, *, f: int, future: int, factor: float, slant: Slant) -> float:
        total = 1.0
        for indicator in self._p.indicators:
            starts = self._by_start(indicator, slant)
            never = starts[self._p.past]
            shows = 0.0 if s is None else (1 - self._p.contamination) * indicator.seen_first.get(s.id, 0.0)
            begun = never
            if shows and f < future:
                begun = self._led(indicator, factor, f, slant, starts)
            total *= shows * begun + (1 - shows) * never
        return total

    def gates(
        self,
        s: Scenario | None,
        *,
        f: int,
        future: int,
        factor: float,
        slant: Slant,
        state: State,
    ) -> float:
        total = 1.0
        for gate in self._p.gates:
            starts = self._gate_starts(gate.id, slant)
            if not state[gate.id]:
                total *= starts[self._p.past]
            elif s is not None and gate.id in s.named and gate.lead is not None:
                total *= self._led(gate, factor, f, slant, starts) if f < future else starts[self._p.past]
            else:
                total *= starts[min(gate.opens or 0, self._p.past)]
        return total

    def _gate_starts(self, name: str, slant: Slant) -> list[float]:
        if (name, slant) not in self._starts:
            shown = [[day >= began for day in range(self._p.past)] for began in self._days()]
            self._starts[name, slant] = [
                self._chance(name, active, began=began, slant=slant) for began, active in enumerate(shown)
            ]
        return self._starts[name, slant]

    def _days(self) -> range:
        return range(self._p.past + 1)

    def _led(self, thing: Indicator | Gate, factor: float, f: int, slant: Slant, starts: Sequence[float]) -> float:
        key = (thing.id, slant, factor, f)
        if key not in self._by_onset:
            past = self._p.past
            law = lead_law(thing.lead or (0.0, 0.0, 0.0), factor, past + f)
            total = math.fsum(p * starts[min(past + f - days, past)] for days, p in enumerate(law))
            self._by_onset[key] = total + (1 - math.fsum(law)) * starts[0]
        return self._by_onset[key]

    def _by_start(self, indicator: Indicator, slant: Slant) -> list[float]:
        key = (indicator.id, slant)
        if key not in self._starts:
            self._starts[key] = [self._over_paths(indicator, a, slant) for a in self._days()]
        return self._starts[key]

    def _over_paths(self, indicator: Indicator, began: int, slant: Slant) -> float:
        start, stop = indicator.false_starts / 365, 1 / indicator.lasts
        total = 0.0
        for path in itertools.product((True, False), repeat=self._p.past):
            chance = (start if path[0] else stop) / (start + stop)
            for was, now in itertools.pairwise(path):
                chance *= ((1 - stop) if now else stop) if was else (start if now else 1 - start)
            active = [episode or day >= began for day, episode in enumerate(path)]
            chance *= self._chance(indicator.id, active, began=began, slant=slant, path=path)
            total += chance * self._silence(indicator, active)
        return total

    def _chance(
        self,
        name: str,
        active: Sequence[bool],
        *,
        began: int,
        slant: Slant,
        path: Sequence[bool] | None = None,
    ) -> float:
        total = 1.0
        by_mind = {source: [1.0] * len(choices) for source, choices in self._minds[name].items()}
        noticed_within = next((i.noticed_within for i in self._p.indicators if i.id == name), None)
        for at, (r, (kappa, refused)) in enumerate(zip(self._said[name], self._copied[name], strict=True)):
            since = began
            if r.about < began:
                since = r.about
                while since > 0 and path is not None and path[since - 1]:
                    since -= 1
            noticed = 1.0 if noticed_within is None else 1 - 0.5 ** ((r.about - since + 1) / noticed_within)
            on = active[r.about]
            before = [o for o in self._said[name][:at] if o.source == r.source]
            once = noticed_within is not None and bool(before) and before[-1].present
            for k, (_, mind) in enumerate(self._minds[name].get(r.source, ())):
                chance = own(self._p, r, slant, on=on, noticed=noticed, mind=mind, settled=self._settled, once=once)
                by_mind[r.source][k] *= (1 - refused) * (kappa + (1 - kappa) * chance)
            if r.source not in by_mind:
                chance = own(self._p, r, slant, on=on, noticed=noticed)
                total *= (1 - refused) * (kappa + (1 - kappa) * chance)
        for source, choices in self._minds[name].items():
            total *= sum(chance * said for (chance, _), said in zip(choices, by_mind[source], strict=True))
        return total

    def _silence(self, indicator: Indicator, active: Sequence[bool]) -> float:
        said = [r.about for r in self._said[indicator.id]]
        finds = indicator.coverage
        if indicator.noticed_within is not None:
            finds *= 1 - 0.5 ** (1 / indicator.noticed_within)
        total = 1.0
        for name, day in self._p.looks:
            if name == indicator.id and day < min([*said, self._p.past - 2]) and active[day]:
                total *= 1 - finds
        return total
