"""The head of a report, who published it and when, as analysts corrected it; the report as it was read stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

import msgspec

from tocsin.errors import UsageError
from tocsin.model.evidence import Judged
from tocsin.model.judgement import HEAD_FIELDS, Judgement, JudgementKind, Ruling
from tocsin.model.report import Report
from tocsin.model.time import Window
from tocsin.weigh.judged import rulings

NOTHING = "none"
_LONGEST = 200
NAMES = {"outlet": "outlet", "published": "day of publication"}
_HOW = "given by an analyst"


def with_head(report: Report, ruled: Iterable[Ruling]) -> Report:
    """A report with the outlet and the day that its rulings give it; itself where they give none.

    Args:
        report: As it was read.
        ruled: Rulings over it; those on which people differ change nothing.
    """
    for one in ruled:
        if one.kind is JudgementKind.HEAD and not one.disputed:
            try:
                report = apply(report, one.aspect, one.given)
            except UsageError:  # what another program wrote into the store
                continue
    return report


def apply(report: Report, field: str, given: str) -> Report:
    """A report with another outlet or another day.

    Args:
        report: The report.
        field: ``outlet`` or ``published``.
        given: A name; ``DATE`` or ``DATE/DATE``, of which one may be left out; ``none`` where it is not known.

    Raises:
        UsageError: There is no such field, or it cannot have that value.
    """
    value = " ".join(given.split())
    if field == "outlet":
        if not value or len(value) > _LONGEST or not value.isprintable():
            raise UsageError(f"'{value[:_LONGEST]}' is no name of an outlet (write at most {_LONGEST} characters)")
        return replace(report, outlet=None if value == NOTHING else value)
    if field != "published":
        raise UsageError(f"'{field}' of a report cannot be corrected (write one of: {', '.join(HEAD_FIELDS)})")
    if value == NOTHING:
        return replace(report, published=None, published_how="not found")
    first, slash, last = value.partition("/")
    try:
        earliest = date.fromisoformat(first) if first or not last else None
        latest = (date.fromisoformat(last) if last else None) if slash else earliest
    except ValueError as error:
        raise UsageError(f"'{value}' is no day (write 2022-12-01, or 2022-12-01/2022-12-05)") from error
    if earliest is not None and latest is not None and latest < earliest:
        raise UsageError(f"'{value}' ends before it begins (write the earlier day first)")
    return replace(report, published=Window(earliest=earliest, latest=latest), published_how=_HOW)


def begins_after(field: str, given: str, day: date) -> bool:
    """Does a day of publication that is given lie after another day, whole?"""
    first = given.strip().partition("/")[0]
    return field.strip() == "published" and first not in {"", NOTHING} and date.fromisoformat(first) > day


def value_of(report: Report, field: str) -> str:
    """The outlet or the day of a report, written as a correction writes it."""
    return (report.outlet if field == "outlet" else days(report.published)) or NOTHING


def days(window: Window | None) -> str:
    """A window as a correction writes it; empty where there is none."""
    if window is None:
        return ""
    first, last = (str(day) if day is not None else "" for day in (window.earliest, window.latest))
    return first if first == last else f"{first}/{last}"


def told(report: Report, ruled: Iterable[Ruling]) -> tuple[Judged, ...]:
    """What of a report was corrected: as read, as corrected, by whom and why."""
    return tuple(
        Judged(
            what=f"{NAMES[one.aspect]} of the report read as {value_of(report, one.aspect)}, corrected to {one.given}",
            signed=one.signed,
        )
        for one in ruled
        if key_of(with_head(report, [one])) != key_of(report)
    )


def key_of(report: Report) -> str:
    """Outlet and day of a report as the key under which a reading of it with that head is kept."""
    return msgspec.json.encode({"outlet": report.outlet, "published": days(report.published) or None}).decode()


def heads(report: Report, judgements: Sequence[Judgement]) -> tuple[tuple[Report, datetime], ...]:
    """The report with every head that judgements ever gave it, each with the moment; not the one it was read with.

    Args:
        report: As it was read.
        judgements: Those over it, in the order in which they were made.
    """
    own = [one for one in judgements if one.kind is JudgementKind.HEAD and one.subject == report.id]
    found: dict[str, tuple[Report, datetime]] = {}
    for count, last in enumerate(own, 1):
        then = with_head(report, rulings(own[:count]))
        found.setdefault(key_of(then), (then, last.at))
    found.pop(key_of(report), None)
    return tuple(found.values())
