"""Figures whose noun is left out: "of these, six", "16 of them", "two were sold"."""

from __future__ import annotations

from itertools import pairwise

from tocsin.extract.figure_words import is_one_of, is_plural, measures, unit_at, unit_of, words
from tocsin.text.numbers import Atom

PRONOUNS = frozenset({"them", "these", "those", "which", "whom"})
_VERBS = frozenset(
    {"was", "were", "are", "is", "has", "have", "had", "did", "do", "will", "would", "could", "may", "can"}
)
_SUMS = frozenset({"figure", "number", "total", "toll", "count", "estimate", "tally"})
_OPENERS = frozenset({"and", "but", "only", "another", "all", "the", "other", "yet", "while"})
_DETERMINERS = frozenset({"the", "these", "those", "its", "their", "his", "her", "our", "several", "many"})
_REACH = 4
_FATES = frozenset({"died", "drowned", "perished", "fled"})
_HARMS = frozenset({"killed", "killing", "wounded", "wounding", "injured", "injuring"})
_GROUPS = frozenset({"crew", "crowd", "garrison", "staff", "workforce", "population", "audience"})


def points_back(items: list[Atom], begins: int, last: int) -> bool:
    """Does a number without a noun count something named before?

    Args:
        items: The atoms of the sentence.
        begins: Where the number, with the words that bound it, begins.
        last: The atom behind it.
    """
    behind = [item.lower for item in items[last : last + 2]]
    if out_of_them(items, last) or (behind[:1] and behind[0] in {"fewer", "less", "more"} and behind[1:] == ["than"]):
        return True
    if behind_of_them(items, begins):
        return True
    opens = begins == 0 or items[begins - 1].kind == "mark" or items[begins - 1].lower in _OPENERS
    if opens and behind[:1] and behind[0] in _VERBS:
        return True
    return any(item.lower in _SUMS for item in items[:begins])


def counts_people(items: list[Atom], begins: int, last: int) -> bool:
    """Does a number without a noun count people by what befell them or by their group: "a crew of 14"?"""
    before = [item.lower for item in items[max(0, begins - 2) : begins]]
    group = before[1:] == ["of"] and before[0] in _GROUPS
    fate = last < len(items) and items[last].lower in _FATES
    return group or fate or (before[-1:] != [] and before[-1] in _HARMS)


def behind_of_them(items: list[Atom], begins: int) -> bool:
    """Does "of these" stand before a number, perhaps with a comma or one word between?"""
    before = [item.lower for item in items[max(0, begins - 3) : begins]]
    return any(one == "of" and two in PRONOUNS for one, two in pairwise(before))


def out_of_them(items: list[Atom], at: int) -> bool:
    """Does "of them" stand here, with no noun behind it?"""
    if at + 1 >= len(items) or items[at].lower != "of" or items[at + 1].lower not in PRONOUNS:
        return False
    following = items[at + 2] if at + 2 < len(items) else None
    if items[at + 1].lower in {"them", "which", "whom"} or following is None or following.kind != "word":
        return True
    return following.lower in words("noun_phrase", "stops")


def named_before(items: list[Atom], at: int) -> tuple[str, tuple[int, int]] | None:
    """The unit of the nearest noun in the plural before an atom, and its characters.

    A noun that the lists lack has to stand behind a determiner: "asked about the sluices, he said that 16 of them".
    """
    for here in range(at - 1, -1, -1):
        word = items[here].lower
        known = unit_at(items, here)
        if known is not None and known.name not in measures() and not is_one_of(word) and known.name != word:
            return known.name, _with_attributes(items, here)
        behind = {item.lower for item in items[max(0, here - _REACH) : here]}
        if known is not None and known.name == "craft" and behind & _DETERMINERS:
            return known.name, _with_attributes(items, here)
        if known is None and items[here].kind == "word" and is_plural(word) and behind & _DETERMINERS:
            return unit_of(items[here].text), _with_attributes(items, here)
    return None


def _with_attributes(items: list[Atom], noun: int) -> tuple[int, int]:
    """The characters of a noun with what stands between it and its determiner."""
    first = noun
    for here in range(noun - 1, max(-1, noun - _REACH), -1):
        if items[here].lower in _DETERMINERS:
            first = here + 1
            break
    return items[first].start, items[noun].stop
