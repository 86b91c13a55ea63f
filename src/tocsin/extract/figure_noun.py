"""What a number counts: the unit and the noun phrase behind it."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.extract.figure_sentence import QUOTES, Phrase, Sentence
from tocsin.extract.figure_words import UnitFound, measures, singular, unit_at, unit_of, words
from tocsin.text.dates import MONTHS, WEEKDAYS
from tocsin.text.places import adjectives

_HYPHENS = frozenset("-‐‑")
_PEOPLE = frozenset({"strong", "man", "member", "person", "men", "woman"})
_SIZES = frozenset({"old", "long", "wide", "high", "deep", "tall", "thick"})
_PARTICLES = frozenset({
    "up", "to", "by", "off", "in", "out", "down", "over", "on", "away", "through", "back", "around", "under", "between",
})  # fmt: skip
""" "Pick-ups", "lean-tos" and "fly-bys" are counted by the whole word."""
_DAYTIMES = frozenset({"day", "night"})
_MORE = frozenset({"more", "fewer", "less", "additional", "other", "others", "extra", "such", "further"})
_DETERMINERS = frozenset({
    "the", "a", "an", "its", "their", "his", "her", "our", "these", "those", "all", "this", "that", "some", "many",
    "such",
})  # fmt: skip
_STANDING = frozenset(
    {"stationed", "located", "deployed", "based", "present", "currently", "now", "already", "concentrated"}
)


class Counted(NamedTuple):
    """What stands behind a number.

    ``unit`` is a singular noun, ``of`` and ``place`` are spans of characters as (first, stop), ``after`` is the
    first atom that belongs to neither. ``noun`` is the atom of the noun or measure in the tree, -1 without one.
    """

    unit: str | None
    of: tuple[int, int] | None
    place: tuple[int, int] | None
    after: int
    noun: int = -1


def counted(said: Sentence, at: int, *, governor: int = -1) -> Counted:
    """The unit and noun phrase that begin at an atom, right behind a number.

    Args:
        said: The sentence.
        at: The first atom behind the number.
        governor: What governs the number in the tree.
    """
    items = said.items
    if _glued_hyphen(said, at):
        return _hyphenated(said, at + 1)
    direct = unit_at(items, at)
    if direct is not None and direct.name in measures() and not _is_attribute(said, direct):
        return _measured(said, direct)
    while at < len(items) and (items[at].text in QUOTES or items[at].lower in _MORE):
        at += 1
    phrase = _unbroken(said, at, said.phrase(at, governor=governor))
    if phrase is None:
        return Counted(None, None, None, at)
    unit = _unit_of_head(said, phrase)
    if unit is None:
        return Counted(None, None, None, at)
    if unit in measures():
        return Counted(unit, of_phrase(said, phrase.stop), None, phrase.stop, phrase.head)
    stop = _with_twin(said, phrase, unit)
    first = _without_participles(said, phrase)
    behind = of_phrase(said, stop)
    after = stop
    while behind is not None and after < len(items) and items[after].start < behind[1]:
        after += 1
    end = items[after - 1].stop
    place = _place(said, after)
    while place is not None and after < len(items) and items[after].start < place[1]:
        after += 1
    return Counted(unit, (items[first].start, end), place, after, phrase.head)


def _unbroken(said: Sentence, at: int, phrase: Phrase | None) -> Phrase | None:
    """A noun phrase that does not end within a word parted by hyphens: "ex-soldiers", "by-elections"."""
    last = at if phrase is None else phrase.head
    while _glued_hyphen(said, last + 1):
        last += 2
    if last == (at if phrase is None else phrase.head) or not said.is_noun(last):
        return phrase
    return Phrase(at, last, last + 1) if phrase is None else Phrase(phrase.first, last, max(phrase.stop, last + 1))


def _glued_hyphen(said: Sentence, at: int) -> bool:
    """Is a word grown together with the number by a hyphen: "three-ton", but not "four-, five-"?"""
    items = said.items
    return (
        at + 1 < len(items)
        and items[at].text in _HYPHENS
        and items[at].glued
        and items[at + 1].glued
        and items[at + 1].kind in {"word", "name"}
    )


def _hyphenated(said: Sentence, at: int) -> Counted:
    """The word behind a number's hyphen is its unit; what it describes is the noun behind: "three-ton bombs"."""
    items = said.items
    unit = unit_at(items, at)
    people = items[at].lower in _PEOPLE
    stop = unit.last if unit is not None else at + 1
    name = "person" if people else unit.name if unit is not None else singular(items[at].lower)
    while stop + 1 < len(items) and items[stop].text in _HYPHENS and items[stop].glued and items[stop + 1].glued:
        stop += 2
    if stop < len(items) and (items[stop].lower in _SIZES or items[stop].lower in _PEOPLE):
        stop += 1
    phrase = said.phrase(stop)
    if phrase is None:
        return Counted(name, None, None, stop, at)
    return Counted(name, (items[phrase.first].start, items[phrase.stop - 1].stop), None, phrase.stop, at)


