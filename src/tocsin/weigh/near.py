"""Sets that share much with one of very many others: candidates by MinHash, for the caller to verify."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NewType

from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

PERMUTATIONS = 128
BANDS = 64
"""Bands of two rows: of two sets that share a quarter of their union 98 in 100 are found (benchmarks/echo)."""

_SEED = 20221120
_AT_ONCE = 4096

Signature = NewType("Signature", object)
"""What stands for a set: its smallest hashes."""


def signatures(sets: Sequence[Iterable[str]]) -> list[Signature]:
    """The signature of each set, in order; the same set has the same one on any machine."""
    found: list[Signature] = []
    for start in range(0, len(sets), _AT_ONCE):
        found += RMinHash.from_token_sets([list(one) for one in sets[start : start + _AT_ONCE]], PERMUTATIONS, _SEED)
    return found


class Shelf:
    """Signatures put away under a number each, to be found again by likeness."""

    def __init__(self) -> None:
        self._bands = RMinHashLSH(0.5, PERMUTATIONS, BANDS)

    def like(self, signature: Signature) -> list[int]:
        """The numbers of those that may be like it, smallest first; some of them are not, and few are missed."""
        found: list[int] = self._bands.query(signature)
        return sorted(found)

    def put(self, number: int, signature: Signature) -> None:
        """Put one away."""
        self._bands.insert(number, signature)
