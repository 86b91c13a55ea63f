"""The tables of one answer as CSV: one of them, or all in one archive.

A text that a spreadsheet would run as a formula has a quote mark before it, and so has a text that begins with one.
Taking one such mark off gives the text again. Numbers stand as they are.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from tocsin.errors import UsageError
from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.publish import listing, tables
from tocsin.publish.exported import Exported
from tocsin.publish.scales import credible
from tocsin.publish.tables import Table, Value

NAMES = ("claims", "indicators", "figures", "sources", "scenarios")
_README = """\
{question}
As of {as_of}. Problem: {problem}. Words after {yardstick}.
{withheld}
The tables are UTF-8, with commas between cells and a head. An empty cell is not known, never nought. The reliability F
is no judgement, and a credibility that cannot be judged is empty. A text that a spreadsheet would run as a formula, or
that begins with a quote mark, has one quote mark (') before it: take one off and you have the text.
"""


def render(exported: Exported, name: str) -> str:
    """One table with its head.

    Raises:
        UsageError: There is no table of that name.
    """
    return tables.render(table(exported, name), form="csv") + "\n"


def archive(exported: Exported) -> bytes:
    """All tables in one ZIP file with a note on how to read them; the same answer gives the same bytes."""
    out = io.BytesIO()
    a = exported.assessment
    note = _README.format(
        question=a.question,
        as_of=a.as_of,
        problem=a.problem,
        yardstick=a.answer.yardstick,
        withheld=f"{exported.withheld}.\n" if exported.withheld else "",
    )
    day = (max(1980, a.as_of.year), a.as_of.month, a.as_of.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in [("README.txt", note), *((f"{name}.csv", render(exported, name)) for name in NAMES)]:
            entry = zipfile.ZipInfo(name, date_time=day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text)
    return out.getvalue()


def table(exported: Exported, name: str) -> Table:
    """One table by its name.

    Raises:
        UsageError: There is none of that name.
    """
    a = exported.assessment
    if name == "claims":
        return _claims(exported)
    if name == "indicators":
        return listing.board(a)
    if name == "figures":
        return listing.figures(a)
    if name == "sources":
        return listing.sources(exported.sources, exported.ratings, exported.claims.values())
    if name == "scenarios":
        return _scenarios(exported)
    raise UsageError(f"there is no table '{name}' (there are: {', '.join(NAMES)})")


def _claims(exported: Exported) -> Table:
    """The table of claims, with what else of a claim fits a cell."""
    found = listing.claims(exported.claims.values(), exported.reports, exported.ratings, exported.linked)
    rows = zip(found.rows, exported.claims.values(), strict=True)
    return replace(
        found,
        columns=(
            *found.columns,
            "credibility",
            "origin_kind",
            "hedge",
            "weight",
        ),
        rows=tuple((*row, *_more(claim, exported.ratings.get(claim.id))) for row, claim in rows),
    )


def _more(claim: Claim, rating: Rating | None) -> tuple[Value, ...]:
    return (
        credible(rating.credibility) if rating else None,
        claim.origin.kind.value,
        claim.hedge,
        claim.weight,
    )


def _scenarios(exported: Exported) -> Table:
    columns = ("id", "statement", "event", "probability", "low", "high", "prior", "words", "hardly_before")
    rows = tuple(
        (
            one.id,
            one.statement,
            one.event,
            one.probability,
            one.low,
            one.high,
            one.prior,
            one.words,
            one.p05_date.isoformat() if one.p05_date else None,
        )
        for one in exported.assessment.scenarios
    )
    return Table(columns=columns, rows=rows, shown={})
