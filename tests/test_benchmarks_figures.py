"""The benchmarks of figures, actors and populations, without their data."""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.actors import __main__ as actors
from benchmarks.actors.data import Issue
from benchmarks.actors.data import read as read_issues
from benchmarks.figures import parted, worlds
from benchmarks.figures.measure import METHODS, line
from benchmarks.population import __main__ as population
from benchmarks.population import methods
from benchmarks.population.data import Claim, Town, read, voted

COUNT = 400
TRUE = 0.80
SCATTER = 3 * (TRUE * (1 - TRUE) / COUNT) ** 0.5


def test_a_world_is_the_same_under_the_same_seed_and_another_under_another() -> None:
    first, again, other = (list(worlds.quantities(worlds.BASE, count=5, seed=seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_our_intervals_hold_what_they_say_in_the_world_of_the_method_and_the_product_does_not() -> None:
    drawn = list(worlds.quantities(worlds.BASE, count=COUNT, seed=5))
    ours, product = (line(name, METHODS[name], drawn) for name in ("mixture (ours)", "log-normal product"))
    assert ours.inside[0] == pytest.approx(TRUE, abs=SCATTER)
    assert product.inside[0] < TRUE - 2 * SCATTER
    assert ours.log_score < product.log_score


def test_a_part_told_apart_is_nearer_the_truth_than_one_mixed_up() -> None:
    drawn = list(parted.quantities(count=150, seed=5))
    ours, mixed = (line(name, method, drawn) for name, method in parted.METHODS.items())
    assert ours.error < mixed.error
    assert ours.log_score < mixed.log_score


def test_repeats_are_found_in_the_share_that_the_world_says() -> None:
    world = worlds.World(name="w", copies=0.5, found=0.5)
    readings = [one for quantity in worlds.quantities(world, count=COUNT, seed=3) for one in quantity.readings[1:]]
    found = np.mean([reading.echo_of is not None for reading in readings])
    assert found == pytest.approx(0.25, abs=0.05)


def town(*values: float, truth: float = 100.0) -> Town:
    claims = tuple(Claim(f"contributor #{number}: x", value) for number, value in enumerate(values, 1))
    return Town(name="t", claims=claims, truth=truth)


def test_the_exact_figure_said_by_most_is_the_likeliest_and_repetition_counts_less() -> None:
    claims = town(5000, 5000, 5100, 9000)
    voices, copies = (methods.exact(claims, copy=copy) for copy in (0.0, 0.25))
    assert methods.best(voices) == methods.best(copies) == 5000
    assert copies[5000] < voices[5000]
    assert sum(copies.values()) == pytest.approx(1.0)


def test_a_near_figure_speaks_for_its_neighbour() -> None:
    assert methods.best(methods.exact(town(5000, 5010, 90000), copy=0.25)) in {5000, 5010}


def test_who_is_always_off_loses_weight() -> None:
    towns = [
        Town(
            name=str(number),
            truth=100.0 * number,
            claims=(
                Claim("good", 100.0 * number),
                Claim(f"other {number}", 101.0 * number),
                Claim("bad", 180.0 * number),
                Claim("worse", 190.0 * number),
            ),
        )
        for number in range(1, 20)
    ]
    found = methods.crh(towns)
    assert all(found[one.name] < 102.0 * one.truth / 100.0 for one in towns)


def test_outliers_go_and_the_true_value_is_found_by_its_name(tmp_path: Path) -> None:
    lines = [f"sea, state_2000\tcontributor #{n}: x\t{value}\t2000" for n, value in enumerate((100, 100, 120, 9999))]
    with lzma.open(tmp_path / "claims_no_outliers.txt.xz", "wt", encoding="latin-1") as file:
        file.write("\n".join(lines))
    (tmp_path / "truth.txt").write_text("sea, state, 2000, 100\nland, state, 2000, 5\n", encoding="utf-8")
    (found,) = read(tmp_path)
    assert [claim.value for claim in found.claims] == [100, 100, 120]
    assert voted([claim.value for claim in found.claims]) == found.truth


def test_without_the_data_the_benchmarks_say_so_and_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert actors.main([]) == population.main([]) == 0
    assert capsys.readouterr().out.count("skipped") == 2


def test_issues_are_read_with_the_actors_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "deu3.csv"
    rows = (
        ("prnr", "proc", "pa", "pb", "sa", "sb", "out"),
        ("", "", "4", "1", "", "", ""),
        ("p1", "x", "0", "100", "50", "50", "30"),
        ("p1", "x", "0", "100", "50", "", "40"),
        ("p2", "x", "0", "100", "50", "50", ""),
    )
    path.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    first, second = read_issues(path)
    assert (first.position * actors.share_of(first)).sum() == pytest.approx(100 / 3)
    assert (second.position.tolist(), second.outcome) == ([0.0], 40.0)


def test_the_fitted_law_finds_the_share_that_sits_on_positions() -> None:
    rng = np.random.default_rng(1)
    position = np.array([10.0, 90.0])
    issues = [
        Issue(
            proposal=str(number),
            position=position,
            salience=np.ones(2),
            size=np.ones(2),
            outcome=float(rng.choice(position)) if number % 4 else float(np.clip(rng.normal(50, 12), 0, 100)),
        )
        for number in range(400)
    ]
    on, spread = actors._fit(issues)
    assert on == pytest.approx(0.75, abs=0.08)
    assert spread == pytest.approx(12, abs=3)
