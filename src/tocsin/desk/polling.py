"""Polling the feeds of a desk: what one brings is taken in, and so are the pages behind its new entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from tocsin import extract, fetch
from tocsin.desk import feeds
from tocsin.desk.fetching import fetched
from tocsin.desk.folder import Desk
from tocsin.desk.reading import Extractor, Get
from tocsin.desk.values import Taken
from tocsin.errors import FetchError, ReadError, TocsinError
from tocsin.model.feed import Feed
from tocsin.model.log import Fetched
from tocsin.read import Item

MOST_PAGES = 50
"""Pages behind a feed's entries that one poll fetches at most; the rest are left to the reader."""

PAUSE = 1.0
"""Seconds between two pages of one site at least."""

_TOLD = 300


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
class Polled:
    """What one poll gave: the entry for the log, what became of each report, and lesser troubles."""

    entry: Fetched
    taken: tuple[Taken, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """Polls feeds at one moment.

    Attributes:
        desk: What takes in what they bring.
        policy: What may be fetched.
        robots: What sites let programs read, remembered from one feed to the next.
        means: What is used of the world.
        now: The moment.
    """

    desk: Desk
    policy: fetch.Policy
    robots: fetch.Robots
    means: Means
    now: datetime

    def polled(self, feed: Feed, log: Sequence[Fetched]) -> Polled:
        """Poll a feed; one that breaks on the way is a poll that failed, and is asked again as such.

        Args:
            feed: The feed.
            log: Its polls so far.
        """
        try:
            return self._poll(feed, log)
        except TocsinError as error:
            told = str(error)
        except Exception as error:  # noqa: BLE001 - a watch must outlive what nobody thought of
            told = unexpected(error)
        return Polled(entry=Fetched(feed=feed.id, at=self.now, error=told))

    def _poll(self, feed: Feed, log: Sequence[Fetched]) -> Polled:
        found = feeds.poll(feed, log, policy=self.policy, now=self.now)
        taken: tuple[Taken, ...] = ()
        troubles: tuple[str, ...] = ()
        error = found.error
        if found.data:
            name = fetch.shown(feed.url)
            taken = self._add(feed, [(name, lambda: found.data)])
            error = self._unread(taken)
            if feed.pages:
                pages, troubles = self._pages(feed, taken)
                taken = (*taken, *pages)
        entry = Fetched(
            feed=feed.id,
            at=self.now,
            status=found.status,
            etag=found.etag if error is None else None,
            modified=found.modified if error is None else None,
            new=sum(1 for one in taken if one.outcome == "new"),
            error=error,
            until=found.until,
        )
        return Polled(entry=entry, taken=taken, troubles=troubles)

    def _add(self, feed: Feed, items: Sequence[tuple[str, Get]]) -> tuple[Taken, ...]:
        return self.desk.add(
            items,
            now=self.now,
            outlet=feed.source,
            handling=feed.handling,
            lang=feed.lang,
            extractor=self.means.extractor,
            workers=self.means.workers,
        )

    def _unread(self, taken: Sequence[Taken]) -> str | None:
        """What of a feed could not be read or understood: then nobody has looked at all of it."""
        failed = [one for one in taken if one.outcome == "failed"]
        if failed:
            return f"{len(failed)} of its entries cannot be read, the first: {failed[0].reason}"
        reports = self.desk.store.reports()
        languages = {reports[one.report].lang or "" for one in taken if one.report in reports}
        foreign = sorted(lang for lang in languages if lang and lang.split("-")[0].lower() not in extract.LANGUAGES)
        return f"kept, but not understood: language {', '.join(foreign)}" if foreign else None

    def _pages(self, feed: Feed, taken: Sequence[Taken]) -> tuple[tuple[Taken, ...], tuple[str, ...]]:
        """Fetch the pages behind new entries, one after another, where their sites let us."""
        reports = self.desk.store.reports()
        new = [reports[one.report] for one in taken if one.outcome == "new" and one.report in reports]
        urls = list(dict.fromkeys(report.url for report in new if report.url))
        items: list[tuple[str, Get]] = []
        troubles = [f"feed {feed.id}: {len(urls) - MOST_PAGES} pages are left out"] if len(urls) > MOST_PAGES else []
        for number, url in enumerate(urls[:MOST_PAGES]):
            try:
                if not self.robots.allows(url):
                    troubles.append(f"feed {feed.id}: {fetch.shown(url)}: its site lets no program read it")
                    continue
                if number:
                    self.means.sleep(max(PAUSE, self.robots.pause(url)))
                page = fetched(url, policy=self.policy, on=self.now.date())
            except (FetchError, ReadError) as error:
                troubles.append(f"feed {feed.id}: {error}")
            else:
                items.append((page.name, partial(_same, page)))
        return (self._add(feed, items) if items else ()), tuple(troubles)


def _same(page: Item) -> Item:
    return page


def unexpected(error: Exception) -> str:
    """An error that nobody thought of, in one line."""
    return f"an error in the program: {type(error).__name__}: {' '.join(str(error).split())[:_TOLD]} (please report it)"
