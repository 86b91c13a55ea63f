"""Readings of one figure, pooled: what is held, and whether it would be enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import UsageError
from tocsin.model.assessment import FigureResult, ReadingShown
from tocsin.model.claim import Bound
from tocsin.model.evidence import Reading, ReadingRole
from tocsin.model.problem import FigureQuestion, WarningProblem
from tocsin.prob import pool as prob

_MOST = 1e15  # no quantity that anybody reports is larger; far beyond it the arithmetic has no room

DETECTED = 0.9
"""Probability that a reading found to repeat another is a copy of it."""

PART = "part"
"""What ``of`` says of a reading that is a part of the total and names no group."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Total:
    """One figure for the whole, as one source gave it: a reading, or the sum of its parts."""

    members: tuple[Reading, ...]
    low: float | None
    high: float | None
    rounding: float
    about: date
    source: str

    @property
    def first(self) -> Reading:
        return self.members[0]


def pool(
    readings: Sequence[Reading],
    *,
    expect: tuple[float, float] | None = None,
    need: tuple[float, float] | None = None,
    attempt: tuple[float, float] | None = None,
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
    refused = {reading.id: why for reading in readings if (why := _refusal(reading, as_of))}
    totals = _totals([reading for reading in readings if reading.id not in refused])
    standing = _standing(totals)
    used = {member.id: total for source in standing for total in source for member in total.members}
    today = as_of or max((total.about for total in totals), default=date.min)
    copies = _copies(totals, blanket_echo=blanket_echo, window=blanket_window_days)
    shown = tuple(_shown(reading, refused=refused, used=used, copies=copies) for reading in readings)
    wanted = expect or _expect(totals)
    if not standing or wanted is None:
        return Pooled(
            median=None,
            low=None,
            high=None,
            density=(),
            expect=wanted,
            need=need,
            p_enough=None,
            attempt=attempt,
            p_attempt=None,
            readings=shown,
        )
    held = prob.pool(
        [[_item(total, today=today, copy=copies[total.first.id][0]) for total in source] for source in standing],
        expect=wanted,
    )
    return Pooled(
        median=held.quantile(0.5),
        low=held.quantile(0.05),
        high=held.quantile(0.95),
        density=held.density(),
        expect=wanted,
        need=need,
        p_enough=None if need is None else prob.enough(held, need),
        attempt=attempt,
        p_attempt=None if attempt is None else prob.tried(held, attempt),
        readings=shown,
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
        as_of=as_of,
        blanket_echo=problem.method.blanket_echo,
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
            )
            for reading in readings
        ),
        median=pooled.median,
        low=pooled.low,
        high=pooled.high,
        density=pooled.density,
        need=pooled.need,
        p_enough=pooled.p_enough,
        attempt=pooled.attempt,
        p_attempt=pooled.p_attempt,
    )


def _rising(name: str, pair: tuple[float, float] | None) -> None:
    if pair is None:
        return
    low, high = pair
    if not 1.0 / _MOST <= low <= high <= _MOST or (name == "expect" and low == high):
        raise UsageError(f"{name} {low:g} to {high:g} is no range (write two positive numbers, the smaller one first)")


def _refusal(reading: Reading, as_of: date | None) -> str:
    if reading.role is not ReadingRole.HOLDING:
        return f"a {reading.role.value} is shown and never pooled"
    if reading.knows is None:
        return "its source cannot be judged: it moves nothing until an analyst grades it"
    if as_of is not None and reading.about > as_of:
        return f"about a day after {as_of}"
    if reading.low is None and reading.high is None:
        return "it gives no number"
    return ""


def _totals(readings: Sequence[Reading]) -> list[_Total]:
    """Parts of one sum given by one source become one figure; a part that stands alone bounds the total from below."""
    sums: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        key = ("", reading.id)
        if _is_part(reading) and reading.group in {None, reading.source}:
            key = (reading.source, f"parts on {reading.about}")
        elif reading.group is not None:
            key = (reading.source, f"group {reading.group}")
        sums.setdefault(key, []).append(reading)
    out: list[_Total] = []
    for members in sums.values():
        low, high, rounding = prob.parts([_ends(member) for member in members])
        if len(members) == 1 and _is_part(members[0]):
            high = None
        if low is None and high is None:
            continue
        out.append(
            _Total(
                members=tuple(members),
                low=low,
                high=high,
                rounding=rounding,
                about=max(member.about for member in members),
                source=members[0].source,
            )
        )
    return sorted(out, key=lambda total: (total.about, total.first.id))


