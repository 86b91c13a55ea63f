"""Readings of one figure for the page: what a wire and its copy tell stands once, with the copies marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tocsin.model.assessment import ReadingShown
from tocsin.model.evidence import ReadingRole
from tocsin.publish.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One reading, and the claims in which the same was told again."""

    reading: ReadingShown
    again: tuple[str, ...] = ()

    @property
    def taken(self) -> str:
        """What it was taken as, and whether it entered the pool."""
        one = self.reading
        part = ", part of a sum" if one.group else ""
        left = ", not pooled" if one.role == ReadingRole.HOLDING and not one.pooled else ""
        return f"{one.role}{part}{left}"


def told_once(case: Case, readings: Iterable[ReadingShown]) -> tuple[Told, ...]:
    """Each reading once, in the order given: an echo, and the same number from the same origin again, stand with it.

    Parts of a sum and readings that are withheld stand by themselves.
    """
    first = {item.id: item.claim for item in case.linked.readings}
    parent = {item.claim: first.get(item.echo_of) for item in case.linked.readings if item.echo_of is not None}
    kept: list[list[ReadingShown]] = []
    for one in readings:
        same = next((group for group in kept if any(_same(one, other, parent) for other in group)), None)
        if same is None:
            kept.append([one])
        else:
            same.append(one)
    return tuple(_told(group, parent) for group in kept)


def _told(group: list[ReadingShown], parent: dict[str | None, str | None]) -> Told:
    """The first of them that is no echo, before what told it again; pooled where one of them is."""
    head = min(group, key=lambda one: (parent.get(one.claim) is not None, one.about))
    again = tuple(one.claim for one in group if one is not head and one.claim is not None)
    return Told(reading=replace(head, pooled=any(one.pooled for one in group)), again=again)


def _same(one: ReadingShown, other: ReadingShown, parent: dict[str | None, str | None]) -> bool:
    if one.group is not None or other.group is not None or one.low is one.high is None:
        return False
    if (one.low, one.high, one.bound, one.role) != (other.low, other.high, other.bound, other.role):
        return False
    if None not in (one.claim, other.claim) and (
        parent.get(one.claim, "") == other.claim or parent.get(other.claim, "") == one.claim
    ):
        return True
    return one.source == other.source
