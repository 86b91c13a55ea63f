"""Notes on what a problem watches and on its days: what nobody knows, what matches nothing or all, what is over."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import chain

from tocsin.errors import Fault, Place
from tocsin.model.problem import FigureQuestion, WarningProblem, Watch
from tocsin.model.report import Source
from tocsin.problem.values import alike
from tocsin.text.places import Entry, PlaceKind, country, fold, known, known_as, lookup, loose, settled, spoken_of
from tocsin.text.units import read_as, units

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_THINGS = (
    "troops troop soldiers forces army military border road people group groups "
    "convoy movement vehicles tanks drones police government president "
    "minister meeting talks statement report reports closed open "
    "moved seen killed water power food aid exercise weapons security "
)
_FIGHTING = (
    "attack attacks fighting fire war strike strikes clashes shelling gunfire bombardment battle battles combat "
    "explosion explosions raid raids reinforcements"
)
COMMON = frozenset(_THINGS.split())
"""Words that stand in so many reports that one of them alone is no watch phrase (a judgement)."""
FIGHTING = frozenset(_FIGHTING.split())
"""Words for fighting: one of them alone says something only of a place or an actor that is named (a judgement)."""
_CLOSE = 0.8
"""How much alike two names must look for one to be a guess at the other."""


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
    watches = [item.watch for group in (problem.gates, problem.indicators, problem.figures) for item in group]
    near = spoken_of(
        (*(name for watch in watches for name in watch.where), *(place.within for place in problem.places)),
        problem.question,
    )
    own = {fold(name) for place in problem.places for name in (place.name, *place.aliases)}
    found: list[Fault] = []
    strange: dict[str, list[str]] = {}
    for key, items in (("gates", problem.gates), ("indicators", problem.indicators), ("figures", problem.figures)):
        for item in items:
            told = chain(_places(item.watch, near, own), _actors(item.watch, names, nation_of), _phrases(item.watch))
            found += [Fault(Place(file, f"{key}.{item.id}.{where}"), what, cure) for where, what, cure in told]
            for name in item.watch.where:
                if not (known(name, near) or fold(name) in own or _region_of(name)):
                    strange.setdefault(name, []).append(f"{key}.{item.id}.where")
    for number, place in enumerate(problem.places):
        if not known(place.within, near) and fold(place.within) not in own:
            strange.setdefault(place.within, []).append(f"places[{number}].in")
    for figure in problem.figures:
        found += [Fault(Place(file, f"figures.{figure.id}.unit"), what, cure) for what, cure in _unit(figure)]
    if today is not None:
        found += [Fault(Place(file, where), what, cure) for where, what, cure in _over(problem, today)]
    return (*_strange(strange, file, near), *found)


def _strange(strange: Mapping[str, Sequence[str]], file: str, near: frozenset[str]) -> Iterator[Fault]:
    """One note on all names that the gazetteer does not know."""
    if not strange:
        return
    places = sorted({place for at in strange.values() for place in at})
    one = len(strange) == 1
    what = (
        f"{_row(strange)} {'is' if one else 'are'} not in the gazetteer; only these very words will match, wherever a "
        "report says them"
    )
    guesses = [
        f'did you mean "{close}"{"" if one else f" for {name}"}?'
        for name in strange
        if (close := _guess(name, near)) is not None
    ]
    leave = "If the spelling is right, leave it, or say under [[places]] what it lies in and how else it is spelt"
    cure = " ".join((*guesses, leave))
    yield Fault(Place(file, places[0] if len(places) == 1 else "where"), what, cure)


def _guess(name: str, near: frozenset[str]) -> str | None:
    """The name in the countries that the problem speaks of that looks most like this one, where it is close."""
    close = alike(name, known_as(name, near))
    return close if close and SequenceMatcher(None, name.lower(), close.lower()).ratio() >= _CLOSE else None


def _region_of(name: str) -> Entry | None:
    """The region of a name that is known only with its word."""
    return next((e for e in lookup(f"{name} region") if e.kind is PlaceKind.REGION), None)


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


def _places(watch: Watch, near: frozenset[str], own: Collection[str]) -> Iterator[tuple[str, str, str]]:
    for name in watch.where:
        if fold(name) in own:
            continue
        region, entry = _region_of(name), settled(name, near)
        if not known(name, near):
            if region is not None:
                cure = f'write "{region.name}"' if region.name != name else "write the region with its country"
                yield "where", f'"{name}" is the name of a region and of something else', cure
        elif entry is None:
            yield (
                "where",
                f'"{name}" may be a place in {_countries(name, near)}; only these very words will match',
                "name its country or its region beside it",
            )
        elif entry.kind is PlaceKind.CITY and (loose(entry, name) or _abroad(entry, watch, near)):
            yield (
                "where",
                f'"{name}" is taken as {entry.name} in {_country(entry.country)}',
                "if another place is meant, name its country or its region beside it",
            )
        elif entry.kind is PlaceKind.CITY and region is not None and region.country == entry.country:
            yield (
                "where",
                f'"{name}" is taken as the town; other towns of the region of that name do not count',
                f'write "{region.name}" if the region is meant',
            )


def _abroad(entry: Entry, watch: Watch, near: frozenset[str]) -> bool:
    """Does a town lie in another country than every other place of its list?"""
    others = [settled(name, near) for name in watch.where]
    lands = {other.country for other in others if other is not None and other != entry and other.country is not None}
    return bool(lands) and entry.country not in lands


def _countries(name: str, near: frozenset[str]) -> str:
    """The countries that have a place of a name, the likeliest first: those spoken of, if any has one."""
    codes = dict.fromkeys(entry.country for entry in lookup(name) if entry.country is not None)
    nearer = [code for code in codes if code in near] or list(codes)
    return " or ".join(_country(code) for code in nearer[:3])


def _country(code: str | None) -> str:
    found = country(code) if code is not None else None
    return found.name if found is not None else "several countries"


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
    words = COMMON if watch.where or watch.who else COMMON | FIGHTING
    for key, listed in (("watch", watch.phrases), ("counter", watch.counter)):
        for phrase in (one for group in listed.values() for one in group):
            if "," in phrase:
                parts = ", ".join(f'"{part.strip()}"' for part in phrase.split(",") if part.strip())
                yield key, f'"{phrase}" is one phrase, and it holds a comma', f"write [{parts}] if several are meant"
        common = [one for group in listed.values() for one in group if one.casefold() in words]
        if common:
            told = "is a single common word and matches" if len(common) == 1 else "are single common words and match"
            yield key, f"{_row(common)} {told} nearly every report", "write phrases of two or three words"


def _row(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
