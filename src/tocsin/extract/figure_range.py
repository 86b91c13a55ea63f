"""Two numbers told as one: a range, or the level before and after a change."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.extract.figure_sentence import Sentence
from tocsin.extract.figure_words import UnitFound, is_change, unit_at
from tocsin.text.numbers import Atom, Number, number_at

_WIDEST_CHANGE = 3
"""A range of a change is no wider than this; "by 14 to 62" is a change and the level reached."""
_HYPHENS = "-‐‑–—‒−"


class Pair(NamedTuple):
    """Two numbers read as the ends of one range, or with ``apart`` as the level before and after a change."""

    low: float
    high: float
    last: int
    unit: UnitFound | None
    from_to: bool = False
    apart: bool = False


SCORE = Pair(0, 0, 0, None)
"""Stands for two numbers joined by a hyphen or "to" that are no range: a score, a label."""


def _between_ages(items: list[Atom], begins: int) -> bool:
    """Does "between the ages of" stand before a number?"""
    return [item.lower for item in items[max(0, begins - 4) : begins]] == ["between", "the", "ages", "of"]


def past_score(items: list[Atom], number: Number) -> int:
    """The atom behind both numbers of a score."""
    at = number.last + 1
    second = number_at(items, at) if at < len(items) else None
    return second.last if second is not None else at


def pair_at(said: Sentence, begins: int, one: Number, masked: list[bool], *, money: bool) -> Pair | None:
    """The range that begins with a number, if it begins one."""
    items = said.items
    opener = items[begins - 1].lower if begins else ""
    unit = unit_at(items, one.last)
    at = unit.last if unit is not None else one.last
    if opener == "from":
        limit = at + 4
        while at < limit and at < len(items) and items[at].kind == "word" and items[at].lower not in {"to", "and"}:
            at += 1
    if at + 1 >= len(items) or (opener == "by" and items[at].lower == "to" and (money or unit is not None)):
        return None
    if items[at].text in "-‐‑" and items[at].glued and items[at + 1].lower in {"to", "or"} and items[at + 1].glued:
        at += 1  # "three-to-four-month"
    joint = items[at].lower
    dash = joint in _HYPHENS and joint != ""
    if dash and items[at].glued != items[at + 1].glued:
        return None
    between = joint == "and" and (opener == "between" or _between_ages(items, begins))
    if not (dash or between or joint in {"to", "or"}):
        return None
    at += 1
    if joint in {"to", "or"} and at + 1 < len(items) and items[at].text in "-‐‑" and items[at].glued:
        at += 1
    own_sign = at < len(items) and items[at].kind == "money"
    if own_sign:
        if not money:
            return None
        at += 1
    if at >= len(items) or masked[at]:
        return None
    two = number_at(items, at, money=money)
    if two is None or two.fraction or one.fraction or (two.high != two.value):
        return None
    behind = unit_at(items, two.last)
    if unit is not None and behind is not None and unit.name != behind.name:
        return None
    if opener == "by" and joint == "to" and two.value > _WIDEST_CHANGE * one.value and two.scale == one.scale:
        return None  # "rose by 14 to 62"
    low, high = one.value, two.value
    scale = _last_scale(items, two, masked, money=money)
    if one.scale == 1 and scale > 1 and one.value < two.value / two.scale * 10 and not (own_sign and one.value >= 1000):
        shared = one.value < two.raw or scale != two.scale
        low = one.value * scale if shared else low
    if joint == "or" and not (low < high <= 10 * low and one.spelled == two.spelled and unit is None):
        return None
    if opener == "from" and joint == "to" and _apart(said, one, two, falls=high < low and scale == two.scale):
        return Pair(low, high, two.last, unit or behind, apart=True)
    if high <= low and opener not in {"from", "between"}:
        if dash or (unit is None and behind is None):
            return None if dash and (unit or behind or own_sign) else SCORE
        return None
    return Pair(low, high, two.last, unit or behind, from_to=opener == "from")


def _last_scale(items: list[Atom], two: Number, masked: list[bool], *, money: bool) -> float:
    """The scale at the end of a number, or of the range that it begins: "33-35 billion"."""
    at = two.last
    if two.scale == 1 and at + 1 < len(items) and items[at].text in _HYPHENS and not masked[at + 1]:
        third = number_at(items, at + 1, money=money)
        return third.scale if third is not None else 1.0
    return two.scale


def _apart(said: Sentence, one: Number, two: Number, *, falls: bool) -> bool:
    """Do "from" and "to" tell the level before and after a change, and not the ends of a range?"""
    behind = unit_at(said.items, two.last)
    at = behind.last if behind is not None else two.last
    if said.lower(at) == "to" and at + 1 < len(said.items) and number_at(said.items, at + 1) is not None:
        return False  # "from 5 to 7 percent to 3 to 5 percent"
    if falls:
        return True
    here = one.first
    for _ in range(4):
        here = said.governor(here)
        if here < 0:
            return False
        if is_change(said.lower(here)):
            return True
        if said.tree.upos[here] == "VERB":
            return False
    return False
