"""One round of watching: poll what is due, take it in, assess what there is news of, log the looks, raise alerts.

One feed, problem or channel that is broken is told of, and stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tocsin import alert, extract, fetch
from tocsin.alert import Way
from tocsin.desk import alerting, feeds, looking, news
from tocsin.desk.fetching import fetched, policy_of
from tocsin.desk.folder import Desk
from tocsin.desk.reading import Extractor, Get
from tocsin.desk.sending import Sending, Sent
from tocsin.desk.values import Assessed, Taken
from tocsin.errors import FetchError, ReadError, TocsinError
from tocsin.model.evidence import Says
from tocsin.model.feed import Feed, Settings
from tocsin.model.log import Fetched, LookMade
from tocsin.model.problem import WarningProblem
from tocsin.read import Item

MOST_PAGES = 50
"""Pages behind a feed's entries that one poll fetches at most; the rest are left to the reader."""

PAUSE = 1.0
"""Seconds between two pages of one site at least."""

_TOLD = 300

LONGEST_ROUND = timedelta(minutes=15)
"""From one round to the next at most: alerts about silence and days that pass need no feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What watching uses of the world beyond the desk's folder.

    ``environment`` holds secrets and is shown nowhere. ``network`` None is this machine's. What a feed brings is read
    by so many ``workers``, which are killed if it takes them too long; 0 reads it here, where nothing is. ``clock``
    gives the moment of each sending; None takes that of the round.
    """

    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    network: fetch.Network | None = None
    sleep: Callable[[float], None] = lambda _: None
    clock: Callable[[], datetime] | None = None
    extractor: Extractor = extract.extract
    workers: int = 1


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
    logs = {feed.id: desk.store.fetches(feed.id) for feed in settings.feeds}
    looks: list[Look] = []
    polled: dict[str, tuple[Taken, ...]] = {}
    faults: list[str] = []
    robots = fetch.Robots(policy)
    for feed in settings.feeds:
        if feeds.due(feed, logs[feed.id]) > now:
            continue
        entry, taken, troubles = _polled(desk, feed, logs[feed.id], policy=policy, robots=robots, now=now, means=means)
        with _apart(f"feed {feed.id}", faults):
            desk.store.fetched(entry)
        logs[feed.id] = (*logs[feed.id], entry)
        known = sum(1 for one in taken if one.outcome == "known")
        looks.append(Look(feed=feed.id, new=entry.new, known=known, error=entry.error))
        faults += troubles
        if feeds.looked(entry):
            polled[feed.id] = taken
    way = Way(folder=desk.path, post=_post(policy), environment=means.environment)
    sending = Sending(desk.store, channels, way, clock=means.clock or (lambda: now))
    sent: list[Sent] = []
    _send(sending, sent, faults)
    everything = news.everything(desk.path, desk.store, settings.feeds, logs, now=now)
    for file in desk.declared.problem_files():
        with _apart(file.name, faults):
            problem = desk.declared.problem(file.stem)
            last = desk.store.made_from(problem.id)
            made_from = news.made_from(last, everything, polled)
            if made_from != last:
                _problem(desk, problem, settings, polled, logs, sending=sending, made_from=made_from, now=now)
            for name in alerting.unknown_channels(problem, channels):
                wait = sending.waiting(problem.id, name)
                faults.append(
                    f"{file.name}: alerts: '{name}' is no channel (declare it in tocsin.toml)"
                    + (f"; {wait} {'alert waits' if wait == 1 else 'alerts wait'} for it" if wait else "")
                )
        _send(sending, sent, faults)
    return Round(polls=tuple(looks), sent=tuple(sent), faults=tuple(faults), again=_next(settings.feeds, logs, now))


@contextmanager
def _apart(name: str, faults: list[str]) -> Iterator[None]:
    """Whatever goes wrong with one thing is told, and stops no other."""
    try:
        yield
    except TocsinError as error:
        faults.append(f"{name}: {error}")
    except Exception as error:  # noqa: BLE001 - a watch must outlive what nobody thought of
        faults.append(f"{name}: {_unexpected(error)}")


def _unexpected(error: Exception) -> str:
    return f"an error in the program: {type(error).__name__}: {' '.join(str(error).split())[:_TOLD]} (please report it)"


def _send(sending: Sending, sent: list[Sent], faults: list[str]) -> None:
    """Send what is due, and take note of each as it goes."""
    with _apart("alerts", faults):
        sent.extend(sending.due())


def _next(declared: Iterable[Feed], logs: Mapping[str, Sequence[Fetched]], now: datetime) -> datetime:
    return min((feeds.due(feed, logs[feed.id]) for feed in declared), default=now + LONGEST_ROUND)


def _post(policy: fetch.Policy) -> alert.Post:
    def post(url: str, body: bytes, *, head: Mapping[str, str]) -> int:
        return fetch.post(url, body, policy=policy, head=head)

    return post


# -- one feed ----------------------------------------------------------------------------------------------------------


def _polled(
    desk: Desk,
    feed: Feed,
    log: Sequence[Fetched],
    *,
    policy: fetch.Policy,
    robots: fetch.Robots,
    now: datetime,
    means: Means,
) -> tuple[Fetched, tuple[Taken, ...], tuple[str, ...]]:
    """Poll a feed; one that breaks on the way is a poll that failed, and is asked again as such."""
    try:
        return _poll(desk, feed, log, policy=policy, robots=robots, now=now, means=means)
    except TocsinError as error:
        told = str(error)
    except Exception as error:  # noqa: BLE001 - a watch must outlive what nobody thought of
        told = _unexpected(error)
    return Fetched(feed=feed.id, at=now, error=told), (), ()


