"""The review queue: what nobody has judged yet, by how far it could move the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.desk.values import Linkage
from tocsin.infer.actors import informed
from tocsin.infer.board import weighs
from tocsin.infer.case import Case, build
from tocsin.infer.suspicion import suspect
from tocsin.model.evidence import Evidence, Says

UNGRADED = "would count if its source were graded"
SUSPECTED = "its source may be deceiving: its word and the opposite may move the answer alike"
MOST_TRIED = 400
"""Claims that are tried one by one; beyond that the weightiest, and the rest stands behind them without a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One claim that nobody has judged.

    Attributes:
        claim: Its id.
        on: The indicators and gates that it speaks about, each with what it says.
        log_odds: Log-odds of the headline with it minus without it; None where it was not tried.
        without: The headline without it.
        turned: The headline if it said the opposite.
        could_change: Would either give the headline another word?
        note: Why it is listed although it moves nothing, or what to know of its numbers.
    """

    claim: str
    on: tuple[str, ...]
    log_odds: float | None = None
    without: float | None = None
    turned: float | None = None
    could_change: bool = False
    moves: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The unreviewed claims that are in use, the one that could move the answer furthest first.

    ``ungraded`` are those that were linked and weigh nothing, for nobody graded their sources; the latest first.
    ``rests_on`` counts the claims that the answer rests on, reviewed or not.
    """

    claims: tuple[Queued, ...]
    ungraded: tuple[Queued, ...] = ()
    rests_on: int = 0

    @property
    def could_change(self) -> int:
        """How many of them could change the word alone."""
        return sum(one.could_change for one in self.claims)


def queue(found: Linkage, *, as_of: date) -> Queue:
    """Leave each unreviewed claim out, and turn it round, and see what becomes of the headline.

    Args:
        found: The claims, weighed and linked.
        as_of: The day assessed.
    """
    case = build(informed(found.problem, as_of=as_of), found.linked.evidence, as_of=as_of)
    items: dict[str, list[Evidence]] = {}
    silent: dict[str, list[Evidence]] = {}
    for item in case.evidence:
        if item.knows is None and item.says is not Says.AMBIGUOUS and item.claim is not None:
            silent.setdefault(item.claim, []).append(item)
        if weighs(item) and item.claim is not None and item.claim not in found.stream.reviewed:
            items.setdefault(item.claim, []).append(item)
    weightiest = sorted(items, key=lambda claim: (-max(one.weight * (one.knows or 0.0) for one in items[claim]), claim))
    tried = [_tried(case, claim, items[claim]) for claim in weightiest[:MOST_TRIED]]
    rest = [Queued(claim=claim, on=_on(items[claim])) for claim in weightiest[MOST_TRIED:]]
    newest = sorted(silent, key=lambda claim: (-max(one.about.toordinal() for one in silent[claim]), claim))
    return Queue(
        claims=(*sorted(tried, key=lambda one: (-one.moves, one.claim)), *rest),
        ungraded=tuple(Queued(claim=claim, on=_on(silent[claim]), note=UNGRADED) for claim in newest),
        rests_on=len({item.claim for item in case.evidence if weighs(item) and item.claim is not None}),
    )


def _tried(case: Case, claim: str, items: Sequence[Evidence]) -> Queued:
    now, odds = case.headline(case.posterior), case.odds(case.posterior)
    without = case.without(items)
    turned = case.changed({item.id: _turned(item) for item in items})
    changes = not case.closed and not all(case.same_word(one.probability, now) for one in (without, turned))
    return Queued(
        claim=claim,
        on=_on(items),
        log_odds=odds - without.log_odds,
        without=without.probability,
        turned=turned.probability,
        could_change=changes,
        moves=max(abs(odds - without.log_odds), abs(odds - turned.log_odds)),
        note=SUSPECTED if any(suspect(case, item) for item in items) else "",
    )


def _turned(item: Evidence) -> Evidence:
    return replace(item, says=Says.ABSENT if item.says is Says.PRESENT else Says.PRESENT, counter=False)


def _on(items: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(f"{item.indicator}: {item.says}" for item in items)
