"""Reports whose outlet or day was wrong: what counts in the place of what was read, and when it is read anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tocsin import weigh
from tocsin.desk.reading import outlet_voice
from tocsin.extract.again import again
from tocsin.model.claim import Extraction
from tocsin.model.evidence import Judged
from tocsin.model.judgement import Judgement, JudgementKind, Ruling
from tocsin.model.report import Report, Source
from tocsin.store.sql import Store
from tocsin.weigh.headed import key_of, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """Reports and what was read out of them, as analysts corrected their outlets and days.

    Attributes:
        reports: By id, in order of publication; those of unknown day first.
        extractions: By report.
        rulings: What the judgements on outlets and days come to.
        told: By report, what was corrected in it, by whom and why.
    """

    reports: Mapping[str, Report]
    extractions: Mapping[str, Extraction]
    rulings: tuple[Ruling, ...] = ()
    told: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict[str, tuple[Judged, ...]])


def headed(
    reports: Mapping[str, Report],
    extractions: Mapping[str, Extraction],
    judgements: Iterable[Judgement],
    *,
    rereadings: Mapping[tuple[str, str], Extraction],
    known_by: date | None = None,
) -> Headed:
    """Reports as analysts corrected them. A report of which nobody judged that, or on which they differ, stays.

    Args:
        reports: By id, in order of publication.
        extractions: What was read out of each.
        judgements: All of them, in the order in which they were made.
        rereadings: What was read out of reports under other heads, by report and head.
        known_by: Only what was judged by this day.
    """
    made = [one for one in judgements if one.kind is JudgementKind.HEAD and one.subject in reports]
    if not made:
        return Headed(reports=reports, extractions=extractions)
    ruled = weigh.rulings(made, by=known_by)
    by_report: dict[str, list[Ruling]] = {}
    for one in ruled:
        by_report.setdefault(one.subject, []).append(one)
    now, read, changed = dict(reports), dict(extractions), {}
    for key, own in by_report.items():
        now[key] = weigh.headed(reports[key], own)
        if words := told(reports[key], own):
            changed[key] = words
        found = rereadings.get((key, key_of(now[key])))
        if found is not None and key_of(now[key]) != key_of(reports[key]):
            read[key] = found
    return Headed(reports=dict(sorted(now.items(), key=_order)), extractions=read, rulings=ruled, told=changed)


def _order(pair: tuple[str, Report]) -> tuple[date, str]:
    published = pair[1].published
    return (published.latest if published else None) or date.min, pair[0]


def judge(store: Store, judgement: Judgement, made: Sequence[Judgement], sources: Sequence[Source]) -> None:
    """Keep a judgement on an outlet or a day, and before it what its report says under the head that it gives.

    Args:
        store: The store.
        judgement: The judgement.
        made: All that were made before it.
        sources: Who is who.
    """
    read_anew(store, (*made, judgement), sources, only=judgement.subject)
    store.judge(judgement)
    # Somebody else may have judged the same report in between: then both together give it another head.
    read_anew(store, store.judgements(judgement.subject), sources, only=judgement.subject)


def read_anew(
    store: Store, judgements: Sequence[Judgement], sources: Sequence[Source], *, only: str | None = None
) -> None:
    """See that each report stands read under every head that the judgements ever gave it.

    One that they gave it once is needed again when the last one is withdrawn, and for a day on which only that one was
    known.

    Args:
        store: The store; its reports and readings are looked at only where somebody judged an outlet or a day.
        judgements: All of them, with those that are about to be made.
        sources: Who is who.
        only: One report's id; all reports if left out.
    """
    subjects = {one.subject for one in judgements if one.kind is JudgementKind.HEAD and only in {None, one.subject}}
    if not subjects:
        return
    reports, extractions, there = store.reports(), store.extractions(), store.rereadings()
    for key in sorted(subjects & reports.keys() & extractions.keys()):
        for report, at in weigh.heads(reports[key], judgements):
            head = key_of(report)
            if (key, head) not in there:
                found = again(extractions[key], report, outlet=outlet_voice(report, sources))
                store.keep_rereading(head, found, at=at)
