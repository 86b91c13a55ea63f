"""When two units are the same: one spelling for each, the same for every system."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from benchmarks.extraction.shapes import Quantity

_TABLE = Path(__file__).with_name("units.toml")


@cache
def _spellings() -> dict[str, str]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["same"]
    return {spelling.lower(): name for name, spellings in table.items() for spelling in spellings}


@cache
def _people() -> frozenset[str]:
    words: list[str] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["people"]
    return frozenset(words)


@cache
def spelled(unit: str) -> str:
    """The one spelling of a unit: lower case, singular, abbreviations written out.

    >>> spelled("Percentage"), spelled("km/h"), spelled("FA Cup finals"), spelled("-")
    ('percent', 'kilometer per hour', 'fa cup final', '')
    """
    text = " ".join(unit.split()).strip(" -")
    exact = _spellings().get(text.lower())
    if exact is not None:
        return exact
    words = [_singular(word) for word in text.lower().replace("metre", "meter").replace("litre", "liter").split()]
    joined = " ".join(words)
    return _spellings().get(joined, joined)


def same_unit(gold: Quantity, mine: Quantity) -> bool:
    """The whole unit phrase agrees with the corpus's normalised one (or its words as they stand)."""
    if spelled(gold.unit) == "":
        return spelled(mine.unit) == ""
    return spelled(mine.unit) == spelled(gold.unit) or (mine.unit != "" and spelled(mine.unit) == spelled(gold.of))


def same_thing(gold: Quantity, mine: Quantity) -> bool:
    """The same thing is counted: the unit agrees, or its head noun; an age in years is in years.

    A system that puts people as "person" and names them in the phrase counted agrees where that phrase has the
    corpus's noun. What a price is per, and whose dollars they are, is part of the unit and must be there.

    >>> gold = Quantity(ends=(7.0,), unit="european country", of="European countries")
    >>> same_thing(gold, Quantity(ends=(7.0,), unit="country")), same_unit(gold, Quantity(ends=(7.0,), unit="country"))
    (True, False)
    """
    if same_unit(gold, mine):
        return True
    want, have = spelled(gold.unit), spelled(mine.unit)
    if not want or not have:
        return False
    if want.startswith("%"):  # a share of something: the corpus writes "% Germans"
        return have in {"percent", "fraction"}
    if want.endswith(" of age"):
        return have == want.removesuffix(" of age")
    if " per " in want or _is_money(want):
        return False
    head = _head(want)
    if have == "person":
        return head in _people() or head in {_singular(word) for word in re.findall(r"\w+", mine.of.lower())}
    return have in {head, _head(spelled(gold.of))} or (_head(have) == head and not _is_money(have))


def _is_money(unit: str) -> bool:
    return unit.rpartition(" ")[2] in {"dollar", "yen", "sterling", "euro", "yuan", "krone", "ringgit", "kuna", "crown"}


def _head(phrase: str) -> str:
    """The last word before a preposition."""
    before = re.split(r" (?:of|in|for|to|with|on) ", phrase)[0]
    words = before.split()
    return words[-1] if words else ""


def _singular(word: str) -> str:
    irregular = {"feet": "foot", "men": "man", "people": "person", "children": "child", "inches": "inch"}
    if word in irregular:
        return irregular[word]
    if word.endswith("men") and len(word) > 5:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "uses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
