"""The stories of all parties together, and what each makes a steered channel say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import fsum

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError
from tocsin.model.deception import NONE, Deception
from tocsin.model.evidence import Evidence
from tocsin.model.problem import Scenario
from tocsin.prob.reports import Statements

MOST_STORIES = 64
_SUM_WITHIN = 1e-6

Slant = tuple[float | None, ...]
"""Per party the chance that a channel it steers says "present"; None where it steers nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlan:
    """Every combination of one story per party; the first is "none" for all of them.

    ``log_prior`` has shape ``(combination,)``, ``slant_of`` ``(combination, scenario + 1)``: the row of ``slants``
    that holds under each scenario, and last under the status quo.
    """

    parties: tuple[Deception, ...]
    combinations: tuple[tuple[int, ...], ...]
    log_prior: NDArray[np.float64]
    slants: tuple[Slant, ...]
    slant_of: NDArray[np.int64]

    def of_party(self, chances: NDArray[np.float64], party: int) -> dict[str, float]:
        """Probability of each story of one party, from those of the combinations."""
        out = dict.fromkeys((story.id for story in self.parties[party].stories), 0.0)
        for combination, chance in zip(self.combinations, chances.tolist(), strict=True):
            out[self.parties[party].stories[combination[party]].id] += chance
        return out


def plan(parties: Sequence[Deception], scenarios: Sequence[Scenario], *, status_quo: str | None) -> StoryPlan:
    """Lay out the stories of all parties.

    Args:
        parties: The declared ones; without any there is one combination, and nothing is steered.
        scenarios: Those of the core, the status quo left out.
        status_quo: The id of the status quo, where it has one.

    Raises:
        ProbabilityError: A story's probability is none, or there are too many combinations.
    """
    for party in parties:
        masses = [story.prior for story in party.stories]
        if any(not 0 <= mass <= 1 for mass in masses) or not abs(fsum(masses) - 1) <= _SUM_WITHIN:
            raise ProbabilityError(f"the stories of {party.id} must have probabilities that sum to 1, not {masses}")
        if not any(story.id == NONE and story.prior > 0 for story in party.stories):
            raise ProbabilityError(f"the stories of {party.id} leave out '{NONE}', or give it nothing")
    combinations = tuple(product(*(_none_first(party) for party in parties)))
    if len(combinations) > MOST_STORIES:
        raise ProbabilityError(
            f"at most {MOST_STORIES} combinations of stories can be weighed together, not {len(combinations)}"
        )
    slants: dict[Slant, int] = {}
    under = [(s.id, s.event) for s in scenarios] + [(status_quo or "", False)]
    slant_of = np.zeros((len(combinations), len(under)), dtype=np.int64)
    for row, combination in enumerate(combinations):
        told = [party.stories[at] for party, at in zip(parties, combination, strict=True)]
        for column, (name, event) in enumerate(under):
            slant = tuple(None if story.id == NONE else story.says_present(name, event=event) for story in told)
            slant_of[row, column] = slants.setdefault(slant, len(slants))
    mass = [[party.stories[at].prior for party, at in zip(parties, c, strict=True)] for c in combinations]
    with np.errstate(divide="ignore"):
        log_prior = np.log(np.array(mass, dtype=np.float64).reshape(len(combinations), -1)).sum(axis=1)
    return StoryPlan(
        parties=tuple(parties),
        combinations=combinations,
        log_prior=log_prior,
        slants=tuple(slants),
        slant_of=slant_of,
    )


def _none_first(party: Deception) -> list[int]:
    """The places of a party's stories, that of "none" first."""
    return sorted(range(len(party.stories)), key=lambda at: (party.stories[at].id != NONE, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far each party reaches the statements on one indicator; shape ``(party, report)``."""

    steers: NDArray[np.float64]

    def narrowed(self, slant: Slant) -> Slant:
        """The slant with the parties left out that reach none of the statements."""
        return tuple(told if bool(row.any()) else None for told, row in zip(slant, self.steers, strict=True))

    def told(self, said: Statements, slant: Slant) -> Statements:
        """The statements under a slant; as they stand where nobody steers."""
        chosen = [(row, told) for row, told in zip(self.steers, slant, strict=True) if told is not None]
        if not chosen:
            return said
        return said.told(
            np.minimum(sum((row for row, _ in chosen), np.zeros(len(said.day))), 1.0),
            sum((row * told for row, told in chosen), np.zeros(len(said.day))),
        )


def reach(found: StoryPlan, items: Sequence[Evidence], *, indicator: str) -> Reach:
    """How far each party reaches the items on one indicator.

    Raises:
        ProbabilityError: The parties together steer a statement with more than certainty.
    """
    steers = np.array(
        [[party.steers(item.source, item.party, indicator=indicator) for item in items] for party in found.parties],
        dtype=np.float64,
    ).reshape(len(found.parties), len(items))
    over = steers.sum(axis=0) > 1 + _SUM_WITHIN
    if over.any():
        item = items[int(np.argmax(over))]
        raise ProbabilityError(f"{item.id}: the parties together steer {item.source} with more than certainty")
    return Reach(steers=steers)
