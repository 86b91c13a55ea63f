"""Which evidence is weighed, in which order, and which of it may be a mere copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer.prepare import Prepared
from tocsin.model.assessment import LeftOut
from tocsin.model.evidence import Evidence, Says
from tocsin.prob import reports

DETECTED_ECHO = 0.9
MOST_OF_ONE_REPORT = 1.5
_FIRST_HAND = frozenset(("saw", "imagery"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Evidence that may be weighed, per indicator or gate in order of time, and what was not admitted.

    ``ungraded`` are the ids of items whose source has no number (grade F), ``ambiguous`` those of ambiguous ones;
    both weigh nothing.
    """

    items: Mapping[str, tuple[Evidence, ...]]
    left_out: LeftOut
    ungraded: tuple[str, ...]
    ambiguous: tuple[str, ...]
    first_day: Mapping[str, int]


def admit(prepared: Prepared, evidence: Iterable[Evidence]) -> Admitted:
    """Sort evidence by indicator and time; leave out, and count, what is not known yet or lies outside the grid.

    Raises:
        UsageError: An item names an indicator that the problem does not declare.
    """
    items: dict[str, list[Evidence]] = {}
    first: dict[str, int] = {}
    late = early = 0
    ungraded, ambiguous = [], []
    for item in evidence:
        if item.indicator not in prepared.indicators and prepared.gate(item.indicator) is None:
            raise UsageError(f"{item.id}: '{item.indicator}' is no indicator or gate of {prepared.problem.id}")
        day = (item.about - prepared.problem.opened).days
        if item.published > prepared.as_of or day >= prepared.past:
            late += 1
            continue
        if day < 0:
            early += 1
            continue
        first[item.indicator] = min(day, first.get(item.indicator, day))
        if item.knows is None:
            ungraded.append(item.id)
        elif item.says is Says.AMBIGUOUS:
            ambiguous.append(item.id)
        else:
            items.setdefault(item.indicator, []).append(item)
    return Admitted(
        items={name: tuple(sorted(group, key=_in_time)) for name, group in items.items()},
        left_out=LeftOut(after_as_of=late, before_opened=early),
        ungraded=tuple(sorted(ungraded)),
        ambiguous=tuple(sorted(ambiguous)),
        first_day=first,
    )


def fewer(prepared: Prepared, old: Admitted, kept: Sequence[Evidence], *, indicator: str) -> Admitted | None:
    """What ``admit`` gives for some of the items on one indicator that it admitted before, without sorting them again.

    None where an item is new. Items that weigh nothing are not listed, but count for the first day.
    """
    chosen = {id(item) for item in kept}
    found = tuple(item for item in old.items.get(indicator, ()) if id(item) in chosen)
    if len(found) < sum(item.knows is not None and item.says is not Says.AMBIGUOUS for item in kept):
        return None
    opened, as_of = prepared.problem.opened, prepared.as_of
    first = min(
        (item.about for item in kept if item.published <= as_of and opened <= item.about <= as_of), default=None
    )
    return Admitted(
        items={indicator: found} if found else {},
        left_out=old.left_out,
        ungraded=old.ungraded,
        ambiguous=old.ambiguous,
        first_day={indicator: (first - opened).days} if first is not None else {},
    )


def _in_time(item: Evidence) -> tuple[date, date, float, str]:
    return item.published, item.about, -_knows(item), item.id


def _knows(item: Evidence) -> float:
    knows = item.weight * (item.knows or 0.0)
    if not 0 <= knows <= 1:
        raise ProbabilityError(f"{item.id}: weight x knows must lie between 0 and 1, not {knows}")
    return knows


def copy_chances(prepared: Prepared, items: Sequence[Evidence]) -> tuple[float, ...]:
    """How likely each item of one indicator, in order of time, is a mere copy of another."""
    method = prepared.problem.method
    row_of = {item.id: row for row, item in enumerate(items)}
    source_of: dict[str, int] = {}
    origins = [row_of.get(item.echo_of, -1) if item.echo_of is not None else -1 for item in items]
    given = [DETECTED_ECHO if item.copy_probability is None else item.copy_probability for item in items]
    if any(not 0 <= p <= 1 for p in given):
        raise ProbabilityError("a copy probability must lie between 0 and 1")
    chances = reports.copied(
        np.array([item.says is Says.PRESENT for item in items], dtype=np.bool_),
        source=np.array([source_of.setdefault(item.source, len(source_of)) for item in items], dtype=np.int64),
        published=np.array([item.published.toordinal() for item in items], dtype=np.int64),
        origin=np.array([-1 if at == row else at for row, at in enumerate(origins)], dtype=np.int64),
        copy_probability=np.array(given, dtype=np.float64),
        independent=np.array([item.copy_probability == 0 for item in items], dtype=np.bool_),
        self_repeat=method.self_repeat,
        blanket_echo=method.blanket_echo,
        blanket_window_days=method.blanket_window_days,
    )
    return tuple(chances.tolist())


def statements(prepared: Prepared, items: Sequence[Evidence]) -> reports.Statements:
    """The items of one indicator, in order of time, as arrays."""
    opened = prepared.problem.opened
    said = reports.Statements(
        day=np.array([(item.about - opened).days for item in items], dtype=np.int64),
        present=np.array([item.says is Says.PRESENT for item in items], dtype=np.bool_),
        knows=np.array([_knows(item) for item in items], dtype=np.float64),
        guess=np.array([reports.GUESS_ALARMIST if item.alarmist else reports.GUESS for item in items]),
        sighted=np.array([reports.SIGHTED_ERROR if item.access in _FIRST_HAND else 1.0 for item in items]),
        copied=np.array(copy_chances(prepared, items), dtype=np.float64),
        power=np.ones(len(items)),
    )
    if not any(item.unnamed for item in items):
        return said
    return replace(said, power=_shared(said, items))


def _shared(said: reports.Statements, items: Sequence[Evidence]) -> NDArray[np.float64]:
    """Exponents that cap what several unnamed voices of one report say together.

    They share their reporter: all that say the same weigh at most half as much again as the weightiest of them.
    """
    groups: dict[tuple[str, Says], list[int]] = {}
    for row, item in enumerate(items):
        if item.unnamed and item.report is not None:
            groups.setdefault((item.report, item.says), []).append(row)
    power = np.ones(len(items))
    with np.errstate(divide="ignore"):
        sizes = np.abs(np.log(said.on()) - np.log(said.off()))
    for rows in groups.values():
        total, most = float(sizes[rows].sum()), MOST_OF_ONE_REPORT * float(sizes[rows].max())
        if len({items[row].source for row in rows}) > 1 and most < total < np.inf:
            power[rows] = most / total
    return power
