"""From one version of the schema to the next, step by step, in the words of the version it goes to.

A step stands as it was written: later changes of ``schema`` are steps of their own. What is derived (the flat claims,
the index of words) is made anew after the last step and is no part of any.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


def run(connection: sa.Connection, *, found: int, wanted: int) -> None:
    """Take every step from the version that was found to the one that is wanted."""
    operations = Operations(MigrationContext.configure(connection))
    for version in range(found + 1, wanted + 1):
        _STEPS[version](operations)


def _to_2(op: Operations) -> None:
    """Several extractions a report, versions of files that may return, flat claims, and the logs of a working desk."""
    for name in ("extractions", "reports", "files"):
        op.rename_table(name, f"{name}_1")
    _reports_2(op)
    _files_2(op)
    with op.batch_alter_table("judgements") as judgements:
        judgements.alter_column("claim", new_column_name="subject", existing_type=sa.String())
        judgements.add_column(sa.Column("detail", sa.Text))
    op.create_index("judgements_by_subject", "judgements", ["subject"])
    op.add_column("intake", sa.Column("digest", sa.String))
    op.add_column("intake", sa.Column("by", sa.Text))
    op.create_index("intake_by_report", "intake", ["report"])
    _logs_2(op)


def _reports_2(op: Operations) -> None:
    op.create_table(
        "reports",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published_earliest", sa.Date),
        sa.Column("published_latest", sa.Date),
        sa.Column("published_how", sa.Text, nullable=False),
        sa.Column("retrieved", sa.Date),
        sa.Column("lang", sa.String),
        sa.Column("url", sa.Text),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("handling", sa.Text),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="one_report"),
    )
    op.create_index("reports_by_day", "reports", ["published_latest"])
    op.create_table(
        "extractions",
        _numbered(),
        sa.Column("report", sa.String, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("extractor", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("report", "extractor", name="one_extraction"),
    )
    op.create_table(
        "claims",
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("extraction", sa.Integer, sa.ForeignKey("extractions.id"), nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("origin_kind", sa.String, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("polarity", sa.String, nullable=False),
        sa.Column("modality", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("when_earliest", sa.Date),
        sa.Column("when_latest", sa.Date),
        sa.Column("published", sa.Date),
        sa.Column("known", sa.Date),
    )
    for index, column in (("id", "id"), ("report", "report"), ("day", "published"), ("extraction", "extraction")):
        op.create_index(f"claims_by_{index}", "claims", [column])
    for column in ("origin", "role"):
        op.create_index(f"claims_by_{column}", "claims", [column, "extraction"])
    columns = (
        "id, name, title, outlet, author, published_earliest, published_latest, published_how, retrieved, lang, url,"
        " media_type, handling"
    )
    connection = op.get_bind()
    # In the order in which they came, which the log of the intake knows.
    first = "(SELECT min(intake.id) FROM intake WHERE intake.report = reports_1.id AND intake.outcome = 'new')"
    op.execute(
        f"INSERT INTO reports ({columns}, notes, text) SELECT {columns}, notes, text"  # noqa: S608 - constants
        f" FROM reports_1 ORDER BY {first}, id"
    )
    for row in connection.execute(sa.text("SELECT id, notes FROM reports")).all():
        connection.execute(
            sa.text("UPDATE reports SET notes = :notes WHERE id = :id"),
            {"id": row.id, "notes": json.dumps(row.notes.splitlines(), ensure_ascii=False, separators=(",", ":"))},
        )
    known = "(SELECT min(at) FROM intake WHERE intake.report = extractions_1.report AND intake.outcome = 'new')"
    place = "(SELECT min(reports.row) FROM reports WHERE reports.id = extractions_1.report)"
    dawn = "'1970-01-01 00:00:00.000000'"
    dawn = dawn if connection.dialect.name == "sqlite" else f"timestamp {dawn}"
    op.execute(
        "INSERT INTO extractions (report, extractor, at, payload)"  # noqa: S608 - constants
        f" SELECT report, extractor, coalesce({known}, {dawn}), payload FROM extractions_1 ORDER BY {place}"
    )
    op.drop_table("extractions_1")
    op.drop_table("reports_1")


def _files_2(op: Operations) -> None:
    op.create_table(
        "files",
        _numbered(),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("first_used", sa.DateTime, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("files_by_name", "files", ["kind", "name"])
    op.execute(
        "INSERT INTO files (kind, name, digest, first_used, text) SELECT kind, name, digest, first_used, text"
        " FROM files_1 ORDER BY first_used, digest"
    )
    op.drop_table("files_1")


def _logs_2(op: Operations) -> None:
    op.create_table(
        "looks",
        _numbered(),
        sa.Column("problem", sa.String, nullable=False),
        sa.Column("indicator", sa.String, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("found", sa.Boolean, nullable=False),
        sa.Column("coverage", sa.Float),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("looks_by_problem", "looks", ["problem"])
    op.create_table(
        "fetches",
        _numbered(),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
    )
    op.create_index("fetches_by_feed", "fetches", ["feed"])
    op.create_table(
        "deliveries",
        _numbered(),
        sa.Column("problem", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("key", "channel", "target", "attempts", name="one_delivery"),
    )
    op.create_table(
        "notes",
        _numbered(),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
    )
    op.create_table(
        "tombstones",
        _numbered(),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("reports", sa.Text, nullable=False),
    )
    op.create_index("tombstones_by_subject", "tombstones", ["subject"])
    op.create_table(
        "audit",
        _numbered(),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
    )
    op.create_index("audit_by_subject", "audit", ["subject"])


def _numbered() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _to_3(op: Operations) -> None:
    """Whom a report as a whole passes on."""
    op.add_column("reports", sa.Column("cited", sa.Text))


def _to_4(op: Operations) -> None:
    """A server may say when it wants to be asked again."""
    op.add_column("fetches", sa.Column("until", sa.DateTime))


def _to_5(op: Operations) -> None:
    """Caveats given later, what was given with an attempt that failed, and a signer's issues that differ in words."""
    op.create_table(
        "caveats",
        _numbered(),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("handling", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("caveats_by_report", "caveats", ["report"])
    for column in (
        sa.Column("handling", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("published_earliest", sa.Date),
        sa.Column("published_latest", sa.Date),
        sa.Column("lang", sa.String),
    ):
        op.add_column("intake", column)
    with op.batch_alter_table("issued") as issued:
        issued.drop_constraint("one_issue", type_="unique")
        issued.create_unique_constraint("one_issue", ["problem", "as_of", "by", "issued_at", "digest"])
        issued.add_column(sa.Column("probability", sa.Float))
    # The probability that was signed with an issue was kept at the same moment.
    with_it = (
        "forecasts.problem = issued.problem AND forecasts.who = issued.by AND forecasts.as_of = issued.as_of"
        " AND forecasts.days = 0 AND forecasts.at = issued.issued_at"
    )
    op.execute(
        "UPDATE issued SET probability ="  # noqa: S608 - constants
        f" (SELECT forecasts.probability FROM forecasts WHERE {with_it} ORDER BY forecasts.id DESC LIMIT 1)"
    )


def _to_6(op: Operations) -> None:
    """What is read out of a report once its outlet or its day is corrected."""
    op.create_table(
        "rereadings",
        _numbered(),
        sa.Column("report", sa.String, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("extractor", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("report", "head", name="one_rereading"),
    )


_STEPS: dict[int, Callable[[Operations], None]] = {2: _to_2, 3: _to_3, 4: _to_4, 5: _to_5, 6: _to_6}
