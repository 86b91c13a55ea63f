"""How quickly a desk takes in many short reports: ``python -m benchmarks.desk.intake --reports 10000``.

The reports are made here, two or three sentences each, all different, one file each. Told are reports and words a
second, the memory of the writer and of the largest worker, what lies on the disk afterwards, and how long it takes to
add the same files again and to add one report more.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from tocsin import desk as desks
from tocsin.read import Item

NOW = datetime(2023, 6, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
WHO = (
    "the harbour office", "two dockers", "the district council", "a railway worker", "the general staff",
    "the border guard", "an official who asked not to be named", "the ministry of defence", "a shopkeeper",
)  # fmt: skip
WHAT = ("lorries", "tanks", "wagons", "soldiers", "ferries", "field kitchens", "tents", "fuel tankers", "trailers")
DOING = ("had moved to", "were seen near", "had left", "were parked outside", "were turned back at")
WHERE = ("the northern crossing", "the old quay", "the training ground", "the station", "the bridge over the river")
PLAIN = (
    "No order to evacuate was given.",
    "The road stayed open all night.",
    "Trains ran as usual, according to the timetable office.",
    "The council denied that a camp is being built.",
    "It is unlikely that the exercise ends before Friday, the spokesman said.",
)


def report(number: int, rng: random.Random) -> str:
    """One report, unlike all others."""
    day = date(2022, 11, 20) + timedelta(days=rng.randrange(60))
    count = rng.randrange(2, 9000)
    first = (
        f"{rng.choice(WHO).capitalize()} said on {day.day} {day:%B} {day.year} that {count:,} {rng.choice(WHAT)} "
        f"{rng.choice(DOING)} {rng.choice(WHERE)}, log entry {number}."
    )
    rest = rng.sample(PLAIN, rng.randrange(1, 3))
    return " ".join((first, *rest)) + "\n"


def make(folder: Path, count: int) -> int:
    """Write the reports; returns how many words they have."""
    rng = random.Random(7)  # noqa: S311 - made-up reports, not a secret
    words = 0
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        place.mkdir(exist_ok=True)
        text = report(number, rng)
        words += len(text.split())
        (place / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return words


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measured(count: int, *, workers: int, folder: Path) -> dict[str, float]:
    """One run in an empty folder."""
    reports, place = folder / "given", folder / "desk"
    reports.mkdir()
    words = make(reports, count)
    desks.new(place, today=NOW.date())
    desk = desks.Desk(place)
    files = desks.files_under(reports)

    def add(items: list[tuple[str, desks.Get]]) -> tuple[float, int]:
        start = time.perf_counter()
        taken = desk.add(items, now=NOW, workers=workers)
        return time.perf_counter() - start, sum(one.claims for one in taken)

    given: list[tuple[str, desks.Get]] = [(str(file), partial(_itself, file)) for file in files]
    took, claims = add(given)
    cpu_writer, cpu_workers = _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    again, _ = add(given)
    more, _ = add([("one.txt", partial(Item, name="one.txt", data=report(count, random.Random(8)).encode()))])  # noqa: S311
    desk.close()
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "reports": count,
        "workers": workers,
        "words": words,
        "claims": claims,
        "seconds": round(took, 1),
        "reports_a_second": round(count / took, 1),
        "words_a_second": round(words / took),
        "cpu_seconds_writer": cpu_writer,
        "cpu_seconds_workers": cpu_workers,
        "seconds_again": round(again, 1),
        "seconds_one_more": round(more, 2),
        "writer_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6),
        "largest_worker_MB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6),
        "given_MB": round(size(reports) / 1e6, 2),
        "originals_MB": round(size(place / "reports") / 1e6, 2),
        "store_MB": round(sum(file.stat().st_size for file in place.glob("tocsin.db*")) / 1e6, 2),
    }


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return round(used.ru_utime + used.ru_stime, 1)


def _itself(file: Path) -> Path:
    return file


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="tocsin-intake-"))
    try:
        print(json.dumps(measured(given.reports, workers=given.workers, folder=folder), indent=1))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
