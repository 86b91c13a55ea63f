"""What is packed, unpacked with a limit: an archive of a few bytes must not become one of a few thousand million."""

from __future__ import annotations

import io
import lzma
import zlib
from typing import Protocol

from tocsin.errors import ReadError
from tocsin.read.limits import MAX_RATIO, MAX_UNPACKED

FREE = 1_000_000
"""So many bytes may come out before the ratio counts: a short file of one letter packs well."""

DAMAGED = (EOFError, zlib.error, lzma.LZMAError, OSError, ValueError, RuntimeError, NotImplementedError)
"""What unpacking raises on damaged or locked archives."""


def allowance(packed: int) -> int:
    """How many bytes so many packed ones may unpack to.

    >>> allowance(1000)
    1200000
    """
    return min(MAX_UNPACKED, FREE + packed * MAX_RATIO)


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Bounded(io.RawIOBase):
    """A stream of unpacked bytes that ends in an error as soon as it grows beyond its limits.

    Args:
        source: Where the unpacked bytes come from.
        name: What to call it.
        packed: How many packed bytes there are.
        most: The most bytes that may come out.
    """

    def __init__(self, source: _Reads, *, name: str, packed: int, most: int = MAX_UNPACKED) -> None:
        self._source = source
        self._name = name
        self._most = min(most, allowance(packed))
        self.count = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer with what comes next."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # the base class says object for any writable buffer
        try:
            data = self._source.read(len(view))
        except ReadError:
            raise
        except DAMAGED as error:
            reason = f"{self._name}: the archive is damaged, locked or cut off (get it anew)"
            raise ReadError(reason) from error
        self.count += len(data)
        if self.count > self._most:
            raise ReadError(
                f"{self._name}: unpacks to more than {self._most / 1_000_000:,.0f} MB, which is the limit for its size "
                "(unpack it yourself and add what matters)"
            )
        view[: len(data)] = data
        return len(data)


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """The stream with a buffer before it, so that its first bytes can be looked at."""
    return io.BufferedReader(raw, 65_536)
