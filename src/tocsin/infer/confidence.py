"""Confidence in the judgement, from five stated tests. It says nothing about how probable the event is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.infer.board import Line, origins, weighs
from tocsin.infer.case import Case
from tocsin.infer.drivers import Bundle
from tocsin.infer.suspicion import suspect
from tocsin.model.assessment import Confidence, ConfidenceTest
from tocsin.model.evidence import Evidence
from tocsin.model.reasons import Waterfall
from tocsin.model.report import Access

FEWEST_ORIGINS = 3
LEAST_COVERED = 0.5
MOST_DISSENT = 0.2

ON_PRIORS = (
    "one level lower than the tests say: the reports hardly moved the answer, which rests on the declared priors"
)
"""What is said where good reports that say little do not lend their confidence to the priors."""

_FIRST_HAND = (Access.SAW.value, Access.IMAGERY.value)


def confidence(
    case: Case,
    lines: Mapping[str, Line],
    found: Sequence[Bundle],
    *,
    way: Waterfall | None = None,
    names: Mapping[str, str] | None = None,
) -> Confidence:
    """High when all five tests are passed, moderate with three or four, low below; one lower on priors alone.

    The tests: at least three independent origins; something seen or imaged; half of the indicators looked at, and
    half of the critical ones; origins that agree; an answer whose word stays when the strongest source is left out.

    Args:
        case: The case.
        lines: The board.
        found: Everything left out in turn.
        way: From prior to answer; where the answer still rests on the priors, good reports on it are no ground for it.
        names: What to call a source, by its id.
    """
    weighing = [item for item in case.evidence if weighs(item)]
    tests = (
        _origins(weighing),
        _access(weighing),
        _covered(case, lines),
        _agreement(weighing),
        _robust(case, found, names=names or {}),
    )
    passed = sum(test.passed for test in tests)
    level = "high" if passed == len(tests) else "moderate" if passed >= 3 else "low"
    because = [test.finding for test in tests]
    if way is not None and way.rests_on_priors and level != "low":
        level = "moderate" if level == "high" else "low"
        because.append(ON_PRIORS)
    return Confidence(level=level, because=tuple(because), tests=tests)


def _origins(weighing: Sequence[Evidence]) -> ConfidenceTest:
    count = len(set(origins(weighing).values()))
    return ConfidenceTest(
        name="independent origins",
        passed=count >= FEWEST_ORIGINS,
        finding=f"{count} independent {'origin' if count == 1 else 'origins'} ({FEWEST_ORIGINS} wanted)",
    )


def _access(weighing: Sequence[Evidence]) -> ConfidenceTest:
    seen = sum(item.access in _FIRST_HAND for item in weighing)
    finding = f"{seen} of {len(weighing)} items seen or imaged by the source" if seen else "nothing seen or imaged"
    return ConfidenceTest(name="best access", passed=seen > 0, finding=finding)


def _covered(case: Case, lines: Mapping[str, Line]) -> ConfidenceTest:
    every = case.problem.indicators
    critical = [indicator for indicator in every if indicator.critical]
    looked = sum(lines[i.id].covered for i in every)
    looked_critical = sum(lines[i.id].covered for i in critical)
    return ConfidenceTest(
        name="coverage",
        passed=(
            bool(every) and looked >= LEAST_COVERED * len(every) and looked_critical >= LEAST_COVERED * len(critical)
        ),
        finding=(
            f"somebody who can be judged looked at {looked} of {len(every)} indicators, "
            f"{looked_critical} of {len(critical)} critical ones"
        ),
    )


def _agreement(weighing: Sequence[Evidence]) -> ConfidenceTest:
    """Do the latest words of the origins agree, wherever at least two have spoken?"""
    origin = origins(weighing)
    latest: dict[str, dict[str, Evidence]] = {}
    for item in sorted(weighing, key=lambda item: (item.about, item.published, item.id)):
        latest.setdefault(item.indicator, {})[origin[item.id]] = item
    voices = [[item.says for item in words.values()] for words in latest.values() if len(words) > 1]
    if not voices:
        return ConfidenceTest(
            name="agreement", passed=False, finding="no indicator on which two origins could agree or differ"
        )
    total = sum(len(says) for says in voices)
    dissent = sum(len(says) - max(says.count(word) for word in says) for says in voices)
    finding = f"all {total} latest words of origins agree" if dissent == 0 else f"{dissent} of {total} origins differ"
    where = f"{finding}, on {len(voices)} {'indicator' if len(voices) == 1 else 'indicators'}"
    return ConfidenceTest(name="agreement", passed=dissent <= MOST_DISSENT * total, finding=where)


def _robust(case: Case, found: Sequence[Bundle], *, names: Mapping[str, str]) -> ConfidenceTest:
    strongest = next((bundle for bundle in found if bundle.kind == "source"), None)
    if strongest is None:
        return ConfidenceTest(name="strongest source", passed=False, finding="no source to leave out")
    stays = case.same_word(strongest.without, case.headline(case.posterior))
    who = names.get(strongest.id, strongest.id)
    if any(suspect(case, item) for item in strongest.items):
        who += ", declared as one that may be deceiving"
    return ConfidenceTest(
        name="strongest source",
        passed=stays,
        finding=f"without the strongest source ({who}) the answer {'keeps its word' if stays else 'changes its word'}",
    )
