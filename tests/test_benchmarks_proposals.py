from __future__ import annotations

from benchmarks.figures import attempts
from benchmarks.worlds import articles


def test_an_actor_who_tries_with_little_is_foreseen_by_the_curve_and_not_by_the_need() -> None:
    found = attempts.measure(attempts.ACTORS["misjudges as declared"], count=150)
    shipped, need = "curve of attempts, floor .05 (shipped)", "what success takes, alone"

    assert found[shipped][0] < found[need][0]
    assert abs(found[shipped][1] - found["tried"][1]) < 0.1


def test_the_ideal_observer_of_shared_voices_is_moved_less_than_by_voices_of_their_own() -> None:
    """Where voices share their reporter, three that agree are one; the observer's answers must differ."""
    moved = []
    for seed in range(1, 9):
        w = articles.world(seed, shared=True)
        apart, together = articles.observed(w, shared=False), articles.observed(w, shared=True)
        moved.append(abs(apart.within(30) - together.within(30)))

    assert max(moved) > 1e-4
