"""Reports as the analyst declared them, each on its own: what the simpler methods and the cross-checks start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.worlds.observer import Case, Line, Speaker
from benchmarks.worlds.saying import SIGHTED_ERROR
from benchmarks.worlds.sources import SIGHTED
from benchmarks.worlds.values import Report, World

GRADE = {"A": 0.90, "B": 0.75, "C": 0.57, "D": 0.40, "E": 0.20, "F": 0.0}
ECHO = 0.9


def line(world: World, report: Report, *, copied: float = 0.0) -> Line:
    """A report's likelihoods under the declared grade; ``copied`` is the chance that it merely repeats another."""
    source = next(source for source in world.sources if source.id == report.source)
    knows = report.weight * GRADE[source.grade]
    guess = (1 - knows) * (0.57 if source.alarmist else 0.5)
    off = guess * (SIGHTED_ERROR if source.access in SIGHTED else 1.0)
    chances = [knows + guess, off, guess]
    if source.grade == "F":
        chances = [0.5, 0.5, 0.5]
    on, quiet, unseen = (copied + (1 - copied) * (p if report.present else 1 - p) for p in chances)
    return Line(day=report.about, on=on, off=quiet, unseen=unseen)


def echo_chance(world: World, report: Report) -> float:
    """The chance that a report repeats the one it was declared to repeat; 0 where it says otherwise."""
    parent = next((other for other in world.reports if other.id == report.flagged), None)
    return ECHO if parent is not None and parent.present == report.present else 0.0


def speakers(world: World, reports: Sequence[Report], *, echoes: bool) -> Mapping[str, Sequence[Speaker]]:
    """Every report as a speaker of its own, for each indicator and gate."""
    found: dict[str, list[Speaker]] = {}
    for report in reports:
        copied = echo_chance(world, report) if echoes else 0.0
        found.setdefault(report.indicator, []).append((Case(chance=1.0, lines=(line(world, report, copied=copied),)),))
    return found
