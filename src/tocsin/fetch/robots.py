"""What a site asks of programs that read its pages (robots.txt)."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

from tocsin.errors import FetchError
from tocsin.fetch.policy import Policy
from tocsin.fetch.url import target
from tocsin.fetch.web import get

_LARGEST = 500_000
_MISSING = range(400, 500)
_BUSY = 429
_PRODUCT = "tocsin"
LONGEST_PAUSE = 60.0
"""Seconds between two pages of a site at most, whatever it asks for."""


class Robots:
    """The rules of the sites met so far, each fetched once.

    A site without rules allows everything; one whose rules cannot be had just now allows nothing (RFC 9309).
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._rules: dict[str, RobotFileParser | None] = {}

    def allows(self, url: str) -> bool:
        """May the page be read by us?

        Raises:
            FetchError: It is no address.
        """
        rules = self._of(url)
        return rules is not None and rules.can_fetch(_PRODUCT, target(url).url)

    def pause(self, url: str) -> float:
        """Seconds that the site wants between two requests; nought where it asks for none."""
        rules = self._of(url)
        wanted = rules.crawl_delay(_PRODUCT) if rules is not None else None
        return min(float(wanted or 0.0), LONGEST_PAUSE)

    def _of(self, url: str) -> RobotFileParser | None:
        wanted = target(url)
        site = wanted.url.removesuffix(wanted.path)
        if site not in self._rules:
            self._rules[site] = self._read(f"{site}/robots.txt")
        return self._rules[site]

    def _read(self, url: str) -> RobotFileParser | None:
        rules = RobotFileParser(url)
        try:
            text = get(url, policy=self._policy, accept="text/plain").data[:_LARGEST].decode("utf-8", "replace")
        except FetchError as error:
            if error.status is None or error.status not in _MISSING or error.status == _BUSY:
                return None
            text = ""
        rules.parse(text.splitlines())
        return rules
