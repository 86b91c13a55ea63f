"""What may stand between the words of a watch phrase: what only describes the next of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tocsin.link.nation import nation_of
from tocsin.link.words import Word, stem
from tocsin.text.numbers import atoms, number_at

MOST = 5
"""Words that may stand between two words of a phrase."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


LIGHT = _stems(
    "be is are was were been being have has had having this these those some any all my your his her its our their"
)
"""Words that may stand between any two words of a phrase and change nothing; a negation is none of them."""

_VERBAL = re.compile(r"(?<!e)(?:ed|ing)$")
_NO_VERBS = _words(
    "hundred hatred sacred naked during morning evening nothing something anything everything spring king ring wing"
    " string according regarding including following concerning"
)
_PAST = _words(
    "sent withdrew withdrawn left built took taken gave given began begun shut cut put held brought struck hit shot"
    " fled lost laid met sold bought drove driven flew flown won broke broken stole stolen sank sunk kept set dug"
    " blew blown withheld rose fell fallen ran came went stood"
)
_STOPS = _stems(
    "and or but nor yet so if when while because since although though as no not never none neither without hardly"
    " scarcely barely cannot false of to in on at by for from with into onto over under through after before against"
    " between among near around about across along toward towards until till during within behind beyond off out up"
    " down away than that which who whom whose where what how why whether he she it they we i you him them us me there"
    " do does did will would can could may might must shall should said say says former fake alleged"
)
_NEGATIONS = _stems("no not never longer")
_PLACING = _words("to in at from near of on for around into between and")
_QUANTITIES = _stems("dozens scores hundreds thousands most some many several all half part")
_ADVERBS = _words("again already also now still just soon today back once even")
_ADJECTIVAL = re.compile(r"(?:al|ic|ive|ous|ary|ful|able|ible|ern|ian|ese|ish)$")
_ADJECTIVES = _words(
    "new fresh more additional extra other several many further big large small heavy light armed foreign joint main"
    " own whole entire remaining last next daily weekly first second third key major minor senior junior top late early"
    " long short empty full unarmed allied enemy rebel government state private public"
)
_BETWEEN_WORDS = re.compile(r"(?:['’]s?)?(?:[\s\"“”'’‘-]|\b(?:the|an?)\b)*", re.IGNORECASE)


def passable(text: str, words: Sequence[Word], before: int, after: int, *, denied: bool = False) -> bool:
    """Do the words between two words of a phrase only describe, so that the two are still said of each other?

    Behind a verb, before the noun it governs: whatever may stand in a noun phrase ("withdrawn its 14 international
    staff"). Behind an adjective or a preposition: numbers, names and adjectives ("fresh Coastal Front fighters").
    Before a verb: adverbs and auxiliaries, and where the thing is ("flights to Ashdale are already suspended"). No
    mark, negation, conjunction or new clause, and at most five words.

    Args:
        text: The text of the report.
        words: The words of a claim.
        before: The place of the one word among them.
        after: The place of the other.
        denied: Whether the claim is a denial: then its "no" or "not" may stand there too, for it is heard.
    """
    between = [word for word in words[before + 1 : after] if not (denied and word.stem in _NEGATIONS)]
    if after - before > MOST + 1 or not _unbroken(text, words[before : after + 1]):
        return False
    last = _raw(text, words[after])
    if _is_verb(last) or words[after].stem in LIGHT:
        return _said_of(text, between)
    first = _raw(text, words[before])
    if _is_verb(first):
        return _noun_phrase(text, between)
    describing = _is_adjective(first) or first.lower() in _PLACING
    return describing and all(_describes(text, word) for word in between)


def _raw(text: str, word: Word) -> str:
    return text[word.span.start : word.span.stop]


def _unbroken(text: str, run: Sequence[Word]) -> bool:
    """Do the words follow each other without a mark?"""
    return all(_BETWEEN_WORDS.fullmatch(text[one.span.stop : two.span.start]) is not None for one, two in pairwise(run))


def _is_verb(word: str) -> bool:
    """Has a word the form of a verb in the past, or of a participle?"""
    low = word.lower()
    return low in _PAST or (len(low) > 4 and low not in _NO_VERBS and _VERBAL.search(low) is not None)


def _is_adjective(word: str) -> bool:
    low = word.lower()
    return low in _ADJECTIVES or (len(low) > 4 and _ADJECTIVAL.search(low) is not None) or nation_of(low) is not None


def _is_number(word: str) -> bool:
    items = atoms(word)
    return bool(items) and number_at(items, 0) is not None


def _describes(text: str, word: Word) -> bool:
    """Is a word a number, a name, an adjective or somebody's: "14", "Ashdale", "international", "today's"?"""
    raw = _raw(text, word)
    if word.stem in _STOPS:
        return False
    return (
        word.stem in LIGHT
        or raw[:1].isupper()
        or raw[-2:] in {"'s", "’s", "s'", "s’"}
        or _is_number(raw)
        or _is_adjective(raw)
    )


def _noun_phrase(text: str, between: Sequence[Word]) -> bool:
    """May the words stand in a noun phrase behind a verb? "Of" may, behind a quantity ("dozens of")."""
    for at, word in enumerate(between):
        if word.stem == "of":
            if at == 0 or not (between[at - 1].stem in _QUANTITIES or _is_number(_raw(text, between[at - 1]))):
                return False
        elif word.stem in _STOPS:
            return False
    return True


def _said_of(text: str, between: Sequence[Word]) -> bool:
    """Do the words leave a noun the subject of the verb behind them: auxiliaries, adverbs, and where it is?"""
    at = 0
    while at < len(between):
        raw, here = _raw(text, between[at]), between[at].stem
        if here in LIGHT or raw.lower() in _ADVERBS or (raw.lower().endswith("ly") and len(raw) > 4):
            at += 1
            continue
        named = at + 1
        while named < len(between) and _raw(text, between[named])[:1].isupper():
            named += 1
        if raw.lower() not in _PLACING or named == at + 1:
            return False
        at = named
    return True
