"""Tables that a desk looks at, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import UsageError
from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.judgement import TrackRecord
from tocsin.model.report import Graded, Report, Source
from tocsin.publish.case import NOTHING_LINKED, Case, cut
from tocsin.publish.lines import stacked, table, wrap
from tocsin.publish.safe import cell, json_text, plain
from tocsin.publish.uncounted import asides, idle, legend, state, weightless
from tocsin.publish.words import moved, number, quantity, short

Value = str | float | int | bool | None | Sequence[str]
LONGEST_CELL = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns by name and rows of plain values: numbers stay numbers, days are ISO dates.

    ``shown`` are the columns of the text form, each with how its value is worded there; JSON and CSV have all.
    ``listed``: the text form gives each row as a small list, for values too long for columns. ``notes`` stand below it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shown: Mapping[str, Callable[[Value], str]]
    numeric: frozenset[str] = frozenset()
    listed: bool = False
    notes: tuple[str, ...] = ()


_HEADS = {"log_odds": "effect"}
"""What a column is called in the text form where that words its values otherwise than the column's name says."""


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
    head = [_HEADS.get(name, name.replace("_", " ")) for name in found.shown]
    numeric = [n for n, name in enumerate(found.shown) if name in found.numeric]
    lines = stacked(head, rows, width) if found.listed else table(head, rows, width, numeric=numeric, indent="")
    return "\n".join(
        [*lines, *([""] if found.notes else []), *(line for told in found.notes for line in wrap(told, width))]
    )


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
            "state": _text,
            "id": _text,
            "statement": _text,
            "since": _text,
            "last_look": _text,
            "log_odds": _moved,
            "claims": _claims,
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
        ),
        rows=tuple(_claim(claim, reports.get(claim.report), ratings.get(claim.id), counts) for claim in shown),
        shown={
            "id": _short,
            "content": _whole,
            "origin": _text,
            "reliability": _text,
            "published": _text,
            "role": _text,
            "polarity": _text,
            "counts_for": lambda value: _all(value) or "nothing: it matches no watch phrase",
            **({"handling": _text} if any(report.handling for report in reports.values()) else {}),
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
            **({"why": _whole} if any(row[-1] for row in rows) else {}),
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


def _whole(value: Value) -> str:
    return "" if value is None else plain(str(value))


def _all(value: Value) -> str:
    return plain("; ".join(value)) if isinstance(value, tuple | list) else ""


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
