"""The same posterior in pgmpy, a library of Bayesian networks; run in an environment of its own.

``python -m benchmarks.worlds.library FEATURES SEED FUTURE …`` prints one JSON line a case: P(scenario, onset), seconds.
Every report is a node that is observed to say what it said; the day from which a sign stays on, the age of each false
start, the scenario, the onset, the tempo, the gates and the stories are hidden nodes. Elimination does the rest.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from pgmpy.factors.discrete import TabularCPD  # type: ignore[import-not-found]
from pgmpy.inference import VariableElimination  # type: ignore[import-not-found]
from pgmpy.models import DiscreteBayesianNetwork  # type: ignore[import-not-found]

from benchmarks.worlds import brute, brute_said
from benchmarks.worlds.brute_problem import Gate, Indicator, Problem, Said, Scenario
from benchmarks.worlds.cases import case

Array = NDArray[np.float64]


class Network:
    """A network under construction: each node is given by a function from its parents' states to its law."""

    def __init__(self) -> None:
        self._cards: dict[str, int] = {}
        self._tables: list[TabularCPD] = []
        self._edges: list[tuple[str, str]] = []

    def add(self, name: str, card: int, parents: Sequence[str], law: Callable[..., Sequence[float]]) -> None:
        """Add a node of ``card`` states."""
        cards = [self._cards[parent] for parent in parents]
        columns = [law(*states) for states in itertools.product(*map(range, cards))]
        values = np.array(columns, dtype=np.float64).T
        self._cards[name] = card
        self._tables.append(TabularCPD(name, card, values / values.sum(0), evidence=list(parents), evidence_card=cards))
        self._edges += [(parent, name) for parent in parents]

    def query(self, wanted: list[str], seen: dict[str, int]) -> Array:
        """The joint law of some nodes, others being observed."""
        network = DiscreteBayesianNetwork(self._edges)
        network.add_nodes_from(self._cards)
        network.add_cpds(*self._tables)
        found = VariableElimination(network).query(wanted, evidence=seen, show_progress=False)
        order = [found.variables.index(name) for name in wanted]
        return np.transpose(found.values, order)


def posterior(p: Problem, future: int) -> Array:
    """P(scenario, onset | everything said); the last scenario is the status quo, the last onset is later."""
    net, seen = Network(), dict[str, int]()
    scenarios: list[Scenario | None] = [*p.scenarios, None]
    gates = [g.id for g in p.gates]
    for gate in p.gates:
        net.add(gate.id, 2, [], lambda g=gate: [1 - g.probability, g.probability])
    net.add("scenario", len(scenarios), gates, lambda *bits: _courses(p, bits))
    net.add("onset", future + 2, ["scenario", *gates], lambda s, *bits: _onset(p, scenarios[s], bits, future))
    net.add("begun", 2, ["onset"], lambda f: [float(f <= future), float(f > future)])
    seen["begun"] = 0
    net.add("tempo", len(p.tempo), [], lambda: [chance for _, chance in p.tempo])
    names = [list(party.stories) for party in p.parties]
    for party in p.parties:
        net.add(party.id, len(party.stories), [], lambda q=party: [mass for mass, _, _ in q.stories.values()])
    habits = list(itertools.product(p.self_repeat, p.blanket))
    net.add("habit", len(habits), [], lambda: [one * other for (_, one), (_, other) in habits])
    copied = [
        {r.id: pair for r, pair in brute_said.copies(p, settled=settled, blanket=blanket)}
        for (settled, _), (blanket, _) in habits
    ]
    minds = {
        topic: brute_said.minds(brute_said.in_order(p, topic), settled=max(settled for settled, _ in p.self_repeat))
        for topic in {r.on for r in p.reports}
    }
    for name, sources in minds.items():
        for source, choices in sources.items():
            net.add(f"{name} {source} mind", len(choices), [], lambda c=choices: [chance for chance, _ in c])
    for sign in p.indicators:
        net.add(f"{sign.id} since", p.past + 1, ["scenario", "onset", "tempo"], _since(p, scenarios, sign, future))
        start, stop = sign.false_starts / 365, 1 / sign.lasts
        for day in range(p.past):
            # state 0 is idle, state k + 1 an episode that began on day k
            before = [f"{sign.id} episode {day - 1}"] if day else []
            net.add(f"{sign.id} episode {day}", day + 2, before, _episode(day, start, stop))
    for gate in p.gates:
        net.add(
            f"{gate.id} since",
            p.past + 1,
            [gate.id, "scenario", "onset", "tempo"],
            _gate_since(p, scenarios, gate, future),
        )
    for r in p.reports:
        topic = next((i for i in p.indicators if i.id == r.on), None)
        parents = [f"{r.on} since", "scenario", *(party.id for party in p.parties)]
        parents += ["habit"]
        parents += [f"{r.on} {r.source} mind"] if r.source in minds[r.on] else []
        parents += [f"{r.on} episode {r.about}"] if topic is not None else []

        def law(since: int, s: int, *rest: int, r: Said = r, sign: Indicator | None = topic) -> list[float]:
            habit = rest[len(p.parties)]
            settled = habits[habit][0][0]
            choices = minds[r.on].get(r.source)
            mind = choices[rest[len(p.parties) + 1]][1] if choices and settled > 0 else None
            told = [names[k][state] for k, state in enumerate(rest[: len(p.parties)])]
            scenario = scenarios[s]
            slant = brute.slant_of(p.parties, told, event=scenario is not None and scenario.event)
            episode = rest[-1] if sign is not None else 0
            on = since <= r.about or episode > 0
            first = since if since <= r.about else episode - 1
            within = sign.noticed_within if sign is not None else None
            noticed = 1.0 if within is None or not on else 1 - 0.5 ** ((r.about - first + 1) / within)
            own = [o for o in brute_said.in_order(p, r.on) if o.source == r.source]
            before = own[: own.index(r)]
            once = within is not None and bool(before) and before[-1].present
            chance = brute_said.own(p, r, slant, on=on, noticed=noticed, mind=mind, settled=settled, once=once)
            kappa, refused = copied[habit][r.id]
            chance = (1 - refused) * (kappa + (1 - kappa) * chance)
            return [1 - chance, chance]

        net.add(r.id, 2, parents, law)
        seen[r.id] = 1
    for name, day in sorted(p.looks):
        sign = next(i for i in p.indicators if i.id == name)
        if day >= min([*(r.about for r in p.reports if r.on == name), p.past - 2]):
            continue
        finds = sign.coverage * (1.0 if sign.noticed_within is None else 1 - 0.5 ** (1 / sign.noticed_within))
        node = f"{name} look {day}"
        net.add(
            node,
            2,
            [f"{name} since", f"{name} episode {day}"],
            lambda since, episode, d=day, c=finds: [1 - c, c] if since <= d or episode else [1.0, 0.0],
        )
        seen[node] = 0
    return net.query(["scenario", "onset"], seen)[:, : future + 1]


