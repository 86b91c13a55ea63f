"""One attribution inside a sentence, and the stretches of words it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract import cue_words
from tocsin.extract.line import Line
from tocsin.extract.noun import Words


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution inside a sentence, in tokens.

    ``contents`` may be empty when what was said stands in other sentences: ``quotation`` is then the index of
    the paragraph's quotation, or ``ahead`` is true (a colon ends the sentence). ``verb`` is the lemma, "" for
    phrases and nouns (``nominal``). ``by_way``: an "as X reports".
    ``hearer``: who was told, where that stands right after the verb. ``negated``: it is said not to have
    said it. ``relative``: the "who" or "which" that stands for the source beside the verb.
    ``through``: who passes on what the source said: "the ministry was told by the consulate that".
    """

    cue: Words
    source: Words | None
    contents: tuple[Words, ...]
    verb: str = ""
    negated: bool = False
    quotation: int = -1
    ahead: bool = False
    nominal: bool = False
    by_way: bool = False
    hearer: Words | None = None
    relative: int | None = None
    through: Words | None = None

    @property
    def extent(self) -> float:
        """How many words it covers; a cited voice stands just inside the one who cites it."""
        return sum(words.stop - words.start for words in self.contents) - (0.5 if self.verb == "cite" else 0)


def tail(line: Line, start: int) -> Words | None:
    """From a token to the end of the sentence, or of the bracket it stands in."""
    while start < len(line) and line.is_mark(start) and not line.is_quote(start) and line.lower[start] != "(":
        if line.lower[start] == ")":
            return None
        start += 1
    depth = 0
    stop = start
    while stop < len(line):
        if line.lower[stop] == "(":
            depth += 1
        elif line.lower[stop] == ")":
            depth -= 1
            if depth < 0:
                break
        stop += 1
    while (
        stop > start
        and line.is_mark(stop - 1)
        and not line.is_quote(stop - 1)
        and line.lower[stop - 1] not in {")", "?", "%"}
    ):
        stop -= 1
    return Words(start, stop) if stop > start else None


def clause_start(line: Line, stop: int) -> int:
    """Where the clause that ends before ``stop`` begins: after a bracket, a semicolon or the sentence's start."""
    for index in range(stop - 1, -1, -1):
        if line.lower[index] in {"(", ";"}:
            return index + 1
    return 0


def opens(line: Line, start: int) -> bool:
    """Does a phrase open its sentence or bracket, but for words like "But" and "However,"?"""
    index = start - 1
    while index >= 0 and (
        line.lower[index] in cue_words.OPENERS
        or line.lower[index] in {",", "[", "]"}
        or line.is_quote(index)
        or is_note(line, index)
    ):
        index -= 1
    return index < 0 or line.lower[index] in {"(", ";", ":"}


def is_note(line: Line, index: int) -> bool:
    """Is it the number of a note, "[73]"?"""
    return line.lower[index].isdigit() and index + 1 < len(line) and line.lower[index + 1] == "]"


def is_adverb(line: Line, index: int) -> bool:
    """Does a word look like an adverb in -ly?"""
    word = line.lower[index]
    return (
        word.endswith("ly")
        and len(word) > 4
        and not line.is_capital(index)
        and word not in {"family", "only", "supply", "ally", "reply"}
    )
