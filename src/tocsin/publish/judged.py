"""What was judged of claims, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.model.assessment import JudgementCount
from tocsin.model.judgement import Entry
from tocsin.publish.tables import Table, name, text
from tocsin.publish.words import listed, plural


def judgements(entries: Iterable[Entry], *, listed: bool = False) -> Table:
    """Every judgement ever made: over what, by whom and why, and whether it stands.

    Those on one thing, as they are shown to the one who judged, are ``listed`` one under the other.

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
            "claim": name,
            "value": text,
            "about": text,
            "given": text,
            "state": text,
            "by": text,
            "at": lambda value: str(value)[:10],
            "why": text,
            "content": text,
        },
        listed=listed,
    )


def rests_on(found: JudgementCount) -> str:
    """What people's judgements do in an answer, in words; empty where there are none."""
    told = []
    if found.counted:
        out = f"; {plural(found.rejected, 'claim')} rejected, and left out" if found.rejected else ""
        told.append(f"Judgements on {plural(found.counted, 'claim')} count in this answer{out}.")
    rest = (
        (found.corrected, "claim", "corrected"),
        (found.linked, "link", "made or cut by hand"),
        (found.rated, "claim", "with a digit of credibility"),
        (found.graded, "grade", "given by hand"),
        (found.merged, "pair of voices", "said to be one"),
        (found.independent, "pair", "said to be independent"),
        (found.reports, "report", "with outlet or day corrected"),
    )
    parts = [f"{plural(n, noun)} {what}" for n, noun, what in rest if n]
    if parts:
        told.append(f"{listed(parts)[:1].upper()}{listed(parts)[1:]}.")
    if found.disputed:
        told.append(f"On {plural(found.disputed, 'claim')} analysts differ; there neither judgement counts.")
    if found.reports_disputed:
        which = plural(found.reports_disputed, "report")
        told.append(f"On the outlet or day of {which} analysts differ; there what was read counts.")
    return " ".join(told)
