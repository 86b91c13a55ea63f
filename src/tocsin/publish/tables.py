"""Tables that a desk looks at, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import UsageError
from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.judgement import TrackRecord
from tocsin.model.report import Graded, Report, Source
from tocsin.publish.case import cut
from tocsin.publish.lines import table
from tocsin.publish.safe import cell, json_text, plain
from tocsin.publish.words import STATUS, moved, number, quantity, short

Value = str | float | int | bool | None | Sequence[str]
LONGEST_CELL = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns by name and rows of plain values: numbers stay numbers, days are ISO dates.

    ``shown`` are the columns of the text form, each with how its value is worded there; JSON and CSV have all.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shown: Mapping[str, Callable[[Value], str]]
    numeric: frozenset[str] = frozenset()


def render(found: Table, *, form: str = "table", width: int = 100) -> str:
    """A table as ``table`` (text), ``json`` (an array of objects) or ``csv`` (with a head).

    In CSV a text that a spreadsheet would run as a formula is disarmed by a quote mark before it.

    Raises:
        UsageError: There is no such form.
    """
    if form == "json":
        return json_text([dict(zip(found.columns, row, strict=True)) for row in found.rows])
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows([_csv(value) for value in row] for row in found.rows)
        return out.getvalue().rstrip("\n")
    if form != "table":
        raise UsageError(f"there is no form '{form}' (write table, json or csv)")
    places = [found.columns.index(name) for name in found.shown]
    rows = [
        [worded(row[place]) for place, worded in zip(places, found.shown.values(), strict=True)] for row in found.rows
    ]
    if not rows:
        return "nothing yet"
    head = [name.replace("_", " ") for name in found.shown]
    numeric = [n for n, name in enumerate(found.shown) if name in found.numeric]
    return "\n".join(table(head, rows, width, numeric=numeric, indent=""))


def board(assessment: Assessment) -> Table:
    """The indicator board: one row an indicator."""
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
            )
            for line in assessment.indicators
        ),
        shown={
            "status": _status,
            "id": _text,
            "statement": _text,
            "since": _text,
            "last_look": _text,
            "log_odds": _moved,
            "claims": _claims,
        },
    )


def claims(
    found: Iterable[Claim], reports: Mapping[str, Report], ratings: Mapping[str, Rating], linked: Linked
) -> Table:
    """The claims that were read, with what each counts for."""
    counts: dict[str, list[str]] = {}
    for item in linked.evidence:
        counts.setdefault(item.claim or item.id, []).append(f"{item.indicator}: {item.says.value}")
    for reading in linked.readings:
        counts.setdefault(reading.claim or reading.id, []).append(f"{reading.figure}: {reading.role.value}")
    for other in linked.others:
        counts.setdefault(other.claim, []).append("another's assessment")
    for claim, reason in linked.set_aside:
        counts.setdefault(claim, []).append(f"set aside: {reason}")
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
        ),
        rows=tuple(_claim(claim, reports.get(claim.report), ratings.get(claim.id), counts) for claim in found),
        shown={
            "id": _short,
            "published": _text,
            "origin": _text,
            "polarity": _text,
            "role": _text,
            "content": _text,
            "counts_for": _list,
            **({"handling": _text} if any(report.handling for report in reports.values()) else {}),
        },
    )


def _claim(
    claim: Claim, report: Report | None, rating: Rating | None, counts: Mapping[str, Sequence[str]]
) -> tuple[Value, ...]:
    published = report.published.latest if report and report.published else None
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
    )


def sources(
    declared: Iterable[Source],
    ratings: Mapping[str, Rating],
    found: Iterable[Claim],
    *,
    records: Mapping[str, TrackRecord] | None = None,
) -> Table:
    """Who is who, how graded, how often heard, and how often right; voices that nobody declared come last."""
    known = records or {}
    present = {claim.id for claim in found}
    heard = Counter(rating.source for key, rating in ratings.items() if key in present)
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
        ),
        rows=tuple(rows),
        shown={
            "name": _text,
            "declared": lambda value: "yes" if value else "not graded",
            "kind": _text,
            "party": _text,
            "access": _text,
            "reliability": _list,
            "claims": _text,
            **({"record": _text} if known else {}),
        },
        numeric=frozenset({"claims"}),
    )


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


def figures(assessment: Assessment) -> Table:
    """Every reading of every declared figure, and what pooling makes of them (role ``pooled``)."""
    rows: list[tuple[Value, ...]] = []
    done: set[str] = set()
    for entry in assessment.figures:
        if entry.id not in done:
            done.add(entry.id)
            rows += [
                (entry.id, r.role, r.low, r.high, r.bound, r.of, r.source, _iso(r.about), r.claim, None, None, None)
                for r in entry.readings
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
        ),
        rows=tuple(rows),
        shown={
            "figure": _text,
            "role": _text,
            "low": _number,
            "high": _number,
            "of": _text,
            "source": _text,
            "about": _text,
            "claim": _short,
            "median": _number,
            "p_enough": lambda value: f"{value:.2g}" if isinstance(value, float) else "",
        },
        numeric=frozenset({"low", "high", "median", "p_enough"}),
    )


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, int | float):
        return json.dumps(value)
    return cell("; ".join(value))


def _text(value: Value) -> str:
    return "" if value is None else cut(plain(str(value)), LONGEST_CELL)


def _list(value: Value) -> str:
    return cut(plain("; ".join(value)), LONGEST_CELL) if isinstance(value, tuple | list) else ""


def _claims(value: Value) -> str:
    if not isinstance(value, tuple | list):
        return ""
    more = f" and {len(value) - 3} more" if len(value) > 3 else ""
    return " ".join(short(plain(name)) for name in value[:3]) + more


def _short(value: Value) -> str:
    return short(plain(value)) if isinstance(value, str) else ""


def _number(value: Value) -> str:
    return number(value) if isinstance(value, int | float) else ""


def _moved(value: Value) -> str:
    return moved(value) if isinstance(value, float) and value else ""


def _status(value: Value) -> str:
    sign, meaning = next((pair for status, pair in STATUS.items() if status.value == value), ("", str(value)))
    return f"{sign} {meaning}"
