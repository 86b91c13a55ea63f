"""From evidence to the assessment: every part of the answer, put together."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec
import numpy as np

from tocsin.infer import accounts, actors, core, figures, prior, timing
from tocsin.infer.assumptions import assumptions
from tocsin.infer.bands import ROLLING, Bands, bands
from tocsin.infer.board import Line, board, name
from tocsin.infer.case import Case, build
from tocsin.infer.changes import changes, earlier
from tocsin.infer.confidence import confidence
from tocsin.infer.crossings import crossings
from tocsin.infer.decisions import decisions
from tocsin.infer.drivers import Bundle, against, bundles, drivers, echoes, unreviewed
from tocsin.infer.looks import latest
from tocsin.infer.standing import standing
from tocsin.infer.suspicion import deception, remarks
from tocsin.infer.watch import flip, watch
from tocsin.infer.waterfall import waterfall
from tocsin.model.assessment import (
    Answer,
    Assessment,
    Digests,
    GateResult,
    IndicatorResult,
    NotUnderstoodCount,
    OtherShown,
    Rolling,
    ScenarioResult,
    Status,
)
from tocsin.model.claim import Claim, Role
from tocsin.model.evidence import DayAhead, Evidence, Linked, OtherView, Rating
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report
from tocsin.model.yardstick import ICD_203, YARDSTICKS, word_for

METHOD = "tocsin-method 1"
"""Name and version of the method, printed with every assessment."""

_CURVE_DAYS = 90
_CURVE_POINTS = 366
_EARLIEST = 0.05


def assess(
    problem: WarningProblem,
    linked: Linked,
    *,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating],
    as_of: date,
    known_by: date | None = None,
    digests: Digests,
    version: str,
    not_understood: NotUnderstoodCount | None = None,
    reviewed: Collection[str] = (),
    since: date | None = None,
    looks: core.Looks | None = None,
    signed: str | None = None,
) -> Assessment:
    """The answer as of a date, with everything a reader needs to check it.

    Args:
        problem: The question.
        linked: What linking made of the claims.
        claims: By id; their roles say which set-aside claims are plans.
        reports: By id; only those published by ``as_of`` count, whatever is given.
        ratings: By claim; they give the sources their names.
        as_of: The day assessed, inclusive.
        known_by: Printed with the answer; whoever calls has kept back what was retrieved later.
        digests: Of problem, sources and claims.
        version: Of the program.
        not_understood: What reading and extraction could not use; what linking set aside is added here.
        reviewed: Ids of claims that somebody has judged.
        since: The earlier day to compare with; the day before ``as_of`` if left out.
        looks: Days on which somebody looked, per indicator, beside those that the problem logs.
        signed: The word that an analyst signed last; the header holds to it until the band has left it.

    Raises:
        UsageError: ``as_of`` lies before the problem was opened, or an item names an unknown indicator.
        ProbabilityError: The evidence is impossible under the problem as declared.
    """
    case = build(actors.informed(problem, as_of=as_of), linked.evidence, as_of=as_of, looks=looks)
    lines = board(problem, case.evidence, looked=latest(problem, as_of=as_of, looks=looks))
    found = bundles(case)
    said = remarks(case, found)
    around = bands(case)
    before = earlier(case, linked.evidence, since=since)
    scenarios = _scenarios(case, around)
    how_soon = timing.timings(problem, lines, as_of=as_of)
    watched = watch(case)
    way = waterfall(case)
    names = {rating.source: rating.source_name for rating in ratings.values()}
    names |= {source.id: source.name for source in problem.sources}
    readings = [r for r in linked.readings if _published(r.claim, claims, reports, default=r.about) <= as_of]
    counted = not_understood or NotUnderstoodCount()
    return Assessment(
        schema=1,
        problem=problem.id,
        question=problem.question,
        resolution=problem.resolution,
        as_of=as_of,
        known_by=known_by,
        method=METHOD,
        version=version,
        digests=digests,
        answer=_answer(case, around),
        confidence=confidence(case, lines, found, way=way, names=names),
        scenarios=scenarios,
        timing=how_soon,
        warning_time_days=timing.warning_time(how_soon, as_of=as_of),
        gates=_gates(case),
        indicators=_indicators(case, lines, found),
        figures=figures.results(problem, readings, as_of=as_of),
        drivers=drivers(found, remarks=said),
        against=against(case, found, lines, set_aside=linked.set_aside, claims=claims, remarks=said),
        watch=watched,
        flip=flip(case, lines, watched),
        echoes=echoes(case),
        others=_others(linked.others, claims=claims, ratings=ratings, as_of=as_of),
        ahead=_ahead(linked.ahead, claims=claims, ratings=ratings, as_of=as_of),
        decisions=decisions(case, scenarios, how_soon),
        actors=actors.forecast(problem, as_of=as_of),
        explanations=accounts.results(case),
        deception=deception(case),
        waterfall=way,
        assumptions=assumptions(case, around),
        crossings=crossings(case, lines, watched),
        standing=standing(
            case, middle=around.middle, earlier=None if before is None else before.headline, signed=signed
        ),
        changes=changes(case, before, found),
        unreviewed=unreviewed(case, found, reviewed=reviewed),
        left_out=case.terms.admitted.left_out,
        not_covered=tuple(i.id for i in problem.indicators if lines[i.id].status is Status.NOT_COVERED),
        not_understood=replace(
            counted,
            claims_set_aside=counted.claims_set_aside or len(linked.set_aside),
            claims_unlinked=counted.claims_unlinked or linked.unlinked,
            claims_ungraded=counted.claims_ungraded or len(case.terms.admitted.ungraded),
        ),
    )


def assess_evidence(
    problem: WarningProblem,
    evidence: Sequence[Evidence],
    *,
    as_of: date,
    version: str,
    digests: Digests | None = None,
    since: date | None = None,
    looks: core.Looks | None = None,
) -> Assessment:
    """The same answer on evidence coded by hand or by another program; items go by their own ids."""
    own = Digests(
        problem=problem.digest,
        sources="",
        claims=hashlib.sha256(msgspec.json.encode(sorted(evidence, key=lambda item: item.id))).hexdigest(),
    )
    return assess(
        problem,
        Linked(evidence=tuple(evidence), readings=(), others=(), set_aside=(), unlinked=0),
        claims={},
        reports={},
        ratings={},
        as_of=as_of,
        digests=digests or own,
        version=version,
        since=since,
        looks=looks,
    )


def _answer(case: Case, around: Bands) -> Answer:
    probability = case.headline(case.posterior)
    low, high = around.headline or (None, None)
    return Answer(
        by=case.problem.by,
        probability=probability,
        low=low,
        high=high,
        words=case.word(case.headline(case.honest)),
        yardstick=case.problem.yardstick,
        rolling=tuple(
            Rolling(
                days=days,
                probability=min(1.0, case.posterior.event_within(days)),
                low=around.rolling[days][0] if days in around.rolling else None,
                high=around.rolling[days][1] if days in around.rolling else None,
            )
            for days in ROLLING
        ),
        prior=case.headline(case.nothing),
    )


def _scenarios(case: Case, around: Bands) -> tuple[ScenarioResult, ...]:
    """The declared scenarios; what they leave over is the status quo, declared or not."""
    scale = YARDSTICKS.get(case.problem.yardstick, ICD_203)
    after, before = case.posterior.p_scenario, case.nothing.p_scenario
    out: list[ScenarioResult] = []
    for scenario in case.problem.scenarios:
        if scenario.status_quo:
            out.append(_status_quo(case, around, name=scenario.id, statement=scenario.statement))
            continue
        probability = min(1.0, after[scenario.id])
        low, high = around.scenarios.get(scenario.id, (None, None))
        out.append(
            ScenarioResult(
                id=scenario.id,
                statement=scenario.statement,
                event=scenario.event,
                probability=probability,
                low=low,
                high=high,
                prior=min(1.0, before[scenario.id]),
                words=word_for(probability, scale),
                curve=_curve(case, scenario.id),
                p05_date=_p05(case, scenario.id, probability),
            )
        )
    if not any(scenario.status_quo for scenario in case.problem.scenarios):
        out.append(_status_quo(case, around, name="status-quo", statement="None of the declared scenarios"))
    return tuple(out)


def _status_quo(case: Case, around: Bands, *, name: str, statement: str) -> ScenarioResult:
    probability = min(1.0, case.posterior.status_quo)
    low, high = around.status_quo or (None, None)
    return ScenarioResult(
        id=name,
        statement=statement,
        event=False,
        probability=probability,
        low=low,
        high=high,
        prior=min(1.0, case.nothing.status_quo),
        words=word_for(probability, YARDSTICKS.get(case.problem.yardstick, ICD_203)),
        curve=(),
        p05_date=None,
    )


def _curve(case: Case, scenario: str) -> tuple[tuple[date, float], ...]:
    """Daily up to the question's last day, ninety days at least; thinned to a year's worth of points."""
    reach = max((case.problem.by - case.as_of).days, _CURVE_DAYS)
    values = np.minimum(case.posterior.curve(scenario), 1.0)[:reach].tolist()
    chosen = sorted(set(np.linspace(0, len(values) - 1, min(len(values), _CURVE_POINTS)).round().astype(int).tolist()))
    return tuple((case.prepared.day(index), float(values[index])) for index in chosen)


def _p05(case: Case, scenario: str, probability: float) -> date | None:
    """The day by which a twentieth of the scenario's probability has come: its earliest plausible start."""
    reached = np.flatnonzero(case.posterior.curve(scenario) >= _EARLIEST * probability)
    return case.prepared.day(int(reached[0])) if reached.size and probability > 0.0 else None


