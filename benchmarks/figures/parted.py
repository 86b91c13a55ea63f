"""Worlds in which a whole has a part that some count in and some do not, and what pools make of it.

The truth is a whole and its part. A source means the whole or the rest without the part, and says so in half of the
cases; in the others the words leave it open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.figures.measure import Method
from benchmarks.figures.worlds import BASE, TODAY, Quantity, claim, expectation
from tocsin.infer import figures
from tocsin.model.problem import FigurePart
from tocsin.prob.pool import Distribution, pool

_Z95 = 1.6448536269514722
_PART_SPREAD = 0.5
_WORDS = {"whole": "all of them", "rest": "without the part", "part": "the part alone", "": "them"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartedQuantity(Quantity):
    """A quantity of which ``part`` says what was expected of its part; ``truth`` is the whole."""

    part: FigurePart


def quantities(*, count: int, seed: int) -> Iterator[PartedQuantity]:
    """So many quantities; the whole and its part are log-normal, the part being smaller than the whole."""
    rng = np.random.default_rng(seed)
    for number in range(count):
        expect = expectation(rng)
        middle, spread = (math.log(expect[0]) + math.log(expect[1])) / 2.0, math.log(expect[1] / expect[0]) / 2 / _Z95
        part_middle = middle + math.log(rng.uniform(0.05, 0.6))
        whole = part = 1.0
        while part >= whole:
            whole = math.exp(middle + spread * rng.standard_normal())
            part = math.exp(part_middle + _PART_SPREAD * rng.standard_normal())
        readings = []
        for place in range(int(rng.integers(2, 7))):
            node = "whole" if rng.random() < 0.5 else "rest"
            truth = whole if node == "whole" else whole - part
            said = claim(BASE, rng, truth=truth, middle=middle, going_round=1.0, name=f"q{number}r{place}")
            readings.append(replace(said, of=_WORDS[node] if rng.random() < 0.5 else _WORDS[""]))
        yield PartedQuantity(
            truth=whole,
            expect=expect,
            readings=tuple(readings),
            part=FigurePart(
                of="the part",
                expect=(
                    math.exp(part_middle - _Z95 * _PART_SPREAD),
                    math.exp(part_middle + _Z95 * _PART_SPREAD),
                ),
                words=(_WORDS["part"],),
                without=(_WORDS["rest"],),
                whole=(_WORDS["whole"],),
            ),
        )


def ours(quantity: Quantity) -> Distribution:
    """The whole, with the part told apart."""
    if not isinstance(quantity, PartedQuantity):
        return pool([], expect=quantity.expect)
    found = figures.held(quantity.readings, expect=quantity.expect, part=quantity.part, as_of=TODAY)
    return pool([], expect=quantity.expect) if found is None else found.whole


def mixed_up(quantity: Quantity) -> Distribution:
    """Every figure taken as one of the whole."""
    found = figures.held(quantity.readings, expect=quantity.expect, as_of=TODAY)
    return found.whole if found is not None else pool([], expect=quantity.expect)


METHODS: dict[str, Method] = {"part told apart (ours)": ours, "every figure taken as the whole": mixed_up}
