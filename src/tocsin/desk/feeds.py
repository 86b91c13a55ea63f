"""Polling the declared feeds: when each is due, what it gave, and whether that was a look."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from tocsin import fetch
from tocsin.errors import FetchError, ReadError
from tocsin.model.feed import Feed
from tocsin.model.log import Fetched
from tocsin.read.kind import Kind, kind_of

LONGEST_WAIT = timedelta(days=1)
"""A feed that fails is asked at least this often, unless it is to be polled more seldom anyway."""

LONGEST_ASKED = timedelta(days=7)
"""A server that wants to be left alone for longer is asked again after this time."""

_MOST_DOUBLINGS = 12
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll gave, before it is read: the feed's bytes, empty where nothing is new; or what went wrong."""

    data: bytes = b""
    status: int | None = None
    etag: str | None = None
    modified: str | None = None
    error: str | None = None
    until: datetime | None = None


def due(feed: Feed, polls: Sequence[Fetched]) -> datetime:
    """From which moment on a feed is to be polled.

    After a poll that failed the time doubles with each failure, up to a day, and a part of it that differs from feed
    to feed is added, so that feeds that fell silent together do not come back together. What a server asks for goes
    before.
    """
    if not polls:
        return datetime.min  # noqa: DTZ901 - the store's moments are UTC without a zone
    every = timedelta(days=feed.every)
    failures = 0
    for one in reversed(polls):
        if answered(one):
            break
        failures += 1
    last = polls[-1]
    wait = every
    if failures:
        wait = max(every, min(every * 2 ** min(failures, _MOST_DOUBLINGS), LONGEST_WAIT))
        wait += wait * _spread(f"{feed.id} {failures}") / 4
    return max(last.at + wait, last.until or last.at)


def answered(poll: Fetched) -> bool:
    """Did the server answer? What it gave may still have been unreadable."""
    return poll.status is not None and poll.status < 400


def looked(poll: Fetched) -> bool:
    """Was everything that the feed has to say read, or nothing new?"""
    return answered(poll) and poll.error is None


def poll(feed: Feed, polls: Sequence[Fetched], *, policy: fetch.Policy, now: datetime) -> Polled:
    """Ask a feed; where the last poll was read to the end, only for what is new since then."""
    last = polls[-1] if polls and looked(polls[-1]) else None
    try:
        found = fetch.get(
            feed.url,
            policy=policy,
            etag=last.etag if last else None,
            modified=last.modified if last else None,
            accept=_ACCEPT,
        )
        if found.unchanged and last is not None:
            return Polled(status=found.status, etag=found.etag or last.etag, modified=found.modified or last.modified)
        if kind_of(found.data, name=fetch.shown(feed.url)) is not Kind.FEED:
            return Polled(status=found.status, error="the answer is no feed (give the address of the feed itself)")
        return Polled(data=found.data, status=found.status, etag=found.etag, modified=found.modified)
    except FetchError as error:
        return Polled(status=error.status, error=str(error), until=_until(error.retry_after, now))
    except ReadError as error:
        return Polled(status=200, error=str(error))


def _until(asked: str, now: datetime) -> datetime | None:
    """The moment that a ``Retry-After`` names: so many seconds from now, or a date."""
    try:
        if asked.strip().isdigit():
            wait = timedelta(seconds=min(int(asked), 10**9))
        else:
            wait = parsedate_to_datetime(asked).astimezone(UTC).replace(tzinfo=None) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return now + min(wait, LONGEST_ASKED) if wait > timedelta() else None


def _spread(name: str) -> float:
    """A share between 0 and 1 that differs from name to name and is the same every time."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32