def _gates(case: Case) -> tuple[GateResult, ...]:
    return tuple(
        GateResult(
            id=gate.id,
            statement=gate.statement,
            probability=min(1.0, case.posterior.gates[gate.id]),
            prior=min(1.0, case.nothing.gates[gate.id]),
        )
        for gate in case.problem.gates
    )


def _indicators(case: Case, lines: Mapping[str, Line], found: Sequence[Bundle]) -> tuple[IndicatorResult, ...]:
    moved = {bundle.id: bundle.log_odds for bundle in found if bundle.kind == "indicator"}
    told = prior.diagnosticity(case.prepared, case.quiet)
    return tuple(
        IndicatorResult(
            id=indicator.id,
            statement=indicator.statement,
            status=lines[indicator.id].status,
            claims=tuple(dict.fromkeys(name(item) for item in lines[indicator.id].evidence)),
            since=lines[indicator.id].since,
            last_look=lines[indicator.id].last_look,
            log_odds=moved.get(indicator.id, 0.0),
            diagnosticity=told[indicator.id],
            critical=indicator.critical,
            own_word=lines[indicator.id].own_word,
        )
        for indicator in case.problem.indicators
    )


def _others(
    others: Sequence[OtherView], *, claims: Mapping[str, Claim], ratings: Mapping[str, Rating], as_of: date
) -> tuple[OtherShown, ...]:
    """Other people's assessments that were out by the day assessed and have not expired.

    Judgements stand before forecasts, the newest first; what one voice says again in the same words is shown once.
    """
    shown: dict[tuple[str, str, str], OtherShown] = {}
    current = [other for other in others if other.published <= as_of <= other.expires]
    current.sort(key=lambda other: (_is_forecast(claims.get(other.claim)), -other.published.toordinal()))
    for other in current:
        rating = ratings.get(other.claim)
        first = rating if rating is None else ratings.get(rating.echo_of or "", rating)
        origin = other.who if first is None else first.source
        said = (origin, other.polarity, " ".join(other.says.casefold().split()))
        entry = OtherShown(
            claim=other.claim, who=other.who, says=other.says, expires=other.expires, polarity=other.polarity
        )
        shown.setdefault(said, entry)
    return tuple(shown.values())


