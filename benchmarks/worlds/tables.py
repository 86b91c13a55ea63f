"""From kept answers to the figures of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from benchmarks.worlds import scores
from benchmarks.worlds.answer import STATUS_QUO
from benchmarks.worlds.plans import FAULTS, Plan
from benchmarks.worlds.run import Folder, Row, rows
from benchmarks.worlds.scores import Score

Array = NDArray[np.float64]
Figures = Mapping[str, Mapping[int, Row]]
"""Answers by method and world."""

MATRICES = ("matrix", "matrix, weighted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One method on one plan: its scores at 30 and 90 days, and that of the scenarios.

    ``expected`` holds the scores over the ideal observer's probabilities in place of what came true; None where the
    ideal observer is not exact.
    """

    method: str
    worlds: int
    day30: Score
    day90: Score
    scenario: float | None
    gap30: tuple[float, float, float] | None
    gap90: tuple[float, float, float] | None
    against_prior: tuple[float, float] | None
    expected: Expected | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Scores over the ideal observer's probabilities, the gap closed, and the difference to the prior."""

    day30: Score
    day90: Score
    gap30: tuple[float, float, float] | None
    gap90: tuple[float, float, float] | None
    against_prior: tuple[float, float]


def answers(plan: Plan, folder: Folder) -> Figures:
    """The answers kept for a plan, for the worlds that every method has answered."""
    found: dict[str, dict[int, Row]] = {}
    for path in (folder.own(plan), folder.core(plan)):
        for row in rows(path):
            number, _, method = str(row["key"]).partition(" ")
            found.setdefault(method, {})[int(number)] = row
    wanted = [*plan.core, *plan.own, *(MATRICES if plan.matrix else ())]
    common = set.intersection(*(set(found.get(method, ())) for method in wanted))
    return {method: {n: found[method][n] for n in sorted(common)} for method in wanted}


def lines(plan: Plan, folder: Folder) -> list[Line]:
    """The table of a plan; empty where nothing was kept."""
    found = answers(plan, folder)
    if not found["prior"]:
        return []
    chances = {
        method: {d: _chance(kept, d) for d in (30, 90)} for method, kept in found.items() if method not in MATRICES
    }
    came = {d: _came(found["prior"], d) for d in (30, 90)}
    for method in MATRICES:
        if method in found:
            name = {"matrix": "ACH counts, recalibrated", "matrix, weighted": "ACH weighted counts, recalibrated"}[
                method
            ]
            chances[name] = {d: _trained(found[method], chances["prior"][d], came[d]) for d in (30, 90)}
    logs = {name: {d: scores.log_scores(p[d], came[d]) for d in p} for name, p in chances.items()}
    result = []
    for name, p in chances.items():
        gaps = {
            d: scores.gap_closed(logs["prior"][d], logs[name][d], logs["ideal"][d])
            if "ideal" in logs and name not in {"prior", "ideal"}
            else None
            for d in (30, 90)
        }
        result.append(
            Line(
                method=name,
                worlds=len(came[30]),
                day30=scores.score(p[30], came[30]),
                day90=scores.score(p[90], came[90]),
                scenario=_scenario(found[name]) if name in found else None,
                gap30=gaps[30],
                gap90=gaps[90],
                against_prior=None if name == "prior" else scores.difference(logs[name][30], logs["prior"][30]),
                expected=_expected(name, chances) if plan.exact and "ideal" in plan.own else None,
            )
        )
    return result


def _expected(name: str, chances: Mapping[str, Mapping[int, Array]]) -> Expected:
    ideal = chances["ideal"]
    logs = {
        (who, d): scores.log_scores(chances[who][d], ideal[d]) for who in {name, "prior", "ideal"} for d in (30, 90)
    }
    gaps = {
        d: None if name in {"prior", "ideal"} else scores.gap_closed(logs["prior", d], logs[name, d], logs["ideal", d])
        for d in (30, 90)
    }
    return Expected(
        day30=scores.score(chances[name][30], ideal[30]),
        day90=scores.score(chances[name][90], ideal[90]),
        gap30=gaps[30],
        gap90=gaps[90],
        against_prior=scores.difference(logs[name, 30], logs["prior", 30]),
    )


def onset_fit(plan: Plan, folder: Folder, method: str) -> tuple[float, int]:
    """Kolmogorov-Smirnov p of the onset dates under a method, given that an event came, and how many there were."""
    bounds = [row["pit"] for row in answers(plan, folder)[method].values() if row.get("pit") is not None]
    return scores.pit(np.array(bounds, dtype=np.float64))


