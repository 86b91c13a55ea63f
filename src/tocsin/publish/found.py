"""What a search found, and the audit trail, as tables."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.model.log import Act, Hit
from tocsin.publish.case import cut
from tocsin.publish.safe import plain
from tocsin.publish.tables import LONGEST_CELL, Table, Value
from tocsin.publish.words import short


def hits(found: Iterable[Hit]) -> Table:
    """Claims and reports in which words were found, each with the caveat of its report."""
    rows = tuple(
        (
            hit.report,
            hit.claim,
            hit.published.isoformat() if hit.published else None,
            hit.known.isoformat() if hit.known else None,
            hit.outlet,
            hit.origin,
            hit.handling,
            hit.title,
            hit.text,
        )
        for hit in found
    )
    return Table(
        columns=("report", "claim", "published", "known", "outlet", "origin", "handling", "title", "text"),
        rows=rows,
        shown={
            "claim": _short,
            "published": _text,
            "origin": _text,
            **({"handling": _text} if any(row[6] for row in rows) else {}),
            "text": _text,
        },
    )


def acts(found: Iterable[Act]) -> Table:
    """The audit trail."""
    return Table(
        columns=("at", "who", "what", "subject", "why", "detail"),
        rows=tuple(
            (
                act.at.isoformat(timespec="seconds"),
                act.who,
                act.what,
                act.subject,
                act.why,
                ", ".join(f"{key} {value}" for key, value in act.detail.items()) if act.detail else None,
            )
            for act in found
        ),
        shown={"at": _text, "who": _text, "what": _text, "subject": _short, "why": _text, "detail": _text},
    )


def _short(value: Value) -> str:
    return "" if value is None else short(plain(str(value)))


def _text(value: Value) -> str:
    return "" if value is None else cut(plain(str(value)), LONGEST_CELL)
