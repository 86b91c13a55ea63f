"""Gates and scenarios: what must be so, and what may come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tocsin.model.problem import Chance, Expr, Gate, Scenario, Season
from tocsin.model.yardstick import Yardstick
from tocsin.problem.days import day, day_of_year
from tocsin.problem.keys import SEASON
from tocsin.problem.leads import lead
from tocsin.problem.needs import WORDS, holds, named, needs
from tocsin.problem.phrases import watch
from tocsin.problem.table import Table, circles
from tocsin.problem.values import Wrong, flag, ident, nearest, number_from, shown, text
from tocsin.problem.words import chance, duration

MOST_GATES = 10
"""Gates a problem may have: every combination of open and shut is enumerated."""

_NOTHING = Chance(point=0.0, low=0.0, high=0.0, text="")
_NO_NEED = Expr(op="true")
_NOT_OF_STATUS_QUO = ("prior", "even_odds_within", "not_before", "season", "needs")
_SURELY = 1 + 1e-9


def gates(tables: Sequence[Table], *, yardstick: Yardstick) -> tuple[Gate, ...]:
    """The declared gates."""
    if len(tables) > MOST_GATES:
        tables[MOST_GATES].say(
            "id", f"is gate {MOST_GATES + 1} of at most {MOST_GATES}", "join gates that open together"
        )
    for table in tables:
        if table.name.lower() in WORDS:
            table.say("id", f"{shown(table.name)} is a word of the needs grammar", "choose another id")
    _check_gate_circles(tables)
    return tuple(
        Gate(
            id=table.get("id", ident, table.name),
            statement=table.get("statement", text, table.name),
            probability=table.get("probability", chance(yardstick=yardstick), _NOTHING),
            opens=table.get("opens", day, None),
            lead=table.get("lead", lead, None),
            watch=watch(table),
            noticed_within=table.get("noticed_within", duration(), None) or None,
        )
        for table in tables
    )


def scenarios(tables: Sequence[Table], *, gates: frozenset[str], yardstick: Yardstick) -> tuple[Scenario, ...]:
    """The declared scenarios."""
    result = tuple(_scenario(table, gates=gates, yardstick=yardstick) for table in tables)
    quiet = [table for table, scenario in zip(tables, result, strict=True) if scenario.status_quo]
    for table in quiet[1:]:
        table.say("status_quo", f"is true in {quiet[0].where} already", "let one scenario be the status quo")
    return result


def overfull(scenarios: Sequence[Scenario], gates: Sequence[Gate]) -> tuple[float, frozenset[str]] | None:
    """The combination of open gates in which the priors sum highest above one, or None if there is none.

    Returns:
        The sum, and the gates that are open.
    """
    names = [gate.id for gate in gates]
    worst: tuple[float, frozenset[str]] | None = None
    for count in range(len(names) + 1):
        for some in combinations(names, count):
            opened = frozenset(some)
            total = sum(s.prior.point for s in scenarios if s.prior is not None and holds(s.needs, opened))
            if total > (worst[0] if worst else _SURELY):
                worst = total, opened
    return worst


def ever_holds(scenario: Scenario, gates: Sequence[Gate]) -> bool:
    """Is there any combination of gates in which the scenario can come?"""
    names = [gate.id for gate in gates]
    return any(
        holds(scenario.needs, frozenset(some)) for count in range(len(names) + 1) for some in combinations(names, count)
    )


def _scenario(table: Table, *, gates: frozenset[str], yardstick: Yardstick) -> Scenario:
    quiet = table.get("status_quo", flag, False)
    if quiet:
        for key in _NOT_OF_STATUS_QUO:
            if key in table:
                table.say(key, "has no meaning for the status quo, which takes what the others leave", f"delete {key}")
        if table.values.get("event") is True:
            table.say("event", "the status quo cannot be the event", "write event = false")
    else:
        for key, example in (("event", "true"), ("prior", '"unlikely"'), ("even_odds_within", '"60 days"')):
            table.want(key, f"add {key} = {example}")
    within = table.get("even_odds_within", duration(above=True), None)
    return Scenario(
        id=table.get("id", ident, table.name),
        statement=table.get("statement", text, table.name),
        event=table.get("event", flag, False),
        prior=None if quiet else table.get("prior", chance(yardstick=yardstick), _NOTHING),
        even_odds_within=within,
        not_before=table.get("not_before", day, None),
        season=tuple(_season(inner, within) for inner in table.tables("season", SEASON)),
        needs=table.get("needs", lambda value: _known(needs(value), gates), _NO_NEED),
        needs_text=table.get("needs", text, ""),
        status_quo=quiet,
    )


def _season(table: Table, within: float | None) -> Season:
    factor = table.get("factor", number_from(0), 1.0)
    if within and factor * (1 - 2 ** (-1 / within)) > 1:
        table.say("factor", f"{factor:g} lifts the daily hazard above one", "write a smaller factor")
    return Season(
        start=table.get("from", day_of_year, (1, 1)), end=table.get("to", day_of_year, (12, 31)), factor=factor
    )


def _known(expr: Expr, gates: frozenset[str]) -> Expr:
    strangers = sorted({name for name in named(expr) if name not in gates})
    if strangers:
        said = " and ".join(shown(name) for name in strangers)
        raise Wrong(
            f"{said} is no gate" if len(strangers) == 1 else f"{said} are no gates",
            nearest(strangers[0], gates, what="gates"),
        )
    return expr


def _check_gate_circles(tables: Sequence[Table]) -> None:
    """Gates have no needs; who gave them some, and in a circle, is told of the circle too."""
    follows: dict[str, list[str]] = {}
    for table in tables:
        if "needs" in table:
            try:
                follows[table.name] = list(named(needs(table.values["needs"])))
            except Wrong:
                continue
    for ring in circles(follows):
        where = next(table for table in tables if table.name == ring[0])
        where.say(
            "needs", f"the gates need each other in a circle: {' > '.join(ring)}", "join them in a scenario's needs"
        )
