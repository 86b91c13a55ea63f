"""Several analysts' probabilities for one question as one: the mean of their log-odds, made bolder by their number."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tocsin.score.rules import LEAST


def boldness(count: int) -> float:
    """The factor on the mean log-odds of ``count`` analysts who know different things (Neyman and Roughgarden 2021).

    >>> boldness(1), round(boldness(3), 3), round(boldness(10_000), 2)
    (1.0, 1.415, 1.73)
    """
    n = count
    return n * (math.sqrt(3.0 * n * n - 3.0 * n + 1.0) - 2.0) / (n * n - n - 1.0)


def pooled(probabilities: Sequence[float]) -> float:
    """One probability for one question from at least one analyst's.

    >>> round(pooled([0.2, 0.2, 0.2]), 3)
    0.123
    >>> round(pooled([0.3]), 12)
    0.3
    """
    odds = [math.log(p / (1.0 - p)) for p in (min(max(q, LEAST), 1.0 - LEAST) for q in probabilities)]
    return 1.0 / (1.0 + math.exp(-boldness(len(odds)) * math.fsum(odds) / len(odds)))
