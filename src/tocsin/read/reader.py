"""One report: from its bytes to its derived text, with what it says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tocsin.errors import ReadError
from tocsin.model.handling import Caveat, caveat, stricter
from tocsin.model.report import OF_A_GROUP, Report
from tocsin.model.time import Window
from tocsin.read.byline import byline
from tocsin.read.charset import declared_charset, decode, known_charset
from tocsin.read.clean import clean, web_address
from tocsin.read.dates import Found, compared, in_address, in_first_lines, in_name, parse_day, parse_words
from tocsin.read.entry import decoded
from tocsin.read.fragment import paragraphs
from tocsin.read.html import read_page
from tocsin.read.items import Context
from tocsin.read.kind import Kind, kind_of
from tocsin.read.language import Guess, language_of, normalised
from tocsin.read.limits import MAX_BYTES, MAX_HTML_BYTES, MAX_MARKDOWN_BYTES
from tocsin.read.mail import read_letter
from tocsin.read.markdown import plain, split_front
from tocsin.read.marking import marking
from tocsin.read.pdf import read_paper


class _Draft(NamedTuple):
    """What one kind of file gave."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    lang: str | None = None
    declared_lang: str | None = None
    retrieved: date | None = None
    dates: tuple[Found, ...] = ()
    cited: str | None = None
    notes: tuple[str, ...] = ()
    handling: str | None = None
    in_group: bool = False


def read(
    data: bytes,
    *,
    name: str,
    url: str | None = None,
    published: Window | None = None,
    retrieved: date | None = None,
    lang: str | None = None,
    kind: Kind | None = None,
    context: Context | None = None,
) -> Report:
    """Read one report. The text is derived once; offsets into it never move afterwards.

    What the caller gives goes before what the report says of itself, and that before what the container says that it
    came in, and that before what can be guessed. A label of the Traffic Light Protocol with which the text is marked
    becomes its caveat.

    Args:
        data: The bytes as received.
        name: Their file name or address; its suffix tells the kind where the bytes do not.
        url: Where they came from.
        published: When they were published, if that is known.
        retrieved: The day they were fetched; no publication date after it is believed.
        lang: Language code, if that is known.
        kind: What kind of file it is, where a container said so.
        context: What the container said of it.

    Raises:
        ReadError: The file is empty, too large, binary, of a kind not read, holds no text or several reports, or its
            front matter is wrong. The message names the file, the reason and the cure.

    >>> read(b"Two brigades moved.", name="note.txt").lang
    'en'
    """
    shown = clean(name) or "report"
    if lang is not None and normalised(lang) is None:
        raise ReadError(f"{shown}: {clean(lang[:40])!r} is no language code (write for example en)")
    if not data.strip():
        raise ReadError(f"{shown}: the file is empty (add the report itself)")
    _refuse_size(data, MAX_BYTES, name=shown, cure="split it into single reports")
    kind = kind or kind_of(data, name=shown)
    if kind not in _LARGEST:
        raise ReadError(f"{shown}: this is a container of reports, {kind.value} (take it in as a file of its own)")
    _refuse_size(data, _LARGEST[kind], name=shown, cure="save its text and add that")
    around = context or Context()
    address = web_address(url) or around.url
    draft = _draft(data, kind, shown, address, charset=around.charset)
    day = retrieved or draft.retrieved or around.retrieved
    found = _dated(draft, around, published, no_later_than=day, name=name if kind is not Kind.ENTRY else "")
    if not draft.text.strip():
        raise ReadError(f"{shown}: the file holds no text (add the report itself)")
    known = normalised(lang) or draft.lang
    language = Guess(known) if known else language_of(draft.text, declared=draft.declared_lang or around.lang)
    doubted = (
        () if language.sure else (f"language {language.code} guessed from few words (give --lang if it is another)",)
    )
    return Report(
        id=f"sha256:{hashlib.sha256(data).hexdigest()}",
        text=draft.text,
        title=draft.title,
        outlet=draft.outlet,
        author=draft.author,
        published=found.window if found else None,
        published_how=found.how if found else "not found",
        retrieved=day,
        lang=language.code,
        url=address or draft.url,
        media_type=kind.value + (OF_A_GROUP if draft.in_group else ""),
        notes=(*draft.notes, *doubted),
        handling=stricter([draft.handling, marking(draft.text, title=draft.title).label, around.handling]),
        cited=draft.cited,
    )


def _draft(data: bytes, kind: Kind, name: str, url: str | None, *, charset: str | None) -> _Draft:
    """What the bytes of one kind give."""
    if kind in _OF_BYTES:
        return _OF_BYTES[kind](data, name, url)
    declared = known_charset(charset) if charset is not None else None
    if declared is None and kind is Kind.HTML:
        declared = declared_charset(data)
    text, notes = decode(data, name=name, declared=declared)
    draft = _OF_TEXT[kind](text, name, url)
    return draft._replace(notes=(*notes, *draft.notes))


def _dated(
    draft: _Draft, around: Context, published: Window | None, *, no_later_than: date | None, name: str
) -> Found | None:
    """The publication date: the caller's, the report's own, else that of the container, else of the file's name."""
    if published is not None:
        return Found(published, "given")
    candidates = (*draft.dates, *((around.published,) if around.published is not None else ()))
    found = compared(candidates, no_later_than=no_later_than)
    named = in_name(name) if found is None else None
    return compared([named], no_later_than=no_later_than) if named is not None else found


def _refuse_size(data: bytes, largest: int, *, name: str, cure: str) -> None:
    """Refuse a report that is larger than its kind may be."""
    if len(data) > largest:
        raise ReadError(f"{name}: more than {_megabytes(largest)}, which is the limit ({cure})")


