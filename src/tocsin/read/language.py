"""Which language a report is in."""

from __future__ import annotations

import importlib
import re
from typing import NamedTuple

_SAMPLE = 5_000
_SHORT = 200
_FEWEST = 3
"""Fewer words than this tell nothing, and little is lost if they are read wrongly."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "en": frozenset(
        (
            *("the", "a", "an", "of", "and", "to", "in", "is", "was", "are", "were", "has", "have", "had"),
            *("be", "been", "by", "with", "from", "on", "at", "that", "this", "it", "its", "they", "their"),
            *("he", "she", "we", "not", "no", "but", "for", "as", "who", "which", "will", "would", "after"),
            *("before", "near", "over", "into", "out", "up", "said", "says", "now", "there", "here", "more"),
            *("than", "two", "still", "again", "all"),
        )
    ),
    "fr": frozenset(
        (
            *("le", "la", "les", "de", "des", "du", "un", "une", "et", "est", "sont", "a", "à", "au", "aux"),
            *("en", "dans", "sur", "pour", "par", "pas", "que", "qui", "ce", "cette", "ces", "il", "elle"),
            *("ils", "nous", "depuis", "hier", "avec", "ont", "été", "être", "selon", "après", "dit", "leur"),
            *("où", "sans", "plus", "deux"),
        )
    ),
    "es": frozenset(
        (
            *("el", "la", "los", "las", "de", "del", "un", "una", "y", "es", "son", "en", "con", "por", "para"),
            *("que", "se", "no", "su", "al", "desde", "ayer", "ha", "han", "fue", "según", "dice", "dijo"),
            *("más", "hasta", "sin", "cerca", "dos"),
        )
    ),
    "pt": frozenset(
        (
            *("o", "a", "os", "as", "de", "do", "da", "dos", "das", "um", "uma", "e", "é", "são", "em", "no"),
            *("na", "nos", "nas", "com", "por", "para", "que", "se", "não", "seu", "desde", "ontem", "foi"),
            *("segundo", "disse", "ao", "à", "mais", "sem", "dois"),
        )
    ),
    "it": frozenset(
        (
            *("il", "lo", "la", "i", "gli", "le", "di", "del", "della", "dei", "un", "una", "e", "è", "sono"),
            *("in", "nel", "nella", "con", "per", "che", "si", "non", "da", "dal", "dalla", "ieri", "ha"),
            *("hanno", "secondo", "dice", "dopo", "più", "senza", "due"),
        )
    ),
    "de": frozenset(
        (
            *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "und", "ist", "sind", "war"),
            *("wurde", "wurden", "in", "im", "mit", "von", "vom", "zu", "zum", "zur", "auf", "für", "nicht"),
            *("seit", "gestern", "nach", "bei", "sich", "es", "sagte", "laut", "zwei", "über"),
        )
    ),
    "nl": frozenset(
        (
            *("de", "het", "een", "en", "is", "zijn", "was", "werd", "van", "in", "op", "te", "met", "voor"),
            *("niet", "dat", "die", "er", "aan", "bij", "naar", "sinds", "gisteren", "volgens", "zei", "twee"),
            *("uit",),
        )
    ),
    "pl": frozenset(
        (
            *("i", "w", "z", "na", "do", "nie", "jest", "są", "się", "że", "od", "po", "za", "przez", "dla"),
            *("jak", "wczoraj", "został", "została", "oraz", "dwa"),
        )
    ),
    "tr": frozenset(
        (
            *("ve", "bir", "bu", "da", "de", "için", "ile", "olarak", "olan", "dün", "sonra", "kadar", "çok"),
            *("iki", "değil", "var", "yok", "göre"),
        )
    ),
    "sw": frozenset(
        (
            *("na", "ya", "wa", "kwa", "ni", "za", "katika", "la", "cha", "kuwa", "hii", "hilo", "jana", "leo"),
            *("watu", "mbili", "siku", "baada", "kutoka", "hakuna"),
        )
    ),
}
"""Small words by language, for texts too short for their letters to tell."""
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_ISO_639_2 = {
    "eng": "en",
    "ukr": "uk",
    "rus": "ru",
    "bel": "be",
    "pol": "pl",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "spa": "es",
}


def normalised(code: str | None) -> str | None:
    """The bare language code, in lower case; None where it is no code.

    >>> normalised("en-GB"), normalised("UK_ua"), normalised("eng"), normalised("english please")
    ('en', 'uk', 'en', None)
    """
    found = _CODE.fullmatch(code.strip()) if code else None
    if found is None:
        return None
    bare = found.group(1).lower()
    return _ISO_639_2.get(bare, bare)


def _latin_share(text: str) -> float:
    """Share of the letters that are Latin; 1 where there are no letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0250" for c in letters) / len(letters) if letters else 1.0


class Guess(NamedTuple):
    """A language, and whether its words are enough to be sure of it."""

    code: str | None
    sure: bool = True


def language_of(text: str, *, declared: str | None = None) -> Guess:
    """The language of a text: that of its words; what the page declares counts only where the words are too few.

    A text in Latin script under 200 characters counts as English, unless it holds at least two small words more of
    another language than of English; names ("Juan de la Cruz") are not to make it Spanish. The guess is sure where the
    small words are of one language, or clearly more of English.

    >>> language_of("The road was shut at noon."), language_of("La piste est fermée depuis hier, dit le chef.")
    (Guess(code='en', sure=True), Guess(code='fr', sure=True))
    >>> language_of("Halden: pont fermé"), language_of("Two trucks seen")
    (Guess(code='en', sure=False), Guess(code='en', sure=True))
    """
    sample = text[:_SAMPLE]
    bare = sample.strip()
    if len(bare) < _SHORT:
        own = normalised(declared)
        if own is not None:
            return Guess(own)
        if _latin_share(bare) > 0.5:
            return _of_few_words(bare)
    found, _ = importlib.import_module("py3langid").classify(sample)
    return Guess(normalised(str(found)))


def _of_few_words(text: str) -> Guess:
    """The language of a short text by its small words; English where they tell nothing."""
    words = _WORD.findall(text)
    said = {word.lower() for place, word in enumerate(words) if not place or word.islower() or text.isupper()}
    counts = {code: len(said & small) for code, small in _SMALL.items()}
    english = counts.pop("en") + sum(len(word) > 4 and word.endswith(("ed", "ing")) for word in said)
    other = max(counts, key=lambda code: counts[code])
    if counts[other] > english + 1:
        return Guess(other, sure=not english or counts[other] > english + 2)
    plain = all(word.isascii() for word in words)
    if english and (english > counts[other] or plain):
        return Guess("en")
    return Guess("en", sure=plain and (len(words) < _FEWEST or (not counts[other] and _is_english(text))))


def _is_english(text: str) -> bool:
    found, _ = importlib.import_module("py3langid").classify(text)
    return normalised(str(found)) == "en"
