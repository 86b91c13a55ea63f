"""The dateline of a wire report: "EL OBEID, Sudan (Agency) - ", which is no part of the sentence behind it."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from tocsin.text.places import lookup

_LONGEST = 200
_UP, _ANY = r"[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ]", r"[^\W\d_]"
_CAPITALS = rf"{_UP}(?:[.'’-]?{_UP})+\.?"
_TITLED = rf"(?:{_UP}[\w.'’-]*|of|the|de|el|al|ad|ar|la)"
_TOWN = rf"{_CAPITALS}(?:[ /-]{_CAPITALS}){{0,3}}"
_PLACE = rf"(?!The\s){_UP}{_ANY}[\w.'’-]*(?:\s{_TITLED}){{0,3}}"
_MONTH = (
    "(?:"
    + "|".join(name for name in calendar.month_name if name)
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s(?:19|20)\d\d)?"
_WEEKDAY = "(?:" + "|".join(calendar.day_name) + r")"
_DATE = rf"(?i:{_WEEKDAY},?\s)?(?i:{_MONTH}\s{_DAY}|{_DAY}\s{_MONTH}){_YEAR}|(?i:{_WEEKDAY})"
_BRACKET = rf"\((?P<named>{_UP}[\w .&/'’-]{{1,40}})\)"
_DASH = r"\s?(?:—|–|--)\s?|\s-{1,2}\s"
_BY = rf"(?:(?i:by)\s{_PLACE},\s)?"
_STARTS = r"(?=[\"“„«‘']?[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ0-9])"
_FORMS = tuple(
    re.compile(rf"\s*{_BY}{form}(?:{_DASH}){_STARTS}")
    for form in (
        rf"(?P<town>{_TOWN})(?P<more>(?:,\s{_PLACE}){{1,2}})?(?:,\s(?P<date>{_DATE}))?(?:,?\s{_BRACKET})?",
        rf"(?P<town>{_PLACE})(?P<more>(?:,\s{_PLACE}){{1,2}})?,\s(?P<date>{_DATE})(?:,?\s{_BRACKET})?",
        rf"(?P<town>{_PLACE})(?P<more>(?:,\s{_PLACE}){{1,2}})?\s{_BRACKET}",
        rf"(?:(?P<date>{_DATE})(?:,?\s{_BRACKET})|(?P<bare>{_BRACKET.replace('named', 'alone')}))",
    )
)
_SHORT = 5
"""A word in capitals of at most so many letters may be the name of a body: "NATO – Russia relations"."""
_OPENERS = frozenset(
    (
        *("the", "a", "an", "at", "in", "on", "some", "several", "many", "two", "three", "four", "five"),
        *("dozens", "hundreds", "thousands", "residents", "fighting"),
    )
)
_REGION = re.compile(r"(?i)\b(?:state|region|province|oblast|district|county|governorate|republic)$")


class Dateline(NamedTuple):
    """Where a dateline ends in its text, and the agency it names, None where it names none."""

    stop: int
    agency: str | None


def dateline(text: str, start: int, stop: int) -> Dateline | None:
    """The dateline with which a stretch of text begins, None where it begins with none.

    A town in capitals, with its country, a date and an agency in brackets or without them; a town in small letters
    with a date or an agency; a date or nothing with a bracket. A dash ends it, and a sentence begins behind it. A
    bracket behind a town is an agency, unless it is a place itself; without a town it is the town.

    >>> line = "EL OBEID, Sudan (Northwire) - The army moved."
    >>> found = dateline(line, 0, len(line))
    >>> line[found.stop :], found.agency
    ('The army moved.', 'Northwire')
    >>> dateline("NATO - Russia relations are poor.", 0, 33) is None
    True
    """
    head = text[start : min(stop, start + _LONGEST)]
    for form in _FORMS:
        found = form.match(head)
        if found is None:
            continue
        given = found.groupdict()
        town = given.get("town")
        alone = not any(given.get(key) for key in ("more", "date", "named"))
        if town is not None and alone and not _is_town(town, head[found.end() :]):
            continue
        named = given.get("named") if town is not None else None
        return Dateline(start + found.end(), named if named is not None and not _is_place(named) else None)
    return None


def _is_town(town: str, behind: str) -> bool:
    """Is a name in capitals that stands alone a town, rather than a body or a heading's first word?"""
    if len(town) > _SHORT or lookup(town):
        return True
    first = re.match(r"[\"“„«‘']?(\w+)", behind)
    return first is not None and (first.group(1).lower() in _OPENERS or first.group(1).isdigit())


def _is_place(name: str) -> bool:
    return bool(lookup(name)) or _REGION.search(name) is not None
