"""The tables. Append-only: nothing here is edited, and what is derived names what derived it."""

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

SCHEMA_VERSION = 1

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""Facts about the store itself: its schema version."""

reports = Table(
    "reports",
    metadata,
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
"""One row a report; the original's bytes lie in ``reports/`` under the digest that is the id."""

extractions = Table(
    "extractions",
    metadata,
    Column("report", String, ForeignKey("reports.id"), primary_key=True),
    Column("extractor", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)
"""What was read out of each report: the extraction as JSON, with the extractor that made it."""

intake = Table(
    "intake",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("name", Text, nullable=False),
    Column("report", String),
    Column("outcome", String, nullable=False),
    Column("reason", Text),
)
"""Every attempt to take something in, failed ones with their reason."""

files = Table(
    "files",
    metadata,
    Column("digest", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("first_used", DateTime, nullable=False),
    Column("text", Text, nullable=False),
)
"""Every version of a problem file or of sources.toml that an assessment used."""

issued = Table(
    "issued",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
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
"""Assessments as issued, with the signer's own judgement and dissent."""

forecasts = Table(
    "forecasts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("problem", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("days", Integer, nullable=False),
    Column("until", Date, nullable=False),
    Column("probability", Float, nullable=False),
    Column("at", DateTime, nullable=False),
)
"""Analysts' own probabilities, beside the model's and never mixed into it."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("problem", String, nullable=False),
    Column("onset", Date),
    Column("through", Date, nullable=False),
    Column("scenario", String),
    Column("rule", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
"""What happened under a problem's resolution rule; every record is kept, the latest counts."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("claim", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("why", Text, nullable=False),
)
"""What people judged of claims; a withdrawal is a row of its own."""
