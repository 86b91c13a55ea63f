"""What each group of assumptions does to the answer, and how much of the band comes from doubt about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tocsin.errors import ProbabilityError
from tocsin.infer import core
from tocsin.infer.bands import Bands
from tocsin.infer.case import Case, percent
from tocsin.model.problem import Law, WarningProblem
from tocsin.model.reasons import Assumption

DRAWN: Mapping[str, str] = {
    "priors": "the priors of scenarios and gates, within the range of their words",
    "hazards": "within what time a scenario comes, if it comes",
    "tempo": "one common factor on all leads",
    "habits": "whether sources that speak again look afresh, and how much is copied unseen",
    "seen-first": "how surely an indicator would be seen first",
    "false-starts": "how often an indicator shows for nothing",
    "grades": "how often a source of its grade knows",
    "together": "several of these at once, and what is not proportional",
}
"""Groups that are drawn for the bands."""

BAND_FLOOR = "band-floor"
NEVER: Law = ((0.0, 1.0),)


def assumptions(case: Case, around: Bands) -> tuple[Assumption, ...]:
    """Every group of assumptions that bears on this answer.

    ``log_odds`` is the headline's with the assumption minus without it; ``share`` how much of the variance of the
    drawn log-odds the group makes. Below 5 % the band is at least a factor of three either way: where that rule, and
    no draw, made an end of it, it says so.
    """
    with_all = case.odds(case.posterior)
    out: list[Assumption] = []
    for name, text, neutral in _switches(case.likely):
        found = _without(case, neutral)
        if found is None:
            continue
        odds, probability = found
        out.append(
            Assumption(
                id=name,
                text=f"{text}; without it: {percent(probability)}",
                log_odds=with_all - odds,
                without=probability,
            )
        )
    out += [
        Assumption(id=f"doubt: {name}", text=f"doubt about {DRAWN[name]}", share=share)
        for name, share in around.shares.items()
    ]
    if around.floored:
        text = "below 5 % the band reaches at least a factor of three either way, whatever the draws give"
        out.append(Assumption(id=BAND_FLOOR, text=text))
    return tuple(out)


def _switches(problem: WarningProblem) -> list[tuple[str, str, WarningProblem]]:
    """Name, words and neutral problem of every assumption that the problem makes."""
    method, indicators = problem.method, problem.indicators
    out: list[tuple[str, str, WarningProblem]] = []
    if method.contamination > 0 and indicators:
        text = f"{percent(method.contamination)} of indicators mean nothing"
        out.append(("contamination", text, replace(problem, method=replace(method, contamination=0.0))))
    if method.mean_blanket > 0:
        text = "agreeing reports of one week may repeat each other, and the reports tell how much they do"
        out.append(("blanket-echo", text, replace(problem, method=replace(method, blanket_echo=NEVER))))
    if any(settled * chance > 0 for settled, chance in method.self_repeat):
        text = "a source that speaks again may be of one mind, and the reports tell whether sources are"
        out.append(("self-repeat", text, replace(problem, method=replace(method, self_repeat=NEVER))))
    if any(factor != 1.0 and share > 0 for factor, share in method.tempo):
        text = "one tempo speeds or slows all leads"
        out.append(("tempo", text, replace(problem, method=replace(method, tempo=((1.0, 1.0),)))))
    slow = [i.noticed_within for i in indicators] + [g.noticed_within for g in problem.gates]
    if any(within is not None for within in slow):
        at_once = replace(
            problem,
            indicators=tuple(replace(i, noticed_within=None) for i in indicators),
            gates=tuple(replace(g, noticed_within=None) for g in problem.gates),
        )
        out.append(("noticing", "noticing takes time", at_once))
    if any(i.false_starts > 0 for i in indicators):
        never = replace(problem, indicators=tuple(replace(i, false_starts=0.0) for i in indicators))
        out.append(("false-starts", "indicators have false starts", never))
    if problem.looks:
        out.append(("looks", "looks that found nothing count", replace(problem, looks=())))
    if problem.deception:
        out.append(("deception", "somebody may be deceiving us", replace(problem, deception=())))
    return out


def _without(case: Case, neutral: WarningProblem) -> tuple[float, float] | None:
    try:
        prepared = core.prepare(neutral, as_of=case.as_of, looks=case.looks)
        found = core.combine(prepared, core.terms(prepared, case.evidence), states=False)
    except ProbabilityError:
        return None
    return case.odds(found), case.headline(found)
