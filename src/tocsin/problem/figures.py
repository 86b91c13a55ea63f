"""Figures: quantities that a scenario needs."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.model.problem import FigurePart, FigureQuestion
from tocsin.problem.keys import FIGURE_PART
from tocsin.problem.phrases import watch
from tocsin.problem.table import Table
from tocsin.problem.values import Wrong, ident, number, number_from, pair, shown, text, texts


def figures(tables: Sequence[Table], *, scenarios: frozenset[str]) -> tuple[FigureQuestion, ...]:
    """The declared figures."""
    return tuple(
        FigureQuestion(
            id=table.get("id", ident, table.name),
            of=table.get("of", text, ""),
            unit=table.get("unit", text, ""),
            where=table.get("where", texts, ()),
            expect=table.get("expect", span, (1.0, 2.0)),
            need=table.by_name("need", span, known=scenarios, what="scenarios"),
            attempt=table.by_name("attempt", span, known=scenarios, what="scenarios"),
            watch=watch(table),
            part=_part(table),
        )
        for table in tables
    )


def _part(table: Table) -> FigurePart | None:
    inner = table.table("part", FIGURE_PART)
    if inner is None:
        return None
    return FigurePart(
        of=inner.get("of", text, ""),
        expect=inner.get("expect", span, (1.0, 2.0)),
        words=inner.get("words", texts, ()),
        without=inner.get("without", texts, ()),
        whole=inner.get("whole", texts, ()),
        unclear=inner.get("unclear", number_from(0, 1), 0.5),
    )


def span(value: object) -> tuple[float, float]:
    """A low and a high number, the 5 and 95 % points of a log-normal.

    >>> span([80000, 100000])
    (80000.0, 100000.0)
    """
    low, high = (number(end) for end in pair(value, what="range"))
    if low <= 0:
        raise Wrong(f"{shown(value)} begins at or below nought", "let it begin above 0")
    if low > high:
        raise Wrong(f"{shown(value)} runs from high to low", f"write [{high:g}, {low:g}]")
    if low == high:
        raise Wrong(f"{shown(value)} leaves no room for doubt", f"write a range, as [{low * 0.9:g}, {low * 1.1:g}]")
    return low, high
