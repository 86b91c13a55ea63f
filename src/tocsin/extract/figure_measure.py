"""Measures: what a length, a share, a sum or a time measures, and per what it is counted."""

from __future__ import annotations

from tocsin.extract.figure_sentence import Sentence
from tocsin.extract.figure_words import inflected, is_change, measures, singular, unit_at
from tocsin.text.numbers import SCALES

_HYPHENS = frozenset("-‐‑")
TIMES = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "century"})
_TAKING = frozenset({"take", "last", "need", "require", "run", "endure"})
_PER_OTHER = frozenset({"head", "share", "person", "piece", "capita", "household", "unit", "vehicle", "family"})
NO_DURATION = frozenset({"ago", "earlier", "later", "before", "after", "hence", "or", "'s", "-", "when", "that"})
_LEVELS = frozenset(
    {"", "by", "to", "at", "from", "of", "than", "between", "around", "about", "over", "under", "above", "below"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_BEFORE_ADJECTIVES = frozenset({"obl", "advmod", "nummod", "compound", "nmod"})
_LINKS = 8
_NO_BEGINNING = frozenset({*SCALES, "more", "fewer", "less"})


_LENGTHS = frozenset({"meter", "kilometer", "mile", "foot", "yard", "nautical mile"})


def is_speed(unit: str, rate: str) -> bool:
    """Do a unit and what it is counted per make the unit of a speed, which keeps both?"""
    return unit in _LENGTHS and rate in {"second", "minute", "hour"}


def per(said: Sentence, at: int) -> tuple[str, int] | None:
    """What a quantity is counted per, and the atom behind it: "per barrel", "a day", "/hr", "-a-day".

    Args:
        said: The sentence.
        at: The atom right behind the unit and its noun phrase.
    """
    items, hyphen = said.items, at
    while at + 1 < len(items) and items[at].text in _HYPHENS and items[at].glued and items[at + 1].glued:
        at += 1
    word = said.lower(at)
    here = at + 1
    if here < len(items) and items[here].text in _HYPHENS and items[here].glued:
        here += 1
    if word == "per" and here + 1 < len(items) and items[here].kind == "number":
        phrase = said.phrase(here + 1)
        return (f"{items[here].text} {items[phrase.head].lower}", phrase.stop) if phrase is not None else None
    if here >= len(items) or items[here].kind not in {"word", "name"}:
        return None
    unit = unit_at(items, here)
    stop = unit.last if unit is not None else here + 1
    known = unit is not None and unit.name in measures()
    if word == "per" or (
        word == "/" and items[at].glued and items[here].glued and (known or len(items[here].text) > 1)
    ):
        if unit is None and not items[here].lower.isalpha():
            return None
        return unit.name if unit is not None else singular(items[here].lower), stop
    if word in {"a", "an", "each", "every"} and (known or (items[here].lower in _PER_OTHER and word in {"a", "per"})):
        if said.lower(stop) in NO_DURATION or singular(items[here].lower) != items[here].lower:
            return None
        if at == hyphen and said.tree.upos[stop : stop + 1] in {("NOUN",), ("ADJ",)} and said.tree.heads[here] >= stop:
            return None
        return unit.name if unit is not None else items[here].lower, stop
    return None


def measured_thing(said: Sentence, noun: int, unit: str, begin: int) -> tuple[int, int] | None:
    """The characters of what a measure without "of" measures, None where nothing is named.

    A measure before a noun describes it ("a 30 km march"), one behind "of" its noun ("a surge of 2.8 metres"); one
    told of a verb measures what the verb tells of: its object where the verb changes something ("shorten the crossing
    by 40 minutes"), else its subject. A time measures only what takes or lasts it.

    Args:
        said: The sentence.
        noun: The atom of the measure.
        unit: Its unit.
        begin: Where the figure begins; what it measures holds no part of it.
    """
    tree, here = said.tree, noun
    for _ in range(_LINKS):
        above, relation = said.governor(here), said.relation(here)
        if above < 0:
            break
        if begin <= above < here:  # "a couple of days"
            here = above
            continue
        kind = tree.upos[above]
        behind = kind in _NOUNS and above < here
        if (relation == "conj" and (behind or kind == "SYM")) or (
            kind in {"ADJ", "ADV"} and above > here and relation in _BEFORE_ADJECTIVES
        ):
            here = above
        elif kind in _NOUNS and above > here and relation in {"compound", "nummod", "amod", "nmod"}:
            return None if said.lower(above) in TIMES else _span(said, above, begin)
        elif behind and relation == "nmod":
            named = said.case(here) == "of" or is_change(said.lower(above))
            return _span(said, above, begin) if named else None
        elif kind in _NOUNS and relation in {"amod", "acl"}:
            return _span(said, above, begin) if unit not in TIMES or tree.upos[here] == "ADJ" else None
        elif kind in {"VERB", "AUX"}:
            return _told_of(said, here, unit, begin)
        else:
            break
    return _of_subject(said, here, begin) if tree.child(here, "cop") is not None else None


def _told_of(said: Sentence, noun: int, unit: str, begin: int) -> tuple[int, int] | None:
    """What a verb with a measure tells of."""
    tree, verb, relation = said.tree, said.governor(noun), said.relation(noun)
    if unit in TIMES and said.case(noun) != "by":
        lasting = relation in {"obj", "obl"} and said.lower(verb) in inflected(_TAKING) and not said.case(noun)
        if not lasting:
            return None
    if unit == "time" or relation in {"nsubj", "advcl", "ccomp", "parataxis"} or said.case(noun) not in _LEVELS:
        return None
    thing = tree.child(verb, "obj")
    if relation != "obj" and thing is not None and thing != noun:
        return _span(said, thing, begin) if tree.upos[thing] in _NOUNS else None
    return _of_subject(said, verb, begin)


def _of_subject(said: Sentence, verb: int, begin: int) -> tuple[int, int] | None:
    subject = said.subject(verb)
    return _span(said, subject, begin) if subject is not None else None


def _span(said: Sentence, head: int, begin: int) -> tuple[int, int] | None:
    unit = unit_at(said.items, head)
    if unit is not None and unit.name in measures():
        return None
    phrase = said.bare_phrase(head, until=begin if begin > head else None)
    first = max(phrase.first, begin + 1) if begin < head else phrase.first
    no_words = {"number", "money", "mark"}
    while first < head and (said.items[first].kind in no_words or said.lower(first) in _NO_BEGINNING):
        first += 1
    if any(unit_at(said.items, at) is not None for at in range(first, head)) and begin < head:
        first = head
    return said.items[first].start, said.items[phrase.stop - 1].stop
