"""What may be fetched, and how much of it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from tocsin.errors import FetchError, UsageError
from tocsin.fetch import address as addresses
from tocsin.fetch.network import Network, System
from tocsin.fetch.url import PORTS, Target, target


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of an answer is taken, and how long it may take.

    ``connect`` and ``read`` are seconds for one step, ``total`` for everything, redirects included. ``size`` limits
    the bytes sent and the bytes they unpack to, each; ``head`` the bytes of the header lines.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    size: int = 20_000_000
    head: int = 65_536
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """One place that the user wants fetched although the rules would refuse it; without a port, the usual ones."""

    host: str
    network: addresses.Network | None = None
    port: int | None = None

    def covers(self, wanted: Target) -> bool:
        """Is this the place meant? A name is meant by itself alone, never by the address that it leads to."""
        if self.port is not None and wanted.port != self.port:
            return False
        if self.port is None and wanted.port not in PORTS.values():
            return False
        literal = wanted.literal
        if self.network is None or literal is None:
            return self.host == wanted.host
        return literal.version == self.network.version and literal in self.network


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of one desk: who we say we are, what is permitted beyond the public internet, limits.

    A permit opens a place to whoever asks for it by name. A redirect from anywhere else does not get in by it.
    """

    agent: str = "Tocsin (indications and warning)"
    permits: tuple[Permit, ...] = ()
    limits: Limits = Limits()
    network: Network = field(default_factory=System)

    def permitted(self, wanted: Target) -> bool:
        """Does a permit cover this place?"""
        return any(permit.covers(wanted) for permit in self.permits)

    def addresses(self, wanted: Target, *, permitted: bool, timeout: float) -> tuple[str, ...]:
        """The addresses to connect to, looked up once and all of them checked.

        Args:
            wanted: Where the request goes.
            permitted: A permit counts here; metadata addresses stay closed all the same.
            timeout: Seconds for the look-up.

        Raises:
            FetchError: One of the addresses, or the port, is refused, or the name leads nowhere.
        """
        place = wanted.shown
        if not permitted and wanted.port not in PORTS.values():
            raise FetchError(f"{place}: port {wanted.port} is none of the usual ones ({_CURE})", refused=True)
        literal = wanted.literal
        try:
            found = (
                (str(literal),)
                if literal is not None
                else tuple(self.network.resolve(wanted.host, wanted.port, timeout=timeout))
            )
            parsed = [ipaddress.ip_address(one) for one in found]
        except (OSError, ValueError) as error:
            raise FetchError(f"{place}: {told(error)} (check the address)") from None
        for one in parsed:
            what = addresses.refusal(one)
            if what is not None and (not permitted or addresses.is_metadata(one)):
                raise FetchError(f"{place}: refused, for it leads to {one}: {what} ({_CURE})", refused=True)
        if not parsed:
            raise FetchError(f"{place}: the name leads nowhere (check the address)")
        return tuple(str(one) for one in parsed)


_CURE = "if you want that place, list it under [fetch] allow in tocsin.toml"


def permit(text: str) -> Permit:
    """Read one entry of the allow list: a host's name, an address or a network, with a port where it is no usual one.

    Raises:
        UsageError: It is none of these.

    >>> permit("10.0.0.0/24").covers(target("http://10.0.0.7/feed"))
    True
    >>> permit("feeds.example.org:8443").covers(target("https://feeds.example.org/"))
    False
    """
    written = text.strip()
    try:
        if "/" in written:
            return Permit(host=written, network=ipaddress.ip_network(written))
        host = target(f"http://{f'[{written}]' if written.count(':') > 1 and '[' not in written else written}/")
    except (FetchError, ValueError):
        raise UsageError(f"'{text[:80]}' is no host to allow (write a name, an address or a network)") from None
    literal = host.literal
    return Permit(
        host=host.host,
        network=ipaddress.ip_network(literal) if literal is not None else None,
        port=None if host.port == PORTS["http"] else host.port,
    )


def told(error: Exception) -> str:
    """What an error of the system or of a library says, on one short line."""
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())[:200]
