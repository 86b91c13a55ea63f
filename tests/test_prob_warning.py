from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from tocsin.prob import leads, warning
from tocsin.prob.warning import Aged


def noise(seed: int, days: int, *, size: float = 3.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    return -size * rng.random(days), -size * rng.random(days)


def run(
    on: NDArray[np.float64], off: NDArray[np.float64], *, on_rate: float, off_rate: float
) -> tuple[NDArray[np.float64], float, float]:
    chain = warning.forward(on[None], off[None], on_rate=on_rate, off_rate=off_rate)
    return chain.through[0], float(chain.on[0]), float(chain.off[0])


def without_age(on: NDArray[np.float64], days: list[int]) -> Aged:
    """An episode's likelihood that is the same whenever the episode began, a third of it of sightings."""
    by_start = np.array([[on[day] if start <= day else 0.0 for start in range(len(on))] for day in days])
    whole = by_start.reshape(1, len(days), len(on))
    return Aged(days=np.array(days, dtype=np.int64), present=whole / 3, absent=whole * 2 / 3)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("spoken", [[0, 1, 2, 3, 4, 5, 6, 7], [2, 3, 7], [5], []])
def test_the_chain_that_keeps_its_age_equals_the_one_that_does_not_where_age_says_nothing(
    seed: int, spoken: list[int]
) -> None:
    on, off = (np.where(np.isin(np.arange(8), spoken), values, 0.0) for values in noise(seed, 8))
    nothing = np.zeros(8)

    plain = warning.forward(on[None], off[None], on_rate=0.1, off_rate=0.3)
    thirds = off[None] / 3, off[None] * 2 / 3
    aged, _ = warning.forward_aged(without_age(on, spoken), nothing, *thirds, on_rate=0.1, off_rate=0.3)
    ageless, _ = warning.forward_aged(without_age(on, []), on, off[None], nothing[None], on_rate=0.1, off_rate=0.3)

    for chain in (aged, ageless):
        assert chain.through == pytest.approx(plain.through, abs=1e-12)
        assert chain.on == pytest.approx(plain.on, abs=1e-12)
        assert chain.off == pytest.approx(plain.off, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_chain_agrees_with_all_its_paths(seed: int) -> None:
    on, off = noise(seed, 5)
    start, stop = 0.1, 0.3
    total = ending_on = 0.0
    for path in product((0, 1), repeat=5):
        chance = (start if path[0] else stop) / (start + stop)
        for before, after in pairwise(path):
            chance *= ((1 - stop) if after else stop) if before else (start if after else 1 - start)
        chance *= np.exp(sum(on[d] if state else off[d] for d, state in enumerate(path)))
        total += chance
        ending_on += chance * path[-1]

    through, last_on, last_off = run(on, off, on_rate=start, off_rate=stop)

    assert through[-1] == pytest.approx(np.log(total), abs=1e-12)
    assert last_on == pytest.approx(np.log(ending_on), abs=1e-12)
    assert last_off == pytest.approx(np.log(total - ending_on), abs=1e-12)


def test_without_false_starts_there_is_no_episode() -> None:
    on, off = noise(1, 4)

    through, last_on, last_off = run(on, off, on_rate=0.0, off_rate=0.1)

    assert through == pytest.approx(np.concatenate(([0.0], np.cumsum(off))))
    assert last_on == -np.inf
    assert last_off == pytest.approx(off.sum())


def test_thousands_of_denials_leave_a_small_but_finite_chance_of_an_episode() -> None:
    through, last_on, last_off = run(np.full(3, -5000.0), np.zeros(3), on_rate=0.01, off_rate=0.1)

    assert -6000 < last_on < -5000
    assert last_off == pytest.approx(through[-1])


def test_days_that_neither_state_allows_are_impossible() -> None:
    nowhere = np.array([0.0, -np.inf, 0.0])

    through, last_on, last_off = run(nowhere, nowhere, on_rate=0.01, off_rate=0.1)

    assert through[1] == pytest.approx(0.0)
    assert through[2:].tolist() == [-np.inf, -np.inf]
    assert (last_on, last_off) == (-np.inf, -np.inf)


@pytest.mark.parametrize("seed", range(5))
def test_the_quick_sum_over_activation_days_equals_the_careful_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    active, _ = noise(seed, 6, size=20.0)
    for law in (
        leads.from_pairs(((0, 0.2), (4, 0.5), (9, 0.3)), size=40),
        leads.from_quantiles(1, 3, 9, tempo=1.0, size=40),
    ):
        quick = warning.begun(active, law, 30)
        monkeypatch.setattr(warning, "_SAFE_RANGE", 0.0)
        careful = warning.begun(active, law, 30)
        monkeypatch.undo()

        assert np.array_equal(np.isinf(quick), np.isinf(careful))
        assert np.exp(quick) == pytest.approx(np.exp(careful), rel=1e-12)


def test_a_vast_range_of_weights_keeps_its_small_end() -> None:
    law = leads.from_pairs(((1, 1.0),), size=20)

    begun = warning.begun(np.array([0.0, -2000.0]), law, 3)

    assert begun.tolist() == [-2000.0, -np.inf, -np.inf]


def test_day_nought_stands_for_all_days_before() -> None:
    law = leads.from_pairs(((1, 0.5), (3, 0.5)), size=60)

    begun = np.exp(warning.begun(np.log(np.array([0.25, 1.0])), law, 2))

    assert begun == pytest.approx([0.5 + 0.5 * 0.25, 0.5 * 0.25])


def test_impossible_weights_begin_nowhere() -> None:
    law = leads.from_pairs(((1, 1.0),), size=10)

    assert warning.begun(np.full(3, -np.inf), law, 4).tolist() == [-np.inf] * 4
