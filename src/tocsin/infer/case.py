"""One problem, one day, one body of evidence: the answer, and the answer with items taken out or turned round."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from tocsin.infer import core
from tocsin.infer.board import within
from tocsin.infer.ground import Ground, Replaced, Split, ground, known_state, split_of, whatever
from tocsin.infer.spoken import Spoken, spoken
from tocsin.infer.terms import Entry, terms_from, weigh
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import Law, WarningProblem
from tocsin.model.yardstick import ICD_203, YARDSTICKS, word_for

CLOSED = "window closed"
"""What stands in place of a word when the question's last day is over."""

FALLBACK_DAYS = 30
"""Days ahead by which items are compared once the question's own window is closed."""

_RULED_OUT = 1e-30
_MOST_ODDS = 700.0
_REMOTE = 0.01
_NEAR_CERTAIN = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The headline of one variant of an answer, and its log-odds, kept finite (see ``Case.odds``)."""

    probability: float
    log_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What all parts of an answer share.

    Attributes:
        problem: As declared.
        prepared: The problem as arrays, as of the day.
        evidence: All items of the grid, those that weigh nothing included.
        by_indicator: The same by the indicator or gate they speak about.
        places: The indicators or gates that an item of that id speaks about.
        terms: What the evidence says about each indicator and gate.
        quiet: The same without any evidence, looks included.
        posterior: The answer.
        honest: The answer if nobody deceived.
        nothing: The answer without any evidence.
        ground: Log-masses of the answer, from which its variants are told.
        looks: Days on which somebody looked, per indicator, beside those that the problem logs.
        heard: What was said on an indicator, as arrays, as far as somebody has asked for it.
    """

    problem: WarningProblem
    prepared: core.Prepared
    evidence: tuple[Evidence, ...]
    by_indicator: Mapping[str, tuple[Evidence, ...]]
    places: Mapping[str, frozenset[str]]
    terms: core.Terms
    quiet: core.Terms
    posterior: core.Posterior
    honest: core.Posterior
    nothing: core.Posterior
    ground: Ground
    looks: core.Looks | None = None
    heard: dict[str, Spoken] = field(default_factory=dict[str, Spoken])

    @property
    def as_of(self) -> date:
        """The day assessed."""
        return self.prepared.as_of

    @property
    def closed(self) -> bool:
        """Is the question's last day over?"""
        return self.problem.by <= self.as_of

    @property
    def likely(self) -> WarningProblem:
        """The problem with only those habits of the sources that what was said has not ruled out."""
        habits, method = self.prepared.stories.habits, self.problem.method
        alive = [habit for habit, chance in zip(habits, self.posterior.habits, strict=True) if chance > _RULED_OUT]

        def kept(law: Law, values: set[float]) -> Law:
            left = [(value, chance) for value, chance in law if value in values]
            total = math.fsum(chance for _, chance in left)
            return tuple((value, chance / total) for value, chance in left)

        return replace(
            self.problem,
            method=replace(
                method,
                self_repeat=kept(method.self_repeat, {habit.settled for habit in alive}),
                blanket_echo=kept(method.blanket_echo, {habit.blanket for habit in alive}),
            ),
        )

    def headline(self, posterior: core.Posterior) -> float:
        """Probability of the event up to and including the question's last day."""
        return min(1.0, max(0.0, posterior.event_by(self.problem.by)))

    def odds(self, posterior: core.Posterior) -> float:
        """Log-odds of the headline, kept finite; of the next thirty days once the window is closed."""
        return self.finite(posterior.log_odds_within(self.window))

    @staticmethod
    def finite(log_odds: float) -> float:
        """Log-odds cut off where a probability is nought or one to the last digit."""
        return min(_MOST_ODDS, max(-_MOST_ODDS, log_odds))

    def word(self, probability: float) -> str:
        """The yardstick's word for a headline."""
        return CLOSED if self.closed else word_for(probability, YARDSTICKS.get(self.problem.yardstick, ICD_203))

    def same_word(self, one: float, other: float) -> bool:
        """Do two headlines go by the same word? What is too small or too near certain for a word has the next one."""
        scale = YARDSTICKS.get(self.problem.yardstick, ICD_203)
        first, second = (word_for(min(_NEAR_CERTAIN, max(_REMOTE, value)), scale) for value in (one, other))
        return self.closed or first == second

    @property
    def window(self) -> int:
        """Days of the headline; of the next thirty once the question's last day is over."""
        return FALLBACK_DAYS if self.closed else (self.problem.by - self.as_of).days

    def without(self, gone: Iterable[Evidence]) -> Variant:
        """The answer if these items had never come in; whatever repeats them then speaks for itself."""
        return self.changed({item.id: None for item in gone})

    def changed(self, changes: Mapping[str, Evidence | None]) -> Variant:
        """The answer with items replaced, or taken out (None), by their id."""
        return self.variants([changes])[0]

    def variants(self, every: Sequence[Mapping[str, Evidence | None]]) -> list[Variant]:
        """The answers with items replaced, or taken out (None), by their id; many at once are cheap."""
        entries: dict[object, Entry] = {}
        told: list[dict[str, object] | None] = []
        for changes in every:
            places = sorted({place for key in changes for place in self.places.get(key, ())})
            if any(place not in self.prepared.indicators for place in places):
                told.append(None)
                continue
            keys: dict[str, object] = {}
            for place in places:
                here = tuple((item.id, changes[item.id]) for item in self.by_indicator[place] if item.id in changes)
                keys[place] = (place, here)
                if keys[place] not in entries:
                    entries[place, here] = self._entry(place, dict(here))
            told.append(keys)
        weights = dict(zip(entries, weigh(self.prepared, entries.values(), slants=self.ground.slants), strict=True))
        wanted = Counter(key for keys in told if keys is not None and len(keys) > 1 for key in keys.values())
        made: dict[object, Sequence[Replaced]] = {}

        def exchange(place: str, key: object) -> Sequence[Replaced]:
            """What stands in place of an indicator's terms; kept only as long as another variant wants it."""
            found = made.pop(key, None)
            if found is None:
                found = whatever(terms_from(self.prepared, self.prepared.indicators[place], weights[key]))
            wanted[key] -= 1
            if wanted[key] > 0:
                made[key] = found
            return found

        out = []
        for changes, keys_ in zip(every, told, strict=True):
            found = None
            if keys_ is not None and len(keys_) == 1:
                ((place, key),) = keys_.items()
                lever = self.ground.lever(place, self.window)
                masses = None if lever is None else lever.masses(weights[key])
                found = None if masses is None or not sum(masses) > 0 else split_of(*masses)
            if keys_ is not None and found is None:
                found = self.ground.split(self.window, {place: exchange(place, key) for place, key in keys_.items()})
            out.append(self._anew(changes) if found is None else self.of_split(found))
        return out

    def _entry(self, indicator: str, changes: Mapping[str, Evidence | None]) -> Entry:
        """What is said on an indicator after some changes."""
        items, plan = self.terms.admitted.items.get(indicator, ()), self.prepared.indicators[indicator]
        every = self.by_indicator[indicator]
        kept = [new for item in every if (new := changes.get(item.id, item)) is not None]
        opposite = {item.id for item in every if item.id in changes and _opposite(item, changes[item.id])}
        if any(changes.get(item.id) is not None and item.id not in opposite for item in every):
            fresh = core.admit(self.prepared, kept)
            said = spoken(self.prepared, fresh.items.get(indicator, ()), indicator=indicator)
            return Entry(plan, said, fresh.first_day.get(indicator))
        rows = [row for row, item in enumerate(items) if item.id not in changes or item.id in opposite]
        said = self.said(indicator).part(np.array(rows, dtype=np.int64))
        if opposite:
            said = said.turned(np.array([items[row].id in opposite for row in rows], dtype=np.bool_))
        first = min((item.about for item in kept), default=None)
        return Entry(plan, said, None if first is None else (first - self.problem.opened).days)

    def said(self, indicator: str) -> Spoken:
        """Everything that was said on an indicator, as arrays."""
        if indicator not in self.heard:
            items = self.terms.admitted.items.get(indicator, ())
            self.heard[indicator] = spoken(self.prepared, items, indicator=indicator)
        return self.heard[indicator]

    def _anew(self, changes: Mapping[str, Evidence | None]) -> Variant:
        """The answer combined anew from the terms of what has changed."""
        terms = self.terms
        for indicator in sorted({place for key in changes for place in self.places.get(key, ())}):
            items = self.by_indicator[indicator]
            kept = [new for item in items if (new := changes.get(item.id, item)) is not None]
            terms = core.revised(self.prepared, terms, indicator=indicator, evidence=kept)
        found = core.combine(self.prepared, terms, states=False)
        return Variant(probability=self.headline(found), log_odds=self.odds(found))

    def given(self, certain: Mapping[str, bool]) -> Variant | None:
        """The headline if the true state of some indicators today were known; None where they cannot be so."""
        exchanged = {name: known_state(self.terms.indicators[name], state=state) for name, state in certain.items()}
        split = self.ground.split(self.window, exchanged)
        return None if split is None else self.of_split(split)

    def of_split(self, split: Split) -> Variant:
        """A headline and its log-odds out of the masses of the case's window."""
        return Variant(
            probability=0.0 if self.closed else min(1.0, max(0.0, split.probability)),
            log_odds=self.finite(split.log_odds),
        )


