"""What changed between two days, step by step, each step an assessment of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tocsin.desk import chain
from tocsin.desk.release import released
from tocsin.desk.values import Assessed, Linkage
from tocsin.desk.versions import Declared
from tocsin.model.changes import Changes, NewClaim, NewVersion, Step, Turned
from tocsin.publish.handling import Release


def changes(
    everything: chain.Everything,
    before: Declared,
    after: Declared,
    *,
    first: date,
    last: date,
    as_known: bool,
    versions: Sequence[tuple[str, datetime]],
    to: Release,
    today: Declared,
    by_today: bool = False,
) -> Changes:
    """From the answer of one day to that of another.

    Args:
        everything: All that the store has read.
        before: What was declared on the first day.
        after: What was declared on the last day.
        first: The earlier day.
        last: The later day.
        as_known: Count on each day only what had been retrieved by then.
        versions: Every version of the declarations: the file's name and its first use.
        to: What the readers are cleared for.
        today: What is declared now; where it is not what was in force on the last day, its answer is told too.
        by_today: ``before`` and ``after`` are what is declared now.
    """

    def linked(declared: Declared, day: date, everything: chain.Everything = everything) -> Linkage:
        known_by = day if as_known else None
        return chain.linkage(
            declared.problem, declared.sources, everything, as_of=day, known_by=known_by, resolved_by=day
        )

    def answer(found: Linkage, day: date) -> Assessed:
        return chain.assessed(found, as_of=day, known_by=day if as_known else None)

    new = linked(before, last)
    seen = replace(everything, looks=tuple(one for one in everything.looks if one.day <= first))
    old = linked(before, first, seen)
    start = answer(old, first)
    told: list[tuple[str, Assessed]] = [("time alone", answer(old, last))]
    if any(first < one.day <= last and one.problem == before.problem.id for one in everything.looks):
        told.append(("new looks", answer(replace(old, problem=new.problem), last)))
    told.append(("new reports and judgements", answer(new, last)))
    if before != after:
        told.append(("new declarations", answer(linked(after, last), last)))
    end = told[-1][1]
    at = start.assessment.answer.probability
    steps = []
    for what, assessed in told:
        p = assessed.assessment.answer.probability
        steps.append(Step(what=what, probability=p, log_odds=_moved(at, p)))
        at = p
    a, b = start.assessment, end.assessment
    return Changes(
        problem=b.problem,
        question=b.question,
        first=first,
        last=last,
        start=a.answer.probability,
        end=b.answer.probability,
        start_words=a.answer.words,
        end_words=b.answer.words,
        start_warning_days=a.warning_time_days,
        end_warning_days=b.warning_time_days,
        steps=tuple(steps),
        turned=_turned(start, end),
        claims=_new_claims(start, end, to),
        reports=len(end.stream.reports.keys() - start.stream.reports.keys()),
        by_today=by_today,
        end_today=None if today == after else answer(linked(today, last), last).assessment.answer.probability,
        versions=tuple(
            NewVersion(name=name, first_used=used) for name, used in versions if first < used.date() <= last
        ),
    )


def _moved(before: float, after: float) -> float | None:
    if not (0.0 < before < 1.0 and 0.0 < after < 1.0):
        return None
    return math.log(after / (1.0 - after)) - math.log(before / (1.0 - before))


def _turned(start: Assessed, end: Assessed) -> tuple[Turned, ...]:
    was = {line.id: line.status for line in start.assessment.indicators}
    return tuple(
        Turned(indicator=line.id, statement=line.statement, was=was[line.id], now=line.status)
        for line in end.assessment.indicators
        if line.id in was and was[line.id] is not line.status
    )


def _counting(found: Assessed) -> dict[str, set[str]]:
    """What each claim counts for."""
    counts: dict[str, set[str]] = {}
    for item in found.linked.evidence:
        counts.setdefault(item.claim or item.id, set()).add(item.indicator)
    for reading in found.linked.readings:
        counts.setdefault(reading.claim or reading.id, set()).add(reading.figure)
    return counts


def _new_claims(start: Assessed, end: Assessed, to: Release) -> tuple[NewClaim, ...]:
    """The claims that count now and did not, as the readers may see them."""
    shown, _ = released(end, to=to)
    called = dict(zip(end.claims, shown.claims.values(), strict=True))
    before = _counting(start)
    found = []
    for key, things in _counting(end).items():
        if key in before or key not in called:
            continue
        claim = called[key]
        report = shown.stream.reports.get(claim.report)
        found.append(
            NewClaim(
                claim=claim.id,
                report=claim.report,
                published=report.published.latest if report and report.published else None,
                counts_for=tuple(sorted(things)),
                content=claim.content,
                handling=report.handling if report else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.published or date.min, one.report, one.claim)))
