"""Text of others made safe to show: a report may carry anything, and a page must show it as words only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_ESCAPES = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor moves
    "|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?"  # titles, links and other strings to the terminal
    "|\x1b[ -/]*[0-~]?"  # everything shorter
    "|\x9b[0-?]*[ -/]*[@-~]"
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"  # direction marks, nothing-wide characters
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"  # halves of characters, annotations, tags
)
_BREAKS_LINES = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def plain(text: str) -> str:
    r"""One line of the text without anything that steers a terminal or turns the direction of reading.

    Line breaks and runs of white space become one space; nothing visible is dropped.

    >>> plain("troops \x1b[31mnear\x1b[0m the\u202e border\n today")
    'troops near the border today'
    """
    return " ".join(_HIDDEN.sub("", _ESCAPES.sub("", text)).split())


def terminal(text: str) -> str:
    """The text fit for a terminal or a page: line breaks and spaces stay, hidden and steering characters go."""
    return _HIDDEN.sub("", _ESCAPES.sub("", text))


def cell(text: str) -> str:
    """A value for a spreadsheet: text that a spreadsheet would run as a formula gets a quote mark before it.

    So does text that begins with such a mark: whoever reads the cells takes one mark off where one stands first, and
    has the text again.

    >>> cell("=HYPERLINK(1)"), cell("-0.31"), cell("9,000"), cell("'tis")
    ("'=HYPERLINK(1)", '-0.31', '9,000', "''tis")
    """
    shown = plain(text)
    if text.startswith(_FORMULA) or shown.startswith(_FORMULA):
        try:
            float(shown)
        except ValueError:
            return "'" + shown
    return shown


def link(url: str | None) -> str | None:
    """The address of an original if a reader may follow it (http or https, a host, no white space), else None.

    >>> link("https://example.org/a"), link("javascript:alert(1)"), link(None)
    ('https://example.org/a', None, None)
    """
    if url is None or len(url) > 2000 or plain(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def json_line(value: Mapping[str, object]) -> str:
    r"""One JSON object on one line, whatever its texts hold; it parses back to exactly the same value.

    Characters that some programs take for the end of a line, and those that steer a terminal, are written as
    ``\uXXXX``.

    >>> json_line({"text": "a\u2028b"})
    '{"text": "a\\u2028b"}'
    """
    return escaped(json.dumps(value, ensure_ascii=False, allow_nan=False))


def json_text(value: object) -> str:
    """A JSON value over several lines, with the same characters escaped."""
    return escaped(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1))


def escaped(text: str) -> str:
    """JSON that is written already, with the characters escaped that break lines or steer a terminal."""
    return _BREAKS_LINES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
