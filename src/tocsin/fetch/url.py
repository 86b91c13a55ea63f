"""An address as written, taken apart once; what cannot be read in one way only is refused."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tocsin.errors import FetchError

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*\.?")
_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?")
_PLAIN = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes: ``host`` in small ASCII letters without brackets, ``path`` with its query.

    ``private``: no message tells more of it than its host.
    """

    secure: bool
    host: str
    port: int
    path: str
    private: bool = False

    @property
    def url(self) -> str:
        """The address in one canonical spelling."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        scheme = "https" if self.secure else "http"
        port = "" if self.port == PORTS[scheme] else f":{self.port}"
        return f"{scheme}://{host}{port}{self.path}"

    @property
    def shown(self) -> str:
        """The address as messages name it."""
        return shown(self.url, private=self.private)

    @property
    def literal(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        """The address, where the host is one and no name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None


def target(url: str, *, private: bool = False) -> Target:
    """Take an address apart.

    Args:
        url: The address.
        private: Its path may hold a key, and is told in no message.

    Raises:
        FetchError: It is no plain http or https address: another scheme, a user's name or password in it, a host that
            is neither a name nor an address in its usual spelling.

    >>> target("HTTPS://Example.ORG/a b?x=1#top").url
    'https://example.org/a%20b?x=1'
    """
    told = shown(url, private=private)
    if len(url) > LONGEST:
        raise _refused(told, f"longer than {LONGEST} characters", "give a shorter one")
    if "\\" in url or any(ord(char) < 32 or ord(char) == 127 for char in url):
        raise _refused(told, "holds a character that has no place in an address", "copy it again")
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refused(told, str(error), "write https://host/path") from None
    if parts.scheme not in PORTS:
        raise _refused(told, f"'{parts.scheme or 'nothing'}' is no scheme that is fetched", "write https://host/path")
    if "@" in parts.netloc:
        raise _refused(told, "holds a user's name or a password", "leave them out: no credentials are sent")
    host = _host(told, name, bracketed="[" in parts.netloc)
    path = quote(parts.path or "/", safe=_PLAIN)
    query = f"?{quote(parts.query, safe=_PLAIN + '?')}" if parts.query else ""
    return Target(
        secure=parts.scheme == "https",
        host=host,
        port=PORTS[parts.scheme] if port is None else port,
        path=path + query,
        private=private,
    )


def _host(told: str, name: str, *, bracketed: bool) -> str:
    if not bracketed:
        return _named(told, name)
    faulty = _refused(told, "its host is no address", "write https://host/path")
    if "%" in name:  # a zone, which means something on this machine alone
        raise faulty
    try:
        return str(ipaddress.IPv6Address(name))
    except ValueError:
        raise faulty from None


def _named(told: str, name: str) -> str:
    """A host's name in ASCII, or an IPv4 address in its usual spelling."""
    try:
        host = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    if len(host) > 253 or not _NAME.fullmatch(host):
        raise _refused(told, "its host is no name", "write https://host/path")
    if _NUMERIC.fullmatch(host):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _refused(told, "its host is an address in an unusual spelling", "write it as 192.0.2.1") from None
    return host.rstrip(".")


def shown(url: str, *, private: bool = False) -> str:
    """An address as messages name it: one line, no user, no query, which may hold a key.

    Where it is private, its path is not told either: services that take messages put a key there.

    >>> shown("https://u:p@example.org/feed?token=s3cret")
    'https://example.org/feed'
    >>> shown("https://example.org/services/T0/s3cret", private=True)
    'https://example.org/…'
    """
    bare = re.sub(r"//[^/?#]*@", "//", re.split(r"[?#]", url, maxsplit=1)[0])
    if private:
        bare = f"{whole[0]}/…" if (whole := re.match(r"[a-zA-Z]+://[^/\\]*", bare)) else "the address"
    return "".join(char if char.isprintable() else "?" for char in bare)[:200]


def _refused(told: str, what: str, cure: str) -> FetchError:
    return FetchError(f"{told}: {what} ({cure})", refused=True)
