"""The words around a number: what bounds it, what it is a change of, in what unit it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from tocsin.model.claim import Bound, Change
from tocsin.text.lang import load
from tocsin.text.numbers import Atom

Phrase = tuple[str, ...]


_HYPHENS = frozenset("-‐‑")
_SIGNS = frozenset({"C", "W", "V", "°"})
_WIDEST_UNIT = 6
"""Atoms of the longest unit, hyphens included."""
_FILLERS = 4
"""Small words that may stand between a verb of change and its number, less one."""


class UnitFound(NamedTuple):
    """A unit, and the atoms that name it."""

    name: str
    first: int
    last: int


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list of words out of a table of the English lists."""
    return frozenset(load("en")[table][name])


@cache
def _phrases(table: str, place: str) -> tuple[tuple[Phrase, str], ...]:
    """Phrases with what they mean, longest first."""
    lists: Mapping[str, Iterable[str]] = load("en")[table][place] if place else load("en")[table]
    pairs = [(tuple(_cut(phrase)), meaning) for meaning, phrases in lists.items() for phrase in phrases]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _cut(phrase: str) -> list[str]:
    return phrase.replace("/", " / ").replace("-", " ").split()


@cache
def _units() -> Mapping[Phrase, str]:
    return dict(_phrases("units", ""))


@cache
def measures() -> frozenset[str]:
    """Units that measure rather than count, money among them."""
    return words("kinds", "measures") | words("kinds", "money")


def money_unit(sign: str) -> str | None:
    """The unit of a sign of currency: "US$", "€"; None for one that is not known."""
    bare = "".join(sign.lower().split())
    if bare == "ps":  # how careless conversion writes £
        return "pound sterling"
    return _units().get((bare,)) or (_units()[("$",)] if "$" in bare else None)


def unit_at(items: list[Atom], at: int) -> UnitFound | None:
    """The unit named at an atom: "BTGs", "percentage points", "km/h", "man-hours".

    A single letter is a unit only where it is glued to the number before it, or is the sign of an electric or heat
    measure that stands alone.
    """
    if at >= len(items) or (first := _by_first_word().get(items[at].lower)) is None:
        return None
    names: list[str] = []
    stops: list[int] = []
    for here in range(at, min(at + _WIDEST_UNIT, len(items))):
        if items[here].text in _HYPHENS and items[here].glued and here > at:
            continue
        names.append(items[here].lower)
        stops.append(here + 1)
    for length in range(min(first, len(names)), 0, -1):
        name = _units().get(tuple(names[:length]))
        if name is None:
            continue
        behind_digits = at > 0 and items[at - 1].kind == "number"
        loose = length == 1 and len(items[at].text) == 1 and items[at].kind == "word" and not items[at].glued
        if loose and (items[at].text not in _SIGNS or not behind_digits):
            continue
        if names[0] == "second" and length == 1 and not behind_digits:
            continue  # an ordinal
        return UnitFound(name, at, stops[length - 1])
    return None


@cache
def _by_first_word() -> Mapping[str, int]:
    """The first words of units, with the length of the longest unit that begins so."""
    longest: dict[str, int] = {}
    for phrase in _units():
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return longest


_VOWELS = frozenset("aeiou")


def singular(noun: str) -> str:
    """The singular of an English plural, in lower case.

    >>> [singular(word) for word in ("Convoys", "bodies", "buses", "houses", "boxes", "wolves", "churches", "gas")]
    ['convoy', 'body', 'bus', 'house', 'box', 'wolf', 'church', 'gas']
    """
    word = noun.lower()
    irregular: Mapping[str, str] = load("en")["plurals"]
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("theses", "yses")):
        return word[:-2] + "is"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    if word.endswith("uses") and word[-5] not in _VOWELS:
        return word[:-2]
    if word.endswith("men") and len(word) > len("women"):
        return word[:-2] + "an"
    return word[:-1] if is_plural(word) else word


_PEOPLE_ENDINGS = (
    "ist", "ee", "man", "woman", "worker", "keeper", "ician", "arian", "smith", "wright", "monger", "maker", "holder",
    "owner", "seeker", "goer", "officer", "farmer",
)  # fmt: skip
_NOT_PEOPLE = frozenset({
    "list", "fist", "mist", "twist", "gist", "wrist", "waist", "heist", "checklist", "shortlist", "blacklist",
    "playlist", "tree", "fee", "degree", "committee", "guarantee", "knee", "jubilee", "marquee", "pedigree", "levee",
    "coffee", "subcommittee", "caiman", "talisman", "spree", "decree", "chimpanzee", "settee",
})  # fmt: skip


def unit_of(noun: str) -> str:
    """The unit of a noun that the lists lack: its singular, or ``person`` where its ending names people.

    >>> unit_of("Convoys"), unit_of("cellists"), unit_of("evacuees"), unit_of("oarsmen"), unit_of("committees")
    ('convoy', 'person', 'person', 'person', 'committee')
    """
    name = singular(noun)
    people = name.endswith(_PEOPLE_ENDINGS) and name not in _NOT_PEOPLE
    return "person" if people and len(name) > len("oman") else name


def is_one_of(word: str) -> bool:
    """Is a word the singular of a noun of the lists: "voter", "tank", but not "dead" or "aircraft"?"""
    units = _units()
    name = units.get((word,))
    forms = (word + "s", word[:-1] + "ies", word[:-2] + "en")
    return name is not None and any(form != word and units.get((form,)) == name for form in forms)


