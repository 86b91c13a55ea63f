"""What would move the answer next."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations

from tocsin.infer.board import Line
from tocsin.infer.case import Case
from tocsin.infer.timing import least_lead
from tocsin.model.assessment import Flip, Status, WatchItem

_MOST_IN_THREES = 8


def watch(case: Case) -> tuple[WatchItem, ...]:
    """Per indicator the headline if it were known to be active today, and if not; the greatest swings first.

    The swing is weighted by the chance that it is active. ``by`` is the day by which it would have to show for
    the event to come within the question's window: its last day less the least lead.
    """
    items: list[WatchItem] = []
    for indicator in case.problem.indicators:
        seen, not_seen = case.given({indicator.id: True}), case.given({indicator.id: False})
        if seen is None or not_seen is None:
            continue
        lead = math.floor(least_lead(case.problem, indicator))
        items.append(
            WatchItem(
                indicator=indicator.id,
                statement=indicator.statement,
                if_seen=seen.probability,
                if_not_seen=not_seen.probability,
                chance_seen=min(1.0, max(0.0, case.posterior.on_now[indicator.id])),
                by=case.problem.by - timedelta(days=min(lead, (case.problem.by - date.min).days)),
            )
        )
    return tuple(
        sorted(items, key=lambda item: (-item.chance_seen * abs(item.if_seen - item.if_not_seen), item.indicator))
    )


def flip(case: Case, lines: Mapping[str, Line], watched: tuple[WatchItem, ...]) -> Flip | None:
    """The smallest set of sightings that would change the word, of those the one most apt to be made; at most three.

    From "below 1 %" to the lowest word of the yardstick is no change that anybody would act on.
    Sets of three are sought among the eight indicators that alone would move the answer most.
    """
    if case.closed:
        return None
    now = case.headline(case.posterior)
    chance = {item.indicator: item.chance_seen for item in watched}
    open_ones = [item for item in watched if lines[item.indicator].status is not Status.OBSERVED]
    strongest = sorted(open_ones, key=lambda item: -abs(item.if_seen - now))
    for size in (1, 2, 3):
        pool = [item.indicator for item in (strongest[:_MOST_IN_THREES] if size == 3 else strongest)]
        found: list[Flip] = []
        for needs in combinations(pool, size):
            then = case.given(dict.fromkeys(needs, True))
            if then is not None and not case.same_word(then.probability, now):
                found.append(Flip(to=case.word(then.probability), needs=needs, probability=then.probability))
        if found:
            return max(found, key=lambda item: (math.prod(chance[name] for name in item.needs), item.needs))
    return None
