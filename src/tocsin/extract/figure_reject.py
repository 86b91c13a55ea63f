"""Numbers that are no quantities: dates, names, labels, telephone numbers, scores, list numerals."""

from __future__ import annotations

import re

from tocsin.extract.figure_sentence import Sentence
from tocsin.extract.figure_words import is_one_of, is_plural, measures, unit_at, words
from tocsin.model.report import Span
from tocsin.text.dates import MONTHS, WEEKDAYS, calendar
from tocsin.text.numbers import Atom, Number

_NO_QUANTITY = re.compile(
    r"""
      ^\s*(?:\(?\d{1,3}[.)]|\[\d{1,3}\])(?=\s)                 # a list's numeral
    | \[\d{1,3}(?:[,–-]\s?\d{1,3})*\]                           # a reference
    | \+\d[\d\s().-]{7,}\d                                      # telephone
    | \(\d{2,5}\)\s?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d{2,4})?
    | \b\d{3}-\d{3}-\d{4}\b
    | \b(?:19|20)\d\ds\b                                       # 2018s, as careless typists have it
    | \b\d+(?:\.\d+)?\s?[×x]\s?10[−^-]?\d+                     # powers of ten
    | \b\d{1,5}(?:[-–]\d{1,5})?\s(?:[A-Z][\w.]*\s){1,4}
      (?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Way|Square|Quay)\b
    | \b\d{1,5}\s(?:Ave|Rue|Via|Calle)\s[A-Z]
    | \b\d{1,3}(?:\.\d+)?°(?:\s?\d{1,2}(?:\.\d+)?[′'])?(?:\s?[\d.]+[″"])?\s?[NSEW]\b   # coordinates
    | \b(?:24/7|9/11|50/50|50-50)\b
    | (?<=,\s)\d{1,2}(?=,\s)                                     # an age
    """,
    re.VERBOSE,
)
_YEAR_BEFORE = frozenset({
    "in", "since", "by", "until", "till", "during", "early", "late", "mid", "spring", "summer", "autumn", "fall",
    "winter", "year", "throughout",
})  # fmt: skip


def masks(text: str, span: Span) -> list[Span]:
    """Where a sentence holds digits that are no quantity, whatever stands around them."""
    found = list(calendar(text, span))
    found += [
        Span(span.start + match.start(), span.start + match.end())
        for match in _NO_QUANTITY.finditer(text[span.start : span.stop])
    ]
    return found


def _text(items: list[Atom], at: int) -> str:
    return items[at].lower if 0 <= at < len(items) else ""


def _stops(item: Atom) -> bool:
    return item.lower in words("noun_phrase", "stops")


def is_year(items: list[Atom], number: Number) -> bool:
    """Is it a year: four digits, and neither a sign of money nor a thing counted beside them?"""
    item = items[number.first]
    if number.last != number.first + 1 or not re.fullmatch(r"1[5-9]\d\d|2[01]\d\d", item.text):
        return False
    before = items[number.first - 1] if number.first else None
    if before is not None and before.kind == "money":
        return False
    following = unit_at(items, number.last)
    if before is not None and (before.lower in _YEAR_BEFORE or before.lower in MONTHS):
        return following is None or number.value > 1900
    at = number.last
    while at < min(number.last + 4, len(items)) and items[at].kind == "word" and not _stops(items[at]):
        if unit_at(items, at) is not None and not is_one_of(items[at].lower):
            return False
        at += 1
    return 1900 < number.value < 2060 or not is_plural(_text(items, number.last))


