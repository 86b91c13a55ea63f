"""Is a claim about the place that an indicator or a figure watches?"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tocsin.link.context import Surroundings
from tocsin.link.ground import Ground, named_in
from tocsin.link.nation import nation_of
from tocsin.link.words import Word, stems
from tocsin.model.claim import Claim, PlaceMention
from tocsin.model.report import Span
from tocsin.text.places import PlaceKind, country_behind, holds, known, settled, taken_as

CARRIED = 0.9
"""Weight of a claim whose place is that of the sentences before it (a judgement)."""

NOT_SAID = 0.8
"""Weight of a claim without a place, in a report that speaks of the place watched (a judgement)."""

MOSTLY = 0.7
"""Weight of a claim without a place that follows another place, in a report that names the one watched more than once
and more than all others (a judgement)."""

ONLY_LAND = 0.6
"""Weight of a claim about a place nobody knows, in a report whose places lie in the country watched (a judgement)."""

_ENOUGH = 2
"""Different places that a report must name for a country to be the only one it speaks of."""

_LOCATING = frozenset(
    stems("in near at on to toward towards into along across around of from inside outside between over through within")
)
DEPARTING = frozenset(stems("relocated relocation evacuated evacuation withdrew withdrawal fled exodus departed"))
"""Words of a watch phrase that is about leaving: "relocated staff" counts for the place that they were moved from."""

_LEAVING = frozenset({"from", "outside", "beyond", "leav"})
_NEAR = 3
_TITLED = r"[A-Z][\w'’-]*[a-z][\w'’-]*"
_UNKNOWN = re.compile(
    r"\b(?:in|near|between|at|from|to|towards?|outside|inside|around)\s+"
    r"(?:(?:the\s+)?(?:town|city|village|area|outskirts)s?\s+of\s+)?"
    rf"(?P<name>{_TITLED}(?:[ ]{_TITLED}){{0,3}})"
)
_LIST = re.compile(r"[\s,;/]*(?:(?:and|or|as well as|plus|the|in|oblasts?|regions?|also)[\s,]*)*", re.IGNORECASE)


_NO_PLACE = frozenset(
    name.lower()
    for name in (
        *(calendar.month_name[1:]),
        *(calendar.month_abbr[1:]),
        *(calendar.day_name),
        *("Christmas", "Easter", "Ramadan", "Operation", "General", "Gen", "President", "Minister", "Colonel", "Col"),
        *("Major", "Captain", "Commander", "Mr", "Mrs", "Ms", "Dr", "Prime", "King", "Prince", "Senator", "Secretary"),
    )
)
"""Capitalised words behind "in", "from" or "to" that name a time or a person."""


class Located(NamedTuple):
    """Does the place count, with what weight, and why; ``several`` names a list that runs over the border."""

    counts: bool
    weight: float
    because: str
    several: tuple[str, ...] = ()


class _Spot(NamedTuple):
    """A place in a claim's words: what it is called, where it stands, and whether it is one that is watched."""

    name: str
    span: Span
    inside: bool


