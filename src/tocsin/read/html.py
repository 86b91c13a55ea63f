"""Pages of HTML: main text, title, outlet, author, date. Parsed in memory; nothing is ever fetched."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tocsin.errors import ReadError
from tocsin.read.clean import clean, web_address
from tocsin.read.dates import Found, in_address, in_first_lines, parse_day, parse_words

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "publish-date",
    "publishdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "cxenseparse:recs:publishtime",
    "dc.date",
    "dcterms.date",
    "article.published",
    "date",
)
_SITE = ("og:site_name", "application-name", "dc.publisher", "twitter:site")
_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_BLOB = re.compile(r"<(?P<tag>script|style|svg|noscript|template)\b(?P<attributes>[^>]{0,2000})>", re.IGNORECASE)
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)
_LONG_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9]{0,20})[^<>]{20000,}>")
_OPEN_OR_CLOSE = re.compile(
    r"<(/?)(?:div|span|section|article|table|tr|td|ul|ol|li|b|i|em|strong|font|blockquote|center)\b", re.IGNORECASE
)
_META = re.compile(r"(?i)(?:^|[\s_-])(?:meta|metadata)(?:$|[\s_-])")
_WHOLE = re.compile(r"[a-z0-9)][.!?][\"'’”»)]*$")
_RIGHTS = re.compile(r"(?i)\b(?:copyright|rights reserved|cookies?|subscribe|newsletter|sign up|privacy|terms of)\b|©")
_SENTENCE_WORDS = 12
_MOST_LINKS = 0.2
_MOST_INSIDE = 30
"""A paragraph holds at most so many elements; so the time taken grows with the page only."""
_DEEPEST = 4000
_MOST_META = 500
_MOST_TAGS = 400_000
_MOST_LINKED = 200
_LONGEST_LINKED = 200_000


class Page(NamedTuple):
    """What a page says of itself, and its main text."""

    text: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    lang: str | None
    dates: tuple[Found, ...]


class _Head(NamedTuple):
    """The pieces of a page that speak about it."""

    meta: dict[str, str]
    title: str | None
    lang: str | None
    canonical: str | None
    times: tuple[tuple[str, str], ...]
    linked: tuple[dict[str, Any], ...]


def read_page(source: str, *, name: str, url: str | None) -> Page:
    """Read a page: its main text by trafilatura, with precision before recall, and its own account of itself.

    Dates are listed best first: meta tags, linked data, time elements, the address, the first lines of the text.

    Raises:
        ReadError: The page is nested beyond sense, or holds no main text.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    bare, blobs = _without_blobs(source)
    linked = tuple(_linked_data(blobs))
    slim = _LONG_TAG.sub(r"<\1>", bare)
    if slim.count("<") > _MOST_TAGS:
        raise ReadError(f"{name}: the page holds more than {_MOST_TAGS} tags (save its text and add that)")
    _refuse_depth(slim, name=name)
    tree = trafilatura.load_html(slim)
    if tree is None:
        raise ReadError(f"{name}: the page cannot be parsed as HTML (save its text and add that)")
    head = _head(tree, linked)
    _keep_sentences(tree)
    try:
        text = trafilatura.extract(
            tree, fast=True, favor_precision=True, include_comments=False, include_tables=True, output_format="txt"
        )
    except (RecursionError, ValueError, AttributeError, TypeError) as error:
        raise ReadError(
            f"{name}: the page's text cannot be told from its frame (save its text and add that)"
        ) from error
    if not text or not text.strip():
        raise ReadError(f"{name}: the page holds no main text (it may be built by scripts; save its text and add that)")
    address = url or _own_address(head)
    return Page(
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        title=_title(head),
        outlet=_outlet(head),
        author=_author(head),
        url=address,
        lang=head.lang,
        dates=tuple(_dates(head, address, text)),
    )


