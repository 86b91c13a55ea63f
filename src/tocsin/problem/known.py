"""Notes on what a problem watches and on its days: what nobody knows, what matches nothing or all, what is over."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from tocsin.errors import Fault, Place
from tocsin.model.problem import FigureQuestion, WarningProblem, Watch
from tocsin.model.report import Source
from tocsin.problem.values import alike
from tocsin.text.places import PlaceKind, known_as, lookup
from tocsin.text.units import read_as, units

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_COMMON = (
    "troops troop soldiers forces army military attack attacks "
    "fighting fire war border road people group groups "
    "convoy movement vehicles tanks drones police government president "
    "minister meeting talks statement report reports closed open "
    "moved seen killed water power food aid exercise "
    "strike strikes weapons security "
)
COMMON = frozenset(_COMMON.split())
"""Words that stand in so many reports that one of them alone is no watch phrase (a judgement)."""


def notes(
    problem: WarningProblem,
    *,
    file: str,
    sources: Sequence[Source],
    nation_of: Callable[[str], str | None],
    today: date | None = None,
) -> tuple[Fault, ...]:
    """What is allowed in the watch of indicators, gates and figures and in the problem's days, and probably not meant.

    Args:
        problem: The declared problem.
        file: The name that notes show.
        sources: Who is declared as a source.
        nation_of: The nation that a word stands for, or None.
        today: The day from which the problem's own days are seen; None where they are not to be looked at.
    """
    names = [name for source in sources for name in (source.name, source.id, *source.aliases)]
    names += [name for actor in problem.actors for name in (actor.id, actor.name)]
    found: list[Fault] = []
    for key, items in (("gates", problem.gates), ("indicators", problem.indicators), ("figures", problem.figures)):
        for item in items:
            told = chain(_places(item.watch), _actors(item.watch, names, nation_of), _phrases(item.watch))
            found += [Fault(Place(file, f"{key}.{item.id}.{where}"), what, cure) for where, what, cure in told]
    for figure in problem.figures:
        found += [Fault(Place(file, f"figures.{figure.id}.unit"), what, cure) for what, cure in _unit(figure)]
    if today is not None:
        found += [Fault(Place(file, where), what, cure) for where, what, cure in _over(problem, today)]
    return tuple(found)


def _unit(figure: FigureQuestion) -> Iterator[tuple[str, str]]:
    """A unit that no figure of a report can have: one that is read as another, or a word that no list holds."""
    unit = " ".join(figure.unit.casefold().split())
    read = read_as(unit)
    counted = {form for word in _WORD.findall(figure.of.casefold()) for form in (word, word.removesuffix("s"))}
    if not unit or read == unit or unit in counted or unit.removesuffix("s") in counted:
        return
    if read is not None:
        yield f'"{figure.unit}" is no unit: reports that count it are read in "{read}"', f'write unit = "{read}"'
        return
    close = alike(unit, units())
    what = f'"{figure.unit}" is no unit that is known; only counts of this very word will match'
    yield what, f'did you mean "{close}"?' if close else "check the spelling, or write the unit in the singular"


def _over(problem: WarningProblem, today: date) -> Iterator[tuple[str, str, str]]:
    """The last day of the question, and the last days of decisions, where they have passed."""
    if problem.by < today:
        cure = "record what happened (tocsin outcome), or ask anew with a later day"
        yield "by", f"the question ended on {problem.by}: what is assessed today has no days left", cure
        return
    for number, decision in enumerate(problem.decisions, 1):
        last = problem.by - timedelta(days=math.ceil(decision.takes))
        if last < today:
            what = (
                f"{decision.what} takes {decision.takes:g} days, so the last day for it before {problem.by} was {last}"
            )
            yield f"decisions.{number}", what, "take the decision out, or ask with a later day"


def _places(watch: Watch) -> Iterator[tuple[str, str, str]]:
    for name in watch.where:
        entries = lookup(name)
        region = next((e for e in lookup(f"{name} region") if e.kind is PlaceKind.REGION), None)
        if not entries and region is not None:
            cure = f'write "{region.name}"' if region.name != name else "write the region with its country"
            yield "where", f'"{name}" is the name of a region and of something else', cure
        elif not entries:
            close = alike(name, known_as(name))
            cure = f'did you mean "{close}"? ' if close else ""
            what = f'"{name}" is not in the gazetteer; only these very words will match'
            yield "where", what, f"{cure}Name its towns as well, or the country".strip()
        elif entries[0].kind is PlaceKind.CITY and region is not None and region.country == entries[0].country:
            yield (
                "where",
                f'"{name}" is taken as the town; other towns of the region of that name do not count',
                f'write "{region.name}" if the region is meant',
            )


def _actors(
    watch: Watch, names: Sequence[str], nation_of: Callable[[str], str | None]
) -> Iterator[tuple[str, str, str]]:
    for name in watch.who:
        words = _WORD.findall(name)
        if any(nation_of(word) for word in (name, *words)) or any(_holds(words, _WORD.findall(one)) for one in names):
            continue
        close = alike(name, names)
        cure = f'did you mean "{close}"?' if close else "check the spelling; more spellings may stand in the list"
        yield "who", f'"{name}" is no declared source or actor and no nation; only these very words will match', cure


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    """Do the words of a name stand in a row among others?"""
    lower, sought = [word.casefold() for word in words], [word.casefold() for word in name]
    return bool(sought) and any(lower[at : at + len(sought)] == sought for at in range(len(lower)))


def _phrases(watch: Watch) -> Iterator[tuple[str, str, str]]:
    for key, listed in (("watch", watch.phrases), ("counter", watch.counter)):
        for phrase in (one for group in listed.values() for one in group):
            if "," in phrase:
                parts = ", ".join(f'"{part.strip()}"' for part in phrase.split(",") if part.strip())
                yield key, f'"{phrase}" is one phrase, and it holds a comma', f"write [{parts}] if several are meant"
            elif phrase.casefold() in COMMON:
                yield (
                    key,
                    f'"{phrase}" is a single common word and matches nearly every report',
                    "write phrases of two or three words",
                )
