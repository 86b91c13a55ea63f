"""Would somebody try? The curve of attempts against its alternatives: ``python -m benchmarks.figures.attempts``.

An actor tries where his strength reaches what he thinks it takes. Observers have only readings of the strength. The
curve says how probable a try is; it is scored by whether he tried, on actors of five kinds.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import ndtr

from benchmarks.figures.measure import ours
from benchmarks.figures.worlds import BASE, quantities
from tocsin.prob import pool
from tocsin.prob.pool import Distribution

_Z95 = 1.6448536269514722
SEED = 1941
LOW, HIGH = 0.35, 0.75
"""What one who misjudges might try with, as shares of what success takes (5 and 95 %)."""

Pair = tuple[float, float]
Curve = Callable[[Distribution, Pair, Pair], float]


@dataclass(frozen=True, slots=True)
class Actor:
    """What an actor thinks it takes, as shares of the need; ``reckless``: how often he tries whatever he has."""

    low: float
    high: float
    reckless: float = 0.0

    def tries(self, strength: float, need: float, rng: np.random.Generator) -> bool:
        """Does he try with this strength?"""
        middle, spread = _lognormal((self.low * need, self.high * need))
        wanted = math.exp(middle + spread * rng.standard_normal())
        return bool(rng.random() < self.reckless or strength >= wanted)


ACTORS: Mapping[str, Actor] = {
    "misjudges as declared": Actor(LOW, HIGH),
    "the same, and one in twenty tries whatever he has": Actor(LOW, HIGH, reckless=0.05),
    "judges rightly": Actor(0.9, 1.1),
    "is over-careful": Actor(1.2, 1.8),
    "tries with half of what was declared": Actor(LOW / 2, HIGH / 2),
}


def _lognormal(pair: Pair) -> tuple[float, float]:
    low, high = (math.log(end) for end in pair)
    return (low + high) / 2, max((high - low) / (2 * _Z95), 1e-9)


def bare(strength: Distribution, attempt: Pair, _need: Pair) -> float:
    """The curve without a floor."""
    middle, spread = _lognormal(attempt)
    return float(np.sum(strength.mass * ndtr((np.log(strength.values) - middle) / spread)))


CURVES: Mapping[str, Curve] = {
    "curve of attempts, floor .05 (shipped)": lambda strength, attempt, _: pool.tried(strength, attempt),
    "the same without a floor": bare,
    "what success takes, alone": lambda strength, _, need: pool.enough(strength, need),
    "half of what success takes, as a line": lambda strength, _, need: strength.above(math.sqrt(need[0] * need[1]) / 2),
}


def measure(actor: Actor, *, count: int) -> dict[str, tuple[float, float]]:
    """Per curve the mean log score and the mean chance given; and how often he tried, under "tried"."""
    rng = np.random.default_rng(SEED)
    scores: dict[str, list[float]] = {name: [] for name in CURVES}
    given: dict[str, list[float]] = {name: [] for name in CURVES}
    tried = []
    for quantity in quantities(BASE, count=count, seed=SEED):
        need = math.sqrt(quantity.expect[0] * quantity.expect[1]) * math.exp(rng.uniform(-0.5, 2.0))
        tries = actor.tries(quantity.truth, need, rng)
        tried.append(tries)
        strength = ours(quantity)
        for name, curve in CURVES.items():
            chance = min(max(curve(strength, (LOW * need, HIGH * need), (0.9 * need, 1.1 * need)), 1e-4), 1 - 1e-4)
            scores[name].append(-math.log(chance if tries else 1 - chance))
            given[name].append(chance)
    found = {name: (float(np.mean(scores[name])), float(np.mean(given[name]))) for name in CURVES}
    return found | {"tried": (0.0, float(np.mean(tried)))}


def page(count: int) -> str:
    """The table."""
    parts = [
        (
            "# Would somebody try?\n\nMade by `python -m benchmarks.figures.attempts --results "
            f"benchmarks/figures/ATTEMPTS.md`. {count} quantities, each with 2 to 6 figures about it. Log score "
            "(natural, lower is better) of the chance that the actor tries, and in brackets the mean chance given.\n"
        ),
        "| actor | tried | " + " | ".join(CURVES) + " |\n|---" + "|---" * (len(CURVES) + 1) + "|",
    ]
    for name, actor in ACTORS.items():
        found = measure(actor, count=count)
        cells = [f"{score:.4f} ({mean:.2f})" for score, mean in (found[curve] for curve in CURVES)]
        parts.append(f"| {name} | {found['tried'][1]:.2f} | " + " | ".join(cells) + " |")
    return "\n".join(parts) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures.attempts", description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="quantities for each actor (default 3000)")
    parser.add_argument("--results", type=Path, help="write the page here")
    given = parser.parse_args(arguments)
    text = page(given.count)
    if given.results:
        given.results.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
