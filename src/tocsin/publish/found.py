"""What a search found, and the audit trail, as tables."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.model.log import Act, Hit
from tocsin.publish.tables import Table, name, text


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
            "claim": name,
            "published": text,
            "origin": text,
            **({"handling": text} if any(row[6] for row in rows) else {}),
            "text": text,
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
        shown={"at": text, "who": text, "what": text, "subject": name, "why": text, "detail": text},
    )