def _poll(
    desk: Desk,
    feed: Feed,
    log: Sequence[Fetched],
    *,
    policy: fetch.Policy,
    robots: fetch.Robots,
    now: datetime,
    means: Means,
) -> tuple[Fetched, tuple[Taken, ...], tuple[str, ...]]:
    """Poll a feed and take in what it gave: the entry for the log, what became of each report, and lesser troubles."""
    found = feeds.poll(feed, log, policy=policy, now=now)
    taken: tuple[Taken, ...] = ()
    troubles: tuple[str, ...] = ()
    error = found.error
    if found.data:
        name = fetch.shown(feed.url)
        taken = _add(desk, feed, [(name, lambda: found.data)], now=now, means=means)
        error = _unread(desk, taken)
        if feed.pages:
            pages, troubles = _pages(desk, feed, taken, policy=policy, robots=robots, now=now, means=means)
            taken = (*taken, *pages)
    entry = Fetched(
        feed=feed.id,
        at=now,
        status=found.status,
        etag=found.etag if error is None else None,
        modified=found.modified if error is None else None,
        new=sum(1 for one in taken if one.outcome == "new"),
        error=error,
        until=found.until,
    )
    return entry, taken, troubles


def _add(desk: Desk, feed: Feed, items: Sequence[tuple[str, Get]], *, now: datetime, means: Means) -> tuple[Taken, ...]:
    return desk.add(
        items,
        now=now,
        outlet=feed.source,
        handling=feed.handling,
        lang=feed.lang,
        extractor=means.extractor,
        workers=means.workers,
    )


def _unread(desk: Desk, taken: Sequence[Taken]) -> str | None:
    """What of a feed could not be read or understood: then nobody has looked at all of it."""
    failed = [one for one in taken if one.outcome == "failed"]
    if failed:
        return f"{len(failed)} of its entries cannot be read, the first: {failed[0].reason}"
    reports = desk.store.reports()
    languages = {reports[one.report].lang or "" for one in taken if one.report in reports}
    foreign = sorted(lang for lang in languages if lang and lang.split("-")[0].lower() not in extract.LANGUAGES)
    return f"kept, but not understood: language {', '.join(foreign)}" if foreign else None


def _pages(
    desk: Desk,
    feed: Feed,
    taken: Sequence[Taken],
    *,
    policy: fetch.Policy,
    robots: fetch.Robots,
    now: datetime,
    means: Means,
) -> tuple[tuple[Taken, ...], tuple[str, ...]]:
    """Fetch the pages behind new entries, one after another, where their sites let us."""
    reports = desk.store.reports()
    new = [reports[one.report] for one in taken if one.outcome == "new" and one.report in reports]
    urls = list(dict.fromkeys(report.url for report in new if report.url))
    items: list[tuple[str, Get]] = []
    troubles = [f"feed {feed.id}: {len(urls) - MOST_PAGES} pages are left out"] if len(urls) > MOST_PAGES else []
    for number, url in enumerate(urls[:MOST_PAGES]):
        try:
            if not robots.allows(url):
                troubles.append(f"feed {feed.id}: {fetch.shown(url)}: its site lets no program read it")
                continue
            if number:
                means.sleep(max(PAUSE, robots.pause(url)))
            page = fetched(url, policy=policy, on=now.date())
        except (FetchError, ReadError) as error:
            troubles.append(f"feed {feed.id}: {error}")
        else:
            items.append((page.name, partial(_same, page)))
    return (_add(desk, feed, items, now=now, means=means) if items else ()), tuple(troubles)


def _same(page: Item) -> Item:
    return page


# -- one problem -------------------------------------------------------------------------------------------------------


def _problem(
    desk: Desk,
    problem: WarningProblem,
    settings: Settings,
    polled: Mapping[str, Sequence[Taken]],
    logs: Mapping[str, Sequence[Fetched]],
    *,
    sending: Sending,
    made_from: str,
    now: datetime,
) -> None:
    """Assess one problem, log the looks that the polls were, and keep what stands now with what its alerts raise.

    Whoever is stopped before the last step has kept nothing, and the next watch raises the same alerts under the same
    keys; whoever is stopped after it has left them waiting to be sent.
    """
    past = alerting.standings(desk.store, problem.id)
    found = desk.assess(problem.id, as_of=now.date(), now=now)
    _log_looks(desk, found, [feed for feed in settings.feeds if feed.id in polled], polled, logs, now=now)
    states = [alerting.feed_state(feed, logs[feed.id], now=now) for feed in settings.feeds]
    case = alerting.case_of(found, past, states, now=now)
    waiting = (
        *alerting.raised(case, {channel.id: channel for channel in settings.channels}),
        *sending.moved(problem),
    )
    stands = alerting.now_stands(case)
    if desk.store.keep_watch(problem.id, after=case.number, stands=stands, raised=waiting, made_from=made_from):
        for one in waiting:
            sending.add(one)


def _log_looks(
    desk: Desk,
    found: Assessed,
    declared: Sequence[Feed],
    polled: Mapping[str, Sequence[Taken]],
    logs: Mapping[str, Sequence[Fetched]],
    *,
    now: datetime,
) -> None:
    """Log each answered poll as a look at what its feed covers: one entry a day, and one more once something is found.

    A feed that has brought nothing new for longer than it may is not looked into by asking it again.
    """
    problem = found.problem
    known = {(one.indicator, one.who, one.day, one.found) for one in desk.store.looks(problem.id)}
    for feed in declared:
        state = alerting.feed_state(feed, logs[feed.id], now=now)
        if feed.silent_after is not None and now - (state.new or state.began) > timedelta(days=feed.silent_after):
            continue
        reports = {one.report for one in polled[feed.id]}
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
                desk.store.look(look)
