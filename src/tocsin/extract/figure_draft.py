"""One figure read alone: its number or range, its bound, its unit, what it counts or measures."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.figure_ellipsis import behind_of_them, is_of_age, out_of_them
from tocsin.extract.figure_measure import NO_DURATION, TIMES, measured_thing, per
from tocsin.extract.figure_noun import Counted, counted
from tocsin.extract.figure_range import SCORE, Pair, pair_at, past_score
from tocsin.extract.figure_reject import is_distance, is_empty_one, is_label, is_rank, is_year
from tocsin.extract.figure_sentence import Sentence
from tocsin.extract.figure_words import (
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
from tocsin.model.claim import Bound, Change
from tocsin.text.numbers import Atom, Number, number_at

_SIGNS = {"-": -1.0, "−": -1.0, "minus": -1.0, "+": 1.0}
_DETERMINERS = frozenset({"the", "its", "their", "his", "our", "all", "these", "those", "a", "an"})
_WORTH = frozenset({"us", "u.s.", "u.s", "american", "sterling"})
_MILLION = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure while its sentence is still being read; ``first``, ``last``, ``begins`` and ``after`` are atoms.

    ``rate`` is what it is counted per. ``leads`` says that it takes unit and noun from the figure behind it: the
    first of "from 12 to 19 boats".
    """

    low: float
    high: float
    bound: Bound
    change: Change | None
    unit: str | None
    of: tuple[int, int] | None
    place: tuple[int, int] | None
    rate: str | None
    first: int
    last: int
    after: int
    begins: int
    ranged: bool
    fraction: bool
    leads: bool


def drafts(said: Sentence, masked: list[bool]) -> list[Draft]:
    """The figures of a sentence, each read alone.

    Args:
        said: The sentence.
        masked: Shape ``(atom,)``; which atoms are no quantity whatever stands around them.
    """
    found: list[Draft] = []
    at = 0
    while at < len(said.items):
        if masked[at]:
            at += 1
            continue
        draft, after = _draft(said, at, masked)
        if draft is not None:
            found.append(draft)
        at = max(after, at + 1)
    return found


def _draft(said: Sentence, at: int, masked: list[bool]) -> tuple[Draft | None, int]:
    """The figure that begins at an atom, and the atom to go on from."""
    items, begin = said.items, at
    at, sign = _sign(items, at)
    money = items[at] if items[at].kind == "money" else None
    sign_at = at
    if money is not None:
        at += 1
        if at < len(items) and items[at].text == "-":
            at, sign = at + 1, -1.0
    if money is None and sign is None and (single := _single(items, at)) is not None:
        return single, single.last
    number = _number(items, at, money=money is not None) if at < len(items) and not masked[at] else None
    if number is None:
        return None, begin + 1
    bound, begins = bound_before(items, begin)
    if begins and items[begins - 1].lower == "per":
        return None, number.last  # "per 100,000 people" is no count of people
    if money is None and (
        is_year(items, number) or is_label(said, number) or is_empty_one(items, number) or is_rank(items, number)
    ):
        return None, number.last
    pair = pair_at(said, begins, number, masked, money=money is not None)
    if pair is SCORE:
        return None, past_score(items, number)
    whole = pair if pair is not None and not pair.apart else None
    last = whole.last if whole is not None else number.last
    value = (pair.low if pair is not None and pair.apart else number.value) * (sign or 1.0)
    low, high = (
        (whole.low, whole.high) if whole is not None else (value, value if number.high == number.value else number.high)
    )
    what = _money(said, last, sign_at) if money is not None else _what(said, number, whole, last)
    if what.unit is None and is_of_age(items, begins):
        what = what._replace(unit="year")
    if (
        what.of is not None
        and what.noun >= 0
        and behind_of_them(items, begins)
        and not is_plural(items[what.noun].lower)
    ):
        what = Counted(None, None, None, last)  # "of these, four leak"
    if is_distance(items, what.unit, begins, what.after):
        return None, last
    change = _change(said, what, begins, last, money=money is not None)
    if change is None and sign is not None and items[begin].lower in "+-−" and what.unit == "percent":
        change, low, high = (Change.UP if sign > 0 else Change.DOWN), abs(low), abs(high)
    ranged = whole is not None or low != high
    if ranged and begins < begin and items[begin - 1].lower == "within":
        bound = Bound.EXACT  # "within two or three days" says both ends
    late = bound_after(items, last) or (bound_after(items, what.after) if what.after > last else None)
    if whole is not None and whole.from_to:
        bound = Bound.EXACT
    elif number.rough and bound is Bound.EXACT:
        bound = Bound.ABOUT
    rate = _rate(said, what)
    if what.of is None and what.noun >= 0 and (what.unit in measures() or what.unit == "fraction"):
        what = what._replace(of=measured_thing(said, what.noun, what.unit, begin))
    draft = Draft(
        low=low, high=high, bound=late or bound, change=change, unit=what.unit, of=what.of, place=what.place,
        rate=rate, first=begin, last=last, after=what.after, begins=begins, ranged=ranged, fraction=number.fraction,
        leads=pair is not None and pair.apart and what.unit is None,
    )  # fmt: skip
    return draft, last


