"""Draws echoes: reports that repeat another, with or without saying so, and originals that are taken for echoes."""

from __future__ import annotations

from dataclasses import replace

from numpy.random import Generator

from benchmarks.worlds.family import Family
from benchmarks.worlds.saying import drawn_weight
from benchmarks.worlds.values import Report, Source

LATEST = 6


def echoes(found: list[Report], sources: tuple[Source, ...], family: Family, rng: Generator) -> list[Report]:
    """Draw the echoes of some originals. An echo says the same of the same day, later and by another source."""
    count = int(rng.poisson(family.reports * family.echoes))
    repeated = []
    for number in range(count):
        if not found:
            break
        parent = found[int(rng.integers(0, len(found)))]
        lag, weight = int(min(rng.geometric(0.4) - 1, LATEST)), drawn_weight(family, rng)
        others = [source for source in sources if source.id != parent.source]
        source, declared = others[int(rng.integers(0, len(others)))], rng.random() < family.flagged
        published = parent.published + lag
        if published >= family.days:
            continue
        repeated.append(
            replace(
                parent,
                id=f"e{number}",
                source=source.id,
                published=published,
                weight=weight,
                repeats=parent.id,
                flagged=parent.id if declared else None,
                article=None,
            )
        )
    return repeated


def falsely_flagged(found: list[Report], family: Family, rng: Generator) -> list[Report]:
    """Declare some originals to be echoes of an earlier report that says the same of the same indicator."""
    marked = []
    for report in found:
        earlier = [
            other.id
            for other in found
            if other.published < report.published
            and other.source != report.source
            and (other.indicator, other.present) == (report.indicator, report.present)
        ]
        chosen = rng.random() < family.false_flags
        marked.append(replace(report, flagged=earlier[-1]) if chosen and earlier else report)
    return marked
