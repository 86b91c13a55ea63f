"""Rival accounts of what happened: how well they are told apart, and what each would mean for the answer.

The accounts stand above the gates: which one is true is summed out of the answer, exactly, together with the gates.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError
from tocsin.model.explanations import AccountResult, ExplanationResult, ObservationResult
from tocsin.model.problem import Account, Explanation, Observation, WarningProblem
from tocsin.prob import gates as combos

SEPARATES = 3.0
"""A likelihood ratio between two accounts below which they count as not told apart. Judgement."""

MOST_RATIO = 1e6
"""The largest ratio that is shown: an account that an observation rules out would have an infinite one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Prior log-weights, with the accounts summed out.

    ``scenarios`` has shape ``(scenario, state of the gates)``, ``rest`` (what is left to the status quo) ``(state,)``.
    """

    scenarios: NDArray[np.float64]
    rest: NDArray[np.float64]


def weights(
    explanations: Sequence[Explanation],
    *,
    as_of: date,
    gates: Mapping[str, float],
    priors: Mapping[str, float],
    table: NDArray[np.bool_],
    allowed: NDArray[np.bool_],
) -> Weights:
    """Prior weight of every scenario and of the status quo in every state of the gates.

    Each combination of accounts moves the odds of the gates and of the scenarios by its factors; the weights are the
    mean over the combinations, each as probable as its observations make it.

    Args:
        explanations: The declared events; those of a later day than ``as_of`` are not known yet.
        as_of: The day assessed.
        gates: Probability of each gate, in the order of the table's columns.
        priors: Prior of each scenario given its gates, in the order of ``allowed``.
        table: Shape ``(state, gate)``.
        allowed: Shape ``(scenario, state)``.

    Raises:
        ProbabilityError: In some state the priors sum to more than one.
    """
    parts = []
    for log_chance, factors in _combinations(explanations, as_of):
        opened = np.array([moved(p, factors.get(name, 1.0)) for name, p in gates.items()], dtype=np.float64)
        scenario = np.array([moved(p, factors.get(name, 1.0)) for name, p in priors.items()], dtype=np.float64)
        log_gates = log_chance + combos.log_weights(table, opened)
        rest = combos.left_over(allowed, scenario)
        with np.errstate(divide="ignore"):
            parts.append((log_gates[None, :] + np.log(scenario)[:, None], log_gates + np.log(rest)))
    if len(parts) == 1:
        return Weights(scenarios=parts[0][0], rest=parts[0][1])
    return Weights(
        scenarios=np.asarray(np.logaddexp.reduce([first for first, _ in parts])),
        rest=np.asarray(np.logaddexp.reduce([second for _, second in parts])),
    )


def moved(probability: float, factor: float) -> float:
    """A probability whose odds are multiplied; certainty stays what it is, and a factor of one changes no digit.

    >>> moved(0.2, 4.0), moved(0.2, 1.0)
    (0.5, 0.2)
    """
    if factor == 1.0:
        return probability
    return probability * factor / (1.0 - probability + probability * factor)


def known(explanations: Sequence[Explanation], as_of: date) -> tuple[Explanation, ...]:
    """The events that have happened by a day, with the observations known by then."""
    return tuple(
        replace(one, observations=tuple(o for o in one.observations if o.on is None or o.on <= as_of))
        for one in explanations
        if one.on is None or one.on <= as_of
    )


def chances(explanation: Explanation) -> tuple[float, ...]:
    """Probability of each account after its observations, in the order declared.

    Raises:
        ProbabilityError: The observations rule out every account.
    """
    logs = [
        _log(account.prior.point) + _log_likelihood(explanation.observations, account)
        for account in explanation.accounts
    ]
    top = max(logs)
    if top == -math.inf:
        raise ProbabilityError(f"the observations on {explanation.id} rule out every account of it")
    joint = [math.exp(one - top) for one in logs]
    total = math.fsum(joint)
    return tuple(value / total for value in joint)


def only(problem: WarningProblem, event: str, account: str) -> WarningProblem:
    """The problem if one account of one event were known to be true."""
    certain = tuple(
        one
        if one.id != event
        else replace(one, observations=(), accounts=tuple(a for a in one.accounts if a.id == account))
        for one in problem.explanations
    )
    return replace(problem, explanations=certain)


def result(explanation: Explanation, *, if_true: Mapping[str, tuple[float, float]], answer: float) -> ExplanationResult:
    """One event as the assessment shows it.

    Args:
        explanation: The event with the observations known by the day assessed.
        if_true: Per account that changes odds: log-probability of all reports if it is true, and the headline then.
            Without an entry the account changes nothing.
        answer: The headline.
    """
    after = chances(explanation)
    level = max((log for log, _ in if_true.values()), default=0.0)
    reported = [
        chance * math.exp(if_true[account.id][0] - level) if account.id in if_true else chance
        for account, chance in zip(explanation.accounts, after, strict=True)
    ]
    total = math.fsum(reported)
    ratio = _ratio([_log_likelihood(explanation.observations, account) for account in explanation.accounts])
    return ExplanationResult(
        event=explanation.id,
        statement=explanation.statement,
        accounts=tuple(
            AccountResult(
                id=account.id,
                statement=account.statement,
                probability=chance,
                prior=account.prior.point,
                with_reports=with_reports / total,
                answer_if_true=if_true[account.id][1] if account.id in if_true else answer,
                odds=account.odds,
            )
            for account, chance, with_reports in zip(explanation.accounts, after, reported, strict=True)
        ),
        observations=tuple(_observation(one) for one in explanation.observations),
        ratio=ratio,
        separates=ratio >= SEPARATES,
    )


def _combinations(explanations: Sequence[Explanation], as_of: date) -> Iterator[tuple[float, Mapping[str, float]]]:
    """Log-probability and odds factors of every combination of accounts; one without factors where nothing is known."""
    live = [one for one in known(explanations, as_of) if any(account.odds for account in one.accounts)]
    for combination in itertools.product(*(zip(one.accounts, chances(one), strict=True) for one in live)):
        chance = math.prod(share for _, share in combination)
        if chance <= 0:
            continue
        factors: dict[str, float] = {}
        for account, _ in combination:
            for name, factor in account.odds.items():
                factors[name] = factors.get(name, 1.0) * factor
        yield math.log(chance), factors


def _log_likelihood(observations: Sequence[Observation], account: Account) -> float:
    return math.fsum(_log(one.likelihood[account.id].point) for one in observations)


def _log(probability: float) -> float:
    return math.log(probability) if probability > 0.0 else -math.inf


def _ratio(logs: Sequence[float]) -> float:
    """How far the likeliest lies above the least likely, at most ``MOST_RATIO``."""
    least, most = min(logs), max(logs)
    return MOST_RATIO if least == -math.inf else math.exp(min(most - least, math.log(MOST_RATIO)))


def _observation(one: Observation) -> ObservationResult:
    points = {name: chance.point for name, chance in one.likelihood.items()}
    ratio = _ratio([_log(point) for point in points.values()])
    return ObservationResult(
        id=one.id,
        statement=one.statement,
        ratio=ratio,
        favours=max(points, key=lambda name: points[name]) if ratio > 1.0 else None,
    )
