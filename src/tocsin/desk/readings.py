"""Things given, to reports read: in order, with several under way at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tocsin import extract
from tocsin.desk.originals import digest_of
from tocsin.desk.reading import Extractor, Get, Reading, opened
from tocsin.desk.values import Taken
from tocsin.desk.workers import Hands, Read, hands
from tocsin.errors import TocsinError
from tocsin.read import MAX_BYTES, Item, PassedOver, Unread
from tocsin.read.items import Piece
from tocsin.read.kind import HEAD, kind_of

_BYTES_AHEAD = 100_000_000

Known = Callable[[Item, str], Taken | None]
"""What is known of an item and its digest before it is read; None where it is to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of something: a report read, or an outcome that needs no reading. Nothing is on record yet.

    ``given`` is the name of the thing that held it.
    """

    taken: Taken
    given: str
    item: Item | None = None
    read: Read | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Under:
    """An item under way."""

    item: Item
    given: str
    result: Callable[[], Read]


def readings(given: Iterable[tuple[str, Get]], who: Hands, *, known: Known = lambda _, __: None) -> Iterator[Outcome]:
    """Read everything, in order. What fails is an outcome too, with its reason.

    Args:
        given: Names with a way to get the bytes, or the file.
        who: Who reads.
        known: What is known of an item already.
    """
    under: deque[_Under | Outcome] = deque()
    size = 0
    for name, get in given:
        for piece in _pieces(name, get, who):
            one = _begun(piece, name, who, known)
            under.append(one)
            size += _size(one)
            while len(under) > who.ahead or size > _BYTES_AHEAD:
                first = under.popleft()
                size -= _size(first)
                yield _ended(first)
    while under:
        yield _ended(under.popleft())


def read_all(
    given: Iterable[tuple[str, Get]], *, reading: Reading, extractor: Extractor = extract.extract, workers: int = 0
) -> Iterator[Outcome]:
    """Stateless: everything read, in order, and nothing kept; ``workers`` as for ``Desk.add``."""
    with hands(workers, reading, extractor) as who:
        yield from readings(given, who)


def _pieces(name: str, get: Get, who: Hands) -> Iterator[Piece]:
    """What a given thing holds: itself, or the many of a container."""
    item: Item | None = None
    try:
        got = get()
        if isinstance(got, Path):
            with opened(got) as file:  # of a large container no more than can be kept
                item = Item(name=name, data=file.read(MAX_BYTES + 1))
        else:
            item = got if isinstance(got, Item) else Item(name=name, data=got)
        kind = item.kind or kind_of(item.data[:HEAD], name=item.name)
        if kind.holds_many:
            yield from who.contents(got if isinstance(got, Path) else item.data, name=item.name, kind=kind)
        else:
            yield item
    except OSError as error:
        yield Unread(name=name, reason=f"{error.filename or name}: {error.strerror or error}")
    except TocsinError as error:
        whole, said = (item.data, item.kind) if item is not None else (b"", None)
        yield Unread(name=name, reason=str(error), data=whole, kind=said)


def _begun(piece: Piece, given: str, who: Hands, known: Known) -> _Under | Outcome:
    """A piece under way, or what is known of it at once."""
    match piece:
        case PassedOver():
            reason = f"{piece.count:,} passed over: {piece.what}"
            return Outcome(taken=Taken(name=piece.name, outcome="passed", reason=reason), given=given)
        case Unread():
            item = Item(name=piece.name, data=piece.data, kind=piece.kind) if piece.data.strip() else None
            return Outcome(taken=Taken(name=piece.name, outcome="failed", reason=piece.reason), given=given, item=item)
        case Item():
            before = known(piece, digest_of(piece.former)) if piece.former else None
            found = before or known(piece, digest_of(piece.data))
            if found is not None:
                return Outcome(taken=found, given=given)
            return _Under(item=piece, given=given, result=who.read(piece))


def _ended(one: _Under | Outcome) -> Outcome:
    """Wait for an item that is under way."""
    if isinstance(one, Outcome):
        return one
    name = one.item.name
    try:
        return Outcome(taken=Taken(name=name, outcome="new"), given=one.given, item=one.item, read=one.result())
    except TocsinError as error:
        kept = one.item if one.item.data.strip() else None  # what is empty cannot be read at another attempt either
        return Outcome(taken=Taken(name=name, outcome="failed", reason=str(error)), given=one.given, item=kept)


def _size(one: _Under | Outcome) -> int:
    return len(one.item.data) if one.item is not None else 0
