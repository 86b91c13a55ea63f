"""How soon: three floors under the onset, from the least leads of what has not been seen.

These are dates that follow from declared leads alone. No probability and no tempo enters them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.infer.board import Line
from tocsin.model.assessment import Status, Timing
from tocsin.model.problem import Indicator, WarningProblem

TODAY = "full plan begun today"
UNSEEN = "full plan begun unseen since the last good look"
UNDER_STRENGTH = "under strength with what is there"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """A critical indicator nobody has seen, with the steps from its start to the onset."""

    start: date
    steps: tuple[tuple[str, float], ...]
    because: tuple[str, ...] = ()

    @property
    def end(self) -> date:
        count = math.floor(sum(days for _, days in self.steps) + 1e-9)
        return self.start + timedelta(days=min(count, (date.max - self.start).days))


def timings(problem: WarningProblem, lines: Mapping[str, Line], *, as_of: date) -> tuple[Timing, Timing, Timing]:
    """The earliest onset under three assumptions, never before tomorrow.

    The full plan begun today: the slowest critical indicator that has not been seen must still run its least lead,
    and those that follow it theirs. The full plan begun unseen: each of them may have begun on the day from which
    its last good look would not yet have noticed it; one never looked at, on the first day. Under strength: only
    what needs no building.
    """
    unseen = [
        indicator
        for indicator in problem.indicators
        if indicator.critical and lines[indicator.id].status is not Status.OBSERVED
    ]
    today = [_Path(start=as_of, steps=_steps(problem, indicator)) for indicator in unseen]
    begun = [
        _Path(start=start, steps=_steps(problem, indicator), because=(why,))
        for indicator in unseen
        for start, why in [_unnoticed(indicator, lines[indicator.id], opened=problem.opened)]
    ]
    ready = [
        _Path(start=as_of, steps=_steps(problem, indicator, building=False))
        for indicator in unseen
        if not indicator.building
    ]
    declared = any(indicator.critical for indicator in problem.indicators)
    empty = (
        "nothing has to come first any more: every critical indicator has been seen"
        if declared
        else "nothing has to come first: no critical indicator is declared"
    )
    return (
        _timing(TODAY, today, as_of=as_of, empty=empty),
        _timing(UNSEEN, begun, as_of=as_of, empty=empty),
        _timing(UNDER_STRENGTH, ready, as_of=as_of, empty="nothing that is still unseen has to come first"),
    )


def warning_time(timing: Sequence[Timing], *, as_of: date) -> int:
    """Days from the assessment to the earliest start of the full plan, begun today or unseen."""
    return min((item.earliest - as_of).days for item in timing if item.case in {TODAY, UNSEEN})


def least_lead(problem: WarningProblem, indicator: Indicator) -> float:
    """Least days from an indicator to the onset: the smallest over the event scenarios it belongs to."""
    events = [scenario.id for scenario in problem.scenarios if scenario.event and not scenario.status_quo]
    named = [name for name in events if name in indicator.seen_first] or events
    leads = [lead.least for name in named if (lead := indicator.lead(name)) is not None]
    return min(leads, default=0.0)


def words(identifier: str) -> str:
    """An id as a page prints it.

    >>> words("strike-groups")
    'strike groups'
    """
    return identifier.replace("-", " ").replace("_", " ")


def days(count: float) -> str:
    """A number of days in words.

    >>> days(42.0), days(1), days(2.5)
    ('42 days', '1 day', '2.5 days')
    """
    return f"{count:g} day" if count == 1 else f"{count:g} days"


def _steps(problem: WarningProblem, indicator: Indicator, *, building: bool = True) -> tuple[tuple[str, float], ...]:
    """The indicator and what must still follow it, each once; without ``building`` only what needs none."""
    steps: list[tuple[str, float]] = []
    seen: set[str] = set()
    current: Indicator | None = indicator
    while current is not None and current.id not in seen:
        seen.add(current.id)
        if building or not current.building:
            steps.append((current.id, least_lead(problem, current)))
        current = None if current.then is None else problem.indicator(current.then)
    return tuple(steps)


def _unnoticed(indicator: Indicator, line: Line, *, opened: date) -> tuple[date, str]:
    """The first day on which it may have begun without the last good look having noticed it."""
    if line.good_look is None:
        return opened, f"{words(indicator.id)}: no look that counts since {opened}"
    delay = math.ceil(indicator.noticed_within or 1.0)
    start = max(opened, line.good_look - timedelta(days=min(delay, 36525) - 1))
    if start == line.good_look:
        return start, f"{words(indicator.id)}: last good look {start}"
    because = f"the last look, of {line.good_look}, could have missed what began from {start} on"
    return start, f"{words(indicator.id)}: {because}"


def _timing(case: str, paths: Sequence[_Path], *, as_of: date, empty: str) -> Timing:
    tomorrow = as_of + timedelta(days=1)
    slowest = max(paths, key=lambda path: path.end, default=None)
    if slowest is None:
        return Timing(case=case, earliest=tomorrow, because=(empty,))
    leads = tuple(f"{words(name)}: at least {days(count)}" for name, count in slowest.steps)
    return Timing(case=case, earliest=max(slowest.end, tomorrow), because=(*slowest.because, *leads))
