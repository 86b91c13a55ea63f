"""Figures: every quantity of a text, with its bound, its unit and what it is of."""

from __future__ import annotations

from tocsin.extract.figure_draft import Draft, drafts
from tocsin.extract.figure_ellipsis import points_back
from tocsin.extract.figure_measure import is_speed
from tocsin.extract.figure_reject import masks
from tocsin.extract.figure_sentence import Sentence
from tocsin.extract.figure_share import is_bare, is_counted, shared
from tocsin.model.claim import Bound, Change, Figure
from tocsin.model.report import Span
from tocsin.text.numbers import Atom, may_count
from tocsin.text.sentences import LONGEST_SENTENCE, sentences_within

_LOOK_BACK = 600
"""Characters before a sentence in which a noun left out is looked for."""


def figures(text: str, span: Span | None = None) -> tuple[Figure, ...]:
    """Every quantity in a text, or in one span of it, in order.

    A range is one figure. Dates, times of day, ordinals, names of units and weapons, labels and telephone
    numbers are none. A figure without a noun of its own takes unit and "of" from what was last counted.
    "From A to B" after a verb of change is two figures, the level before and the level after.

    >>> found = figures("They need 80-100 thousand men; more than 100 tanks left Homyel.")
    >>> [(f.text, f.low, f.high, str(f.bound), f.unit) for f in found]
    [('80-100 thousand', 80000.0, 100000.0, 'range', 'person'), ('100', 100.0, None, 'at_least', 'tank')]
    """
    found: list[Figure] = []
    for sentence in sentences_within(text, span):
        found += _in_sentence(text, sentence)
    return tuple(found)


def _in_sentence(text: str, span: Span) -> list[Figure]:
    said, alone = _read(text, span)
    if said is None:
        return []
    together = shared(said, alone)
    if any(is_bare(draft) and points_back(said, draft.begins, draft.first, draft.last) for draft in together):
        together = shared(said, alone, _counted_before(text, span))
    return [_figure(text, said.items, draft) for draft in together]


def _counted_before(text: str, span: Span) -> Draft | None:
    """What was last counted in the two sentences before a span."""
    earlier = sentences_within(text, Span(max(0, span.start - _LOOK_BACK), span.start))
    for sentence in reversed(tuple(earlier)[-2:]):
        said, alone = _read(text, sentence)
        found = [draft for draft in shared(said, alone) if is_counted(said, draft)] if said is not None else []
        if found:
            return found[-1]
    return None


def _read(text: str, span: Span) -> tuple[Sentence | None, list[Draft]]:
    """A sentence with its figures, each read alone; nothing for one without a number or without end."""
    if span.stop - span.start > LONGEST_SENTENCE or not may_count(text, span):
        return None, []
    said = Sentence.of(text, span)
    hidden = masks(text, span)
    masked = [False] * len(said.items)
    at = 0
    for mask in sorted(hidden):
        while at < len(masked) and said.items[at].start < mask.start:
            at += 1
        while at < len(masked) and said.items[at].start < mask.stop:
            masked[at] = True
            at += 1
    return said, drafts(said, masked)


def _figure(text: str, items: list[Atom], draft: Draft) -> Figure:
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
    unit, per = draft.unit, draft.rate
    if unit is not None and per is not None and is_speed(unit, per):
        unit, per = f"{unit} per {per}", None
    return Figure(
        text=text[span.start : span.stop], low=low, high=high, bound=bound, unit=unit, per=per,
        of=of or None, change=change, span=span,
    )  # fmt: skip