def _courses(p: Problem, bits: Sequence[int]) -> list[float]:
    state = {gate.id: bool(bit) for gate, bit in zip(p.gates, bits, strict=True)}
    chances = [s.prior if s.holds(state) else 0.0 for s in p.scenarios]
    return [*chances, 1 - sum(chances)]


def _onset(p: Problem, s: Scenario | None, bits: Sequence[int], future: int) -> list[float]:
    """By day, then later than the grid, then already begun; the status quo is put down as later."""
    if s is None:
        return [0.0] * future + [1.0, 0.0]
    state = {gate.id: bool(bit) for gate, bit in zip(p.gates, bits, strict=True)}
    law = brute.onsets(p, s, state, future)
    return [*law, max(1 - sum(law), 0.0)]


def _led(p: Problem, points: tuple[float, float, float], factor: float, f: int) -> list[float]:
    """The law of the day from which a sign stays on, a lead before the onset."""
    law = brute.lead_law(points, factor, p.past + f)
    days = [0.0] * (p.past + 1)
    for length, chance in enumerate(law):
        days[min(p.past + f - length, p.past)] += chance
    days[0] += 1 - sum(law)
    return days


def _since(
    p: Problem, scenarios: Sequence[Scenario | None], sign: Indicator, future: int
) -> Callable[[int, int, int], list[float]]:
    def law(s: int, f: int, tempo: int) -> list[float]:
        scenario = scenarios[s]
        shows = 0.0 if scenario is None else (1 - p.contamination) * sign.seen_first.get(scenario.id, 0.0)
        never = [0.0] * p.past + [1.0]
        led = _led(p, sign.lead, p.tempo[tempo][0], f) if shows and f < future else never
        return [shows * a + (1 - shows) * b for a, b in zip(led, never, strict=True)]

    return law


def _gate_since(
    p: Problem, scenarios: Sequence[Scenario | None], gate: Gate, future: int
) -> Callable[[int, int, int, int], list[float]]:
    def law(is_open: int, s: int, f: int, tempo: int) -> list[float]:
        scenario = scenarios[s]
        days = [0.0] * (p.past + 1)
        if not is_open or (scenario is not None and gate.id in scenario.named and gate.lead and f >= future):
            days[p.past] = 1.0
        elif scenario is not None and gate.id in scenario.named and gate.lead:
            return _led(p, gate.lead, p.tempo[tempo][0], f)
        else:
            days[min(gate.opens or 0, p.past)] = 1.0
        return days

    return law


def _episode(day: int, start: float, stop: float) -> Callable[..., list[float]]:
    def law(*before: int) -> list[float]:
        states = [0.0] * (day + 2)
        if not before:
            return [stop / (start + stop), start / (start + stop)]
        if before[0] == 0:
            states[0], states[day + 1] = 1 - start, start
        else:
            states[0], states[before[0]] = stop, 1 - stop
        return states

    return law


def main() -> int:
    """Answer the cases named by (features, seed, future) on standard input, one a line."""
    for line in sys.stdin:
        features, seed, future = json.loads(line)
        small = case(seed, frozenset(features))
        began = time.process_time()
        found = posterior(small, future)
        print(json.dumps({"seconds": time.process_time() - began, "joint": found.tolist()}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
