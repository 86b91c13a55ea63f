"""The board, the claims, the sources and the figures of an answer, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.judgement import TrackRecord
from tocsin.model.report import Graded, Report, Source
from tocsin.publish import tables
from tocsin.publish.case import NOTHING_LINKED, Case
from tocsin.publish.tables import Table, Value
from tocsin.publish.uncounted import asides, idle, legend, state, weightless
from tocsin.publish.words import quantity

_TITLE = 60
_ID = 10


def board(assessment: Assessment, linked: Linked | None = None) -> Table:
    """The indicator board: one row an indicator.

    ``state`` tells in words what is there, where ``linked`` is given: who is divided, and what weighs nothing
    (``weightless``) or was set aside (``set_aside``).
    """
    case = Case(assessment, claims={}, reports={}, linked=linked)
    return Table(
        columns=(
            "id",
            "status",
            "statement",
            "critical",
            "since",
            "last_look",
            "log_odds",
            "diagnosticity",
            "claims",
            "state",
            "weightless",
            "set_aside",
        ),
        rows=tuple(
            (
                line.id,
                line.status.value,
                line.statement,
                line.critical,
                _iso(line.since),
                _iso(line.last_look),
                line.log_odds,
                line.diagnosticity,
                line.claims,
                " ".join(state(case, line)),
                weightless(case, line),
                tuple(dict.fromkeys(claim for claim, _ in asides(case.linked, line.id))),
            )
            for line in assessment.indicators
        ),
        shown={
            "state": tables.text,
            "id": tables.text,
            "statement": tables.text,
            "since": tables.text,
            "last_look": tables.text,
            "log_odds": tables.effect,
            "claims": tables.names,
        },
    )


def claims(
    found: Iterable[Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating],
    linked: Linked,
    *,
    only: Collection[str] | None = None,
) -> Table:
    """The claims that were read, with what each counts for; those of some ids alone, where ``only`` names them."""
    counts: dict[str, list[str]] = {}
    for item in linked.evidence:
        counts.setdefault(item.claim or item.id, []).append(f"{item.indicator}: {item.says.value}")
    for reading in linked.readings:
        counts.setdefault(reading.claim or reading.id, []).append(f"{reading.figure}: {reading.role.value}")
    for other in linked.others:
        counts.setdefault(other.claim, []).append("another's assessment")
    for claim, reason in linked.set_aside:
        counts.setdefault(claim, []).append(f"set aside: {reason}")
    for name in dict.fromkeys(item.claim or item.id for item in linked.evidence if idle(item)):
        counts[name].append("weighs nothing, for its source is not graded")
    shown = [claim for claim in found if only is None or claim.id in only]
    for claim, rating in ratings.items():
        counts.setdefault(claim, []).extend(one.told for one in rating.judged)
    for claim, judged in linked.judged:
        counts.setdefault(claim, []).append(judged.told)
    return Table(
        columns=(
            "id",
            "published",
            "outlet",
            "origin",
            "reliability",
            "polarity",
            "modality",
            "role",
            "content",
            "counts_for",
            "report",
            "handling",
            "through",
            "when_earliest",
            "when_latest",
            "places",
            "figures",
        ),
        rows=tuple(_claim(claim, reports.get(claim.report), ratings.get(claim.id), counts) for claim in shown),
        shown={
            "id": tables.name,
            "content": tables.whole,
            "origin": tables.text,
            "reliability": tables.text,
            "published": tables.text,
            "role": tables.text,
            "polarity": tables.text,
            "counts_for": lambda value: tables.joined(value) or "nothing: it matches no watch phrase",
            **({"handling": tables.text} if any(report.handling for report in reports.values()) else {}),
        },
        listed=True,
        notes=legend(why for claim in shown for why in counts.get(claim.id, ())),
    )


def chosen(
    linked: Linked,
    found: Iterable[Claim],
    *,
    unlinked: bool = False,
    set_aside: bool = False,
    target: str | None = None,
) -> frozenset[str]:
    """The ids of claims that touch nothing declared, that were set aside, or that speak to one thing; of all asked.

    Args:
        linked: What linking made of the claims.
        found: The claims.
        unlinked: Only claims that match no phrase.
        set_aside: Only claims that matched and were set aside.
        target: Only claims that speak to this indicator, gate or figure, or were set aside there.
    """
    aside = {claim for claim, _ in linked.set_aside}
    used = {item.claim or item.id for item in linked.evidence} | {one.claim or one.id for one in linked.readings}
    used |= {other.claim for other in linked.others}
    names = {claim.id for claim in found}
    if unlinked:
        names -= used | aside
    if set_aside:
        names &= aside
    if target is not None:
        names &= {item.claim or item.id for item in linked.evidence if item.indicator == target} | {
            *(one.claim or one.id for one in linked.readings if one.figure == target),
            *(claim for name in (target, f"figure {target}") for claim, _ in asides(linked, name)),
        }
    return frozenset(names)


def _claim(
    claim: Claim, report: Report | None, rating: Rating | None, counts: Mapping[str, Sequence[str]]
) -> tuple[Value, ...]:
    published = report.published.latest if report and report.published else None
    when = claim.when
    return (
        claim.id,
        _iso(published),
        report.outlet if report else None,
        rating.source_name if rating else claim.origin.name,
        rating.reliability.value if rating else None,
        claim.polarity.value,
        claim.modality.value,
        claim.role.value,
        claim.content,
        tuple(counts.get(claim.id, ())),
        claim.report,
        report.handling if report else None,
        tuple(voice.name for voice in claim.chain[:-1]),
        _iso(when.earliest) if when else None,
        _iso(when.latest) if when else None,
        tuple(place.name for place in claim.places),
        tuple(f"{quantity(f.low, f.high, bound=f.bound.value)} {f.unit or ''}".strip() for f in claim.figures),
    )


def sources(
    declared: Iterable[Source],
    ratings: Mapping[str, Rating],
    found: Iterable[Claim],
    *,
    records: Mapping[str, TrackRecord] | None = None,
    reports: Mapping[str, Report] | None = None,
) -> Table:
    """Who is who, how graded, how often heard, and how often right; voices that nobody declared come last.

    The voices of a single report, its author among them, say which report that is.
    """
    known = records or {}
    reported = {claim.id: claim.report for claim in found}
    present = reported.keys()
    heard = Counter(rating.source for key, rating in ratings.items() if key in present)
    within = {
        rating.source: _report_of(report)
        for key, rating in ratings.items()
        if rating.source.startswith("voice:") and (report := (reports or {}).get(reported.get(key, ""))) is not None
    }
    rows: list[tuple[Value, ...]] = []
    for source in declared:
        letters = tuple(f"{topic}: {letter}" if topic else letter.value for topic, letter in source.reliability.items())
        access = source.access.value if source.access else None
        rows.append(
            (
                source.id,
                source.name,
                True,
                source.kind.value,
                source.party,
                access,
                letters,
                source.wording.value,
                heard.pop(source.id, 0),
                *_track(known.get(source.id)),
                source.part_of,
                source.aliases,
                source.graded_by or None,
                tuple(_grade(grade) for grade in source.grades),
                None,
            )
        )
    names = {rating.source: rating for rating in ratings.values()}
    rows += [
        (
            key,
            names[key].source_name,
            False,
            None,
            names[key].party,
            names[key].access,
            (names[key].reliability.value,),
            None,
            count,
            *_track(known.get(key)),
            None,
            (),
            None,
            (),
            within.get(key),
        )
        for key, count in sorted(heard.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Table(
        columns=(
            "id",
            "name",
            "declared",
            "kind",
            "party",
            "access",
            "reliability",
            "wording",
            "claims",
            "resolved",
            "came_true",
            "record_supports",
            "record",
            "part_of",
            "aliases",
            "graded_by",
            "grades",
            "report",
        ),
        rows=tuple(rows),
        shown={
            "name": tables.text,
            **({"report": tables.text} if within else {}),
            "declared": lambda value: "yes" if value else "not graded",
            "kind": tables.text,
            "party": tables.text,
            "access": tables.text,
            "reliability": tables.listed,
            "claims": tables.text,
            **({"record": tables.text} if known else {}),
        },
        numeric=frozenset({"claims"}),
    )


def _report_of(report: Report) -> str:
    """A report in a few words: its title or first line, its outlet, and the beginning of its id."""
    first = next((line.strip() for line in report.text.split("\n") if line.strip()), "")
    title = " ".join((report.title or first).split())
    shown = title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"
    return f"{shown} ({', '.join(filter(None, (report.outlet, report.id.removeprefix('sha256:')[:_ID])))})"


def _grade(grade: Graded) -> str:
    """A later grade in words: the day from which it holds, its letters, who gave it and why."""
    letters = ", ".join(f"{topic}: {letter}" if topic else letter.value for topic, letter in grade.reliability.items())
    signed = f" ({'; '.join(filter(None, (grade.by, grade.why)))})" if grade.by or grade.why else ""
    return f"from {grade.since}: {letters}{signed}"


def _track(record: TrackRecord | None) -> tuple[Value, ...]:
    """Resolved claims of a source, how many came true, the letter that supports; and all of it in words."""
    if record is None:
        return 0, 0, None, None
    letter = record.letter.value if record.letter else None
    told = f"{record.whole.right} of {record.whole.n} true" + (f": {letter}" if letter else "")
    return record.whole.n, record.whole.right, letter, told


def figures(assessment: Assessment, linked: Linked = NOTHING_LINKED, claims: Iterable[Claim] = ()) -> Table:
    """Every reading of every declared figure, and what pooling makes of them (role ``pooled``).

    Numbers that matched a figure and were set aside (role ``set_aside``) stand beside them with the reason.
    """
    known = {claim.id: claim for claim in claims}
    rows: list[tuple[Value, ...]] = []
    done: set[str] = set()
    for entry in assessment.figures:
        if entry.id not in done:
            done.add(entry.id)
            rows += [
                (
                    entry.id,
                    r.role,
                    r.low,
                    r.high,
                    r.bound,
                    r.of,
                    r.source,
                    _iso(r.about),
                    r.claim,
                    None,
                    None,
                    None,
                    None,
                )
                for r in entry.readings
            ]
            rows += [
                _put_aside(entry.id, known.get(name), name, why) for name, why in asides(linked, f"figure {entry.id}")
            ]
        need = f"{quantity(*entry.need)} for {entry.scenario}" if entry.need else None
        rows.append(
            (
                entry.id,
                "pooled",
                entry.low,
                entry.high,
                "range",
                entry.of,
                None,
                None,
                None,
                entry.median,
                need,
                entry.p_enough,
                None if entry.median is not None else "no reading that counts says how many there are",
            )
        )
    return Table(
        columns=(
            "figure",
            "role",
            "low",
            "high",
            "bound",
            "of",
            "source",
            "about",
            "claim",
            "median",
            "need",
            "p_enough",
            "why",
        ),
        rows=tuple(rows),
        shown={
            "figure": tables.text,
            "role": tables.text,
            "low": tables.size,
            "high": tables.size,
            "of": tables.text,
            "source": tables.text,
            "about": tables.text,
            "claim": tables.name,
            "median": tables.size,
            "p_enough": lambda value: f"{value:.2g}" if isinstance(value, float) else "",
            **({"why": tables.whole} if any(row[-1] for row in rows) else {}),
        },
        numeric=frozenset({"low", "high", "median", "p_enough"}),
        notes=legend(str(row[-1]) for row in rows if row[-1]),
    )


def _put_aside(figure: str, claim: Claim | None, name: str, why: str) -> tuple[Value, ...]:
    """A number that was set aside, as a row: its size where the reason quotes it."""
    said = next((one for one in claim.figures if f"“{one.text}”" in why), None) if claim else None
    return (
        figure,
        "set_aside",
        said.low if said else None,
        said.high if said else None,
        said.bound.value if said else None,
        said.of if said else None,
        claim.origin.name if claim else None,
        None,
        name,
        None,
        None,
        None,
        why,
    )


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
