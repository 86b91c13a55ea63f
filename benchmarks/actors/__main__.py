"""Measure the actors' mean and its predictive law: ``python -m benchmarks.actors --data FOLDER [--results FILE]``.

The folder holds ``deu3.csv``. Without it the command says so and ends well. The law has two numbers, fitted on half of
the proposals and judged on the other half, both ways, over several splits. Ends with status 1 where the shipped law's
80 % interval holds fewer than 77 or more than 83 of 100 outcomes.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import ndtr

from benchmarks.actors.data import Issue, read
from tocsin.prob import actors

Array = NDArray[np.float64]
Law = Callable[[Array, Array], Array]
SPLITS = 10
SEED = 2022
HELD = (0.77, 0.83)


def main(arguments: list[str] | None = None) -> int:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.actors", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder that holds deu3.csv")
    parser.add_argument("--results", type=Path, help="write the page here")
    given = parser.parse_args(arguments)
    path = None if given.data is None else given.data / "deu3.csv"
    if path is None or not path.exists():
        sys.stdout.write("skipped: no deu3.csv given by --data\n")
        return 0
    issues = read(path)
    law, inside = _laws(issues)
    splits, halves = _splits(issues)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    page = "\n".join((HEAD.format(count=len(issues), digest=digest), _points(issues), law, splits))
    if given.results:
        given.results.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return int(not all(HELD[0] <= share <= HELD[1] for share in (inside, halves)))


def share_of(issue: Issue) -> Array:
    """Weight as the package weighs: the root of economic size stands for capability."""
    return actors.shares(np.sqrt(issue.size), issue.salience)


def _points(issues: Sequence[Issue]) -> str:
    outcome = np.array([issue.outcome for issue in issues])
    ways: dict[str, list[float]] = {
        "always 50": [50.0] * len(issues),
        "plain mean": [float(issue.position.mean()) for issue in issues],
        "mean by salience": [float(np.average(i.position, weights=i.salience)) for i in issues],
        "mean by salience and root of size (ours)": [float((i.position * share_of(i)).sum()) for i in issues],
        "mean by salience and size": [float(np.average(i.position, weights=i.salience * i.size)) for i in issues],
        "median by salience and root of size": [
            float(i.position[actors.pivot(i.position, share_of(i))]) for i in issues
        ],
    }
    rows = []
    for name, found in ways.items():
        error = np.abs(np.array(found) - outcome)
        rows.append(f"| {name} | {error.mean():.2f} | {np.sqrt((error**2).mean()):.2f} | {(error <= 5).mean():.3f} |")
    return "## The point\n\n| forecast | mean error | root mean square | within 5 |\n|---|---|---|---|\n" + "\n".join(
        rows
    )


def _law(on: float, kernel: float, spread: float) -> Law:
    """A mixture like the package's with other numbers."""

    def law(position: Array, share: Array) -> Array:
        around = _normal((share * position).sum(), spread)
        places = (share[:, None] * _normal(position, kernel)).sum(axis=0)
        return np.asarray(on * places + (1.0 - on) * around)

    return law


def _uncensored(position: Array, share: Array) -> Array:
    """The mixture as it was before the repair: nothing settles on an end, half kernel and half normal of sd 32."""
    density = np.zeros(101)
    for place, weight in zip(position, share, strict=True):
        density += 0.5 * weight * _open(place, 3.0)
    return density + 0.5 * _open(float((share * position).sum()), 32.0)


def _open(middle: float, spread: float) -> Array:
    edges = np.arange(-0.5, 101.0)
    mass = np.diff(ndtr((edges - middle) / spread))
    return np.asarray(mass / mass.sum())


def _normal(middle: Array | float, spread: float) -> Array:
    edges = np.concatenate(([-np.inf], np.arange(0.5, 100.0), [np.inf]))
    return np.asarray(np.diff(ndtr((edges - np.asarray(middle)[..., None]) / spread), axis=-1))


def _laws(issues: Sequence[Issue]) -> tuple[str, float]:
    laws: dict[str, Law] = {
        "shipped": actors.predictive,
        "as published: no atoms at the ends, sd 32": _uncensored,
        "normal only, sd 29": _law(0.0, 3.0, 29.0),
        "positions only": _law(1.0, 3.0, 26.0),
    }
    rows, first = [], 0.0
    for name, law in laws.items():
        found = _judge(issues, law)
        first = first or found[0]
        rows.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in found) + " |")
    return LAWS + "\n".join(rows), first


