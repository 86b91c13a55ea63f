"""Words for places on a line from 0 to 100: where an actor stands, how much it can do, how much it cares."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tocsin.model.actors import Measure
from tocsin.problem.values import Wrong, alike, number, number_from, pair, shown
from tocsin.problem.words import plain

POSITIONS: Mapping[str, tuple[float, float, float]] = {
    "wholly against": (0.0, 0.0, 10.0),
    "against": (15.0, 5.0, 30.0),
    "rather against": (35.0, 20.0, 45.0),
    "undecided": (50.0, 35.0, 65.0),
    "rather for": (65.0, 55.0, 80.0),
    "for": (85.0, 70.0, 95.0),
    "wholly for": (100.0, 90.0, 100.0),
}
"""Words for where an actor stands: point, 5 % and 95 % points. Judgement."""

DEGREES: Mapping[str, tuple[float, float, float]] = {
    "none": (0.0, 0.0, 0.0),
    "little": (15.0, 5.0, 30.0),
    "some": (35.0, 20.0, 50.0),
    "much": (65.0, 50.0, 80.0),
    "very much": (85.0, 70.0, 95.0),
    "all": (100.0, 100.0, 100.0),
}
"""Words for how much an actor can do and how much it cares. Judgement."""

hundred = number_from(0, 100)
"""A reader of numbers from 0 to 100."""


def measure(words: Mapping[str, tuple[float, float, float]]) -> Callable[[object], Measure]:
    """A reader of numbers from 0 to 100: a word, a number, or a range ``[low, high]`` (5-95 %) with its middle.

    >>> measure(POSITIONS)("rather for").point, measure(POSITIONS)([10, 30]).point
    (65.0, 20.0)
    """

    def read(value: object) -> Measure:
        if isinstance(value, str):
            word = plain(value)
            if word not in words:
                close = alike(word, words)
                cure = f"did you mean '{close}'?" if close else f"write one of: {', '.join(words)}; or a number 0-100"
                raise Wrong(f"{shown(value)} is no place on the line", cure)
            point, low, high = words[word]
            return Measure(point=point, low=low, high=high, text=word)
        if isinstance(value, list):
            low, high = (hundred(number(end)) for end in pair(value, what="range"))
            if low > high:
                raise Wrong(f"{shown(value)} runs from high to low", f"write [{high:g}, {low:g}]")
            return Measure(point=(low + high) / 2.0, low=low, high=high, text=f"{low:g} to {high:g}")
        point = hundred(value)
        return Measure(point=point, low=point, high=point, text=f"{point:g}")

    return read
