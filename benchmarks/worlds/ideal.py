"""The ideal observer: knows how good each source is, how it errs, what repeats what, and who is in whose hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from benchmarks.worlds.answer import Answer
from benchmarks.worlds.observer import Beliefs, Case, Line, Speaker, Speakers, answer
from benchmarks.worlds.saying import FADED, SIGHTED_ERROR, dictated
from benchmarks.worlds.values import Report, Setting, Source, Truth, World


def ideal(world: World) -> Answer:
    """The answer of an observer who lacks nothing but the truth itself.

    The arrival of a report is no evidence to it, only what the report says; where sources take time to notice, it takes
    each report to notice by itself. Without noticing and looks it is exact. Where the voices of an article share their
    reporter it treats them as independent.
    """
    held = any(source.held for source in world.sources)
    empty = world.family.meaningless
    real = world.real if not empty else _without_link(world)
    return answer(
        real,
        Beliefs(
            speakers=lambda coming: _speakers(world, coming=coming),
            steered=held,
            tempo=world.family.tempo,
            contamination=world.family.contamination,
        ),
        past=world.family.days,
    )


def _without_link(world: World) -> Setting:
    """A known share of the indicators means nothing; which ones, even the ideal observer does not know."""
    keep = 1 - round(world.family.meaningless * len(world.real.indicators)) / len(world.real.indicators)
    return replace(
        world.real,
        indicators=tuple(
            replace(i, seen_first=tuple((name, p * keep) for name, p in i.seen_first)) for i in world.real.indicators
        ),
    )


def _speakers(world: World, *, coming: bool) -> Speakers:
    by_id = {source.id: source for source in world.sources}
    told = dictated(_as_if(world, coming=coming), world.real)
    groups: dict[str, dict[str, list[Report]]] = {}
    for report in world.reports:
        if report.repeats is None:
            mind = report.source if world.family.settled and report.article is None else report.id
            groups.setdefault(report.indicator, {}).setdefault(mind, []).append(report)
    return {
        topic: [_speaker(by_id[said[0].source], said, world, told=told) for said in minds.values()]
        for topic, minds in groups.items()
    }


def _as_if(world: World, *, coming: bool) -> Truth:
    name = next(s.id for s in world.real.scenarios if s.event) if coming else None
    return replace(world.truth, scenario=name)


def _speaker(source: Source, said: Sequence[Report], world: World, *, told: float) -> Speaker:
    """Whoever is settled either knows or guesses once; who fades may know at first and guess later."""
    rho = {r.id: source.knows * (FADED if source.fades and 2 * r.about > world.family.days else 1.0) for r in said}
    levels = sorted({0.0, *rho.values(), 1.0})
    cases = []
    for low, high in pairwise(levels):
        knowing = {r.id for r in said if rho[r.id] >= high}
        for guess, chance in ((True, source.says_present), (False, 1 - source.says_present)):
            if len(knowing) == len(said) and guess:
                continue
            share = 1.0 if len(knowing) == len(said) else chance
            lines = tuple(_line(source, r, knows=r.id in knowing, guess=guess, world=world, told=told) for r in said)
            if all(line.on > 0 or line.off > 0 for line in lines):
                cases.append(Case(chance=(high - low) * share, lines=lines))
    return tuple(_merged(cases))


def _line(source: Source, r: Report, *, knows: bool, guess: bool, world: World, told: float) -> Line:
    present = _present(source, r.weight, knows=knows, guess=guess)
    chances = {state: p if r.present else 1 - p for state, p in present.items()}
    if source.held:
        said = told if r.present else 1 - told
        chances = {s: (1 - world.family.control) * p + world.family.control * said for s, p in chances.items()}
    return Line(day=r.about, on=chances["on"], off=chances["off"], unseen=chances["unseen"])


def _present(source: Source, weight: float, *, knows: bool, guess: bool) -> Mapping[str, float]:
    """Chance of saying "present" by state; a hedged report of one who knows is partly a fresh guess."""
    sighted = SIGHTED_ERROR if source.sighted else 1.0
    if not knows:
        return {"on": float(guess), "off": guess * sighted, "unseen": float(guess)}
    loose = (1 - weight) * source.says_present
    return {"on": weight + loose, "off": loose * sighted, "unseen": loose}


def _merged(cases: Sequence[Case]) -> list[Case]:
    """A speaker of one report needs no cases: their sum is one."""
    if len(cases[0].lines) > 1:
        return list(cases)
    lines = [case.lines[0] for case in cases]
    summed = Line(
        day=lines[0].day,
        on=sum(case.chance * line.on for case, line in zip(cases, lines, strict=True)),
        off=sum(case.chance * line.off for case, line in zip(cases, lines, strict=True)),
        unseen=sum(case.chance * line.unseen for case, line in zip(cases, lines, strict=True)),
    )
    return [Case(chance=1.0, lines=(summed,))]
