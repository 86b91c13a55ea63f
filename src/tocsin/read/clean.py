"""Names and addresses fit to be shown: what a hostile page writes into its title must not steer a terminal."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

_LONGEST = 300


def clean(text: str | None) -> str | None:
    r"""One line without control and formatting characters (terminal escapes, bidirectional overrides); None if empty.

    >>> clean("Evening\x1b[31m\u202e News\n")
    'Evening[31m News'
    >>> clean("  ") is None
    True
    """
    if text is None:
        return None
    kept = "".join(
        " " if c.isspace() else c for c in text[: 4 * _LONGEST] if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(kept.split())[:_LONGEST].rstrip() or None


def web_address(text: str | None) -> str | None:
    """The address if it is a plain http or https one; anything else could be a script.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if (
        text is None
        or len(text) > 2000
        or any(c.isspace() or not c.isprintable() or c in "<>\"'" for c in text.strip())
    ):
        return None
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    return text.strip() if parts.scheme in ("http", "https") and parts.netloc else None
