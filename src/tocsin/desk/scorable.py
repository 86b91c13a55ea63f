"""What was issued on a problem, as forecasts that can be scored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count

import msgspec

from tocsin.errors import ReadError
from tocsin.model.outcome import Forecast, Onset
from tocsin.score.season import MODEL


class _Rolling(msgspec.Struct):
    days: int
    probability: float


class _Answer(msgspec.Struct):
    by: date
    probability: float
    prior: float | None = None
    rolling: tuple[_Rolling, ...] = ()


class _Scenario(msgspec.Struct):
    event: bool
    curve: tuple[tuple[date, float], ...] = ()


class _Decision(msgspec.Struct):
    alarm: float | None = None
    takes_days: float | None = None


class _Kept(msgspec.Struct):
    """The keys of any version of the assessment's JSON that scoring reads."""

    as_of: date
    answer: _Answer
    scenarios: tuple[_Scenario, ...] = ()
    decisions: tuple[_Decision, ...] | None = None


def _decoded(payload: bytes, number: int) -> _Kept:
    try:
        return msgspec.json.decode(payload, type=_Kept)
    except msgspec.MsgspecError as error:
        raise ReadError(
            f"assessment {number} cannot be read: {error} (give the lines that tocsin replay wrote)"
        ) from error


class Scorable:
    """Assessments as JSON, as issued or replayed, in order of their days.

    Args:
        payloads: The JSON of each; of one day the last one counts.

    Raises:
        ReadError: One of them is no assessment.
    """

    def __init__(self, payloads: Iterable[bytes]) -> None:
        kept = {one.as_of: one for one in map(_decoded, payloads, count(1))}
        self._kept = [kept[day] for day in sorted(kept)]

    def forecasts(self) -> tuple[Forecast, ...]:
        """The headline and the rolling questions of each day; the headline's last day is the problem's."""
        found = []
        for one in self._kept:
            answer = one.answer
            if answer.by > one.as_of:
                found.append(
                    Forecast(
                        who=MODEL,
                        as_of=one.as_of,
                        days=0,
                        until=answer.by,
                        probability=answer.probability,
                        prior=answer.prior,
                    )
                )
            found += [
                Forecast(
                    who=MODEL,
                    as_of=one.as_of,
                    days=rolling.days,
                    until=one.as_of + timedelta(days=rolling.days),
                    probability=rolling.probability,
                )
                for rolling in answer.rolling
            ]
        return tuple(found)

    def onsets(self) -> tuple[Onset, ...]:
        """The distribution of the first day of the event, of each day's assessment."""
        found = []
        for one in self._kept:
            total: dict[date, float] = {}
            for scenario in one.scenarios:
                if scenario.event:
                    for day, p in scenario.curve:
                        total[day] = total.get(day, 0.0) + p
            found.append(Onset(as_of=one.as_of, curve=tuple(sorted(total.items()))))
        return tuple(found)

    def alarms(self) -> tuple[tuple[float, float | None], ...]:
        """The alarm lines of the last assessment's decisions, each with the days its decision takes."""
        last = self._kept[-1].decisions if self._kept else None
        return tuple((one.alarm, one.takes_days) for one in last or () if one.alarm is not None)
