"""Feeds, RSS and Atom: one report per entry, with the entry's own date and address. Nothing is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO

from tocsin.errors import ReadError
from tocsin.read.clean import clean, web_address
from tocsin.read.dates import parse_day
from tocsin.read.entry import Entry
from tocsin.read.fragment import has_markup
from tocsin.read.items import Item, Stream, Unread
from tocsin.read.kind import Kind
from tocsin.read.limits import MAX_ENTRIES, MAX_FEED_BYTES

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DEEPEST = 200
_LONGEST_TAG = 20_000
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{%d}" % _LONGEST_TAG)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")


def entries(stream: BinaryIO, *, name: str) -> Stream:
    """The entries of a feed, in its order.

    Raises:
        ReadError: It is too large, declares entities, is nested or stretched beyond sense, or is no feed.
    """
    import feedparser  # type: ignore[import-untyped]

    data = stream.read(MAX_FEED_BYTES + 1)
    if len(data) > MAX_FEED_BYTES:
        raise ReadError(f"{name}: more than {MAX_FEED_BYTES // 1_000_000} MB, which is the limit for a feed (split it)")
    if _ENTITY.search(data):
        raise ReadError(f"{name}: the feed declares entities of its own, which are not read (save it without them)")
    if _LONG_TAG.search(data):
        raise ReadError(
            f"{name}: the feed holds a tag of more than {_LONGEST_TAG:,} bytes (add the pages it points to)"
        )
    if _depth(data) > _DEEPEST:
        raise ReadError(f"{name}: the feed is nested more than {_DEEPEST} levels deep (add the pages it points to)")
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml"})
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ReadError(f"{name}: the feed cannot be parsed (add the pages it points to)") from error
    if not found.entries:
        why = "holds no entries" if found.get("version") else "cannot be parsed as one"
        raise ReadError(f"{name}: the feed {why} (add the pages it points to)")
    outlet, lang = clean(_words(found.feed, "title")), clean(_words(found.feed, "language"))
    for number, one in enumerate(found.entries[:MAX_ENTRIES], 1):
        label = f"{name}: entry {number}"
        entry = _entry(one, outlet=outlet or "", lang=lang or "")
        if entry.text or entry.html or entry.title:
            yield Item(name=label, data=entry.encoded(), kind=Kind.ENTRY)
        else:
            yield Unread(name=label, reason=f"{label}: no title and no text (add the page it points to)")


def _depth(data: bytes) -> int:
    """How deep the elements lie in one another, roughly: what stands in quotes and comments is not told apart."""
    depth = deepest = 0
    for closing, single in _TAG.findall(data):
        if closing:
            depth = max(0, depth - 1)
        elif not single:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _entry(one: Mapping[str, Any], *, outlet: str, lang: str) -> Entry:
    """One entry, as it says itself."""
    bodies = [_words(part, "value") for part in one.get("content") or () if isinstance(part, Mapping)]
    body = max([*bodies, _words(one, "summary")], key=len)
    published, dated = _published(one)
    source = one.get("source")
    rich = has_markup(body)
    return Entry(
        form="feed",
        text="" if rich else body,
        html=body if rich else "",
        id=clean(_words(one, "id")) or "",
        title=clean(_plain_title(_words(one, "title"))) or "",
        outlet=outlet,
        author=clean(_words(one, "author")) or "",
        published=published,
        dated=dated,
        url=web_address(_words(one, "link") or None) or "",
        lang=lang,
        cited=(clean(_words(source, "title")) or "") if isinstance(source, Mapping) else "",
    )


def _plain_title(title: str) -> str:
    from tocsin.read.fragment import paragraphs

    return paragraphs(title) if has_markup(title) else title


def _words(given: Mapping[str, Any], key: str) -> str:
    found = given.get(key)
    return found if isinstance(found, str) else ""


def _published(one: Mapping[str, Any]) -> tuple[str, str]:
    """The day an entry gives as that of its publication, else that of its last change, by its own clock."""
    for key in ("published", "updated"):
        given = _words(one, key).strip()
        window = parse_day(given)
        if window is not None and window.earliest is not None:
            day = window.earliest if window.earliest == window.latest else None
            return (day.isoformat() if day else given[:7]), f"feed entry {key}"
        try:
            return parsedate_to_datetime(given).date().isoformat(), f"feed entry {key}"
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return "", ""
