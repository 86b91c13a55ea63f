"""Figures: every quantity of a text, with its bound, its unit and what it is of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tocsin.extract.figure_ellipsis import behind_of_them, counts_people, named_before, out_of_them, points_back
from tocsin.extract.figure_noun import Counted, counted
from tocsin.extract.figure_reject import is_distance, is_empty_one, is_label, is_year, masks
from tocsin.extract.figure_words import (
    UnitFound,
    bound_after,
    bound_before,
    change_after,
    change_before,
    is_plural,
    measures,
    money_unit,
    unit_at,
    words,
)
from tocsin.model.claim import Bound, Change, Figure
from tocsin.model.report import Span
from tocsin.text.numbers import Atom, Number, atoms, number_at
from tocsin.text.sentences import sentences_within

_HYPHENS = "-‐‑–—‒−"
_LOOK_BACK = 600
"""Characters before a sentence in which a noun left out is looked for."""
_SIGNS = {"-": -1.0, "−": -1.0, "minus": -1.0, "+": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A figure while its sentence is still being read; ``first`` and ``last`` are atoms."""

    low: float
    high: float
    bound: Bound
    change: Change | None
    unit: str | None
    of: tuple[int, int] | None
    place: tuple[int, int] | None
    first: int
    last: int
    after: int
    begins: int
    ranged: bool
    fraction: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two numbers read as the ends of one range."""

    low: float
    high: float
    last: int
    unit: UnitFound | None
    from_to: bool


def figures(text: str, span: Span | None = None) -> tuple[Figure, ...]:
    """Every quantity in a text, or in one span of it, in order.

    A range is one figure. Dates, times of day, ordinals, names of units and weapons, labels and telephone
    numbers are none. A figure without a noun of its own takes unit and "of" from the figure before it in the
    same sentence. "From A to B" after a verb of change is one figure whose ends are before and after.

    >>> found = figures("They need 80-100 thousand men; more than 100 tanks left Homyel.")
    >>> [(f.text, f.low, f.high, str(f.bound), f.unit) for f in found]
    [('80-100 thousand', 80000.0, 100000.0, 'range', 'person'), ('100', 100.0, None, 'at_least', 'tank')]
    """
    found: list[Figure] = []
    for sentence in sentences_within(text, span):
        found += _in_sentence(text, sentence)
    return tuple(found)


def _in_sentence(text: str, span: Span) -> list[Figure]:
    items, drafts = _drafts(text, span)
    shared = _shared(items, drafts)
    if any(_is_bare(draft) and points_back(items, draft.begins, draft.last) for draft in shared):
        shared = _shared(items, drafts, _counted_before(text, span))
    return [_figure(text, items, draft) for draft in shared]


def _counted_before(text: str, span: Span) -> _Draft | None:
    """What was last counted in the two sentences before a span."""
    earlier = sentences_within(text, Span(max(0, span.start - _LOOK_BACK), span.start))
    for sentence in reversed(tuple(earlier)[-2:]):
        items, drafts = _drafts(text, sentence)
        found = [draft for draft in _shared(items, drafts) if _is_counted(draft)]
        if found:
            return found[-1]
    return None


def _drafts(text: str, span: Span) -> tuple[list[Atom], list[_Draft]]:
    """The atoms of a sentence, and its figures, each read alone."""
    items = atoms(text, span)
    hidden = masks(text, span)
    masked = [False] * len(items)
    at = 0
    for mask in sorted(hidden):
        while at < len(items) and items[at].start < mask.start:
            at += 1
        while at < len(items) and items[at].start < mask.stop:
            masked[at] = True
            at += 1
    drafts: list[_Draft] = []
    at = 0
    while at < len(items):
        if masked[at]:
            at += 1
            continue
        draft, after = _draft(items, at, masked)
        if draft is not None:
            drafts.append(draft)
        at = max(after, at + 1)
    return items, drafts


def _draft(items: list[Atom], at: int, masked: list[bool]) -> tuple[_Draft | None, int]:
    """The figure that begins at an atom, and the atom to go on from."""
    begin, sign = at, None
    if items[at].lower in _SIGNS and at + 1 < len(items) and items[at].kind != "number":
        before = items[at - 1] if at else None
        if items[at].lower == "minus" or ((before is None or not items[at].glued) and items[at + 1].glued):
            sign = _SIGNS[items[at].lower]
            at += 1
            if items[at].text == "-" and at + 1 < len(items):
                at += 1
    money = items[at] if items[at].kind == "money" else None
    if money is not None:
        at += 1
        if at < len(items) and items[at].text == "-":
            at, sign = at + 1, -1.0
    number = number_at(items, at, money=money is not None) if at < len(items) and not masked[at] else None
    if number is None:
        return None, begin + 1
    bound, begins = bound_before(items, begin)
    if money is None and (is_year(items, number) or is_label(items, number) or is_empty_one(items, number)):
        return None, number.last
    pair = _pair(items, begins, number, masked, money=money is not None)
    if pair is _SCORE:
        return None, _past_score(items, number)
    last = pair.last if pair is not None else number.last
    value = number.value if sign is None else sign * number.value
    low, high = (
        (pair.low, pair.high) if pair is not None else (value, value if number.high == number.value else number.high)
    )
    what = _what(items, number, pair, last, money)
    if what.unit is None and begins and items[begins - 1].lower in {"aged", "age", "ages"}:
        what = what._replace(unit="year")
    if what.of is not None and behind_of_them(items, begins) and not is_plural(items[what.after - 1].lower):
        what = Counted(None, None, None, last)  # "of these, four leak": a verb
    if is_distance(items, what.unit, begins, what.after):
        return None, last
    relative = (
        money is not None or what.unit == "percent" or what.unit in words("kinds", "money") or what.unit == "point"
    )
    change = change_before(items, begins, relative=relative)
    if change is None and what.unit in {"percent", "percentage point", "fraction"}:
        change = change_after(items, what.after if what.of is None else last + 1)
    if change is None and sign is not None and items[begin].lower in "+-−" and what.unit == "percent":
        change, low, high = (Change.UP if sign > 0 else Change.DOWN), abs(low), abs(high)
    if change is None and items[last : last + 1] and items[last].lower in {"fewer", "more"} and what.unit is None:
        change = change_after(items, last)
    ranged = pair is not None or low != high
    if ranged and begins < begin and items[begin - 1].lower == "within":
        bound = Bound.EXACT  # "within two or three days" says both ends
    late = bound_after(items, last) or (bound_after(items, what.after) if what.after > last else None)
    if pair is not None and pair.from_to:
        bound = Bound.EXACT
    elif number.rough and bound is Bound.EXACT:
        bound = Bound.ABOUT
    draft = _Draft(
        low=low, high=high, bound=late or bound, change=change, unit=what.unit, of=what.of, place=what.place,
        first=begin, last=last, after=what.after, begins=begins, ranged=ranged,
        fraction=number.fraction,
    )  # fmt: skip
    return draft, last


_SCORE = _Pair(low=0, high=0, last=0, unit=None, from_to=False)
"""Stands for two numbers joined by a hyphen or "to" that are no range: a score, a label."""


def _past_score(items: list[Atom], number: Number) -> int:
    """The atom behind both numbers of a score."""
    at = number.last + 1
    second = number_at(items, at) if at < len(items) else None
    return second.last if second is not None else at


def _pair(items: list[Atom], begins: int, one: Number, masked: list[bool], *, money: bool) -> _Pair | None:
    """The range that begins with a number, if it begins one."""
    opener = items[begins - 1].lower if begins else ""
    unit = unit_at(items, one.last) if one.last < len(items) else None
    at = unit.last if unit is not None else one.last
    if opener == "from":
        limit = at + 4
        while at < limit and at < len(items) and items[at].kind == "word" and items[at].lower not in {"to", "and"}:
            at += 1
    if at + 1 >= len(items) or (opener == "by" and items[at].lower == "to" and (money or unit is not None)):
        return None
    joint = items[at].lower
    dash = joint in _HYPHENS and joint != ""
    if dash and items[at].glued != items[at + 1].glued:
        return None
    if not (dash or joint in {"to", "or"} or (joint == "and" and opener == "between")):
        return None
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
    behind = unit_at(items, two.last) if two.last < len(items) else None
    if unit is not None and behind is not None and unit.name != behind.name:
        return None
    low, high = one.value, two.value
    shares = one.scale == 1 and two.scale > 1 and one.value < two.raw and not (own_sign and one.value >= 1000)
    if shares:
        low = one.value * two.scale
    if joint == "or" and not (low < high <= 10 * low and one.spelled == two.spelled and unit is None):
        return None
    if high <= low and opener not in {"from", "between"}:
        if dash or (unit is None and behind is None):
            return None if dash and (unit or behind or own_sign) else _SCORE
        return None
    return _Pair(low=low, high=high, last=two.last, unit=unit or behind, from_to=opener == "from")


def _what(items: list[Atom], number: Number, pair: _Pair | None, last: int, money: Atom | None) -> Counted:
    """Unit and noun phrase behind a number or range."""
    if money is not None:
        return Counted(money_unit(money.text), None, None, last)
    at = last
    loose = number.high != number.value and number.spelled
    if (number.fraction or loose) and at < len(items) and items[at].lower in {"of", "as"}:
        at += (
            2 if items[at + 1 : at + 2] and items[at + 1].lower in {"the", "its", "their", "many", "all", "our"} else 1
        )
    if number.fraction:
        if at < len(items) and items[at].lower in {"the", "its", "their", "his", "our"}:
            at += 1
        what = counted(items, at)
        unit_name = what.unit if what.unit in measures() and at == last else "fraction"
        return what._replace(unit=unit_name)
    if pair is not None and pair.unit is not None and unit_at(items, at) is None:
        return Counted(pair.unit.name, None, None, at)
    at = _past_bound(items, at)
    if out_of_them(items, at):
        return Counted(None, None, None, at)
    if at < len(items) and items[at].lower == "of" and not loose:
        return _out_of_more(items, at)
    what = counted(items, at, one=number.value == 1)
    if what.unit is None:
        return _killed(items, at)
    return what


def _past_bound(items: list[Atom], at: int) -> int:
    """Skip what bounds a number from behind: "20 or more trains", "50+ vehicles"."""
    if at < len(items) and items[at].text == "+" and items[at].glued:
        return at + 1
    if at + 1 < len(items) and items[at].lower == "or" and items[at + 1].lower in {"more", "so", "fewer", "less"}:
        return at + 2
    return at


def _out_of_more(items: list[Atom], at: int) -> Counted:
    """Some out of a number: "two of the three bridges" takes its noun from behind the second."""
    here = at + 1
    while here < len(items) and items[here].lower in {"the", "its", "their", "his", "all", "these", "those"}:
        here += 1
    whole = number_at(items, here) if here < len(items) else None
    what = counted(items, whole.last if whole is not None else here)
    if what.unit is None or what.unit in measures():
        return Counted(None, None, None, at)
    return what._replace(after=at)


def _killed(items: list[Atom], at: int) -> Counted:
    """Those counted are only named by what befell them: "300 were killed"."""
    here = at
    while (
        here < len(items)
        and here - at < 4
        and items[here].lower in {"were", "have", "had", "been", "was", "are", "reportedly", "others"}
    ):
        here += 1
    unit = unit_at(items, here) if here > at and here < len(items) else None
    if unit is not None and unit.name == "person":
        return Counted("person", (items[here].start, items[here].stop), None, at)
    return Counted(None, None, None, at)


def _is_bare(draft: _Draft) -> bool:
    return draft.unit is None and not draft.fraction and draft.after == draft.last


def _is_counted(draft: _Draft) -> bool:
    return draft.of is not None and draft.unit is not None and not draft.fraction and draft.unit not in measures()


def _shared(items: list[Atom], drafts: list[_Draft], before: _Draft | None = None) -> list[_Draft]:
    """Give figures the unit, "of" and place that they share with their neighbours.

    Args:
        items: The atoms of the sentence.
        drafts: Its figures, each read alone.
        before: What was last counted before the sentence; only a figure that points back takes it.
    """
    done: list[_Draft] = []
    last: _Draft | None = None
    for at, draft in enumerate(drafts):
        now = draft
        if now.of is not None and now.place is None and at + 1 < len(drafts) and drafts[at + 1].place is not None:
            between = items[now.after : drafts[at + 1].begins]
            if any(item.lower == "and" for item in between) and all(
                item.lower in {"and", "also"} or item.kind == "mark" for item in between
            ):
                now = replace(now, place=drafts[at + 1].place)
        if _is_bare(now) and last is not None:
            now = replace(now, unit=last.unit, of=last.of, place=last.place)
        elif _is_bare(now) and points_back(items, now.begins, now.last):
            named = named_before(items, now.begins) if out_of_them(items, now.last) else None
            if named is not None:
                now = replace(now, unit=named[0], of=named[1])
            elif before is not None:
                now = replace(now, unit=before.unit, of=before.of, place=before.place)
        if _is_bare(now) and counts_people(items, now.begins, now.last):
            now = replace(now, unit="person")
        done.append(now)
        if _is_counted(now):
            last = now
    return done


def _figure(text: str, items: list[Atom], draft: _Draft) -> Figure:
    low: float | None = min(draft.low, draft.high)
    high: float | None = max(draft.low, draft.high)
    bound, change = draft.bound, draft.change
    if draft.ranged and draft.low > draft.high and change is None:
        change = Change.DOWN
    if bound is Bound.AT_LEAST:
        high = None
    elif bound is Bound.AT_MOST:
        low = None
    elif draft.ranged:
        bound = Bound.RANGE
    of = text[slice(*draft.of)] if draft.of is not None else None
    if of is not None:
        of = " ".join(of.translate(str.maketrans("", "", '“”"«»„')).split())
        if draft.place is not None:
            of = f"{of} {' '.join(text[slice(*draft.place)].split())}"
    span = Span(items[draft.first].start, items[draft.last - 1].stop)
    return Figure(
        text=text[span.start : span.stop], low=low, high=high, bound=bound,
        unit=draft.unit, of=of or None, change=change, span=span,
    )  # fmt: skip