def _megabytes(count: int) -> str:
    """A size in words.

    >>> _megabytes(20_000_000), _megabytes(1_240_000)
    ('20 MB', '1.24 MB')
    """
    return f"{count / 1_000_000:.4g} MB"


def _text(text: str, _name: str, url: str | None) -> _Draft:
    """Plain text is only decoded; author and outlet are those of its byline."""
    by = byline(text)
    return _Draft(text=text, author=by.author, outlet=by.outlet, dates=_plain_dates(text, url))


def _plain_dates(text: str, url: str | None) -> tuple[Found, ...]:
    """Dates in the address and in the first lines."""
    window = in_address(url) if url is not None else None
    line = in_first_lines(text)
    return ((Found(window, "address"),) if window is not None else ()) + ((line,) if line is not None else ())


def _markdown(text: str, name: str, url: str | None) -> _Draft:
    """Front matter goes before the byline."""
    front, body = split_front(text, name=name)
    derived = plain(body)
    if not derived.strip():
        raise ReadError(f"{name}: the file holds no text below its front matter (add the report itself)")
    by = byline(derived)
    given = {key: clean(value) for key, (value, _) in front.items()}
    published = _day(front, "published", name=name)
    retrieved = _day(front, "retrieved", name=name)
    address = web_address(given.get("url"))
    if "url" in front and address is None:
        raise ReadError(f"{name}: line {front['url'][1]}: url is no web address (write https://…)")
    language = normalised(given.get("lang"))
    if "lang" in front and language is None:
        raise ReadError(f"{name}: line {front['lang'][1]}: lang is no language code (write for example en)")
    return _Draft(
        text=derived,
        title=given.get("title"),
        outlet=given.get("outlet") or by.outlet,
        author=given.get("author") or by.author,
        url=address,
        lang=language,
        retrieved=retrieved.latest if retrieved is not None else None,
        handling=_caveat(given.get("handling")),
        dates=(Found(published, "front matter"),) if published is not None else _plain_dates(derived, url or address),
    )


def _caveat(given: str | None) -> str | None:
    """The caveat in the front matter; a bare label of TLP is written whole, and CLEAR is none.

    >>> _caveat("amber"), _caveat("TLP:CLEAR"), _caveat("source at risk")
    ('TLP:AMBER', None, 'source at risk')
    """
    found = caveat(given)
    if found == Caveat():
        return None
    return given if found.words else found.level.label


def _day(front: Mapping[str, tuple[str, int]], key: str, *, name: str) -> Window | None:
    """The window of a date in the front matter."""
    if key not in front:
        return None
    value, line = front[key]
    window = parse_words(value) if "/" not in value else parse_day(value)
    if window is None:
        raise ReadError(
            f"{name}: line {line}: {key}: {value[:40]!r} is no date (write 2022-12-02 or 2022-11-01/2022-11-30)"
        )
    return window


def _html(text: str, name: str, url: str | None) -> _Draft:
    """A page says most of itself in its head; its first lines fill what is missing."""
    page = read_page(text, name=name, url=url)
    by = byline(page.text)
    return _Draft(
        text=page.text,
        title=page.title,
        outlet=page.outlet or by.outlet,
        author=page.author or by.author,
        url=page.url,
        declared_lang=page.lang,
        dates=page.dates,
    )


def _paper(data: bytes, name: str, _url: str | None) -> _Draft:
    """A PDF file; its first lines fill what it does not say of itself."""
    paper = read_paper(data, name=name)
    by = byline(paper.text)
    return _Draft(
        text=paper.text,
        title=paper.title,
        author=by.author or paper.author,
        outlet=by.outlet,
        dates=paper.dates,
        notes=paper.notes,
    )


def _letter(data: bytes, name: str, _url: str | None) -> _Draft:
    """One mail message, its attachments left aside."""
    letter = read_letter(data, name=name)
    return _Draft(
        text=letter.text,
        title=letter.title,
        outlet=letter.outlet,
        url=letter.url,
        dates=letter.dates,
        notes=letter.notes,
    )


def _kept_entry(data: bytes, name: str, url: str | None) -> _Draft:
    """An entry of a feed, a chat or a table."""
    entry = decoded(data, name=name)
    body = paragraphs(entry.html) if entry.html else entry.text.replace("\r\n", "\n").replace("\r", "\n")
    title = clean(entry.title)
    headed = entry.form == "feed" and title is not None and not body.lstrip().startswith(title)
    text = "\n\n".join(filter(None, (title, body))) if headed else body
    by = byline(text)
    window = (parse_day(entry.published) or parse_words(entry.published)) if entry.published else None
    address = web_address(entry.url)
    return _Draft(
        text=text,
        title=title,
        outlet=clean(entry.outlet) or by.outlet,
        author=clean(entry.author) or by.author,
        url=address,
        lang=normalised(entry.lang) if entry.form == "row" else None,
        declared_lang=entry.lang or None,
        dates=(Found(window, clean(entry.dated) or "entry"),) if window else _plain_dates(text, url or address),
        cited=clean(entry.cited),
        notes=(f"answers {answered}",) if (answered := clean(entry.answers)) else (),
        in_group=entry.form == "group",
    )


_OF_TEXT = {Kind.TEXT: _text, Kind.MARKDOWN: _markdown, Kind.HTML: _html}
_OF_BYTES = {Kind.PDF: _paper, Kind.MAIL: _letter, Kind.ENTRY: _kept_entry}
_LARGEST = {
    Kind.TEXT: MAX_BYTES,
    Kind.MARKDOWN: MAX_MARKDOWN_BYTES,
    Kind.HTML: MAX_HTML_BYTES,
    Kind.PDF: MAX_BYTES,
    Kind.MAIL: MAX_BYTES,
    Kind.ENTRY: MAX_BYTES,
}
