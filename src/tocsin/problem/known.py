"""Notes on what a problem watches: places and actors that nobody knows, phrases that match nothing or everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from tocsin.errors import Fault, Place
from tocsin.model.problem import WarningProblem, Watch
from tocsin.model.report import Source
from tocsin.problem.values import alike
from tocsin.text.places import PlaceKind, known_as, lookup

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
    problem: WarningProblem, *, file: str, sources: Sequence[Source], nation_of: Callable[[str], str | None]
) -> tuple[Fault, ...]:
    """What is allowed in the watch of indicators, gates and figures, and probably not meant.

    Args:
        problem: The declared problem.
        file: The name that notes show.
        sources: Who is declared as a source.
        nation_of: The nation that a word stands for, or None.
    """
    names = [name for source in sources for name in (source.name, source.id, *source.aliases)]
    names += [name for actor in problem.actors for name in (actor.id, actor.name)]
    found: list[Fault] = []
    for key, items in (("gates", problem.gates), ("indicators", problem.indicators), ("figures", problem.figures)):
        for item in items:
            told = chain(_places(item.watch), _actors(item.watch, names, nation_of), _phrases(item.watch))
            found += [Fault(Place(file, f"{key}.{item.id}.{where}"), what, cure) for where, what, cure in told]
    return tuple(found)


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
