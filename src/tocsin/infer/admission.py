"""Which evidence is weighed, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer.prepare import Prepared
from tocsin.model.assessment import LeftOut
from tocsin.model.evidence import Evidence, Says


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """Evidence that may be weighed, per indicator or gate in order of time, and what was not admitted.

    ``ungraded`` are the ids of items whose source has no number (grade F), ``ambiguous`` those of ambiguous ones;
    both weigh nothing. The ungraded stand among the others all the same: what repeats them is an echo.
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
        if item.says is not Says.AMBIGUOUS:
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

    None where an item is new. Ambiguous items are not listed, but count for the first day.
    """
    chosen = {id(item) for item in kept}
    found = tuple(item for item in old.items.get(indicator, ()) if id(item) in chosen)
    if len(found) < sum(item.says is not Says.AMBIGUOUS for item in kept):
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
    """By publication, by day spoken of; of what came out together the lightest first.

    Nobody knows which of them the others took it from: the heaviest must not be taken for the origin.
    """
    return item.published, item.about, told(item), item.id


def told(item: Evidence) -> float:
    """The chance that the source knows, scaled by the weight of what it says."""
    knows = item.weight * (item.knows or 0.0)
    if not 0 <= knows <= 1:
        raise ProbabilityError(f"{item.id}: weight x knows must lie between 0 and 1, not {knows}")
    return knows
