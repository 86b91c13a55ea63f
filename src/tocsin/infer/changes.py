"""What changed since an earlier day, and which reports did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tocsin.infer import core
from tocsin.infer.board import name
from tocsin.infer.case import Case
from tocsin.infer.drivers import Bundle
from tocsin.model.assessment import ChangeItem
from tocsin.model.evidence import Evidence

_MOST_NAMED = 5


def changes(
    case: Case, evidence: Iterable[Evidence], found: Sequence[Bundle], *, since: date | None = None
) -> tuple[ChangeItem, ...]:
    """The headline as it was the day before, or on ``since``, and the new claims that moved it most since.

    The earlier answer is computed from the reports published by then, under the problem as it stands now. Empty
    when that day lies before the problem was opened, and once the question's window is closed.
    """
    then = since or case.as_of - timedelta(days=1)
    if case.closed or then < case.problem.opened or then >= case.as_of:
        return ()
    every = tuple(evidence)
    prepared = core.prepare(case.problem, as_of=then, looks=case.looks)
    before = core.posterior(prepared, every)
    new = {name(item) for item in case.evidence if item.published > then or item.about > then}
    moved = [bundle.id for bundle in found if bundle.kind == "claim" and bundle.id in new and bundle.log_odds != 0.0]
    return (
        ChangeItem(
            since=then,
            from_=case.headline(before),
            to=case.headline(case.posterior),
            because=tuple(moved[:_MOST_NAMED]),
        ),
    )
