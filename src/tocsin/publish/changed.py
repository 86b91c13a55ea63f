"""What changed between two days, as a page or as JSON."""

from __future__ import annotations

import msgspec

from tocsin.model.changes import Changes
from tocsin.publish.lines import table, wrap
from tocsin.publish.safe import json_text, plain
from tocsin.publish.words import STATUS, day, moved, percent, plural, short

SCHEMA = 1


def render(found: Changes, *, form: str = "text", width: int = 100) -> str:
    """From one day to another as ``text`` or ``json``."""
    if form == "json":
        return json_text({"schema": SCHEMA, **msgspec.to_builtins(found)})
    lines = wrap(plain(found.question), width)
    lines += wrap(
        f"{day(found.first)}: {_answer(found.start, found.start_words)}. "
        f"{day(found.last)}: {_answer(found.end, found.end_words)}.",
        width,
    )
    if found.start_warning_days != found.end_warning_days:
        lines += wrap(
            f"Warning time: {plural(found.start_warning_days, 'day')}, then {plural(found.end_warning_days, 'day')}.",
            width,
        )
    rows = [
        [step.what, percent(step.probability), "" if step.log_odds is None else moved(step.log_odds)]
        for step in found.steps
    ]
    lines += ["", *table(["what changed", "answer after it", "which moved it"], rows, width, numeric=[1])]
    if found.turned:
        turned = [
            [plain(one.indicator), STATUS[one.was][1], STATUS[one.now][1], plain(one.statement)] for one in found.turned
        ]
        lines += ["", *table(["indicator", "was", "is", "statement"], turned, width)]
    lines += ["", *wrap(f"{plural(found.reports, 'new report').capitalize()}; {_counted(found)}.", width)]
    if found.claims:
        claims = [
            [
                short(plain(one.claim)),
                one.published.isoformat() if one.published else "",
                plain(", ".join(one.counts_for)),
                plain(one.content),
            ]
            for one in found.claims
        ]
        lines += table(["claim", "published", "counts for", "content"], claims, width)
    for version in found.versions:
        lines += wrap(f"{plain(version.name)}: another version in force since {version.first_used:%Y-%m-%d}.", width)
    if found.by_today:
        lines += wrap("Both days are answered by today's files, whatever was in force then.", width)
    else:
        lines += wrap(
            "Each day is answered by the files then in force, as replay does; --by-today takes today's for both.", width
        )
    if found.end_today is not None:
        lines += wrap(
            f"{day(found.last)} is answered by the files as used on that day; today's files give "
            f"{percent(found.end_today)}, as tocsin assess does.",
            width,
        )
    return "\n".join(lines)


def _answer(probability: float, words: str) -> str:
    return f"{percent(probability)} ({plain(words)})"


def _counted(found: Changes) -> str:
    count = len(found.claims)
    return f"{plural(count, 'claim')} {'counts' if count == 1 else 'count'} that did not before"
