"""The collection log, who looked for what and found nothing; and the plan, who is to look how often."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tocsin.model.look import Look, Task
from tocsin.problem.days import day
from tocsin.problem.table import Table
from tocsin.problem.values import nearest, shown, text
from tocsin.problem.words import coverage, duration

LONGEST = 3660
"""Days that one entry may span: ten years."""


def looks(tables: Sequence[Table], *, indicators: Collection[str]) -> tuple[Look, ...]:
    """The declared looks."""
    return tuple(look for table in tables if (look := _look(table, indicators=indicators)) is not None)


def tasks(tables: Sequence[Table], *, indicators: Collection[str]) -> tuple[Task, ...]:
    """The declared tasks of collection."""
    return tuple(
        Task(
            indicator=_indicator(table, indicators),
            by=table.get("by", text, ""),
            every=table.get("every", duration(above=True, most=366.0), 1.0),
        )
        for table in tables
    )


def _indicator(table: Table, indicators: Collection[str]) -> str:
    name = table.get("indicator", text, "")
    if name and name not in indicators:
        table.say("indicator", f"{shown(name)} is no indicator", nearest(name, indicators, what="indicators"))
    return name


def _look(table: Table, *, indicators: Collection[str]) -> Look | None:
    name = _indicator(table, indicators)
    first = table.get("from", day, None)
    last = table.get("to", day, first)
    if first is None or last is None:
        return None
    if last < first:
        table.say("to", f"{last} lies before from, {first}", "let to be the later of the two, or leave it out")
    elif (last - first).days > LONGEST:
        table.say("to", f"lies {(last - first).days} days after from", f"log at most {LONGEST} days at once")
    return Look(
        indicator=name,
        first=first,
        last=last,
        by=table.get("by", text, ""),
        coverage=table.get("coverage", coverage, None),
    )
