"""A store of an earlier version is brought up when it is opened, and nothing of it is lost."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, text
from tests import store_version_1 as v1
from tests.storing import NOW, engine, extraction, report

from tocsin.errors import StoreError
from tocsin.model.judgement import Judgement, JudgementKind, Verdict
from tocsin.store import migrations, schema
from tocsin.store.sql import Store


@pytest.fixture
def old_url(url: str) -> str:
    """A store of version 1 with two reports, the later one taken in first."""
    database = engine(url)
    with database.begin() as connection:
        v1.metadata.create_all(connection)
        connection.execute(insert(v1.about).values(key="schema", value="1"))
        for number in (2, 1):
            one = report(number)
            values = {
                name: getattr(one, name)
                for name in [column.name for column in v1.reports.columns]
                if hasattr(one, name)
            }
            values |= {"published_earliest": None, "published_latest": date(2022, 12, 2), "notes": "a note\nanother"}
            connection.execute(insert(v1.reports).values({**values, "name": "r.txt", "handling": "amber"}))
            payload = msgspec.json.encode(extraction(one))
            connection.execute(insert(v1.extractions).values(report=one.id, extractor="t 1", payload=payload))
            connection.execute(insert(v1.intake).values(at=NOW, name="r.txt", report=one.id, outcome="new"))
        connection.execute(
            insert(v1.judgements).values(claim="c1", kind="review", value="rejected", by="A", at=NOW, why="misread")
        )
        for name in ("b.toml", "a.toml"):
            connection.execute(
                insert(v1.files).values(digest=f"d {name}", kind="problem", name=name, first_used=NOW, text=f"t {name}")
            )
        issue = {"problem": "p", "as_of": NOW.date(), "issued_at": NOW, "by": "A", "judgement": "calm", "digest": "d"}
        connection.execute(insert(v1.issued).values({**issue, "payload": b"{}"}))
        own = {"problem": "p", "who": "A", "as_of": NOW.date(), "days": 0, "until": NOW.date(), "probability": 0.3}
        connection.execute(insert(v1.forecasts).values({**own, "at": NOW}))
    database.dispose()
    return url


def test_a_store_of_version_1_opens_with_all_it_held(old_url: str) -> None:
    store = Store(old_url)

    assert [one.notes for one in store.reports().values()] == [("a note", "another")] * 2
    assert store.extractions() == {f"sha256:{n}": extraction(report(n)) for n in (1, 2)}
    assert [claim.id for claim in store.claims()] == ["c2", "c1"]
    assert store.judgements() == (
        Judgement(subject="c1", kind=JudgementKind.REVIEW, value=Verdict.REJECTED, by="A", at=NOW, why="misread"),
    )
    assert store.versions("problem", "a.toml") == ((NOW, "t a.toml"),)
    assert [one.outcome for one in store.attempts()] == ["new", "new"]
    assert store.handling() == {"sha256:1": "amber", "sha256:2": "amber"}
    assert [(one.judgement, one.probability) for one in store.issued("p")] == [("calm", 0.3)]
    store.close()


def test_what_was_brought_up_takes_in_and_finds_like_a_new_store(old_url: str) -> None:
    store = Store(old_url)
    one = report(3)
    store.keep(one, extraction(one), name="r", handling=None, at=NOW)
    store.close()
    again = Store(old_url)

    assert len(again.reports()) == 3
    again.close()
    with pytest.raises(Exception, match="append-only"), (database := engine(old_url)).begin() as connection:
        connection.execute(text("DELETE FROM reports"))
    database.dispose()


def test_old_and_new_stores_have_the_same_tables(old_url: str) -> None:
    Store(old_url).close()
    database = engine(old_url)
    with database.connect() as connection:
        hidden = {name for name in inspect(connection).get_table_names() if name not in schema.metadata.tables}
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and name in hidden)
                    and not (kind in {"index", "column"} and str(name).endswith("words"))
                ),
            },
        )
        assert compare_metadata(context, schema.metadata) == []
    database.dispose()


def test_a_migration_that_fails_leaves_the_store_as_it_was(old_url: str) -> None:
    database = engine(old_url)
    with database.begin() as connection:
        connection.execute(text("UPDATE extractions SET payload = :none"), {"none": b"\0"})
    with pytest.raises(StoreError, match="damaged"):
        Store(old_url)
    with database.connect() as connection:
        assert connection.execute(text("SELECT value FROM about")).scalar() == "1"
        assert connection.execute(text("SELECT count(claim) FROM judgements")).scalar() == 1
    database.dispose()


def test_a_store_of_this_version_opens_without_the_tools_of_migration(url: str) -> None:
    Store(url).close()
    code = f"import sys; from tocsin.store.sql import Store; Store({url!r}).close(); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_a_later_version_keeps_the_guards_and_finds_the_words(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(url)
    one = report()
    store.keep(one, extraction(one), name="r", handling=None, at=NOW)
    store.close()
    later = schema.SCHEMA_VERSION + 1
    monkeypatch.setattr(schema, "SCHEMA_VERSION", later)
    monkeypatch.setitem(migrations._STEPS, later, lambda _: None)
    store = Store(url)

    assert [hit.claim for hit in store.search("port")] == ["c1"]
    store.close()
    with pytest.raises(Exception, match="append-only"), (database := engine(url)).begin() as connection:
        connection.execute(text("DELETE FROM claims"))
    database.dispose()
