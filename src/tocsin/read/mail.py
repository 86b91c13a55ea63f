"""Mail: one message to its text, and its attachments to reports of their own."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tocsin.errors import ReadError
from tocsin.model.time import Window
from tocsin.read.charset import decode, known_charset
from tocsin.read.clean import clean, web_address
from tocsin.read.dates import Found
from tocsin.read.entry import Entry
from tocsin.read.forwarded import Forward, Parted, parted
from tocsin.read.fragment import own_words, paragraphs, quoted_lines
from tocsin.read.html import read_page
from tocsin.read.items import Context, Item, PassedOver, Piece, Stream, Unread
from tocsin.read.kind import Kind, kind_of
from tocsin.read.limits import MAX_ATTACHMENTS, MAX_BYTES, MAX_HTML_BYTES, MAX_MIME_DEPTH, MAX_MIME_PARTS
from tocsin.read.marking import marking

if TYPE_CHECKING:
    Mail = Message[str, str]

_MULTIPART = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rb"[!-9;-~]{1,200}:")
_OF_TYPE = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
}
_LONGEST_SENDER = 500
FORWARDED = "head of the forwarded message"
"""How the day of a message that another one forwards was found."""
_LEFT_OUT = (
    "what it quotes from another message is left out (to keep it: write Fwd: before the subject, or save the quoted "
    "message and add that)"
)
_FAULTS = (MessageError, HeaderParseError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What the mail package raises on messages that keep to no standard."""


class Letter(NamedTuple):
    """What a message gave."""

    text: str
    title: str | None
    outlet: str | None
    url: str | None
    dates: tuple[Found, ...]
    notes: tuple[str, ...]


def read_letter(data: bytes, *, name: str) -> Letter:
    """Read one message: its plain text, or where it has none its HTML. The sender is its outlet.

    Raises:
        ReadError: It has no text, or too many parts, or parts too deep in one another.
    """
    message = _parsed(data, name=name)
    body = _body(message, name=name)
    title, dates, notes = clean(_header(message, "Subject")), tuple(_dates(message)), body.notes
    text, outlet, rest = body.text, _sender(message), body.forwards
    if not text.strip() and rest:
        one, rest = rest[0], rest[1:]
        notes = (*notes, f"forwarded by {outlet or 'somebody unnamed'}")
        text, outlet, title = one.text, one.sender, one.title or title
        dates = (Found(one.sent, FORWARDED),) if one.sent is not None else dates
    if not text.strip():
        raise ReadError(f"{name}: the message holds no text (add what it points to, or its attachment)")
    return Letter(
        text=text,
        title=title,
        outlet=outlet,
        url=web_address((_header(message, "Archived-At") or "").strip("<> ") or None),
        dates=dates,
        notes=(
            *notes,
            *(f"what it forwards from {one.sender or 'somebody unnamed'} is a report of its own" for one in rest),
        ),
    )


def letters(data: bytes, *, name: str, unpack: Callable[[BinaryIO, str], Stream]) -> Stream:
    """The message itself, then what it forwards, then its attachments; of a message with attachments alone, those.

    What is forwarded is a report by whoever wrote it, of the day that its head gives. A message that holds nothing but
    what it forwards is that report itself.

    Args:
        data: The message.
        name: Its name.
        unpack: What takes an attachment apart that holds several reports itself.

    Raises:
        ReadError: It has too many parts, or parts too deep in one another.
    """
    message = _parsed(data, name=name)
    parts = [part for part in _leaves(message, name=name) if _is_attached(part)]
    body = _body(message, name=name)
    if not parts or body.text.strip() or body.forwards:
        yield Item(name=name, data=data, kind=Kind.MAIL)
    dated = next(_dates(message), None)
    context = Context(
        published=Found(dated.window, "date of the mail it came with") if dated else None,
        handling=marking(body.text, title=_header(message, "Subject")).label,
        through=_sender(message),
    )
    for number, one in enumerate(body.forwards if body.text.strip() else body.forwards[1:], 1):
        yield Item(name=f"{name}: forwarded {number}", data=_entry(one).encoded(), kind=Kind.ENTRY, context=context)
    other: Counter[str] = Counter()
    for number, part in enumerate(parts, 1):
        if number > MAX_ATTACHMENTS:
            reason = f"more than {MAX_ATTACHMENTS} attachments (save the rest and add them)"
            yield Unread(name=name, reason=f"{name}: {reason}")
            break
        label = clean(_filename(part)) or f"part {number}"
        yield from _attachment(part, f"{name}: {label}", context, unpack, other)
    for what, count in sorted(other.items()):
        yield PassedOver(name=name, count=count, what=what)


