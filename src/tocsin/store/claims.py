"""The flat claims: derived from the extractions, to be searched, counted and named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Literal

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
    tuple_,
)

from tocsin.model.claim import Extraction
from tocsin.model.handling import stricter
from tocsin.model.log import FlatClaim
from tocsin.store import schema as t
from tocsin.store.caveats import given_later
from tocsin.store.database import Database
from tocsin.store.rows import Shape

_SHAPE = Shape(FlatClaim, t.claims, beside={"handling"})
_MOST = 500


def flat_rows(
    extraction: Extraction, number: int, *, published: date | None, known: date | None
) -> list[dict[str, Any]]:
    """The rows of an extraction's claims."""
    return [
        {
            "extraction": number,
            "id": claim.id,
            "report": extraction.report,
            "position": position,
            "content": claim.content,
            "origin": claim.origin.name,
            "origin_kind": claim.origin.kind,
            "outlet": claim.chain[0].name,
            "polarity": claim.polarity,
            "modality": claim.modality,
            "role": claim.role,
            "when_earliest": claim.when.earliest if claim.when else None,
            "when_latest": claim.when.latest if claim.when else None,
            "published": published,
            "known": known,
        }
        for position, claim in enumerate(extraction.claims)
    ]


def derive(connection: Connection) -> None:
    """Make all flat claims anew."""
    connection.execute(delete(t.claims))
    decoder = msgspec.json.Decoder(Extraction)
    query = select(
        t.extractions.c.id, t.extractions.c.payload, t.reports.c.published_latest, t.reports.c.retrieved
    ).join(t.reports, t.reports.c.id == t.extractions.c.report)
    for number, payload, published, known in connection.execute(query.order_by(t.extractions.c.id)).all():
        rows = flat_rows(decoder.decode(payload), number, published=published, known=known)
        if rows:
            connection.execute(insert(t.claims), rows)


def is_later(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Was one reading made after another of the same report?"""
    return and_(one.c.report == other.c.report, tuple_(one.c.at, one.c.id) > tuple_(other.c.at, other.c.id))


def latest_extractions() -> Select[tuple[int]]:
    """The numbers of the extractions that count: of each report the latest."""
    own, later = t.extractions.alias("own"), t.extractions.alias("later")
    return select(own.c.id).where(~exists().where(is_later(later, own)))


def not_replaced() -> ColumnElement[bool]:
    """Of a claim: no later reading of its report has taken its place."""
    own, later = t.extractions.alias("own"), t.extractions.alias("later")
    return ~exists().where(own.c.id == t.claims.c.extraction, is_later(later, own))


class Claims:
    """What a store tells of its claims without reading whole extractions."""

    _database: Database

    def claims(
        self,
        *,
        report: str | None = None,
        origin: str | None = None,
        beginning: str | None = None,
        first: date | None = None,
        last: date | None = None,
        most: int = _MOST,
    ) -> tuple[FlatClaim, ...]:
        """The claims of a report, of an origin, of days, or whose id begins so; in the order in which they came.

        Args:
            report: The report's id.
            origin: The origin's name, letter for letter.
            beginning: The beginning of the claim's id.
            first: Published on or after this day.
            last: Published on or before this day.
            most: How many at most.
        """
        query = select(t.claims, t.reports.c.handling).join(t.reports, t.reports.c.id == t.claims.c.report)
        if report is not None:
            query = query.where(t.claims.c.report == report)
        if origin is not None:
            query = query.where(t.claims.c.origin == origin)
        if beginning is not None:
            query = query.where(t.claims.c.id >= beginning, t.claims.c.id < beginning + "zzzz")
        if first is not None:
            query = query.where(t.claims.c.published >= first)
        if last is not None:
            query = query.where(t.claims.c.published <= last)
        return self._counting(query.order_by(t.claims.c.row).limit(most))

    def counts(self, by: Literal["role", "origin"]) -> dict[str, int]:
        """How many claims there are of each role, or of each origin."""
        column = t.claims.c[by]
        old, new = t.extractions.alias("old"), t.extractions.alias("new")
        replaced = select(old.c.id).join(new, is_later(new, old))
        query = select(column, func.count()).where(t.claims.c.extraction.not_in(replaced)).group_by(column)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def _counting(self, query: Select[Any]) -> tuple[FlatClaim, ...]:
        with self._database.reading() as connection:
            found = [_SHAPE.value(row) for row in connection.execute(query.where(not_replaced())).mappings()]
            later = given_later(connection, (one.report for one in found))
        return tuple(replace(one, handling=stricter([one.handling, *later.get(one.report, ())])) for one in found)
