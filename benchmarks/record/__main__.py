"""What a track record is worth: the letter alone, a plain Beta, and the Beta that allows for guesses.

Sources are invented: each knows with a probability of its own, and what it does not know it guesses right half the
time. Told is how far the number in use lies from that probability, by grade given and by number of resolved claims.

    python -m benchmarks.record
"""

from __future__ import annotations

import numpy as np

from tocsin.model.grade import KNOWS, Reliability
from tocsin.model.judgement import Count
from tocsin.weigh.record import BETA, knowing

SOURCES = 4000
RESOLVED = (0, 1, 2, 5, 10, 20, 50)
GRADES = {"graded rightly": 0, "graded two letters too high": 2, "graded two letters too low": -2}


def plain(letter: Reliability, found: Count) -> float:
    """The Beta updated as if whoever is right had known it."""
    first, second = BETA[letter]
    return (first + found.right) / (first + second + found.n)


def errors(shift: int, resolved: int, rng: np.random.Generator) -> tuple[float, float, float]:
    """Mean distance from the truth of the letter, the plain Beta and ours, over sources drawn from every letter."""
    letters = tuple(KNOWS)
    found: list[tuple[float, float, float]] = []
    for _ in range(SOURCES):
        true = int(rng.integers(max(0, shift), len(letters) + min(0, shift)))
        knows = rng.beta(*BETA[letters[true]])
        letter = letters[true - shift]
        right = int(rng.binomial(resolved, (1.0 + knows) / 2.0))
        count = Count(right, resolved - right)
        ours = knowing(letter, KNOWS[letter], count)
        if ours is not None:
            found.append((abs(KNOWS[letter] - knows), abs(plain(letter, count) - knows), abs(ours - knows)))
    means = np.mean(found, axis=0)
    return float(means[0]), float(means[1]), float(means[2])


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(25)
    for name, shift in GRADES.items():
        print(f"{name}\n\n| resolved | letter | plain Beta | with guesses |\n|---|---|---|---|")
        for resolved in RESOLVED:
            print(f"| {resolved} | " + " | ".join(f"{error:.3f}" for error in errors(shift, resolved, rng)) + " |")
        print()


if __name__ == "__main__":
    main()
