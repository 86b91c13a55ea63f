"""The network as this package sees it: names looked up, addresses connected to. Tests put their own in its place."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from typing import Protocol


class Network(Protocol):
    """Looks names up and connects; it decides nothing."""

    def resolve(self, host: str, port: int, *, timeout: float) -> Sequence[str]:
        """The addresses of a name, in the order in which to try them.

        Raises:
            OSError: The name has none, or no answer came in time.
        """
        ...

    def connect(self, address: str, port: int, *, timeout: float) -> socket.socket:
        """A socket connected to just this address.

        Raises:
            OSError: Nobody answers there.
        """
        ...

    def context(self) -> ssl.SSLContext:
        """How TLS is spoken: which authorities are trusted."""
        ...


class System:
    """The network of this machine, with the authorities that it trusts."""

    def resolve(self, host: str, port: int, *, timeout: float) -> Sequence[str]:
        """Ask the system's resolver, which knows no time-out of its own."""
        found: list[str] = []
        failed: list[OSError] = []

        def look_up() -> None:
            try:
                answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
            except (OSError, UnicodeError) as error:
                failed.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(timeout)
        if failed:
            raise failed[0]
        if not found:
            raise TimeoutError(f"looking up the name took longer than {timeout:g} seconds")
        return tuple(found)

    def connect(self, address: str, port: int, *, timeout: float) -> socket.socket:
        """Connect; ``address`` is never a name."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(timeout)
            sock.connect((address, port))
        except BaseException:
            sock.close()
            raise
        return sock

    def context(self) -> ssl.SSLContext:
        """Certificates and names are checked."""
        return ssl.create_default_context()
