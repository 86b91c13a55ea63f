"""What the declared actors would settle on, who matters in it, and the gate that follows from it.

A weak instrument, and it says so of itself: the mean of positions is hard to beat and still misses by much.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tocsin.errors import ProbabilityError
from tocsin.model.actors import (
    Actor,
    ActorShown,
    ActorsResult,
    Dispute,
    GateLink,
    Measure,
    Without,
    WithoutSeveral,
)
from tocsin.model.problem import Chance, Gate, WarningProblem
from tocsin.prob import actors as prob

Array = NDArray[np.float64]

DRAWS = 256
"""Sobol points over the ranges of positions, capability and salience."""

LIKELY = 0.8
"""Mass of the stretch shown as likely."""

MIDDLE = 50.0
"""Where the forecast is compared with where no gate is linked."""

LEAST_ODDS = 2.0
"""A gate's prior that comes from actors is never held surer than this factor of its odds either way."""

CAUTION = (
    "A weak instrument. On 353 decided issues of European law-making such a mean missed the outcome by 23 points of "
    "100; to say 50 every time missed by 28, and a published bargaining model by 27 to 28. It shows where the weight "
    "lies and on whom it hangs, not what will be decided."
)

_SEED = 2511
_Z95 = 1.6448536269514722


def informed(problem: WarningProblem, *, as_of: date) -> WarningProblem:
    """The problem with the prior of the linked gate taken from the actors' forecast; unchanged where none is linked."""
    dispute = problem.dispute
    gate = _gate(problem)
    living = _living(problem.actors, as_of)
    if dispute is None or gate is None or not living:
        return problem
    link = _link(dispute, gate, living)
    prior = Chance(point=link.probability, low=link.low, high=link.high, text="from the actors' forecast")
    changed = tuple(replace(one, probability=prior) if one.id == gate.id else one for one in problem.gates)
    return replace(problem, gates=changed)


def forecast(problem: WarningProblem, *, as_of: date) -> ActorsResult | None:
    """Where the actors who have a say on a day would settle; None where none is declared or none weighs anything.

    Args:
        problem: As declared; the linked gate still with the probability that the file gives it.
        as_of: The day assessed.

    Source:
        docs/method.md, "Actors".
    """
    dispute, living = problem.dispute, _living(problem.actors, as_of)
    if dispute is None or not living:
        return None
    gate = _gate(problem)
    position, share = _points(living)
    mean = float((position * share).sum())
    drawn_position, drawn_share = _drawn(living)
    means = (drawn_position * drawn_share).sum(axis=-1)
    mass = prob.predictive(drawn_position, drawn_share).mean(axis=0)
    without = tuple(
        Without(actor=actor.id, mean=found[0], gate=found[1])
        for actor in living
        if (found := _left(dispute, gate, living, {actor.id})) is not None
    )
    target = dispute.even_at if gate is not None else MIDDLE
    to = prob.needed(position, share, target)
    place = {actor.id: at for at, actor in enumerate(living)}
    return ActorsResult(
        question=dispute.question,
        nought=dispute.nought,
        hundred=dispute.hundred,
        mean=mean,
        low=prob.quantile(mass, 0.05),
        high=prob.quantile(mass, 0.95),
        likely=prob.narrowest(mass, LIKELY),
        mean_low=min(mean, float(np.quantile(means, 0.05))),
        mean_high=max(mean, float(np.quantile(means, 0.95))),
        actors=tuple(
            ActorShown(
                id=actor.id,
                name=actor.name,
                position=actor.position.point,
                capability=actor.capability.point,
                salience=actor.salience.point,
                share=float(share[place[actor.id]]) if actor.id in place else 0.0,
                needed=_number(to[place[actor.id]]) if actor.id in place else None,
            )
            for actor in problem.actors
        ),
        without=without,
        without_several=tuple(
            WithoutSeveral(actors=group, mean=found[0], gate=found[1])
            for group in dispute.without
            if (found := _left(dispute, gate, living, group)) is not None
        ),
        pivotal=living[prob.pivot(position, share)].id,
        heaviest=max(without, key=lambda one: abs(one.mean - mean)).actor if without else None,
        target=target,
        gate=None if gate is None else _link(dispute, gate, living),
        caution=CAUTION,
    )


