"""Markdown: front matter read strictly, text without markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tocsin.errors import ReadError

if TYPE_CHECKING:
    from markdown_it.token import Token

_KEYS = {
    "title": "title",
    "source": "outlet",
    "outlet": "outlet",
    "publisher": "outlet",
    "author": "author",
    "published": "published",
    "date": "published",
    "retrieved": "retrieved",
    "url": "url",
    "lang": "lang",
    "language": "lang",
    "handling": "handling",
    "tlp": "handling",
}
_LINE = re.compile(r"(?P<key>[A-Za-z_][\w -]*?)\s*:(?:\s+(?P<value>.*))?")
_LONGEST_FRONT = 60
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Parts(NamedTuple):
    """The known keys of the front matter, each with its line number, and the rest of the text."""

    front: Mapping[str, tuple[str, int]]
    body: str


def split_front(text: str, *, name: str) -> Parts:
    r"""Take the front matter off: ``key: value`` lines between two lines of three hyphens at the very top.

    Keys that this reader does not know are passed over with the lines indented under them.

    Raises:
        ReadError: A line is no ``key: value``, or a key that matters is given twice; file, line and cure are named.

    >>> split_front("---\ntitle: A day\n---\nText.", name="r.md").front
    {'title': ('A day', 2)}
    """
    lines = text.split("\n", _LONGEST_FRONT + 2)
    if lines[0].rstrip() != "---":
        return Parts({}, text)
    end = next((n for n, line in enumerate(lines[1 : _LONGEST_FRONT + 2], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        return Parts({}, text)
    front: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines[1:end], 2):
        if not line.strip() or line[0] in " \t#-":
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise ReadError(f"{name}: line {number}: {line[:60]!r} is no 'key: value' (write for example 'title: …')")
        key = _KEYS.get(found.group("key").lower())
        value = _unquoted(found.group("value") or "")
        if key is None or not value:
            continue
        if key in front:
            raise ReadError(f"{name}: line {number}: {found.group('key')!r} is given twice (keep one of the two)")
        front[key] = (value, number)
    return Parts(front, "\n".join(lines[end + 1 :]))


def _unquoted(value: str) -> str:
    """A value without the quotation marks around it."""
    stripped = value.strip()
    if len(stripped) >= 2 and stripped[0] == stripped[-1] and stripped[0] in "\"'":
        return stripped[1:-1]
    return stripped


def plain(body: str) -> str:
    r"""The text of Markdown: one line per paragraph, heading, list item or table cell; no markup.

    >>> plain("# Title\n\nOne *two*\nthree [four](https://example.org).\n\n- item")
    'Title\n\nOne two three four.\n\nitem'
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    return "\n\n".join(line for line in (" ".join(text.split(" ")).strip() for text in _blocks(tokens)) if line)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of each block in order."""
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inline(token.children or ()))
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block":
            yield _without_tags(token.content)


def _without_tags(source: str) -> str:
    """A block of HTML without comments and tags."""
    first, *rest = source.split("<!--")
    kept = first + "".join(piece.partition("-->")[2] for piece in rest)
    return html.unescape(_TAG.sub(" ", kept))


def _inline(children: Sequence[Token]) -> Iterator[str]:
    """The text of the pieces of one block; a soft line break is a space, tags say nothing."""
    for child in children:
        if child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield "\n"
        elif child.type in ("text", "code_inline", "text_special") or child.type == "image":
            yield child.content
