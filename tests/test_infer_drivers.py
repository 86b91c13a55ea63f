from dataclasses import replace

import pytest
from tests.answering import AS_OF, PROBLEM, item

from tocsin.infer.board import board
from tocsin.infer.case import Case, build
from tocsin.infer.drivers import against, bundles, drivers, echoes, unreviewed
from tocsin.model.evidence import Evidence, Says


def case(*evidence: Evidence) -> Case:
    return build(PROBLEM, evidence, as_of=AS_OF)


def test_one_item_explains_the_whole_distance_from_the_prior() -> None:
    one = case(item("a", "field-hospitals", Says.PRESENT))
    found = bundles(one)
    whole = one.odds(one.posterior) - one.odds(one.nothing)
    assert whole > 0
    assert {bundle.kind for bundle in found} == {"claim", "source", "indicator"}
    assert all(bundle.log_odds == pytest.approx(whole, abs=1e-12) for bundle in found)
    assert [driver.kind for driver in drivers(found)] == ["claim"]


def test_leaving_out_every_item_of_a_source_gives_the_prior() -> None:
    evidence = [
        item("a", "field-hospitals", Says.PRESENT, source="s"),
        item("b", "strike-groups", Says.ABSENT, source="s"),
    ]
    one = case(*evidence)
    source = next(bundle for bundle in bundles(one) if bundle.kind == "source")
    assert source.without == pytest.approx(one.headline(one.nothing), abs=1e-12)


def test_leaving_out_steps_add_up_to_the_whole() -> None:
    evidence = [
        item("a", "field-hospitals", Says.PRESENT),
        item("b", "strike-groups", Says.ABSENT),
        item("c", "relocation", Says.PRESENT),
    ]
    steps = 0.0
    left = case(*evidence)
    for gone in evidence:
        without = case(*[kept for kept in left.evidence if kept.id != gone.id])
        steps += next(b.log_odds for b in bundles(left) if b.kind == "claim" and b.id == gone.id)
        left = without
    whole = case(*evidence)
    assert steps == pytest.approx(whole.odds(whole.posterior) - whole.odds(whole.nothing), abs=1e-9)


def test_a_report_with_an_echo_is_hardly_missed_unless_its_echo_goes_too() -> None:
    root = item("a", "field-hospitals", Says.PRESENT, ago=3)
    echo = item("b", "field-hospitals", Says.PRESENT, ago=2, echo_of="a")
    found = {(bundle.kind, bundle.id): bundle.log_odds for bundle in bundles(case(root, echo))}
    assert max(abs(found["claim", "a"]), abs(found["claim", "b"])) < found["echo", "a"] / 10


def test_an_echo_counts_as_little_more_than_one() -> None:
    root = item("a", "field-hospitals", Says.PRESENT, ago=3)
    echo = item("b", "field-hospitals", Says.PRESENT, ago=2, echo_of="a")
    (group,) = echoes(case(root, echo))
    assert group.claims == ("a", "b")
    assert group.counted_as == pytest.approx(1.1)


def test_thirty_identical_denials_count_as_about_one() -> None:
    daily = [item(f"d{day:02}", "strike-groups", Says.ABSENT, ago=day % 12, source="staff") for day in range(30)]
    (group,) = echoes(case(*daily))
    assert len(group.claims) == 30
    assert 1.0 <= group.counted_as < 1.5


def test_what_speaks_against_pulls_the_other_way() -> None:
    one = case(item("a", "field-hospitals", Says.PRESENT), item("b", "strike-groups", Says.ABSENT, knows=0.4))
    found = bundles(one)
    moved = one.odds(one.posterior) - one.odds(one.nothing)
    listed = against(one, found, board(PROBLEM, one.evidence))
    claims = {entry.id for entry in listed if entry.kind == "claim"}
    signs = {bundle.id: bundle.log_odds * moved for bundle in found if bundle.kind == "claim"}
    assert claims == {name for name, sign in signs.items() if sign < 0}
    assert claims
    assert [entry.id for entry in listed if entry.kind == "indicator"] == ["relocation"]


def test_a_claim_that_could_change_the_word_is_counted_until_it_is_reviewed() -> None:
    loud = item("a", "field-hospitals", Says.PRESENT, knows=0.99)
    one = case(loud)
    assert one.word(one.headline(one.posterior)) != one.word(one.headline(one.nothing))
    found = bundles(one)
    assert unreviewed(one, found).could_change_the_word == 1
    assert unreviewed(one, found, reviewed={"a"}).claims == 0


def test_a_claim_that_says_hardly_anything_cannot_change_the_word() -> None:
    one = case(item("a", "field-hospitals", Says.PRESENT, knows=0.01))
    assert unreviewed(one, bundles(one)).could_change_the_word == 0


def test_one_claim_on_two_indicators_is_left_out_as_one() -> None:
    pair = [
        replace(item("a1", "field-hospitals", Says.PRESENT), claim="c"),
        replace(item("a2", "relocation", Says.PRESENT), claim="c"),
    ]
    one = case(*pair)
    (claim,) = [bundle for bundle in bundles(one) if bundle.kind == "claim"]
    assert claim.id == "c"
    assert claim.without == pytest.approx(one.headline(one.nothing), abs=1e-12)
