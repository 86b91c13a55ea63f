"""Alerts of a desk: the case put before the rules, what they raise sent once through each channel, and recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from tocsin import alert
from tocsin.alert import Case, FeedState, Heard, Way
from tocsin.desk.feeds import looked
from tocsin.desk.values import Assessed
from tocsin.errors import DeliveryError
from tocsin.model.alert import Alert, Rule, Standing
from tocsin.model.feed import Channel, ChannelKind, Feed
from tocsin.model.log import Act, Delivery, DeliveryState, Fetched
from tocsin.model.problem import WarningProblem
from tocsin.model.time import Window
from tocsin.publish.handling import PUBLIC, marked
from tocsin.store.sql import Store

MOST_ATTEMPTS = 20
"""Attempts at one delivery; then it is given up, and stays on record as failed."""

GIVEN_UP = timedelta(minutes=15)
"""An attempt that began and never ended counts as failed after this time: the program was stopped in its midst."""

LONGEST_PAUSE = timedelta(hours=6)
"""Between two attempts at one delivery; the first pauses are 2, 4, 8 minutes."""

WATCHED = "watch"
"""What the audit trail calls a watch of a problem; its detail is what the next one compares with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One alert through one channel: taken, or what went wrong."""

    problem: str
    rule: str
    reason: str
    channel: str
    error: str | None = None


def case_of(found: Assessed, before: Standing | None, feeds: Sequence[FeedState], *, now: datetime) -> Case:
    """Everything that the rules of a problem judge by."""
    stream = found.stream
    by_report: dict[str, set[str]] = {}
    for claim in stream.claims:
        by_report.setdefault(claim.report, set()).add(stream.ratings[claim.id].source)
    heard = []
    for key, sources in by_report.items():
        report = stream.reports[key]
        days = report.published or Window(earliest=report.retrieved, latest=report.retrieved)
        day = days.latest
        if day is not None and day == days.earliest:
            heard.append(Heard(report=key, day=day, outlet=report.outlet or "", sources=frozenset(sources)))
    guarded = marked({}, stream.sources, to=PUBLIC).sources
    return Case(
        problem=found.problem,
        before=before,
        assessment=found.assessment,
        now=now,
        evidence=found.linked.evidence,
        heard=tuple(heard),
        names={
            key: one.name
            for one in stream.sources
            if one.id not in guarded  # a caveat holds for its name too, and for the parts of what bears it
            for key in (*one.aliases, one.name, one.id)
        },
        feeds=tuple(feeds),
    )


def feed_state(feed: Feed, polls: Sequence[Fetched], *, now: datetime) -> FeedState:
    """How a feed stands by the log of its polls."""
    return FeedState(
        feed=feed,
        began=polls[0].at if polls else now,
        answered=max((one.at for one in polls if looked(one)), default=None),
        new=max((one.at for one in polls if one.new), default=None),
    )


def last_standing(store: Store, problem: str) -> Standing | None:
    """What the last watch of a problem saw; None where there was none."""
    kept = [one.detail for one in store.acts(problem) if one.what == WATCHED]
    try:
        return msgspec.convert(kept[-1], Standing) if kept else None
    except msgspec.ValidationError:  # of another version: this watch is the first of its kind
        return None


def keep_standing(store: Store, problem: str, now_stands: Standing, before: Standing | None, *, now: datetime) -> None:
    """Keep what this watch saw, unless the last one saw the same."""
    if now_stands != before:
        detail = msgspec.to_builtins(now_stands)
        store.act(Act(at=now, who="tocsin", what=WATCHED, subject=problem, detail=detail))


def raised(case: Case, channels: Mapping[str, Channel]) -> tuple[tuple[Alert, Channel], ...]:
    """Each alert with each channel that it goes through, in the order of the declarations.

    A calendar takes the latest days of decisions and nothing else, and follows them as they move.
    """
    pairs: dict[tuple[str, str], tuple[Alert, Channel]] = {}
    for declared in case.problem.alerts:
        found = alert.alerts(case, declared)
        for name in declared.to:
            channel = channels.get(name)
            if channel is None:
                continue
            if channel.kind is not ChannelKind.CALENDAR:
                through = found
            else:
                through = alert.entries(case) if Rule.DECISION_NEAR in declared.on else ()
            pairs |= {(one.key, name): (one, channel) for one in through}
    return tuple(pairs.values())


def unknown_channels(problem: WarningProblem, channels: Iterable[str]) -> tuple[str, ...]:
    """The channels that a problem's alerts name and the desk does not declare."""
    known = set(channels)
    return tuple(dict.fromkeys(name for rule in problem.alerts for name in rule.to if name not in known))


class Delivering:
    """Sends what is due, each alert once through each channel, and records every step.

    A step is kept before the alert leaves; who finds it kept already leaves the sending to whoever kept it.

    Args:
        store: The desk's store.
        way: What sending needs of the world.
        now: The moment.
    """

    def __init__(self, store: Store, way: Way, *, now: datetime) -> None:
        self._store = store
        self._way = way
        self._now = now
        self._last = {(one.key, one.channel, one.target): one for one in store.deliveries()}

    def again(self, channels: Mapping[str, Channel]) -> tuple[Sent, ...]:
        """Try once more what failed, or was broken off, through the channels that are still declared."""
        sent = []
        for step in tuple(self._last.values()):
            channel = channels.get(step.target)
            if channel is not None and channel.kind == step.channel and self._due(step):
                sent.append(self._try(step, channel))
        return tuple(one for one in sent if one is not None)

    def _due(self, step: Delivery) -> bool:
        """Is it time for another attempt?"""
        if step.state is DeliveryState.SENT or step.attempts >= 2 * MOST_ATTEMPTS:
            return False
        pause = min(timedelta(minutes=2 ** ((step.attempts + 1) // 2)), LONGEST_PAUSE)
        return self._now - step.at >= (pause if step.state is DeliveryState.FAILED else GIVEN_UP)

    def first(self, problem: WarningProblem, found: Alert, channel: Channel) -> Sent | None:
        """Send an alert that was never sent through this channel; None where it was."""
        if (found.key, channel.kind, channel.id) in self._last:
            return None
        told = alert.payload(found, question=problem.question, at=self._now)
        step = Delivery(
            problem=problem.id,
            rule=found.rule,
            key=found.key,
            reason=found.reason,
            payload=told,
            channel=channel.kind,
            target=channel.id,
            state=DeliveryState.BEGUN,
            attempts=0,
            at=self._now,
        )
        return self._try(step, channel)

    def _try(self, last: Delivery, channel: Channel) -> Sent | None:
        begun = replace(last, state=DeliveryState.BEGUN, attempts=last.attempts + 1, at=self._now)
        if not self._keep(begun):
            return None
        error = None
        try:
            alert.send(channel, begun.payload, way=self._way)
        except DeliveryError as failed:
            error = str(failed)
        state = DeliveryState.SENT if error is None else DeliveryState.FAILED
        self._keep(replace(begun, state=state, attempts=begun.attempts + 1))
        return Sent(problem=begun.problem, rule=begun.rule, reason=begun.reason, channel=channel.id, error=error)

    def _keep(self, step: Delivery) -> bool:
        kept = self._store.deliver(step)
        if kept:
            self._last[step.key, step.channel, step.target] = step
        return kept
