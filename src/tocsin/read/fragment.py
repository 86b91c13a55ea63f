"""A piece of HTML, as feeds and mails carry it, to plain paragraphs. Nothing is left out but markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object"])
_SPACE = re.compile(r"[^\S\n]+")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#][\w#]{1,9};")
_LONGEST = 2_000_000
_MOST_QUOTED = 5_000_000
"""Quoted blocks times characters: beyond that what a page quotes is not marked, for it would take too long."""


def has_markup(text: str) -> bool:
    """Does a text look like HTML?

    >>> has_markup("a <b>word</b>"), has_markup("3 < 4 & more")
    (True, False)
    """
    return _MARKUP.search(text) is not None


def paragraphs(source: str) -> str:
    r"""The text of a piece of HTML: one line per block, blank lines between; scripts and styles go.

    >>> paragraphs("<p>One <b>bold</b> word.</p><script>x()</script><ul><li>Two</li></ul>")
    'One bold word.\n\nTwo'
    """
    import lxml.etree  # type: ignore[import-untyped]
    import lxml.html  # type: ignore[import-untyped]

    try:
        tree = lxml.html.fragment_fromstring(source[:_LONGEST].replace("\x00", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    lines = ("".join(_words(tree))).split("\n")
    return "\n\n".join(line for line in (_SPACE.sub(" ", line).strip() for line in lines) if line)


def own_words(source: str) -> tuple[str, bool]:
    """A message without the messages it quotes as blocks, and whether it quotes any; one that only quotes is kept.

    >>> own_words("<p>I agree.</p><blockquote>Is the ford open?</blockquote>")
    ('<div><p>I agree.</p></div>', True)
    """
    import lxml.etree
    import lxml.html

    if "<blockquote" not in source.lower():
        return source, False
    try:
        tree = lxml.html.fragment_fromstring(source.replace("\x00", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return source, False
    for quoted in list(tree.iter("blockquote")):
        if quoted.getparent() is not None:
            quoted.drop_tree()
    own = lxml.html.tostring(tree, encoding="unicode")
    return (own, True) if paragraphs(own) else (source, False)


def quoted_lines(source: str) -> str:
    r"""The text of a piece of HTML, the lines of what it quotes as blocks marked with ">" as plain mail marks them.

    >>> quoted_lines("<p>I agree.</p><blockquote>Is the ford open?<br>Yes.</blockquote>")
    'I agree.\n\n> Is the ford open?\n\n> Yes.'
    """
    import lxml.etree
    import lxml.html

    try:
        tree = lxml.html.fragment_fromstring(source[:_LONGEST].replace("\x00", ""), create_parent="div")
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    quoted = list(tree.iter("blockquote"))
    for block in reversed(quoted if len(quoted) * len(source) <= _MOST_QUOTED else ()):  # the inner ones first
        tail, block.tail = block.tail, None
        lines = paragraphs(lxml.html.tostring(block, encoding="unicode")).split("\n\n")
        block.clear()
        block.tag, block.tail = "div", tail
        for line in lines:
            lxml.etree.SubElement(block, "p").text = f"> {line}"
    return paragraphs(lxml.html.tostring(tree, encoding="unicode"))


def _words(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """The text in order, a line feed wherever a block begins or ends. No recursion: depth costs nothing."""
    import lxml.etree

    silent: Any = None
    for event, node in lxml.etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and silent is None:
            if tag in _SILENT:
                silent = node
                continue
            if tag in _BLOCKS:
                yield "\n"
            if node.text:
                yield node.text.replace("\n", " ")
        elif event in {"end", "comment", "pi"}:
            if silent is node:
                silent = None
            if silent is None:
                if tag in _BLOCKS:
                    yield "\n"
                if node.tail and node is not tree:
                    yield node.tail.replace("\n", " ")
