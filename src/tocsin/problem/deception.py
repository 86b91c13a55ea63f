"""Deception: who may be steering which channels, and by which story."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tocsin.errors import Fault, Place
from tocsin.model.deception import NONE, Deception, Story
from tocsin.model.problem import Scenario, WarningProblem
from tocsin.model.report import Source
from tocsin.problem.table import Table
from tocsin.problem.values import Wrong, alike, flag, ident, nearest, shown, string_keyed, text, texts
from tocsin.problem.words import proportion

BUILT_IN: Mapping[str, tuple[float, float, float]] = {
    NONE: (0.70, 0.5, 0.5),
    "hide": (0.15, 0.1, 0.9),
    "loud": (0.10, 0.9, 0.9),
    "quiet": (0.05, 0.1, 0.1),
}
"""The stories that are always listed: mass, chance of "present" where an event is coming, and where none is."""

QUESTIONS = ("motive", "practice", "manipulable", "contradicts")
"""Motive and means; past practice; sources that can be manipulated; it contradicts better evidence."""

NO_STORY = (0.90, 0.80, 0.70, 0.50, 0.30)
"""P(story = none) by how many of the four questions are answered with yes."""

MOST_STORIES = 64
"""Combinations of the stories of all parties that can be weighed together."""

VOICE = "voice:"
"""How the id of a voice begins that nobody declared."""

_REACH = 0.25
_EVENT, _OTHERWISE = "event", "otherwise"
_SUM_WITHIN = 1e-6
_chance = proportion()


def deceptions(
    tables: Sequence[Table], *, scenarios: Sequence[Scenario], targets: Collection[str]
) -> tuple[Deception, ...]:
    """The declared parties.

    Args:
        tables: One per party.
        scenarios: The declared scenarios; a story may treat each in its own way.
        targets: Ids of the indicators and gates that a story may be about.
    """
    result = tuple(_deception(table, scenarios=scenarios, targets=targets) for table in tables)
    seen: set[str] = set()
    for table, one in zip(tables, result, strict=True):
        if one.id in seen:
            table.say("id", f"{shown(one.id)} is declared twice", "give each party an id of its own")
        seen.add(one.id)
    _check_reach(tables, result)
    together = math.prod(len(one.stories) for one in result)
    if together > MOST_STORIES:
        tables[-1].say(
            "stories",
            f"the parties have {together} combinations of stories together",
            f"declare fewer parties or stories: at most {MOST_STORIES} combinations can be weighed",
        )
    return result


def _deception(table: Table, *, scenarios: Sequence[Scenario], targets: Collection[str]) -> Deception:
    reach = table.get("q", _chance, _REACH)
    suspects = _suspects(table, reach)
    party = table.get("party", text, None)
    if "suspects" not in table and "party" not in table:
        table.say("suspects", "is missing: nothing is within reach", 'write suspects = ["a-source"], or party = "…"')
    about: tuple[str, ...] = table.get("indicators", texts, ())
    for name in about:
        if name not in targets:
            cure = nearest(name, targets, what="indicators and gates")
            table.say("indicators", f"{shown(name)} is no indicator or gate", cure)
    return Deception(
        id=table.get("id", ident, table.name),
        stories=_stories(table, scenarios=scenarios),
        party=party,
        suspects=suspects,
        reach=reach,
        indicators=about,
    )


def _suspects(table: Table, reach: float) -> Mapping[str, float]:
    """A list of sources, each with the party's own reach, or a table that gives each its own."""
    if string_keyed(table.values.get("suspects")) is not None:
        return table.by_name("suspects", _chance, known=None, what="sources")
    listed: tuple[str, ...] = table.get("suspects", texts, ())
    return dict.fromkeys(listed, reach)


def _stories(table: Table, *, scenarios: Sequence[Scenario]) -> tuple[Story, ...]:
    told = _told(table, scenarios=scenarios)
    mass = _masses(table, own=told)
    built_in = {name: Story(id=name, prior=0.0, event=e, otherwise=o) for name, (_, e, o) in BUILT_IN.items()}
    return tuple(
        Story(id=name, prior=mass[name], event=story.event, otherwise=story.otherwise, present=story.present)
        for name, story in (built_in | told).items()
    )


