"""The words around a number: what bounds it, what it is a change of, in what unit it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from tocsin.model.claim import Bound, Change
from tocsin.text.lang import load
from tocsin.text.numbers import Atom

Phrase = tuple[str, ...]


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
    return phrase.replace("/", " / ").replace("$", " $ ").split()


@cache
def _units() -> Mapping[Phrase, str]:
    return dict(_phrases("units", ""))


@cache
def measures() -> frozenset[str]:
    """Units that measure rather than count."""
    return words("kinds", "measures")


def money_unit(sign: str) -> str | None:
    """The unit of a sign of currency: "US$", "€"; None for one that is not known."""
    units = _units()
    bare = "$" if "$" in sign else sign.lower()
    return units.get((bare,))


def unit_at(items: list[Atom], at: int) -> UnitFound | None:
    """The unit named at an atom: "BTGs", "percentage points", "km/h".

    A single letter is a unit only where it is glued to the number before it.
    """
    units = _units()
    for length in (3, 2, 1):
        if at + length > len(items):
            continue
        name = units.get(tuple(item.lower for item in items[at : at + length]))
        if name is None:
            continue
        if length == 1 and len(items[at].text) == 1 and items[at].kind == "word" and not items[at].glued:
            continue
        return UnitFound(name, at, at + length)
    return None


def singular(noun: str) -> str:
    """The singular of a regular English plural, in lower case.

    >>> singular("Convoys"), singular("bodies"), singular("buses"), singular("crossings"), singular("gas")
    ('convoy', 'body', 'bus', 'crossing', 'gas')
    """
    word = noun.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "uses")):
        return word[:-2]
    if is_plural(word):
        return word[:-1]
    return word


_NOT_PEOPLE = frozenset({
    "list", "fist", "mist", "twist", "gist", "wrist", "waist", "heist", "checklist", "shortlist", "blacklist",
    "playlist", "tree", "fee", "degree", "committee", "guarantee", "knee", "jubilee", "marquee", "pedigree", "levee",
    "coffee", "subcommittee", "spree", "decree", "chimpanzee", "settee",
})  # fmt: skip


def unit_of(noun: str) -> str:
    """The unit of a noun that the lists lack: its singular, or ``person`` where its ending names people.

    >>> unit_of("Convoys"), unit_of("cellists"), unit_of("evacuees"), unit_of("oarsmen"), unit_of("committees")
    ('convoy', 'person', 'person', 'person', 'committee')
    """
    name = singular(noun)
    people = name.endswith(("ist", "ee", "men", "women", "worker", "keeper")) and name not in _NOT_PEOPLE
    return "person" if people and len(name) > len("omen") else name


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
    return next((Bound(m) for p, m in _phrases("bounds", "after") if _starts_with(items, start, p)), None)


def change_before(items: list[Atom], at: int, *, relative: bool) -> Change | None:
    """Is the number that begins at ``at`` a change: "rose by", "down"?

    Args:
        items: The atoms.
        at: Where the number, with the words that bound it, begins.
        relative: Is it a percentage or money? Weak verbs ("lost", "added") say a change of these alone.
    """
    fillers = words("changes", "between")
    here = at - 1
    while here >= 0 and at - here < 4 and items[here].lower in fillers:
        here -= 1
    joints = {item.lower for item in items[here + 1 : at]}
    if here < 0:
        return None
    if "by" in joints:
        before = [item.lower for item in items[max(0, here - 3) : here + 1] if item.kind == "word"]
        return next((found for word in reversed(before) if (found := _direction(word, "up", "down"))), None)
    word = items[here].lower
    if not relative and not joints & {"of", "from"}:
        return None
    if not relative and word in words("changes", "weak"):
        return None
    return _direction(word, "up", "down")


def change_after(items: list[Atom], at: int) -> Change | None:
    """Is the percentage before ``at`` a change: "12 % more", "a 3 percent drop"?"""
    at = at + 1 if at < len(items) and items[at].text == "-" else at
    for item in items[at : at + 3]:
        found = _direction(item.lower, "after_up", "after_down")
        if found is not None:
            return found
        if item.kind != "word" or item.lower in words("noun_phrase", "stops"):
            return None
    return None


def _direction(word: str, up: str, down: str) -> Change | None:
    if word in words("changes", up):
        return Change.UP
    return Change.DOWN if word in words("changes", down) else None
