"""The answer with the terms of single indicators exchanged: what leaving out and finding out come to.

Only what has changed is multiplied in, in the log domain, so that a thousand variants of one answer are cheap.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.infer.core import columns, possible, under
from tocsin.infer.lever import Lever, lever
from tocsin.infer.prepare import Prepared
from tocsin.infer.terms import Term, Terms
from tocsin.prob import gates as combos
from tocsin.prob.warning import log_odds

_RULED_OUT = 70.0


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
        key: Replaced(log_all=term.log_on if state else term.log_off, quiet=term.quiet(state=state))
        for key, term in {id(term): term for term in terms}.items()
    }
    return tuple(made[id(term)] for term in terms)


def whatever(terms: Sequence[Term]) -> tuple[Replaced, ...]:
    """An indicator's terms whatever its state today."""
    made = {id(term): Replaced(log_all=term.log_all, quiet=term.quiet()) for term in terms}
    return tuple(made[id(term)] for term in terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Log-masses of an answer, by combination of stories and habits, tempo, scenario and day; and of the status quo.

    ``stories`` are the combinations in play: those that what was said has ruled out by 30 orders of magnitude are left
    out. ``slants`` are the slants that hold under any of them. ``levers`` remembers what was computed for single
    indicators, by name and window.
    """

    prepared: Prepared
    terms: Terms
    stories: tuple[int, ...]
    slants: tuple[int, ...]
    mass: NDArray[np.float64]
    quiet: NDArray[np.float64]
    levers: dict[tuple[str, int], Lever | None] = field(default_factory=dict[tuple[str, int], Lever | None])

    def lever(self, name: str, days: int) -> Lever | None:
        """What one indicator's statements do to the event within a window; computed once."""
        if (name, days) not in self.levers:
            self.levers[name, days] = lever(
                self.prepared,
                self.prepared.indicators[name],
                self.terms.indicators[name],
                stories=self.stories,
                mass=self.mass,
                quiet=self.quiet,
                days=days,
            )
        return self.levers[name, days]

    def split(self, days: int | None, exchanged: Mapping[str, Sequence[Replaced]]) -> Split | None:
        """The answer with some indicators' terms exchanged.

        Args:
            days: The window, from tomorrow on; None for whenever.
            exchanged: Per indicator its terms under every slant.

        Returns:
            None where this cannot be told from the masses: what was impossible has become possible, or everything
            has become impossible.
        """
        moved = self._moved(exchanged)
        if moved is None:
            return None
        mass, quiet = moved
        last_column = mass.shape[-1] - 1
        days = last_column + 1 if days is None else min(max(days, 0), last_column)
        top = max(float(mass.max(initial=-np.inf)), float(quiet.max()))
        if top == -np.inf:
            return None
        by_day = np.exp(mass - top).sum(axis=(0, 1))
        events = self.prepared.events
        for_it = float(by_day[events, :days].sum())
        against = float(by_day[events, days:].sum()) + float(by_day[~events].sum()) + float(np.exp(quiet - top).sum())
        return split_of(for_it, against)

    def after(self, name: str, new: tuple[Term, ...]) -> Ground | None:
        """The masses with one indicator's terms exchanged for good; None where they cannot be told from these."""
        moved = self._moved({name: whatever(new)})
        if moved is None:
            return None
        terms = replace(self.terms, indicators={**self.terms.indicators, name: new})
        return replace(self, terms=terms, mass=moved[0], quiet=moved[1], levers={})

    def _moved(
        self, exchanged: Mapping[str, Sequence[Replaced]]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """The masses with some indicators' terms exchanged."""
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
        return mass, quiet


def split_of(for_it: float, against: float) -> Split:
    """The answer from the masses for and against."""
    return Split(probability=for_it / (for_it + against), log_odds=log_odds(for_it, against))


def ground(prepared: Prepared, found: Terms, *, honest: bool = False, only: Collection[int] | None = None) -> Ground:
    """The log-masses of an answer.

    Args:
        prepared: The problem as of the day.
        found: The terms of the evidence.
        honest: Take it as known that nobody deceives.
        only: The combinations of stories and habits that may be in play; all if left out.
    """
    alike = possible(prepared, found, honest=honest)
    every = [row for rows in alike.values() for row in rows]
    stories = tuple(sorted(row for row in every if only is None or row in only))
    mass = np.full((len(stories), len(prepared.tempo), len(prepared.scenarios), prepared.future + 1), -np.inf)
    quiet = np.full(len(stories), -np.inf)
    for first, rows in alike.items():
        kept = [row for row in rows if row in stories]
        if not kept:
            continue
        part = under(prepared, found, stories=(first,), known={})
        for row in kept:
            at, other = stories.index(row), prepared.stories.log_prior[row] - prepared.stories.log_prior[first]
            for group, log_part, total in zip(prepared.groups, part.groups, part.sums, strict=True):
                mass[at, :, group.scenario] = np.logaddexp(mass[at, :, group.scenario], log_part + (total + other))
            quiet[at] = combos.log_sum(part.rest) + other
    heights = np.maximum(mass.reshape(len(stories), -1).max(axis=1, initial=-np.inf), quiet)
    chosen = np.flatnonzero(heights > heights.max() - _RULED_OUT).tolist()
    left = [stories[row] for row in chosen]
    return Ground(
        prepared=prepared,
        terms=found,
        stories=tuple(left),
        slants=tuple(np.unique(prepared.stories.slant_of[left]).tolist()),
        mass=mass[chosen],
        quiet=quiet[chosen],
    )
