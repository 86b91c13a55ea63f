"""What kind of file the bytes are: told by their first bytes, then by the name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from tocsin.errors import ReadError


class Kind(StrEnum):
    """The kinds of file that this version reads, as media types."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"


_TO_TEXT = "save it as plain text, Markdown or HTML and add that"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"WARC/", "a web archive"),
)
_SUFFIXES: dict[str, Kind] = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
}
_UNREAD_SUFFIXES: dict[str, str] = {
    ".pdf": "a PDF file",
    ".doc": "an office document",
    ".docx": "an office document",
    ".odt": "an office document",
    ".epub": "an e-book",
    ".eml": "a mail message",
    ".msg": "a mail message",
    ".mbox": "a mailbox",
    ".json": "a JSON file",
    ".jsonl": "a JSON Lines file",
    ".csv": "a table",
    ".xlsx": "a table",
    ".warc": "a web archive",
    ".rss": "a feed",
    ".atom": "a feed",
    ".toml": "a settings file",
}
_LEAD_IN = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?><!--(?:(?!-->).){0,2000}-->\s*)*<"
_HTML = re.compile(_LEAD_IN + rb"(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_LEAD_IN + rb"(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
_FRONT = re.compile(rb"---[ \t]*\r?\n(?:[A-Za-z_][\w -]*:[^\n]*\n|[ \t#-][^\n]*\n|\r?\n){1,60}?---[ \t]*\r?(?:\n|$)")


def kind_of(data: bytes, *, name: str) -> Kind:
    """Tell the kind of a file: what its first bytes prove goes before what its name says.

    A page of HTML is one whatever its name; a file that opens with a block of front matter is Markdown unless its
    name says otherwise; whatever else has no known suffix is plain text.

    Raises:
        ReadError: The bytes or the name are those of a kind that this version does not read.

    >>> kind_of(b"<!doctype html><p>x", name="page.txt").value
    'text/html'
    >>> kind_of(b"Two sentences.", name="-").value
    'text/plain'
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{name}: this is {what}, which this version does not read ({_TO_TEXT})")
    head = data.removeprefix(b"\xef\xbb\xbf")[:8192]
    if _FEED.match(head):
        raise ReadError(f"{name}: this is a feed, not a report (add the pages it points to)")
    if _HTML.match(head):
        return Kind.HTML
    suffix = PurePosixPath(name.split("?", 1)[0].replace("\\", "/")).suffix.lower() if name != "-" else ""
    if suffix in _UNREAD_SUFFIXES:
        raise ReadError(f"{name}: this is {_UNREAD_SUFFIXES[suffix]}, which this version does not read ({_TO_TEXT})")
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    return Kind.MARKDOWN if _FRONT.match(head) else Kind.TEXT
