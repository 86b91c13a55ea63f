"""What only the database itself can hold: rows that cannot be changed, and the index of words.

Written for both dialects, and made anew with every version of the schema.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, UniqueConstraint, inspect

from tocsin.store import schema as t

SEARCHED = 200_000
"""Characters of a report that the index of words covers, from its beginning; PostgreSQL can index no more."""

ERASING = "erasing"
"""The key in ``about`` that stands there within the one act that may erase, and is gone before it ends."""

VECTOR = "words"
"""The column that PostgreSQL makes of what is searched."""

_REFUSED = "this table is append-only"
REPLACED = f"{_REFUSED}, and a row of that key is there"
"""What SQLite says where a row would take the place of another."""

_ALLOWED = f"EXISTS (SELECT 1 FROM about WHERE key = '{ERASING}')"  # noqa: S608 - a constant
_TOKENS = "content='', tokenize=\"unicode61 remove_diacritics 0\""
# The driver reads %% as one percent sign.
_FUNCTION = f"""CREATE OR REPLACE FUNCTION tocsin_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NOT {_ALLOWED} THEN RAISE EXCEPTION '%%: {_REFUSED}', TG_TABLE_NAME; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
END $$"""
WORDS = {"reports": ("title", "text"), "claims": ("content", "origin")}
"""The tables that are searched, and what of each."""


def make(connection: Connection) -> None:
    """Make triggers and word indexes on fresh tables."""
    statements = _sqlite() if connection.dialect.name == "sqlite" else _postgresql()
    for statement in statements:
        connection.exec_driver_sql(statement)


def unmake(connection: Connection) -> None:
    """Take triggers and word indexes away, so that a new version of the schema can make its own."""
    tables = [name for name in inspect(connection).get_table_names() if name in {table.name for table in t.APPEND_ONLY}]
    for name in tables:
        if connection.dialect.name == "sqlite":
            for trigger in ("no_update", "no_delete", "no_replace", "words_new", "words_changed", "words_gone"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}_{trigger}")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}_words")
        else:
            for trigger in ("append_only", "no_truncate"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}_{trigger} ON {name}")
            connection.exec_driver_sql(f"ALTER TABLE {name} DROP COLUMN IF EXISTS {VECTOR}")


def _sqlite() -> list[str]:
    made = [
        f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name}"
        f" WHEN NOT {_ALLOWED} BEGIN SELECT RAISE(ABORT, '{table.name}: {_REFUSED}'); END"
        for table in t.APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]
    made += [_no_replace(table) for table in t.APPEND_ONLY]
    for name, columns in WORDS.items():
        named = ", ".join(columns)
        new = ", ".join(f"substr(new.{column}, 1, {SEARCHED})" for column in columns)
        old = ", ".join(f"substr(old.{column}, 1, {SEARCHED})" for column in columns)
        into = f"INSERT INTO {name}_words"
        remove = f"{into}({name}_words, rowid, {named}) VALUES ('delete', old.row, {old});"
        insert = f"{into}(rowid, {named}) VALUES (new.row, {new});"
        made += [
            f"CREATE VIRTUAL TABLE {name}_words USING fts5({named}, {_TOKENS})",
            f"CREATE TRIGGER {name}_words_new AFTER INSERT ON {name} BEGIN {insert} END",
            f"CREATE TRIGGER {name}_words_changed AFTER UPDATE ON {name} BEGIN {remove} {insert} END",
            f"CREATE TRIGGER {name}_words_gone AFTER DELETE ON {name} BEGIN {remove} END",
        ]
    return made


def _no_replace(table: Table) -> str:
    """INSERT OR REPLACE removes the row in the way without asking the triggers on removal: it is met before."""
    keys = [table.primary_key, *(one for one in table.constraints if isinstance(one, UniqueConstraint))]
    there = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table.name} WHERE "  # noqa: S608 - names of our own
        + " AND ".join(f'"{column.name}" = new."{column.name}"' for column in key.columns)
        + ")"
        for key in keys
    )
    return (
        f"CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON {table.name} WHEN ({there}) AND NOT {_ALLOWED}"
        f" BEGIN SELECT RAISE(ABORT, '{table.name}: {REPLACED}'); END"
    )


def _vector(columns: Sequence[str]) -> str:
    """The words of a row, as PostgreSQL keeps them beside it; what is no letter or digit parts words, as in SQLite."""
    joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return f"to_tsvector('simple', regexp_replace(left({joined}, {SEARCHED}), '[^[:alnum:]]+', ' ', 'g'))"


def _postgresql() -> list[str]:
    made = [_FUNCTION]
    for table in t.APPEND_ONLY:
        called = "EXECUTE FUNCTION tocsin_append_only()"
        made += [
            f"CREATE TRIGGER {table.name}_append_only BEFORE UPDATE OR DELETE ON {table.name} FOR EACH ROW {called}",
            f"CREATE TRIGGER {table.name}_no_truncate BEFORE TRUNCATE ON {table.name} FOR EACH STATEMENT {called}",
        ]
    for name, columns in WORDS.items():
        made += [
            f"ALTER TABLE {name} ADD COLUMN {VECTOR} tsvector GENERATED ALWAYS AS ({_vector(columns)}) STORED",
            f"CREATE INDEX {name}_words ON {name} USING gin ({VECTOR})",
        ]
    return made


def fill(connection: Connection) -> None:
    """Index the words of rows that stood there before the index did; PostgreSQL has done so itself."""
    if connection.dialect.name != "sqlite":
        return
    for name, columns in WORDS.items():
        cut = ", ".join(f"substr({column}, 1, {SEARCHED})" for column in columns)
        connection.exec_driver_sql(
            f"INSERT INTO {name}_words(rowid, {', '.join(columns)}) SELECT row, {cut} FROM {name}"  # noqa: S608
        )


def merge(connection: Connection) -> None:
    """Merge the index of words, which until then keeps words of rows that are gone; PostgreSQL rebuilds its own."""
    if connection.dialect.name == "sqlite":
        for name in WORDS:
            connection.exec_driver_sql(f"INSERT INTO {name}_words({name}_words) VALUES ('optimize')")  # noqa: S608
