"""How many: the score of NewsQuant's quantities: value, value with unit, value with bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.extraction.attribution import total
from benchmarks.extraction.shapes import Quantity, Score
from benchmarks.extraction.units import same_thing, same_unit

Agree = Callable[[Quantity, Quantity], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureScores:
    """The scores of one system.

    ``unit`` asks for the same thing counted or measured, ``whole_unit`` for the whole unit phrase. ``bound`` is the
    score of value and bound together, ``bound_right`` the share, in percent, of the values found that have their
    bound right.
    """

    value: Score
    unit: Score
    whole_unit: Score
    bound: Score
    bound_right: float


def scores(wanted: Mapping[str, Sequence[Quantity]], offered: Mapping[str, Sequence[Quantity]]) -> FigureScores:
    """Score every sentence and add up."""

    def over(agree: Agree) -> Score:
        return total(_score(gold, offered.get(name, ()), agree) for name, gold in wanted.items())

    right = kept = 0
    for name, gold in wanted.items():
        mine = offered.get(name, ())
        for at, other in pairs(gold, mine, same_value):
            kept += 1
            right += same_bound(gold[at], mine[other])
    return FigureScores(
        value=over(same_value),
        unit=over(lambda gold, mine: same_value(gold, mine) and same_thing(gold, mine)),
        whole_unit=over(lambda gold, mine: same_value(gold, mine) and same_unit(gold, mine)),
        bound=over(lambda gold, mine: same_value(gold, mine) and same_bound(gold, mine)),
        bound_right=100 * right / max(1, kept),
    )


def pairs(wanted: Sequence[Quantity], offered: Sequence[Quantity], agree: Agree) -> list[tuple[int, int]]:
    """Each wanted quantity with the first offered one that agrees and is still free."""
    free = list(range(len(offered)))
    found: list[tuple[int, int]] = []
    for at, gold in enumerate(wanted):
        other = next((one for one in free if agree(gold, offered[one])), None)
        if other is not None:
            free.remove(other)
            found.append((at, other))
    return found


def same_value(gold: Quantity, mine: Quantity) -> bool:
    """A plain value agrees with either end; a range agrees when both ends do.

    >>> plain, pair = Quantity(ends=(5.0,), unit="mile"), Quantity(ends=(5.0, 7.0), unit="mile")
    >>> same_value(plain, pair), same_value(pair, plain)
    (True, False)
    """
    ends = [abs(end) for end in mine.ends]
    if len(gold.ends) == 1:
        return any(abs(end - gold.ends[0]) < 1e-6 * max(1.0, gold.ends[0]) for end in ends)
    near = 1e-6
    return (
        len(gold.ends) > 1
        and len(ends) == 2
        and (abs(ends[0] - min(gold.ends)) < near and abs(ends[1] - max(gold.ends)) < near)
    )


def same_bound(gold: Quantity, mine: Quantity) -> bool:
    """The same change where the corpus has one, else the same bound; a range is as exact as a number."""
    if gold.change is not None:
        return gold.change == mine.change
    return gold.bound == mine.bound or (gold.bound == "exact" and mine.bound == "range")


def recall_by_unit(
    wanted: Mapping[str, Sequence[Quantity]], offered: Mapping[str, Sequence[Quantity]]
) -> dict[str, tuple[Score, Score]]:
    """Value, and value with unit, by kind of unit: shows where the misses lie."""
    parts: dict[str, list[tuple[Score, Score]]] = {}
    for name, gold in wanted.items():
        mine = offered.get(name, ())
        value = {at for at, _ in pairs(gold, mine, same_value)}
        unit = {at for at, _ in pairs(gold, mine, lambda one, two: same_value(one, two) and same_thing(one, two))}
        for at, one in enumerate(gold):
            scored = (
                Score(right=int(at in value), offered=0, wanted=1),
                Score(right=int(at in unit), offered=0, wanted=1),
            )
            parts.setdefault(_kind(one), []).append(scored)
    return {
        kind: (total(one for one, _ in parts[kind]), total(two for _, two in parts[kind])) for kind in sorted(parts)
    }


def _kind(one: Quantity) -> str:
    unit = one.unit
    if unit in {"-", ""}:
        return "no unit"
    if unit == "percentage":
        return "percent"
    if " per " in unit:
        return "compound (per)"
    if unit.rpartition(" ")[2] in {
        "dollar",
        "yen",
        "sterling",
        "euro",
        "cent",
        "sen",
        "ringgit",
        "shekel",
        "krone",
        "kuna",
    }:
        return "money"
    if "of age" in unit or unit in {"year", "month", "week", "day", "hour", "minute", "second"}:
        return "time and age"
    return "counted and measured"


def _score(gold: Sequence[Quantity], mine: Sequence[Quantity], agree: Agree) -> Score:
    return Score(right=len(pairs(gold, mine, agree)), offered=len(mine), wanted=len(gold))