def located(
    claim: Claim,
    words: Sequence[Word],
    where: tuple[str, ...],
    around: Surroundings,
    *,
    matched: Span | None = None,
    leaving: bool = False,
) -> Located:
    """Check the place of a claim.

    At least one place of the content must lie inside those watched; a place that is left ("from Belarus") does not
    count, unless leaving is what the phrase is about. Without a place of its own a claim takes that of its sentence,
    then that of the sentences before it in the paragraph; but never where it names, as a place is named, what the
    gazetteer does not know ("near Bara"): that is its place. A place said nowhere near is a doubt, and weighs less;
    where the report spoke last of another place, or never names the one watched, it is set aside.

    Args:
        claim: The claim.
        words: The words of its content.
        where: The places watched; empty for anywhere.
        around: The other places of its report.
        matched: Where the watch phrase stands; a place within it counts by itself.
        leaving: The phrase is about leaving the place.
    """
    if not where:
        return Located(counts=True, weight=1.0, because="any place")
    ground = around.ground
    spots = _spots(claim, words, where, ground, text=around.report.text)
    if spots:
        held = [spot for spot in spots if spot.inside and (leaving or _stays(spot, words, matched))]
        if held:
            return Located(
                counts=True, weight=1.0, because=f"in {held[0].name}", several=_across(held, spots, around.report.text)
            )
        outside = [spot.name for spot in spots if not spot.inside]
        if outside:
            return Located(counts=False, weight=0.0, because=f"another place ({outside[0]})")
    folk = next((word for word in words if nation_of(word.stem) in _nations(where)), None)
    if folk is not None:
        text = around.report.text[folk.span.start : folk.span.stop]
        return Located(counts=True, weight=1.0, because=f"no place, but {text}")
    strange = _unknown(claim, around)
    if strange is not None:
        land = _only_land(around, where)
        if land is not None:
            because = f"names a place we do not know ({strange}), in a report that speaks of {land} only"
            return Located(counts=True, weight=ONLY_LAND, because=because)
        return Located(counts=False, weight=0.0, because=f"names a place we do not know ({strange})")
    for mentions, weight, said in (
        (around.same_sentence(claim), 1.0, "in the same sentence"),
        (around.same_paragraph(claim), CARRIED, "just before"),
    ):
        inside = [_within(mention, where, ground) for mention in mentions[:2]]
        if True in inside:
            return Located(counts=True, weight=weight, because=f"its place is said {said}")
        if False in inside:
            return Located(counts=False, weight=0.0, because=f"another place ({_called(mentions[0])}, {said})")
    last = next((mention for mention in around.before(claim) if _within(mention, where, ground) is not None), None)
    mostly = [_within(mention, where, ground) for mention in around.mentions]
    if last is not None and not _within(last, where, ground):
        if mostly.count(True) > max(1, mostly.count(False)):
            because = f"its place is not said, and the report speaks of it most, though last of {_called(last)}"
            return Located(counts=True, weight=MOSTLY, because=because)
        because = f"no place said, and the report spoke last of {_called(last)}"
        return Located(counts=False, weight=0.0, because=because)
    if True in mostly:
        return Located(counts=True, weight=NOT_SAID, because="its place is not said, though the report speaks of it")
    return _somewhere(around, where)


def _somewhere(around: Surroundings, where: tuple[str, ...]) -> Located:
    """What holds where no claim of the report is placed: its other words may still name a town that is watched."""
    named = [name for _, name in named_in(around.report.text, where)]
    for name in named:
        entry = settled(name, around.ground.near)
        if entry is None or not (entry.kind is PlaceKind.COUNTRY or entry.capital):
            because = f"its place is not said, though the report names {name}"
            return Located(counts=True, weight=NOT_SAID, because=because)
    if named:
        because = f"no place said, and the report names {named[0]} only as somebody who acts"
        return Located(counts=False, weight=0.0, because=because)
    return Located(counts=False, weight=0.0, because="no place said, and no claim of the report is placed there")


def _only_land(around: Surroundings, where: tuple[str, ...]) -> str | None:
    """The country watched in which all places of a report lie, two at least; None where there is none."""
    names = {mention.name for mention in around.mentions if mention.country is not None}
    lands = {mention.country for mention in around.mentions if mention.country is not None}
    if len(names) < _ENOUGH or len(lands) != 1:
        return None
    entries = (settled(name, around.ground.near) for name in where)
    return next((e.name for e in entries if e is not None and e.kind is PlaceKind.COUNTRY and e.country in lands), None)


def _called(mention: PlaceMention) -> str:
    """A place for a reader, with what it was taken for."""
    return taken_as(mention.text, mention.name, mention.country)


