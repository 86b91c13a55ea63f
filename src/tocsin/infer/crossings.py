"""The smallest set of findings that would carry the answer across a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from tocsin.infer.board import Line
from tocsin.infer.case import Case
from tocsin.model.assessment import Status, WatchItem
from tocsin.model.reasons import Crossing, Turn

MOST = 3
"""Indicators found otherwise at once, at most."""

_MOST_IN_TWOS = 24
_MOST_IN_THREES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """One indicator found otherwise than it stands: seen where it is not, or certainly absent where it is."""

    indicator: str
    seen: bool
    alone: float
    chance: float


def crossings(case: Case, lines: Mapping[str, Line], watched: Sequence[WatchItem]) -> tuple[Crossing, ...]:
    """For the word, and for every declared alarm line, the fewest indicators that would have to be found otherwise.

    An indicator that stands as seen may be found absent, any other may be found seen. Of several sets as small, the
    one most apt to be found is named. Lines that three findings do not reach are left out, and so is everything once
    the question's last day is over.
    """
    if case.closed:
        return ()
    now = case.headline(case.posterior)
    moves = [_move(item, observed=lines[item.indicator].status is Status.OBSERVED) for item in watched]
    moves.sort(key=lambda move: (-abs(move.alone - now), move.indicator))
    tried: dict[tuple[str, ...], float | None] = {}
    out: list[Crossing] = []
    wanted: list[tuple[str, str, Callable[[float], bool]]] = [
        ("word", "", lambda then: not case.same_word(then, now)),
        *(
            ("alarm", decision.who, lambda then, line=decision.alarm: (then >= line) != (now >= line))
            for decision in case.problem.decisions
        ),
    ]
    for line, who, crosses in wanted:
        found = _smallest(case, moves, tried, crosses)
        if found is not None:
            chosen, then = found
            out.append(
                Crossing(
                    line=line,
                    who=who,
                    turns=tuple(Turn(indicator=m.indicator, to="seen" if m.seen else "not_seen") for m in chosen),
                    probability=then,
                    chance=prod(move.chance for move in chosen),
                    words=case.word(then),
                )
            )
    return tuple(out)


def _move(item: WatchItem, *, observed: bool) -> _Move:
    if observed:
        return _Move(indicator=item.indicator, seen=False, alone=item.if_not_seen, chance=1.0 - item.chance_seen)
    return _Move(indicator=item.indicator, seen=True, alone=item.if_seen, chance=item.chance_seen)


def _smallest(
    case: Case,
    moves: Sequence[_Move],
    tried: dict[tuple[str, ...], float | None],
    crosses: Callable[[float], bool],
) -> tuple[tuple[_Move, ...], float] | None:
    for size, pool in enumerate((moves, moves[:_MOST_IN_TWOS], moves[:_MOST_IN_THREES]), start=1):
        found: list[tuple[tuple[_Move, ...], float]] = []
        for chosen in combinations(pool, size):
            key = tuple(move.indicator for move in chosen)
            if key not in tried:
                tried[key] = _then(case, chosen)
            then = tried[key]
            if then is not None and crosses(then):
                found.append((chosen, then))
        if found:
            return max(found, key=lambda pair: (prod(m.chance for m in pair[0]), [m.indicator for m in pair[0]]))
    return None


def _then(case: Case, chosen: Sequence[_Move]) -> float | None:
    if len(chosen) == 1:
        return chosen[0].alone
    found = case.given({move.indicator: move.seen for move in chosen})
    return None if found is None else found.probability
