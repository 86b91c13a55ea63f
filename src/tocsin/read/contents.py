"""Any file to the reports in it: one for a single report, many for a container."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from tocsin.errors import ReadError
from tocsin.read import archive, chat, feed, mail, mailbox, table, web_archive
from tocsin.read.items import Item, Stream
from tocsin.read.kind import HEAD, Kind, kind_of
from tocsin.read.limits import MAX_BYTES, MAX_NESTING
from tocsin.read.mapping import Columns

_PACKED = frozenset({Kind.ZIP, Kind.GZIP})


def contents(
    stream: BinaryIO, *, name: str, size: int, mappings: Sequence[Columns] = (), kind: Kind | None = None
) -> Stream:
    """The reports that a file holds, one after another.

    A single report is its bytes, whatever they are: they are looked at when it is read. What a container holds is
    taken out one by one; what cannot be taken out is told and stops nothing, unless the container itself is damaged.

    Args:
        stream: The file, at its beginning; for a ZIP archive it must be able to seek.
        name: Its name or address.
        size: Its size in bytes, by which its unpacked size is limited.
        mappings: Which columns of tables and JSON Lines hold what.
        kind: What kind of file it is, where that is known already.

    Raises:
        ReadError: The file cannot be read, from here on or at all; file, reason and cure are named.
    """
    buffered = io.BufferedReader(_Whole(stream))
    yield from _contents(buffered, name, size, mappings=tuple(mappings), depth=0, kind=kind)


class _Whole(io.RawIOBase):
    """Any binary stream as a raw one, so that a buffer of our own can look ahead."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """Whether the stream below can."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move in the stream below."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The place in the stream below."""
        return self._stream.tell()

    def readinto(self, buffer: object) -> int:
        """Fill a buffer with what comes next."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # the base class says object for any writable buffer
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _contents(
    stream: BinaryIO, name: str, size: int, *, mappings: tuple[Columns, ...], depth: int, kind: Kind | None = None
) -> Stream:
    """What a file holds that lies in ``depth`` packings."""
    head = stream.peek(HEAD)[:HEAD] if isinstance(stream, io.BufferedReader) else b""
    kind = kind or kind_of(head, name=name)
    if not kind.holds_many:
        yield Item(name=name, data=stream.read(MAX_BYTES + 1), kind=kind)
        return
    if depth and kind in _PACKED:
        stream, size = _in_memory(stream, name)
    found = False
    for piece in _many(kind, stream, name, size, mappings=mappings, depth=depth):
        found = True
        yield piece
    if not found:
        raise ReadError(f"{name}: no report in it (look whether it is what you meant)")


def _many(kind: Kind, stream: BinaryIO, name: str, size: int, *, mappings: tuple[Columns, ...], depth: int) -> Stream:
    """What a container of one kind holds."""
    unpack = partial(_inner, mappings=mappings, depth=depth + 1)
    letters = partial(_letters, unpack=unpack)
    match kind:
        case Kind.FEED:
            yield from feed.entries(stream, name=name)
        case Kind.CHAT:
            yield from chat.messages(stream, name=name)
        case Kind.MAIL:
            yield from letters(stream.read(MAX_BYTES + 1), name)
        case Kind.MAILBOX:
            yield from mailbox.messages(stream, name=name, letters=letters)
        case Kind.WEB_ARCHIVE:
            yield from web_archive.pages(stream, name=name)
        case Kind.LINES:
            yield from table.objects(stream, name=name, mappings=mappings)
        case Kind.TABLE:
            yield from table.rows(stream, name=name, mappings=mappings)
        case Kind.ZIP:
            yield from archive.members(stream, name=name, size=size, unpack=unpack)
        case _:
            yield from archive.unzipped(stream, name=name, size=size, unpack=unpack)


def _inner(stream: BinaryIO, name: str, *, mappings: tuple[Columns, ...], depth: int) -> Stream:
    """What lies in a packing: another packing only so deep."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Whole(stream))
    if depth > MAX_NESTING:
        raise ReadError(f"{name}: packed more than {MAX_NESTING} deep (unpack it and add what is in it)")
    # A packing in it is measured by itself, once it is in memory.
    yield from _contents(buffered, name, MAX_BYTES, mappings=mappings, depth=depth)


def _letters(data: bytes, name: str, *, unpack: archive.Unpack) -> Stream:
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name}: more than {MAX_BYTES // 1_000_000} MB (save what matters of it)")
    yield from mail.letters(data, name=name, unpack=unpack)


def _in_memory(stream: BinaryIO, name: str) -> tuple[BinaryIO, int]:
    """A packing within a packing, in memory: it can seek then, and its size is known."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name}: an archive in an archive of more than {MAX_BYTES // 1_000_000} MB (unpack it)")
    return io.BytesIO(data), len(data)
