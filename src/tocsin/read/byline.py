"""Who wrote and who published, as the first lines of a text say it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.read.clean import clean
from tocsin.text.dateline import dateline

_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ][\w.'’-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:de|van|von|der|al|bin|la|di)\s+)?{_WORD}){{1,3}}"
_KIND = (
    r"(?:(?:an?\s+|the\s+)?"
    r"(?:article|story|report|analysis|text|column|opinion|commentary|interview|reporting|written)\s+)?"
)
_POST = re.compile(r"(?i)\b(?:editor|reporter|correspondent|writer|observer|staff|analyst)\b")
_BY = re.compile(
    rf"\s*(?i:{_KIND}by)[:\s]\s*(?P<name>{_NAME}(?:(?:,|,?\s+and)\s+{_NAME}){{0,4}}?)\s*(?:(?:[,|(–—-]|\s(?=(?:of|for|at)\s))\s*(?P<rest>.*))?"
)
_FROM = re.compile(r"(?:^|\s)(?:of|for|at|with)\s+(?:the\s+(?=[A-Z]))?(?P<outlet>[A-ZА-ЯІЇЄҐ0-9][^,;|()]*)$")
_SOURCE = re.compile(r"\s*(?i:source|outlet|publisher|published by)\s*:\s*(?P<outlet>[^:;]{2,80}?)\s*")
_LINES = 5
_LONGEST_LINE = 200


class Byline(NamedTuple):
    """Author and outlet as the report gives them; None where it does not."""

    author: str | None
    outlet: str | None


def byline(text: str) -> Byline:
    r"""Read the byline or dateline in the first lines: "By NAME, correspondent of OUTLET"; "CITY (AGENCY) – …".

    The outlet is what follows the last "of", "for" or "at" behind the name, or a name that stands there alone; in a
    dateline the agency in brackets, where it is no place.

    >>> byline("report by ANNA MARIA KOVAL, observer of the foreign desk of The Ridge Post\nText.")
    Byline(author='Anna Maria Koval', outlet='The Ridge Post')
    >>> byline("KYIV, Dec 2 (Northwire) - Troops moved.").outlet
    'Northwire'
    >>> byline("By noon the road was open.")
    Byline(author=None, outlet=None)
    """
    author: str | None = None
    outlet: str | None = None
    for line in text[: 20 * _LONGEST_LINE].split("\n")[:_LINES]:
        wire = dateline(line, 0, len(line))
        if wire is not None and outlet is None:
            outlet = wire.agency
        if len(line) > _LONGEST_LINE:
            continue
        source = _SOURCE.fullmatch(line)
        if source is not None and outlet is None:
            outlet = source.group("outlet")
        by = _BY.fullmatch(line)
        if by is not None and author is None and not line.rstrip().endswith((".", "?", "!")):
            author = _cased(by.group("name"))
            outlet = outlet or _outlet(by.group("rest") or "")
    return Byline(clean(author), clean(outlet))


def _cased(name: str) -> str:
    """A name set in capitals, in ordinary case; initials stay."""
    return " ".join(
        "-".join(part.capitalize() for part in word.split("-")) if word.isupper() and len(word) > 3 else word
        for word in name.split()
    )


def _outlet(rest: str) -> str | None:
    """The outlet in what follows the name."""
    stripped = rest.strip(" )|,")
    found: str | None = None
    for part in re.split(r"\s(?=(?:of|for|at|with)\s)", f" {stripped}"):
        named = _FROM.search(part)
        if named is not None:
            found = named.group("outlet").strip()
    if found is not None:
        return f"The {found}" if re.search(rf"\bThe {re.escape(found)}$", stripped) else found
    alone = re.fullmatch(rf"(?:The\s+)?{_WORD}(?:\s+{_WORD}){{0,3}}", stripped)
    return (
        stripped
        if alone and not re.search(r"(?i)\b(?:editor|reporter|correspondent|writer|observer|staff|analyst)\b", stripped)
        else None
    )
