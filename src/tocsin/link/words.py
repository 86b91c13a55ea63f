"""Words made comparable: folded, without articles and marks, cut to a light stem."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tocsin.model.report import Span
from tocsin.text.tokens import folded

_ARTICLES = frozenset({"the", "a", "an"})
_VOWEL = re.compile(r"[aeiouy]")
_IRREGULAR = {
    "men": "man",
    "servicemen": "serviceman",
    "women": "woman",
    "forces": "forc",
    "brought": "bring",
    "sent": "send",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "seen": "see",
    "saw": "see",
    "left": "leav",
    "built": "build",
    "taken": "tak",
    "took": "tak",
    "given": "giv",
    "gave": "giv",
    "made": "mak",
    "began": "begin",
    "begun": "begin",
}


class Word(NamedTuple):
    """A word's stem and where it stands."""

    stem: str
    span: Span


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Cut a folded word to a light stem: plural, past and -ing endings, and British spelling, make no difference.

    >>> stem("groups") == stem("group"), stem("moved") == stem("moving") == stem("move")
    (True, True)
    >>> stem("mobilisation") == stem("mobilization"), stem("stopped") == stem("stop")
    (True, True)
    >>> stem("bus") == stem("bu")
    False
    """
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) <= 3 or not word[0].isalpha():
        return word
    bare = re.sub(r"(?<=[ln])is(?=(?:e|ed|es|ing|ation|ations)$)", "iz", word)
    bare = re.sub(r"our(?=ed$|s$|$)", "or", bare) if len(bare) > 5 else bare
    bare = re.sub(r"^defence", "defense", bare)
    if bare.endswith("ies") and len(bare) > 4:
        bare = bare[:-3] + "y"
    elif re.search(r"(?:s|x|z|ch|sh)es$", bare):
        bare = bare[:-2]
    elif bare.endswith("s") and not re.search(r"(?:s|u|i)s$", bare):
        bare = bare[:-1]
    for ending in ("ing", "ed"):
        rest = bare.removesuffix(ending)
        if rest != bare and len(rest) >= 3 and _VOWEL.search(rest):
            bare = rest
            if bare[-1] == bare[-2] and bare[-1] not in "lsz":
                bare = bare[:-1]
            break
    return bare.removesuffix("e") if len(bare) > 3 else bare


@lru_cache(maxsize=32_768)
def words(text: str, spans: tuple[Span, ...] | None = None) -> tuple[Word, ...]:
    """The comparable words of a text or of parts of it; a hyphen parts two words.

    >>> [word.stem for word in words("The strike-groups (moved)")]
    ['strik', 'group', 'mov']
    """
    found: list[Word] = []
    for span in spans if spans is not None else (Span(0, len(text)),):
        for token, start in folded(text, span):
            found += [Word(cut, Span(start + first, start + last)) for cut, first, last in _pieces(token)]
    return tuple(found)


@lru_cache(maxsize=65_536)
def _pieces(token: str) -> tuple[tuple[str, int, int], ...]:
    """The stems of a folded token that hyphens part, each with where its piece begins and ends in the token."""
    found, start = [], 0
    for piece in token.split("-"):
        bare = re.sub(r"(?:'s|')$", "", piece)
        if bare and bare not in _ARTICLES:
            found.append((stem(bare), start, start + len(piece)))
        start += len(piece) + 1
    return tuple(found)


def stems(text: str) -> tuple[str, ...]:
    """The stems of a phrase, in order."""
    return tuple(word.stem for word in words(text))


def stand_in(names: Iterable[tuple[str, ...]], content: tuple[str, ...]) -> bool:
    """Do the stems of any of the names stand in a row among those of a content?"""
    return any(content[first : first + len(name)] == name for name in names for first in range(len(content)))


PEOPLE_AT_ARMS = (
    *("troop", "soldier", "serviceman", "servicemen", "servicewoman", "personnel", "military", "army", "force"),
    *("contingent", "fighter", "man", "men", "officer", "grouping", "conscript", "reservist", "trooper"),
    *("infantry", "mobilized", "mobilised", "mercenary", "mercenaries", "wagner", "wagners", "combatant"),
    *("rebel", "insurgent", "militant", "militiaman", "militiamen", "gunman", "gunmen", "guerrilla", "guerilla"),
    *("paramilitary", "paramilitaries", "paratrooper", "marine", "commando", "jihadist"),
)
FORCES = frozenset(stem(word) for word in PEOPLE_AT_ARMS)
"""Stems of words for people under arms: one counts as another."""
