"""A lost connection, a full disk, a kill: a clear error, nothing half-done, nothing lost."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from tests import postgres
from tests.storing import NOW, extraction, report

from tocsin.errors import StoreError
from tocsin.model.log import Note
from tocsin.store import schema
from tocsin.store.sql import Store

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.desk import crash

ENOUGH = 600_000
"""Bytes that a file may have: the empty store fits, not much more."""


@pytest.fixture(scope="module")
def own_server() -> Iterator[postgres.Server]:
    """A server that may be stopped."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip(postgres.NONE_HERE)
    with postgres.running(programs) as running:
        yield running


def keep(store: Store, number: int) -> bool:
    one = report(number)
    return store.keep(one, extraction(one), name=f"{number}.txt", handling=None, at=NOW)


def test_a_server_that_went_away_is_told_of_and_what_was_kept_is_there_when_it_returns(
    own_server: postgres.Server,
) -> None:
    store = Store(own_server.fresh())
    keep(store, 1)
    own_server.stop(hard=True)
    with pytest.raises(StoreError, match="see that the server can be reached") as told:
        keep(store, 2)
    own_server.start()

    assert "2.txt: not kept" in str(told.value)
    assert keep(store, 2)
    assert list(store.reports()) == ["sha256:1", "sha256:2"]
    store.close()


def test_a_connection_lost_in_the_middle_of_a_step_leaves_nothing_of_it(own_server: postgres.Server) -> None:
    store = Store(own_server.fresh())

    def broken_off() -> None:
        note = {"at": NOW, "by": "A", "kind": "k", "text": "half"}
        with store._database.writing() as step:
            step.execute(insert(schema.notes).values(note))
            own = step.execute(text("SELECT pg_backend_pid()")).scalar()
            with store._database.engine.connect() as other:
                other.execute(select(func.pg_terminate_backend(own)))
            step.execute(insert(schema.notes).values(note))

    with pytest.raises(StoreError, match="nothing half-done was kept"):
        broken_off()

    assert store.notes() == ()
    store.write_note(Note(at=NOW, by="A", kind="k", text="whole"))
    assert [found.text for found in store.notes()] == ["whole"]
    store.close()


def test_an_intake_meets_a_full_disk_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    names = crash.write_reports(tmp_path / "reports", 3, seed=1)
    long = "Nobody knows what moved on the road to the north, a driver said. " * 12_000
    (tmp_path / "reports" / "long.txt").write_text(long, encoding="utf-8")
    url = crash.make_desk(tmp_path / "desk", None)
    words = [sys.executable, "-m", "tocsin", "add", str(tmp_path / "desk"), str(tmp_path / "reports")]
    full = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ENOUGH, ENOUGH)),
    )

    assert full.returncode == 1
    assert "long.txt" in full.stderr
    assert "Traceback" not in full.stderr
    assert crash.faults_of(tmp_path / "desk", url, names, finished=True) == []


def test_killed_in_the_middle_on_postgresql_nothing_is_lost_or_doubled(
    own_server: postgres.Server, tmp_path: Path
) -> None:
    urls = (own_server.fresh(), own_server.fresh())
    result = crash.run(tmp_path, reports=12, kills=2, seed=2, urls=urls)

    assert result.kills == 2
    assert result.faults == []
