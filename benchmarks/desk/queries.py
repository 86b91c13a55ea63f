"""How quick a store of 100,000 claims is, and how large: the questions that a workbench asks, on both stores.

python -m benchmarks.desk.queries [--claims 1000 10000 100000]
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from tests import postgres

from tocsin.model.claim import Attribution, Claim, Extraction, Polarity, Role
from tocsin.model.judgement import Judgement, JudgementKind, Verdict
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.store.sql import Store

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
A_REPORT = 10
"""Claims a report."""

_REPEATS = 15
_THINGS = """
tank train bridge fuel crossing brigade column hospital rail yard field camp order convoy river depot radar crew
exercise reserve staff signal road forest village border winter supply engine driver shell ammunition call-up
"""
_WORDS = tuple(_THINGS.split())


def build(store: Store, claims: int, seed: int = 1) -> None:
    """Fill a store with invented reports of ten claims each, and a judgement on every fifth claim."""
    rng = random.Random(seed)  # noqa: S311 - invented data
    voices = [f"voice {number}" for number in range(400)]
    outlets = [f"outlet {number}" for number in range(40)]
    for number in range(claims // A_REPORT):
        day = date(2022, 1, 1) + timedelta(days=number % 365)
        said = [" ".join(rng.choices(_WORDS, k=12)) + f" {number * A_REPORT + at}." for at in range(A_REPORT)]
        places, at = [], 0
        for sentence in said:
            places.append(Span(at, at + len(sentence)))
            at += len(sentence) + 1
        report = Report(
            id=f"sha256:{number:064x}",
            text=" ".join(said),
            title=f"Report {number}",
            outlet=rng.choice(outlets),
            published=Window.on(day),
            retrieved=day + timedelta(days=1),
            lang="en",
        )
        read = tuple(
            Claim(
                id=f"{number * A_REPORT + place:016x}",
                report=report.id,
                span=span,
                sentence=span,
                content=sentence,
                cue=None,
                chain=(
                    Voice(name=report.outlet or "", kind=VoiceKind.MEDIA),
                    Voice(name=rng.choice(voices), kind=VoiceKind.OFFICIAL),
                ),
                attribution=Attribution.LOCAL,
                polarity=rng.choice(tuple(Polarity)),
                role=rng.choice(tuple(Role)),
            )
            for place, (sentence, span) in enumerate(zip(said, places, strict=True))
        )
        found = Extraction(report=report.id, claims=read, figures=(), not_understood=(), extractor="invented 1")
        store.keep(report, found, name=f"{number}.txt", handling=None, at=NOW)
        for claim in read[::5]:
            verdict = rng.choice((Verdict.ACCEPTED, Verdict.REJECTED))
            store.judge(
                Judgement(
                    subject=claim.id, kind=JudgementKind.REVIEW, value=verdict, by="A", at=NOW, why="looked again"
                )
            )


def questions(store: Store, claims: int) -> dict[str, Callable[[], object]]:
    """The questions, each as something to be called."""
    middle = claims // 2
    report = f"sha256:{middle // A_REPORT:064x}"
    day = date(2022, 6, 1)
    return {
        "claims of a report": lambda: store.claims(report=report),
        "a claim by the beginning of its id": lambda: store.claims(beginning=f"{middle:016x}"[:14]),
        "claims of an origin": lambda: store.claims(origin="voice 7"),
        "claims of a week": lambda: store.claims(first=day, last=day + timedelta(days=6)),
        "one word that stands once": lambda: store.search(str(middle)),
        "one word that stands everywhere": lambda: store.search("tank"),
        "two words side by side": lambda: store.search('"fuel depot"'),
        "four words": lambda: store.search("tank train bridge radar"),
        "judgements on a claim": lambda: store.judgements(f"{middle // A_REPORT * A_REPORT:016x}"),
        "claims by role": lambda: store.counts("role"),
        "claims by origin": lambda: store.counts("origin"),
    }


def timed(asked: Callable[[], object]) -> float:
    """Milliseconds, the median of several calls after a first one."""
    asked()
    found = []
    for _ in range(_REPEATS):
        begun = time.perf_counter()
        asked()
        found.append(1000.0 * (time.perf_counter() - begun))
    return statistics.median(found)


def size(store: Store, url: str) -> float:
    """Megabytes on disk."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        return sum(part.stat().st_size for part in file.parent.glob(file.name + "*")) / 1e6
    with store._database.reading() as connection:  # noqa: SLF001 - what only the database knows
        query = text(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        )
        return float(connection.execute(query).scalar_one()) / 1e6


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[1000, 10_000, 100_000])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured(asked.claims, lambda count: f"sqlite:///{Path(folder) / f'{count}.db'}", "SQLite")
    programs = postgres.binaries()
    if programs is None:
        print(f"PostgreSQL: skipped, {postgres.NONE_HERE}")
        return
    with postgres.running(programs) as server:
        measured(asked.claims, lambda _: server.fresh(), "PostgreSQL")


def measured(counts: list[int], url_of: Callable[[int], str], name: str) -> None:
    """One store's table: milliseconds by question and size."""
    rows: dict[str, list[str]] = {}
    for count in counts:
        url = url_of(count)
        store = Store(url)
        begun = time.perf_counter()
        build(store, count)
        rows.setdefault("seconds to fill", []).append(f"{time.perf_counter() - begun:.1f}")
        if not store._database.is_sqlite:  # noqa: SLF001 - what the server itself does in the background
            with store._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # noqa: SLF001
                connection.execute(text("VACUUM ANALYZE"))
        rows.setdefault("megabytes", []).append(f"{size(store, url):.1f}")
        for question, ask in questions(store, count).items():
            rows.setdefault(question, []).append(f"{timed(ask):.1f}")
        store.close()
    print(f"\n{name}: milliseconds, median of {_REPEATS}\n\n| claims | " + " | ".join(f"{n:,}" for n in counts) + " |")
    print("|---|" + "---|" * len(counts))
    for question, values in rows.items():
        print(f"| {question} | " + " | ".join(values) + " |")


if __name__ == "__main__":
    main()
