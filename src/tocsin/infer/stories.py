"""The stories of all parties together, what each makes a steered channel say, and the habits of the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import fsum, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError
from tocsin.infer.habits import Habit
from tocsin.model.deception import NONE, Deception
from tocsin.model.evidence import Evidence
from tocsin.model.problem import Scenario
from tocsin.prob.reports import Statements

MOST_STORIES = 64
_SUM_WITHIN = 1e-6

Told = tuple[float | None, ...]
"""Per party the chance that a channel it steers says "present"; None where it steers nothing."""


class Slant(NamedTuple):
    """How reports come about: what each party has its channels say, and the row of the habits that hold."""

    told: Told
    habit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlan:
    """Every combination of one story per party and one habit of the sources: what is hidden beside the scenario.

    The combinations run over the stories first, of which the first is "none" for all parties, and for each over the
    habits. ``log_prior`` has shape ``(story x habit,)``, ``slant_of`` ``(story x habit, scenario + 1)``: the row of
    ``slants`` that holds under each scenario, and last under the status quo.
    """

    parties: tuple[Deception, ...]
    combinations: tuple[tuple[int, ...], ...]
    habits: tuple[Habit, ...]
    log_prior: NDArray[np.float64]
    slants: tuple[Slant, ...]
    slant_of: NDArray[np.int64]

    @property
    def log_none(self) -> float:
        """Log-probability that no party tells a story."""
        return float(np.logaddexp.reduce(self.log_prior[: len(self.habits)]))

    def by_story(self, chances: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of each combination of stories, from that of stories and habits together."""
        return np.asarray(chances.reshape(-1, len(self.habits)).sum(axis=1))

    def by_habit(self, chances: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability of each habit, from that of stories and habits together."""
        return np.asarray(chances.reshape(-1, len(self.habits)).sum(axis=0))

    def of_party(self, chances: NDArray[np.float64], party: int) -> dict[str, float]:
        """Probability of each story of one party, from those of the combinations of stories."""
        out = dict.fromkeys((story.id for story in self.parties[party].stories), 0.0)
        for combination, chance in zip(self.combinations, chances.tolist(), strict=True):
            out[self.parties[party].stories[combination[party]].id] += chance
        return out


def plan(
    parties: Sequence[Deception], scenarios: Sequence[Scenario], *, status_quo: str | None, habits: Sequence[Habit]
) -> StoryPlan:
    """Lay out the stories of all parties, and the habits of the sources.

    Args:
        parties: The declared ones; without any there is one combination, and nothing is steered.
        scenarios: Those of the core, the status quo left out.
        status_quo: The id of the status quo, where it has one.
        habits: How sources may speak.

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
    slant_of: list[list[int]] = []
    log_prior: list[float] = []
    for combination in combinations:
        stories = [party.stories[at] for party, at in zip(parties, combination, strict=True)]
        told = [
            tuple(None if story.id == NONE else story.says_present(name, event=event) for story in stories)
            for name, event in under
        ]
        for row, habit in enumerate(habits):
            slant_of.append([slants.setdefault(Slant(one, row), len(slants)) for one in told])
            masses = [story.prior for story in stories]
            log_prior.append(sum(log(mass) if mass > 0 else -np.inf for mass in (*masses, habit.chance)))
    return StoryPlan(
        parties=tuple(parties),
        combinations=combinations,
        habits=tuple(habits),
        log_prior=np.array(log_prior),
        slants=tuple(slants),
        slant_of=np.array(slant_of, dtype=np.int64),
    )


def _none_first(party: Deception) -> list[int]:
    """The places of a party's stories, that of "none" first."""
    return sorted(range(len(party.stories)), key=lambda at: (party.stories[at].id != NONE, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far each party reaches the statements on one indicator; shape ``(party, report)``."""

    steers: NDArray[np.float64]

    def narrowed(self, told: Told) -> Told:
        """What is told, with the parties left out that reach none of the statements."""
        return tuple(one if bool(row.any()) else None for one, row in zip(told, self.steers, strict=True))

    def part(self, rows: NDArray[np.int64]) -> Reach:
        """How far each party reaches some of the statements."""
        return Reach(steers=self.steers[:, rows])

    def told(self, said: Statements, told: Told) -> Statements:
        """The statements as they are told; as they stand where nobody steers."""
        chosen = [(row, one) for row, one in zip(self.steers, told, strict=True) if one is not None]
        if not chosen:
            return said
        return said.told(
            np.minimum(sum((row for row, _ in chosen), np.zeros(len(said.day))), 1.0),
            sum((row * one for row, one in chosen), np.zeros(len(said.day))),
        )


def reach(found: StoryPlan, items: Sequence[Evidence], *, indicator: str) -> Reach:
    """How far each party reaches the items on one indicator; those of ungraded sources move nothing, steered or not.

    Raises:
        ProbabilityError: The parties together steer a statement with more than certainty.
    """
    steers = np.array(
        [
            [
                0.0 if item.knows is None else party.steers(item.source, item.party, indicator=indicator)
                for item in items
            ]
            for party in found.parties
        ],
        dtype=np.float64,
    ).reshape(len(found.parties), len(items))
    over = steers.sum(axis=0) > 1 + _SUM_WITHIN
    if over.any():
        item = items[int(np.argmax(over))]
        raise ProbabilityError(f"{item.id}: the parties together steer {item.source} with more than certainty")
    return Reach(steers=steers)
