"""What kind of file the bytes are: told by their first bytes, then by the name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from tocsin.errors import ReadError


class Kind(StrEnum):
    """The kinds of file that are read, as media types."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    MAIL = "message/rfc822"
    ENTRY = "application/vnd.tocsin.entry+json"
    """One entry of a feed, a chat or a table, in the form in which it is kept (``tocsin.read.entry``)."""
    FEED = "application/rss+xml"
    CHAT = "application/vnd.telegram.export+json"
    MAILBOX = "application/mbox"
    WEB_ARCHIVE = "application/warc"
    LINES = "application/jsonl"
    TABLE = "text/csv"
    ZIP = "application/zip"
    GZIP = "application/gzip"

    @property
    def holds_many(self) -> bool:
        """Does such a file hold several reports?"""
        return self in _MANY


_MANY = frozenset(
    {Kind.FEED, Kind.CHAT, Kind.MAILBOX, Kind.WEB_ARCHIVE, Kind.LINES, Kind.TABLE, Kind.ZIP, Kind.GZIP, Kind.MAIL}
)
"""A mail message is one of them, for its attachments."""

HEAD = 8192
"""So many first bytes tell the kind."""

ENTRY_MARK = b'{"tocsin_entry":1,'
"""How the kept form of an entry begins."""

_TO_TEXT = "save it as plain text, Markdown, HTML or PDF and add that"
_UNREAD_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"WARC/", Kind.WEB_ARCHIVE),
    (ENTRY_MARK, Kind.ENTRY),
)
_SUFFIXES: dict[str, Kind] = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".eml": Kind.MAIL,
    ".mbox": Kind.MAILBOX,
    ".mbx": Kind.MAILBOX,
    ".json": Kind.CHAT,
    ".jsonl": Kind.LINES,
    ".ndjson": Kind.LINES,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".warc": Kind.WEB_ARCHIVE,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".rdf": Kind.FEED,
    ".zip": Kind.ZIP,
    ".gz": Kind.GZIP,
}
READABLE = frozenset({*_SUFFIXES, ".xml"})
"""The suffixes of files that a folder is searched for."""

_OFFICE = frozenset({".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub"})
_UNREAD_SUFFIXES: dict[str, str] = {
    **dict.fromkeys(_OFFICE, "an office document or an e-book"),
    ".doc": "an office document",
    ".msg": "a mail message of one vendor's own format",
    ".toml": "a settings file",
}
_LEAD_IN = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?><!--(?:(?!-->).){0,2000}-->\s*)*"
_HTML = re.compile(_LEAD_IN + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(
    _LEAD_IN + rb"(?:<\?xml-stylesheet[^>]{0,500}\?>\s*)*(?:<!doctype\s+(?:rss|rdf|feed)\b[^\[>]{0,500}>\s*)?"
    rb"(?><!--(?:(?!-->).){0,2000}-->\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRONT = re.compile(rb"---[ \t]*\r?\n(?:[A-Za-z_][\w -]*:[^\n]*\n|[ \t#-][^\n]*\n|\r?\n){1,60}?---[ \t]*\r?(?:\n|$)")
FROM_LINE = re.compile(rb"From \S{1,300} [^\n]{0,100}?\d\d:\d\d[^\n]{0,60}?(?:19|20)\d\d\b[^\n]{0,40}\r?\n")
"""The line that begins a message in a mailbox: sender, and the time of its coming in."""
_OFFICE_MEMBERS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"mimetypeapplication/epub")


def kind_of(data: bytes, *, name: str) -> Kind:
    """Tell the kind of a file: what its first bytes prove goes before what its name says.

    A page of HTML is one whatever its name; a file that opens with a block of front matter is Markdown unless its
    name says otherwise; whatever else has no known suffix is plain text.

    Args:
        data: The file, or its first ``HEAD`` bytes.
        name: Its name, address or ``-``.

    Raises:
        ReadError: The bytes or the name are those of a kind that is not read.

    >>> kind_of(b"<!doctype html><p>x", name="page.txt").value
    'text/html'
    >>> kind_of(b"Two sentences.", name="-").value
    'text/plain'
    """
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    suffix = suffix_of(name)
    for magic, what in _UNREAD_MAGIC:
        if head.startswith(magic):
            raise ReadError(f"{name}: this is {what}, which this version does not read ({_TO_TEXT})")
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if found is Kind.ZIP and (suffix in _OFFICE or any(mark in head[:200] for mark in _OFFICE_MEMBERS)):
        raise ReadError(f"{name}: this is an office document, which this version does not read ({_TO_TEXT})")
    if found is not None:
        return found
    if _FEED.match(head):
        return Kind.FEED
    if _HTML.match(head):
        return Kind.HTML
    if FROM_LINE.match(head):
        return Kind.MAILBOX
    if suffix in _UNREAD_SUFFIXES:
        raise ReadError(f"{name}: this is {_UNREAD_SUFFIXES[suffix]}, which this version does not read ({_TO_TEXT})")
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if suffix == ".xml" and head.lstrip()[:1] == b"<":
        raise ReadError(f"{name}: this XML is neither a feed nor a web page ({_TO_TEXT})")
    return Kind.MARKDOWN if _FRONT.match(head) else Kind.TEXT


def suffix_of(name: str) -> str:
    """The suffix of a file name or an address, in lower case.

    >>> suffix_of("https://example.org/A.HTML?page=2.1"), suffix_of("-")
    ('.html', '')
    """
    return PurePosixPath(name.split("?", 1)[0].replace("\\", "/")).suffix.lower() if name != "-" else ""
