from dataclasses import replace

from tests.answering import AS_OF, PROBLEM, chance, item

from tocsin.infer.bands import bands
from tocsin.infer.case import build
from tocsin.model.evidence import Says
from tocsin.model.problem import WarningProblem

EVIDENCE = (item("a", "strike-groups", Says.ABSENT), item("b", "field-hospitals", Says.PRESENT, ago=3))


def band(problem: WarningProblem) -> tuple[float, float, float]:
    case = build(problem, EVIDENCE, as_of=AS_OF)
    found = bands(case).headline
    assert found is not None
    return found[0], case.headline(case.posterior), found[1]


def test_bands_hold_the_central_answer_and_repeat_exactly() -> None:
    low, middle, high = band(PROBLEM)
    assert low < middle < high
    assert band(PROBLEM) == (low, middle, high)


def test_below_five_per_cent_a_band_reaches_a_factor_of_three() -> None:
    rare = replace(PROBLEM, gates=(replace(PROBLEM.gates[0], probability=chance(0.01, 0.009, 0.011)),))
    low, middle, high = band(rare)
    assert middle < 0.05
    assert low <= middle / 3
    assert high >= middle * 3


def test_a_vaguer_prior_gives_a_wider_band() -> None:
    vague = replace(PROBLEM, gates=(replace(PROBLEM.gates[0], probability=chance(0.3, 0.02, 0.9)),))
    narrow, wide = band(PROBLEM), band(vague)
    assert wide[2] - wide[0] > narrow[2] - narrow[0]


def test_priors_that_fill_everything_still_get_bands() -> None:
    full = replace(
        PROBLEM,
        scenarios=(
            replace(PROBLEM.scenarios[0], prior=chance(0.7, 0.55, 0.8)),
            replace(PROBLEM.scenarios[1], prior=chance(0.3, 0.2, 0.45)),
        ),
    )
    found = bands(build(full, EVIDENCE, as_of=AS_OF))
    assert set(found.scenarios) == {"offensive", "feint"}
    assert set(found.rolling) == {7, 30, 90}
