"""One round of watching: poll what is due, take it in, assess what there is news of, log the looks, raise alerts.

One feed, problem or channel that is broken is told of, and stops no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from tocsin import alert, fetch
from tocsin.alert import Way
from tocsin.desk import alerting, feeds, looking, news
from tocsin.desk.fetching import policy_of
from tocsin.desk.folder import Desk
from tocsin.desk.polling import Means, Poller, unexpected
from tocsin.desk.sending import Sending, Sent
from tocsin.desk.values import Assessed, Taken
from tocsin.errors import TocsinError
from tocsin.model.evidence import Says
from tocsin.model.feed import Channel, Feed
from tocsin.model.log import Fetched, LookMade
from tocsin.model.problem import WarningProblem

LONGEST_ROUND = timedelta(minutes=15)
"""From one round to the next at most: alerts about silence and days that pass need no feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What became of one poll: how many reports it gave, or what went wrong."""

    feed: str
    new: int = 0
    known: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did; ``faults`` are what kept a part of it from being done, ``again`` when the next is due."""

    polls: tuple[Look, ...]
    sent: tuple[Sent, ...]
    faults: tuple[str, ...]
    again: datetime

    @property
    def failed(self) -> bool:
        """Did anything fail?"""
        parts = (*(one.error for one in self.polls), *(one.error for one in self.sent))
        return bool(self.faults) or any(error is not None for error in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feeds:
    """The feeds of a desk after the polls of a round.

    Attributes:
        declared: All of them.
        logs: By feed, its polls so far, those of this round among them.
        looked: By feed that was read to the end in this round, what became of its reports.
    """

    declared: tuple[Feed, ...]
    logs: Mapping[str, Sequence[Fetched]]
    looked: Mapping[str, Sequence[Taken]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problems:
    """Watches the problems of a desk once its feeds were polled.

    Attributes:
        desk: The desk.
        polled: Its feeds.
        channels: The declared channels by name.
        sending: What sends the alerts.
        everything: A digest of what every watch on the desk is made from.
        now: The moment.
    """

    desk: Desk
    polled: _Feeds
    channels: Mapping[str, Channel]
    sending: Sending
    everything: str
    now: datetime

    def watch(self, problem: WarningProblem) -> None:
        """Assess a problem if there is news, log the looks that the polls were, and keep what stands with its alerts.

        Whoever is stopped before the last step has kept nothing, and the next watch raises the same alerts under the
        same keys; whoever is stopped after it has left them waiting to be sent.
        """
        store = self.desk.store
        last = store.made_from(problem.id)
        made_from = news.made_from(last, self.everything, self.polled.looked)
        if made_from == last:
            return
        past = alerting.standings(store, problem.id)
        found = self.desk.assess(problem.id, as_of=self.now.date(), now=self.now)
        self._log_looks(found)
        states = [alerting.feed_state(feed, self.polled.logs[feed.id], now=self.now) for feed in self.polled.declared]
        case = alerting.case_of(found, past, states, now=self.now)
        waiting = (*alerting.raised(case, self.channels), *self.sending.moved(problem))
        stands = alerting.now_stands(case)
        if store.keep_watch(problem.id, after=case.number, stands=stands, raised=waiting, made_from=made_from):
            for one in waiting:
                self.sending.add(one)

    def unknown_channels(self, problem: WarningProblem, *, file: str) -> Iterator[str]:
        """The channels that a problem names and nobody declared, each with how many alerts wait for it."""
        for name in alerting.unknown_channels(problem, self.channels):
            wait = self.sending.waiting(problem.id, name)
            waits = f"; {wait} {'alert waits' if wait == 1 else 'alerts wait'} for it" if wait else ""
            yield f"{file}: alerts: '{name}' is no channel (declare it in tocsin.toml){waits}"

    def _log_looks(self, found: Assessed) -> None:
        """Log each answered poll as a look at what its feed covers: one a day, and one more once something is found.

        A feed that has brought nothing new for longer than it may is not looked into by asking it again.
        """
        problem, now = found.problem, self.now
        known = {(one.indicator, one.who, one.day, one.found) for one in self.desk.store.looks(problem.id)}
        for feed in self.polled.declared:
            if feed.id not in self.polled.looked:
                continue
            state = alerting.feed_state(feed, self.polled.logs[feed.id], now=now)
            if feed.silent_after is not None and now - (state.new or state.began) > timedelta(days=feed.silent_after):
                continue
            reports = {one.report for one in self.polled.looked[feed.id]}
            seen = {
                item.indicator for item in found.linked.evidence if item.report in reports and item.says is Says.PRESENT
            }
            for indicator in looking.covers(feed, problem):
                look = LookMade(
                    problem=problem.id,
                    indicator=indicator,
                    who=looking.feed_name(feed),
                    day=now.date(),
                    found=indicator in seen,
                    coverage=feed.coverage,
                    at=now,
                )
                told = {(indicator, look.who, look.day, found) for found in {look.found, True}}
                if now.date() >= problem.opened and not told & known:
                    self.desk.store.look(look)


def watch(desk: Desk, *, now: datetime, means: Means) -> Round:
    """One round on a desk.

    A poll that was answered and read to the end is logged as a look at the indicators that its feed covers. One that
    failed is logged as a poll and as no look: what nobody looked at stays not covered.

    Args:
        desk: The desk.
        now: The moment.
        means: What is used of the world.

    Raises:
        FaultyInput: The desk's settings have faults.
        UsageError: An entry of the allow list is wrong.
    """
    settings = desk.declared.settings()
    policy = policy_of(settings, means.network)
    channels = {channel.id: channel for channel in settings.channels}
    faults: list[str] = []
    poller = Poller(desk=desk, policy=policy, robots=fetch.Robots(policy), means=means, now=now)
    polled, looks = _poll(poller, settings.feeds, faults)
    way = Way(folder=desk.path, post=_post(policy), environment=means.environment)
    sending = Sending(desk.store, channels, way, clock=means.clock or (lambda: now))
    sent: list[Sent] = []
    _send(sending, sent, faults)
    problems = _Problems(
        desk=desk,
        polled=polled,
        channels=channels,
        sending=sending,
        everything=news.everything(desk.path, desk.store, settings.feeds, polled.logs, now=now),
        now=now,
    )
    for file in desk.declared.problem_files():
        with _apart(file.name, faults):
            problem = desk.declared.problem(file.stem)
            problems.watch(problem)
            faults += problems.unknown_channels(problem, file=file.name)
        _send(sending, sent, faults)
    return Round(polls=tuple(looks), sent=tuple(sent), faults=tuple(faults), again=_next(polled, now))


@contextmanager
def _apart(name: str, faults: list[str]) -> Iterator[None]:
    """Whatever goes wrong with one thing is told, and stops no other."""
    try:
        yield
    except TocsinError as error:
        faults.append(f"{name}: {error}")
    except Exception as error:  # noqa: BLE001 - a watch must outlive what nobody thought of
        faults.append(f"{name}: {unexpected(error)}")


def _poll(poller: Poller, declared: tuple[Feed, ...], faults: list[str]) -> tuple[_Feeds, list[Look]]:
    """Poll the feeds that are due, and log each poll."""
    store = poller.desk.store
    logs = {feed.id: store.fetches(feed.id) for feed in declared}
    looked: dict[str, tuple[Taken, ...]] = {}
    looks: list[Look] = []
    for feed in declared:
        if feeds.due(feed, logs[feed.id]) > poller.now:
            continue
        found = poller.polled(feed, logs[feed.id])
        entry = found.entry
        with _apart(f"feed {feed.id}", faults):
            store.fetched(entry)
        logs[feed.id] = (*logs[feed.id], entry)
        known = sum(1 for one in found.taken if one.outcome == "known")
        looks.append(Look(feed=feed.id, new=entry.new, known=known, error=entry.error))
        faults += found.troubles
        if feeds.looked(entry):
            looked[feed.id] = found.taken
    return _Feeds(declared=declared, logs=logs, looked=looked), looks


def _send(sending: Sending, sent: list[Sent], faults: list[str]) -> None:
    """Send what is due, and take note of each as it goes."""
    with _apart("alerts", faults):
        sent.extend(sending.due())


def _next(polled: _Feeds, now: datetime) -> datetime:
    return min((feeds.due(feed, polled.logs[feed.id]) for feed in polled.declared), default=now + LONGEST_ROUND)


def _post(policy: fetch.Policy) -> alert.Post:
    def post(url: str, body: bytes, *, head: Mapping[str, str]) -> int:
        return fetch.post(url, body, policy=policy, head=head)

    return post
