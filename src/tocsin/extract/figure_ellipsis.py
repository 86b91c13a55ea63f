"""Figures whose noun is left out: "of these, six", "16 of them", "two were sold", "the toll rose to 31"."""

from __future__ import annotations

from itertools import pairwise

from tocsin.extract import lexicon
from tocsin.extract.figure_noun import phrase_at
from tocsin.extract.figure_sentence import Sentence
from tocsin.extract.figure_words import inflected, is_change, measures, singular, unit_at, unit_of, words
from tocsin.text.numbers import Atom

PRONOUNS = frozenset({"them", "these", "those", "which", "whom"})
_AGES = frozenset({"aged", "age", "ages", "youngest", "oldest", "eldest"})
_AGED = frozenset({"age", "ages", "child", "boy", "girl", "son", "daughter", "man", "woman", "widow"})
_SUMS = frozenset({"figure", "number", "total", "count", "estimate", "tally", "strength"})
_GROUPS = frozenset({
    "force", "contingent", "team", "gang", "crew", "crowd", "garrison", "staff", "workforce", "population", "audience",
})  # fmt: skip
_TOLLS = frozenset({"toll", "death", "casualty", "crew", "garrison", "staff", "workforce", "population", "audience"})
_FATES = frozenset({"die", "drown", "perish", "flee", "starve", "desert", "defect"})
_LEVEL_VERBS = frozenset({"stand", "stands", "stood", "remain", "remains", "remained"})
_WORTHS = frozenset({
    "price", "cost", "share", "stock", "rate", "temperature", "profit", "revenue", "earning", "wage", "rent", "future",
    "sale", "level", "value", "yield", "fee", "saving", "expense", "bond",
})  # fmt: skip
_HARMS = frozenset({
    "kill", "wound", "injure", "arrest", "detain", "evacuate", "rescue", "bury", "employ", "hire", "behead", "execute",
    "jail", "imprison", "hospitalise", "hospitalize", "conscript",
})  # fmt: skip
_TELLS = frozenset({"put", "count", "speak", "give", "place", "cite"})
_CITING = 4
"""Atoms before a number within which "according to" cites those counted: "according to at least two workers"."""
_FAR = 8
_CLASSES = ("clause", "think", "show", "told")


def tells(said: Sentence, first: int, stop: int) -> bool:
    """Are those who were counted the ones who tell: "two aid workers estimated the number at 120"?

    Those "according to" whom something is, or "who estimate" it, tell it too.

    Args:
        said: The sentence.
        first: The first atom of the number.
        stop: The atom behind what it counts.
    """
    tree = said.tree
    before = [said.lower(at) for at in range(max(0, first - _CITING), first)]
    if any(pair == ("according", "to") for pair in pairwise(before)):
        return True
    for at in range(first, stop):
        verb = tree.heads[at]
        if tree.labels[at] == "nsubj" and not first <= verb < stop and verb >= 0:
            return _is_telling(said, verb)
    for verb in range(stop, min(len(said.items), stop + _FAR)):
        if tree.labels[verb] == "acl:relcl" and first <= tree.heads[verb] < stop and _is_telling(said, verb):
            subject = tree.child(verb, "nsubj")
            return subject is not None and said.lower(subject) in {"who", "which", "that"}
    return False


def _is_telling(said: Sentence, verb: int) -> bool:
    readings = {form.lemma for form in lexicon.forms().get(said.lower(verb), ())}
    return bool(readings & _TELLS) or any(readings & lexicon.group("verbs", one) for one in _CLASSES)


def points_back(said: Sentence, begins: int, first: int, last: int) -> bool:
    """Does a number without a noun count something named before?

    Args:
        said: The sentence.
        begins: Where the number, with the words that bound it, begins.
        first: The first atom of the number.
        last: The atom behind it.
    """
    behind = [item.lower for item in said.items[last : last + 2]]
    if out_of_them(said, last) or (behind[:1] and behind[0] in {"fewer", "less", "more"} and behind[1:] == ["than"]):
        return True
    if behind_of_them(said.items, begins) or any(said.relation(at) == "nsubj" for at in range(first, last)):
        return True
    opens = begins == 0 or said.items[begins - 1].kind == "mark"
    if opens and last < len(said.items) and said.tree.upos[last] == "AUX":
        return True
    return any(item.lower in _SUMS for item in said.items[:begins]) or (begins > 0 and said.lower(begins - 1) == "only")


def counts_people(said: Sentence, first: int, last: int) -> bool:
    """Does a number without a noun count people by what befell them or by their group: "a crew of 14"?"""
    tree = said.tree
    for at in range(first, last):
        above, relation = said.governor(at), said.relation(at)
        if above < 0 or first <= above < last:
            continue
        word = said.lower(above)
        if relation in {"nmod", "nummod", "appos"} and singular(word) in _GROUPS:
            return True
        if relation == "nsubj" and (
            word in inflected(_FATES) or (word in inflected(_HARMS) and tree.labels[at] == "nsubj:pass")
        ):
            return True
        if word in inflected(_HARMS) and relation in {"obj", "obl", "nummod"}:
            return True
        subject = tree.child(above, "nsubj")
        if subject is not None and subject < first and singular(said.lower(subject)) in _TOLLS:
            return True
        put = _put_at(said, at)
        if put is not None and singular(said.lower(put)) in _TOLLS | _GROUPS:
            return True
    return False


