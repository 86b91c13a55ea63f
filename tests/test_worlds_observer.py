"""The slow observer and the core, written apart from the same definitions, agree at full size."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.worlds import plain
from benchmarks.worlds.answer import Answer
from benchmarks.worlds.bridge import Method, core_answer
from benchmarks.worlds.draw import world
from benchmarks.worlds.family import Family
from benchmarks.worlds.ideal import ideal
from benchmarks.worlds.observer import Beliefs, answer
from benchmarks.worlds.values import World

ALONE = Method(settings="blanket_echo = 0\nself_repeat = 0", looks=False)


def observed(w: World, future: int, *, echoes: bool = True) -> Answer:
    said = plain.speakers(w, w.reports, echoes=echoes)
    beliefs = Beliefs(speakers=lambda _: said, steered=False, tempo=w.family.tempo, contamination=0.1)
    return answer(w.declared, beliefs, past=w.family.days, future=future)


@pytest.mark.parametrize("seed", range(6))
def test_the_observer_and_the_core_agree_day_by_day(seed: int) -> None:
    """Two departures of the core are left out: denials where noticing takes time, and echoes about another day."""
    drawn = world(Family(noticing=0.5, access_declared=True, seasonal=0.5), seed)
    aging = {indicator.id for indicator in drawn.declared.indicators if indicator.noticed_within is not None}
    about = {report.id: report.about for report in drawn.reports}
    known = [r for r in drawn.reports if r.flagged is None or about[r.flagged] == r.about]
    kept = [r for r in known if r.present or r.indicator not in aging]
    w = replace(drawn, reports=tuple(kept))
    core = core_answer(w, ALONE)
    slow = observed(w, len(next(iter(core.onset.values()))) - 1)

    assert math.isclose(core.status_quo, slow.status_quo, rel_tol=1e-9)
    for name, law in core.onset.items():
        assert np.allclose(law, slow.onset[name], rtol=1e-9, atol=1e-13)


def test_the_ideal_observer_of_a_world_without_errors_is_hardly_ever_wrong_about_a_sign_that_decides() -> None:
    """Where every source knows all and no sign is ever false, the ideal observer beats the core."""
    gains = []
    for seed in range(30):
        w = world(Family(), seed)
        coming = w.truth.scenario in {"assault", "raid"} and w.truth.onset is not None and w.truth.onset <= w.as_of + 90
        better, worse = ideal(w).within(90), core_answer(w, Method(evidence=False)).within(90)
        gains.append(math.log((better if coming else 1 - better) / (worse if coming else 1 - worse)))

    assert sum(gains) > 0


def test_what_the_ideal_observer_knows_of_settled_minds_makes_thirty_denials_one() -> None:
    w = world(Family(reports=0.0, gated=0.0), 5)
    one = world(Family(reports=60.0, gated=0.0), 5).reports[0]
    denials = tuple(
        replace(one, id=f"d{day}", present=False, about=day, published=day, repeats=None) for day in range(30, 60)
    )
    settled = ideal(replace(w, reports=denials)).within(90)
    fresh = ideal(replace(w, reports=denials, family=replace(w.family, settled=False))).within(90)
    nothing = ideal(w).within(90)

    assert fresh < settled < nothing
