"""The scores of the simulated worlds: known values, and the order in which they must put forecasts."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.worlds import scores

RNG = np.random.default_rng(3)
CHANCE = RNG.beta(1, 4, 4000)
CAME = (RNG.random(4000) < CHANCE).astype(np.float64)


def test_the_true_chance_has_slope_one_and_a_sharper_one_less() -> None:
    odds = np.log(CHANCE / (1 - CHANCE))
    sharper = 1 / (1 + np.exp(-2 * odds))

    assert scores.slope(CHANCE, CAME) == pytest.approx(1.0, abs=0.1)
    assert scores.slope(sharper, CAME) == pytest.approx(0.5, abs=0.05)
    assert scores.score(sharper, CAME).log > scores.score(CHANCE, CAME).log


def test_scores_over_the_chance_are_those_over_what_came_with_less_noise() -> None:
    flat = np.full(4000, CHANCE.mean())
    realised = scores.score(flat, CAME).log - scores.score(CHANCE, CAME).log
    expected = scores.score(flat, CHANCE).log - scores.score(CHANCE, CHANCE).log

    assert realised == pytest.approx(expected, abs=0.02)
    assert scores.slope(CHANCE, CHANCE) == pytest.approx(1.0, abs=1e-3)


def test_whoever_repeats_the_prior_closes_no_gap_and_the_ideal_closes_all() -> None:
    flat = scores.log_scores(np.full(4000, CHANCE.mean()), CHANCE)
    ideal = scores.log_scores(CHANCE, CHANCE)

    assert scores.gap_closed(flat, flat, ideal, draws=200)[0] == 0
    assert scores.gap_closed(flat, ideal, ideal, draws=200) == (1, 1, 1)


def test_discrimination_ignores_scale_and_counts_ties_half() -> None:
    assert scores.score(CHANCE / 2, CAME).auc == pytest.approx(scores.score(CHANCE, CAME).auc)
    assert scores.score(np.full(4000, 0.1), CAME).auc == pytest.approx(0.5)


def test_uniform_places_pass_and_early_ones_do_not() -> None:
    low = RNG.random(500)

    assert scores.pit(np.column_stack([low, low]))[0] > 0.01
    assert scores.pit(np.column_stack([low / 2, low / 2]))[0] < 0.01
