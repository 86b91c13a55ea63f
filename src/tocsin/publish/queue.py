"""The review queue as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.report import Report
from tocsin.publish.tables import Table, Value, effect, name, text
from tocsin.publish.words import percent, plural

MEANING = (
    "Without: the answer if the claim had not been made. Turned: the answer if its source had said the opposite of "
    "the same day. With an old claim, or a source that may be deceiving, both may move the answer the same way: "
    "tocsin why DESK CLAIM."
)


class Queued(Protocol):
    """A claim that nobody has judged, with what the answer would be without it and with it turned round."""

    @property
    def claim(self) -> str:
        """Its id."""

    @property
    def on(self) -> Sequence[str]:
        """What it speaks about, and what it says."""

    @property
    def log_odds(self) -> float | None:
        """Log-odds with it minus without it."""

    @property
    def without(self) -> float | None:
        """The headline without it."""

    @property
    def turned(self) -> float | None:
        """The headline if it said the opposite."""

    @property
    def could_change(self) -> bool:
        """Would either change the word?"""

    @property
    def note(self) -> str:
        """Why it is listed although it moves nothing, or what to know of its numbers."""


def queue(
    found: Iterable[Queued], claims: Mapping[str, Claim], reports: Mapping[str, Report], ratings: Mapping[str, Rating]
) -> Table:
    """The claims to review next, the one that could move the answer furthest first.

    ``log_odds`` is what it does to the headline now, ``without`` the headline without it, ``turned`` the headline if it
    said the opposite; all three are empty for a claim too light to be tried, and for one of a source that nobody
    graded (``note``).
    """
    rows: list[tuple[Value, ...]] = []
    for one in found:
        claim, rating = claims[one.claim], ratings.get(one.claim)
        report = reports.get(claim.report)
        published = report.published.latest if report is not None and report.published else None
        rows.append(
            (
                one.claim,
                published.isoformat() if published else None,
                rating.source_name if rating else claim.origin.name,
                rating.reliability.value if rating else None,
                tuple(one.on),
                one.log_odds,
                one.without,
                one.turned,
                one.could_change,
                rating.echo_of if rating else None,
                claim.content,
                claim.report,
                one.note or None,
            )
        )
    return Table(
        columns=(
            "claim",
            "published",
            "origin",
            "reliability",
            "on",
            "log_odds",
            "without",
            "turned",
            "changes_word",
            "echo_of",
            "content",
            "report",
            "note",
        ),
        rows=tuple(rows),
        shown={
            "claim": name,
            "published": lambda value: str(value or ""),
            "origin": text,
            "on": lambda value: text("; ".join(value) if isinstance(value, tuple) else value),
            "log_odds": effect,
            "without": _chance,
            "turned": _chance,
            "changes_word": lambda value: "yes" if value else "",
            "content": text,
            **({"note": text} if any(row[-1] for row in rows) else {}),
        },
        numeric=frozenset({"without", "turned"}),
        notes=(MEANING,) if any(row[7] is not None for row in rows) else (),
    )


def top(claims: int, could_change: int, *, rests_on: int, ungraded: int = 0) -> str:
    r"""What stands above the queue.

    >>> top(12, 1, rests_on=14).replace("\xa0", " ")
    '1 of 12 unreviewed claims could change the word alone.'
    >>> top(0, 0, rests_on=0)
    'No claim counts in this answer, so there is none to review (see why: tocsin claims DESK).'
    """
    if claims:
        told = f"{could_change} of {plural(claims, 'unreviewed claim')} could change the word alone."
    elif rests_on:
        told = "Every claim that the answer rests on was reviewed."
    else:
        told = "No claim counts in this answer, so there is none to review (see why: tocsin claims DESK)."
    if not ungraded:
        return told
    source = "its source were" if ungraded == 1 else "their sources were"
    return f"{told} {plural(ungraded, 'further claim').capitalize()} would count if {source} graded."


def _chance(value: Value) -> str:
    return percent(value) if isinstance(value, float) else ""
