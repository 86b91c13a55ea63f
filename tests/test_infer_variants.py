from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.test_infer_core import OPENED, as_of, item, problem, some_world

from tocsin.errors import ProbabilityError
from tocsin.infer import case, core
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import Method

SETTLED = Method(blanket_echo=((0.0, 1.0),), self_repeat=((1.0, 1.0),), contamination=0.0)
BOTH = Method(blanket_echo=((0.0, 1.0),), self_repeat=((0.0, 0.5), (0.995, 0.5)), contamination=0.0)


def turned(one: Evidence) -> Evidence:
    return replace(one, says=Says.ABSENT if one.says is Says.PRESENT else Says.PRESENT)


@pytest.mark.parametrize("block", range(6))
def test_leaving_out_and_turning_round_by_one_backward_pass_equals_weighing_anew(block: int) -> None:
    worst, tried = 0.0, 0
    for seed in range(20 * block, 20 * block + 20):
        made, evidence, past, looks = some_world(seed)
        try:
            built = case.build(made, evidence, as_of=as_of(past), looks=looks)
        except ProbabilityError:
            continue
        rng = random.Random(seed)  # noqa: S311 - worlds, not secrets
        changes: list[dict[str, Evidence | None]] = [{one.id: None} for one in built.evidence]
        changes += [{one.id: turned(one)} for one in built.evidence]
        changes.append(dict.fromkeys(one.id for one in built.evidence if rng.random() < 0.5))
        for change, found in zip(changes, built.variants(changes), strict=True):
            kept = [new for one in evidence if (new := change.get(one.id, one)) is not None]
            anew = core.posterior(built.prepared, kept)
            worst = max(worst, abs(built.odds(anew) - found.log_odds))
            tried += 1

    assert tried > 40
    assert worst < 1e-10


def odds(evidence: list[Evidence], method: Method = SETTLED) -> float:
    prepared = core.prepare(problem(method=method), as_of=as_of(31))
    return core.posterior(prepared, evidence).log_odds_within(5)


def denials(days: range, *, source: str = "ministry") -> list[Evidence]:
    return [item(f"{source}{d}", Says.ABSENT, d, source=source) for d in days]


def test_what_one_settled_source_says_again_and_again_weighs_no_more_than_its_letter() -> None:
    nothing, one, thirty = odds([]), odds(denials(range(30, 31))), odds(denials(range(1, 31)))

    assert nothing - one > 0.3
    assert nothing - thirty == pytest.approx(nothing - one, rel=0.2)


def test_a_settled_source_that_changes_its_word_was_hardly_guessing() -> None:
    seen = item("seen", Says.PRESENT, 30, source="ministry")

    changed = odds([*denials(range(10, 15)), seen])
    two = odds([*denials(range(10, 15), source="other"), seen])

    assert changed > two


def test_the_reports_tell_whether_sources_are_settled() -> None:
    prepared = core.prepare(problem(method=BOTH), as_of=as_of(31))
    steady = denials(range(1, 31))
    wavering = [item(f"w{d}", Says.PRESENT if d % 3 == 0 else Says.ABSENT, d, source="ministry") for d in range(1, 31)]

    assert core.posterior(prepared, steady).habits[1] > 0.9
    assert core.posterior(prepared, wavering).habits[0] > 0.9


def test_a_rumour_that_cannot_be_judged_makes_what_repeats_it_an_echo() -> None:
    rumour = item("rumour", Says.PRESENT, 29, source="channel", knows=None)
    repeated = item("paper", Says.PRESENT, 29, source="paper", echo_of="rumour")

    assert odds([rumour]) == odds([])
    assert odds([]) < odds([rumour, repeated]) < odds([repeated])


def test_one_denial_said_four_times_on_one_day_has_noticed_no_more_than_one() -> None:
    made = problem(method=SETTLED)
    slow = replace(made, indicators=tuple(replace(i, noticed_within=7.0) for i in made.indicators))
    prepared = core.prepare(slow, as_of=as_of(31))
    day = OPENED + timedelta(days=28)
    once = [item("d0", Says.ABSENT, 28, source="ministry")]
    often = [*once, *(replace(once[0], id=f"d{k}", about=day) for k in range(1, 4))]

    assert core.posterior(prepared, often).log_odds_within(5) == pytest.approx(
        core.posterior(prepared, once).log_odds_within(5), abs=1e-9
    )