def build(
    problem: WarningProblem,
    evidence: Iterable[Evidence],
    *,
    as_of: date,
    looks: core.Looks | None = None,
    known: Case | None = None,
) -> Case:
    """Prepare a case.

    Args:
        problem: As declared.
        evidence: Every item.
        as_of: The day assessed.
        looks: Days on which somebody looked, per indicator.
        known: A case made earlier. Of the same problem and day, what has not changed since is taken from it; the
            result is the same to the last digit.

    Raises:
        UsageError: The day lies before the problem was opened, or an item names an unknown indicator.
        ProbabilityError: The evidence is impossible under the problem as declared.
    """
    every = tuple(evidence)
    if known is not None and (known.problem, known.as_of, known.looks) != (problem, as_of, looks):
        known = None
    prepared = core.prepare(problem, as_of=as_of, looks=looks) if known is None else known.prepared
    terms = core.terms(prepared, every, known=None if known is None else known.terms)
    inside = within(every, opened=problem.opened, as_of=as_of)
    by_indicator: dict[str, list[Evidence]] = {}
    places: dict[str, frozenset[str]] = {}
    for item in inside:
        by_indicator.setdefault(item.indicator, []).append(item)
        places[item.id] = places.get(item.id, frozenset()) | {item.indicator}
    quiet = core.terms(prepared, ()) if known is None else known.quiet
    posterior = core.combine(prepared, terms)
    return Case(
        problem=problem,
        prepared=prepared,
        evidence=inside,
        by_indicator={name: tuple(items) for name, items in by_indicator.items()},
        places=places,
        terms=terms,
        quiet=quiet,
        posterior=posterior,
        honest=core.combine(prepared, terms, honest=True, states=False) if problem.deception else posterior,
        nothing=core.combine(prepared, core.terms(prepared, (), known=quiet, looks=False))
        if known is None
        else known.nothing,
        ground=ground(prepared, terms),
        looks=looks,
    )


def _opposite(item: Evidence, new: Evidence | None) -> bool:
    """Does the one say just the opposite of the other, all else being equal?"""
    if new is None or {item.says, new.says} != {Says.PRESENT, Says.ABSENT}:
        return False
    return replace(new, says=item.says, counter=item.counter) == item


def percent(probability: float) -> str:
    """A probability as a page prints it: small and near-certain ones keep one digit that says something.

    >>> percent(0.00612), percent(0.123), percent(0.00031), percent(0.99981), percent(0.0)
    ('0.6 %', '12 %', '0.03 %', '99.98 %', 'below 0.0001 %')
    """
    if probability < 1e-6:
        return "below 0.0001 %"
    if probability > 1.0 - 1e-6:
        return "above 99.9999 %"
    rest = min(probability, 1.0 - probability)
    digits = 0 if rest >= 0.095 else max(1, -2 - math.floor(math.log10(rest)))
    return f"{probability * 100:.{digits}f} %"
