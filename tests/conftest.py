"""Options and fixtures that several tests share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from tests import postgres

from tocsin.desk import Desk

settings.register_profile("unhurried", deadline=None)  # on a busy machine any line can take a second
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the expected products anew")


@pytest.fixture
def refresh_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--refresh-golden"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped desk on a port strike with its reports taken in; not to be written to."""
    shipped = Path(__file__).parent / "desks" / "port-strike"
    folder = tmp_path_factory.mktemp("filled") / "desk"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("reports", "expected"))
    desk = Desk(folder)
    items = [(file.name, file.read_bytes) for file in sorted((shipped / "reports").iterdir())]
    desk.add(items, now=datetime(2023, 3, 1), backfill=True)  # noqa: DTZ001 - the store's moments are UTC without a zone
    desk.close()
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled desk."""
    return Path(shutil.copytree(filled, tmp_path / "desk"))


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A copy of the filled desk, opened."""
    opened = Desk(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of the tests' own."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip(postgres.NONE_HERE)
    with postgres.running(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind: every test of the store runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    server: postgres.Server = request.getfixturevalue("server")
    return server.fresh()


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Assessments in a tenth of the time, with no bands worth the name: for tests that are about something else."""
    from tocsin.infer.bands import bands

    monkeypatch.setattr("tocsin.infer.assess.bands", partial(bands, draws=8))