def _put_at(said: Sentence, at: int) -> int | None:
    """The thing that somebody put at a number: the crowd in "they estimated the crowd at 120"."""
    if said.case(at) != "at":
        return None
    above = said.governor(at)
    while above >= 0 and said.relation(above) == "nmod":  # of "the number of huts at 120" the tree may take the huts
        above = said.governor(above)
    if above < 0:
        return None
    thing = above if said.relation(above) == "obj" else said.tree.child(above, "obj")
    return thing if thing is not None and thing < at else None


def is_of_age(items: list[Atom], begins: int) -> bool:
    """Does a word for age stand right before a number: "aged 14", "over the age of 21"?"""
    before = [item.lower for item in items[max(0, begins - 2) : begins]]
    return before[-1:] != [] and (before[-1] in _AGES or (before[-1] == "of" and before[0] in _AGED))


def aged_of(said: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """Whose age a number without a noun is: "she is 35", "the youngest is six"; no characters for a pronoun."""
    tree = said.tree
    for at in range(first, last):
        subject = tree.child(at, "nsubj")
        if subject is None or subject > at or tree.child(at, "cop") is None:
            continue
        if said.lower(subject) in {"he", "she", "who", "i"}:
            return 0, 0
        person = unit_at(said.items, subject)
        if person is not None and person.name == "person" and tree.tags[subject] == "NN":
            phrase = said.bare_phrase(subject)
            return said.items[phrase.first].start, said.items[phrase.stop - 1].stop
        if said.lower(subject) in _AGES or tree.names[subject].endswith("PER"):
            phrase = said.bare_phrase(subject)
            return said.items[phrase.first].start, said.items[phrase.stop - 1].stop
    return None


def summed(said: Sentence, first: int, last: int) -> tuple[str, tuple[int, int]] | None:
    """What a number without a noun counts by its subject: "the number of checkpoints grew to 19".

    A plural subject counts itself where it grows, falls or stands at the number: "applications doubled to 8,000".
    """
    for at in range(first, last):
        here = said.governor(at)
        if here < 0 or first <= here < last:
            continue
        put = _put_at(said, at)
        if put is not None and said.lower(put) in _SUMS and said.lower(put + 1) == "of":
            return _number_of(said, put + 2)
        subject = said.tree.child(here, "nsubj")
        if subject is None and said.tree.labels[here] == "acl":
            subject = said.tree.heads[here]
        if subject is None or subject >= first:
            continue
        if said.lower(subject) in _SUMS and said.lower(subject + 1) == "of":
            return _number_of(said, subject + 2)
        level = said.case(at) in {"to", "at", "from"} and (
            is_change(said.lower(here)) or said.lower(here) in _LEVEL_VERBS
        )
        many = said.tree.tags[subject] == "NNS" and singular(said.lower(subject)) not in _WORTHS
        if level and many:
            return named_at(said, said.bare_phrase(subject).first)
    for at in range(first, last):
        subject = said.tree.child(at, "nsubj")
        if subject is not None and subject < first and said.lower(subject) in _SUMS and said.lower(subject + 1) == "of":
            return named_at(said, subject + 2)
    return None


def _number_of(said: Sentence, at: int) -> tuple[str, tuple[int, int]] | None:
    """What stands behind "the number of"; of a group its people."""
    named = named_at(said, at)
    return ("person", named[1]) if named is not None and named[0] in _GROUPS else named


def behind_of_them(items: list[Atom], begins: int) -> bool:
    """Does "of these" stand before a number, perhaps with a comma or one word between?"""
    before = [item.lower for item in items[max(0, begins - 3) : begins]]
    return any(one == "of" and two in PRONOUNS for one, two in pairwise(before))


def out_of_them(said: Sentence, at: int) -> bool:
    """Does "of them" stand here, with no noun behind it?"""
    if said.lower(at) != "of" or said.lower(at + 1) not in PRONOUNS:
        return False
    return said.lower(at + 1) in {"them", "which", "whom"} or phrase_at(said, at + 2) is None


def named_at(said: Sentence, at: int) -> tuple[str, tuple[int, int]] | None:
    """The unit of the noun phrase at an atom, and its characters."""
    phrase = phrase_at(said, at)
    if phrase is None or said.items[phrase.head].kind != "word":
        return None
    return _unit(said, phrase.head), (said.items[phrase.first].start, said.items[phrase.stop - 1].stop)


def named_before(said: Sentence, at: int) -> tuple[str, tuple[int, int]] | None:
    """The unit of the nearest noun in the plural before an atom, and its characters."""
    for head in range(at - 1, -1, -1):
        if said.tree.upos[head] != "NOUN" or said.items[head].lower in words("noun_phrase", "stops"):
            continue
        unit = _unit(said, head)
        many = said.tree.tags[head] == "NNS" or unit == "craft"
        if many and unit not in measures():
            phrase = said.bare_phrase(head)
            return unit, (said.items[phrase.first].start, said.items[phrase.stop - 1].stop)
    return None


def _unit(said: Sentence, head: int) -> str:
    for first in range(max(0, head - 2), head + 1):
        known = unit_at(said.items, first)
        if known is not None and known.last == head + 1:
            return known.name
    return unit_of(said.items[head].text)