def _single(items: list[Atom], at: int) -> Draft | None:
    """One of a time, told by its article: "within a week", "it took an hour", "a year and a half"."""
    unit = unit_at(items, at + 1) if items[at].lower in {"a", "an"} else None
    if unit is None or unit.name not in TIMES - {"decade", "century"} or is_plural(items[unit.first].lower):
        return None
    bound, begins = bound_before(items, at)
    behind = [item.lower for item in items[unit.last : unit.last + 3]]
    half = behind == ["and", "a", "half"]
    before = items[begins - 1].lower if begins else ""
    if not half and (behind[:1] and behind[0] in NO_DURATION):
        return None
    if not half and begins == at and before not in words("durations", "before"):
        return None
    value = 1.5 if half else 1.0
    last = unit.last + (3 if half else 0)
    return Draft(
        low=value, high=value, bound=bound, change=None, unit=unit.name, of=None, place=None, rate=None, first=at,
        last=last, after=last, begins=begins, ranged=False, fraction=False, leads=False,
    )  # fmt: skip


def _sign(items: list[Atom], at: int) -> tuple[int, float | None]:
    """Where the number begins behind a sign at an atom, and what the sign multiplies by."""
    if items[at].lower not in _SIGNS or at + 1 >= len(items) or items[at].kind == "number":
        return at, None
    before = items[at - 1] if at else None
    if items[at].lower != "minus" and not ((before is None or not items[at].glued) and items[at + 1].glued):
        return at, None
    behind = at + 1
    if items[behind].text == "-" and behind + 1 < len(items):
        behind += 1
    return behind, _SIGNS[items[at].lower]


def _number(items: list[Atom], at: int, *, money: bool) -> Number | None:
    """The number at an atom; "10m" is ten million before a currency or people, ten metres elsewhere."""
    number = number_at(items, at, money=money)
    if money or number is None or number.last + 1 >= len(items) or not items[number.last].glued:
        return number
    counted_by = unit_at(items, number.last + 1)
    many = counted_by is not None and (
        counted_by.name in words("kinds", "money") or counted_by.name in {"person", "pound"}
    )
    return number_at(items, at, money=True) if many and items[number.last].lower in {"m", "b"} else number


def _money(said: Sentence, at: int, sign: int) -> Counted:
    """A sum of money whose sign stands at an atom before its number."""
    after = at + 1 if said.lower(at) in _WORTH else at
    return Counted(money_unit(said.items[sign].text), None, None, after, sign)


def _what(said: Sentence, number: Number, pair: Pair | None, last: int) -> Counted:
    """Unit and noun phrase behind a number or range."""
    items, at = said.items, last
    loose = number.high != number.value and number.spelled
    if number.fraction:
        return _out_of_whole(said, at, number)
    if loose and said.lower(at) == "of":
        at += 1
        while said.lower(at) in _DETERMINERS:
            at += 1
    if pair is not None and pair.unit is not None and unit_at(items, at) is None:
        return Counted(pair.unit.name, None, None, at, pair.unit.last - 1)
    at = _past_bound(items, at)
    if out_of_them(said, at):
        return Counted(None, None, None, at)
    if said.lower(at) == "of" and not loose:
        return _out_of_more(said, at, number)
    what = counted(said, at, governor=_governor(said, number))
    if what.unit == "pound" and number.scale >= _MILLION:
        return what._replace(unit="pound sterling")
    return what if what.unit is not None else _killed(said, at)


