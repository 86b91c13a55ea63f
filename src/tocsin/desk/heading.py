"""Reports whose outlet or day was wrong: what counts in the place of what was read, and when it is read anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tocsin import weigh
from tocsin.desk.erasing import MARK
from tocsin.desk.judging import Asked, signed
from tocsin.desk.reading import outlet_voice
from tocsin.desk.values import Taken
from tocsin.errors import UsageError
from tocsin.extract.again import again
from tocsin.model.claim import Extraction
from tocsin.model.evidence import Judged
from tocsin.model.judgement import Judgement, JudgementKind, Ruling, Verdict
from tocsin.model.report import Report, Source
from tocsin.model.time import Window
from tocsin.store.sql import Store
from tocsin.weigh.headed import NAMES, days, key_of, told, value_of


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
        now[key] = weigh.with_head(reports[key], own)
        if words := told(reports[key], own):
            changed[key] = words
        found = rereadings.get((key, key_of(now[key])))
        if found is not None and key_of(now[key]) != key_of(reports[key]):
            read[key] = found
    return Headed(reports=dict(sorted(now.items(), key=_order)), extractions=read, rulings=ruled, told=changed)


def _order(pair: tuple[str, Report]) -> tuple[date, str]:
    published = pair[1].published
    return (published.latest if published else None) or date.min, pair[0]


def judge(store: Store, new: Sequence[Judgement], made: Sequence[Judgement], sources: Sequence[Source]) -> None:
    """Keep judgements on outlets and days, and before them what their reports say under the heads that they give.

    Args:
        store: The store.
        new: The judgements.
        made: All that were made before them.
        sources: Who is who.
    """
    subjects = {one.subject for one in new}
    read_anew(store, (*made, *new), sources, only=subjects)
    for one in new:
        store.judge(one)
    now = store.judgements()
    if len(now) > len(made) + len(new):  # somebody else was at work: both together may give another head
        read_anew(store, now, sources, only=subjects)


def read_anew(
    store: Store, judgements: Sequence[Judgement], sources: Sequence[Source], *, only: Collection[str] | None = None
) -> None:
    """See that each report stands read under every head that the judgements ever gave it.

    One that they gave it once is needed again when the last one is withdrawn, and for a day on which only that one was
    known.

    Args:
        store: The store; its reports and readings are looked at only where somebody judged an outlet or a day.
        judgements: All of them, with those that are about to be made.
        sources: Who is who.
        only: Ids of reports; all reports if left out.
    """
    by_report: dict[str, list[Judgement]] = {}
    for one in judgements:
        if one.kind is JudgementKind.HEAD and (only is None or one.subject in only):
            by_report.setdefault(one.subject, []).append(one)
    if not by_report:
        return
    reports, extractions, there = store.reports(), store.extractions(), store.rereadings()
    for key in sorted(by_report.keys() & reports.keys() & extractions.keys()):
        for report, at in weigh.heads(reports[key], by_report[key]):
            head = key_of(report)
            if (key, head) not in there:
                found = again(extractions[key], report, outlet=outlet_voice(report, sources))
                store.keep_rereading(head, _of_whole_sentences(found, report), at=at)


def _of_whole_sentences(found: Extraction, report: Report) -> Extraction:
    """A reading without claims from sentences in which something was blackened: those were erased."""
    claims = (one for one in found.claims if MARK not in report.text[one.sentence.start : one.sentence.stop])
    return replace(found, claims=tuple(claims))


Signing = Callable[[Iterable[Taken], Mapping[str, Report]], list[Asked]]
"""What somebody corrects, given what became of things and the reports with the heads that count."""


def signing(by: str | None, why: str | None, *, outlet: str | None, published: Window | None) -> Signing | None:
    """How an intake corrects reports that are on record with another outlet or day; None where nobody signs for it.

    Raises:
        UsageError: Name or ground is missing, or there is nothing that they could stand for.
    """
    if by is None and why is None:
        return None
    who, ground = signed(by or "", why or "")
    given = {"outlet": " ".join((outlet or "").split()), "published": days(published)}
    if not any(given.values()):
        raise UsageError(
            "--by and --why sign for --source or --published, where a report is on record: give one of them"
        )

    def asked(taken: Iterable[Taken], reports: Mapping[str, Report]) -> list[Asked]:
        known = dict.fromkeys(one.report for one in taken if one.outcome == "known" and one.report is not None)
        return [
            Asked(subject=key, verdict=Verdict.CORRECTED, by=who, why=ground, aspect=field, given=value)
            for key in known
            if key in reports
            for field, value in given.items()
            if value and value != value_of(reports[key], field)
        ]

    return asked


def corrected(taken: Iterable[Taken], made: Iterable[Judgement]) -> list[Taken]:
    """What became of things, with what was corrected of each report."""
    told: dict[str | None, tuple[str, ...]] = {}
    for one in made:
        told[one.subject] = (*told.get(one.subject, ()), f"{NAMES[one.aspect]} corrected to {one.given}")
    return [replace(one, corrected=told.get(one.report, ())) if one.outcome == "known" else one for one in taken]