def is_label(said: Sentence, number: Number) -> bool:
    """Does the number name rather than count: "Leopard 2", "Resolution 2202", "5G", "Article 5"?"""
    items = said.items
    before = items[number.first - 1] if number.first else None
    behind = items[number.last] if number.last < len(items) else None
    small = not number.spelled and number.scale == 1 and "," not in items[number.first].text and number.value < 10_000
    unit = unit_at(items, number.last) if behind is not None else None
    if items[number.first].text[0] == "0" and items[number.first].text.isdigit() and number.value >= 1:
        return True  # "at 0430"
    if behind is not None and behind.glued and behind.lower == "s":
        return True  # "in his 40s"
    governor = said.governor(number.first)
    if before is not None and governor == number.first - 1 and said.relation(number.first) == "flat":
        return small or number.spelled
    if small and behind is not None and behind.glued and unit is None:
        if behind.kind == "name" or (behind.kind == "word" and len(behind.text) == 1 and behind.text.isupper()):
            return True
        if behind.text == "/" and number.last + 1 < len(items) and items[number.last + 1].kind == "number":
            return True
    if before is None:
        return False
    if small and before.lower in {"and", "or"} and number.first > 1 and _is_designation(items[number.first - 2]):
        return True  # "Shahed-136 and 131 drones"
    if small and before.text == "/" and number.first > 1 and items[number.first - 2].kind in {"number", "name"}:
        return True
    if small and before.text != before.lower and before.lower in words("one", "numbered"):
        return unit is None or unit.name not in measures()
    if small and before.text == "-" and before.glued and items[number.first].glued and number.first > 1:
        return items[number.first - 2].kind == "word" and items[number.first - 2].lower not in {"minus", "sub", "now"}
    if before.text == "." and number.first > 1 and items[number.first - 2].lower in {"no", "nos"}:
        return True
    if before.lower in words("one", "labels") and unit is None and number.scale == 1:
        return True
    if number.spelled and before.lower in words("one", "labels_of_words"):
        return True
    if not (small and before.kind == "word" and before.text[0].isupper() and number.first > 1):
        return False
    if before.lower in MONTHS or before.lower in WEEKDAYS or unit is not None or not number.value.is_integer():
        return False
    if behind is None or behind.kind != "word" or not behind.text[0].islower():
        return True
    return behind.lower in {"and", "or", "from", "in", "at", "on", "with", "of", "by", "for", "to"}


def _is_designation(item: Atom) -> bool:
    """Is it a name of a weapon that ends with a number, as "Shahed-136"?"""
    return item.kind == "name" and item.text[-1].isdigit() and not item.text.isdigit()


def is_rank(items: list[Atom], number: Number) -> bool:
    """Is it a rank by stars: "a three-star general"?"""
    return [item.lower for item in items[number.last : number.last + 2]] == ["-", "star"]


def is_empty_one(items: list[Atom], number: Number) -> bool:
    """Is it a "one" that counts nothing: "one of", "no one", "the one who", "one another"?"""
    if number.last != number.first + 1 or items[number.first].lower != "one":
        return False
    if _text(items, number.first - 1) == "to" and any(item.lower == "from" for item in items[: number.first - 1]):
        return False  # "from three battalions to one"
    before, behind = _text(items, number.first - 1), items[number.last] if number.last < len(items) else None
    if (
        behind is None
        or behind.kind not in {"word", "mark"}
        or before in words("one", "not_before")
        or before.endswith("er")
    ):
        return True
    if behind.kind == "mark":
        return not (behind.text == "-" and behind.glued and unit_at(items, number.last + 1) is not None)
    return behind.lower in words("one", "not_after") or _stops(behind)


_TIMES = frozenset({"minute", "hour", "day", "night", "week", "month", "year", "decade", "century"})
_AWAY = frozenset({"ago", "earlier", "hence", "later", "before", "after"})
_WINDOWS = frozenset({"past", "last", "next", "previous", "coming", "preceding", "following"})


def is_distance(items: list[Atom], unit: str | None, first: int, after: int) -> bool:
    """Is it a distance in time, which sets a date: "three days ago", "in the past five weeks"?

    "Over the past five weeks" and "for the last two days" say how long something went on, so they are none.

    Args:
        items: The atoms.
        unit: What the number counts.
        first: Where the number, with the words that bound it, begins.
        after: The first atom behind number and unit.
    """
    window = [_text(items, first - 3), _text(items, first - 2)] if _text(items, first - 1) in _WINDOWS else []
    return unit in _TIMES and (_text(items, after) in _AWAY or window[-1:] == ["in"] or window == ["in", "the"])
