"""Handing an answer to other programs: what an exporter is given, and which exporter makes what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tocsin.desk.release import released
from tocsin.desk.values import Assessed
from tocsin.errors import UsageError
from tocsin.model.report import Source
from tocsin.publish import csv, ftm, geojson, ics, misp, stix
from tocsin.publish.exported import DEFAULT_PRODUCER, Exported
from tocsin.publish.handling import Release, Withheld, marked

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


def refuse_marked(reports: Mapping[str, str], sources: Sequence[Source], *, to: Release) -> None:
    """See that a whole desk may leave: what is lossless can leave nothing out.

    Args:
        reports: The caveats of its reports, by the report's id.
        sources: Everybody who is declared on it.
        to: What those who are given it are cleared for.

    Raises:
        UsageError: Something carries a caveat that the release does not cover.
    """
    gone = marked(reports, sources, to=to)
    if gone:
        raise UsageError(
            f"the whole desk holds what these readers may not have ({gone.told()}): let all of it go with "
            "--release all, or hand on an answer in another format"
        )


def refuse_signed(kept: Mapping[str, int]) -> None:
    """See that no reason that people signed leaves with a whole desk: nobody marks one, and it may quote anything.

    Args:
        kept: How many there are, by what they stand in.

    Raises:
        UsageError: There is one.
    """
    told = ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for what, count in kept.items() if count)
    if told:
        raise UsageError(
            f"the whole desk holds what its people wrote for themselves ({told}): let all of it go with --release all, "
            "or hand on an answer in another format"
        )


def receiving(path: Path) -> Path:
    """A folder that the lines of a whole desk can be taken into: made if it is not there, and any desk as it is.

    Raises:
        UsageError: It is no folder, or cannot be made one.
    """
    try:
        (path / "problems").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: no desk can be made there: {error.strerror or error}") from error
    return path
