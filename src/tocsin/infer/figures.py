"""Readings of one figure, pooled: what is held, and whether it would be enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import UsageError
from tocsin.infer.totals import Sorted, Total, items, meant, sort
from tocsin.model.assessment import FigurePartResult, FigureResult, ReadingShown
from tocsin.model.evidence import Reading
from tocsin.model.problem import FigurePart, FigureQuestion, WarningProblem
from tocsin.prob import parted
from tocsin.prob import pool as prob

_MOST = 1e15  # no quantity that anybody reports is larger; far beyond it the arithmetic has no room


ALIKE = 0.3
"""How probable it is, at most, that a figure which agrees with an earlier one was taken from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingUsed:
    """One reading and what was made of it; ``because`` says why it was not pooled, or how it was."""

    id: str
    low: float | None
    high: float | None
    bound: str
    of: str
    about: date
    source: str
    role: str
    pooled: bool
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """What the readings amount to. ``low`` and ``high`` are the 5 % and 95 % points.

    Without a reading that counts there is nothing but the prior, which is imputation and not shown: median, low,
    high and the two probabilities are None and ``density`` is empty. ``density`` lists (value, probability per unit).
    """

    schema: int = 1
    median: float | None
    low: float | None
    high: float | None
    density: tuple[tuple[float, float], ...]
    expect: tuple[float, float] | None
    need: tuple[float, float] | None
    p_enough: float | None
    attempt: tuple[float, float] | None
    p_attempt: float | None
    readings: tuple[ReadingUsed, ...]
    part: FigurePartResult | None = None
    without_part: FigurePartResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of the whole; and of the part and the rest, where a part is told apart."""

    whole: prob.Distribution
    rest: prob.Distribution | None = None
    part: prob.Distribution | None = None


def pool(
    readings: Sequence[Reading],
    *,
    expect: tuple[float, float] | None = None,
    need: tuple[float, float] | None = None,
    attempt: tuple[float, float] | None = None,
    part: FigurePart | None = None,
    as_of: date | None = None,
    blanket_echo: float = 0.3,
    blanket_window_days: int = 7,
) -> Pooled:
    """Pool conflicting readings of one quantity.

    Of one source only its latest figure stands. A reading found to repeat another counts as a copy with
    probability 0.9, one that merely agrees with an earlier one of another source with ``blanket_echo``. A need or
    a rumour is shown and never pooled, and neither is a reading of a source that nobody can judge.

    Args:
        readings: All about the same figure.
        expect: 5 % and 95 % points before any reading. Without it: a fifth of the least to five times the most.
        need: 5 % and 95 % points of what success takes.
        attempt: 5 % and 95 % points of what an actor who misjudges might try with.
        part: A part that some count in and some do not; the result is then that of the whole with the part, and
            what is held of the part and of the rest stands beside it.
        as_of: Readings about a later day are left out; ages count from here. Without it: the latest reading.
        blanket_echo: Probability that agreement is a copy; 0 switches it off.
        blanket_window_days: Days within which agreement may be a copy.

    Raises:
        UsageError: A pair is not positive, not finite, or falls.
        ProbabilityError: A reading is out of range.

    Source:
        docs/method.md, "Conflicting figures".
    """
    for name, pair in (("expect", expect), ("need", need), ("attempt", attempt)):
        _rising(name, pair)
    found = sort(readings, as_of=as_of, blanket_echo=blanket_echo, blanket_window_days=blanket_window_days, part=part)
    wanted = expect or _expect(found.totals)
    every = None if wanted is None else _held(found, expect=wanted, part=part, as_of=as_of)
    whole = None if every is None else every.whole
    return Pooled(
        median=None if whole is None else whole.quantile(0.5),
        low=None if whole is None else whole.quantile(0.05),
        high=None if whole is None else whole.quantile(0.95),
        density=() if whole is None else whole.density(),
        expect=wanted,
        need=need,
        p_enough=None if need is None or whole is None else prob.enough(whole, need),
        attempt=attempt,
        p_attempt=None if attempt is None or whole is None else prob.tried(whole, attempt),
        readings=tuple(_shown(reading, found=found) for reading in readings),
        part=None if part is None else _part(part.of, None if every is None else every.part),
        without_part=None if part is None else _part(f"without {part.of}", None if every is None else every.rest),
    )


def held(
    readings: Sequence[Reading],
    *,
    expect: tuple[float, float],
    part: FigurePart | None = None,
    as_of: date | None = None,
    blanket_echo: float = 0.3,
    blanket_window_days: int = 7,
) -> Held | None:
    """The distributions behind :func:`pool`; None where no reading counts."""
    _rising("expect", expect)
    found = sort(readings, as_of=as_of, blanket_echo=blanket_echo, blanket_window_days=blanket_window_days, part=part)
    return _held(found, expect=expect, part=part, as_of=as_of)


def _held(found: Sorted, *, expect: tuple[float, float], part: FigurePart | None, as_of: date | None) -> Held | None:
    if not found.standing:
        return None
    today = as_of or max(total.about for total in found.totals)
    if part is None:
        return Held(whole=prob.pool(items(found, today=today), expect=expect))
    both = parted.pool_parted(meant(found, part, today=today), expect=expect, part=part.expect)
    return Held(whole=both.whole, rest=both.rest, part=both.part)


def _part(of: str, held: prob.Distribution | None) -> FigurePartResult:
    return FigurePartResult(
        of=of,
        median=None if held is None else held.quantile(0.5),
        low=None if held is None else held.quantile(0.05),
        high=None if held is None else held.quantile(0.95),
    )


def results(problem: WarningProblem, readings: Sequence[Reading], *, as_of: date) -> tuple[FigureResult, ...]:
    """One result per declared figure and scenario with a need or an attempt; one without scenario where none has."""
    out: list[FigureResult] = []
    for figure in problem.figures:
        own = [reading for reading in readings if reading.figure == figure.id]
        names = dict.fromkeys((*figure.need, *figure.attempt)) or {"": None}
        out.extend(_result(figure, own, scenario=name, problem=problem, as_of=as_of) for name in names)
    return tuple(out)


def _result(
    figure: FigureQuestion, readings: Sequence[Reading], *, scenario: str, problem: WarningProblem, as_of: date
) -> FigureResult:
    pooled = pool(
        readings,
        expect=figure.expect,
        need=figure.need.get(scenario),
        attempt=figure.attempt.get(scenario),
        part=figure.part,
        as_of=as_of,
        blanket_echo=min(problem.method.mean_blanket, ALIKE),
        blanket_window_days=problem.method.blanket_window_days,
    )
    return FigureResult(
        id=figure.id,
        of=figure.of,
        unit=figure.unit,
        scenario=scenario,
        readings=tuple(
            ReadingShown(
                claim=reading.claim,
                source=reading.source,
                low=reading.low,
                high=reading.high,
                bound=reading.bound.value,
                of=reading.of,
                role=reading.role.value,
                about=reading.about,
                group=reading.group,
                pooled=used.pooled,
            )
            for reading, used in zip(readings, pooled.readings, strict=True)
        ),
        median=pooled.median,
        low=pooled.low,
        high=pooled.high,
        density=pooled.density,
        need=pooled.need,
        p_enough=pooled.p_enough,
        attempt=pooled.attempt,
        p_attempt=pooled.p_attempt,
        part=pooled.part,
        without_part=pooled.without_part,
    )


def _rising(name: str, pair: tuple[float, float] | None) -> None:
    if pair is None:
        return
    low, high = pair
    if not 1.0 / _MOST <= low <= high <= _MOST or (name == "expect" and low == high):
        raise UsageError(f"{name} {low:g} to {high:g} is no range (write two positive numbers, the smaller one first)")


def _expect(totals: Sequence[Total]) -> tuple[float, float] | None:
    ends = [end for total in totals for end in (total.low, total.high) if end is not None and end > 0]
    return (min(ends) / 5.0, max(ends) * 5.0) if ends else None


def _shown(reading: Reading, *, found: Sorted) -> ReadingUsed:
    total = found.used.get(reading.id)
    if total is None:
        because = found.refused.get(reading.id, "the same source has given a later figure")
    elif len(total.members) > 1:
        because = "part of a sum with " + ", ".join(m.id for m in total.members if m.id != reading.id)
    else:
        because = found.copies[total.first.id][1]
    return ReadingUsed(
        id=reading.id,
        low=reading.low,
        high=reading.high,
        bound=reading.bound.value,
        of=reading.of,
        about=reading.about,
        source=reading.source,
        role=reading.role.value,
        pooled=total is not None,
        because=because,
    )