def _keep_sentences(tree: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Take the mark of page furniture from paragraphs that are running text: a lead is often set as ``p.meta``.

    A paragraph is running text where it is a whole sentence of some length with hardly a link in it.
    """
    for element in list(tree.iter("p", "div")):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _META.search(marks) or any(True for _ in islice(element.iter(), _MOST_INSIDE, None)):
            continue
        if any(True for _ in element.iter("ul", "ol", "nav", "form", "table", "h1", "h2", "h3")):
            continue
        text = " ".join("".join(element.itertext()).split())
        links = sum(len("".join(link.itertext())) for link in element.iter("a"))
        whole = len(text.split()) >= _SENTENCE_WORDS and _WHOLE.search(text) is not None
        if whole and links <= _MOST_LINKS * len(text) and not _RIGHTS.search(text):
            for key in ("class", "id"):
                element.attrib.pop(key, None)
            if element.tag == "div" and not any(True for _ in element.iter("p")):
                element.tag = "p"


def _refuse_depth(source: str, *, name: str) -> None:
    """Refuse a page nested deeper than any writer nests: such pages are made to exhaust a parser."""
    depth = 0
    for found in _OPEN_OR_CLOSE.finditer(source):
        depth = max(0, depth - 1) if found.group(1) else depth + 1
        if depth > _DEEPEST:
            raise ReadError(f"{name}: the page is nested more than {_DEEPEST} levels deep (save its text and add that)")


def _without_blobs(source: str) -> tuple[str, tuple[str, ...]]:
    """The page without scripts, styles and drawings, and the linked data found among them. Linear in its size."""
    lowered = source.lower()
    if len(lowered) != len(source):
        lowered = source
    kept: list[str] = []
    linked: list[str] = []
    unclosed: set[str] = set()
    position = 0
    while (opening := _BLOB.search(source, position)) is not None:
        kept.append(source[position : opening.start()])
        position = opening.end()
        tag = opening.group("tag").lower()
        stop = -1 if tag in unclosed else lowered.find(f"</{tag}", position)
        if stop < 0:
            unclosed.add(tag)
            continue
        if tag == "script" and _LINKED_DATA.search(opening.group("attributes")) and stop - position < _LONGEST_LINKED:
            linked.append(source[position:stop])
        closing = source.find(">", stop)
        position = closing + 1 if closing >= 0 else len(source)
    kept.append(source[position:])
    return " ".join(kept), tuple(linked)


def _linked_data(blobs: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first."""
    seen = 0
    for blob in blobs[:_MOST_LINKED]:
        try:
            pending: list[Any] = [json.loads(blob.strip(), strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending and seen < _MOST_LINKED:
            item = pending.pop(0)
            if isinstance(item, list):
                pending.extend(item[:_MOST_LINKED])
            elif isinstance(item, dict):
                seen += 1
                yield item
                pending.extend(item.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _head(tree: Any, linked: tuple[dict[str, Any], ...]) -> _Head:  # noqa: ANN401 - lxml has no types
    """Collect the head of the page; of two tags with one name the first counts."""
    meta: dict[str, str] = {}
    for count, tag in enumerate(tree.iter("meta")):
        if count >= _MOST_META:
            break
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if key and content:
            meta.setdefault(key, content[:2000])
    title = next((element.text for element in tree.iter("title") if element.text), None)
    canonical = next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    times = tuple(
        (element.get("datetime") or "", " ".join(filter(None, (element.get("class"), element.get("itemprop")))))
        for element, _ in zip(tree.iter("time"), range(_MOST_META), strict=False)
    )
    root = next(tree.iter("html"), None)
    lang = (root.get("lang") or root.get("xml:lang")) if root is not None else None
    return _Head(meta, title, lang or meta.get("og:locale"), canonical, times, linked)


def _string(value: object) -> str | None:
    """A string, or the name of the object or of the first of a list."""
    if isinstance(value, list):
        names = [name for name in map(_string, value[:5]) if name]
        return ", ".join(names) or None
    if isinstance(value, dict):
        return _string(value.get("name"))
    return value if isinstance(value, str) and value.strip() else None


def _from_meta(head: _Head, keys: tuple[str, ...]) -> str | None:
    """The first of the keys that the page gives."""
    return next((head.meta[key] for key in keys if key in head.meta), None)


def _from_linked(head: _Head, key: str) -> str | None:
    """The first linked object's value of that key."""
    return next((text for item in head.linked if (text := _string(item.get(key)))), None)


def _own_address(head: _Head) -> str | None:
    """The address that the page gives itself; that of a whole site is none."""
    for given in (head.canonical, head.meta.get("og:url")):
        address = web_address(given)
        if address is not None and urlsplit(address).path.strip("/"):
            return address
    return None


def _title(head: _Head) -> str | None:
    """The headline; a page title without the site's name behind the last bar."""
    site = _outlet(head)
    found = clean(_from_linked(head, "headline") or _from_meta(head, _TITLE))
    bare = clean(head.title)
    if bare is not None and site is not None:
        bare = re.sub(rf"\s*[|–—-]\s*{re.escape(site)}$", "", bare) or bare
    return bare if found is None or (found == site and bare is not None) else found


def _outlet(head: _Head) -> str | None:
    """The name of the site."""
    found = clean(_from_meta(head, _SITE[:1]) or _from_linked(head, "publisher") or _from_meta(head, _SITE[1:]))
    return found.removeprefix("@") if found else None


def _author(head: _Head) -> str | None:
    """The author's name; an address is none."""
    found = clean(_from_linked(head, "author") or _from_meta(head, _AUTHOR))
    return None if found is None or web_address(found) else found


def _dates(head: _Head, url: str | None, text: str) -> Iterator[Found]:
    """Candidate dates, best first."""
    for key in _PUBLISHED:
        value = head.meta.get(key)
        window = (parse_day(value) or parse_words(value)) if value else None
        if window is not None:
            yield Found(window, f"meta tag {key}")
    for key in ("datePublished", "dateCreated"):
        value = _from_linked(head, key)
        window = parse_day(value) if value else None
        if window is not None:
            yield Found(window, f"linked data {key}")
    for value, role in sorted(head.times, key=lambda item: "publi" not in item[1].lower()):
        window = parse_day(value)
        if window is not None and "modif" not in role.lower() and "updat" not in role.lower():
            yield Found(window, "time element")
            break
    if url is not None and (window := in_address(url)) is not None:
        yield Found(window, "address")
    found = in_first_lines(f"{head.title or ''}\n{text}")
    if found is not None:
        yield found