def _entry(one: Forward) -> Entry:
    """A forwarded message in the form in which it is kept."""
    day = one.sent.latest if one.sent is not None and one.sent.earliest == one.sent.latest else None
    return Entry(
        form="mail",
        text=one.text,
        title=one.title or "",
        outlet=one.sender or "",
        published=day.isoformat() if day is not None else "",
        dated=FORWARDED if day is not None else "",
    )


def _attachment(
    part: Mail, name: str, context: Context, unpack: Callable[[BinaryIO, str], Stream], other: Counter[str]
) -> Iterator[Piece]:
    """One attachment: a report, several, or nothing that is read."""
    declared = part.get_content_type()
    try:
        data = _bytes_of(part)
        named = name if _filename(part) else name + _OF_TYPE.get(declared, "")
        kind = kind_of(data, name=named)
    except ReadError:
        other[declared[:100]] += 1
        return
    except _FAULTS:
        yield Unread(name=name, reason=f"{name}: the attachment is damaged (ask for it again)")
        return
    if kind is Kind.TEXT and not declared.startswith("text/plain") and not name.lower().endswith((".txt", ".text")):
        other[declared[:100]] += 1
    elif kind.holds_many:
        try:
            yield from unpack(io.BytesIO(data), name)
        except ReadError as error:
            yield Unread(name=name, reason=str(error), data=data, kind=kind)
    elif data.strip():
        yield Item(name=name, data=data, kind=kind, context=context)


def _parsed(data: bytes, *, name: str) -> Mail:
    """The message taken apart."""
    if len(_MULTIPART.findall(data)) > MAX_MIME_PARTS:
        raise ReadError(f"{name}: more than {MAX_MIME_PARTS} parts within parts (save its text and add that)")
    try:
        found: Mail = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\r\n"))
    except _FAULTS as error:
        raise ReadError(f"{name}: the message is damaged (save its text and add that)") from error
    if not found.keys():
        raise ReadError(f"{name}: this is no mail message, it has no header (save its text and add that)")
    return found


def _leaves(message: Mail, *, name: str) -> list[Mail]:
    """The parts that hold something themselves, in order; a message within the message is one of them."""
    found: list[Mail] = []
    pending: list[tuple[Mail, int]] = [(message, 0)]
    while pending:
        part, depth = pending.pop()
        inner = part.get_payload()
        if depth > MAX_MIME_DEPTH or len(found) > MAX_MIME_PARTS:
            raise ReadError(
                f"{name}: more than {MAX_MIME_PARTS} parts, or more than {MAX_MIME_DEPTH} of them in one another "
                "(save its text and add that)"
            )
        if isinstance(inner, list) and (part is message or part.get_content_maintype() == "multipart"):
            pending.extend((one, depth + 1) for one in reversed(inner) if isinstance(one, Message))
        else:
            found.append(part)
    return found


def _is_attached(part: Mail) -> bool:
    """Is a part a file of its own, not the text of the message?"""
    if part.get_content_maintype() == "message":
        return True
    try:
        disposition = part.get_content_disposition()
    except _FAULTS:
        return True
    return disposition == "attachment" or _filename(part) is not None or part.get_content_maintype() != "text"


def _filename(part: Mail) -> str | None:
    try:
        found = part.get_filename()
        return str(make_header(decode_header(found))) if found else None
    except _FAULTS:
        return None


