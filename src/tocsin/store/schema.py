"""The tables. Append-only: nothing here is edited, and what is derived names what derived it.

Two times stand everywhere: when a thing was said or published, and when the desk knew it (``at``, ``retrieved``,
``first_used``). Moments are in UTC, without a zone.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 6

metadata = MetaData()


def _numbered() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


about = Table(
    "about",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""Facts about the store itself: its schema version; what the last watch of each problem was made from; and, within
the one act that erases, that it does."""

MADE_FROM = "watched:"
"""How the keys in ``about`` begin under which the last watches stand."""

reports = Table(
    "reports",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("published_earliest", Date),
    Column("published_latest", Date),
    Column("published_how", Text, nullable=False),
    Column("retrieved", Date),
    Column("lang", String),
    Column("url", Text),
    Column("media_type", String, nullable=False),
    Column("handling", Text),
    Column("notes", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("cited", Text),
    UniqueConstraint("id", name="one_report"),
    Index("reports_by_day", "published_latest"),
)
"""One row a report; the original's bytes lie in ``reports/`` under the digest that is the id."""

extractions = Table(
    "extractions",
    metadata,
    _numbered(),
    Column("report", String, ForeignKey("reports.id"), nullable=False),
    Column("extractor", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("report", "extractor", name="one_extraction"),
)
"""What was read out of each report: the extraction as JSON, with the extractor that made it. The latest counts."""

rereadings = Table(
    "rereadings",
    metadata,
    _numbered(),
    Column("report", String, ForeignKey("reports.id"), nullable=False),
    Column("head", Text, nullable=False),
    Column("extractor", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("report", "head", name="one_rereading"),
)
"""What is read out of a report once analysts correct its outlet or its day: one reading for each ``head`` (JSON) that
they ever gave it. Which of them counts the judgements say."""

claims = Table(
    "claims",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("extraction", Integer, ForeignKey("extractions.id"), nullable=False),
    Column("id", String, nullable=False),
    Column("report", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("origin_kind", String, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("polarity", String, nullable=False),
    Column("modality", String, nullable=False),
    Column("role", String, nullable=False),
    Column("when_earliest", Date),
    Column("when_latest", Date),
    Column("published", Date),
    Column("known", Date),
    Index("claims_by_id", "id"),
    Index("claims_by_report", "report"),
    Index("claims_by_origin", "origin", "extraction"),
    Index("claims_by_role", "role", "extraction"),
    Index("claims_by_day", "published"),
    Index("claims_by_extraction", "extraction"),
)
"""The claims of every extraction, flat: derived from its payload, to be searched and counted."""

intake = Table(
    "intake",
    metadata,
    _numbered(),
    Column("at", DateTime, nullable=False),
    Column("name", Text, nullable=False),
    Column("report", String),
    Column("outcome", String, nullable=False),
    Column("reason", Text),
    Column("digest", String),
    Column("by", Text),
    Column("handling", Text),
    Column("outlet", Text),
    Column("published_earliest", Date),
    Column("published_latest", Date),
    Column("lang", String),
    Index("intake_by_report", "report"),
)
"""Every attempt to take something in; failed ones with their reason, the digest of the bytes kept, what was given."""

caveats = Table(
    "caveats",
    metadata,
    _numbered(),
    Column("report", String, nullable=False),
    Column("handling", Text, nullable=False),
    Column("by", Text),
    Column("at", DateTime, nullable=False),
    Column("why", Text, nullable=False),
    Index("caveats_by_report", "report"),
)
"""Caveats given to reports that were there already; they hold beside the one that the report was taken in with."""

files = Table(
    "files",
    metadata,
    _numbered(),
    Column("kind", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("first_used", DateTime, nullable=False),
    Column("text", Text, nullable=False),
    Index("files_by_name", "kind", "name"),
)
"""Every version of a problem file or of sources.toml that was used, from its first use on."""

issued = Table(
    "issued",
    metadata,
    _numbered(),
    Column("problem", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("issued_at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("judgement", Text),
    Column("dissent", Text),
    Column("probability", Float),
    Column("digest", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    UniqueConstraint("problem", "as_of", "by", "issued_at", "digest", name="one_issue"),
)
"""Assessments as issued, with the signer's own judgement, dissent and probability; all stay, the latest counts."""

forecasts = Table(
    "forecasts",
    metadata,
    _numbered(),
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
    _numbered(),
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
    _numbered(),
    Column("subject", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", String, nullable=False),
    Column("detail", Text),
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("why", Text, nullable=False),
    Index("judgements_by_subject", "subject"),
)
"""What people judged of claims, voices and reports; ``detail`` is JSON. A withdrawal is a row of its own."""

looks = Table(
    "looks",
    metadata,
    _numbered(),
    Column("problem", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("found", Boolean, nullable=False),
    Column("coverage", Float),
    Column("note", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Index("looks_by_problem", "problem"),
)
"""The collection log: who looked for what on which day, and whether it was seen."""

fetches = Table(
    "fetches",
    metadata,
    _numbered(),
    Column("feed", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("status", Integer),
    Column("etag", Text),
    Column("modified", Text),
    Column("new", Integer, nullable=False),
    Column("error", Text),
    Column("until", DateTime),
    Index("fetches_by_feed", "feed"),
)
"""Every poll of a feed."""

deliveries = Table(
    "deliveries",
    metadata,
    _numbered(),
    Column("problem", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("key", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("channel", String, nullable=False),
    Column("target", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("key", "channel", "target", "attempts", name="one_delivery"),
)
"""Every step in delivering an alert, one row each; the last one tells how it stands."""

notes = Table(
    "notes",
    metadata,
    _numbered(),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("detail", Text),
)
"""Notes between shifts; ``detail`` is JSON."""

tombstones = Table(
    "tombstones",
    metadata,
    _numbered(),
    Column("subject", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("reports", Text, nullable=False),
    Index("tombstones_by_subject", "subject"),
)
"""What was erased, when, by whom and why; ``reports`` is a JSON list of the reports that lost words."""

audit = Table(
    "audit",
    metadata,
    _numbered(),
    Column("at", DateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("detail", Text),
    Index("audit_by_subject", "subject"),
)
"""Who did what to what, when and why; written in the same step as the act itself."""

KEPT = (
    files, reports, extractions, rereadings, intake, caveats, judgements, issued, forecasts, outcomes, looks, fetches,
    deliveries, notes, tombstones, audit,
)  # fmt: skip
"""What a desk cannot make again, in an order in which it can be written; claims are derived from extractions."""

APPEND_ONLY = (*KEPT, claims)
