import pytest
from tests.answering import AS_OF, PROBLEM, item

from tocsin.infer.board import board
from tocsin.infer.case import build
from tocsin.infer.confidence import confidence
from tocsin.infer.drivers import bundles
from tocsin.model.assessment import Confidence
from tocsin.model.evidence import Evidence, Says
from tocsin.model.reasons import Step, Waterfall
from tocsin.model.yardstick import YARDSTICKS


def judge(*evidence: Evidence, way: Waterfall | None = None) -> Confidence:
    case = build(PROBLEM, evidence, as_of=AS_OF)
    return confidence(case, board(PROBLEM, case.evidence), bundles(case), way=way)


def moved(*log_odds: float) -> Waterfall:
    steps = tuple(Step(kind="indicator", id=str(n), log_odds=step, probability=0.5) for n, step in enumerate(log_odds))
    return Waterfall(order="", prior=0.0, steps=steps, answer=sum(log_odds))


def passed(found: Confidence) -> set[str]:
    return {test.name for test in found.tests if test.passed}


GOOD = (
    item("a", "strike-groups", Says.ABSENT, access="imagery"),
    item("b", "strike-groups", Says.ABSENT, ago=2),
    item("c", "relocation", Says.ABSENT, ago=2),
    item("d", "field-hospitals", Says.ABSENT, ago=2),
)


def test_without_reports_confidence_is_low_and_no_test_is_passed() -> None:
    found = judge()
    assert found.level == "low"
    assert passed(found) == set()


def test_independent_agreeing_first_hand_reports_give_high_confidence() -> None:
    found = judge(*GOOD)
    assert found.level == "high"
    assert len(found.because) == 5


@pytest.mark.parametrize(
    ("steps", "level"),
    [((0.1, -0.2), "moderate"), ((), "moderate"), ((0.6, -0.5), "high"), ((0.4,), "high"), ((0.2, 0.2), "high")],
)
def test_where_the_reports_hardly_moved_the_answer_confidence_is_one_level_lower(
    steps: tuple[float, ...], level: str
) -> None:
    found = judge(*GOOD, way=moved(*steps))

    assert found.level == level
    assert ("rests on the declared priors" in found.because[-1]) is (level == "moderate")
    assert len(found.tests) == 5
    assert judge(way=moved()).because == judge().because


def test_each_failing_test_is_named() -> None:
    hearsay = tuple(item(e.id, e.indicator, e.says, ago=2) for e in GOOD)
    assert passed(judge(*GOOD)) - passed(judge(*hearsay)) == {"best access"}
    dissent = (*GOOD, item("e", "strike-groups", Says.PRESENT, ago=2))
    assert "agreement" not in passed(judge(*dissent))
    assert "coverage" not in passed(judge(item("a", "field-hospitals", Says.ABSENT)))


def test_an_echo_is_no_origin_of_its_own() -> None:
    echoed = (*GOOD[:2], item("e", "relocation", Says.ABSENT, echo_of="b"))
    assert "independent origins" not in passed(judge(*echoed))


def test_a_source_that_cannot_be_judged_gives_no_confidence() -> None:
    assert judge(*(item(e.id, e.indicator, e.says, knows=None) for e in GOOD)).level == "low"


def test_an_indicator_with_weightless_claims_alone_is_not_covered() -> None:
    spoken = (GOOD[0], *(item(e.id, e.indicator, e.says, knows=None) for e in GOOD[2:]))

    assert "coverage" in passed(judge(*GOOD))
    assert "coverage" not in passed(judge(*spoken))


def test_no_probability_word_stands_in_its_sentences() -> None:
    words = {name for scale in YARDSTICKS.values() for band in scale.bands for name in (band.word, *band.synonyms)}
    for found in (judge(), judge(*GOOD)):
        assert not [sentence for sentence in found.because if any(word in sentence for word in words)]
