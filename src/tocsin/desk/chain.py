"""The order of the steps on what a desk has kept: weigh, link, infer; pure functions of what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import msgspec

from tocsin import __version__, extract, link, weigh
from tocsin import problem as problems
from tocsin.desk.heading import Headed, headed
from tocsin.desk.looking import joined
from tocsin.desk.values import Assessed, Linkage, Stream
from tocsin.errors import UsageError
from tocsin.model.assessment import Digests, NotUnderstoodCount
from tocsin.model.claim import Claim, Extraction
from tocsin.model.evidence import Judged, Linked
from tocsin.model.judgement import HINDSIGHT, OF_CLAIMS, Judgement, JudgementKind, Ruling, Verdict
from tocsin.model.log import LookMade
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the store has read, before any day cuts it."""

    reports: Mapping[str, Report]
    extractions: Mapping[str, Extraction]
    judgements: tuple[Judgement, ...] = ()
    looks: tuple[LookMade, ...] = ()
    forgotten: int = 0
    guarded: tuple[Source, ...] = ()
    rereadings: Mapping[tuple[str, str], Extraction] = field(default_factory=dict[tuple[str, str], Extraction])

    def headed(self, *, known_by: date | None = None) -> Headed:
        """The reports and what was read out of them, with the outlets and days that analysts gave them by a day."""
        return headed(self.reports, self.extractions, self.judgements, rereadings=self.rereadings, known_by=known_by)


def stream_of(
    everything: Everything,
    sources: Sequence[Source],
    *,
    as_of: date | None,
    known_by: date | None,
    resolved_by: date | None = None,
) -> Stream:
    """What was published by one day and, if asked, retrieved by another; claims in order of publication, weighed.

    Args:
        everything: All that the store has read.
        sources: Who is who.
        as_of: The day of publication at the latest.
        known_by: The day of retrieval, and of judgement, at the latest.
        resolved_by: Only what was resolved or graded by this day. A review mends how a report was read and holds for
            any day; a resolution is knowledge of what came after, and a grade may be.
    """
    heads = everything.headed(known_by=known_by)
    reports = {
        key: report
        for key, report in heads.reports.items()
        if _published_by(report, as_of) and _retrieved_by(report, known_by)
    }
    extractions = {key: found for key, found in heads.extractions.items() if key in reports}
    read = tuple(claim for key in reports if key in extractions for claim in extractions[key].claims)
    ruled = (
        *_ruled(everything.judgements, read, known_by=known_by, resolved_by=resolved_by),
        *(one for one in heads.rulings if one.subject in reports),
    )
    judged = weigh.overlay(ruled)
    rejected = {one.subject for one in ruled if one.value is Verdict.REJECTED}
    as_read = {claim.id: claim for claim in read if claim.id in judged.corrections}
    mended = tuple(weigh.corrected(claim, judged.corrections.get(claim.id, ())) for claim in read)
    claims = tuple(claim for claim in mended if claim.id not in rejected)
    graded = weigh.in_force(sources, on=as_of, overlay=judged)
    return Stream(
        reports=reports,
        extractions=extractions,
        claims=claims,
        ratings=weigh.ratings(claims, reports, graded, judged=judged, as_read=as_read, headed=heads.told),
        sources=graded,
        rulings=ruled,
        rejected=tuple(claim for claim in mended if claim.id in rejected),
        as_read=as_read,
        judged=judged,
        headed=heads.told,
        forgotten=everything.forgotten,
        guarded=everything.guarded,
    )


def _ruled(
    judgements: Sequence[Judgement], claims: Sequence[Claim], *, known_by: date | None, resolved_by: date | None
) -> tuple[Ruling, ...]:
    """What the judgements on these claims, and on sources and voices, come to; not those on reports' heads."""
    if not judgements:
        return ()
    present = {claim.id for claim in claims}
    cut = min((day for day in (known_by, resolved_by) if day is not None), default=None)
    used = [one for one in judgements if one.kind not in OF_CLAIMS or one.subject in present]
    readings = (one for one in used if one.kind not in HINDSIGHT and one.kind is not JudgementKind.HEAD)
    return (
        *weigh.rulings(readings, by=known_by),
        *weigh.rulings((one for one in used if one.kind in HINDSIGHT), by=cut),
    )


def linkage(
    problem: WarningProblem,
    sources: Sequence[Source],
    everything: Everything,
    *,
    as_of: date,
    known_by: date | None,
    resolved_by: date | None = None,
) -> Linkage:
    """The stream as of a day, linked to one problem, each source worth what its grade and its track record make it.

    The record needs the links, for its topics are the indicators, gates and figures of the problem.

    Raises:
        UsageError: The day lies before the problem was opened.
    """
    if as_of < problem.opened:
        raise UsageError(f"{as_of} lies before the problem was opened ({problem.opened}); its grid starts there")
    problem = problems.by_id(joined(problem, everything.looks, known_by=known_by), sources)
    stream = stream_of(everything, sources, as_of=as_of, known_by=known_by, resolved_by=resolved_by)
    stream = replace(stream, claims=link.placed(stream.claims, stream.reports, problem))
    linked = link.link(
        stream.claims,
        stream.ratings,
        stream.reports,
        problem,
        relinks=weigh.relinks(stream.judged, problem.id),
        apart=stream.judged.apart,
    )
    graded = stream.sources
    records = weigh.records(stream.claims, stream.ratings, graded, stream.rulings, topics=_topics(linked))
    linked, ratings = weigh.learnt(linked, stream.ratings, graded, records)
    return Linkage(
        problem=problem,
        stream=replace(stream, ratings=ratings),
        linked=replace(
            linked,
            set_aside=(*linked.set_aside, *((claim.id, "rejected by an analyst") for claim in stream.rejected)),
            judged=_by_hand(stream, problem.id),
        ),
        records=records,
    )


def _topics(linked: Linked) -> dict[str, frozenset[str]]:
    """The indicators, gates and figures that each claim speaks to."""
    found: dict[str, set[str]] = {}
    for item in linked.evidence:
        found.setdefault(item.claim or item.id, set()).add(item.indicator)
    for reading in linked.readings:
        found.setdefault(reading.claim or reading.id, set()).add(reading.figure)
    return {claim: frozenset(topics) for claim, topics in found.items()}


def _by_hand(stream: Stream, problem: str) -> tuple[tuple[str, Judged], ...]:
    """The claims that analysts rejected, or linked in one problem, each with who did and why."""
    return tuple(
        (one.subject, Judged(what=str(one.value), signed=one.signed))
        for one in stream.rulings
        if one.value is Verdict.REJECTED or (one.value is Verdict.LINKED and one.aspect == problem)
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
        digests=Digests(
            problem=problem.digest,
            sources=_digest(stream.sources),
            claims=_digest(stream.claims),
            judgements=_digest(stream.rulings) if stream.rulings else "",
            looks=_digest(problem.looks) if problem.looks else "",
        ),
        version=__version__,
        not_understood=NotUnderstoodCount(
            reports=sum(1 for r in stream.reports.values() if r.lang not in (None, *extract.LANGUAGES)),
            passages=sum(len(one.not_understood) for one in stream.extractions.values()),
            claims_set_aside=len(linked.set_aside),
            claims_unlinked=linked.unlinked,
            claims_ungraded=sum(1 for rating in stream.ratings.values() if rating.knows is None),
        ),
        reviewed=stream.reviewed,
    )
    return Assessed(
        assessment=replace(assessment, judgements=stream.counts, forgotten=stream.forgotten),
        problem=problem,
        stream=stream,
        linked=linked,
        records=found.records,
    )


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
