"""The places that a problem watches, and those that it alone knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tocsin.model.claim import Claim, PlaceMention
from tocsin.model.problem import OwnPlace, WarningProblem
from tocsin.model.report import Report, Span
from tocsin.text.places import country_behind, fold, holds, known, settled, spoken_of

_DEEPEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The places that a problem watches.

    ``near`` are the ISO codes of the countries that it speaks of: those settle what a name stands for. ``own`` are the
    places it declares, and the names it watches that nobody knows.
    """

    near: frozenset[str]
    own: tuple[OwnPlace, ...]

    def around(self, name: str) -> tuple[str, ...] | None:
        """The names of a place of the problem's own and of what it lies in, the innermost first; None for any other."""
        names: list[str] = []
        inner = self._own(name)
        if inner is None:
            return None
        while inner is not None and len(names) < 2 * _DEEPEST:
            names += [inner.name, *inner.aliases, *filter(None, (inner.within,))]
            inner = self._own(inner.within)
        return tuple(names)

    def inside(self, name: str, where: Sequence[str]) -> bool | None:
        """Does a place of the problem's own lie inside those watched? None where nobody said what it lies in."""
        names = self.around(name) or ()
        if {fold(one) for one in names} & {fold(one) for one in where}:
            return True
        outer = settled(names[-1], self.near) if names else None
        if outer is None:
            return None
        return any(holds(settled(one, self.near), outer) for one in where)

    def _own(self, name: str) -> OwnPlace | None:
        return next((one for one in self.own if fold(name) in map(fold, (one.name, *one.aliases))), None)


def ground(problem: WarningProblem) -> Ground:
    """What a problem watches where, over all its indicators, gates and figures."""
    watches = [item.watch for group in (problem.indicators, problem.gates, problem.figures) for item in group]
    listed = [name for watch in watches for name in watch.where]
    listed += [name for figure in problem.figures for name in figure.where]
    return _ground(tuple(dict.fromkeys(listed)), problem.places, problem.question)


@lru_cache(maxsize=64)
def _ground(names: tuple[str, ...], places: tuple[OwnPlace, ...], question: str) -> Ground:
    near = spoken_of((*names, *(place.within for place in places)), question)
    declared = {fold(one) for place in places for one in (place.name, *place.aliases)}
    strange = (name for name in names if fold(name) not in declared and not known(name, near))
    return Ground(near=near, own=(*places, *(OwnPlace(name=name) for name in strange)))


def placed(claims: Sequence[Claim], reports: Mapping[str, Report], problem: WarningProblem) -> tuple[Claim, ...]:
    """The claims with the places of the problem's own among those they mention, wherever their words stand in them.

    What the words were taken for goes, except for a place abroad in a report that names none at home. A claim whose
    places an analyst gave stays as it is.
    """
    watched = ground(problem)
    if not watched.own:
        return tuple(claims)
    at_home = {claim.report for claim in claims for place in claim.places if place.country in watched.near}
    return tuple(_placed(claim, reports, watched, home=claim.report in at_home) for claim in claims)


def _placed(claim: Claim, reports: Mapping[str, Report], watched: Ground, *, home: bool) -> Claim:
    report = reports.get(claim.report)
    if report is None or not all(map(written, claim.places)):
        return claim
    abroad = [one for one in claim.places if one.country is not None and one.country not in watched.near]
    found = [
        mention
        for start, stop in claim.parts or (claim.span,)
        for mention in standing(watched, report.text[start:stop], at=start)
        if home or not any(_over(one, mention) for one in abroad)
    ]
    if not found:
        return claim
    kept = [one for one in claim.places if not any(_over(one, mention) for mention in found)]
    return replace(claim, places=tuple(sorted((*kept, *found), key=lambda one: one.span)))


def _over(one: PlaceMention, other: PlaceMention) -> bool:
    return one.span.start < other.span.stop and other.span.start < one.span.stop


def written(mention: PlaceMention) -> bool:
    """Does a mention stand in the text, rather than being what an analyst said of the whole claim?"""
    return len(mention.text) == mention.span.stop - mention.span.start


def standing(watched: Ground, text: str, *, at: int = 0) -> Iterator[PlaceMention]:
    """The places of the problem's own in a text that begins ``at`` so many characters, wherever their words stand."""
    if not watched.own:
        return
    find, by_name = _finder(tuple(name for own in watched.own for name in (own.name, *own.aliases))), _by_name(watched)
    for span, name in find(text):
        own, country = by_name[name]
        behind = country_behind(text, span.stop)
        if behind is not None and watched.near and behind not in watched.near:
            continue  # a namesake: "Miti in Chad"
        where = Span(at + span.start, at + span.stop)
        words = text[span.start : span.stop]
        yield PlaceMention(text=words, name=own.name, country=country, lat=own.lat, lon=own.lon, span=where)


@lru_cache(maxsize=64)
def _by_name(watched: Ground) -> Mapping[str, tuple[OwnPlace, str | None]]:
    """Each place of the problem's own under its names, with the country it lies in."""
    found: dict[str, tuple[OwnPlace, str | None]] = {}
    for own in reversed(watched.own):
        outer = settled((watched.around(own.name) or (own.name,))[-1], watched.near) if own.within else None
        found |= dict.fromkeys((own.name, *own.aliases), (own, outer.country if outer is not None else None))
    return found


def named_in(text: str, names: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where names stand in a text: with a capital where they are declared with one, or all in capitals."""
    return _finder(tuple(names))(text)


@lru_cache(maxsize=256)
def _finder(names: tuple[str, ...]) -> Callable[[str], Iterator[tuple[Span, str]]]:
    spelled = {_spaced(name): name for name in sorted(names, key=len, reverse=True) if name.strip()}
    words = "|".join(r"[\s-]+".join(map(re.escape, key.split())) for key in spelled)
    any_of = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def find(text: str) -> Iterator[tuple[Span, str]]:
        for match in any_of.finditer(text) if words else ():
            name = spelled.get(_spaced(match.group()))
            if name is not None and (not name[0].isupper() or match.group()[0].isupper()):
                yield Span(*match.span()), name

    return find


def _spaced(name: str) -> str:
    return " ".join(name.replace("-", " ").lower().split())
