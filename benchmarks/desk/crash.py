"""Kill -9 at random moments during an intake: nothing lost, nothing doubled, the rerun finishes, the same digests.

python -m benchmarks.desk.crash [--reports 2000] [--kills 50] [--seed 1] [--store sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests import postgres

from tocsin.store.sql import Store

_PLACES = ("Brest", "Gomel", "Mozyr", "Pinsk", "Minsk", "Grodno", "Vitebsk", "Orsha")
_BODIES = ("the border guard", "the general staff", "a railway worker", "the ministry", "two residents")
_THINGS = ("tanks", "fuel trucks", "rail wagons", "howitzers", "field hospitals", "helicopters")
_PROGRAM = (sys.executable, "-m", "tocsin")
PROBLEM = """
schema = 1
id = "crash"
question = "Will units cross?"
resolution = "Units cross."
opened = 2022-01-01
by = 2023-03-31
[[scenarios]]
id = "attack"
statement = "Units cross the border"
event = true
prior = "unlikely"
even_odds_within = "60 days"
[[indicators]]
id = "movement"
statement = "Heavy equipment arrives"
watch = ["tanks", "howitzers", "ammunition"]
seen_first = { attack = "often" }
lead = ["3 days", "10 days", "30 days"]
[[indicators]]
id = "hospitals"
statement = "Field hospitals are set up"
watch = ["field hospital"]
seen_first = { attack = "often" }
lead = ["2 days", "7 days", "20 days"]
"""


@dataclass
class Result:
    """What a run of kills showed."""

    kills: int = 0
    runs: int = 0
    seconds_undisturbed: float = 0.0
    faults: list[str] = field(default_factory=list)


def write_reports(folder: Path, count: int, seed: int) -> dict[str, str]:
    """Short reports of our own making; returns file names by report id."""
    rng = random.Random(seed)  # noqa: S311 - a test's data
    folder.mkdir(parents=True)
    names = {}
    for number in range(count):
        day = f"2022-{11 + number % 2}-{1 + number % 28:02}"
        said = [
            f"{rng.choice(_BODIES).capitalize()} said that {rng.randint(2, 90)} {rng.choice(_THINGS)}"
            f" arrived in {rng.choice(_PLACES)} on {day}."
            for _ in range(rng.randint(1, 3))
        ]
        data = f"---\npublished: {day}\n---\nReport {number}. {' '.join(said)}\n".encode()
        (folder / f"{number:05}.md").write_bytes(data)
        names[f"sha256:{hashlib.sha256(data).hexdigest()}"] = f"{number:05}.md"
    return names


def make_desk(folder: Path, url: str | None) -> str:
    """An empty desk; returns the URL of its store."""
    (folder / "problems").mkdir(parents=True)
    (folder / "problems" / "crash.toml").write_text(PROBLEM, encoding="utf-8")
    if url is not None:
        (folder / "tocsin.toml").write_text(f'store = "{url}"\n', encoding="utf-8")
    return url or f"sqlite:///{folder / 'tocsin.db'}"


def start(desk: Path, reports: Path) -> subprocess.Popen[bytes]:
    """An intake, in a process of its own."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen([*_PROGRAM, "add", str(desk), str(reports)], **quiet)  # type: ignore[call-overload, no-any-return]  # noqa: S603


def digests(desk: Path) -> tuple[str, str]:
    """The digest of the claims, and of the whole answer."""
    words = [*_PROGRAM, "assess", str(desk), "--as-of", "2022-12-31", "--format", "json"]
    done = subprocess.run(words, capture_output=True, check=True)  # noqa: S603 - our own
    found = json.loads(done.stdout)
    return found["digests"]["claims"], hashlib.sha256(done.stdout).hexdigest()


