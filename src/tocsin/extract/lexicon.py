"""The words that carry a voice, a stance or a role, read once from the language's data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from tocsin.text import lang


class Tense(Enum):
    """Which form of a verb a word is."""

    BASE = "base"
    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


class Form(NamedTuple):
    """One reading of a word as a verb."""

    lemma: str
    tense: Tense


class Match(NamedTuple):
    """A phrase found among words: first word, one past the last, and the phrase as listed."""

    start: int
    stop: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of one or more words, found longest first.

    >>> Phrases.of(["likely", "highly likely"]).first(["it", "is", "highly", "likely"])
    Match(start=2, stop=4, phrase='highly likely')
    """

    by_first: dict[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """Compile a list of phrases; words are separated by spaces."""
        table: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append(words)
        return cls({first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in table.items()})

    def at(self, words: Sequence[str], index: int) -> Match | None:
        """The longest phrase that begins at one word."""
        for phrase in self.by_first.get(words[index], ()):
            stop = index + len(phrase)
            if tuple(words[index:stop]) == phrase:
                return Match(index, stop, " ".join(phrase))
        return None

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """Every phrase, from left to right, without overlap."""
        index = 0
        while index < len(words):
            match = self.at(words, index) if words[index] in self.by_first else None
            if match:
                yield match
                index = match.stop
            else:
                index += 1

    def first(self, words: Sequence[str]) -> Match | None:
        """The first phrase from the left."""
        return next(self.find(words), None)


@cache
def _tables() -> Mapping[str, Any]:
    """The tables of both files: voices, and stances."""
    return {**lang.load("en_voice"), **lang.load("en_stance")}


@cache
def group(table: str, key: str) -> frozenset[str]:
    """One word list as a set.

    >>> "source" in group("voices", "anonymous")
    True
    """
    return frozenset(_tables()[table][key])


@cache
def phrases(table: str, key: str) -> Phrases:
    """One word list as phrases."""
    return Phrases.of(_tables()[table][key])


@cache
def lang_list(table: str, key: str) -> tuple[str, ...]:
    """One word list in its own order."""
    return tuple(_tables()[table][key])


@cache
def hedge_weights() -> dict[str, float]:
    """Hedge phrase to weight, 0 to 1 (docs/method.md, "hedge words in a claim")."""
    return {str(k): float(v) for k, v in _tables()["hedge"]["weights"].items()}


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Every form of every listed verb, with its readings.

    >>> forms()["said"][0].lemma, Form("warn", Tense.PRESENT) in forms()["warns"]
    ('say', True)
    """
    verbs = lang.load("en_voice")["verbs"]
    irregular = {base: (past, participle) for base, past, participle in verbs["irregular"]}
    lemmas = {lemma for key, listed in verbs.items() if key != "irregular" for lemma in listed} | set(irregular)
    table: dict[str, dict[Form, None]] = {}

    def add(word: str, lemma: str, tense: Tense) -> None:
        table.setdefault(word, {})[Form(lemma, tense)] = None

    for lemma in sorted(lemmas):
        add(lemma, lemma, Tense.BASE)
        add(_present(lemma), lemma, Tense.PRESENT)
        for word in _ending(lemma, "ing"):
            add(word, lemma, Tense.ING)
        if lemma in irregular:
            past, participle = irregular[lemma]
            add(past, lemma, Tense.PAST)
            add(participle, lemma, Tense.PARTICIPLE)
        else:
            for word in _ending(lemma, "ed"):
                add(word, lemma, Tense.PAST)
                add(word, lemma, Tense.PARTICIPLE)
    return {word: tuple(readings) for word, readings in table.items()}


def _present(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _ending(lemma: str, ending: str) -> tuple[str, ...]:
    """The regular forms; where the last consonant may double, both spellings."""
    if lemma.endswith("ie") and ending == "ing":
        return (lemma[:-2] + "ying",)
    if lemma.endswith("e") and not (ending == "ing" and lemma.endswith("ee")):
        return (lemma[:-1] + ending,)
    if lemma.endswith("y") and ending == "ed" and lemma[-2] not in "aeiou":
        return (lemma[:-1] + "ied",)
    if len(lemma) > 2 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou":
        return (lemma + ending, lemma + lemma[-1] + ending)
    return (lemma + ending,)


def lemmas(word: str, *, verbs: str) -> Form | None:
    """The first reading of a word as a verb of one class.

    >>> lemmas("denied", verbs="deny").lemma
    'deny'
    """
    listed = group("verbs", verbs)
    return next((form for form in forms().get(word, ()) if form.lemma in listed), None)
