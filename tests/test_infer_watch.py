import pytest
from tests.answering import AS_OF, PROBLEM, item

from tocsin.infer.board import board
from tocsin.infer.case import Case, build
from tocsin.infer.watch import flip, watch
from tocsin.model.evidence import Evidence, Says


def case(*evidence: Evidence) -> Case:
    return build(PROBLEM, evidence, as_of=AS_OF)


def test_seen_and_not_seen_average_to_the_answer() -> None:
    one = case(item("a", "strike-groups", Says.ABSENT), item("b", "field-hospitals", Says.PRESENT))
    for entry in watch(one):
        mean = entry.chance_seen * entry.if_seen + (1 - entry.chance_seen) * entry.if_not_seen
        assert mean == pytest.approx(one.headline(one.posterior), abs=1e-9)


def test_the_greatest_weighted_swing_stands_first() -> None:
    swings = [entry.chance_seen * abs(entry.if_seen - entry.if_not_seen) for entry in watch(case())]
    assert swings == sorted(swings, reverse=True)


def test_the_last_useful_day_is_the_window_less_the_least_lead() -> None:
    days = {entry.indicator: (PROBLEM.by - entry.by).days for entry in watch(case())}
    assert days == {"strike-groups": 42, "relocation": 2, "field-hospitals": 7}


def test_from_below_one_percent_to_the_lowest_word_is_no_change_of_word() -> None:
    one = case()
    assert one.same_word(0.004, 0.03)
    assert not one.same_word(0.004, 0.06)
    assert one.same_word(0.97, 0.999)
    assert not one.same_word(0.3, 0.5)


def test_a_flip_changes_the_word_and_no_smaller_set_does() -> None:
    one = case()
    watched = watch(one)
    found = flip(one, board(PROBLEM, one.evidence), watched)
    word = one.word(one.headline(one.posterior))
    assert found is not None
    assert found.to != word
    then = one.given(dict.fromkeys(found.needs, True))
    assert then is not None
    assert one.word(then.probability) == found.to
    if len(found.needs) > 1:
        assert all(one.word(entry.if_seen) == word for entry in watched)


def test_what_was_seen_already_is_no_sighting_to_come() -> None:
    one = case(item("a", "field-hospitals", Says.PRESENT))
    found = flip(one, board(PROBLEM, one.evidence), watch(one))
    assert found is None or "field-hospitals" not in found.needs
