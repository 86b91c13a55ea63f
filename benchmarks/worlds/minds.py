"""A rule tried beside the core's: a source is of one mind about a sign, and either knows it or guessed once.

The core takes all but the latest of a run of equal statements for copies, and a change as news. Under the rule tried
here a source that changes its statement shows that it was not guessing.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks.worlds import plain
from benchmarks.worlds.answer import Answer
from benchmarks.worlds.ideal import ideal
from benchmarks.worlds.sources import SIGHTED
from benchmarks.worlds.values import World

SLIPS = 0.95
"""Even who knows says something else now and then; else two sources that cross each other would be impossible."""


def one_mind(world: World) -> Answer:
    """The answer with declared grades, declared echoes left out, no blanket, and every source of one mind."""
    sources = tuple(
        replace(
            source,
            knows=plain.GRADE[source.grade],
            says_present=0.57 if source.alarmist else 0.5,
            sighted=source.access in SIGHTED,
            fades=False,
            held=False,
        )
        for source in world.sources
    )
    unjudged = {source.id for source in world.sources if source.grade == "F"}
    said = {report.id: report.present for report in world.reports}
    reports = tuple(
        replace(
            report,
            weight=SLIPS * report.weight,
            repeats=report.flagged if said.get(report.flagged or "") == report.present else None,
        )
        for report in world.reports
        if report.source not in unjudged
    )
    family = replace(world.family, settled=True, meaningless=0.0)
    return ideal(replace(world, sources=sources, reports=reports, real=world.declared, family=family))