def _ends(reading: Reading) -> tuple[float | None, float | None]:
    """The two ends, with the one opened that the bound leaves open."""
    low, high = reading.low, reading.high
    if reading.bound is Bound.AT_LEAST:
        return (high if low is None else low), None
    if reading.bound is Bound.AT_MOST:
        return None, (low if high is None else high)
    return low, high


def _is_part(reading: Reading) -> bool:
    return reading.of.strip().lower() == PART


def _standing(totals: Sequence[_Total]) -> list[list[_Total]]:
    """Of each source the figures about its latest day: what it said before, it has replaced itself."""
    sources: dict[str, list[_Total]] = {}
    for total in totals:
        sources.setdefault(total.source, []).append(total)
    return [[total for total in own if total.about == own[-1].about] for own in sources.values()]


def _copies(totals: Sequence[_Total], *, blanket_echo: float, window: int) -> dict[str, tuple[float, str]]:
    """Copy probability of each total with its reason, by the id of its first member."""
    out: dict[str, tuple[float, str]] = {}
    parents_of = {total.first.id: _parents(total, totals) for total in totals}
    for number, total in enumerate(totals):
        parents = parents_of[total.first.id]
        parent = next((other for other in parents if _agree(other, total)), None)
        earlier = next(
            (
                other
                for other in totals[:number]
                if other.source != total.source
                and _agree(other, total)
                and (total.about - other.about).days <= window
                and not _goes_back(other, total, parents_of)
            ),
            None,
        )
        kappa, why = 0.0, ""
        if parent is not None:
            kappa, why = DETECTED, f"repeats {parent.first.id}"
        elif parents:
            why = f"cites {parents[0].first.id} and differs from it"
        elif earlier is not None and blanket_echo > 0.0:
            kappa, why = blanket_echo, f"agrees with {earlier.first.id}: perhaps a copy"
        out[total.first.id] = (kappa, why)
    return out


def _parents(total: _Total, totals: Sequence[_Total]) -> list[_Total]:
    """The figures that a figure was found to repeat or to cite."""
    named = {member.echo_of for member in total.members} - {None}
    return [t for t in totals if t is not total and any(m.id in named or m.claim in named for m in t.members)]


def _goes_back(echo: _Total, origin: _Total, parents_of: Mapping[str, Sequence[_Total]]) -> bool:
    """Does a figure repeat another, directly or through others? What echoes a figure takes nothing from it."""
    seen: set[str] = set()
    queue = [echo]
    while queue:
        total = queue.pop()
        if total is origin:
            return True
        if total.first.id not in seen:
            seen.add(total.first.id)
            queue += parents_of[total.first.id]
    return False


def _agree(one: _Total, other: _Total) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _expect(totals: Sequence[_Total]) -> tuple[float, float] | None:
    ends = [end for total in totals for end in (total.low, total.high) if end is not None and end > 0]
    return (min(ends) / 5.0, max(ends) * 5.0) if ends else None


def _item(total: _Total, *, today: date, copy: float) -> prob.Item:
    first = total.first
    interest = {"up": 1, "down": -1}.get(first.interest or "", 0)
    return prob.Item(
        low=total.low,
        high=total.high,
        rounding=total.rounding,
        knows=max(0.0, min(1.0, (first.knows or 0.0) * min(member.weight for member in total.members))),
        age=float(max(0, (today - total.about).days)),
        interest=interest,
        copy=copy,
        about=any(member.bound is Bound.ABOUT for member in total.members),
    )


def _shown(
    reading: Reading,
    *,
    refused: dict[str, str],
    used: dict[str, _Total],
    copies: dict[str, tuple[float, str]],
) -> ReadingUsed:
    total = used.get(reading.id)
    if total is None:
        because = refused.get(reading.id, "the same source has given a later figure")
    elif len(total.members) > 1:
        because = "part of a sum with " + ", ".join(m.id for m in total.members if m.id != reading.id)
    else:
        because = copies[total.first.id][1]
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
