"""ZIP archives and gzip files: their members as reports, from memory. No member's name is ever used as a path."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Generator
from typing import BinaryIO

from tocsin.errors import ReadError
from tocsin.read.bounded import DAMAGED, Bounded, allowance, buffered
from tocsin.read.clean import clean
from tocsin.read.items import PassedOver, Piece, Stream, Unread
from tocsin.read.kind import HEAD, READABLE, Kind, kind_of, suffix_of
from tocsin.read.limits import MAX_MEMBERS

Unpack = Callable[[BinaryIO, str], Stream]

_LOCKED = 0x1
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_NOT_REPORTS = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def members(stream: BinaryIO, *, name: str, size: int, unpack: Unpack) -> Stream:
    """The members of a ZIP archive, in its order; one that is damaged or locked stops no other.

    Args:
        stream: The archive; it must be able to seek.
        name: Its name.
        size: Its size in bytes.
        unpack: What reads one member.

    Raises:
        ReadError: It is damaged, holds too many members, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, *DAMAGED) as error:
        raise ReadError(f"{name}: the archive is damaged or cut off (get it anew)") from error
    with archive:
        found = [one for one in archive.infolist() if not one.filename.endswith("/")]  # is_dir() fails on an empty name
        if len(found) > MAX_MEMBERS:
            raise ReadError(f"{name}: more than {MAX_MEMBERS:,} members (split it)")
        left = allowance(size)
        other: Counter[str] = Counter()
        for number, one in enumerate(found, 1):
            shown = clean(one.filename.replace("\\", "/")) or f"member {number}"
            label = f"{name}: {shown}"
            if any(part in shown for part in _NOT_REPORTS):
                other["files of an operating system"] += 1
                continue
            if one.flag_bits & _LOCKED:
                yield Unread(name=label, reason=f"{label}: locked with a password (save the archive without one)")
                continue
            left -= yield from _member(archive, one, label, left=left, unpack=unpack, other=other)
            if left <= 0:
                raise ReadError(f"{name}: unpacks to more than its size allows (unpack it yourself; add what matters)")
        for what, count in sorted(other.items()):
            yield PassedOver(name=name, count=count, what=what)


def _member(
    archive: zipfile.ZipFile, one: zipfile.ZipInfo, label: str, *, left: int, unpack: Unpack, other: Counter[str]
) -> Generator[Piece, None, int]:
    """One member; returns how many bytes it unpacked to, for they count for the whole archive too."""
    count = 0
    try:
        with archive.open(one) as packed:
            bounded = Bounded(packed, name=label, packed=max(0, one.compress_size), most=left)
            stream = buffered(bounded)
            try:
                what = _not_a_report(stream.peek(HEAD)[:HEAD], one.filename)
                if what:
                    other[what] += 1
                else:
                    yield from unpack(stream, label)
            finally:
                count = bounded.count
    except ReadError as error:
        yield Unread(name=label, reason=str(error))
    except (zipfile.BadZipFile, *DAMAGED):
        yield Unread(name=label, reason=f"{label}: the member is damaged or locked (get the archive anew)")
    return count


def _not_a_report(head: bytes, name: str) -> str:
    """What a member is that no folder would be searched for either; nothing where it may be a report."""
    suffix = _SUFFIX.fullmatch(suffix_of(name))
    try:
        kind = kind_of(head, name=name)
    except ReadError:
        return f"{suffix[0]} files" if suffix else "files of kinds that are not read"
    return f"{suffix[0]} files" if kind is Kind.TEXT and suffix and suffix[0] not in READABLE else ""


def unzipped(stream: BinaryIO, *, name: str, size: int, unpack: Unpack) -> Stream:
    """What a gzip file holds, by the name without its suffix."""
    inner = name[: -len(".gz")] if suffix_of(name) == ".gz" else name
    with gzip.GzipFile(fileobj=stream) as packed:
        yield from unpack(buffered(Bounded(packed, name=name, packed=size)), inner)
