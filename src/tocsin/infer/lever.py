"""How one indicator's statements move the answer, all else being as it is: one pass for any number of variants.

The masses of an answer are linear in the likelihood that the statements on one indicator have for each day on which it
may have begun. What multiplies that likelihood is the same whatever the statements are. It is computed once, backwards
from the answer; every variant of the statements then costs no more than its own likelihood.

Source:
    docs/method.md, "Leaving out".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.infer.prepare import IndicatorPlan, Prepared
from tocsin.infer.terms import Term
from tocsin.prob.warning import Weights

_WIDEST = 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What multiplies the likelihood of one indicator's statements, for the event in the window and against it.

    Both numbers of a pair stand in the first axis: for it, against it. ``begun`` has shape ``(2, slant, n)`` by the
    day on which a lasting activation began, ``open`` ``(2, slant)`` where none has; ``quiet`` gives, by slant, the
    masses of the status quo.
    """

    begun: NDArray[np.float64]
    open: NDArray[np.float64]
    quiet: Mapping[int, float]

    def masses(self, weights: Sequence[Weights]) -> tuple[float, float] | None:
        """The masses for and against the event, to a common factor; None where everything has become impossible.

        Args:
            weights: The likelihood of the indicator's statements, by slant.
        """
        slants: dict[int, list[int]] = {}
        for slant in {*np.flatnonzero(self.begun.any(axis=(0, 2)) | self.open.any(axis=0)).tolist(), *self.quiet}:
            slants.setdefault(id(weights[slant]), []).append(slant)
        parts: list[tuple[float, float, float]] = []
        for rows in slants.values():
            one = weights[rows[0]]
            never = float(np.logaddexp(one.not_yet_on, one.not_yet_off))
            top = max(float(one.active.max(initial=-np.inf)), never)
            if top == -np.inf:
                continue
            likely, rest = np.exp(one.active - top), float(np.exp(never - top))
            for_it, against = (
                self.begun[:, rows].sum(axis=1) @ likely + self.open[:, rows].sum(axis=1) * rest
            ).tolist()
            parts.append((top, for_it, against + sum(self.quiet.get(row, 0.0) for row in rows) * rest))
        if not parts:
            return None
        base = max(top for top, _, _ in parts)
        scales = [float(np.exp(top - base)) for top, _, _ in parts]
        return (
            sum(scale * for_it for scale, (_, for_it, _) in zip(scales, parts, strict=True)),
            sum(scale * against for scale, (_, _, against) in zip(scales, parts, strict=True)),
        )


def lever(
    prepared: Prepared,
    plan: IndicatorPlan,
    terms: Sequence[Term],
    *,
    stories: Sequence[int],
    mass: NDArray[np.float64],
    quiet: NDArray[np.float64],
    days: int,
) -> Lever | None:
    """The lever of one indicator on the event within a window.

    Args:
        prepared: The problem as of the day.
        plan: The indicator.
        terms: Its terms under every slant, as they stand in the masses.
        stories: The combinations in play.
        mass: Shape ``(combination, tempo, scenario, F + 1)``; log-masses of the answer.
        quiet: Shape ``(combination,)``; those of the status quo.
        days: The window, from tomorrow on.

    Returns:
        None where the statements make something impossible, or all but: then what multiplies them cannot be told from
        the masses.
    """
    slant_of = prepared.stories.slant_of[list(stories)]
    count = len(prepared.stories.slants)
    rest = np.empty_like(mass)
    for row, slants in enumerate(slant_of.tolist()):
        for scenario, slant in enumerate(slants[:-1]):
            told = terms[slant].log_all[:, plan.course_of[scenario]]
            if not np.isfinite(told).all() or float(told.max() - told.min()) > _WIDEST:
                return None
            rest[row, :, scenario] = mass[row, :, scenario] - told
    still = np.array([quiet[row] - terms[slants[-1]].quiet() for row, slants in enumerate(slant_of.tolist())])
    if np.isnan(still).any():
        return None
    base = max(float(rest.max(initial=-np.inf)), float(still.max()))
    if not np.isfinite(base):
        return None
    rest = np.exp(rest - base)
    tempi, future = rest.shape[1], rest.shape[3] - 1
    gathered = np.zeros((2, count, tempi, len(plan.courses), future + 1))
    window = min(max(days, 0), future)
    for row, slants in enumerate(slant_of.tolist()):
        for scenario, slant in enumerate(slants[:-1]):
            here, course = rest[row, :, scenario], plan.course_of[scenario]
            event = int(bool(prepared.events[scenario]))
            gathered[1 - event, slant, :, course, :window] += here[:, :window]
            gathered[1, slant, :, course, window:] += here[:, window:]
    masses: dict[int, float] = {}
    for row, slants in enumerate(slant_of.tolist()):
        masses[slants[-1]] = masses.get(slants[-1], 0.0) + float(np.exp(still[row] - base))
    return Lever(
        begun=_backwards(plan, gathered, past=prepared.past),
        open=np.asarray((gathered * plan.open_chance).sum(axis=(2, 3, 4))),
        quiet=masses,
    )


def _backwards(plan: IndicatorPlan, gathered: NDArray[np.float64], *, past: int) -> NDArray[np.float64]:
    """What multiplies the likelihood of each day of beginning; shape ``(2, slant, n)``."""
    future = gathered.shape[-1] - 1
    out = np.zeros((2, gathered.shape[1], past))
    by_law: dict[int, NDArray[np.float64]] = {}
    laws = {id(law): law for course in plan.courses for law in course.laws}
    for at, course in enumerate(plan.courses):
        for row, law in enumerate(course.laws):
            tempi = row if len(course.laws) > 1 else slice(None)
            share = np.exp(course.begins) * gathered[:, :, tempi, at, :future]
            share = share if share.ndim == 3 else share.sum(axis=2)
            by_law[id(law)] = by_law[id(law)] + share if id(law) in by_law else share
    for key, share in by_law.items():
        law = laws[key]
        for one, slant in np.argwhere(share.any(axis=2)).tolist():
            # the days from the second on: an onset on future day f was led by n + f - a days
            led = np.correlate(law.pmf[1 : past + future], share[one, slant], mode="valid")
            out[one, slant, 1:] += led[: past - 1][::-1]
            out[one, slant, 0] += float(share[one, slant] @ law.tail[past : past + future])
    return out