def _judge(issues: Sequence[Issue], law: Law) -> tuple[float, float, float, float, float]:
    """Share inside the narrowest 80 %, and between the 10 and 90 % points in part and whole; CRPS and log score."""
    inside, fair, whole, crps, logs = [], [], [], [], []
    for issue in issues:
        mass = law(issue.position, share_of(issue))
        below = np.cumsum(mass)
        at = round(issue.outcome)
        low, high = actors.narrowest(mass, 0.8)
        inside.append(low <= issue.outcome <= high)
        under, up_to = below[at] - mass[at], below[at]
        fair.append(max(0.0, min(up_to, 0.9) - max(under, 0.1)) / max(mass[at], 1e-12))
        whole.append(actors.quantile(mass, 0.1) <= issue.outcome <= actors.quantile(mass, 0.9))
        crps.append(float(((below - (issue.outcome <= actors.SCALE)) ** 2).sum()))
        logs.append(-float(np.log(mass[at] + 1e-9)))
    return (
        float(np.mean(inside)),
        float(np.mean(fair)),
        float(np.mean(whole)),
        float(np.mean(crps)),
        float(np.mean(logs)),
    )


def _splits(issues: Sequence[Issue]) -> tuple[str, float]:
    """Fit on half of the proposals, judge on the other half; both ways, over several splits."""
    proposals = sorted({issue.proposal for issue in issues})
    rng = np.random.default_rng(SEED)
    rows, shares = [], []
    for number in range(SPLITS):
        half = set(rng.permutation(proposals)[: len(proposals) // 2].tolist())
        sides = [i for i in issues if i.proposal in half], [i for i in issues if i.proposal not in half]
        for fitted_on, judged_on in (sides, sides[::-1]):
            on, spread = _fit(fitted_on)
            found = _judge(judged_on, _law(on, actors.KERNEL, spread))
            shares.append(found[0])
            rows.append(
                f"| {number + 1} | {on:.2f} | {spread:.1f} | {found[0]:.3f} | {found[1]:.3f} | {found[3]:.2f} |"
            )
    summary = (
        f"\n\nMean over the halves: {np.mean(shares):.3f}; from {min(shares):.3f} to {max(shares):.3f}. A half has "
        f"some {len(issues) // 2} issues, so that chance alone moves its share by 3 points.\n"
    )
    return SPLIT + "\n".join(rows) + summary, float(np.mean(shares))


def _fit(issues: Sequence[Issue]) -> tuple[float, float]:
    """Share on positions and spread that make the outcomes most probable."""
    at = np.array([round(issue.outcome) for issue in issues])
    places = np.array([_law(1.0, actors.KERNEL, 1.0)(i.position, share_of(i)) for i in issues])[np.arange(len(at)), at]
    means = np.array([float((i.position * share_of(i)).sum()) for i in issues])

    def loss(given: Array) -> float:
        on, spread = 1.0 / (1.0 + np.exp(-given[0])), float(np.exp(given[1]))
        around = _normal(means, spread)[np.arange(len(at)), at]
        return -float(np.log(on * places + (1.0 - on) * around + 1e-12).mean())

    best = minimize(loss, np.array([0.0, np.log(28.0)]), method="Nelder-Mead")
    return float(1.0 / (1.0 + np.exp(-best.x[0]))), float(np.exp(best.x[1]))


HEAD = """# Actors

Made by `python -m benchmarks.actors --data FOLDER --results benchmarks/actors/RESULTS.md`. {count} issues of European
law-making, 1999 to 2019 (DEU III), positions and outcomes from 0 to 100. The file is not part of this repository
(sha256 {digest}).
"""
LAWS = """
## The law around the point

*Narrowest*: share of outcomes inside the narrowest stretch with 80 % of the mass. *Fair*: share between the 10 and
90 % points, an outcome that sits on one of the two counted in part; it is .8 for a true law. *Whole*: the same with
the two points counted whole; outcomes pile up on the ends and on positions, so that it exceeds 80 % of necessity.
CRPS and log score: lower is better.

| law | narrowest | fair | whole | CRPS | log score |
|---|---|---|---|---|---|
"""
SPLIT = """
## Fitted on one half of the proposals, judged on the other

| split | on positions | spread | narrowest | fair | CRPS |
|---|---|---|---|---|---|
"""

if __name__ == "__main__":
    sys.exit(main())