def _unknown(claim: Claim, around: Surroundings) -> str | None:
    """The first name that stands in the content as a place would and that nobody knows: "in Bara".

    Nobody is told from somewhere by a preposition alone, so days, months, nations, voices and persons with a title
    are left out, and so is what the gazetteer knows.
    """
    text, near = around.report.text, around.ground.near
    voices = " ".join(voice.name for voice in claim.chain).casefold()
    settled_here = {mention.text for mention in claim.places if mention.country is not None}
    for start, stop in claim.parts or (claim.span,):
        for found in _UNKNOWN.finditer(text, start, stop):
            name = found.group("name").removesuffix("'s").removesuffix("’s")
            first = name.split()[0]
            place = {name, first} & settled_here or known(name, near) or known(first, near)
            owns = name != found.group("name")
            if not (place or nation_of(first) or first.lower() in _NO_PLACE or owns or name.casefold() in voices):
                return name
    return None


def _nations(where: Sequence[str]) -> frozenset[str]:
    """The nations among the places watched."""
    return frozenset(code for name in where if (code := nation_of(name)) is not None)


def _within(mention: PlaceMention, where: Sequence[str], ground: Ground) -> bool | None:
    """Does a mention lie inside one of the places watched? None where the gazetteer cannot say.

    What the report left open is settled by the countries that the problem speaks of.
    """
    if ground.around(mention.name) is not None and (mention.country is None or mention.country in ground.near):
        return ground.inside(mention.name, where)
    near = ground.near
    home = mention.country is None or not near or mention.country in near
    named = stems(mention.name), stems(mention.text)
    if home and any(stems(name) in named for name in where):
        return True
    if mention.country is not None and mention.country in _nations(where):
        return True
    place = settled(mention.name, near if mention.country is None else frozenset({mention.country}))
    answers = [holds(settled(name, near), place) for name in where]
    if True in answers:
        return True
    return False if mention.country is not None or False in answers else None


def _spots(claim: Claim, words: Sequence[Word], where: tuple[str, ...], ground: Ground, *, text: str) -> list[_Spot]:
    """The places of the content in order: those mentioned, and the names watched wherever they stand."""
    spots = [
        _Spot(_called(mention), mention.span, inside)
        for mention in claim.places
        if (inside := _within(mention, where, ground)) is not None and (inside or _locates(mention, words))
    ]
    taken = [mention.span for mention in claim.places if mention.country is not None] + [spot.span for spot in spots]
    for name in where:
        key = stems(name)
        for first in range(len(words) - len(key) + 1):
            run = words[first : first + len(key)]
            if tuple(word.stem for word in run) == key:
                span = Span(run[0].span.start, run[-1].span.stop)
                namesake = bool(ground.near) and country_behind(text, span.stop) not in {None, *ground.near}
                if not namesake and not any(span.start < other.stop and other.start < span.stop for other in taken):
                    spots.append(_Spot(name, span, inside=True))
    return sorted(spots, key=lambda spot: spot.span)


def _locates(mention: PlaceMention, words: Sequence[Word]) -> bool:
    """Does a mention say where? A country without a preposition before it is somebody who acts."""
    if nation_of(mention.text) is None:
        return True
    before = [word.stem for word in words if word.span.start < mention.span.start][-_NEAR:]
    return any(word in _LOCATING for word in before)


def _stays(spot: _Spot, words: Sequence[Word], matched: Span | None) -> bool:
    """Is the place one where something is, rather than one that something leaves?"""
    if matched is not None and matched.start <= spot.span.start < matched.stop:
        return True
    before = [word.stem for word in words if word.span.start < spot.span.start]
    return not before or before[-1] not in _LEAVING


def _across(held: Sequence[_Spot], spots: Sequence[_Spot], text: str) -> tuple[str, ...]:
    """The names of a list of places ("in A, B and C") of which some are watched and some are not."""
    for group in _lists(spots, text):
        if any(spot in held for spot in group) and any(not spot.inside for spot in group):
            return tuple(spot.name for spot in group)
    return ()


def _lists(spots: Sequence[_Spot], text: str) -> Iterator[list[_Spot]]:
    """Places joined by commas and "and" only, together."""
    group: list[_Spot] = []
    for spot in spots:
        if group and not _LIST.fullmatch(text[group[-1].span.stop : spot.span.start]):
            yield group
            group = []
        group.append(spot)
    if group:
        yield group
