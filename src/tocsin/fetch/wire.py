"""One request to one checked address, and its answer within all limits."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from tocsin.errors import FetchError
from tocsin.fetch.network import Network
from tocsin.fetch.policy import Limits, told
from tocsin.fetch.url import Target

_PIECE = 65_536
_GZIP = 31  # zlib's sign for a gzip head and tail
_PLAIN = frozenset({"", "identity"})
_PACKED = frozenset({"gzip", "x-gzip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: status, header lines by small name, the body unpacked, and the address that gave it.

    The body of anything but a got page is not read.
    """

    status: int
    head: Mapping[str, str]
    body: bytes
    address: str


class _Plain(HTTPConnection):
    """A connection over a socket that is already connected to the address that was checked."""

    given: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.given


class _Secure(HTTPSConnection):
    """The same with TLS, in which the host's name is asked for and its certificate checked."""

    given: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.given


class _Alarm:
    """Cuts a socket off when its time is up, whatever it is doing: a drip of bytes outlives any time-out of a read."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.rang = False
        self._sock = sock.dup()
        self._timer = threading.Timer(max(seconds, 0.0), self._ring)
        self._timer.daemon = True

    def _ring(self) -> None:
        self.rang = True
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it was closed already
            return

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        self._sock.close()


def request(
    method: str,
    wanted: Target,
    addresses: Sequence[str],
    *,
    head: Mapping[str, str],
    body: bytes | None,
    network: Network,
    limits: Limits,
    until: float,
) -> Answer:
    """Send one request to the first of the addresses that answers.

    Args:
        method: GET or POST.
        wanted: The host's name goes into the head and into TLS; the connection goes to one of ``addresses``.
        addresses: Checked addresses, in the order in which to try them.
        head: Header lines to send.
        body: What to post.
        network: Connects.
        limits: Size and time.
        until: When everything must be over, on the monotonic clock.

    Raises:
        FetchError: No whole answer came, or one beyond the limits.
    """
    place = wanted.shown
    sock, address = _connected(wanted, addresses, network=network, limits=limits, until=until)
    with _Alarm(sock, until - time.monotonic()) as alarm:
        connection = _over(sock, wanted, network, limits.read)
        response = None
        try:
            connection.request(method, wanted.path, body=body, headers=head, preload_content=False)
            response = connection.getresponse()
            lines = _head(response, limits.head)
            wanted_body = method == "GET" and response.status == http.client.OK
            data = _body(response, lines, limits.size) if wanted_body else b""
            answer = Answer(status=response.status, head=lines, body=data, address=address)
        except _TooMuchError as error:
            raise FetchError(f"{place}: {error}", refused=True) from None
        except TimeoutError:
            raise FetchError(f"{place}: nothing more came for {limits.read:g} seconds (try again later)") from None
        except ssl.SSLCertVerificationError as error:
            reason = error.verify_message
            raise FetchError(f"{place}: its certificate does not hold: {reason} (tell its owner)") from None
        except (HTTPError, http.client.HTTPException, zlib.error, OSError, ValueError) as error:
            if alarm.rang:
                raise _late(place, limits) from None
            raise FetchError(f"{place}: no whole answer: {told(error)} (try again later)") from None
        finally:
            if response is not None:
                response.close()
            connection.close()
            sock.close()
    if alarm.rang:
        raise _late(place, limits)
    return answer


class _TooMuchError(Exception):
    """An answer beyond a limit."""


def _connected(
    wanted: Target, addresses: Sequence[str], *, network: Network, limits: Limits, until: float
) -> tuple[socket.socket, str]:
    said = ""
    for address in addresses:
        left = min(limits.connect, until - time.monotonic())
        if left <= 0:
            raise _late(wanted.shown, limits)
        try:
            return network.connect(address, wanted.port, timeout=left), address
        except OSError as error:
            said = f"{address}: {told(error)}"
    raise FetchError(f"{wanted.shown}: cannot be reached: {said} (check the address, or try again later)")


def _over(sock: socket.socket, wanted: Target, network: Network, timeout: float) -> _Plain | _Secure:
    sock.settimeout(timeout)
    if wanted.secure:
        secure = _Secure(wanted.host, wanted.port, timeout=timeout, ssl_context=network.context())
        secure.given = sock
        return secure
    plain = _Plain(wanted.host, wanted.port, timeout=timeout)
    plain.given = sock
    return plain


def _head(response: BaseHTTPResponse, most: int) -> dict[str, str]:
    lines = {name.lower(): value for name, value in response.headers.items()}
    if sum(len(name) + len(value) for name, value in response.headers.items()) > most:
        raise _TooMuchError(f"its header lines are longer than {most:,} bytes (it is no feed and no page)")
    return lines


def _body(response: BaseHTTPResponse, head: Mapping[str, str], most: int) -> bytes:
    packing = head.get("content-encoding", "").strip().lower()
    if packing not in _PLAIN | _PACKED:
        raise _TooMuchError("it is packed in a way that nobody asked for (tell its owner)")
    too_much = _TooMuchError(f"larger than {most / 1_000_000:g} MB, which is the limit (save it and add the file)")
    unpack = zlib.decompressobj(_GZIP) if packing in _PACKED else None
    found = bytearray()
    sent = 0
    while piece := response.read(_PIECE, decode_content=False):
        sent += len(piece)
        if sent > most:
            raise too_much
        found += unpack.decompress(piece, most + 1 - len(found)) if unpack else piece
        if len(found) > most or (unpack and unpack.unconsumed_tail):
            raise too_much
    if unpack and sent and (not unpack.eof or unpack.unused_data):
        raise zlib.error("its packing does not end where it should")
    return bytes(found)


def _late(place: str, limits: Limits) -> FetchError:
    return FetchError(f"{place}: no whole answer within {limits.total:g} seconds (try again later)")
