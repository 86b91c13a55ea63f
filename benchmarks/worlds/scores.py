"""Scores of probabilities against what came true, or against the chance that an exact ideal observer gives it.

Rare events make scores of what came true noisy: a few worlds decide. Where an observer's probability is exactly the
chance of the event given everything that can be known, the mean score over that chance has the same expectation and a
fraction of the variance (Rao and Blackwell). ``came`` may therefore be 0 or 1, or such a chance.

Source:
    docs/method.md, "Scores"; logistic recalibration after Cox (Biometrika 45, 1958).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import kstest

Array = NDArray[np.float64]
LEAST = 1e-6
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How good a set of probabilities was. ``slope`` is None where the probabilities hardly differ."""

    log: float
    ece: float
    slope: float | None
    auc: float


def score(probability: Array, came: Array) -> Score:
    """Mean log score, calibration error in ten bins, calibration slope and discrimination.

    >>> score(np.array([0.2, 0.2, 0.8, 0.8]), np.array([0.0, 0.0, 1.0, 1.0])).auc
    1.0
    """
    return Score(
        log=float(log_scores(probability, came).mean()),
        ece=_ece(probability, came),
        slope=slope(probability, came),
        auc=_auc(probability, came),
    )


def log_scores(probability: Array, came: Array) -> Array:
    """Minus the natural log of the probability given to what came; lower is better."""
    safe = np.clip(probability, LEAST, 1 - LEAST)
    return np.asarray(-came * np.log(safe) - (1 - came) * np.log1p(-safe))


def slope(probability: Array, came: Array) -> float | None:
    """Slope of a logistic regression of what came on the log-odds: below one is too sure, above one too timid."""
    odds = logit(np.clip(probability, LEAST, 1 - LEAST))
    if float(np.std(odds)) < 1e-3 or not 0 < float(came.sum()) < len(came):
        return None
    return float(recalibrated(odds[:, None], came)[1])


def recalibrated(features: Array, came: Array, *, ridge: float = 0.0) -> Array:
    """Coefficients of a logistic regression, the intercept first; features of shape ``(case, feature)``."""
    design = np.column_stack([np.ones(len(features)), features])

    def loss(beta: Array) -> tuple[float, Array]:
        line = design @ beta
        gradient = design.T @ (expit(line) - came) + 2 * ridge * beta
        value = float(np.logaddexp(0.0, line).sum() - float(line @ came) + ridge * (beta**2).sum())
        return value, gradient

    return np.asarray(minimize(loss, np.zeros(design.shape[1]), jac=True, method="BFGS").x)


def gap_closed(prior: Array, core: Array, ideal: Array, *, draws: int = 4000) -> tuple[float, float, float]:
    """Share of the log-score gap between prior and ideal that the core closes, with a 95 % bootstrap interval."""
    rng = np.random.default_rng(0)
    picks = rng.integers(0, len(prior), (draws, len(prior)))
    shares = (prior[picks].mean(1) - core[picks].mean(1)) / (prior[picks].mean(1) - ideal[picks].mean(1))
    low, high = np.quantile(shares, [0.025, 0.975])
    return float((prior.mean() - core.mean()) / (prior.mean() - ideal.mean())), float(low), float(high)


def difference(one: Array, other: Array) -> tuple[float, float]:
    """Mean of a paired difference, and its standard error."""
    gap = one - other
    return float(gap.mean()), float(gap.std(ddof=1) / np.sqrt(len(gap)))


def pit(bounds: Array) -> tuple[float, int]:
    """Kolmogorov-Smirnov p of the onset dates' places in their predictive law, given an event; bounds ``(case, 2)``."""
    marks = np.random.default_rng(0).random(len(bounds))
    places = bounds[:, 0] + marks * (bounds[:, 1] - bounds[:, 0])
    return float(kstest(places, "uniform").pvalue), len(places)


def _ece(probability: Array, came: Array) -> float:
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    gaps = [abs(float(probability[bins == b].sum() - came[bins == b].sum())) for b in range(BINS)]
    return sum(gaps) / len(probability)


def _auc(probability: Array, came: Array) -> float:
    """P(a case that came has the higher probability than one that did not), ties counting half."""
    ones, noughts = float(came.sum()), float((1 - came).sum())
    if not ones > 0 or not noughts > 0:
        return float("nan")
    order = np.argsort(probability)
    values, first = np.unique(probability[order], return_index=True)
    weight = np.add.reduceat((1 - came)[order], first)
    below = np.append(0.0, np.cumsum(weight))[:-1] + weight / 2
    return float(below[np.searchsorted(values, probability)] @ came / (ones * noughts))
