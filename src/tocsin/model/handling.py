"""Handling caveats: a label of the Traffic Light Protocol, words of a desk's own, or both; and how several combine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

LABEL = re.compile(r"\bTLP\s*[:\-]?\s*(RED|AMBER\s*\+\s*STRICT|AMBER|GREEN|CLEAR|WHITE)\b(?!\s*[+\w])", re.IGNORECASE)
"""A label of the Traffic Light Protocol as people write it."""
_BARE = re.compile(r"\s*(RED|AMBER\s*\+\s*STRICT|AMBER|GREEN|CLEAR|WHITE)\s*", re.IGNORECASE)


class Tlp(IntEnum):
    """The labels of TLP 2.0, in order of strictness. What carries no caveat at all is handled as CLEAR."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as it is written.

        >>> Tlp.AMBER_STRICT.label
        'TLP:AMBER+STRICT'
        """
        return f"TLP:{self.name.replace('_', '+')}"


def _tlp(word: str) -> Tlp:
    name = re.sub(r"\s*\+\s*", "_", word.strip().upper())
    return Tlp.CLEAR if name == "WHITE" else Tlp[name]


@dataclass(frozen=True, slots=True)
class Caveat:
    """What a report or a source was marked with: the strictest label, and the words beside it."""

    level: Tlp = Tlp.CLEAR
    words: frozenset[str] = frozenset()

    def joined(self, other: Caveat) -> Caveat:
        """Both together: the stricter label and the words of both."""
        return Caveat(max(self.level, other.level), self.words | other.words)

    def covers(self, other: Caveat) -> bool:
        """Is it at least as strict in everything?"""
        return other.level <= self.level and other.words <= self.words


def caveat(text: str | None) -> Caveat:
    """Read a caveat, or several, one a line, which all hold.

    A label that TLP does not have counts as words, which are withheld unless they are named.

    >>> caveat("TLP:AMBER+STRICT").level.label, caveat("tlp amber, embargo until May").words
    ('TLP:AMBER+STRICT', frozenset({'embargo until may'}))
    >>> caveat("TLP:PURPLE"), caveat(None)
    (Caveat(level=<Tlp.CLEAR: 0>, words=frozenset({'tlp:purple'})), Caveat(level=<Tlp.CLEAR: 0>, words=frozenset()))
    """
    found = Caveat()
    for line in (text or "").splitlines():
        found = found.joined(_one(line))
    return found


def _one(text: str) -> Caveat:
    bare = _BARE.fullmatch(text)
    if bare:
        return Caveat(_tlp(bare[1]))
    levels = [_tlp(found[1]) for found in LABEL.finditer(text)]
    rest = " ".join(LABEL.sub(" ", text).casefold().split()).strip(" ,;./()-")
    return Caveat(max(levels, default=Tlp.CLEAR), frozenset({rest} if rest else ()))


def stricter(texts: Iterable[str | None]) -> str | None:
    r"""All caveats together, one a line, as they were worded; what another one covers is left out.

    >>> stricter(["TLP:GREEN", None, "TLP:RED"]), stricter([None])
    ('TLP:RED', None)
    >>> stricter(["TLP:AMBER", "embargo until May"])
    'TLP:AMBER\nembargo until May'
    """
    kept: list[str] = []
    for text in (line for one in texts for line in (one or "").splitlines()):
        if not any(caveat(other).covers(caveat(text)) for other in kept):
            kept = [*(other for other in kept if not caveat(text).covers(caveat(other))), text]
    return "\n".join(kept) or None