def _gate(problem: WarningProblem) -> Gate | None:
    linked = None if problem.dispute is None else problem.dispute.gate
    return next((gate for gate in problem.gates if gate.id == linked), None)


def _living(actors: Sequence[Actor], as_of: date) -> tuple[Actor, ...]:
    """Those with a say on the day; nobody where none of them weighs anything."""
    living = tuple(actor for actor in actors if actor.counts(as_of))
    return living if any(actor.capability.point * actor.salience.point > 0 for actor in living) else ()


def _points(living: Sequence[Actor]) -> tuple[Array, Array]:
    """Positions and shares at the analyst's central values; shapes ``(actor,)``."""
    position = np.array([actor.position.point for actor in living])
    capability = np.array([actor.capability.point for actor in living])
    return position, prob.shares(capability, np.array([actor.salience.point for actor in living]))


def _drawn(living: Sequence[Actor]) -> tuple[Array, Array]:
    """The same, drawn within what the words allow; shapes ``(draw, actor)``. One draw where all is certain."""
    measures = [m for actor in living for m in (actor.position, actor.capability, actor.salience)]
    if all(m.low == m.high for m in measures):
        position, share = _points(living)
        return position[None, :], share[None, :]
    from scipy.stats import qmc

    points = qmc.Sobol(d=len(measures), scramble=True, rng=np.random.default_rng(_SEED)).random(DRAWS)
    normal = ndtri(np.clip(points, 1e-6, 1.0 - 1e-6))
    values = np.stack([_within(m, normal[:, at]) for at, m in enumerate(measures)], axis=1)
    position, capability, salience = (values[:, first::3] for first in range(3))
    weighing = (capability * salience).sum(axis=1) > 0
    return position[weighing], prob.shares(capability[weighing], salience[weighing])


def _within(measure: Measure, normal: Array) -> Array:
    """A split normal with the range as its 5 and 95 % points, kept on the line."""
    below, above = (measure.point - measure.low) / _Z95, (measure.high - measure.point) / _Z95
    return np.asarray(np.clip(measure.point + normal * np.where(normal < 0, below, above), 0.0, 100.0))


def _left(
    dispute: Dispute, gate: Gate | None, living: Sequence[Actor], gone: Collection[str]
) -> tuple[float, float | None] | None:
    """Mean and gate without some actors; None where nobody who weighs anything is left."""
    rest = tuple(actor for actor in living if actor.id not in gone)
    if not any(actor.capability.point * actor.salience.point > 0 for actor in rest):
        return None
    position, share = _points(rest)
    mean = float((position * share).sum())
    return mean, None if gate is None else float(_opening(dispute, prob.predictive(position, share)))


def _opening(dispute: Dispute, mass: Array) -> Array:
    return prob.opening(mass, even_at=dispute.even_at, width=dispute.width)


def _link(dispute: Dispute, gate: Gate, living: Sequence[Actor]) -> GateLink:
    """The gate's prior at the central values, with the range that the analyst's words leave it."""
    point = float(_opening(dispute, prob.predictive(*_points(living))))
    if not 0.0 < point < 1.0:
        raise ProbabilityError(f"the actors' forecast leaves gate {gate.id} no doubt; widen the dispute's width")
    drawn = _opening(dispute, prob.predictive(*_drawn(living)))
    odds = point / (1.0 - point)
    return GateLink(
        id=gate.id,
        probability=point,
        low=min(float(np.quantile(drawn, 0.05)), odds / (LEAST_ODDS + odds)),
        high=max(float(np.quantile(drawn, 0.95)), odds * LEAST_ODDS / (1.0 + odds * LEAST_ODDS)),
        declared=gate.probability.point,
        even_at=dispute.even_at,
        width=dispute.width,
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
