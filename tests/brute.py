"""A slow walk over every possible world, written from the method's definitions and from nothing else.

Gates, tempo, scenario, day of onset, lead and every path of the background are enumerated in plain loops. It shares no
code with the core: it is what the core is measured against.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product

from tocsin.model.deception import Deception, Story
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import Expr, Indicator, Scenario, WarningProblem
from tocsin.model.time import Lead

Z95 = 1.6448536269514722


@dataclass(frozen=True, kw_only=True)
class World:
    joint: dict[tuple[str, int], float]
    status_quo: float
    gates: dict[str, float]
    on_now: dict[str, float]
    log_evidence: float
    stories: dict[tuple[str, ...], float]


def holds(expr: Expr, is_open: Mapping[str, bool]) -> bool:
    match expr.op:
        case "true":
            return True
        case "gate":
            return is_open[expr.name]
        case "and":
            return all(holds(arg, is_open) for arg in expr.args)
        case "or":
            return any(holds(arg, is_open) for arg in expr.args)
        case "not":
            return not holds(expr.args[0], is_open)
        case "at_least":
            return [holds(arg, is_open) for arg in expr.args].count(True) >= expr.k
        case _:
            raise ValueError(expr.op)


def names_unnegated(expr: Expr, gate: str, depth: int = 0) -> bool:
    if expr.op == "gate":
        return expr.name == gate and depth % 2 == 0
    below = depth + 1 if expr.op == "not" else depth
    return any(names_unnegated(arg, gate, below) for arg in expr.args)


def daily_hazard(problem: WarningProblem, scenario: Scenario, day: date, gate_state: Mapping[str, bool]) -> float:
    opened_by_then = {
        gate.id: gate_state[gate.id] and (gate.opens is None or day >= gate.opens) for gate in problem.gates
    }
    if not holds(scenario.needs, opened_by_then):
        return 0.0
    if scenario.not_before is not None and day < scenario.not_before:
        return 0.0
    assert scenario.even_odds_within is not None
    chance = 1 - 2 ** (-1 / scenario.even_odds_within)
    for season in scenario.season:
        here = (day.month, day.day)
        inside = (
            season.start <= here <= season.end
            if season.start <= season.end
            else here >= season.start or here <= season.end
        )
        if inside:
            chance *= season.factor
    return min(chance, 1 - 1e-12)


def lead_table(lead: Lead, tempo: float, longest: int) -> list[float]:
    """P(L = k) for k = 0..longest - 1; what is missing to one lies beyond."""
    table = [0.0] * longest
    if lead.quantiles is None:
        for days, p in lead.pairs:
            if days < longest:
                table[days] += p
        return table
    low, mid, high = (
        math.log(max(0.5, tempo * q)) for q in (lead.quantiles.least, lead.quantiles.typical, lead.quantiles.most)
    )

    def below(x: float) -> float:
        gap = math.log(x) - mid
        width = (mid - low) / Z95 if gap < 0 else (high - mid) / Z95
        if width == 0:
            return 0.0 if gap < 0 else 1.0
        return 0.5 * math.erfc(-gap / width / math.sqrt(2))

    last = 0.0
    for k in range(longest):
        upto = below(k + 0.5)
        table[k] = upto - last
        last = upto
    return table


def used(problem: WarningProblem, evidence: Sequence[Evidence], as_of: date) -> list[Evidence]:
    return [
        item
        for item in evidence
        if problem.opened <= item.about <= as_of and item.published <= as_of and item.says is not Says.AMBIGUOUS
    ]


def ordered(items: Sequence[Evidence]) -> list[Evidence]:
    return sorted(items, key=lambda i: (i.published, i.about, i.weight * (i.knows or 0), i.id))


Habit = tuple[float, float]
"""How settled sources are that speak again, and how much of what agrees is an echo."""

KNOWS, PRESENT, ABSENT = "knows", "present", "absent"
Minds = Mapping[str, str]
"""What sources that speak again have in mind."""


def talkative(queue: list[Evidence]) -> list[str]:
    """The three sources with most to say among those that speak more than once."""
    told = {item.source: 0.0 for item in queue}
    for item in queue:
        told[item.source] += item.weight * (item.knows or 0.0)
    again = [s for s in told if told[s] > 0 and sum(item.source == s for item in queue) > 1]
    return sorted(again, key=lambda s: -told[s])[:3]


def in_mind(queue: list[Evidence], settled: float) -> list[tuple[float, Minds]]:
    """Every combination of what the talkative sources may have in mind, with its chance."""
    combinations: list[tuple[float, Minds]] = [(1.0, {})]
    for source in talkative(queue) if settled > 0 else ():
        own = [item for item in queue if item.source == source]
        knows = max(item.knows or 0.0 for item in own)
        guess = 0.57 if own[0].alarmist else 0.5
        chances = {KNOWS: knows, PRESENT: (1 - knows) * guess, ABSENT: (1 - knows) * (1 - guess)}
        combinations = [
            (before * chance, {**minds, source: mind})
            for before, minds in combinations
            for mind, chance in chances.items()
        ]
    return combinations


def copy_chance(problem: WarningProblem, queue: list[Evidence], at: int, habit: Habit) -> tuple[float, float]:
    """How likely one item is a mere copy, and how likely it would have been one of something else.

    Looked up by reading the whole queue for it.
    """
    settled, blanket = habit
    item = queue[at]
    chances, refused = [0.0], 0.0
    own_later = [other for other in queue[at + 1 :] if other.source == item.source]
    if own_later and own_later[0].says == item.says and item.source not in talkative(queue):
        chances.append(settled)
    parent = next((other for other in queue if other.id == item.echo_of and other.id != item.id), None)
    if parent is not None:
        if parent.says == item.says:
            days = (item.about - parent.about).days
            declared = 0.9 if days == 0 or 0 < days <= (item.published - parent.published).days else 0.3
            chances.append(declared if item.copy_probability is None else item.copy_probability)
    elif item.copy_probability != 0:
        before = [
            other
            for other in queue[:at]
            if first_source(queue, other) != item.source
            and not passes_on(queue, other)
            and (item.published - other.published).days <= problem.method.blanket_window_days
        ]
        apt = {
            says: max((blanket if o.about == item.about else blanket / 3 for o in before if o.says is says), default=0)
            for says in (Says.PRESENT, Says.ABSENT)
        }
        chances.append(apt[item.says])
        if not any(other.says == item.says for other in before):
            refused = max(apt.values())
    return max(chances), refused


def passes_on(queue: list[Evidence], item: Evidence) -> bool:
    """Does an item merely pass on what another one in the queue says, who says it of himself?"""
    seen = [item]
    while True:
        said = seen[-1]
        parent = next((o for o in queue if o.id == said.echo_of and o.id != said.id and o.says == said.says), None)
        if parent is None:
            return len(seen) > 1
        if parent in seen:
            return False
        seen.append(parent)


def first_source(queue: list[Evidence], item: Evidence) -> str:
    """Whose word an item passes on, as long as it passes it on unchanged."""
    chain = [item]
    while True:
        parent = next((other for other in queue if other.id == chain[-1].echo_of), None)
        if parent is None or parent in chain or parent.says != item.says:
            return chain[-1].source
        chain.append(parent)


Slant = tuple[float | None, ...]


def says_present(item: Evidence, knows: float, guess: float, *, active: bool, noticed: float) -> float:
    """Chance that somebody who knows, guesses or does not look says "present"."""
    if active:
        return knows * noticed + (1 - knows) * guess
    return (1 - knows) * guess * (0.3 if item.access in {"saw", "imagery"} else 1.0)


def said(
    item: Evidence,
    copying: tuple[float, float],
    *,
    active: bool,
    noticed: float = 1.0,
    parties: Sequence[Deception] = (),
    slant: Slant = (),
    mind: str | None = None,
    knowing: float = 1.0,
    settled: float = 0.0,
    again: tuple[bool, bool] = (False, False),
) -> float:
    """Probability of one statement; every party that tells a story steers some of it."""
    guess = 0.57 if item.alarmist else 0.5
    knows = item.weight * (item.knows or 0.0)
    present = says_present(item, knows, guess, active=active, noticed=noticed)
    if mind is not None:
        if mind == KNOWS:
            said_before, says_next = again  # noticing is done once
            if item.says is Says.ABSENT and says_next:
                noticed = 0.0
            if item.says is Says.PRESENT and said_before:
                noticed = 1.0
            own = says_present(item, knows / knowing, guess, active=active, noticed=noticed)
        else:
            own = says_present(item, 0.0, float(mind == PRESENT), active=active, noticed=noticed)
        present = settled * own + (1 - settled) * present
    honest = present if item.says is Says.PRESENT else 1 - present
    steered = lie = 0.0
    for party, told in zip(parties, slant, strict=True):
        if item.knows is None or told is None or (party.indicators and item.indicator not in party.indicators):
            continue
        q = party.suspects.get(item.source, party.reach if party.party and party.party == item.party else 0.0)
        steered += q
        lie += q * (told if item.says is Says.PRESENT else 1 - told)
    copied, refused = copying
    return (1 - refused) * (copied + (1 - copied) * ((1 - steered) * honest + lie))


def powers(queue: list[Evidence], copies: list[tuple[float, float]]) -> list[float]:
    """How much of its own weight each item keeps beside the other unnamed voices of its report."""
    size = [
        (item.knows is not None)
        * abs(math.log(said(item, copied, active=True)) - math.log(said(item, copied, active=False)))
        for item, copied in zip(queue, copies, strict=True)
    ]
    out = []
    for item in queue:
        fellows = [
            at
            for at, other in enumerate(queue)
            if other.unnamed and item.unnamed and other.report == item.report is not None and other.says == item.says
        ]
        together = sum(size[at] for at in fellows)
        most = max((1.5 * size[at] for at in fellows), default=0.0)
        several = len({queue[at].source for at in fellows}) > 1
        shared = most / together if several and together > most else 1.0
        out.append(shared if item.knows is not None else 0.0)  # what cannot be judged moves nothing
    return out


class Walk:
    """One problem, one day, one heap of evidence."""

    def __init__(
        self,
        problem: WarningProblem,
        evidence: Sequence[Evidence],
        *,
        as_of: date,
        future: int,
        looks: Mapping[str, Collection[date]] | None = None,
    ) -> None:
        self.problem = problem
        self.as_of = as_of
        self.past = (as_of - problem.opened).days + 1
        self.future = future
        self.looks = looks or {}
        self.first_report: dict[str, int] = {}
        for item in evidence:
            if problem.opened <= item.about <= as_of and item.published <= as_of:
                day = (item.about - problem.opened).days
                self.first_report[item.indicator] = min(day, self.first_report.get(item.indicator, day))
        self.queues = {
            name: ordered([item for item in used(problem, evidence, as_of) if item.indicator == name])
            for name in [i.id for i in problem.indicators] + [g.id for g in problem.gates]
        }

    def suppose(self, habit: Habit) -> None:
        """Take one habit of the sources for granted."""
        self.habit = habit
        self.copies = {
            name: [copy_chance(self.problem, queue, at, habit) for at in range(len(queue))]
            for name, queue in self.queues.items()
        }
        self.powers = {name: powers(queue, self.copies[name]) for name, queue in self.queues.items()}
        self.minds = {name: in_mind(queue, habit[0]) for name, queue in self.queues.items()}
        self.knowing = {
            (name, item.source): max(other.knows or 0.0 for other in queue if other.source == item.source)
            for name, queue in self.queues.items()
            for item in queue
        }
        self.known_starts: dict[tuple[str, Slant], list[tuple[float, float]]] = {}

    def again(self, name: str, at: int) -> tuple[bool, bool]:
        """Did its source say the same the time before, and will it the next time?"""
        own = [k for k, other in enumerate(self.queues[name]) if other.source == self.queues[name][at].source]
        says = [self.queues[name][k].says for k in own]
        place = own.index(at)
        return says[place - 1 : place] == [says[place]], says[place + 1 : place + 2] == [says[place]]

    def noticed(self, within: float | None, age: int) -> float:
        return 1.0 if within is None else 1 - 2 ** (-(age + 1) / within)

    def reports(
        self,
        name: str,
        within: float | None,
        state: Sequence[bool],
        began: int,
        slant: Slant,
        *,
        minds: Minds,
        only: Collection[int] | None = None,
        most_denied: Mapping[int, float] | None = None,
    ) -> float:
        """Probability of all statements on one thing, given its state on each past day.

        What is noticed ages from the day the lasting activation began, or before that from the day its episode began.
        """
        total = 1.0
        denials: dict[int, float] = {}
        for at, item in enumerate(self.queues[name]):
            if only is not None and at not in only:
                continue
            day = (item.about - self.problem.opened).days
            start = min(began, day)
            while day < began and start > 0 and state[start - 1]:
                start -= 1
            seen = self.noticed(within, day - start)
            own = (
                said(
                    item,
                    self.copies[name][at],
                    active=state[day],
                    noticed=seen,
                    parties=self.problem.deception,
                    slant=slant,
                    mind=minds.get(item.source),
                    knowing=self.knowing[name, item.source],
                    settled=self.habit[0],
                    again=self.again(name, at) if within is not None else (False, False),
                )
                ** self.powers[name][at]
            )
            if item.says is Says.ABSENT and day >= began:
                denials[day] = denials.get(day, 1.0) * own
            else:
                total *= own
        for day, own in denials.items():
            most = math.inf if most_denied is None else most_denied.get(day, math.inf)
            total *= min(own, most)
        return total

    def denied(self, indicator: Indicator, slant: Slant, minds: Minds) -> dict[int, float]:
        """How probable each day's denials are after all that came before, if nothing lasting has begun."""
        if indicator.noticed_within is None:
            return {}
        out: dict[int, float] = {}
        queue = self.queues[indicator.id]
        day_of = [(item.about - self.problem.opened).days for item in queue]
        for day in {d for d, item in zip(day_of, queue, strict=True) if item.says is Says.ABSENT}:
            chances = []
            for with_denials in (False, True):
                kept = [
                    at
                    for at, item in enumerate(queue)
                    if day_of[at] < day or (day_of[at] == day and (with_denials or item.says is Says.PRESENT))
                ]
                chances.append(self.without_lasting(indicator, slant, minds, kept, day))
            if chances[0] > 0 and chances[1] > 0:
                out[day] = chances[1] / chances[0]
        return out

    def without_lasting(self, indicator: Indicator, slant: Slant, minds: Minds, kept: list[int], last: int) -> float:
        start, stop = min(indicator.false_starts / 365, 1.0), min(1 / indicator.false_start_lasts, 1.0)
        total = 0.0
        for path in product((False, True), repeat=self.past):
            chance = start / (start + stop) if path[0] else stop / (start + stop)
            for before, after in pairwise(path):
                chance *= (1 - stop if after else stop) if before else (start if after else 1 - start)
            if chance:
                chance *= self.reports(
                    indicator.id, indicator.noticed_within, path, self.past, slant, minds=minds, only=kept
                )
                total += chance * self.silence(indicator, path, until=last)
        return total

    def silence(self, indicator: Indicator, state: Sequence[bool], *, until: int | None = None) -> float:
        delta = 1.0 if indicator.noticed_within is None else 1 - 0.5 ** (1 / indicator.noticed_within)
        looked: dict[date, dict[str, float]] = {}
        for day in self.looks.get(indicator.id, ()):
            looked.setdefault(day, {})["the log"] = indicator.coverage
        for look in self.problem.looks:
            for step in range((look.last - look.first).days + 1):
                if look.indicator == indicator.id:
                    well = indicator.coverage if look.coverage is None else look.coverage
                    entry = looked.setdefault(look.first + timedelta(days=step), {})
                    entry[f"by {look.by}"] = max(well, entry.get(f"by {look.by}", 0.0))
        total = 1.0
        for when, entry in looked.items():
            day_number = (when - self.problem.opened).days
            coverage = 1 - math.prod(1 - c for c in entry.values())
            if until is not None and day_number > until:
                continue
            if 0 <= day_number <= self.past - 1 - 2 and day_number < self.first_report.get(indicator.id, self.past):
                total *= 1 - coverage * (delta if state[day_number] else indicator.false_alarm)
        return total

    def given_start(
        self, indicator: Indicator, began: int, slant: Slant, minds: Minds, most_denied: Mapping[int, float]
    ) -> tuple[float, float]:
        """P(everything said, and on today / and off today | the lasting activation began on that day)."""
        start, stop = min(indicator.false_starts / 365, 1.0), min(1 / indicator.false_start_lasts, 1.0)
        on = off = 0.0
        for path in product((False, True), repeat=self.past):
            chance = start / (start + stop) if path[0] else stop / (start + stop)
            for before, after in pairwise(path):
                chance *= (1 - stop if after else stop) if before else (start if after else 1 - start)
            if chance == 0:
                continue
            state = [episode or day >= began for day, episode in enumerate(path)]
            chance *= self.reports(
                indicator.id, indicator.noticed_within, state, began, slant, minds=minds, most_denied=most_denied
            )
            chance *= self.silence(indicator, state)
            if state[-1]:
                on += chance
            else:
                off += chance
        return on, off

    def starts(self, indicator: Indicator, slant: Slant) -> list[tuple[float, float]]:
        if (indicator.id, slant) not in self.known_starts:
            sums = [(0.0, 0.0)] * (self.past + 1)
            for chance, minds in self.minds[indicator.id]:
                most = self.denied(indicator, slant, minds)
                for began in range(self.past + 1):
                    on, off = self.given_start(indicator, began, slant, minds, most)
                    sums[began] = (sums[began][0] + chance * on, sums[began][1] + chance * off)
            self.known_starts[indicator.id, slant] = sums
        return self.known_starts[indicator.id, slant]

    def slant(self, story: Sequence[Story], scenario: Scenario | None) -> Slant:
        """What each party's story makes a steered channel say; None where it tells none."""
        out: list[float | None] = []
        for one in story:
            if one.id == "none":
                out.append(None)
            elif scenario is None:
                quiet = next((s.id for s in self.problem.scenarios if s.status_quo), "")
                out.append(one.present.get(quiet, one.otherwise))
            else:
                out.append(one.present.get(scenario.id, one.event if scenario.event else one.otherwise))
        return tuple(out)

    def indicator_table(
        self, indicator: Indicator, tempo: float, story: Sequence[Story]
    ) -> dict[tuple[str | None, int], tuple[float, float]]:
        """P(everything said on it, on / off today | scenario, day of onset); the key None is the status quo."""
        never = self.starts(indicator, self.slant(story, None))[self.past]
        table: dict[tuple[str | None, int], tuple[float, float]] = {(None, 0): never}
        kept = 1 - self.problem.method.contamination
        for scenario in self.problem.scenarios:
            if scenario.status_quo:
                continue
            by_start = self.starts(indicator, self.slant(story, scenario))
            never = by_start[self.past]
            chance = indicator.seen_first.get(scenario.id)
            first = kept * (0.0 if chance is None else chance.point)
            lead = indicator.lead(scenario.id)
            leads = lead_table(lead, tempo, self.past + self.future) if lead is not None and first > 0 else []
            for f in range(self.future):
                on, off = (1 - first) * never[0], (1 - first) * never[1]
                left = 1.0
                if first > 0:
                    for days, p in enumerate(leads[: self.past + f]):
                        began = min(self.past + f - days, self.past)
                        on += first * p * by_start[began][0]
                        off += first * p * by_start[began][1]
                        left -= p
                    on += first * left * by_start[0][0]
                    off += first * left * by_start[0][1]
                table[scenario.id, f] = (on, off)
            table[scenario.id, self.future] = never
        return table

    def gate_reports(self, name: str, began: int, slant: Slant) -> float:
        gate = next(g for g in self.problem.gates if g.id == name)
        state = [day >= began for day in range(self.past)]
        return sum(
            chance * self.reports(name, gate.noticed_within, state, began, slant, minds=minds)
            for chance, minds in self.minds[name]
        )

    def gate_led(self, name: str, tempo: float, slant: Slant) -> list[float]:
        gate = next(g for g in self.problem.gates if g.id == name)
        assert gate.lead is not None
        by_start = [self.gate_reports(name, began, slant) for began in range(self.past + 1)]
        leads = lead_table(gate.lead, tempo, self.past + self.future)
        out = []
        for f in range(self.future):
            total, left = 0.0, 1.0
            for days, p in enumerate(leads[: self.past + f]):
                total += p * by_start[min(self.past + f - days, self.past)]
                left -= p
            out.append(total + left * by_start[0])
        return [*out, by_start[self.past]]

    def run(self, certain: Mapping[str, bool] | None = None) -> World:
        problem = self.problem
        courses = [s for s in problem.scenarios if not s.status_quo]
        tomorrow = self.as_of + timedelta(days=1)
        joint: dict[tuple[str, int], float] = {(s.id, f): 0.0 for s in courses for f in range(self.future + 1)}
        quiet = prior_total = 0.0
        gate_mass = {gate.id: 0.0 for gate in problem.gates}
        on_mass = {indicator.id: 0.0 for indicator in problem.indicators}
        told: dict[tuple[str, ...], float] = {}

        def collect(weight: float, states: list[tuple[float, float]], gate_state: Mapping[str, bool]) -> float:
            wanted = []
            for indicator, (on, off) in zip(problem.indicators, states, strict=True):
                known = (certain or {}).get(indicator.id)
                wanted.append((0.0 if known is False else on, 0.0 if known is True else off))
            mass = weight * math.prod(on + off for on, off in wanted)
            for gate, is_open in gate_state.items():
                gate_mass[gate] += mass * is_open
            for at, indicator in enumerate(problem.indicators):
                others = math.prod(on + off for j, (on, off) in enumerate(wanted) if j != at)
                on_mass[indicator.id] += weight * others * wanted[at][0]
            return mass

        reported = [gate for gate in problem.gates if self.queues[gate.id]]
        hidden = product(
            problem.method.self_repeat,
            problem.method.blanket_echo,
            product(*(party.stories for party in problem.deception)),
        )
        for (settled, settled_chance), (blanket, blanket_chance), story in hidden:
            self.suppose((settled, blanket))
            story_chance = math.prod(one.prior for one in story) * settled_chance * blanket_chance
            name = tuple(one.id for one in story)
            before = sum(joint.values()) + quiet
            for tempo, tempo_chance in problem.method.tempo:
                tables = [self.indicator_table(indicator, tempo, story) for indicator in problem.indicators]
                seen: dict[tuple[str, str | None], tuple[float, float, list[float] | None]] = {}
                for gate in reported:
                    opens = 0 if gate.opens is None else (gate.opens - problem.opened).days
                    for scenario in (*courses, None):
                        slant = self.slant(story, scenario)
                        seen[gate.id, scenario.id if scenario else None] = (
                            self.gate_reports(gate.id, self.past, slant),
                            self.gate_reports(gate.id, min(max(opens, 0), self.past), slant),
                            self.gate_led(gate.id, tempo, slant) if gate.lead is not None else None,
                        )
                for bits in product((False, True), repeat=len(problem.gates)):
                    gate_state = {gate.id: bit for gate, bit in zip(problem.gates, bits, strict=True)}
                    weight = (
                        story_chance
                        * tempo_chance
                        * math.prod(
                            gate.probability.point if gate_state[gate.id] else 1 - gate.probability.point
                            for gate in problem.gates
                        )
                    )
                    spare = 1.0
                    for scenario in courses:
                        if not holds(scenario.needs, gate_state):
                            continue
                        assert scenario.prior is not None
                        spare -= scenario.prior.point
                        reach = weight * scenario.prior.point
                        if problem.method.prior_as_of == "opened":
                            for d in range(1, self.past):
                                day = problem.opened + timedelta(days=d)
                                reach *= 1 - daily_hazard(problem, scenario, day, gate_state)
                        prior_total += reach
                        for f in range(self.future + 1):
                            here = reach
                            if f < self.future:
                                today = daily_hazard(problem, scenario, tomorrow + timedelta(days=f), gate_state)
                                here *= today
                                reach *= 1 - today
                            for gate in reported:
                                closed, shown, led = seen[gate.id, scenario.id]
                                if not gate_state[gate.id]:
                                    here *= closed
                                elif led is not None and names_unnegated(scenario.needs, gate.id):
                                    here *= led[f]
                                else:
                                    here *= shown
                            joint[scenario.id, f] += collect(
                                here, [table[scenario.id, f] for table in tables], gate_state
                            )
                    spare = max(spare, 0.0) * weight
                    prior_total += spare
                    for gate in reported:
                        closed, shown, _ = seen[gate.id, None]
                        spare *= shown if gate_state[gate.id] else closed
                    quiet += collect(spare, [table[None, 0] for table in tables], gate_state)
            told[name] = told.get(name, 0.0) + sum(joint.values()) + quiet - before
        total = sum(joint.values()) + quiet
        return World(
            joint={key: mass / total for key, mass in joint.items()},
            status_quo=quiet / total,
            gates={name: mass / total for name, mass in gate_mass.items()},
            on_now={name: mass / total for name, mass in on_mass.items()},
            log_evidence=math.log(total) - math.log(prior_total),
            stories={name: mass / total for name, mass in told.items()},
        )
