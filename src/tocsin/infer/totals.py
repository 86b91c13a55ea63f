"""Readings sorted out before they are pooled: what is refused, what is one sum, what stands, what may be a copy."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.model.claim import Bound
from tocsin.model.evidence import Reading, ReadingRole
from tocsin.model.problem import FigurePart
from tocsin.prob import pool as prob
from tocsin.prob.parted import Meant, Node

DETECTED = 0.9
"""Probability that a reading found to repeat another is a copy of it."""

PART = "part"
"""What ``of`` says of a reading that is a part of the total and names no group."""

_MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One figure for the whole, as one source gave it: a reading, or the sum of its parts.

    ``counts`` tells what a source may say beside one another: two figures of which one is meant count the same.
    """

    members: tuple[Reading, ...]
    low: float | None
    high: float | None
    rounding: float
    about: date
    source: str
    counts: frozenset[str] = frozenset()

    @property
    def first(self) -> Reading:
        """The reading that gives the total its id."""
        return self.members[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Readings sorted out.

    ``refused`` says why, by id; ``standing`` gives per source the totals that stand; ``used`` the total that a
    reading entered; ``copies`` the copy probability and its reason, by the id of a total's first reading.
    """

    refused: Mapping[str, str]
    totals: Sequence[Total]
    standing: Sequence[Sequence[Total]]
    used: Mapping[str, Total]
    copies: Mapping[str, tuple[float, str]]


def sort(
    readings: Sequence[Reading],
    *,
    as_of: date | None,
    blanket_echo: float,
    blanket_window_days: int,
    part: FigurePart | None = None,
) -> Sorted:
    """Sort readings of one figure out; with ``part``, what counts the part in and what does not is told apart."""
    refused = {reading.id: why for reading in readings if (why := _refusal(reading, as_of))}
    totals = _totals([reading for reading in readings if reading.id not in refused], part)
    standing = _standing(totals)
    return Sorted(
        refused=refused,
        totals=totals,
        standing=standing,
        used={member.id: total for source in standing for total in source for member in total.members},
        copies=_copies(totals, blanket_echo=blanket_echo, window=blanket_window_days),
    )


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


def _totals(readings: Sequence[Reading], part: FigurePart | None) -> list[Total]:
    """Parts of one sum given by one source become one figure; a part that stands alone bounds the total from below.

    Where the part is declared, a figure of the part alone is one, and bounds nothing.
    """
    sums: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        key = ("", reading.id)
        if _is_part(reading) and reading.group in {None, reading.source}:
            key = (reading.source, f"parts on {reading.about}") if part is None else key
        elif reading.group is not None:
            key = (reading.source, f"group {reading.group}")
        sums.setdefault(key, []).append(reading)
    out: list[Total] = []
    for members in sums.values():
        low, high, rounding = prob.parts([_ends(member) for member in members])
        if part is None and len(members) == 1 and _is_part(members[0]):
            high = None
        if low is None and high is None:
            continue
        out.append(
            Total(
                members=tuple(members),
                low=low,
                high=high,
                rounding=rounding,
                about=max(member.about for member in members),
                source=members[0].source,
                counts=frozenset() if part is None else frozenset(_node(member, part) for member in members),
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


def _standing(totals: Sequence[Total]) -> list[list[Total]]:
    """Of each source the figures about its latest day: what it said before of the same, it has replaced itself."""
    sources: dict[tuple[str, frozenset[str]], list[Total]] = {}
    for total in totals:
        sources.setdefault((total.source, total.counts), []).append(total)
    return [[total for total in own if total.about == own[-1].about] for own in sources.values()]


def _copies(totals: Sequence[Total], *, blanket_echo: float, window: int) -> dict[str, tuple[float, str]]:
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


def _parents(total: Total, totals: Sequence[Total]) -> list[Total]:
    """The figures that a figure was found to repeat or to cite."""
    named = {member.echo_of for member in total.members} - {None}
    return [t for t in totals if t is not total and any(m.id in named or m.claim in named for m in t.members)]


def _goes_back(echo: Total, origin: Total, parents_of: Mapping[str, Sequence[Total]]) -> bool:
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


def _agree(one: Total, other: Total) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def items(found: Sorted, *, today: date) -> list[list[prob.Item]]:
    """The totals that stand, per source, as the pool takes them."""
    return [
        [_item(total, total.members, today=today, copy=found.copies[total.first.id][0]) for total in source]
        for source in found.standing
    ]


def meant(found: Sorted, part: FigurePart, *, today: date) -> list[list[list[Meant]]]:
    """The same with what each figure counts, per source; what one source says of rest and part holds jointly."""
    per_source: dict[str, list[list[list[Meant]]]] = {}
    for standing in found.standing:
        readings = [_joint(total, part, today=today, copy=found.copies[total.first.id][0]) for total in standing]
        per_source.setdefault(standing[0].source, []).append(readings)
    return [
        [[one for joint in chosen for one in joint] for chosen in itertools.islice(itertools.product(*groups), _MOST)]
        for groups in per_source.values()
    ]


def _joint(total: Total, part: FigurePart, *, today: date, copy: float) -> list[Meant]:
    """One total: as its members where each counts something else, else as one sum."""
    nodes = [_node(member, part) for member in total.members]
    if len(nodes) > 1 and sorted(nodes) == sorted((Node.PART.value, Node.REST.value)):
        singles = [(member,) for member in total.members]
        found = [_single(member) for member in total.members]
        return [
            Meant(item=_item(one, members, today=today, copy=copy), shares=((Node(node), 1.0),))
            for one, members, node in zip(found, singles, nodes, strict=True)
        ]
    item = _item(total, total.members, today=today, copy=copy)
    if len(nodes) > 1:
        return [Meant(item=item, shares=((Node.WHOLE, 1.0),))]
    if nodes[0]:
        return [Meant(item=item, shares=((Node(nodes[0]), 1.0),))]
    return [Meant(item=item, shares=((Node.WHOLE, 1.0 - part.unclear), (Node.REST, part.unclear)))]


def _single(reading: Reading) -> Total:
    low, high, rounding = prob.parts([_ends(reading)])
    return Total(members=(reading,), low=low, high=high, rounding=rounding, about=reading.about, source=reading.source)


def _node(reading: Reading, part: FigurePart) -> str:
    """What a reading counts, by the words of what it is of; empty where they leave it open."""
    of = f" {' '.join(reading.of.casefold().split())} "
    if of.strip() in {"total", *Node}:
        return Node.WHOLE.value if of.strip() == "total" else of.strip()
    for node, words in ((Node.WHOLE, part.whole), (Node.PART, part.words), (Node.REST, part.without)):
        if any(word.casefold() in of for word in words):
            return node.value
    return ""


def _item(total: Total, members: Sequence[Reading], *, today: date, copy: float) -> prob.Item:
    first = members[0]
    return prob.Item(
        low=total.low,
        high=total.high,
        rounding=total.rounding,
        knows=max(0.0, min(1.0, (first.knows or 0.0) * min(member.weight for member in members))),
        age=float(max(0, (today - total.about).days)),
        interest={"up": 1, "down": -1}.get(first.interest or "", 0),
        copy=copy,
        about=any(member.bound is Bound.ABOUT for member in members),
    )
