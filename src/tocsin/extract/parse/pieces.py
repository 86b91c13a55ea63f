"""Words to word pieces, and word pieces to the arrays that the network reads.

The pieces are those of BERT's uncased vocabulary; the library that usually cuts them brings an HTTP client and a
dozen packages with it, so the forty lines it needs stand here, and a test holds them to its answers.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

MOST_PIECES = 384
"""Pieces read at once; a longer sentence is read in parts, and the later parts hang on the root of the first."""

PIECES_PER_WORD = 12
"""An address or a digest tells nothing more after its first pieces."""

LONGEST_WORD = 100
"""A longer run of letters is unknown as a whole."""

CLS, SEP, UNKNOWN = 101, 102, 100

SHAPES = ("none", "lower", "initial", "capitals", "mixed", "digit", "mark", "marks", "letter")


@functools.lru_cache(maxsize=65536)
def shape_of(word: str) -> int:
    """The case shape of a word, as an index into ``SHAPES``; the word pieces themselves know no case.

    >>> [SHAPES[shape_of(w)] for w in ("minsk", "Minsk", "NATO", "eBay", "1,000", ",", "...", "X")]
    ['lower', 'initial', 'capitals', 'mixed', 'digit', 'mark', 'marks', 'letter']
    """
    letters = [c for c in word if c.isalpha()]
    if not letters:
        if any(c.isdigit() for c in word):
            return 5
        return 6 if len(word) == 1 else 7
    if not any(c.isupper() for c in letters):
        return 1
    if all(c.isupper() for c in letters):
        return 8 if len(letters) == 1 else 3
    return 2 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 4


class Pieces:
    """Cuts words into the longest pieces of a vocabulary.

    Args:
        vocabulary: The number of each piece; a piece that goes on inside a word begins with ``##``.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word: never none, at most ``PIECES_PER_WORD``.

        >>> Pieces({"un": 7, "##do": 8, ".": 9}).of("Undo.")
        (7, 8, 9)
        >>> Pieces({"un": 7}).of("xx")
        (100,)
        """
        found = self._known.get(word)
        if found is None:
            found = tuple(n for run in _runs(word) for n in self._run(run))[:PIECES_PER_WORD] or (UNKNOWN,)
            if len(self._known) < _MOST_KNOWN:
                self._known[word] = found
        return found

    def _run(self, run: str) -> list[int]:
        if len(run) > LONGEST_WORD:
            return [UNKNOWN]
        found, start = [], 0
        while start < len(run):
            head = "##" if start else ""
            for stop in range(len(run), start, -1):
                number = self._vocabulary.get(head + run[start:stop])
                if number is not None:
                    found.append(number)
                    start = stop
                    break
            else:
                return [UNKNOWN]
        return found


_MOST_KNOWN = 65_536


def _runs(word: str) -> list[str]:
    """A word in small letters without accents, cut at marks and at signs of Chinese writing."""
    plain = "".join(" " if c in "\t\n\r" or unicodedata.category(c) == "Zs" else c for c in word if not _is_control(c))
    plain = "".join(f" {c} " if _is_chinese(ord(c)) else c for c in plain)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn").lower()
    return "".join(f" {c} " if _is_mark(c) else c for c in bare).split()


def _is_control(char: str) -> bool:
    return char in "\0\ufffd" or (char not in "\t\n\r" and unicodedata.category(char) in _CONTROL)


def _is_mark(char: str) -> bool:
    number = ord(char)
    ascii_mark = 33 <= number <= 47 or 58 <= number <= 64 or 91 <= number <= 96 or 123 <= number <= 126
    return ascii_mark or unicodedata.category(char).startswith("P")


def _is_chinese(number: int) -> bool:
    return any(first <= number <= last for first, last in _CHINESE)


_CONTROL = frozenset({"Cc", "Cf", "Cn", "Co"})
_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


def parts_of(pieces: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Cut a sentence into runs of words that fit the network.

    >>> parts_of([[1] * 12] * 33)
    [(0, 31), (31, 33)]
    """
    parts, start, size = [], 0, 0
    for at, word in enumerate(pieces):
        if size + len(word) > MOST_PIECES - 2:
            parts.append((start, at))
            start, size = at, 0
        size += len(word)
    if pieces:
        parts.append((start, len(pieces)))
    return parts


def batch_of(pieces: Sequence[Sequence[Sequence[int]]], shapes: Sequence[Sequence[int]]) -> dict[str, Ints]:
    """Arrays for the network.

    Args:
        pieces: For each sentence, for each word, its pieces.
        shapes: For each sentence, for each word, its shape.

    Returns:
        ``ids`` and ``shapes``, both ``(sentence, piece)``; ``first`` and ``last``, both ``(sentence, 1 + word)``: where
        each word begins and ends, index 0 being the sentence itself. Empty places are 0.
    """
    flat = [[CLS, *(p for word in sentence for p in word), SEP] for sentence in pieces]
    width, length = max(map(len, flat)), 1 + max(map(len, pieces))
    ids = np.zeros((len(flat), width), np.int64)
    shape = np.zeros_like(ids)
    first = np.zeros((len(flat), length), np.int64)
    last = np.zeros_like(first)
    for row, (line, sentence) in enumerate(zip(flat, pieces, strict=True)):
        ids[row, : len(line)] = line
        counts = [len(word) for word in sentence]
        ends = np.cumsum(counts)
        last[row, 1 : len(counts) + 1] = ends
        first[row, 1 : len(counts) + 1] = ends - counts + 1
        shape[row, 1 : len(line) - 1] = np.repeat(shapes[row], counts)
    return {"ids": ids, "shapes": shape, "first": first, "last": last}
