"""Numbers in words and digits, read at a place in a text."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from tocsin.model.report import Span
from tocsin.text.lang import load
from tocsin.text.tokens import plain

_LISTS = load("en")
ONES: dict[str, int] = dict(_LISTS["ones"])
TENS: dict[str, int] = dict(_LISTS["tens"])
SCALES: dict[str, int] = dict(_LISTS["scales"])
LOOSE: dict[str, int] = dict(_LISTS["loose"])
FRACTIONS: dict[str, float] = dict(_LISTS["fractions"])

_BEFORE_SHARES = frozenset({
    "up", "down", "rose", "fell", "grew", "dropped", "shrank", "lost", "climbed", "gained", "to", "by", "than",
    "nearly", "almost", "about", "around", "roughly", "over", "only",
})  # fmt: skip
_AFTER_SHARES = frozenset({
    "in", "since", "on", "from", "to", "between", "during", "after", "last", "this", "compared", "for", "and", "but",
    "at", "within", "over", "before", "while", "because", "overnight",
})  # fmt: skip

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?![\d])"
    r"|\d{1,3}(?:[ ]\d{3})+(?![\d,.]\d|\d)|\d+\.\d+|(?<![\d.])\.\d+|\d+"
)
_ATOM = re.compile(
    rf"""
      (?P<skip>(?:https?://|www\.)\S+ | [\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]{{1,64}} | [@\#]\w+
        | \d+(?:\.\d+){{2,}} | \d+(?:st|nd|rd|th)\b)
    | (?P<money>(?:(?:US|HK|NZ|A|C|S)\s?)?[$](?:US|NZ|A|C)?|[€£₴¥₽₪]|Y=
        |\b(?:USD|EUR|GBP|UAH|RUB|PLN|JPY|CNY|CHF)(?=\s?\d)
        |\b[A-Z]{{1,3}}(?=\d{{1,3}}(?:,\d{{3}})+|\d+\.\d\d(?!\d)|\d+(?:\.\d+)?(?:bn|m|k|tn)\b))
    | (?P<name>[A-ZА-ЯІЇЄ][^\W\d_]{{0,30}}(?:[-‐‑–][^\W\d_]{{1,30}}){{0,2}}[-‐‑–]?\d[\w‐‑-]*
        | [^\W\d_]{{1,30}}\d\w*)                                               # T-72, F16, Shield-2023
    | (?P<number>{_DIGITS})
    | (?P<word>(?:[^\W\d_]\.){{2,}}|[^\W\d_]+(?:['’][^\W\d_]+)*)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)


_COUNTS = re.compile(
    r"\d|\b(?:" + "|".join([*ONES, *TENS, *SCALES, *LOOSE, *FRACTIONS]) + r"|an?\s+\w+)\b", re.IGNORECASE
)


class Atom(NamedTuple):
    """The smallest piece that the grammar of figures looks at.

    ``kind`` is number, word, money, mark, name (letters grown together with digits) or skip; ``glued`` says
    that no white space stands before it.
    """

    kind: str
    text: str
    lower: str
    start: int
    stop: int
    glued: bool


class Number(NamedTuple):
    """A number read from atoms ``first`` up to ``last``, exclusive.

    ``scale`` is the scale word at its end (1,000 in "170 thousand"), 1 without one.
    ``high`` differs from ``value`` for loose numbers such as "thousands" (1,000 to 10,000); ``rough`` is "a couple of".
    """

    value: float
    high: float
    scale: float
    first: int
    last: int
    fraction: bool = False
    rough: bool = False
    spelled: bool = False

    @property
    def raw(self) -> float:
        """The value before its last scale word: 170 of "170 thousand"."""
        return self.value / self.scale


def atoms(text: str, span: Span | None = None) -> list[Atom]:
    """Cut a text, or one span of it, into atoms; hyphenated words fall apart at their hyphens."""
    start, stop = span if span is not None else (0, len(text))
    found: list[Atom] = []
    end = -1
    for match in _ATOM.finditer(text, start, stop):
        kind = match.lastgroup or "mark"
        found.append(Atom(kind, match.group(), plain(match.group()), match.start(), match.end(), match.start() == end))
        end = match.end()
    return found


def may_count(text: str, span: Span) -> bool:
    """Can a number stand here at all: a digit, or a word for a number?"""
    return _COUNTS.search(text, *span) is not None


def _value(digits: str) -> float:
    return float(re.sub(r"[,\s]", "", digits))


def _hyphen(items: list[Atom], at: int) -> bool:
    """Is there a hyphen glued between two words here?"""
    return at + 1 < len(items) and items[at].text in "-‐‑" and items[at].glued and items[at + 1].glued


def _spelled_below_hundred(items: list[Atom], at: int) -> tuple[int, int] | None:
    """(value, next atom) of "seven", "forty", "forty-five"."""
    word = items[at].lower
    if word in ONES:
        return ONES[word], at + 1
    if word in TENS:
        after = at + 2 if _hyphen(items, at + 1) else at + 1
        if after < len(items) and 0 < ONES.get(items[after].lower, 0) < 10:
            return TENS[word] + ONES[items[after].lower], after + 1
        return TENS[word], at + 1
    return None


def _scale(items: list[Atom], at: int, *, money: bool) -> tuple[float, int] | None:
    """The scale word at a place, and the atom after it."""
    if at >= len(items):
        return None
    here = items[at]
    if here.kind == "mark" and _hyphen(items, at) and items[at + 1].lower in SCALES:
        at, here = at + 1, items[at + 1]
    if here.lower in SCALES:
        return SCALES[here.lower], at + 1
    if here.glued and items[at - 1].kind == "number":
        if here.lower == "k" or (here.text == "m" and money) or here.text == "M":
            return (1e3 if here.lower == "k" else 1e6), at + 1
        if here.lower == "b" and money:
            return 1e9, at + 1
    return None


def _grow(items: list[Atom], at: int, value: float, *, money: bool) -> tuple[float, float, int]:
    """Apply the scale words that follow: (value, last scale, next atom)."""
    scale = 1.0
    while (step := _scale(items, at, money=money)) is not None:
        scale, at = step
        value *= scale
    return value, scale, at


def _loose(items: list[Atom], at: int) -> Number | None:
    """Thousands, tens of thousands, several hundred."""
    word = items[at].lower
    if word in LOOSE:
        low, after = float(LOOSE[word]), at + 1
        while after + 1 < len(items) and items[after].lower == "of" and items[after + 1].lower in LOOSE:
            low, after = low * LOOSE[items[after + 1].lower], after + 2
        if word == "tens" and after == at + 1:
            return None
        return Number(low, low * 10, low, at, after, spelled=True)
    if [item.lower for item in items[at : at + 3]] == ["a", "couple", "of"]:
        value, scale, after = _grow(items, at + 3, 2.0, money=False)
        return Number(value, value, scale, at, after, rough=True, spelled=True)
    few = 1 if word == "several" else 2 if word == "a" and at + 1 < len(items) and items[at + 1].lower == "few" else 0
    if few and at + few < len(items) and items[at + few].lower in SCALES:
        scale, _, after = _grow(items, at + few, 1.0, money=False)
        return Number(2 * scale, 9 * scale, scale, at, after, spelled=True)
    return None


def _one_in(items: list[Atom], at: int) -> Number | None:
    """One in three, seven out of ten."""
    parts: list[float] = []
    for here in (at, at + (3 if at + 2 < len(items) and items[at + 2].lower == "of" else 2)):
        if here >= len(items):
            return None
        item = items[here]
        parts.append(_value(item.text) if item.kind == "number" else ONES.get(item.lower, 0))
    joint = [item.lower for item in items[at + 1 : at + 3]]
    out_of = joint == ["out", "of"]
    spelled = items[at].lower == "one" or (parts[1] == int(parts[1]) and items[at].kind == items[at + 2].kind == "word")
    if not (out_of or (joint[0] == "in" and spelled)) or not 0 < parts[0] < parts[1] <= 100:
        return None
    value = parts[0] / parts[1]
    return Number(value, value, 1, at, at + (4 if out_of else 3), fraction=True, spelled=True)


def _fraction(items: list[Atom], at: int) -> Number | None:
    """A third, two-thirds, half of, half as many; 1/16."""
    words = [item.lower for item in items[at : at + 5]] + [""] * 5
    share = _one_in(items, at)
    if share is not None:
        return share
    slash = words[1] in {"/", "⁄"} and words[2] != ""
    if items[at].kind == "number" and slash and items[at + 1].glued and items[at + 2].kind == "number":
        below = _value(items[at + 2].text)
        if below > 1 and items[at + 2].glued and words[3] == "of" and not (at and items[at - 1].text in "/⁄"):
            value = _value(items[at].text) / below
            return Number(value, value, 1, at, at + 3, fraction=True)
        return None
    if words[0] == "half":
        if words[1] in {"a", "an"} and words[2] in SCALES:
            scale, _, after = _grow(items, at + 2, 1.0, money=False)
            return Number(scale / 2, scale / 2, scale, at, after, spelled=True)
        if words[1] in {"a", "an", "of", "the", "as", "its", "their", "his", "our", "these", "those", "that", "this"}:
            return Number(0.5, 0.5, 1, at, at + 1, fraction=True, spelled=True)
        return None
    parts = 1 if words[0] in {"a", "one"} else ONES.get(words[0], 0)
    part = at + 2 if _hyphen(items, at + 1) else at + 1
    if not parts or part >= len(items) or items[part].lower not in FRACTIONS:
        return None
    name, following = items[part].lower, items[part + 1].lower if part + 1 < len(items) else ""
    if (parts > 1) != name.endswith("s"):
        return None
    if parts == 1 and words[0] != "one" and following not in {"of", "as", "less", "more", "fewer"}:
        by = at > 0 and items[at - 1].lower in _BEFORE_SHARES
        if not by or (part + 1 < len(items) and items[part + 1].kind == "word" and following not in _AFTER_SHARES):
            return None
    value = parts * FRACTIONS[name]
    if following == "of" and part + 3 < len(items) and items[part + 2].lower == "a" and items[part + 3].lower in SCALES:
        scale, _, end = _grow(items, part + 3, 1.0, money=False)
        return Number(value * scale, value * scale, scale, at, end, spelled=True)
    return Number(value, value, 1, at, part + 1, fraction=True, spelled=True)


def _plus_half(items: list[Atom], at: int, value: float) -> tuple[float, int]:
    """Two "and a half"."""
    if [item.lower for item in items[at : at + 3]] == ["and", "a", "half"]:
        return value + 0.5, at + 3
    return value, at


def _spelled(items: list[Atom], at: int) -> Number | None:
    """Seven, forty-five, three hundred and twenty, two and a half million, a dozen."""
    start = at
    if items[at].lower in {"a", "an", "another"} and at + 1 < len(items) and items[at + 1].lower in SCALES:
        value, scale, at = _grow(items, at + 1, 1.0, money=False)
        return Number(value, value, scale, start + (items[start].lower == "another"), at, spelled=True)
    total = current = 0.0
    ceiling, last_scale, after_small = math.inf, 1.0, False
    while at < len(items):
        step = at + 1 if items[at].lower == "and" and at > start and not after_small else at
        small = _spelled_below_hundred(items, step) if step < len(items) and not after_small else None
        if small is not None and (current == 0 or current % 100 == 0):
            value, at = _plus_half(items, small[1], small[0])
            current, after_small, last_scale = current + value, True, 1.0
            continue
        scaled = _scale(items, at, money=False) if current else None
        if scaled is None or scaled[0] >= ceiling:
            break
        last_scale, at = scaled
        after_small = False
        if last_scale == 100 and current < 100:
            current *= 100
        else:
            total, current, ceiling = total + current * last_scale, 0.0, last_scale
    if at == start:
        return None
    value = total + current
    return Number(value, value, last_scale, start, at, spelled=True)


def number_at(items: list[Atom], at: int, *, money: bool = False) -> Number | None:
    """The number that begins at an atom, or None.

    Args:
        items: The atoms of the text.
        at: Index of the atom to begin at.
        money: Does a sign of currency stand before it? Then "5m" is five million, not five metres.

    >>> [number_at(atoms(words), 0).value for words in ("170 thousand", "two and a half million", "forty-five")]
    [170000.0, 2500000.0, 45.0]
    """
    found = _fraction(items, at) or _loose(items, at)
    if found is not None:
        return found
    item = items[at]
    if item.kind == "number":
        value, after = _plus_half(items, at + 1, _value(item.text))
        value, scale, after = _grow(items, after, value, money=money)
        return Number(value, value, scale, at, after)
    return _spelled(items, at) if item.kind == "word" else None
