"""The one way to a language model: a small client for one address that the user named."""

from __future__ import annotations

import http.client
import io
import ipaddress
import json
import math
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, cast
from urllib.parse import urlsplit

from tocsin.errors import ReadError, UsageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


MOST_BYTES = 4_000_000
"""An answer of more bytes is refused; an honest one has some ten thousand."""
RETRIES = 3
LONGEST_WAIT = 30.0
"""Seconds between two tries at most, whatever the server asks for."""
_LATER = frozenset({429, 500, 502, 503, 504})
_PIECE = 65_536
_SECRET = 12
"""Shorter keys are words like "none", which local servers take and reports may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Posts a body to one address and gives back the answer's body; the address is the user's own choice.

    It goes nowhere else: no redirect is followed and no proxy of the environment used. TLS certificates are checked.
    One deadline holds for the whole answer, however slowly it drips, and one limit for its size.

    Args:
        host: Name or address, as the user gave it.
        port: Port.
        path: Path of the request.
        secure: Whether to speak TLS.
        timeout: Seconds that one request may take.
        key: Sent as a bearer token if not empty; never shown.
        sleep: How to wait between two tries.
    """

    host: str
    port: int
    path: str
    secure: bool
    timeout: float
    key: str = field(default="", repr=False)
    sleep: Callable[[float], None] = time.sleep

    @classmethod
    def at(cls, url: str, *, key: str, timeout: float) -> Endpoint:
        """The endpoint at an address: a server's, its ``/v1``, or the full one that ends in ``/chat/completions``.

        Raises:
            UsageError: It is no plain http or https address.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise UsageError(f"--llm-url: {error} (write https://host/v1)") from None
        secure = parts.scheme == "https"
        if parts.username is not None or parts.password is not None:
            raise UsageError("--llm-url: leave name and password out of the address (a key goes into TOCSIN_LLM_KEY)")
        plain = url.isascii() and url.isprintable() and " " not in url
        if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment or not plain:
            raise UsageError("--llm-url: no plain http or https address (write https://host/v1)")
        path = parts.path.rstrip("/")
        if not path.endswith("/chat/completions"):
            path = f"{path or '/v1'}/chat/completions"
        return cls(host=host, port=port or (443 if secure else 80), path=path, secure=secure, timeout=timeout, key=key)

    @property
    def shown(self) -> str:
        """The address as messages name it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"

    @property
    def is_this_machine(self) -> bool:
        """Does nothing leave this machine?"""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def __call__(self, body: bytes, /) -> bytes:
        """Post a body; try again, with growing pauses, where the server says that it is busy or broken.

        Raises:
            ReadError: No answer worth reading came.
        """
        for attempt in range(RETRIES + 1):
            status, head, answer = self._once(body)
            if status not in _LATER or attempt == RETRIES:
                break
            self.sleep(_pause(head.get("Retry-After"), attempt))
        if status != http.client.OK:
            self._refuse(status, head, answer)
        kind = head.get_content_type()
        if kind != "application/json" and not kind.endswith("+json"):
            self._fail(f"answered with {self._hidden(kind)}, not with JSON", "is this a chat-completions endpoint?")
        if len(self.key) >= _SECRET and self.key.encode() in answer:
            self._fail("sends the key back in its answer", "use no server that does that")
        return answer

    def _once(self, body: bytes) -> tuple[int, http.client.HTTPMessage, bytes]:
        until = time.monotonic() + self.timeout
        connection = (
            http.client.HTTPSConnection(
                self.host, self.port, timeout=self.timeout, context=ssl.create_default_context()
            )
            if self.secure
            else http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        )
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            connection.request("POST", self.path, body, {**headers, "Connection": "close"})
            timed = cast("socket.socket", _Timed(connection.sock, until))
            with http.client.HTTPResponse(timed, method="POST") as response:
                response.begin()
                if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                    self._fail("answered in a compressed form nobody asked for", "turn compression off there")
                return response.status, response.headers, self._read(response)
        except TimeoutError:
            self._fail(f"gave no whole answer within {self.timeout:g} seconds", "raise --llm-timeout")
        except ssl.SSLCertVerificationError as error:
            self._fail(f"shows a certificate that does not hold: {error.verify_message}", "mend the certificate")
        except (http.client.HTTPException, ssl.SSLError) as error:
            self._fail(f"does not speak HTTP as it should: {self._hidden(repr(error))}", "check the address")
        except (OSError, UnicodeError) as error:
            self._fail(f"cannot be reached: {_line(str(error))}", "check the address, and that the server runs")
        finally:
            connection.close()

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        found = bytearray()
        while piece := response.read(_PIECE):
            found += piece
            if len(found) > MOST_BYTES:
                self._fail(f"sent more than {MOST_BYTES:,} bytes", "is this a chat-completions endpoint?")
        return bytes(found)

    def _refuse(self, status: int, head: http.client.HTTPMessage, answer: bytes) -> NoReturn:
        if 300 <= status < 400:
            where = self._hidden(head.get("Location", "nowhere"))
            self._fail(f"sends on to {where}; that is not followed", "give the right address")
        said = f": {self._hidden(told)}" if (told := _told(answer)) else ""
        if status in {401, 403}:
            self._fail(f"does not let us in (status {status}){said}", "check the key in TOCSIN_LLM_KEY")
        if status in _LATER:
            self._fail(f"failed {RETRIES + 1} times (status {status}){said}", "try again later")
        self._fail(f"refused the request (status {status}){said}", "check --llm-url and --llm-model")

    def _hidden(self, text: str) -> str:
        """A server's words on one short line, without the key should it send that back."""
        return _line(text.replace(self.key, "***") if self.key else text)

    def _fail(self, what: str, cure: str) -> NoReturn:
        raise ReadError(f"the model's endpoint {self.shown} {what} ({cure})") from None


class _Timed:
    """A socket to read from, with one deadline for all reads together."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReads(self._sock, self._until))


class _TimedReads(io.RawIOBase):
    def __init__(self, sock: socket.socket, until: float) -> None:
        super().__init__()
        self._sock, self._until = sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._sock.recv_into(buffer)


def _pause(wanted: str | None, attempt: int) -> float:
    """Seconds to wait: what the server asks for in seconds, else 1, 2, 4."""
    try:
        asked = float(wanted) if wanted else 2.0**attempt
    except ValueError:
        asked = 2.0**attempt
    return min(max(asked, 0.0), LONGEST_WAIT) if math.isfinite(asked) else LONGEST_WAIT


def _told(answer: bytes) -> str:
    """What a server says in the usual shape of an error, if it does."""
    try:
        error = json.loads(answer).get("error")
        message = error.get("message") if isinstance(error, dict) else error
    except (ValueError, AttributeError, RecursionError):
        return ""
    return message if isinstance(message, str) else ""


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
