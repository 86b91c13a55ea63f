"""``tocsin pool`` in words: the readings side by side, and what they amount to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from tocsin.model.assessment import FigurePartResult
from tocsin.publish.lines import table, wrap
from tocsin.publish.safe import plain
from tocsin.publish.words import day, number, percent, quantity


class Used(Protocol):
    """One reading, and what was made of it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def low(self) -> float | None:
        """Its lower end."""

    @property
    def high(self) -> float | None:
        """Its upper end."""

    @property
    def bound(self) -> str:
        """How it is bounded."""

    @property
    def of(self) -> str:
        """What it counts."""

    @property
    def about(self) -> date:
        """The day it speaks of."""

    @property
    def source(self) -> str:
        """Who says so."""

    @property
    def pooled(self) -> bool:
        """Whether it entered the pool."""

    @property
    def because(self) -> str:
        """Why it did not, or how it did."""


class Pooled(Protocol):
    """Readings pooled; the values are None where nothing was pooled."""

    @property
    def median(self) -> float | None:
        """The middle of what the readings amount to."""

    @property
    def low(self) -> float | None:
        """The 5 % point."""

    @property
    def high(self) -> float | None:
        """The 95 % point."""

    @property
    def need(self) -> tuple[float, float] | None:
        """What is needed, 5 % and 95 % points."""

    @property
    def p_enough(self) -> float | None:
        """Probability that there is enough."""

    @property
    def attempt(self) -> tuple[float, float] | None:
        """What an actor who misjudges might try with."""

    @property
    def p_attempt(self) -> float | None:
        """Probability of such an attempt, as far as numbers decide it."""

    @property
    def part(self) -> FigurePartResult | None:
        """What is held of a part that is told apart."""

    @property
    def without_part(self) -> FigurePartResult | None:
        """What is held without that part."""

    @property
    def readings(self) -> Sequence[Used]:
        """The readings, used or not."""


def of_it(held: FigurePartResult) -> str:
    """One sentence on a part of a figure, or on the figure without it."""
    span = f"{number(held.low)} to {number(held.high)}, 5 % to 95 %"
    return f"Of it, {plain(held.of)}: about {number(held.median)} ({span})."


def render(found: Pooled, *, width: int = 100) -> str:
    """The readings with what was made of each, the pooled value, and whether it would be enough."""
    rows = [
        (
            plain(used.id),
            quantity(used.low, used.high, bound=used.bound),
            plain(used.of),
            plain(used.source),
            day(used.about),
            "pooled" if used.pooled else "not pooled",
            plain(used.because),
        )
        for used in found.readings
    ]
    head = ("id", "reading", "of", "source", "about", "", "because")
    lines = table(head, rows, width, numeric=[1], indent="") if rows else []
    if found.median is None:
        lines += wrap(
            "No reading counts: there is nothing but the expectation, and that is not shown as a finding.", width
        )
        return "\n".join(lines)
    lines += wrap(
        f"Taken together: about {number(found.median)} ({number(found.low)} to {number(found.high)}, 5 % to 95 %).",
        width,
    )
    for held in (found.part, found.without_part):
        if held is not None:
            lines += wrap(of_it(held), width)
    for pair, chance, what in (
        (found.need, found.p_enough, "Needed"),
        (found.attempt, found.p_attempt, "Might try with"),
    ):
        if pair is not None:
            told = f"; chance that there is enough {percent(chance)}" if chance is not None else ""
            lines += wrap(f"{what}: {number(pair[0])} to {number(pair[1])}{told}.", width)
    return "\n".join(lines)
