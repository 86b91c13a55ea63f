"""One problem, one day, one body of evidence: the answer, and the answer with items taken out or turned round."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tocsin.infer import core
from tocsin.infer.board import within
from tocsin.model.evidence import Evidence
from tocsin.model.problem import WarningProblem
from tocsin.model.yardstick import ICD_203, YARDSTICKS, word_for

CLOSED = "window closed"
"""What stands in place of a word when the question's last day is over."""

FALLBACK_DAYS = 30
"""Days ahead by which items are compared once the question's own window is closed."""

_MOST_ODDS = 700.0
_REMOTE = 0.01
_NEAR_CERTAIN = 0.99


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
        posterior: The answer.
        nothing: The same without any evidence.
        looks: Days on which somebody looked, per indicator.
    """

    problem: WarningProblem
    prepared: core.Prepared
    evidence: tuple[Evidence, ...]
    by_indicator: Mapping[str, tuple[Evidence, ...]]
    places: Mapping[str, frozenset[str]]
    terms: core.Terms
    posterior: core.Posterior
    nothing: core.Posterior
    looks: core.Looks | None = None

    @property
    def as_of(self) -> date:
        """The day assessed."""
        return self.prepared.as_of

    @property
    def closed(self) -> bool:
        """Is the question's last day over?"""
        return self.problem.by <= self.as_of

    def headline(self, posterior: core.Posterior) -> float:
        """Probability of the event up to and including the question's last day."""
        return min(1.0, max(0.0, posterior.event_by(self.problem.by)))

    def odds(self, posterior: core.Posterior) -> float:
        """Log-odds of the headline, kept finite; of the next thirty days once the window is closed."""
        days = FALLBACK_DAYS if self.closed else (self.problem.by - self.as_of).days
        return min(_MOST_ODDS, max(-_MOST_ODDS, posterior.log_odds_within(days)))

    def word(self, probability: float) -> str:
        """The yardstick's word for a headline."""
        return CLOSED if self.closed else word_for(probability, YARDSTICKS.get(self.problem.yardstick, ICD_203))

    def same_word(self, one: float, other: float) -> bool:
        """Do two headlines go by the same word? What is too small or too near certain for a word has the next one."""
        scale = YARDSTICKS.get(self.problem.yardstick, ICD_203)
        first, second = (word_for(min(_NEAR_CERTAIN, max(_REMOTE, value)), scale) for value in (one, other))
        return self.closed or first == second

    def without(self, gone: Iterable[Evidence]) -> core.Posterior:
        """The answer if these items had never come in; whatever repeats them then speaks for itself."""
        return self.changed({item.id: None for item in gone})

    def changed(self, changes: Mapping[str, Evidence | None]) -> core.Posterior:
        """The answer with items replaced, or taken out (None), by their id."""
        terms = self.terms
        for indicator in sorted({place for key in changes for place in self.places.get(key, ())}):
            items = self.by_indicator[indicator]
            kept = [new for item in items if (new := changes.get(item.id, item)) is not None]
            terms = core.revised(self.prepared, terms, indicator=indicator, evidence=kept)
        return self.posterior if terms is self.terms else core.combine(self.prepared, terms)

    def given(self, certain: Mapping[str, bool]) -> core.Posterior:
        """The answer if the true state of some indicators today were known."""
        return core.combine(self.prepared, self.terms, certain=certain)


def build(
    problem: WarningProblem, evidence: Iterable[Evidence], *, as_of: date, looks: core.Looks | None = None
) -> Case:
    """Prepare a case.

    Raises:
        UsageError: The day lies before the problem was opened, or an item names an unknown indicator.
        ProbabilityError: The evidence is impossible under the problem as declared.
    """
    every = tuple(evidence)
    prepared = core.prepare(problem, as_of=as_of, looks=looks)
    terms = core.terms(prepared, every)
    inside = within(every, opened=problem.opened, as_of=as_of)
    by_indicator: dict[str, list[Evidence]] = {}
    places: dict[str, frozenset[str]] = {}
    for item in inside:
        by_indicator.setdefault(item.indicator, []).append(item)
        places[item.id] = places.get(item.id, frozenset()) | {item.indicator}
    return Case(
        problem=problem,
        prepared=prepared,
        evidence=inside,
        by_indicator={name: tuple(items) for name, items in by_indicator.items()},
        places=places,
        terms=terms,
        posterior=core.combine(prepared, terms),
        nothing=core.posterior(prepared, ()),
        looks=looks,
    )


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
