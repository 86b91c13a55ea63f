"""The answer with the terms of single indicators exchanged: what leaving out and finding out come to.

Only what has changed is multiplied in, in the log domain, so that a thousand variants of one answer are cheap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.infer.core import columns, possible, under
from tocsin.infer.prepare import Prepared
from tocsin.infer.terms import Term, Terms
from tocsin.prob import gates as combos
from tocsin.prob.warning import log_odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Probability of the event within a window, and its log-odds, exact also where the probability is near one."""

    probability: float
    log_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """One indicator's log-likelihood under one slant: ``(tempo, course, F + 1)``, and under the status quo."""

    log_all: NDArray[np.float64]
    quiet: float


def known_state(terms: Sequence[Term], *, state: bool) -> tuple[Replaced, ...]:
    """An indicator's terms once its state today is known."""
    made = {
        id(term): Replaced(log_all=term.log_on if state else term.log_off, quiet=term.quiet(state=state))
        for term in terms
    }
    return tuple(made[id(term)] for term in terms)


def whatever(terms: Sequence[Term]) -> tuple[Replaced, ...]:
    """An indicator's terms whatever its state today."""
    made = {id(term): Replaced(log_all=term.log_all, quiet=term.quiet()) for term in terms}
    return tuple(made[id(term)] for term in terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Log-masses of an answer, by combination of stories, tempo, scenario and day; and of the status quo by story.

    ``stories`` are the combinations in play.
    """

    prepared: Prepared
    terms: Terms
    stories: tuple[int, ...]
    mass: NDArray[np.float64]
    quiet: NDArray[np.float64]

    def split(self, days: int | None, exchanged: Mapping[str, Sequence[Replaced]]) -> Split | None:
        """The answer with some indicators' terms exchanged.

        Args:
            days: The window, from tomorrow on; None for whenever.
            exchanged: Per indicator its terms under every slant.

        Returns:
            None where this cannot be told from the masses: what was impossible has become possible, or everything
            has become impossible.
        """
        mass, quiet = self.mass.copy(), self.quiet.copy()
        for name, new in exchanged.items():
            old = self.terms.indicators[name]
            course_of = self.prepared.indicators[name].course_of
            for row, slants in enumerate(self.prepared.stories.slant_of[list(self.stories)]):
                last = old[slants[-1]].quiet()
                if last == -np.inf < new[slants[-1]].quiet:
                    return None
                quiet[row] += new[slants[-1]].quiet - last if last > -np.inf else 0.0
                for slant, where in columns(slants[:-1], old, new):
                    before = old[slant].log_all
                    impossible = before == -np.inf
                    if np.any(impossible & (new[slant].log_all > -np.inf)):
                        return None
                    moved = new[slant].log_all - np.where(impossible, 0.0, before)
                    mass[row][:, where] += moved[:, course_of[where]]
        last_column = mass.shape[-1] - 1
        days = last_column + 1 if days is None else min(max(days, 0), last_column)
        top = max(float(mass.max(initial=-np.inf)), float(quiet.max()))
        if top == -np.inf:
            return None
        by_day = np.exp(mass - top).sum(axis=(0, 1))
        events = self.prepared.events
        for_it = float(by_day[events, :days].sum())
        against = float(by_day[events, days:].sum()) + float(by_day[~events].sum()) + float(np.exp(quiet - top).sum())
        return Split(probability=for_it / (for_it + against), log_odds=log_odds(for_it, against))


def ground(prepared: Prepared, found: Terms, *, honest: bool = False) -> Ground:
    """The log-masses of an answer.

    Args:
        prepared: The problem as of the day.
        found: The terms of the evidence.
        honest: Take it as known that nobody deceives.
    """
    stories = possible(prepared, honest=honest)
    mass = np.full((len(stories), len(prepared.tempo), len(prepared.scenarios), prepared.future + 1), -np.inf)
    quiet = np.full(len(stories), -np.inf)
    for row, story in enumerate(stories):
        part = under(prepared, found, story=story, known={})
        for group, log_part, total in zip(prepared.groups, part.groups, part.sums, strict=True):
            mass[row, :, group.scenario] = np.logaddexp(mass[row, :, group.scenario], log_part + total)
        quiet[row] = combos.log_sum(part.rest)
    return Ground(prepared=prepared, terms=found, stories=stories, mass=mass, quiet=quiet)
