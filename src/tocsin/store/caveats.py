"""The caveats of reports: the one that each was taken in with, and those that were given later. All of them hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from tocsin.model.handling import caveat, stricter
from tocsin.model.log import Act, CaveatGiven
from tocsin.store import schema as t
from tocsin.store.log import note_act
from tocsin.store.order import in_order
from tocsin.store.rows import Shape

CAVEAT = Shape(CaveatGiven, t.caveats)
_TOGETHER = 500


def given_later(connection: Connection, reports: Iterable[str] | None = None) -> dict[str, list[str]]:
    """The caveats given to reports that were there already, by report, in the order in which they were given.

    Args:
        connection: A step.
        reports: Only those of these reports; of all if left out.
    """
    query = select(t.caveats)
    if reports is None:
        rows = list(connection.execute(query).mappings())
    else:
        wanted = sorted(set(reports))
        parts = (wanted[start : start + _TOGETHER] for start in range(0, len(wanted), _TOGETHER))
        rows = [
            row for part in parts for row in connection.execute(query.where(t.caveats.c.report.in_(part))).mappings()
        ]
    found: dict[str, list[str]] = {}
    for row in in_order(rows, "at"):
        found.setdefault(row["report"], []).append(row["handling"])
    return found


def mark(
    connection: Connection, report: str, handling: str | None, *, by: str | None, at: datetime, why: str
) -> str | None:
    """Give a report that is there a caveat, inside a step.

    Returns:
        What it carries from now on; None where what it carries covers that already: then nothing changes.
    """
    own = connection.execute(select(t.reports.c.handling).where(t.reports.c.id == report)).first()
    if own is None or not handling:
        return None
    before = stricter([own.handling, *given_later(connection, [report]).get(report, ())])
    if caveat(before).covers(caveat(handling)):
        return None
    given = CaveatGiven(report=report, handling=handling, by=by, at=at, why=why)
    connection.execute(insert(t.caveats).values(CAVEAT.row(given)))
    detail = {"handling": handling}
    note_act(connection, Act(at=at, who=by or "tocsin", what="caveat", subject=report, why=why, detail=detail))
    return stricter([before, handling])
