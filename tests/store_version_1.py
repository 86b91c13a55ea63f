"""The tables as version 1 of the schema had them, for desks that were made then."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData()


def _table(name: str, *columns: SchemaItem) -> Table:
    return Table(name, metadata, *columns)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


about = _table("about", Column("key", String, primary_key=True), Column("value", String, nullable=False))
reports = _table(
    "reports",
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("published_earliest", Date),
    Column("published_latest", Date),
    Column("published_how", String, nullable=False),
    Column("retrieved", Date),
    Column("lang", String),
    Column("url", Text),
    Column("media_type", String, nullable=False),
    Column("handling", Text),
    Column("notes", Text, nullable=False),
    Column("text", Text, nullable=False),
)
extractions = _table(
    "extractions",
    Column("report", String, ForeignKey("reports.id"), primary_key=True),
    Column("extractor", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)
intake = _table(
    "intake",
    _id(),
    Column("at", DateTime, nullable=False),
    Column("name", Text, nullable=False),
    Column("report", String),
    Column("outcome", String, nullable=False),
    Column("reason", Text),
)
files = _table(
    "files",
    Column("digest", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("first_used", DateTime, nullable=False),
    Column("text", Text, nullable=False),
)
issued = _table(
    "issued",
    _id(),
    Column("problem", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("issued_at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("judgement", Text),
    Column("dissent", Text),
    Column("digest", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("problem", "as_of", "digest", "by", name="one_issue"),
)
forecasts = _table(
    "forecasts",
    _id(),
    Column("problem", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("days", Integer, nullable=False),
    Column("until", Date, nullable=False),
    Column("probability", Float, nullable=False),
    Column("at", DateTime, nullable=False),
)
outcomes = _table(
    "outcomes",
    _id(),
    Column("problem", String, nullable=False),
    Column("onset", Date),
    Column("through", Date, nullable=False),
    Column("scenario", String),
    Column("rule", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
judgements = _table(
    "judgements",
    _id(),
    Column("claim", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("why", Text, nullable=False),
)
