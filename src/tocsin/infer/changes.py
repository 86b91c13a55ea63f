"""What changed since an earlier day, and which reports did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tocsin.infer import core
from tocsin.infer.actors import informed
from tocsin.infer.board import name
from tocsin.infer.case import Case
from tocsin.infer.drivers import Bundle
from tocsin.model.assessment import ChangeItem
from tocsin.model.evidence import Evidence
from tocsin.model.reasons import Moved

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The answer as it was on an earlier day, under the problem as it stands now."""

    day: date
    headline: float
    log_odds: float


def earlier(case: Case, evidence: Iterable[Evidence], *, since: date | None = None) -> Earlier | None:
    """The headline as it was the day before, or on ``since``, from the reports published by then.

    None when that day lies before the problem was opened, and once the question's window is closed.
    """
    then = since or case.as_of - timedelta(days=1)
    if case.closed or then < case.problem.opened or then >= case.as_of:
        return None
    prepared = core.prepare(informed(case.likely, as_of=then), as_of=then, looks=case.looks)
    before = core.combine(prepared, core.terms(prepared, evidence), states=False)
    window = (case.problem.by - then).days
    return Earlier(
        day=then,
        headline=case.headline(before),
        log_odds=case.finite(before.log_odds_within(window)),
    )


def changes(case: Case, before: Earlier | None, found: Sequence[Bundle]) -> tuple[ChangeItem, ...]:
    """How the headline moved since an earlier day, what time alone did to it, and what the new claims did.

    The new claims are added indicator by indicator, in order of their publication, to the answer that today would
    have without them; with the passing of time these steps sum to the whole change.
    """
    if before is None:
        return ()
    new = [item for item in case.evidence if item.published > before.day or item.about > before.day]
    ids = {name(item) for item in new}
    moved = [bundle.id for bundle in found if bundle.kind == "claim" and bundle.id in ids and bundle.log_odds != 0.0]
    steps, start = _steps(case, new)
    return (
        ChangeItem(
            since=before.day,
            from_=before.headline,
            to=case.headline(case.posterior),
            because=tuple(moved[:_MOST_NAMED]),
            time=start - before.log_odds,
            moved=steps,
        ),
    )


def _steps(case: Case, new: Sequence[Evidence]) -> tuple[tuple[Moved, ...], float]:
    """What the new items did, indicator by indicator; and today's log-odds without any of them."""
    by_target: dict[str, list[Evidence]] = {}
    for item in sorted(new, key=lambda item: (item.published, item.about, item.id)):
        by_target.setdefault(item.indicator, []).append(item)
    missing = {item.id for item in new}
    left: list[dict[str, Evidence | None]] = [dict.fromkeys(missing)]
    for items in by_target.values():
        missing -= {item.id for item in items}
        left.append(dict.fromkeys(missing))
    odds = [one.log_odds for one in case.variants(left)]
    steps = [
        Moved(indicator=target, claims=tuple(dict.fromkeys(name(item) for item in items)), log_odds=after - before)
        for (target, items), (before, after) in zip(by_target.items(), pairwise(odds), strict=True)
    ]
    start = odds[0]
    return tuple(steps), start