def faults_of(desk: Path, url: str, names: dict[str, str], *, finished: bool) -> list[str]:
    """What is wrong with a desk after a kill, or after the end."""
    store = Store(url)
    try:
        reports, readings, attempts = store.reports(), store.extractions(), store.attempts()
    finally:
        store.close()
    found = []
    if reports.keys() != readings.keys():
        found.append("a report without its reading")
    if not reports.keys() <= names.keys():
        found.append("a report that nobody gave")
    new = [one.report for one in attempts if one.outcome == "new"]
    if len(new) != len(set(new)) or set(new) != reports.keys():
        found.append("the log of the intake and the reports differ")
    originals = {}
    for file in (desk / "reports").iterdir() if (desk / "reports").is_dir() else ():
        if file.suffix != ".part":
            data = file.read_bytes()
            originals[f"sha256:{hashlib.sha256(data).hexdigest()}"] = file.stem
    if any(name != key.removeprefix("sha256:") for key, name in originals.items()):
        found.append("an original that is not what its name says")
    if not reports.keys() <= originals.keys():
        found.append("a report without its original")
    if finished and (reports.keys() != names.keys() or originals.keys() != names.keys()):
        found.append(f"{len(names) - len(reports)} reports lost, {len(originals) - len(names)} originals too many")
    return found


def run(work: Path, *, reports: int, kills: int, seed: int, urls: tuple[str | None, str | None]) -> Result:
    """Take reports in once undisturbed, and once with kills until none is left over; compare.

    Args:
        work: An empty folder.
        reports: How many reports.
        kills: How many kills.
        seed: What draws the reports and the moments.
        urls: The stores of the two desks; None for SQLite in the desk's folder.
    """
    rng = random.Random(seed)  # noqa: S311 - a test's moments
    result = Result()
    names = write_reports(work / "reports", reports, seed)
    calm, torn = work / "calm", work / "torn"
    make_desk(calm, urls[0])
    url = make_desk(torn, urls[1])
    begun = time.monotonic()
    _run_out(start(calm, work / "reports"), "the undisturbed run", result)
    result.seconds_undisturbed = time.monotonic() - begun
    while result.kills < kills:
        process = start(torn, work / "reports")
        result.runs += 1
        # A moment is so many originals more than there were, and up to a fifth of a second after that.
        there = _originals(torn)
        wanted = there + rng.randint(0, min(reports - there, max(1, 2 * reports // kills)))
        while process.poll() is None and _originals(torn) < wanted:
            time.sleep(0.01)
        time.sleep(rng.uniform(0.0, 0.2))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
            result.kills += 1
        _run_out(process, f"run {result.runs}", result, killed=process.poll() == -signal.SIGKILL)
        found = faults_of(torn, url, names, finished=False)
        result.faults += [f"after kill {result.kills}: {fault}" for fault in found]
        if found:
            return result
    _run_out(start(torn, work / "reports"), "the last run", result)
    result.faults += faults_of(torn, url, names, finished=True)
    if digests(calm) != digests(torn):
        result.faults.append("the digests differ from those of the undisturbed run")
    return result


def _originals(desk: Path) -> int:
    """How many originals a desk has."""
    return len(list((desk / "reports").glob("*.md")))


def _run_out(process: subprocess.Popen[bytes], name: str, result: Result, *, killed: bool = False) -> None:
    """Wait for the end of an intake, and note it where it failed of itself."""
    _, told = process.communicate()
    if process.returncode != 0 and not killed:
        result.faults.append(f"{name} failed: {told.decode()[-300:]}")


def main() -> None:
    """Run it and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if asked.store == "sqlite":
            result = run(work, reports=asked.reports, kills=asked.kills, seed=asked.seed, urls=(None, None))
        else:
            programs = postgres.binaries()
            if programs is None:
                sys.exit(postgres.NONE_HERE)
            with postgres.running(programs) as server:
                urls = (server.fresh(), server.fresh())
                result = run(work, reports=asked.reports, kills=asked.kills, seed=asked.seed, urls=urls)
    print(f"{asked.store}: {asked.reports} reports, undisturbed in {result.seconds_undisturbed:.1f} s")
    print(f"{result.kills} kills in {result.runs} runs; {len(result.faults)} faults")
    for fault in result.faults:
        print(f"  {fault}")
    sys.exit(1 if result.faults else 0)


if __name__ == "__main__":
    main()
