"""The benchmark of echoes says what the decision says of them."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.echo.__main__ import by_minhash, by_postings, rated_of, reads_of, verified
from benchmarks.echo.worlds import KINDS, world

from tocsin.weigh import ratings


def test_minhash_misses_hardly_a_pair_and_the_shortened_postings_miss_many() -> None:
    reads = reads_of(world(400, per_report=10))
    whole = verified(reads, by_postings(reads, most=None))
    pairs = sum(map(len, whole.values()))

    found, short = (
        sum(map(len, verified(reads, offered).values())) / pairs
        for offered in (by_minhash(reads), by_postings(reads, most=5))
    )
    assert found > 0.99
    assert short < found


def test_what_was_planted_is_found_and_what_is_new_is_no_echo() -> None:
    made = world(300, per_report=8)
    rated = ratings(made.claims, made.reports, ())
    whole = [claim for claim, kind in made.kind.items() if kind in (KINDS[0], KINDS[3])]
    told = [claim for claim in whole if rated[claim].echo_of is not None or rated[claim].repeats is not None]

    assert len(told) >= 0.98 * len(whole)
    assert set(rated_of(made)) == set(rated)
    formulas = [claim for claim in made.claims if claim.content.split()[-2:-1] == ["on"]]
    new = {claim.id for claim in made.claims} - set(made.planted) - {claim.id for claim in formulas}
    assert not [claim for claim in new if rated[claim].echo_of is not None]