def _governor(said: Sentence, number: Number) -> int:
    """What governs a number from outside it."""
    here = number.last - 1
    for _ in range(4):
        here = said.governor(here)
        if not number.first <= here < number.last:
            break
    return here


def _out_of_whole(said: Sentence, at: int, number: Number) -> Counted:
    """What a fraction is of: "half of the trains", "half as many ships"; "half an hour" is in hours."""
    last = at
    if said.lower(at) in {"of", "as"}:
        at += 1
    shared = at > last
    while said.lower(at) in _DETERMINERS | {"many", "much"}:
        at += 1
    if out_of_them(said, last):
        return Counted("fraction", None, None, last)
    single = said.lower(at - 1) in {"a", "an"} if at > last else True
    what = counted(said, at)
    if what.unit in measures() and single:
        return what
    if what.unit is None or (not shared and at == last and what.unit in measures()):
        return Counted("fraction", None, None, last, number.last - 1)
    return what._replace(unit="fraction")


def _past_bound(items: list[Atom], at: int) -> int:
    """Skip what bounds a number from behind: "20 or more trains", "50+ vehicles", "thirty-odd men"."""
    if at + 1 < len(items) and items[at].text in "-‐‑" and items[at + 1].lower in {"odd", "plus"}:
        return at + 2
    if at < len(items) and items[at].text == "+" and items[at].glued:
        return at + 1
    if at + 1 < len(items) and items[at].lower == "or" and items[at + 1].lower in {"more", "so", "fewer", "less"}:
        return at + 2
    return at


def _out_of_more(said: Sentence, at: int, number: Number) -> Counted:
    """Some out of a number: "two of the three bridges" takes its noun from behind the second."""
    here = at + 1
    while said.lower(here) in _DETERMINERS | {"over", "about", "nearly", "some", "roughly", "around", "almost"}:
        here += 1
    whole = number_at(said.items, here) if here < len(said.items) else None
    what = counted(said, whole.last if whole is not None else here)
    if what.unit is None or (what.unit in measures() and whole is None and number.value.is_integer()):
        return Counted(None, None, None, at)
    return what._replace(after=at)


def _killed(said: Sentence, at: int) -> Counted:
    """Those counted are only named by what befell them: "300 were killed"."""
    here = at
    while here - at < 4 and (
        said.lower(here) in {"others", "reportedly"} or said.tree.upos[here : here + 1] == ("AUX",)
    ):
        here += 1
    unit = unit_at(said.items, here) if here > at else None
    if unit is not None and unit.name == "person":
        return Counted("person", (said.items[here].start, said.items[here].stop), None, at)
    return Counted(None, None, None, at)


def _change(said: Sentence, what: Counted, begins: int, last: int, *, money: bool) -> Change | None:
    items = said.items
    relative = (
        money
        or what.unit in {"percent", "percentage point", "basis point", "point", "fraction"}
        or what.unit in words("kinds", "money")
        or (what.unit is None and begins > 0 and items[begins - 1].lower in {"up", "down"})
    )
    change = change_before(items, begins, relative=relative, measured=what.unit in measures() - TIMES)
    if change is None and what.unit in {"percent", "percentage point", "point", "fraction"}:
        change = change_after(items, what.after if what.of is None else last + 1)
    if change is None and items[last : last + 1] and items[last].lower in {"fewer", "more"} and what.unit is None:
        change = change_after(items, last)
    return change


def _rate(said: Sentence, what: Counted) -> str | None:
    """What is counted per: "shells a day", "dollars per barrel"; a percentage stays a percentage."""
    if what.unit is None or what.unit in {"percent", "percentage point", "fraction", "point"}:
        return None
    found = per(said, what.after)
    return found[0] if found is not None else None
