"""Workers: one that hangs, crashes or grows too fat takes its item with it and nothing else."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.misbehaving import MISBEHAVING
from tests.reading import samples

from tocsin.desk import Desk, Reading, Taken, read_all, workers
from tocsin.desk.workers import Workers
from tocsin.errors import ReadError
from tocsin.model.claim import Extraction
from tocsin.model.report import Report, Voice
from tocsin.read import Item, parse_columns

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    """Two workers that do what the name of an item says; they have six seconds and one gigabyte."""
    monkeypatch.setattr(workers, "_CHILD", MISBEHAVING)
    with Workers(2, reading=Reading(), seconds=(6, 60), memory=1_000_000_000) as made:
        yield made


def _item(name: str) -> Item:
    return Item(name=name, data=f"{samples.SENTENCE} It was {name}.".encode())


def test_a_worker_that_misbehaves_takes_only_its_own_item(misbehaving: Workers) -> None:
    names = ("hang", "a", "crash", "b", "fat", "c", "prints", "d")
    waiting = {name: misbehaving.read(_item(name)) for name in names}
    told: dict[str, str] = {}
    for name, wait in waiting.items():
        try:
            told[name] = f"{len(wait()[1].claims)} claims"
        except ReadError as error:
            told[name] = str(error)

    assert "took more than 6 seconds" in told["hang"]
    assert "made the reader crash (signal 6)" in told["crash"]
    assert "more memory than 1 GB" in told["fat"] or "crash" in told["fat"]
    assert {told[name] for name in ("a", "b", "c", "d", "prints")} == {"2 claims"}


def test_a_worker_that_died_while_idle_costs_no_item(misbehaving: Workers) -> None:
    misbehaving.read(_item("a"))()
    for process in misbehaving._all:
        process._process.kill()
        process._process.wait()

    assert misbehaving.read(_item("b"))()[0].text


def test_how_many_read_changes_no_outcome(tmp_path: Path, filled: Path) -> None:
    """The same files, among them broken ones and one twice, by no worker and by two."""
    given: list[tuple[str, bytes]] = [*samples.every().items(), ("again.txt", samples.SENTENCE.encode())]
    given += [("broken.pdf", b"%PDF-1.4 broken"), ("empty.txt", b""), ("odd.zip", b"PK\x03\x04odd")]
    found: list[tuple[Taken, ...]] = []
    kept: list[list[str]] = []
    for count in (0, 2):
        folder = Path(shutil.copytree(filled, tmp_path / str(count)))
        desk = Desk(folder)
        taken = desk.add(
            [(name, data.__bytes__) for name, data in given],
            now=NOW,
            mappings=parse_columns(samples.MAPPING, file="m"),
            workers=count,
        )
        desk.close()
        found.append(taken)
        kept.append(sorted(str(file.relative_to(folder)) for file in folder.glob("*/*") if file.is_file()))

    assert found[0] == found[1]
    assert kept[0] == kept[1]
    assert {one.outcome for one in found[0]} == {"new", "known", "failed", "passed"}


def test_an_extractor_of_the_callers_runs_here_and_workers_only_read() -> None:
    seen: list[str] = []

    def mine(report: Report, *, outlet: Voice | None = None) -> Extraction:
        seen.append(f"{report.text} {outlet}")
        return Extraction(report=report.id, claims=(), figures=(), not_understood=(), extractor="mine 1")

    data = samples.SENTENCE.encode()
    (found,) = read_all([("n.txt", lambda: data)], reading=Reading(outlet="Wire"), extractor=mine, workers=1)

    assert found.read is not None
    assert found.read[1].extractor == "mine 1"
    assert samples.SENTENCE in seen[0]


def test_workers_end_with_the_one_who_started_them() -> None:
    """The parent is killed outright; its worker sees its input end."""
    script = (
        "from tocsin.desk import Reading, workers\n"
        "from tocsin.read import Item\n"
        "made = workers.Workers(1, reading=Reading())\n"
        "made.read(Item(name='a.txt', data=b'A ferry left the quay.'))()\n"
        "print(next(iter(made._all))._process.pid, flush=True)\n"
        "import time; time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        worker = Path("/proc") / parent.stdout.readline().strip()
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while time.monotonic() < end and worker.exists() and "\nState:\tZ" not in (worker / "status").read_text():
        time.sleep(0.05)

    assert not worker.exists() or "\nState:\tZ" in (worker / "status").read_text()


def test_a_worker_is_given_no_secret_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LLM_KEY", "hidden")

    assert "hidden" not in workers._environment().values()
