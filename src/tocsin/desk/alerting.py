"""Alerts of a desk: the case put before the rules, and what they raise.

What is raised waits in the store, kept in one step with the standing that it was raised by; ``sending`` sends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from tocsin import alert
from tocsin.alert import Aside, Case, FeedState, Heard
from tocsin.desk.feeds import looked
from tocsin.desk.release import who_is_who
from tocsin.desk.values import Assessed
from tocsin.model.alert import Alert, Rule, Standing
from tocsin.model.feed import Channel, ChannelKind, Feed
from tocsin.model.log import Act, Delivery, DeliveryState, Fetched
from tocsin.model.problem import WarningProblem
from tocsin.model.time import Window
from tocsin.publish.handling import PUBLIC, withheld
from tocsin.store.log import WATCHED
from tocsin.store.sql import Store


def case_of(found: Assessed, past: Sequence[Standing | None], feeds: Sequence[FeedState], *, now: datetime) -> Case:
    """Everything that the rules of a problem judge by."""
    stream = found.stream
    by_report: dict[str, set[str]] = {}
    for claim in stream.claims:
        by_report.setdefault(claim.report, set()).add(stream.ratings[claim.id].source)
    sources = who_is_who(stream)
    gone = withheld(found.claims.values(), stream.reports, stream.ratings, sources, to=PUBLIC)
    heard = []
    for key, heard_in in by_report.items():
        report = stream.reports[key]
        days = report.published or Window(earliest=report.retrieved, latest=report.retrieved)
        day = days.latest
        if day is not None and day == days.earliest:
            closed = key in gone.reports
            heard.append(
                Heard(report=key, day=day, outlet=report.outlet or "", sources=frozenset(heard_in), closed=closed)
            )
    when = {one.report: one.day for one in heard}
    return Case(
        problem=found.problem,
        past=tuple(past),
        assessment=found.assessment,
        now=now,
        evidence=found.linked.evidence,
        heard=tuple(heard),
        aside=tuple(_aside(found, when)),
        names={
            key: one.name
            for one in stream.sources
            if one.id not in gone.sources  # a caveat holds for its name too, and for the parts of what bears it
            for key in (*one.aliases, one.name, one.id)
        },
        feeds=tuple(feeds),
        closed=frozenset(gone.claims),
    )


def _aside(found: Assessed, when: Mapping[str, date]) -> Iterator[Aside]:
    """What was said of indicators and is no statement on them, where the day on which it was said is known."""
    claims = found.claims
    indicators = {one.id for one in found.problem.indicators}
    for name, why in found.linked.set_aside:
        indicator, claim = why.partition(":")[0], claims[name]
        if indicator in indicators and name in found.stream.ratings and claim.report in when:
            source = found.stream.ratings[name].source
            yield Aside(indicator=indicator, source=source, day=when[claim.report], claim=name)


def feed_state(feed: Feed, polls: Sequence[Fetched], *, now: datetime) -> FeedState:
    """How a feed stands by the log of its polls."""
    return FeedState(
        feed=feed,
        began=polls[0].at if polls else now,
        answered=max((one.at for one in polls if looked(one)), default=None),
        new=max((one.at for one in polls if one.new), default=None),
    )


def standings(store: Store, problem: str) -> tuple[Standing | None, ...]:
    """What the watches of a problem saw, oldest first; None for what another version of this program kept."""
    return tuple(_standing(one.detail) for one in store.acts(problem) if one.what == WATCHED)


def _standing(detail: Mapping[str, object] | None) -> Standing | None:
    try:
        return msgspec.convert(detail, Standing)
    except msgspec.ValidationError:
        return None


def now_stands(case: Case) -> Act | None:
    """What this watch saw, as it is kept; None where the last one saw the same."""
    found = alert.standing(case.assessment)
    if found == case.before:
        return None
    detail = msgspec.to_builtins(found)
    return Act(at=case.now, who="tocsin", what=WATCHED, subject=case.problem.id, detail=detail)


def raised(case: Case, channels: Mapping[str, Channel]) -> tuple[Delivery, ...]:
    """Each alert with each channel that it is to go through, as it waits, in the order of the declarations.

    A calendar takes the latest days of decisions and nothing else, and follows them as they move. An alert waits for
    a channel too that the desk does not declare: its name may be misspelt.
    """
    waiting: dict[tuple[str, str], Delivery] = {}
    for declared in case.problem.alerts:
        found = alert.alerts(case, declared)
        for name in declared.to:
            channel = channels.get(name)
            if channel is None or channel.kind is not ChannelKind.CALENDAR:
                through = found
            else:
                through = alert.entries(case) if Rule.DECISION_NEAR in declared.on else ()
            kind = channel.kind if channel is not None else ""
            waiting |= {(one.key, name): _waiting(one, case, kind=kind, target=name) for one in through}
    return tuple(waiting.values())


def _waiting(found: Alert, case: Case, *, kind: str, target: str) -> Delivery:
    return Delivery(
        problem=found.problem,
        rule=found.rule,
        key=found.key,
        reason=found.reason,
        payload=alert.payload(found, question=case.problem.question, at=case.now),
        channel=kind,
        target=target,
        state=DeliveryState.PENDING,
        attempts=0,
        at=case.now,
    )


def unknown_channels(problem: WarningProblem, channels: Iterable[str]) -> tuple[str, ...]:
    """The channels that a problem's alerts name and the desk does not declare."""
    known = set(channels)
    return tuple(dict.fromkeys(name for rule in problem.alerts for name in rule.to if name not in known))