def _is_attribute(said: Sentence, unit: UnitFound) -> bool:
    """Does a time of day only describe the noun behind it: "two night trains"?"""
    if said.items[unit.first].lower not in _DAYTIMES or unit.last >= len(said.items):
        return False
    phrase = said.phrase(unit.first)
    return phrase is not None and phrase.head >= unit.last and said.tree.tags[phrase.head] in {"NNS", "NNPS"}


def _measured(said: Sentence, unit: UnitFound) -> Counted:
    """Behind a measure comes what it measures: "tons of ammunition", "60 % of its troops"."""
    of = of_phrase(said, unit.last)
    after = unit.last
    while of is not None and after < len(said.items) and said.items[after].start < of[1]:
        after += 1
    return Counted(unit.name, of, None, after, unit.last - 1)


def _unit_of_head(said: Sentence, phrase: Phrase) -> str | None:
    """The unit that the head noun of a phrase names; None where it names nothing that can be counted."""
    items, head = said.items, phrase.head
    for first in range(max(phrase.first, head - 3), head + 1):
        unit = unit_at(items, first)
        if unit is not None and unit.last > head:
            return unit.name
    item = items[head]
    if item.kind == "name":  # "60 BMP-2s"
        return item.text.removesuffix("s") if head == phrase.first and item.text[0].isupper() else None
    if item.kind != "word" or len(item.text) == 1:
        return None
    if item.text.removesuffix("s") in adjectives():
        return "person"
    if item.text.isupper() and head == phrase.first:
        return item.text
    plural = said.tree.tags[head] in {"NNS", "NNPS"} or singular(item.lower) != item.lower
    if item.text[0].isupper() and not plural:
        return None
    if item.lower.removesuffix("s") in _PARTICLES:
        return _whole_word(said, head)
    return unit_of(item.text)


def _whole_word(said: Sentence, head: int) -> str:
    """The singular of a word of which hyphens part the last piece, which is no noun by itself: "pick-up"."""
    items, first = said.items, head
    while first >= 2 and items[first].glued and items[first - 1].glued and items[first - 1].text in _HYPHENS:
        first -= 2
    before = "".join("-" if item.text in _HYPHENS else item.lower for item in items[first:head])
    return before + items[head].lower.removesuffix("s")


def _with_twin(said: Sentence, phrase: Phrase, unit: str) -> int:
    """The end of "officers and men": two nouns of one unit counted together."""
    at = phrase.stop
    if said.lower(at) == "and" and at + 1 < len(said.items):
        twin = unit_at(said.items, at + 1)
        if twin is not None and twin.name == unit and said.is_noun(at + 1):
            return twin.last
    return at


def _without_participles(said: Sentence, phrase: Phrase) -> int:
    """Skip "poorly trained and armed": how they are is no part of what is counted."""
    first = phrase.first
    while first < phrase.head and said.tree.upos[first] == "ADV":
        described = first
        while described < phrase.head and said.tree.upos[described] in {"ADV", "CCONJ"}:
            described += 1
        if described == phrase.head or not said.items[described].lower.endswith(("ed", "en", "n", "t")):
            break
        first = described + 1
        while first < phrase.head - 1 and said.lower(first) in {"and", ","}:
            first += 1
            while first < phrase.head and said.tree.upos[first] == "ADV":
                first += 1
            first += said.items[first].lower.endswith("ed") and first < phrase.head
    return first


def of_phrase(said: Sentence, at: int) -> tuple[int, int] | None:
    """The characters of the noun phrase behind "of", without its article."""
    if said.lower(at) != "of":
        return None
    found = phrase_at(said, at + 1)
    if found is None:
        return None
    stop = found.stop
    while said.lower(stop) == "of" and (inner := phrase_at(said, stop + 1)) is not None:
        if said.items[inner.first].kind in {"money", "number"}:
            break
        stop = inner.stop
    return said.items[found.first].start, said.items[stop - 1].stop


def phrase_at(said: Sentence, at: int) -> Phrase | None:
    """The noun phrase at an atom, behind articles and the like."""
    while said.lower(at) in _DETERMINERS or (at < len(said.items) and said.items[at].text in QUOTES):
        at += 1
    return said.phrase(at)


def _place(said: Sentence, at: int) -> tuple[int, int] | None:
    """The characters of a place behind a noun phrase: "in Belarus", "along the Polish border"."""
    items = said.items
    while at < len(items) and (items[at].text in QUOTES or items[at].lower in _STANDING):
        at += 1
    if said.lower(at) not in words("noun_phrase", "places"):
        return None
    first, stop = at, at + 1
    named = False
    while (phrase := phrase_at(said, stop)) is not None:
        inside = items[phrase.first : phrase.stop]
        if any(item.kind != "word" and item.text not in _HYPHENS for item in inside):
            break
        capital = [item for item in inside if item.text[0].isupper()]
        if any(item.lower in MONTHS or item.lower in WEEKDAYS for item in capital):
            return None
        named = named or any(
            said.tree.upos[phrase.first + n] == "PROPN" for n, item in enumerate(inside) if item in capital
        )
        stop = phrase.stop
        if said.lower(stop) != "of":
            break
        stop += 1
    else:
        stop -= said.lower(stop - 1) == "of"
    return (items[first].start, items[stop - 1].stop) if named else None
