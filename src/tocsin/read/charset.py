"""Bytes to characters: byte-order mark, declared set, strict UTF-8, then a guess that says it is one."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from tocsin.errors import ReadError

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset\s*=|\?xml\b[^>]{0,100}?\bencoding\s*=)\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_NOT_OF_PAGES = frozenset(
    {"idna", "punycode", "undefined", "raw-unicode-escape", "unicode-escape", "utf-7", "mbcs", "oem"}
)
"""Names that Python decodes but no browser would: some take time without limit, some give half characters."""
_SAMPLE = 64_000
_CURE = "save it as UTF-8"


class Decoded(NamedTuple):
    """The text with line ends as LF, and what had to be guessed."""

    text: str
    notes: tuple[str, ...]


def declared_charset(data: bytes) -> str | None:
    """The character set that a page declares in its first bytes, if Python knows it as one for text.

    >>> declared_charset(b'<html><head><meta charset="windows-1251">')
    'cp1251'
    """
    found = _DECLARED.search(data[:4096])
    return known_charset(found.group(1).decode("ascii", "replace")) if found is not None else None


def known_charset(name: str) -> str | None:
    """The character set of that name, if Python knows it as one for text that a page or a mail may mean.

    >>> known_charset("Windows-1251"), known_charset("zlib"), known_charset("no such set")
    ('cp1251', None, None)
    """
    try:
        info = codecs.lookup(name.strip()[:40])
    except (LookupError, ValueError):
        return None
    if info.name.replace("_", "-") in _NOT_OF_PAGES:
        return None
    # A page cannot declare UTF-16 or UTF-32 in ASCII bytes and mean it; the standard says to read UTF-8 then.
    if not info._is_text_encoding or info.name.startswith(("utf-16", "utf-32")):  # noqa: SLF001 - the only flag there is
        return None
    return info.name


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    r"""Decode a report: only the byte-order mark is dropped and line ends become LF; nothing else is touched.

    A file with a few broken bytes in otherwise sound UTF-8 is read as UTF-8, and the note says so: one torn
    character must not turn the whole report into another alphabet.

    Raises:
        ReadError: The bytes are not text in any character set that can be told.

    >>> decode("\ufeffOne.\r\nTwo.".encode(), name="r.txt").text
    'One.\nTwo.'
    """
    text, notes = _decode(data, name=name, declared=declared)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    control = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 12, 27))
    if "\x00" in text or control > 8 + len(text) // 100:
        raise ReadError(f"{name}: this is not text but binary data (add the text of the report)")
    if not text.strip():
        raise ReadError(f"{name}: the file holds no text (add the report itself)")
    return Decoded(text, notes)


def _decode(data: bytes, *, name: str, declared: str | None) -> Decoded:
    """Try in order: byte-order mark, declared set, UTF-8, UTF-8 with torn characters, the detector."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return Decoded(data.decode(charset, errors="replace"), ())
    if b"\x00" in data:
        raise ReadError(f"{name}: this is not text but binary data, it holds NUL bytes ({_CURE} if it is text)")
    notes: tuple[str, ...] = ()
    if declared is not None:
        try:
            return Decoded(data.decode(declared), ())
        except UnicodeDecodeError:
            notes = (f"the declared character set {declared} does not fit the bytes",)
    try:
        return Decoded(data.decode("utf-8"), notes)
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    if broken * 10 <= sum(character > "\x7f" for character in mended):
        return Decoded(mended, (*notes, f"{broken} characters could not be decoded as UTF-8"))
    text, charset = _guess(data, name=name)
    return Decoded(text, (*notes, f"no character set is declared; read as {charset} by guess"))


def _guess(data: bytes, *, name: str) -> tuple[str, str]:
    """Ask the detector, then try the two common single-byte sets."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    for charset in (best.encoding if best is not None else None, "cp1252", "cp1251"):
        if charset is None:
            continue
        try:
            return data.decode(charset), charset
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{name}: no character set fits the bytes ({_CURE})")
