"""Figures that share: a unit, a noun, a place or a bound said once for several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.extract.figure_draft import Draft
from tocsin.extract.figure_ellipsis import aged_of, counts_people, named_before, out_of_them, points_back, summed, tells
from tocsin.extract.figure_sentence import QUOTES, Sentence
from tocsin.extract.figure_words import measures
from tocsin.model.claim import Bound
from tocsin.text.numbers import Atom

_JOINTS = frozenset({"and", "or", ",", "also", "plus"})
_COMPARING = frozenset({"down", "up", "compared", "against", "more", "less"})
_BEFORE_THE_NOUN = _JOINTS | {
    "to",
    "but",
    "possibly",
    "perhaps",
    "maybe",
    "even",
    "probably",
    "not",
    "if",
    "-",
    "then",
    "some",
}


def is_bare(draft: Draft) -> bool:
    """Has the figure no unit of its own?"""
    return draft.unit is None and not draft.fraction and draft.after == draft.last


def is_counted(said: Sentence, draft: Draft) -> bool:
    """Does the figure count things, does it say which, and are they not the ones who tell?"""
    counts = draft.of is not None and draft.unit is not None and not draft.fraction and draft.unit not in measures()
    return counts and not tells(said, draft.first, draft.after)


def shared(said: Sentence, drafts: Sequence[Draft], before: Draft | None = None) -> list[Draft]:
    """Give figures the unit, "of", place and bound that they share with their neighbours.

    Args:
        said: The sentence.
        drafts: Its figures, each read alone.
        before: What was last counted before the sentence; only a figure that points back takes it.
    """
    done: list[Draft] = []
    last: Draft | None = None
    for now in _closed(said.items, _from_behind(said.items, drafts)):
        found = now
        if done and _is_conversion(said.items, done[-1], now):
            found = replace(now, bound=done[-1].bound, change=done[-1].change)
        elif done and now.unit == "percent" and now.change is None and said.lower(now.begins - 1) == "or":
            found = replace(now, change=done[-1].change)  # "lost $3bn, or 12 %"
        elif done and now.fraction and now.of is None and said.lower(now.last) in {"as", "of"}:
            found = replace(now, of=done[-1].of)
        elif is_bare(now):
            found = _filled(said, now, done, last, before)
        done.append(found)
        if is_counted(said, found):
            last = found
    return done


def _filled(said: Sentence, now: Draft, done: Sequence[Draft], last: Draft | None, before: Draft | None) -> Draft:
    """A figure without a noun with the unit of what was counted before it, in the sentence or before the sentence."""
    if done and _is_parallel(said.items, done[-1], now):
        return replace(now, unit=done[-1].unit, of=done[-1].of, place=done[-1].place, rate=done[-1].rate)
    total = summed(said, now.first, now.last)
    if total is not None:
        return replace(now, unit=total[0], of=total[1])
    aged = aged_of(said, now.first, now.last)
    if aged is not None:
        return replace(now, unit="year", of=aged if aged[1] else None)
    if counts_people(said, now.first, now.last):
        return replace(now, unit="person", of=last.of if last is not None and last.unit == "person" else None)
    if last is not None:
        return replace(now, unit=last.unit, of=last.of, place=last.place)
    if done and done[-1].unit in measures() and _is_gapped(said, now):
        return replace(now, unit=done[-1].unit, rate=done[-1].rate)
    if not points_back(said, now.begins, now.first, now.last):
        return now
    named = named_before(said, now.begins) if out_of_them(said, now.last) else None
    if named is not None:
        return replace(now, unit=named[0], of=named[1])
    if before is not None:
        return replace(now, unit=before.unit, of=before.of, place=before.place)
    return now


def _is_parallel(items: list[Atom], one: Draft, two: Draft) -> bool:
    """Do two figures stand behind one preposition each of a pair: "from 208 pounds to 193", "by 2 percent, … by 1"?"""
    if one.unit is None or one.begins == 0 or two.begins == 0:
        return False
    pair = items[one.begins - 1].lower, items[two.begins - 1].lower
    if pair[1] in {"from", "to", "with", "than"} and two.begins > 1 and items[two.begins - 2].lower in _COMPARING:
        return True
    return pair[1] == "against" or pair in {
        ("from", "to"),
        ("to", "from"),
        ("by", "by"),
        ("at", "at"),
        ("to", "to"),
        ("than", "than"),
    }


def _is_conversion(items: list[Atom], one: Draft, two: Draft) -> bool:
    """Does a bracket say a measure again in another unit: "more than 5 miles (8 km)"? It has the same limit."""
    between = [item.text for item in items[one.after : two.begins]]
    both = one.unit in measures() and two.unit in measures() and one.unit != two.unit
    told = one.bound in {Bound.AT_LEAST, Bound.AT_MOST} or one.change is not None
    return both and told and between in (["("], ["/"]) and two.bound is Bound.EXACT and two.change is None


def _is_gapped(said: Sentence, now: Draft) -> bool:
    """Does a number close a clause without a verb: "carries 40 tonnes, the ferry only 12"?"""
    closes = now.last >= len(said.items) or said.items[now.last].kind == "mark"
    before = said.tree.upos[now.begins - 1] if now.begins else ""
    return closes and (before == "NOUN" or said.lower(now.begins - 1) in {"only", "just"})


def _from_behind(items: list[Atom], drafts: Sequence[Draft]) -> list[Draft]:
    """Units and places told behind the last of several figures: "from 12 to 19 boats", "40, possibly 60 guns"."""
    done: list[Draft] = []
    after: Draft | None = None
    for draft in reversed(drafts):
        now = draft
        if after is not None:
            between = items[now.after : after.begins]
            joined = {item.lower for item in between if item.text not in QUOTES}
            close = now.leads or (bool(between) and joined <= _BEFORE_THE_NOUN and bool(joined - {"-"}))
            if is_bare(now) and after.unit is not None and close and not after.fraction:
                now = replace(now, unit=after.unit, of=after.of, place=after.place, rate=after.rate)
            elif (
                now.of is not None
                and now.place is None
                and after.place is not None
                and "and" in joined
                and joined <= _JOINTS
            ):
                now = replace(now, place=after.place)
        done.append(now)
        after = now
    return done[::-1]


def _closed(items: list[Atom], drafts: Sequence[Draft]) -> list[Draft]:
    """Two limits said of one quantity are one range: "at least 20 but no more than 30 boats"."""
    done: list[Draft] = []
    for draft in drafts:
        now = draft
        if done and done[-1].bound is Bound.AT_LEAST and now.bound is Bound.AT_MOST and done[-1].unit == now.unit:
            low = done[-1]
            between = {item.lower for item in items[low.after : now.begins]}
            if between <= {"but", "and", ","} and low.low < now.high and low.of == now.of:
                done.pop()
                now = replace(now, low=low.low, bound=Bound.EXACT, ranged=True, first=low.first, begins=low.begins)
        done.append(now)
    return done
