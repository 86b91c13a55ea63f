"""One round of watching: poll what is due, take it in, assess, log the looks, raise alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tocsin import alert, extract, fetch
from tocsin.alert import Way
from tocsin.desk import alerting, feeds, looking
from tocsin.desk.alerting import Sent
from tocsin.desk.fetching import fetched, policy_of
from tocsin.desk.folder import Desk
from tocsin.desk.reading import Extractor, Get
from tocsin.desk.values import Assessed, Taken
from tocsin.errors import FetchError, ReadError, TocsinError
from tocsin.model.evidence import Says
from tocsin.model.feed import Feed, Settings
from tocsin.model.log import Fetched, LookMade
from tocsin.read import Item

MOST_PAGES = 50
"""Pages behind a feed's entries that one poll fetches at most; the rest are left to the reader."""

PAUSE = 1.0
"""Seconds between two pages of one site at least."""

LONGEST_ROUND = timedelta(minutes=15)
"""From one round to the next at most: alerts about silence and days that pass need no feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What watching uses of the world beyond the desk's folder.

    ``environment`` holds secrets and is shown nowhere. ``network`` None is this machine's.
    """

    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    network: fetch.Network | None = None
    sleep: Callable[[float], None] = lambda _: None
    extractor: Extractor = extract.extract
    workers: int = 0


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
    settings = desk.settings()
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
        entry, taken, troubles = _poll(desk, feed, logs[feed.id], policy=policy, robots=robots, now=now, means=means)
        desk.store.fetched(entry)
        logs[feed.id] = (*logs[feed.id], entry)
        known = sum(1 for one in taken if one.outcome == "known")
        looks.append(Look(feed=feed.id, new=entry.new, known=known, error=entry.error))
        faults += troubles
        if feeds.looked(entry):
            polled[feed.id] = taken
    way = Way(folder=desk.path, post=_post(policy), environment=means.environment)
    sending = alerting.Delivering(desk.store, way, now=now)
    sent = list(sending.again(channels))
    for file in desk.problem_files():
        try:
            sent += _problem(desk, file.stem, settings, polled=polled, logs=logs, sending=sending, now=now)
        except TocsinError as error:
            faults.append(f"{file.name}: {error}")
        else:
            missing = alerting.unknown_channels(desk.problem(file.stem), channels)
            faults += [f"{file.name}: alerts: '{name}' is no channel (declare it in tocsin.toml)" for name in missing]
    return Round(polls=tuple(looks), sent=tuple(sent), faults=tuple(faults), again=_next(settings.feeds, logs, now))


def _next(declared: Iterable[Feed], logs: Mapping[str, Sequence[Fetched]], now: datetime) -> datetime:
    return min((feeds.due(feed, logs[feed.id]) for feed in declared), default=now + LONGEST_ROUND)


def _post(policy: fetch.Policy) -> alert.Post:
    def post(url: str, body: bytes, *, head: Mapping[str, str]) -> int:
        return fetch.post(url, body, policy=policy, head=head)

    return post


# -- one feed ----------------------------------------------------------------------------------------------------------


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
    name: str,
    settings: Settings,
    *,
    polled: Mapping[str, Sequence[Taken]],
    logs: Mapping[str, Sequence[Fetched]],
    sending: alerting.Delivering,
    now: datetime,
) -> list[Sent]:
    """Assess one problem, log the looks that the polls were, and send what its alerts raise."""
    found = desk.assess(name, as_of=now.date(), now=now)
    problem = found.problem
    _log_looks(desk, found, [feed for feed in settings.feeds if feed.id in polled], polled, logs, now=now)
    before = alerting.last_standing(desk.store, problem.id)
    states = [alerting.feed_state(feed, logs[feed.id], now=now) for feed in settings.feeds]
    case = alerting.case_of(found, before, states, now=now)
    channels = {channel.id: channel for channel in settings.channels}
    tried = [sending.first(problem, raised, channel) for raised, channel in alerting.raised(case, channels)]
    alerting.keep_standing(desk.store, problem.id, alert.standing(found.assessment), before, now=now)
    return [one for one in tried if one is not None]


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
