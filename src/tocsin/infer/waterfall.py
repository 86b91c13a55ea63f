"""From prior to answer, step by step, so that the steps sum to the whole way."""

from __future__ import annotations

from datetime import date

from tocsin.infer import core
from tocsin.infer.board import name, weighs
from tocsin.infer.case import Case, Variant
from tocsin.infer.ground import Ground, ground
from tocsin.model.reasons import Step, Waterfall

ORDER = "looks that found nothing; then indicator by indicator in order of the first report on each"
"""The rule by which the steps stand."""

LAST = "; deception last"
"""What is added to it where somebody may be deceiving us."""


def waterfall(case: Case) -> Waterfall:
    """What each indicator's reports added to the log-odds of the headline, one after the other.

    The steps are the differences of a running answer: first with the logged looks alone, then with all reports on one
    indicator after the other, taken at their word, and last with the stories of deception. They sum to the difference
    between prior and answer whatever the order; the order only decides who is credited with what two of them share.
    """
    start = Variant(probability=case.headline(case.nothing), log_odds=case.odds(case.nothing))
    steps: list[Step] = []
    before = start

    def to(after: Variant, *, kind: str, id_: str, since: date | None = None, claims: tuple[str, ...] = ()) -> None:
        nonlocal before
        steps.append(
            Step(
                kind=kind,
                id=id_,
                log_odds=after.log_odds - before.log_odds,
                probability=after.probability,
                since=since,
                claims=claims,
            )
        )
        before = after

    base: Ground | None = ground(case.prepared, case.quiet, honest=True, only=case.ground.stories)
    if any(plan.looked for plan in case.prepared.indicators.values()):
        to(_variant(case, case.quiet, base), kind="looks", id_="looks")
    terms = case.quiet
    for target, since in _in_order(case):
        terms = _with(case, terms, target)
        if base is not None:
            base = base.after(target, terms.indicators[target]) if target in case.prepared.indicators else None
        weighing = (item for item in case.by_indicator[target] if weighs(item))
        ordered = sorted(weighing, key=lambda item: (item.published, item.about, item.id))
        claims = tuple(dict.fromkeys(name(item) for item in ordered))
        kind = "indicator" if target in case.prepared.indicators else "gate"
        to(_variant(case, terms, base), kind=kind, id_=target, since=since, claims=claims)
    answer = Variant(probability=case.headline(case.posterior), log_odds=case.odds(case.posterior))
    if case.problem.deception:
        to(answer, kind="deception", id_="deception")
    order = ORDER + (LAST if case.problem.deception else "")
    return Waterfall(order=order, prior=start.log_odds, steps=tuple(steps), answer=before.log_odds)


def _in_order(case: Case) -> list[tuple[str, date]]:
    first = {
        target: min((item.published, item.about) for item in items if weighs(item))
        for target, items in case.by_indicator.items()
        if any(weighs(item) for item in items)
    }
    return [(target, about) for target, (_, about) in sorted(first.items(), key=lambda pair: (pair[1], pair[0]))]


def _with(case: Case, terms: core.Terms, target: str) -> core.Terms:
    """The terms with the reports on one more indicator or gate."""
    position = case.prepared.gate(target)
    if position is None:
        return core.Terms(
            admitted=terms.admitted,
            indicators={**terms.indicators, target: case.terms.indicators[target]},
            gates=terms.gates,
        )
    gates = {**terms.gates, position: case.terms.gates[position]}
    return core.Terms(admitted=terms.admitted, indicators=terms.indicators, gates=gates)


def _variant(case: Case, terms: core.Terms, base: Ground | None) -> Variant:
    """The headline under these terms, everybody taken at his word; ``base`` are their masses, where they are known."""
    split = None if base is None else base.split(case.window, {})
    if split is not None:
        return case.of_split(split)
    found = core.combine(case.prepared, terms, honest=True, states=False)
    return Variant(probability=case.headline(found), log_odds=case.odds(found))
