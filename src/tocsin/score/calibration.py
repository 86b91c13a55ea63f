"""Do ten forecasts of 30 % come true three times? Slope, and the decomposition that needs no bins (CORP)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression, minimize
from scipy.special import expit, logit

from tocsin.model.outcome import Calibration
from tocsin.score.rules import LEAST

Floats = NDArray[np.float64]

_FEWEST = 2


def calibration(probabilities: Sequence[float], happened: Sequence[bool]) -> Calibration | None:
    """Slope and CORP decomposition of the Brier score (Dimitriadis, Gneiting and Jordan 2021).

    Args:
        probabilities: What was forecast, one a question.
        happened: What became of the same questions.

    Returns:
        None with fewer than two forecasts.
    """
    if len(probabilities) < _FEWEST:
        return None
    given = np.asarray(probabilities, np.float64)
    truth = np.asarray(happened, np.float64)
    order = np.lexsort((-truth, given))  # among equal forecasts the true ones first, so that they are pooled
    given, truth = given[order], truth[order]
    risen = np.asarray(isotonic_regression(truth).x, np.float64)
    base = float(truth.mean())
    score, best, flat = (float(((p - truth) ** 2).mean()) for p in (given, risen, np.full_like(truth, base)))
    return Calibration(
        n=len(given),
        slope=_slope(given, truth) if 0.0 < base < 1.0 else None,
        miscalibration=score - best,
        discrimination=flat - best,
        uncertainty=flat,
        reliability=tuple(dict(zip(given.tolist(), risen.tolist(), strict=True)).items()),
    )


def _slope(given: Floats, truth: Floats) -> float | None:
    """The slope of a logistic regression of the truth on the log-odds; None where they separate it fully."""
    odds = logit(np.clip(given, LEAST, 1.0 - LEAST))

    def loss(line: Floats) -> float:
        z = line[0] + line[1] * odds
        return float(np.logaddexp(0.0, z).sum() - (truth * z).sum())

    def rise(line: Floats) -> Floats:
        gap = expit(line[0] + line[1] * odds) - truth
        return np.array([gap.sum(), (gap * odds).sum()])

    if odds[truth == 1].min() > odds[truth == 0].max() or odds[truth == 1].max() < odds[truth == 0].min():
        return None
    found = minimize(loss, np.array([0.0, 1.0]), jac=rise, method="BFGS")
    return float(found.x[1])
