"""Indicators: what to look for, and what seeing it would mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.model.problem import Chance, Indicator, Scenario
from tocsin.model.time import Lead
from tocsin.model.yardstick import Yardstick
from tocsin.problem.leads import lead
from tocsin.problem.phrases import watch
from tocsin.problem.table import Table, circles
from tocsin.problem.values import flag, ident, nearest, number_from, shown, string_keyed, text
from tocsin.problem.words import SEEN_FIRST, chance, coverage, duration, rate

_LEAD_CURE = 'write ["42 days", "49 days", "63 days"] for at least, typically, at most'


def indicators(
    tables: Sequence[Table], *, scenarios: Sequence[Scenario], yardstick: Yardstick
) -> tuple[Indicator, ...]:
    """The declared indicators."""
    result = tuple(_indicator(table, scenarios=scenarios, yardstick=yardstick) for table in tables)
    ids = {indicator.id for indicator in result}
    by_id = {indicator.id: table for table, indicator in zip(tables, result, strict=True)}
    for table, indicator in zip(tables, result, strict=True):
        if indicator.then is not None and indicator.then not in ids:
            table.say(
                "then", f"{shown(indicator.then)} is no indicator", nearest(indicator.then, ids, what="indicators")
            )
    follows = {i.id: [i.then] for i in result if i.then is not None and i.then in ids}
    for ring in circles(follows):
        by_id[ring[0]].say("then", f"runs in a circle: {' > '.join(ring)}", "let the last one be followed by none")
    return result


def _indicator(table: Table, *, scenarios: Sequence[Scenario], yardstick: Yardstick) -> Indicator:
    known = frozenset(scenario.id for scenario in scenarios)
    read = chance(yardstick=yardstick, words=SEEN_FIRST)
    seen_first = table.by_name("seen_first", read, known=known, what="scenarios")
    for scenario in scenarios:
        if scenario.status_quo and scenario.id in seen_first and seen_first[scenario.id].point > 0:
            table.say(
                "seen_first", "nothing is coming in the status quo", "use false_starts instead", inside=scenario.id
            )
    then = table.get("then", ident, None)
    return Indicator(
        id=table.get("id", ident, table.name),
        statement=table.get("statement", text, table.name),
        watch=watch(table),
        seen_first=seen_first,
        leads=_leads(table, known=known, seen_first=seen_first),
        then=then,
        false_starts=table.get("false_starts", rate, 0.0),
        false_start_lasts=table.get("false_start_lasts", duration(least=1), 20.0),
        coverage=table.get("coverage", coverage, 0.0),
        false_alarm=table.get("false_alarm", number_from(0, 1), 0.0),
        noticed_within=table.get("noticed_within", duration(), None) or None,
        critical=table.get("critical", flag, False),
        building=table.get("building", flag, "then" in table),
    )


def _leads(table: Table, *, known: frozenset[str], seen_first: Mapping[str, Chance]) -> Mapping[str, Lead]:
    expected = sorted(name for name, first in seen_first.items() if first.point > 0)
    if "lead" not in table:
        if expected:
            table.want("lead", _LEAD_CURE, message=f"is missing, and it would be seen before {expected[0]}")
        return {}
    if string_keyed(table.values["lead"]) is None:
        one = table.get("lead", lead, None)
        return {} if one is None else {"": one}
    leads = table.by_name("lead", lead, known=known, what="scenarios")
    if "lead" not in table.bad:
        for name in expected:
            if name not in leads:
                table.say("lead", "is missing", _LEAD_CURE, inside=name)
    return leads
