"""Sending what waits: each alert once through each channel, every step on record before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tocsin import alert
from tocsin.alert import Way
from tocsin.errors import DeliveryError
from tocsin.model.feed import Channel
from tocsin.model.log import Delivery, DeliveryState
from tocsin.model.problem import WarningProblem
from tocsin.store.sql import Store

MOST_ATTEMPTS = 20
"""Attempts at one delivery; then it is given up, and stays on record as failed."""

GIVEN_UP = timedelta(minutes=15)
"""An attempt that began and never ended counts as failed after this time: the program was stopped in its midst."""

LONGEST_PAUSE = timedelta(hours=6)
"""Between two attempts at one delivery; the first pauses are 2, 4, 8 minutes."""

_DONE = frozenset({DeliveryState.SENT, DeliveryState.MOVED})
_TOLD = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One alert through one channel: taken, or what went wrong."""

    problem: str
    rule: str
    reason: str
    channel: str
    error: str | None = None


class Sending:
    """Sends what waits, what failed and what was broken off, through the channels that the desk declares.

    A step is kept before the alert leaves; who finds it kept already leaves the sending to whoever kept it. A channel
    that fails is left alone for the rest of the round, so that one that hangs does not hold up the others.

    Args:
        store: The desk's store.
        channels: The declared channels by name.
        way: What sending needs of the world.
        clock: Gives the moment: a round may be long, and an attempt counts as given up by when it began.
    """

    def __init__(
        self, store: Store, channels: Mapping[str, Channel], way: Way, *, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._channels = channels
        self._way = way
        self._clock = clock
        self._last = {(one.key, one.target): one for one in store.deliveries()}
        self._failing: set[str] = set()

    def add(self, waiting: Delivery) -> None:
        """Take note of what was put on record to be sent."""
        known = self._last.get((waiting.key, waiting.target))
        if known is None or known.attempts < waiting.attempts:
            self._last[waiting.key, waiting.target] = waiting

    def due(self) -> Iterator[Sent]:
        """Send what is due, the oldest first; one after the other, as they are asked for."""
        for step in tuple(self._last.values()):
            channel = self._channels.get(step.target)
            if channel is not None and channel.id not in self._failing and self._is_due(step):
                found = self._try(step, channel)
                if found is not None:
                    yield found

    def waiting(self, problem: str, channel: str) -> int:
        """How many alerts of a problem wait for a channel."""
        return sum(1 for one in self._open(problem) if one.target == channel)

    def moved(self, problem: WarningProblem) -> tuple[Delivery, ...]:
        """What waits for a channel that neither the desk declares nor the problem names any more, put right.

        It goes through the channels that the problem now names for the same rule; where it names none, it waits on.
        """
        named = {name for declared in problem.alerts for name in declared.to}
        steps: dict[tuple[str, str, int], Delivery] = {}
        for step in self._open(problem.id):
            if step.target in self._channels or step.target in named:
                continue
            ways = dict.fromkeys(name for one in problem.alerts if step.rule in one.on for name in one.to)
            fresh = replace(step, channel="", state=DeliveryState.PENDING, attempts=0, at=self._clock())
            for name in ways:
                steps[step.key, name, 0] = replace(fresh, target=name)
            if ways:
                gone = replace(step, state=DeliveryState.MOVED, attempts=step.attempts + 1, at=self._clock())
                steps[step.key, step.target, gone.attempts] = gone
        return tuple(steps.values())

    def _open(self, problem: str) -> Iterator[Delivery]:
        return (one for one in self._last.values() if one.problem == problem and one.state not in _DONE)

    def _is_due(self, step: Delivery) -> bool:
        """Is it time for an attempt?"""
        if step.state in _DONE or step.attempts >= 2 * MOST_ATTEMPTS:
            return False
        if step.state is DeliveryState.PENDING:
            return True
        pause = min(timedelta(minutes=2 ** ((step.attempts + 1) // 2)), LONGEST_PAUSE)
        return self._clock() - step.at >= (pause if step.state is DeliveryState.FAILED else GIVEN_UP)

    def _try(self, last: Delivery, channel: Channel) -> Sent | None:
        begun = replace(
            last, channel=channel.kind, state=DeliveryState.BEGUN, attempts=last.attempts + 1, at=self._clock()
        )
        if not self._keep(begun):
            return None
        error = None
        try:
            alert.send(channel, begun.payload, way=self._way)
        except DeliveryError as failed:
            error = str(failed)
        except Exception as broken:  # noqa: BLE001 - whatever breaks one channel must not keep an alert from the others
            error = f"{channel.kind}: {type(broken).__name__}: {' '.join(str(broken).split())[:_TOLD]}"
        state = DeliveryState.SENT if error is None else DeliveryState.FAILED
        if error is not None:
            self._failing.add(channel.id)
        self._keep(replace(begun, state=state, attempts=begun.attempts + 1))
        return Sent(problem=begun.problem, rule=begun.rule, reason=begun.reason, channel=channel.id, error=error)

    def _keep(self, step: Delivery) -> bool:
        kept = self._store.deliver(step)
        if kept:
            self._last[step.key, step.target] = step
        return kept
