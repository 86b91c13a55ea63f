"""Evidence that is known not to rest on what was said before it, by the word of an analyst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tocsin.model.evidence import Evidence, Says


def independent(evidence: Iterable[Evidence], apart: Mapping[str, frozenset[str]]) -> tuple[Evidence, ...]:
    """Evidence with a copy probability of nought where an item is documented as independent of the one before it.

    The one before it is the latest that says the same of the same indicator and has another source: that is the one
    which the inference would take for its possible origin.

    Args:
        evidence: All items, in any order.
        apart: For the id of a claim, report or source those of which it is independent, both ways.

    Returns:
        The items in the order in which they came.
    """
    items = tuple(evidence)
    if not apart:
        return items
    latest: dict[tuple[str, Says], list[Evidence]] = {}
    alone: set[str] = set()
    for item in sorted(items, key=lambda one: (one.published, one.about, -one.weight * (one.knows or 0.0), one.id)):
        before = latest.setdefault((item.indicator, item.says), [])
        rival = next((one for one in reversed(before) if one.source != item.source), None)
        if rival is not None and item.echo_of is None and _apart(item, rival, apart):
            alone.add(item.id)
        before[:] = [*[one for one in before if one.source != item.source][-1:], item]
    return tuple(replace(item, copy_probability=0.0) if item.id in alone else item for item in items)


def _apart(one: Evidence, other: Evidence, apart: Mapping[str, frozenset[str]]) -> bool:
    names = {other.claim, other.report, other.source}
    return any(
        not names.isdisjoint(apart.get(name, frozenset()))
        for name in (one.claim, one.report, one.source)
        if name is not None
    )