def is_plural(word: str) -> bool:
    """Does a word look like a plural noun?"""
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


@cache
def _bounds_by_last_word() -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    """The bounding phrases that end with a word, longest first."""
    found: dict[str, tuple[tuple[Phrase, str], ...]] = {}
    for phrase, meaning in _phrases("bounds", "before"):
        found[phrase[-1]] = (*found.get(phrase[-1], ()), (phrase, meaning))
    return found


def _ends_with(items: list[Atom], at: int, phrase: Phrase) -> bool:
    first = at - len(phrase)
    return first >= 0 and all(items[first + i].lower == word for i, word in enumerate(phrase))


def _starts_with(items: list[Atom], at: int, phrase: Phrase) -> bool:
    return at + len(phrase) <= len(items) and all(items[at + i].lower == word for i, word in enumerate(phrase))


def bound_before(items: list[Atom], at: int) -> tuple[Bound, int]:
    """What bounds the number that begins at ``at``, and where the bounding words begin.

    Of two ("up to about 50") the one that is a limit wins.
    """
    if at > 1 and items[at - 1].text in _HYPHENS and items[at - 2].lower == "sub":
        return Bound.AT_MOST, at - 2
    bound, first = Bound.EXACT, at
    for _ in range(2):
        ending = _bounds_by_last_word().get(items[first - 1].lower, ()) if first else ()
        hit = next(((phrase, meaning) for phrase, meaning in ending if _ends_with(items, first, phrase)), None)
        if hit is None:
            break
        first -= len(hit[0])
        bound = Bound(hit[1]) if bound in {Bound.EXACT, Bound.ABOUT} else bound
    return bound, first


def bound_after(items: list[Atom], at: int) -> Bound | None:
    """What bounds the number from behind: "or more", "50+"."""
    if at < len(items) and items[at].text == "+" and items[at].glued:
        return Bound.AT_LEAST
    start = at + 1 if at < len(items) and items[at].text == "-" and items[at].glued else at
    hit = next(((p, m) for p, m in _phrases("bounds", "after") if _starts_with(items, start, p)), None)
    if hit is None:
        return None
    behind = items[start + len(hit[0])] if start + len(hit[0]) < len(items) else None
    goes_on = behind is not None and (behind.lower in {"to", "than"} or behind.kind in {"number", "money"})
    return None if goes_on else Bound(hit[1])  # "90 cars and up to 600 passengers"


@cache
def _forms(verb: str) -> frozenset[str]:
    """The forms of a verb, from its dictionary form."""
    irregular: Mapping[str, list[str]] = load("en")["forms"]
    stem = verb.removesuffix("e")
    doubled = stem + stem[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", stem) and stem == verb else stem
    changing = verb.endswith("y") and verb[-2] not in _VOWELS
    regular = {verb[:-1] + "ied"} if changing else {doubled + "ed", stem + "ed"}
    past = {verb + "d"} if stem != verb else regular
    third = {verb[:-1] + "ies"} if changing else {verb + "s", verb + "es"}
    return frozenset({verb, *third, *past, doubled + "ing", *irregular.get(verb, ())})


@cache
def inflected(verbs: frozenset[str]) -> frozenset[str]:
    """All forms of some verbs in their dictionary form.

    >>> {"rose", "rising", "dropped", "carries"} <= inflected(frozenset({"rise", "drop", "carry"}))
    True
    """
    return frozenset(form for verb in verbs for form in _forms(verb))


def change_before(items: list[Atom], at: int, *, relative: bool, measured: bool) -> Change | None:
    """Is the number that begins at ``at`` a change: "rose by", "down"? What it rose or fell from is a level.

    Args:
        items: The atoms.
        at: Where the number, with the words that bound it, begins.
        relative: Is it a percentage or money? Weak verbs ("lost", "added") say a change of these alone.
        measured: Is it another measure? "Rose 3 metres" says a change of it, "rose 3 men" of nothing.
    """
    fillers = words("changes", "between")
    here = at - 1
    while here >= 0 and at - here < _FILLERS and items[here].lower in fillers:
        here -= 1
    joints = {item.lower for item in items[here + 1 : at]}
    if here < 0:
        return None
    if "by" in joints:
        before = [n for n in range(max(0, here - 4), here + 1) if items[n].kind == "word"]
        return next((found for n in reversed(before) if (found := _direction(items[n].lower))), None)
    weak = items[here].lower in inflected(words("changes", "weak")) or items[here].lower in {"up", "down"}
    if not relative and (weak or ("of" not in joints and not measured)):
        return None
    return _direction(items[here].lower)


def change_after(items: list[Atom], at: int) -> Change | None:
    """Is the percentage before ``at`` a change: "12 % more", "a 3 percent drop"?"""
    at = at + 1 if at < len(items) and items[at].text == "-" else at
    for item in items[at : at + 3]:
        if item.lower in words("changes", "after_up"):
            return Change.UP
        if item.lower in words("changes", "after_down"):
            return Change.DOWN
        if item.kind != "word" or item.lower in words("noun_phrase", "stops"):
            return None
    return None


def is_change(word: str) -> bool:
    """Does a word tell of a change of a quantity?"""
    return _direction(word) is not None or word in inflected(words("changes", "other"))


def _direction(word: str) -> Change | None:
    if word in inflected(words("changes", "up")):
        return Change.UP
    return Change.DOWN if word in inflected(words("changes", "down")) else None