def paired(plan: Plan, folder: Folder, one: str, other: str, days: int) -> tuple[float, float]:
    """Mean difference of the log scores of two methods on the same worlds, and its standard error.

    Over the ideal observer's probabilities where it is exact, else over what came true.
    """
    found = answers(plan, folder)
    exact = plan.exact and "ideal" in plan.own
    came = _chance(found["ideal"], days) if exact else _came(found[one], days)
    return scores.difference(
        scores.log_scores(_chance(found[one], days), came), scores.log_scores(_chance(found[other], days), came)
    )


def reliability(plan: Plan, folder: Folder, method: str, days: int) -> list[tuple[float, float, int]]:
    """Mean probability, share that came, and number of worlds, in bins of the probability."""
    found = answers(plan, folder)[method]
    p, came = _chance(found, days), _came(found, days)
    edges = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
    table = []
    for low, high in pairwise(edges):
        inside = (p >= low) & (p < high)
        if inside.any():
            table.append((float(p[inside].mean()), float(came[inside].mean()), int(inside.sum())))
    return table


def effects(plans: Sequence[Plan], folder: Folder, days: int) -> list[tuple[str, float, float]]:
    """What each fault, and each pair of faults, costs the core beside the ideal observer, over all other faults.

    The effect of a fault is the mean of (with it - without it) of the core's log score less the ideal observer's over
    the same worlds; that of a pair is what both cost beyond the sum of each. The standard error is taken over worlds.
    Scores are over the ideal observer's probabilities: in a burst it does not see that attention itself tells
    something.
    """
    cells: dict[str, Array] = {}
    for plan in plans:
        found = answers(plan, folder)
        came = _chance(found["ideal"], days)
        kept = scores.log_scores(_chance(found["core"], days), came) - scores.log_scores(came, came)
        cells[plan.id.removeprefix("fault-")] = kept
    worlds = min(len(kept) for kept in cells.values())
    names = list(FAULTS)
    result = []
    for i, name in enumerate(names):
        for j, other in enumerate(names[i:], start=i):
            signs = {key: (1 if key[i] == "1" else -1) * (1 if i == j or key[j] == "1" else -1) for key in cells}
            scale = len(cells) / (2 if i == j else 4)
            per_world = sum((sign * cells[key][:worlds] for key, sign in signs.items()), np.zeros(worlds)) / scale
            label = name if i == j else f"{name} x {other}"
            result.append((label, float(per_world.mean()), float(per_world.std(ddof=1) / np.sqrt(worlds))))
    return result


def mean_scores(plans: Sequence[Plan], folder: Folder) -> list[str]:
    """Scores of prior, core and ideal observer, and the core's slope, over all worlds of some plans together."""
    found = [answers(plan, folder) for plan in plans]
    shown = []
    for days in (30, 90):
        p = {name: np.concatenate([_chance(one[name], days) for one in found]) for name in ("prior", "core", "ideal")}
        shown += [f"{float(scores.log_scores(law, p['ideal']).mean()):.4f}" for law in p.values()]
        shown.append(f"{scores.slope(p['core'], p['ideal']) or 0.0:.2f}")
    return shown


def _chance(kept: Mapping[int, Row], days: int) -> Array:
    return np.array([row[f"p{days}"] for row in kept.values()], dtype=np.float64)


def _came(kept: Mapping[int, Row], days: int) -> Array:
    return np.array([_within(row["event_in"], days) for row in kept.values()], dtype=np.float64)


def _within(wait: object, days: int) -> bool:
    return isinstance(wait, int) and wait <= days


def _scenario(kept: Mapping[int, Row]) -> float:
    total = 0.0
    for row in kept.values():
        law = row["scenarios"]
        chance = law.get(row["scenario"] or STATUS_QUO, 0.0) if isinstance(law, dict) else 0.0
        total -= float(np.log(max(chance, scores.LEAST)))
    return total / len(kept)


def _trained(kept: Mapping[int, Row], prior: Array, came: Array) -> Array:
    """Counts turned into probabilities by a logistic regression learnt on the other half of the worlds."""
    counts = np.array([row["counts"] for row in kept.values()], dtype=np.float64)
    features = np.column_stack([logit(np.clip(prior, scores.LEAST, 1 - scores.LEAST)), counts / 10.0])
    result = np.zeros(len(came))
    half = np.arange(len(came)) % 2 == 0
    for train in (half, ~half):
        beta = scores.recalibrated(features[train], came[train], ridge=0.5)
        result[~train] = expit(beta[0] + features[~train] @ beta[1:])
    return result
