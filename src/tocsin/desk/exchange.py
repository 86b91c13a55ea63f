"""Handing an answer to other programs: what an exporter is given, and which exporter makes what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from tocsin.desk.release import released
from tocsin.desk.values import Assessed
from tocsin.publish import csv, ftm, geojson, ics, misp, stix
from tocsin.publish.exported import DEFAULT_PRODUCER, Exported
from tocsin.publish.handling import Release, Withheld

FORMATS: Mapping[str, Callable[[Exported], bytes]] = {
    "stix": lambda given: stix.render(given).encode(),
    "csv": csv.archive,
    "ftm": lambda given: ftm.render(given).encode(),
    "geojson": lambda given: geojson.render(given).encode(),
    "ics": ics.render,
    "misp": lambda given: misp.render(given).encode(),
}
"""What an answer can be handed on as."""


def exported(
    found: Assessed, *, to: Release, issued: datetime | None = None, producer: str = DEFAULT_PRODUCER
) -> tuple[Exported, Withheld]:
    """An assessment as exporters take it, without what its readers may not see.

    Args:
        found: The assessment.
        to: What its readers are cleared for.
        issued: When it was last issued; None where it was not.
        producer: Who publishes it.
    """
    shown, gone = released(found, to=to)
    given = Exported(
        problem=shown.problem,
        assessment=shown.assessment,
        claims=shown.claims,
        reports=shown.stream.reports,
        ratings=shown.stream.ratings,
        linked=shown.linked,
        sources=shown.stream.sources,
        rejected=frozenset(claim.id for claim in shown.stream.rejected),
        withheld=gone.told(),
        issued=issued,
        producer=producer,
    )
    return given, gone