def _told(table: Table, *, scenarios: Sequence[Scenario]) -> dict[str, Story]:
    """Stories of the party's own: what a steered channel says under each scenario."""
    known = {scenario.id for scenario in scenarios} | {_EVENT, _OTHERWISE}

    def read(value: object) -> Story:
        given = string_keyed(value)
        if not given:
            raise Wrong(f"{shown(value)} does not say what is told", "write { event = 0.9, otherwise = 0.1 }")
        for name in given:
            if name not in known:
                raise Wrong(f"{shown(name)} is no scenario", nearest(name, known, what="scenarios"))
        present = {name: _chance(chance) for name, chance in given.items()}
        named = {name: chance for name, chance in present.items() if name not in {_EVENT, _OTHERWISE}}
        return Story(
            id="", prior=0.0, event=present.get(_EVENT, 0.5), otherwise=present.get(_OTHERWISE, 0.5), present=named
        )

    found = table.by_name("tells", read, known=None, what="stories")
    for name in found:
        if name in BUILT_IN:
            table.say("tells", f"{shown(name)} is a built-in story", "give yours another name", inside=name)
        try:
            ident(name)
        except Wrong as wrong:
            table.say("tells", wrong.message, wrong.cure, inside=name)
    return {name: story for name, story in found.items() if name not in BUILT_IN}


def _masses(table: Table, *, own: Collection[str]) -> dict[str, float]:
    """The probability of each story: as given, by the four questions, or the defaults.

    What the given ones leave over goes to the built-in stories that are not named, in the proportions of the defaults.
    """
    given = table.by_name("stories", _chance, known={*BUILT_IN, *own}, what="stories")
    answered = [table.get(question, flag, None) for question in QUESTIONS if question in table]
    if answered and NONE in given:
        table.say("stories", "gives the mass of none, and so do the answers to the four questions", "leave one out")
    elif answered:
        given[NONE] = NO_STORY[sum(answer is True for answer in answered)]
    for name in own:
        if name not in given and "stories" not in table.bad:
            table.say("stories", f"has no probability for {shown(name)}", f"add {name} = 0.1 to stories")
    total = math.fsum(given.values())
    left = {name: mass for name, (mass, _, _) in BUILT_IN.items() if name not in given}
    wrong = total > 1 + _SUM_WITHIN or (not left and abs(total - 1) > _SUM_WITHIN)
    if wrong and "stories" not in table.bad:
        table.say("stories", f"the probabilities sum to {total:g}, not to 1", "let them sum to 1")
    spare = max(1.0 - total, 0.0)
    shares = {name: spare * mass / math.fsum(left.values()) for name, mass in left.items()}
    mass = {**dict.fromkeys(own, 0.0), **given, **shares}
    if mass[NONE] <= 0 and "stories" not in table.bad:
        table.say("stories", "leaves nothing to none: a party that surely deceives cannot be weighed", "give none some")
    return mass


def _check_reach(tables: Sequence[Table], declared: Sequence[Deception]) -> None:
    """No statement can be steered with more than certainty, whoever the parties are."""
    for source in sorted({name for one in declared for name in one.suspects}):
        total = math.fsum(one.suspects.get(source, 0.0) for one in declared)
        if total > 1 + _SUM_WITHIN:
            last = max(at for at, one in enumerate(declared) if source in one.suspects)
            tables[last].say(
                "suspects", f"the parties together steer {shown(source)} with probability {total:g}", "lower their q"
            )


def by_id(problem: WarningProblem, sources: Sequence[Source]) -> WarningProblem:
    """The problem with every suspect under the id of its source, whichever of its names the file gives."""
    if not any(one.suspects for one in problem.deception):
        return problem
    ids = _names(sources)
    resolved = []
    for one in problem.deception:
        suspects: dict[str, float] = {}
        for name, chance in one.suspects.items():
            source = ids.get(_folded(name), name)
            suspects[source] = max(chance, suspects.get(source, 0.0))
        resolved.append(replace(one, suspects=suspects))
    return replace(problem, deception=tuple(resolved))


def unknown_suspects(problem: WarningProblem, sources: Sequence[Source], *, file: str) -> tuple[Fault, ...]:
    """The suspects and parties by which nobody goes: what is steered through them could never be found.

    A voice that nobody declared may be named by its own id ("voice:…").
    """
    ids = _names(sources)
    known = {source.id for source in sources}
    parties = {source.party for source in sources if source.party}
    found = []
    for one in problem.deception:
        for name in one.suspects:
            if _folded(name) not in ids and not name.startswith(VOICE):
                cure = _meant(name, ids) or nearest(name, known, what="sources")
                found.append(Fault(Place(file, f"deception.{one.id}.suspects"), f"{shown(name)} is no source", cure))
        if one.party is not None and one.party not in parties:
            what = f"no source is declared with the party {shown(one.party)}"
            cure = nearest(one.party, parties, what="parties of sources") if parties else "give sources their party"
            found.append(Fault(Place(file, f"deception.{one.id}.party"), what, cure))
    return tuple(found)


def _meant(name: str, ids: Mapping[str, str]) -> str | None:
    close = alike(_folded(name), ids)
    return f"did you mean '{ids[close]}'?" if close is not None else None


def _names(sources: Sequence[Source]) -> dict[str, str]:
    """The id of a source by each of its names; an id wins over a name that another source has."""
    ids = {_folded(name): source.id for source in sources for name in (source.name, *source.aliases)}
    return ids | {_folded(source.id): source.id for source in sources}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
