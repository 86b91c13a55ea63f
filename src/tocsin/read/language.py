"""Which language a report is in."""

from __future__ import annotations

import importlib
import re

_SAMPLE = 5_000
_SHORT = 200
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


def language_of(text: str, *, declared: str | None = None) -> str | None:
    """The language of a text: that of its words; what the page declares counts only where the words are too few.

    A text in Latin script under 200 characters counts as English.

    >>> language_of("A short line.")
    'en'
    """
    sample = text[:_SAMPLE]
    bare = sample.strip()
    if len(bare) < _SHORT:
        own = normalised(declared)
        if own is not None:
            return own
        if _latin_share(bare) > 0.5:
            return "en"
    found, _ = importlib.import_module("py3langid").classify(sample)
    return normalised(str(found))