def _bytes_of(part: Mail) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):
        return inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    found = part.get_payload(decode=True)
    return found[: MAX_BYTES + 1] if isinstance(found, bytes) else b""


class _Body(NamedTuple):
    """The text of a message: its sender's own, what was left out or guessed, and what it forwards."""

    text: str
    notes: tuple[str, ...] = ()
    forwards: tuple[Forward, ...] = ()


def _body(message: Mail, *, name: str) -> _Body:
    """The message's own text: the plain parts if there are any, else the HTML ones."""
    plain: list[str] = []
    rich: list[str] = []
    notes: list[str] = []
    for part in _leaves(message, name=name):
        if _is_attached(part):
            continue
        try:
            data = _bytes_of(part)
            text, told = decode(data, name=name, declared=_charset(part)) if data.strip() else ("", ())
        except (ReadError, *_FAULTS):
            notes.append("a part of the message could not be decoded and is left out")
            continue
        if part.get_content_subtype() == "html":
            rich.append(text)
        else:
            plain.append(_unflowed(text) if _flows(part) else text)
        notes += told
    subject = _header(message, "Subject") or ""
    if any(text.strip() for text in plain):
        found = [parted(text, subject=subject) for text in plain if text.strip()]
    else:
        found = [_of_html(text, name=name, subject=subject) for text in rich]
    if any(one.quoted for one in found):
        notes.append(_LEFT_OUT)
    return _Body(
        text="\n\n".join(filter(None, (one.own.strip("\n") for one in found))),
        notes=tuple(dict.fromkeys(notes)),
        forwards=tuple(forward for one in found for forward in one.forwards),
    )


def _of_html(text: str, *, name: str, subject: str) -> Parted:
    """The text of an HTML body parted; its own is the main text, or all of it where none stands out."""
    if len(text) > MAX_HTML_BYTES:
        return Parted("")
    found = parted(quoted_lines(text), subject=subject)
    if found.forwards:
        return found
    own, quoted = own_words(text)
    if found.quoted and not quoted:
        return found
    try:
        return Parted(read_page(own, name=name, url=None).text, quoted)
    except ReadError:
        return Parted(paragraphs(own), quoted)


def _charset(part: Mail) -> str | None:
    declared = part.get_param("charset")
    return known_charset(declared) if isinstance(declared, str) else None


def _flows(part: Mail) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def _unflowed(text: str) -> str:
    r"""The lines of a flowed text, each paragraph on one: a space at a line's end means that it goes on.

    >>> _unflowed("The train \nleft.\n-- \nA. N.")
    'The train left.\n-- \nA. N.'
    """
    return (
        "\n".join(line if line == "-- " or not line.endswith(" ") else line + "\x00" for line in text.split("\n"))
        .replace("\x00\n", "")
        .replace("\x00", "")
    )


def _header(message: Mail, key: str) -> str | None:
    """A header's value with its encoded words decoded; None where it is missing or beyond sense."""
    try:
        found = message.get(key)
        return None if found is None else str(make_header(decode_header(str(found)[:4000])))
    except _FAULTS:
        return None


def _sender(message: Mail) -> str | None:
    """The name of the sender, else the address."""
    try:
        name, address = parseaddr((_header(message, "From") or "")[:_LONGEST_SENDER])
    except _FAULTS:
        return None
    return clean(name) or clean(address)


def _dates(message: Mail) -> Iterator[Found]:
    """The day on which the sender says it was sent, by the sender's clock."""
    sent = _header(message, "Date")
    if sent is None:
        return
    try:
        day = parsedate_to_datetime(sent).date()
    except _FAULTS:
        return
    if 1970 <= day.year <= 2200:
        yield Found(Window.on(day), "mail header Date")


def looks_like_header(line: bytes) -> bool:
    """Is a line one of a message's header?

    >>> looks_like_header(b"Subject: x"), looks_like_header(b"he went on")
    (True, False)
    """
    return _HEADER.match(line) is not None
