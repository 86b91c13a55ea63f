"""What every system's output is brought to before it is scored."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One voice saying one thing, as ranges of characters; ``cue`` is the cue's words, "" if there is none."""

    content: tuple[Range, ...]
    source: tuple[Range, ...]
    cue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One quantity: its ends (both the same for a plain number), unit and bound as the system names them.

    ``of`` is the noun phrase counted, where the system gives one. ``bound`` is one of exact, about, at_least,
    at_most, range; ``change`` is up, down or None.
    """

    ends: tuple[float, ...]
    unit: str
    of: str = ""
    bound: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took: processor seconds, seconds by the clock, peak memory in MB, tokens read."""

    cpu: float
    wall: float
    peak: float
    tokens: int

    @property
    def rate(self) -> float:
        """Tokens per processor second, start-up included."""
        return self.tokens / self.cpu if self.cpu else 0.0

    def steady(self, start: Cost) -> float:
        """Tokens per processor second once started, with a run on one short text taken for the start.

        >>> long, short = Cost(cpu=3.0, wall=3, peak=1, tokens=2100), Cost(cpu=1.0, wall=1, peak=1, tokens=100)
        >>> long.steady(short)
        1000.0
        """
        return (self.tokens - start.tokens) / max(1e-3, self.cpu - start.cpu)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts and what follows from them; precision, recall and F1 in percent."""

    right: int
    offered: int
    wanted: int

    @property
    def precision(self) -> float:
        """Of those offered, how many are right."""
        return 100 * self.right / max(1, self.offered)

    @property
    def recall(self) -> float:
        """Of those wanted, how many were found."""
        return 100 * self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of both.

        >>> Score(right=1, offered=2, wanted=2).f1
        50.0
        """
        return 200 * self.right / max(1, self.offered + self.wanted)
