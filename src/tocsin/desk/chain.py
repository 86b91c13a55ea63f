"""The order of the steps on what a desk has kept: weigh, link, infer; pure functions of what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from tocsin import __version__, extract, link, weigh
from tocsin.desk.values import Assessed, Linkage, Stream
from tocsin.errors import UsageError
from tocsin.model.assessment import Digests, NotUnderstoodCount
from tocsin.model.claim import Extraction
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the store has read, before any day cuts it."""

    reports: Mapping[str, Report]
    extractions: Mapping[str, Extraction]


def stream_of(
    everything: Everything, sources: Sequence[Source], *, as_of: date | None, known_by: date | None
) -> Stream:
    """What was published by one day and, if asked, retrieved by another; claims in order of publication, weighed."""
    reports = {
        key: report
        for key, report in everything.reports.items()
        if _published_by(report, as_of) and _retrieved_by(report, known_by)
    }
    extractions = {key: found for key, found in everything.extractions.items() if key in reports}
    claims = tuple(claim for key in reports if key in extractions for claim in extractions[key].claims)
    return Stream(
        reports=reports,
        extractions=extractions,
        claims=claims,
        ratings=weigh.ratings(claims, reports, sources),
        sources=tuple(sources),
    )


def linkage(
    problem: WarningProblem,
    sources: Sequence[Source],
    everything: Everything,
    *,
    as_of: date,
    known_by: date | None,
) -> Linkage:
    """The stream as of a day, linked to one problem.

    Raises:
        UsageError: The day lies before the problem was opened.
    """
    if as_of < problem.opened:
        raise UsageError(f"{as_of} lies before the problem was opened ({problem.opened}); its grid starts there")
    stream = stream_of(everything, sources, as_of=as_of, known_by=known_by)
    return Linkage(
        problem=problem, stream=stream, linked=link.link(stream.claims, stream.ratings, stream.reports, problem)
    )


def assessed(found: Linkage, *, as_of: date, known_by: date | None) -> Assessed:
    """What the linked claims answer, with all it leads back to."""
    from tocsin.infer import assess as infer

    problem, stream, linked = found.problem, found.stream, found.linked
    assessment = infer.assess(
        problem,
        linked,
        claims=found.claims,
        reports=stream.reports,
        ratings=stream.ratings,
        as_of=as_of,
        known_by=known_by,
        digests=Digests(problem=problem.digest, sources=_digest(stream.sources), claims=_digest(stream.claims)),
        version=__version__,
        not_understood=NotUnderstoodCount(
            reports=sum(1 for r in stream.reports.values() if r.lang not in (None, *extract.LANGUAGES)),
            passages=sum(len(one.not_understood) for one in stream.extractions.values()),
            claims_set_aside=len(linked.set_aside),
            claims_unlinked=linked.unlinked,
            claims_ungraded=sum(1 for rating in stream.ratings.values() if rating.knows is None),
        ),
    )
    return Assessed(assessment=assessment, problem=problem, stream=stream, linked=linked)


def in_force(versions: Sequence[tuple[datetime, str]], day: date) -> str:
    """The version of a declaration in force on a day: the last one first used by then, else the first of all."""
    used = [text for first, text in versions if first.date() <= day]
    return used[-1] if used else versions[0][1]


def _published_by(report: Report, day: date | None) -> bool:
    """A report whose day of publication nobody knows counts from the day it was retrieved."""
    if day is None:
        return True
    published = (report.published.latest if report.published else None) or report.retrieved
    return published is not None and published <= day


def _retrieved_by(report: Report, day: date | None) -> bool:
    return day is None or (report.retrieved is not None and report.retrieved <= day)


def _digest(values: object) -> str:
    return f"sha256:{hashlib.sha256(msgspec.json.encode(values, order='sorted')).hexdigest()}"
