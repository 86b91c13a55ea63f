"""The alerts that a problem asks for: on what, through which channels of the desk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from tocsin.model.alert import AlertRule, Rule
from tocsin.problem.table import Table
from tocsin.problem.values import Wrong, choice, nearest, shown, texts
from tocsin.problem.words import duration

LONGEST = 366.0
"""Days that an alert looks ahead or back at most."""

_rule = choice(Rule, what="rule of an alert")


def alerts(tables: Sequence[Table], *, indicators: Collection[str]) -> tuple[AlertRule, ...]:
    """The declared alerts."""
    return tuple(
        AlertRule(
            on=table.get("on", _rules, ()),
            to=table.get("to", texts, ()),
            indicators=table.get("indicators", _known(indicators), ()),
            near=table.get("near", duration(most=LONGEST), 3.0),
            over=table.get("over", duration(least=7.0, most=LONGEST), 21.0),
        )
        for table in tables
    )


def _rules(value: object) -> tuple[Rule, ...]:
    return tuple(_rule(name) for name in texts(value))


def _known(indicators: Collection[str]) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        names = texts(value)
        for name in names:
            if name not in indicators:
                raise Wrong(f"{shown(name)} is no indicator", nearest(name, indicators, what="indicators"))
        return names

    return read
