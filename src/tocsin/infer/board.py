"""The board: what the latest word on each indicator is, and when somebody last looked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.model.assessment import Status
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import Indicator, WarningProblem

_LIKE = 5
_COMMON = frozenset((
    "the", "of", "and", "forces", "force", "fighters", "troops", "soldiers", "army", "military", "navy", "government",
    "ministry", "movement", "party", "people", "republic", "democratic", "national", "front", "group", "rebels",
))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator on the board.

    ``evidence`` is in order of time. ``since`` is the first day of the present run of sightings; ``last_look`` the
    latest day that any report speaks about; ``good_look`` the same among reports that weigh something. ``covered``:
    somebody who can be judged spoke of it, or a look was logged; a party's denial of its own doing is no look.
    ``own_word``: nothing but such denials stands behind it.
    """

    status: Status
    evidence: tuple[Evidence, ...]
    since: date | None
    last_look: date | None
    good_look: date | None
    covered: bool
    own_word: bool = False


def within(evidence: Sequence[Evidence], *, opened: date, as_of: date) -> tuple[Evidence, ...]:
    """Evidence that was published by the day assessed, about a day between opening and then."""
    return tuple(item for item in evidence if opened <= item.about <= as_of and item.published <= as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The latest logged look for an indicator that found nothing, and the latest that was more apt to see than not."""

    last: date
    good: date | None


def board(
    problem: WarningProblem, evidence: Sequence[Evidence], *, looked: Mapping[str, Looked] | None = None
) -> dict[str, Line]:
    """One line per declared indicator, by its id. Nobody looked is a state of its own.

    Args:
        problem: Declares the indicators.
        evidence: Items of the grid.
        looked: The latest logged looks, per indicator.
    """
    by_indicator: dict[str, list[Evidence]] = {indicator.id: [] for indicator in problem.indicators}
    for item in evidence:
        if item.indicator in by_indicator:
            by_indicator[item.indicator].append(item)
    return {
        indicator.id: line(
            by_indicator[indicator.id],
            noticed_within=indicator.noticed_within,
            looked=(looked or {}).get(indicator.id),
            own=frozenset(item.id for item in by_indicator[indicator.id] if own_denial(problem, indicator, item)),
        )
        for indicator in problem.indicators
    }


def own_denial(problem: WarningProblem, indicator: Indicator, item: Evidence) -> bool:
    """Does a party deny its own doing, or somebody deny it who may be deceiving?

    Who is watched is told by the indicator's ``who``; a party is the same where a name of its name's stands there.
    """
    if item.says is not Says.ABSENT:
        return False
    if any(one.steers(item.source, item.party, indicator=indicator.id) > 0.0 for one in problem.deception):
        return True
    party = _names(item.party or "")
    return any(_alike(one, other) for name in indicator.watch.who for one in _names(name) for other in party)


def _names(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if word not in _COMMON)


def _alike(one: str, other: str) -> bool:
    """Do two words name one party: the same, or "Karvia" and "Karvian"?"""
    return one == other or (min(len(one), len(other)) >= _LIKE and one[:_LIKE] == other[:_LIKE])


def line(
    evidence: Sequence[Evidence],
    *,
    noticed_within: float | None = None,
    looked: Looked | None = None,
    own: frozenset[str] = frozenset(),
) -> Line:
    """The state of one indicator: the latest word on it by a source that can be judged, or by any if none can.

    A denial does not undo a sighting of which it could not know yet: one that is younger than ``noticed_within``, by
    another source. Whoever takes his own word back, or asserts the opposite, does. Where nobody has said anything, a
    logged look that found nothing shows it as not seen. ``own`` are the ids of denials that are no look; where anybody
    else has spoken they do not stand, unless they take back the same source's word.
    """
    ordered = tuple(sorted(evidence, key=_order))
    spoken = [item for item in ordered if item.says is not Says.AMBIGUOUS]
    informative = [item for item in spoken if weighs(item)] or spoken
    sighted = {item.source for item in informative if item.says is Says.PRESENT}
    apart = [item for item in informative if item.id not in own or item.source in sighted] or informative
    status = Status.NOT_COVERED
    since = None
    if informative:
        latest = _standing(apart, noticed_within=noticed_within or 0.0)
        status = Status.OBSERVED if latest.says is Says.PRESENT else Status.NOT_SEEN
        if latest.says is Says.ABSENT and latest.counter:
            status = Status.COUNTER
    elif ordered:
        status = Status.AMBIGUOUS
    elif looked is not None:
        status = Status.NOT_SEEN
    if status is Status.OBSERVED:
        for item in reversed(apart[: apart.index(latest) + 1]):
            if item.says is not Says.PRESENT:
                break
            since = item.about
    return Line(
        status=status,
        evidence=ordered,
        since=since,
        last_look=max([item.about for item in ordered] + ([looked.last] if looked else []), default=None),
        good_look=max(
            [item.about for item in spoken if weighs(item)] + ([looked.good] if looked and looked.good else []),
            default=None,
        ),
        covered=looked is not None
        or any((item.knows or 0.0) * item.weight > 0.0 and item.id not in own for item in ordered),
        own_word=looked is None and bool(informative) and all(item.id in own for item in informative),
    )


def _standing(informative: Sequence[Evidence], *, noticed_within: float) -> Evidence:
    """The word that stands: the latest sighting that no later item undoes, else the latest item."""
    latest = informative[-1]
    for place in range(len(informative) - 1, -1, -1):
        seen = informative[place]
        if seen.says is not Says.PRESENT:
            continue
        undone = any(
            item.counter or item.source == seen.source or (item.about - seen.about).days >= noticed_within
            for item in informative[place + 1 :]
            if item.says is Says.ABSENT
        )
        return latest if undone else seen
    return latest


def weighs(item: Evidence) -> bool:
    """Does an item count at all? Ambiguity and sources that cannot be judged do not."""
    return item.says is not Says.AMBIGUOUS and item.knows is not None and item.knows * item.weight > 0.0


def name(item: Evidence) -> str:
    """The id under which other people find an item: its claim, or its own id where it was coded by hand."""
    return item.claim or item.id


def origins(evidence: Sequence[Evidence]) -> dict[str, str]:
    """The source each item goes back to, by item id: an echo has the origin of what it repeats."""
    by_id: Mapping[str, Evidence] = {item.id: item for item in evidence}
    return {item.id: root(item, by_id).source for item in evidence}


def root(item: Evidence, by_id: Mapping[str, Evidence]) -> Evidence:
    """The first item of a chain of echoes; a chain that runs in a circle ends where it closes."""
    seen = {item.id}
    while item.echo_of is not None and item.echo_of in by_id and item.echo_of not in seen:
        item = by_id[item.echo_of]
        seen.add(item.id)
    return item


def _order(item: Evidence) -> tuple[date, date, float, str]:
    return item.about, item.published, (item.knows or 0.0) * item.weight, item.id
