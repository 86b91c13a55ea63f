"""Words found in reports and claims: one query, in the words of either database."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    bindparam,
    column,
    func,
    literal_column,
    null,
    select,
)
from sqlalchemy import table as sql_table

from tocsin.errors import UsageError
from tocsin.model.handling import stricter
from tocsin.model.log import Hit
from tocsin.store import schema as t
from tocsin.store.caveats import given_later
from tocsin.store.claims import not_replaced
from tocsin.store.database import Database
from tocsin.store.guards import SEARCHED, VECTOR
from tocsin.store.rows import Shape

_HIT = Shape(Hit, t.reports, beside={"report", "claim", "origin", "published", "known"})
_MOST_TERMS = 32
_BEFORE, _AFTER = 60, 160
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side; ``open`` means that the last one may go on."""

    words: tuple[str, ...]
    open: bool = False


def terms_of(asked: str) -> tuple[Term, ...]:
    """What is asked for: every term must be found. Words in quotes stand side by side; ``troop*`` finds troops too.

    >>> terms_of('train* "rail yard"')
    (Term(words=('train',), open=True), Term(words=('rail', 'yard'), open=False))

    Raises:
        UsageError: There is no word in it, or there are too many.
    """
    found = []
    for match in _TERM.finditer(asked):
        part = match[1] if match[1] is not None else match[2]
        words = tuple(_TOKEN.findall(part.lower()))
        if words:
            found.append(Term(words=words, open=part.endswith("*")))
    if not found:
        raise UsageError("there is no word to search for")
    if len(found) > _MOST_TERMS:
        raise UsageError(f"more than {_MOST_TERMS} words to search for")
    return tuple(found)


class Search:
    """The part of a store that finds words."""

    _database: Database

    def search(
        self,
        asked: str,
        *,
        as_of: date | None = None,
        known_by: date | None = None,
        most: int = 50,
        any_day: Collection[str] = (),
    ) -> tuple[Hit, ...]:
        """Claims that hold every word (in their content or their origin), then reports in which no claim does.

        The latest to be published come first; where there are more than ``most``, those that came in last are kept. Of
        a long report its beginning is searched.

        Args:
            asked: The words; see ``terms_of``.
            as_of: Published on or before this day.
            known_by: And retrieved on or before this day.
            most: How many claims, and how many reports, at most.
            any_day: Reports that are found whatever day of theirs is on record: the caller knows it better.

        Raises:
            UsageError: There is no word in it.
        """
        terms = terms_of(asked)
        with self._database.reading() as connection:
            claims = self._found(t.claims, as_of, known_by, any_day).where(not_replaced()).limit(most)
            reports = self._found(t.reports, as_of, known_by, any_day).limit(most)
            given = {"words": _match(terms) if self._database.is_sqlite else _tsquery(terms)}
            hits = [_HIT.value(row) for row in connection.execute(claims, given).mappings()]
            told = {hit.report for hit in hits}
            found = [_HIT.value(row) for row in connection.execute(reports, given).mappings()]
            later = given_later(connection, (hit.report for hit in (*hits, *found)))
        hits += [_excerpt(hit, terms) for hit in found if hit.report not in told]
        hits = [replace(hit, handling=stricter([hit.handling, *later.get(hit.report, ())])) for hit in hits]
        return tuple(sorted(hits, key=lambda hit: hit.published or hit.known or date.min, reverse=True))

    def _found(self, table: Table, as_of: date | None, known_by: date | None, any_day: Collection[str]) -> Select[Any]:
        """The rows of a table that hold the words, as hits."""
        is_claim = table is t.claims
        r = t.reports.c
        published: ColumnElement[date] = t.claims.c.published if is_claim else r.published_latest
        known: ColumnElement[date] = t.claims.c.known if is_claim else r.retrieved
        query = select(
            r.id.label("report"),
            (t.claims.c.id if is_claim else null()).label("claim"),
            (t.claims.c.content if is_claim else func.substr(r.text, 1, SEARCHED)).label("text"),
            r.title,
            (t.claims.c.outlet if is_claim else r.outlet).label("outlet"),
            (t.claims.c.origin if is_claim else null()).label("origin"),
            published.label("published"),
            known.label("known"),
            r.handling,
        )
        query = query.select_from(table.join(t.reports, r.id == t.claims.c.report) if is_claim else table)
        words: BindParameter[str] = bindparam("words")
        if self._database.is_sqlite:
            index = sql_table(f"{table.name}_words", column("rowid"))
            query = query.join(index, index.c.rowid == table.c.row)
            query = query.where(literal_column(index.name).op("MATCH")(words)).order_by(index.c.rowid.desc())
        else:
            vector: ColumnElement[Any] = literal_column(f"{table.name}.{VECTOR}")
            query = query.where(vector.op("@@")(func.to_tsquery("simple", words))).order_by(table.c.row.desc())
        if as_of is not None:
            query = query.where((func.coalesce(published, known) <= as_of) | r.id.in_(any_day))
        if known_by is not None:
            query = query.where(known <= known_by)
        return query


def _match(terms: Sequence[Term]) -> str:
    """The terms as SQLite writes them."""
    return " ".join(f'"{" ".join(term.words)}"' + ("*" if term.open else "") for term in terms)


def _tsquery(terms: Sequence[Term]) -> str:
    """The terms as PostgreSQL writes them."""
    return " & ".join("(" + " <-> ".join(term.words) + (":*" if term.open else "") + ")" for term in terms)


def _excerpt(hit: Hit, terms: Sequence[Term]) -> Hit:
    """A hit in a report, its text cut to the place of the first term."""
    pattern = r"[\W_]+".join(map(re.escape, terms[0].words))
    found = re.search(rf"(?<![^\W_]){pattern}", hit.text, re.IGNORECASE)
    start = max(0, found.start() - _BEFORE) if found else 0
    stop = start + _BEFORE + _AFTER
    words = " ".join(hit.text[start:stop].split())
    whole = ("…" if start else "") + words + ("…" if stop < len(hit.text) else "")
    return Hit(
        report=hit.report,
        claim=None,
        text=whole,
        title=hit.title,
        outlet=hit.outlet,
        origin=None,
        published=hit.published,
        known=hit.known,
        handling=hit.handling,
    )
