"""Actors and the dispute they are in: who stands where, how much they can do, how much they care."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.model.actors import Actor, Dispute, Measure
from tocsin.problem.days import day
from tocsin.problem.degrees import DEGREES, POSITIONS, hundred, measure
from tocsin.problem.table import Table
from tocsin.problem.values import Wrong, ident, nearest, number_from, shown, text, texts

_NOBODY: tuple[tuple[str, ...], ...] = ()
_NOUGHT = Measure(point=0.0, low=0.0, high=0.0, text="")


def actors(tables: Sequence[Table]) -> tuple[Actor, ...]:
    """The declared actors; at least one must weigh something."""
    result = tuple(_actor(table) for table in tables)
    seen: set[str] = set()
    for table in tables:
        if table.name and table.name in seen:
            table.say("id", f"{shown(table.name)} is declared twice", "give each actor an id of its own")
        seen.add(table.name)
    weigh = any(actor.capability.point * actor.salience.point > 0 for actor in result)
    if tables and not weigh and not any(table.bad for table in tables):
        cure = "give at least one actor both"
        tables[0].say("capability", "no actor weighs anything: capability times salience is nought for all", cure)
    return result


def dispute(table: Table | None, *, question: str, gates: Sequence[str], actors: Sequence[str]) -> Dispute | None:
    """What the declared actors differ about; without a table of its own, the question itself and no gate."""
    if table is None:
        return Dispute(question=question) if actors else None
    gate = table.get("gate", ident, None)
    if gate is not None and gate not in gates:
        table.say("gate", f"{shown(gate)} is no gate", nearest(gate, gates, what="gates"))
    without = table.get("without", _groups, _NOBODY)
    for name in sorted({name for group in without for name in group} - set(actors)):
        table.say("without", f"{shown(name)} is no actor", nearest(name, actors, what="actors"))
    if not actors:
        table.say("question", "nobody is declared who differs about it", "add [[actors]], or delete [dispute]")
    return Dispute(
        question=table.get("question", text, question),
        nought=table.get("nought", text, ""),
        hundred=table.get("hundred", text, ""),
        gate=gate,
        even_at=table.get("even_at", hundred, 50.0),
        width=table.get("width", number_from(0, 1000, above=True), 10.0),
        without=without,
    )


def _actor(table: Table) -> Actor:
    since, until = table.get("since", day, None), table.get("until", day, None)
    if since is not None and until is not None and until < since:
        table.say("until", f"{until} lies before since, {since}", "let until be the later of the two")
    return Actor(
        id=table.get("id", ident, table.name),
        name=table.get("name", text, table.name),
        position=table.get("position", measure(POSITIONS), _NOUGHT),
        capability=table.get("capability", measure(DEGREES), _NOUGHT),
        salience=table.get("salience", measure(DEGREES), _NOUGHT),
        since=since,
        until=until,
    )


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    """A list of lists of actors; one plain list is one group."""
    if not isinstance(value, list):
        raise Wrong(f"{shown(value)} names no actors", 'write [["one", "another"]]')
    if value and all(isinstance(item, str) for item in value):
        return (texts(value),)
    return tuple(texts(item) for item in value)
