"""What each rival account would make of the answer: the core run once for every account that moves something."""

from __future__ import annotations

from tocsin.infer import core
from tocsin.infer import explanations as rivals
from tocsin.infer.case import Case
from tocsin.model.explanations import ExplanationResult
from tocsin.model.problem import Explanation


def results(case: Case) -> tuple[ExplanationResult, ...]:
    """One result per event that has happened by the day assessed."""
    answer = case.headline(case.posterior)
    return tuple(
        rivals.result(one, if_true=_if_true(case, one), answer=answer)
        for one in rivals.known(case.problem.explanations, case.as_of)
    )


def _if_true(case: Case, explanation: Explanation) -> dict[str, tuple[float, float]]:
    """Per account: log-probability of the reports and of the days without an onset, and the headline."""
    if not any(account.odds for account in explanation.accounts):
        return {}
    found = {}
    for account in explanation.accounts:
        problem = rivals.only(case.problem, explanation.id, account.id)
        prepared = core.prepare(problem, as_of=case.as_of, looks=case.looks)
        posterior = core.combine(prepared, case.terms, states=False)
        found[account.id] = (posterior.log_evidence + prepared.log_prior, case.headline(posterior))
    return found
