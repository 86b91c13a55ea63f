"""What a number counts: the unit and the noun phrase behind it."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.extract.figure_words import UnitFound, is_one_of, is_plural, measures, unit_at, unit_of, words
from tocsin.text.dates import MONTHS, WEEKDAYS
from tocsin.text.numbers import Atom
from tocsin.text.places import adjectives

_QUOTES = "“”\"«»„'‘’"
_LONGEST = 8
_HYPHENS = "-‐‑"
_PEOPLE = frozenset({"strong", "man", "member", "person", "men"})


class Counted(NamedTuple):
    """What stands behind a number.

    ``unit`` is a singular noun, ``of`` and ``place`` are spans of characters as (first, stop), ``after`` is the
    first atom that belongs to neither.
    """

    unit: str | None
    of: tuple[int, int] | None
    place: tuple[int, int] | None
    after: int


_STANDING = frozenset(
    {"stationed", "located", "deployed", "based", "present", "currently", "now", "already", "concentrated"}
)
_MANY = frozenset({"personnel", "aircraft", "corps", "craft", "people", "men", "women", "children", "police"})
"""Nouns that look the same for one and for many, or are plural without an s."""
_DAYTIMES = frozenset({"day", "night"})
_ENDINGS = frozenset({"region", "oblast", "border", "district", "province", "area", "front"})


def _stops(item: Atom) -> bool:
    return item.lower in words("noun_phrase", "stops")


def _is_head(items: list[Atom], at: int, unit: UnitFound, *, one: bool) -> bool:
    """Does the noun phrase end with this unit: is it plural (or counted by one), with no other noun behind?"""
    last = items[unit.last - 1].lower
    following = items[unit.last] if unit.last < len(items) else None
    noun = following is not None and following.kind == "word" and not _stops(following)
    if noun and (unit_at(items, unit.last) is not None or (is_one_of(last) and is_plural(items[unit.last].lower))):
        return items[at].lower in {"killed", "wounded", "dead"}
    return one or last in _MANY or (last != unit.name and not is_one_of(last))


def counted(items: list[Atom], at: int, *, one: bool = False) -> Counted:
    """The unit and noun phrase that begin at an atom, right behind a number.

    Args:
        items: The atoms of the sentence.
        at: The first atom behind the number.
        one: Is the number one? Then the noun is in the singular.
    """
    if at + 1 < len(items) and items[at].text in _HYPHENS and items[at].glued and items[at + 1].lower in _PEOPLE:
        return counted(items, at + 2)._replace(unit="person")
    direct = _direct(items, at)
    if direct is not None and direct.name in measures() and not _is_attribute(items, direct):
        return _measured(items, direct)
    first, last, unit = _phrase(items, at, one=one)
    if unit is None or last == first:
        return Counted(None, None, None, at)
    if unit in measures():
        return Counted(unit, _of_phrase(items, last), None, last)
    first = _without_participles(items, first, last)
    stop = last
    behind = _of_phrase(items, last)
    if behind is not None:
        while stop < len(items) and items[stop].start < behind[1]:
            stop += 1
    place = _place(items, stop)
    after = stop
    if place is not None:
        while after < len(items) and items[after].start < place[1]:
            after += 1
    return Counted(unit, (items[first].start, items[stop - 1].stop), place, after)


def _is_attribute(items: list[Atom], unit: UnitFound) -> bool:
    """Does a time of day only describe the noun behind it: "two night trains"?"""
    if items[unit.first].lower not in _DAYTIMES or items[unit.first].glued or unit.last >= len(items):
        return False
    return items[unit.last].kind == "word" and is_plural(items[unit.last].lower) and not _stops(items[unit.last])


def _direct(items: list[Atom], at: int) -> UnitFound | None:
    """A unit right behind the number, also after a hyphen ("five-year")."""
    if at + 1 < len(items) and items[at].text in "-‐‑" and items[at].glued:
        at += 1
    return unit_at(items, at) if at < len(items) else None


def _measured(items: list[Atom], unit: UnitFound) -> Counted:
    """Behind a measure comes what it measures: "tons of ammunition", "three-ton bombs", "60 % of its troops"."""
    hyphen = items[unit.first - 1].text in "-‐‑" and items[unit.first].glued
    if hyphen:
        first, last, _ = _phrase(items, unit.last, one=False)
        if last > first and items[unit.last].text != "-":
            return Counted(unit.name, (items[first].start, items[last - 1].stop), None, last)
        return Counted(unit.name, None, None, unit.last)
    of = _of_phrase(items, unit.last)
    after = unit.last
    while of is not None and after < len(items) and items[after].start < of[1]:
        after += 1
    return Counted(unit.name, of, None, after)


def _phrase(items: list[Atom], at: int, *, one: bool) -> tuple[int, int, str | None]:
    """(first atom, atom after the head noun, unit) of the noun phrase at an atom."""
    while at < len(items) and (
        items[at].text in _QUOTES or items[at].lower in {"more", "fewer", "additional", "other", "extra", "such"}
    ):
        at += 1
    first = here = last = at
    while here < len(items) and here - first < _LONGEST:
        item = items[here]
        if item.text in _QUOTES or (item.text in "-‐‑" and item.glued):
            here += 1
            continue
        if (
            item.lower == "and"
            and here > first
            and items[here - 1].lower.endswith(("ed", "ly"))
            and here + 1 < len(items)
        ):
            here += 1
            continue
        if item.kind == "number" and here > first and items[here - 1].text[0].isupper():
            here += 1  # "10 Leopard 2 tanks"
            continue
        if item.kind == "name":
            here += 1  # "three MiG-31K interceptors"
            continue
        verb = one and here > first and item.lower.endswith("ed")
        if item.kind not in {"word", "money"} or _stops(item) or verb:
            break
        unit = unit_at(items, here)
        if unit is not None:
            if _is_head(items, here, unit, one=one):
                return first, _with_twin(items, unit), unit.name
            here = last = unit.last
            continue
        following = items[here + 1] if here + 1 < len(items) else None
        noun_follows = following is not None and following.kind == "word" and unit_at(items, here + 1) is not None
        if is_plural(item.lower) and not noun_follows:
            unit_name = "person" if item.text.removesuffix("s") in adjectives() else unit_of(item.text)
            return first, here + 1, unit_name
        here = last = here + 1
    while last > first and (
        items[last - 1].lower.endswith(("ly", "ed", "ing")) or items[last - 1].text in _QUOTES + "-"
    ):
        last -= 1
    if last == first or items[last - 1].kind != "word":
        return first, first, None
    if items[last - 1].text[0].isupper() and unit_at(items, last - 1) is None:
        return first, first, None
    unit = unit_at(items, last - 1)
    return first, last, unit.name if unit is not None else unit_of(items[last - 1].text)


def _with_twin(items: list[Atom], unit: UnitFound) -> int:
    """The end of "officers and men": two nouns of one unit counted together."""
    at = unit.last
    if at + 1 < len(items) and items[at].lower == "and":
        twin = unit_at(items, at + 1)
        if twin is not None and twin.name == unit.name:
            return twin.last
    return at


def _without_participles(items: list[Atom], first: int, last: int) -> int:
    """Skip "poorly trained and armed": how they are is no part of what is counted."""
    if not items[first].lower.endswith("ly"):
        return first
    at = first
    while at < last - 1 and (items[at].lower.endswith(("ly", "ed")) or items[at].lower == "and"):
        at += 1
    return at


def _of_phrase(items: list[Atom], at: int) -> tuple[int, int] | None:
    """The characters of the noun phrase behind "of"."""
    if at >= len(items) or items[at].lower != "of":
        return None
    at += 1
    while at < len(items) and items[at].lower in {"the", "its", "their", "his", "these", "those", "all", "our"}:
        at += 1
    first = at
    while at < len(items) and at - first < 5 and items[at].kind == "word" and not _stops(items[at]):
        at += 1
        if is_plural(items[at - 1].lower) and not (at < len(items) and unit_at(items, at)):
            break
    return (items[first].start, items[at - 1].stop) if at > first else None


def _place(items: list[Atom], at: int) -> tuple[int, int] | None:
    """The characters of a place behind a noun phrase: "in Belarus", "along the Polish border"."""
    while at < len(items) and (items[at].text in _QUOTES or items[at].lower in _STANDING):
        at += 1
    if at + 1 >= len(items) or items[at].lower not in words("noun_phrase", "places"):
        return None
    first = at
    at += 1
    allowed = words("noun_phrase", "place_words")
    last = None
    while at < len(items) and at - first < 9:
        item = items[at]
        capital = item.kind == "word" and item.text[0].isupper() and item.text not in adjectives()
        proper = capital and item.lower not in MONTHS and item.lower not in WEEKDAYS
        ending = item.lower in _ENDINGS and at > first + 1 and items[at - 1].text[0].isupper()
        if proper or ending:
            last = at + 1
        elif item.text in adjectives():
            pass
        elif (item.lower in allowed) == (last is not None) and not (item.text in "-–" and item.glued):
            break
        at += 1
    return (items[first].start, items[last - 1].stop) if last is not None else None
