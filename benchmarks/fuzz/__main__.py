"""Fuzz every reader: ``python -m benchmarks.fuzz --minutes 10``.

Each reader runs in a process of its own with a limit of memory, so that a crash in a library is seen and named. Sound
files are mutated, and files are built from broken parts (``strategies``). An error that is none of reading's own, a
report that no store can hold, an answer without words, and a file that takes more than ten seconds are findings: the
smallest input that shows one is printed. Exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.fuzz import samples
from benchmarks.fuzz.strategies import Target, targets

SLOW = 10.0
MEMORY = 4_000_000_000


class Finding(Exception):  # noqa: N818 - what was found, not what failed
    """Something a reader must not do."""


def fed(data: bytes, name: str) -> None:
    """Feed one file to the readers.

    Raises:
        Finding: A report that cannot be kept, or an answer without words.
    """
    import io

    from tocsin.errors import ReadError
    from tocsin.read import Item, contents, parse_columns

    columns = parse_columns(samples.MAPPING, file="mapping.toml")
    start = time.process_time()
    try:
        for piece in contents(io.BytesIO(data), name=name, size=len(data), mappings=columns):
            if not piece.name.isprintable():
                raise Finding(f"a name that is not printable: {piece.name!r}")
            if isinstance(piece, Item):
                _read(piece)
    except ReadError as error:
        if not str(error).startswith(name.removesuffix(".gz")[:5]):
            raise Finding(f"a reason that names no file: {error}") from error
    if time.process_time() - start > SLOW:
        raise Finding(f"{time.process_time() - start:.0f} seconds")


def _read(item: object) -> None:
    from tocsin.errors import ReadError
    from tocsin.read import Item, read

    if not isinstance(item, Item):
        return
    try:
        report = read(item.data, name=item.name, kind=item.kind, context=item.context)
    except ReadError:
        return
    words = (report.text, report.title, report.outlet, report.author, report.url, report.cited, *report.notes)
    for part in words:
        if part is not None and ("\x00" in part or any("\ud800" <= sign <= "\udfff" for sign in part)):
            raise Finding(f"a report that no store can hold: {part[:80]!r}")
    if not report.text.strip():
        raise Finding("a report without words")


def fuzz(target: Target, seconds: float, held: Path) -> tuple[int, list[str]]:
    """Feed one reader for so long; the input at hand lies in a file, for the case of a crash."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    count = 0
    found: dict[str, str] = {}
    end = time.monotonic() + seconds

    def check(data: bytes) -> None:
        nonlocal count
        if time.monotonic() > end + 60:
            return
        count += 1
        held.write_bytes(data)
        fed(data, target.name)

    number = 0
    while time.monotonic() < end:
        number += 1
        run = given(target.broken)(check)
        run = settings(
            max_examples=150,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )(run)
        try:
            seed(number)(run)()
        except Exception as error:  # noqa: BLE001 - whatever a reader raises is what we are looking for
            what = f"{type(error).__name__}: {str(error)[:200]}"
            found.setdefault(what, base64.b64encode(held.read_bytes()).decode()[:4000])
    return count, [f"{what} <- {data}" for what, data in found.items()]


def _one(name: str, seconds: float, held: Path) -> None:
    """Fuzz one reader in this process and print what came of it."""
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    count, found = fuzz(targets()[name], seconds, held)
    print(json.dumps({"executions": count, "found": found}))


def main() -> int:
    """Fuzz every reader, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", metavar="NAME", help="One reader, by the name of its sound file.")
    parser.add_argument("--here", metavar="NAME", help=argparse.SUPPRESS)
    parser.add_argument("--held", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _one(given.here, given.minutes * 60, given.held)
        return 0
    names = [given.only] if given.only else list(targets())
    bad = 0
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            held = Path(folder) / "held"
            command = [sys.executable, "-m", "benchmarks.fuzz", "--here", name, "--held", str(held)]
            command += ["--minutes", str(given.minutes / len(names))]
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
            if done.returncode != 0:
                data = base64.b64encode(held.read_bytes()).decode()[:4000] if held.exists() else ""
                print(f"{name}: CRASHED with status {done.returncode}: {done.stderr[-300:]} <- {data}", flush=True)
                bad += 1
                continue
            told = json.loads(done.stdout.splitlines()[-1])
            print(f"{name}: {told['executions']:,} executions, {len(told['found'])} findings", flush=True)
            for finding in told["found"]:
                print(f"  {finding}", flush=True)
            bad += len(told["found"])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
