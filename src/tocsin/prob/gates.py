"""Gates: every combination of necessary conditions, with its prior weight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import ProbabilityError

MOST_GATES = 10


def states(gates: int) -> NDArray[np.bool_]:
    """All combinations of open and closed gates; shape ``(2**gates, gates)``.

    >>> states(2).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    if gates > MOST_GATES:
        raise ProbabilityError(f"at most {MOST_GATES} gates can be weighed together, not {gates}")
    numbers = np.arange(2**gates)[:, None]
    return np.asarray((numbers >> np.arange(gates)[None, :]) & 1 == 1)


def log_weights(table: NDArray[np.bool_], probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-probability of each combination of independent gates; shape ``(state,)``.

    >>> np.exp(log_weights(states(1), np.array([0.25]))).round(6).tolist()
    [0.75, 0.25]
    """
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(table, np.log(probabilities), np.log1p(-probabilities)).sum(axis=1))


def left_over(
    allowed: NDArray[np.bool_], priors: NDArray[np.float64], *, tolerance: float = 1e-12
) -> NDArray[np.float64]:
    """What each combination of gates leaves to the status quo; shape ``(state,)``.

    Args:
        allowed: Shape ``(scenario, state)``; does the combination allow the scenario?
        priors: Shape ``(scenario,)``; priors given that the gates are open.
        tolerance: How far below nought rounding may carry the rest.

    Raises:
        ProbabilityError: In some combination the priors sum to more than one.
    """
    rest = 1.0 - priors @ allowed
    worst = float(rest.min())
    if worst < -tolerance:
        raise ProbabilityError(f"the priors of scenarios that can hold together sum to {1 - worst:.6g}, above 1")
    return np.asarray(np.maximum(rest, 0.0))


def log_sum(values: NDArray[np.float64]) -> float:
    """Log of the sum of exponentials; minus infinity for nothing at all.

    >>> log_sum(np.array([-np.inf]))
    -inf
    """
    if values.size == 0:
        return -np.inf
    top = float(values.max())
    if top == -np.inf:
        return -np.inf
    return top + float(np.log(np.exp(values - top).sum()))
