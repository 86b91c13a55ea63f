"""The benchmark of track records says what the decision says of it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.record.__main__ import GRADES, RESOLVED, errors


@pytest.mark.parametrize("shift", list(GRADES.values()))
def test_a_longer_record_brings_the_number_nearer_to_the_truth(shift: int) -> None:
    ours = [errors(shift, resolved, np.random.default_rng(1))[2] for resolved in RESOLVED[::2]]

    assert ours == sorted(ours, reverse=True)


def test_to_count_guesses_as_known_is_worse_than_no_record_where_the_grade_was_right() -> None:
    letter, plain, ours = errors(0, 50, np.random.default_rng(1))

    assert ours < letter < plain
