"""Whatever is put in, the command line answers with a sentence and one of three exit statuses."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

SENTENCE = "Two brigades moved to the border on 2 December 2022, an official said."
PROGRAM = (sys.executable, "-m", "tocsin")


def run(*arguments: str | bytes, cwd: Path, given: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line; it must not show a traceback, nor end otherwise than with 0, 1 or 2."""
    done = subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        input=given,
        capture_output=True,
        env={**os.environ, "PYTHONSAFEPATH": "1", **settings},
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"a mistake of this program" not in done.stderr
    assert b"this program fails" not in done.stderr
    assert done.returncode in {0, 1, 2}
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one report, made once."""
    folder = tmp_path_factory.mktemp("made")
    run("new", "desk", cwd=folder)
    (folder / "first.txt").write_text(SENTENCE, encoding="utf-8")
    assert run("add", "desk", "first.txt", cwd=folder).returncode == 0
    return folder / "desk"


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    """A copy of that desk, to be broken."""
    shutil.copytree(made, tmp_path / "desk")
    return tmp_path / "desk"


def test_one_bad_report_stops_no_other(tmp_path: Path) -> None:
    bad = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 20,
        "archive.zip": b"PK\x03\x04rest",
        "dated.md": b"---\npublished: 2022-13-45\n---\nText.",
        "deep.html": b"<html><body>" + b"<div>" * 50_000 + b"x",
        "large.txt": b"word " * 4_100_000,
        "line\nbreak\x1b[31m.txt": b"",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "good.txt").write_text(SENTENCE, encoding="utf-8")

    done = run(
        "extract",
        "--format",
        "jsonl",
        *bad,
        "loop",
        "pipe",
        "/dev/zero",
        "x" * 5000,
        "missing",
        "good.txt",
        cwd=tmp_path,
    )

    assert done.returncode == 1
    assert done.stdout.count(b'"content"') == 1
    assert f"{len(bad) + 5} of {len(bad) + 6} could not be read".encode() in done.stderr
    assert b"\x1b" not in done.stderr


def test_a_page_cannot_choose_how_to_break_the_reader(tmp_path: Path) -> None:
    """Character sets that are none, that never end, or that make half characters."""
    charsets = ("undefined", "unicode_escape", "idna", "utf-7", "zlib", "nonsense")
    for charset in charsets:
        head = f'<html><head><meta charset="{charset}"></head>'
        page = f"{head}<body><p>{SENTENCE}</p><p>\\ud800 Nothing else moved.</p>"
        (tmp_path / f"{charset}.html").write_text(page, encoding="utf-8")

    done = run("extract", "--format", "jsonl", "--with-text", ".", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stdout.count(b'"content": "Two brigades moved') == len(charsets)


def test_a_wrong_language_code_is_said_to_be_wrong(tmp_path: Path) -> None:
    done = run("extract", "-", "--lang", "no\x1bcode", cwd=tmp_path, given=SENTENCE.encode())

    assert done.returncode == 1
    assert b"no language code" in done.stderr


@pytest.mark.parametrize("command", ["infer", "pool"])
def test_coded_files_must_be_files(desk: Path, command: str) -> None:
    """A pipe nobody writes to would be waited for; a device never ends."""
    os.mkfifo(desk / "pipe")
    problem = next((desk / "problems").glob("*.toml"))
    for name in ("pipe", "/dev/zero", "x" * 5000):
        words = ["infer", str(problem), name, "--as-of", "2022-12-02"] if command == "infer" else ["pool", name]

        assert run(*words, cwd=desk).returncode == 2


def test_declarations_must_be_files(desk: Path) -> None:
    os.mkfifo(desk / "problems" / "pipe.toml")
    (desk / "problems" / "loop.toml").symlink_to("loop.toml")
    (desk / "problems" / "folder.toml").mkdir()
    (desk / "problems" / "bytes.toml").write_bytes(b"\xff\xfe")
    (desk / "problems" / "bomb.toml").write_text("a" + ".a" * 50_000 + " = 1", encoding="utf-8")

    done = run("check", ".", cwd=desk)

    assert done.returncode == 2
    for name in (b"pipe.toml", b"loop.toml", b"folder.toml", b"bytes.toml", b"bomb.toml"):
        assert name in done.stdout


@pytest.mark.parametrize("place", ["x" * 5000, "first.txt/below"])
def test_a_place_where_no_desk_can_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "first.txt").write_text(SENTENCE, encoding="utf-8")

    for command in ("new", "assess"):
        assert run(command, place, cwd=tmp_path).returncode in {1, 2}


@pytest.mark.parametrize(
    "store",
    ["store = 5", 'store = "nonsense"', 'store = "postgresql://u:hidden@127.0.0.1:1/x"', 'store = "sqlite:////proc/x"'],
)
def test_a_store_that_cannot_be_opened_is_named_without_its_password(desk: Path, store: str) -> None:
    (desk / "tocsin.toml").write_text(store, encoding="utf-8")

    done = run("add", ".", "-", cwd=desk, given=SENTENCE.encode())

    assert done.returncode in {1, 2}
    assert done.stderr
    assert b"hidden" not in done.stderr


def test_a_damaged_store_says_what_to_do(desk: Path) -> None:
    with sqlite3.connect(desk / "tocsin.db") as connection:
        connection.execute("DROP TRIGGER extractions_no_update")
        connection.execute("UPDATE extractions SET payload = x'00'")
    connection.close()

    done = run("claims", ".", cwd=desk)

    assert done.returncode == 1
    assert b"reports/" in done.stderr


def test_a_store_that_is_none_is_said_to_be_none(desk: Path) -> None:
    (desk / "tocsin.db").write_bytes(os.urandom(5000))

    assert run("add", ".", "-", cwd=desk, given=SENTENCE.encode()).returncode == 1


def test_names_and_words_that_are_no_text_are_kept_as_text(desk: Path) -> None:
    name = b"\xff\xfe.txt"
    (Path(os.fsdecode(bytes(desk) + b"/" + name))).write_text("Four tanks crossed, an official said.", encoding="utf-8")

    done = run("add", ".", name, "--source", b"\xff\xfe", "--handling", b"\xff", cwd=desk)

    assert done.returncode == 0
    assert "�".encode() in done.stdout


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_mistake_of_the_program(desk: Path, closed: str) -> None:
    script = f'"$0" -m tocsin add "$1" "$1/../first.txt" {closed}'
    (desk.parent / "first.txt").write_text(SENTENCE, encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable, str(desk)], capture_output=True, timeout=60, check=False
    )

    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_named(desk: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "check", str(desk)], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )

    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_killed_in_the_middle_nothing_is_lost_and_the_rest_follows(desk: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(60):
        (many / f"{number}.txt").write_text(
            f"Battalion {number} moved to the border, an official said.", encoding="utf-8"
        )
    first = subprocess.Popen(
        [*PROGRAM, "add", str(desk), str(many)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 20
    while first.poll() is None and len(list((desk / "reports").iterdir())) < 5 and time.monotonic() < end:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    with sqlite3.connect(desk / "tocsin.db") as connection:
        kept = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
        assert kept == connection.execute("SELECT count(*) FROM extractions").fetchone()[0]
    connection.close()

    done = run("add", str(desk), str(many), cwd=tmp_path)

    assert done.returncode == 0
    assert f"{61 - kept} new, {kept - 1} known, 0 failed".encode() in done.stdout


def test_two_intakes_at_once_keep_each_report_once(desk: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(30):
        (many / f"{number}.txt").write_text(
            f"Battalion {number} moved to the border, an official said.", encoding="utf-8"
        )
    both = [subprocess.Popen([*PROGRAM, "add", str(desk), str(many)], stdout=subprocess.PIPE) for _ in range(2)]
    said = [one.communicate(timeout=60)[0] for one in both]

    assert [one.returncode for one in both] == [0, 0]
    assert sum(int(text.splitlines()[-1].split()[0]) for text in said) == 30


def test_the_terminal_may_be_anything(desk: Path) -> None:
    assert run("claims", ".", cwd=desk, COLUMNS="1", PYTHONWARNINGS="error").returncode == 0
    assert run("check", ".", cwd=desk, COLUMNS="x", PYTHONIOENCODING="ascii", LC_ALL="C").returncode == 0


def test_half_characters_and_numbers_without_measure_are_faults(desk: Path) -> None:
    reading = (
        '{"id": "%s", "low": %s, "high": %s, "of": "total", "about": "2022-12-01", "source": "s", "reliability": "C"}'
    )
    lines = [reading % ("\\ud800", 1, 2), reading % ("b", "1e300", "1e308"), reading % ("c", 1, "9" * 5000)]

    done = run("pool", "-", cwd=desk, given="\n".join(lines).encode())

    assert done.returncode == 2
    for told in (b"line 1, id: holds half a character", b"line 2, high: a quantity above", b"line 3: holds a number"):
        assert told in done.stderr
