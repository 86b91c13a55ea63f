"""Which addresses a stranger may make us connect to: those of the public internet, and no others."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a cloud's metadata", ("169.254.169.254/32", "168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::254/128")),
    ("this machine", ("127.0.0.0/8", "::1/128")),
    ("no address at all", ("0.0.0.0/8", "::/128")),
    ("a private network", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")),
    ("link-local", ("169.254.0.0/16", "fe80::/10")),
    ("behind a carrier's address translation", ("100.64.0.0/10", "64:ff9b:1::/48")),
    ("multicast", ("224.0.0.0/4", "ff00::/8")),
    ("broadcast", ("255.255.255.255/32",)),
    (
        "reserved",
        (
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "100::/64",
            "2001:2::/48",
            "2001:10::/28",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
        ),
    ),
    ("a tunnel", ("2001::/32", "2002::/16", "::/96")),
)
_REFUSED: tuple[tuple[Network, str], ...] = tuple(
    (ipaddress.ip_network(network), kind) for kind, networks in _KINDS for network in networks
)
_METADATA = _KINDS[0][0]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST = ipaddress.IPv6Network("2000::/3")


def refusal(address: Address) -> str | None:
    """What an address is, if it must not be reached; None for one of the public internet.

    An IPv6 address that carries an IPv4 address is judged by both.

    >>> refusal(ipaddress.ip_address("10.1.2.3")), refusal(ipaddress.ip_address("9.9.9.9"))
    ('a private network', None)
    >>> refusal(ipaddress.ip_address("64:ff9b::7f00:1"))
    'this machine'
    """
    for one in (*_carried(address), address):
        for network, kind in _REFUSED:
            if one.version == network.version and one in network:
                return kind
    if isinstance(address, ipaddress.IPv6Address):
        known = address in _UNICAST or address in _NAT64 or address.ipv4_mapped is not None
        return None if known else "reserved"
    return None


def is_metadata(address: Address) -> bool:
    """Is it where a cloud keeps the keys of its machines? No list of the user's opens that."""
    return refusal(address) == _METADATA


def _carried(address: Address) -> Iterator[Address]:
    """The IPv4 addresses inside an IPv6 address: mapped, NAT64, 6to4, Teredo, ISATAP, and the old compatible form."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    number = int(address)
    last = ipaddress.IPv4Address(number & 0xFFFFFFFF)
    isatap = (number >> 32) & 0xFCFFFFFF == 0x00005EFE
    if address in _NAT64 or isatap or (number >> 32 == 0 and number > 1):
        yield last
