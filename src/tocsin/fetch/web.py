"""Getting what stands at an address, and posting to one."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from tocsin.errors import FetchError
from tocsin.fetch import wire
from tocsin.fetch.policy import Policy
from tocsin.fetch.url import shown, target

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_NOT_MODIFIED = 304
_MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+")
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{1,40})", re.IGNORECASE)
_LONGEST_TAG = 1000
_ACCEPT = "application/rss+xml, application/atom+xml, text/html, application/pdf, text/plain, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What stood at an address.

    ``data`` is unpacked; it is empty where ``status`` is 304: nothing new since ``etag`` or ``modified``. ``asked`` is
    the address asked for, ``url`` the one that answered, after redirects; ``address`` the machine that gave it.
    ``charset`` is what the server declares, None where it does not.
    """

    data: bytes
    asked: str
    url: str
    media_type: str = "application/octet-stream"
    charset: str | None = None
    status: int = _OK
    etag: str | None = None
    modified: str | None = None
    address: str = ""

    @property
    def unchanged(self) -> bool:
        """Did the server say that nothing is new?"""
        return self.status == _NOT_MODIFIED


def get(
    url: str, *, policy: Policy, etag: str | None = None, modified: str | None = None, accept: str = _ACCEPT
) -> Fetched:
    """Get what stands at an http or https address, safely.

    The name is looked up once, every address it leads to is checked, and the connection goes to a checked address:
    what the name leads to a moment later changes nothing. Each redirect is checked anew, and none leads from https to
    http. Cookies, credentials, proxies and referrers are not sent.

    Args:
        url: The address.
        policy: What is permitted, who we say we are, limits.
        etag: What the server called the last version, to be told where nothing is new.
        modified: When it said that was made.
        accept: The media types that are welcome.

    Raises:
        FetchError: The address is refused, or no answer worth reading came; ``status`` and ``retry_after`` say what
            the server said.
    """
    head = {"User-Agent": policy.agent, "Accept": accept, "Accept-Encoding": "gzip"}
    if etag:
        head["If-None-Match"] = etag
    if modified:
        head["If-Modified-Since"] = modified
    until = time.monotonic() + policy.limits.total
    wanted = target(url)
    trusted = True
    for _ in range(policy.limits.redirects + 1):
        permitted = trusted and policy.permitted(wanted)
        addresses = policy.addresses(
            wanted, permitted=permitted, timeout=min(policy.limits.connect, until - time.monotonic())
        )
        answer = wire.request(
            "GET",
            wanted,
            addresses,
            head=head,
            body=None,
            network=policy.network,
            limits=policy.limits,
            until=until,
        )
        if answer.status not in _REDIRECTS:
            return _fetched(url, wanted.url, answer, conditional=bool(etag or modified))
        if not answer.head.get("location", "").strip():
            raise FetchError(f"{shown(url)}: sends on without saying where", status=answer.status)
        onward = target(urljoin(wanted.url, answer.head["location"]))
        if wanted.secure and not onward.secure:
            raise FetchError(f"{shown(url)}: sends on from https to http, which is not followed", refused=True)
        wanted, trusted = onward, permitted
    raise FetchError(
        f"{shown(url)}: sends on more than {policy.limits.redirects} times (give the last address)", refused=True
    )


def post(url: str, body: bytes, *, policy: Policy, head: Mapping[str, str]) -> int:
    """Post a body to an address, under the same rules; a redirect is an error, so that nothing goes astray.

    Of the address no message tells more than the host: its path may be what lets us post there.

    Args:
        url: The address.
        body: What is sent.
        policy: As for ``get``.
        head: Header lines to add, such as the media type or a signature.

    Returns:
        The status, 200 to 299.

    Raises:
        FetchError: The address is refused, or the server did not take it.
    """
    until = time.monotonic() + policy.limits.total
    wanted = target(url, private=True)
    addresses = policy.addresses(wanted, permitted=policy.permitted(wanted), timeout=policy.limits.connect)
    answer = wire.request(
        "POST",
        wanted,
        addresses,
        head={"User-Agent": policy.agent, "Accept-Encoding": "identity", **head},
        body=body,
        network=policy.network,
        limits=policy.limits,
        until=until,
    )
    if answer.status in _REDIRECTS:
        raise FetchError(
            f"{wanted.shown}: sends on, which is not followed (give the last address)", status=answer.status
        )
    if not 200 <= answer.status < 300:
        raise _unwelcome(wanted.shown, answer)
    return answer.status


def _fetched(asked: str, url: str, answer: wire.Answer, *, conditional: bool) -> Fetched:
    if answer.status != _OK and not (conditional and answer.status == _NOT_MODIFIED):
        raise _unwelcome(shown(asked), answer)
    declared = answer.head.get("content-type", "")
    media = _MEDIA.match(declared.strip())
    charset = _CHARSET.search(declared)
    return Fetched(
        data=answer.body if answer.status == _OK else b"",
        asked=asked,
        url=url,
        media_type=media[0].lower() if media else "application/octet-stream",
        charset=charset[1].lower() if charset else None,
        status=answer.status,
        etag=_tag(answer.head.get("etag")),
        modified=_tag(answer.head.get("last-modified")),
        address=answer.address,
    )


def _tag(value: str | None) -> str | None:
    """A server's mark of a version, if it can be sent back as it is."""
    fits = value and len(value) <= _LONGEST_TAG and value.isascii() and value.isprintable()
    return value if fits else None


def _unwelcome(place: str, answer: wire.Answer) -> FetchError:
    what = "wants us to wait" if answer.status == 429 else "gives nothing"
    return FetchError(
        f"{place}: the server {what}: status {answer.status}",
        status=answer.status,
        retry_after=answer.head.get("retry-after", "")[:100],
    )