def _ahead(
    ahead: Sequence[DayAhead], *, claims: Mapping[str, Claim], ratings: Mapping[str, Rating], as_of: date
) -> tuple[DayAhead, ...]:
    """The days announced by the day assessed that are not past, in order; what an echo repeats is shown once."""
    shown: dict[tuple[object, ...], DayAhead] = {}
    known = [one for one in ahead if one.published <= as_of <= (one.latest or date.max)]
    known.sort(key=lambda one: (one.latest or one.earliest or date.max, one.published, one.claim))
    names = {one.claim for one in known}
    for one in known:
        rating, claim = ratings.get(one.claim), claims.get(one.claim)
        if rating is not None and rating.echo_of in names:
            continue
        time = claim.when.text if claim is not None and claim.when is not None else ""
        said = " ".join(one.says.replace(time, "").casefold().split())
        shown.setdefault((one.earliest, one.latest, one.polarity, said), one)
    return tuple(shown.values())


def _is_forecast(claim: Claim | None) -> bool:
    return claim is not None and claim.role is Role.FORECAST


def _published(claim: str | None, claims: Mapping[str, Claim], reports: Mapping[str, Report], *, default: date) -> date:
    """The day a claim's report came out; where that is not known, the day it speaks about."""
    known = claims.get(claim or "")
    report = None if known is None else reports.get(known.report)
    window = None if report is None else report.published
    return (None if window is None else window.latest or window.earliest) or default
