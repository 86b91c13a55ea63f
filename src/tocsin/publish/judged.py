"""What was judged of claims, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.model.judgement import Entry
from tocsin.publish.case import cut
from tocsin.publish.safe import plain
from tocsin.publish.tables import LONGEST_CELL, Table, Value
from tocsin.publish.words import short


def judgements(entries: Iterable[Entry]) -> Table:
    """Every judgement ever made: over what, by whom and why, and whether it stands.

    ``claim`` is the id of what was judged, a claim or a source, voice or report; ``about`` the field, topic, problem or
    other voice that is meant, ``given`` the value it was given.
    """
    return Table(
        columns=("claim", "kind", "value", "state", "by", "at", "why", "content", "role", "about", "given"),
        rows=tuple(
            (
                entry.judgement.subject,
                entry.judgement.kind.value,
                entry.judgement.value.value,
                entry.state.value,
                entry.judgement.by,
                entry.judgement.at.isoformat(timespec="seconds"),
                entry.judgement.why,
                entry.claim.content if entry.claim else None,
                entry.claim.role.value if entry.claim else None,
                entry.judgement.aspect or None,
                entry.judgement.given or None,
            )
            for entry in entries
        ),
        shown={
            "claim": lambda value: short(plain(str(value))),
            "value": _text,
            "about": _text,
            "given": _text,
            "state": _text,
            "by": _text,
            "at": lambda value: str(value)[:10],
            "why": _text,
            "content": _text,
        },
    )


def _text(value: Value) -> str:
    return "" if value is None else cut(plain(str(value)), LONGEST_CELL)
