"""The declared problem and the declared sources, from TOML to frozen values, with all faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tocsin.errors import Fault, Place
from tocsin.model.problem import Chance, Gate, Scenario, WarningProblem
from tocsin.model.report import Source
from tocsin.model.yardstick import ICD_203, YARDSTICKS, Yardstick
from tocsin.problem.actors import actors, dispute
from tocsin.problem.alerts import alerts
from tocsin.problem.days import day
from tocsin.problem.deception import deceptions
from tocsin.problem.document import digest_of, fetch, parse
from tocsin.problem.explanations import explanations
from tocsin.problem.figures import figures
from tocsin.problem.indicators import indicators
from tocsin.problem.keys import (
    ACTOR,
    ALERT,
    DECEPTION,
    DECISION,
    DISPUTE,
    ELSEWHERE,
    EXPLANATION,
    FIGURE,
    GATE,
    INDICATOR,
    LOOK,
    METHOD,
    OWN_PLACE,
    PROBLEM,
    SCENARIO,
    SOURCE,
    SOURCES,
    TASK,
)
from tocsin.problem.looks import looks, tasks
from tocsin.problem.needs import holds, named
from tocsin.problem.places import own_places
from tocsin.problem.scenarios import MOST_GATES, ever_holds, gates, overfull, scenarios
from tocsin.problem.settings import decisions, method
from tocsin.problem.sources import sources
from tocsin.problem.table import Faults, Table
from tocsin.problem.values import Wrong, ident, shown, text, whole_from

_FOLDER = "problems"
LONGEST_WATCH = 3660
"""Days from `opened` to `by` at most: ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A problem, and notes on it: things that are no faults and that its author should know."""

    problem: WarningProblem
    notes: tuple[Fault, ...]


def load_problem(path: Path) -> WarningProblem:
    """Read one ``problems/<id>.toml``.

    Raises:
        FaultyInput: with all faults of the file.
    """
    return load(path).problem


def parse_problem(text: str, *, file: str) -> WarningProblem:
    """Read a problem from the text of its file; ``file`` is the name that faults show.

    Raises:
        FaultyInput: with all faults of the text.
    """
    return _load(text, file=file, digest=digest_of(text)).problem


def load(path: Path) -> Loaded:
    """Read one ``problems/<id>.toml`` together with the notes on it.

    Raises:
        FaultyInput: with all faults of the file.
    """
    written, digest = fetch(path)
    loaded = _load(written, file=str(path), digest=digest)
    if path.parent.name != _FOLDER or path.stem == loaded.problem.id:
        return loaded
    misnamed = Fault(
        Place(str(path), "id"), f"{shown(loaded.problem.id)} is not the name of the file", "name both alike"
    )
    return replace(loaded, notes=(misnamed, *loaded.notes))


def load_sources(path: Path) -> tuple[Source, ...]:
    """Read one ``sources.toml``.

    Raises:
        FaultyInput: with all faults of the file.
    """
    return parse_sources(fetch(path)[0], file=str(path))


def parse_sources(text: str, *, file: str) -> tuple[Source, ...]:
    """Read sources from the text of their file; ``file`` is the name that faults show.

    Raises:
        FaultyInput: with all faults of the text.
    """
    faults = Faults(file)
    top = Table(parse(text, file=file), "", SOURCES, faults)
    top.get("schema", _schema, 1)
    result = sources(top.tables("sources", SOURCE))
    faults.raise_if_any()
    return result


def _load(written: str, *, file: str, digest: str) -> Loaded:
    faults = Faults(file)
    top = Table(parse(written, file=file), "", PROBLEM, faults)
    top.get("schema", _schema, 1)
    scale = top.get("yardstick", _yardstick, ICD_203)
    gate_tables, scenario_tables = top.tables("gates", GATE), top.tables("scenarios", SCENARIO)
    indicator_tables, figure_tables = top.tables("indicators", INDICATOR), top.tables("figures", FIGURE)
    actor_tables = top.tables("actors", ACTOR)
    declared_gates = gates(gate_tables, yardstick=scale)
    indicator_ids = {table.name for table in indicator_tables}
    gate_ids = frozenset(gate.id for gate in declared_gates)
    declared = scenarios(scenario_tables, gates=gate_ids, yardstick=scale)
    problem = WarningProblem(
        id=top.get("id", ident, ""),
        question=top.get("question", text, ""),
        resolution=top.get("resolution", text, ""),
        opened=top.get("opened", day, date.min),
        by=top.get("by", day, date.max),
        yardstick=scale.name,
        scenarios=declared,
        gates=declared_gates,
        indicators=indicators(indicator_tables, scenarios=declared, yardstick=scale),
        figures=figures(figure_tables, scenarios=frozenset(scenario.id for scenario in declared)),
        places=own_places(top.tables("places", OWN_PLACE)),
        decisions=decisions(top.tables("decisions", DECISION), yardstick=scale),
        method=method(top.table("method", METHOD)),
        sources=sources(top.tables("sources", SOURCE)),
        dispute=dispute(
            top.table("dispute", DISPUTE),
            question=top.get("question", text, ""),
            gates=sorted(gate_ids),
            actors=[table.name for table in actor_tables],
        ),
        actors=actors(actor_tables),
        explanations=explanations(
            top.tables("explanations", EXPLANATION), scenarios=declared, gates=declared_gates, yardstick=scale
        ),
        deception=deceptions(
            top.tables("deception", DECEPTION),
            scenarios=declared,
            targets=gate_ids | indicator_ids,
        ),
        looks=looks(top.tables("looks", LOOK), indicators=indicator_ids),
        collection=tasks(top.tables("collection", TASK), indicators=indicator_ids),
        alerts=alerts(top.tables("alerts", ALERT), indicators=indicator_ids),
        digest=digest,
    )
    _check_days(top, problem)
    _check_ids(gate_tables, scenario_tables, indicator_tables, figure_tables)
    _check_events(top, scenario_tables, problem)
    known = [s for s, table in zip(declared, scenario_tables, strict=True) if not table.bad & {"prior", "needs"}]
    _check_priors(top, known, declared_gates)
    faults.raise_if_any()
    return Loaded(problem=problem, notes=_notes(top, problem, file))


def _schema(value: object) -> int:
    try:
        return whole_from(1, 1)(value)
    except Wrong:
        raise Wrong(f"{shown(value)} is no version that is read here", "write schema = 1") from None


def _yardstick(value: object) -> Yardstick:
    scale = next(
        (s for name, s in YARDSTICKS.items() if isinstance(value, str) and name.lower() == value.strip().lower()), None
    )
    if scale is None:
        raise Wrong(f"{shown(value)} is no yardstick", f"write one of: {', '.join(YARDSTICKS)}")
    return scale


def _check_days(top: Table, problem: WarningProblem) -> None:
    if top.bad & {"opened", "by"}:
        return
    watched = (problem.by - problem.opened).days
    if watched < 0:
        top.say("by", f"{problem.by} lies before opened, {problem.opened}", "let by be the later of the two")
    elif watched > LONGEST_WATCH:
        top.say("by", f"lies {watched} days after opened", f"watch for at most {LONGEST_WATCH} days")


def _check_ids(*groups: Sequence[Table]) -> None:
    owners: dict[str, Table] = {}
    for table in (table for group in groups for table in group):
        owner = owners.setdefault(table.name, table)
        if table.name and owner is not table:
            said = f"another {owner.kind.noun}" if owner.kind is table.kind else owner.kind.article
            cure = "give each gate, scenario, indicator and figure an id of its own"
            table.say("id", f"{shown(table.name)} is also the id of {said}", cure)


def _check_events(top: Table, tables: Sequence[Table], problem: WarningProblem) -> None:
    if "scenarios" in top.bad or any(scenario.event for scenario in problem.scenarios):
        return
    if not problem.scenarios:
        top.say("scenarios", "is empty", "declare at least one scenario with event = true")
    elif not any("event" in table.bad for table in tables):
        top.say("scenarios", "none of them counts for the question", "write event = true in at least one")


def _check_priors(top: Table, declared: Sequence[Scenario], opened: Sequence[Gate]) -> None:
    if len(opened) > MOST_GATES:
        return
    worst = overfull(declared, opened)
    if worst is None:
        return
    total, state = worst
    when = (
        f"when {', '.join(sorted(state))} {'is' if len(state) == 1 else 'are'} open"
        if state
        else "with every gate shut"
        if opened
        else "together"
    )
    parts = ((s, s.prior) for s in declared if s.prior is not None and s.prior.point > 0 and holds(s.needs, state))
    added = " + ".join(f"{prior.point:.2f} ({s.id}{_in_words(prior)})" for s, prior in parts)
    top.say(
        "scenarios",
        f"the priors sum to {total:.4g} {when}: {added}",
        "lower them until they sum to 1 at most, or let gates keep them apart",
    )


def _in_words(prior: Chance) -> str:
    """What stood in the file where that was not the number itself."""
    return f', "{prior.text}"' if prior.text and prior.text != f"{prior.point:g}" else ""


def _notes(top: Table, problem: WarningProblem, file: str) -> tuple[Fault, ...]:
    return tuple(Fault(Place(file, where), message, cure) for where, message, cure in _noted(top, problem))


def _noted(top: Table, problem: WarningProblem) -> Iterator[tuple[str, str, str]]:
    """Place, message and cure of everything that is allowed and worth a second look."""
    for name in ELSEWHERE:
        if name in top:
            yield name, "is not read here", "declare it in tocsin.toml, for it serves all problems of the desk"
    if not problem.resolution:
        yield "resolution", "is missing", "say what counts as yes, so that the forecast can be scored"
    for key, items in (("gates", problem.gates), ("scenarios", problem.scenarios), ("indicators", problem.indicators)):
        for item in items:
            if item.statement == item.id:
                yield f"{key}.{item.id}.statement", "is missing", "say it as a sentence: pages show the id instead"
    needed = {name for scenario in problem.scenarios for name in named(scenario.needs)}
    for gate in problem.gates:
        if gate.id not in needed:
            yield f"gates.{gate.id}", "no scenario needs this gate", "name it in a scenario's needs, or delete it"
    for scenario in problem.scenarios:
        if not ever_holds(scenario, problem.gates):
            yield f"scenarios.{scenario.id}.needs", "can never hold", "check its not and and"
        if scenario.not_before is not None and scenario.not_before > problem.by:
            yield f"scenarios.{scenario.id}.not_before", "lies after by: it cannot change the answer", "check both days"
    if problem.actors and "dispute" not in top:
        yield "dispute", "is missing", "say what positions 0 and 100 mean, and which gate follows from them"
    for indicator in problem.indicators:
        if not indicator.watch.phrases:
            yield (
                f"indicators.{indicator.id}.watch",
                "is missing: no report can be linked to it",
                "add phrases to watch for",
            )
