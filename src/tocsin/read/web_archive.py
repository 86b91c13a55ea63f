"""Web archives (WARC): the pages in them, each with the address and the day on which it was fetched."""

from __future__ import annotations

from collections import Counter
from typing import Any, BinaryIO

from tocsin.errors import ReadError
from tocsin.read.bounded import DAMAGED
from tocsin.read.clean import clean, web_address
from tocsin.read.dates import parse_day
from tocsin.read.items import Context, Item, PassedOver, Stream, Unread
from tocsin.read.kind import Kind, kind_of
from tocsin.read.limits import MAX_BYTES, MAX_ENTRIES

_KINDS = frozenset({Kind.HTML, Kind.PDF})
_ANSWERS = frozenset({"response", "resource"})
_OK = frozenset({"200", "203", ""})


def pages(stream: BinaryIO, *, name: str) -> Stream:
    """The pages, PDF files and plain texts of an archive that is unpacked already; the rest is counted.

    Raises:
        ReadError: The archive is damaged: nothing after that place is read.
    """
    from warcio.archiveiterator import WARCIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    other: Counter[str] = Counter()
    number = 0
    try:
        for number, record in enumerate(WARCIterator(stream, no_record_parse=False), 1):
            _refuse_more(number, name)
            if record.rec_type in _ANSWERS:
                yield from _page(record, name, number, other)
    except ReadError:
        raise
    except (ArchiveLoadFailed, *DAMAGED, LookupError, AttributeError, TypeError) as error:
        reason = f"the web archive is damaged or cut off after record {number}"
        raise ReadError(f"{name}: {reason} (get it anew)") from error
    for what, count in sorted(other.items()):
        yield PassedOver(name=name, count=count, what=what)


def _refuse_more(number: int, name: str) -> None:
    if number > MAX_ENTRIES:
        raise ReadError(f"{name}: more than {MAX_ENTRIES:,} records (split it)")


def _page(record: Any, name: str, number: int, other: Counter[str]) -> Stream:  # noqa: ANN401 - warcio has no types
    """One record: a report, or something else that is counted by its type."""
    headers = record.rec_headers
    address = web_address(headers.get_header("WARC-Target-URI"))
    label = f"{name}: {address or f'record {number}'}"
    answer = record.http_headers
    status = (answer.get_statuscode() or "") if answer is not None else ""
    declared = (answer or headers).get_header("Content-Type") or ""
    what = clean(declared.split(";")[0].lower()) or "things of no declared type"
    if status not in _OK:
        other[f"answers with status {clean(status) or '?'}"] += 1
        return
    data = record.content_stream().read(MAX_BYTES + 1)
    try:
        kind = kind_of(data, name=label if address is None else address)
    except ReadError:
        other[what] += 1
        return
    if kind is Kind.TEXT and what == "text/html":
        kind = Kind.HTML
    if not data.strip() or (kind not in _KINDS and (kind is not Kind.TEXT or what != "text/plain")):
        other[what] += 1
        return
    if len(data) > MAX_BYTES:
        reason = f"{label}: more than {MAX_BYTES // 1_000_000} MB, which is the limit (save what matters of it)"
        yield Unread(name=label, reason=reason)
        return
    fetched = parse_day(headers.get_header("WARC-Date") or "")
    yield Item(
        name=label,
        data=data,
        kind=kind,
        context=Context(url=address, retrieved=fetched.latest if fetched is not None else None),
    )
