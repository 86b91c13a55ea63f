"""What the export of 5,000 claims takes: seconds, largest memory and bytes for each format.

The worked desk is read and assessed once; its reports are then repeated under new ids until there are enough claims.

    python -m benchmarks.exchange [CLAIMS]
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
import tracemalloc
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tocsin.desk import Desk, example
from tocsin.desk.exchange import FORMATS
from tocsin.publish.exported import Exported
from tocsin.publish.handling import ALL, Release, Tlp
from tocsin.publish.masking import Case, masked

DAY = date(2022, 12, 9)
NOW = datetime(2022, 12, 10)  # noqa: DTZ001 - the store's moments are UTC without a zone


def worked() -> Exported:
    """The worked desk's answer, as exporters take it."""
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = example(Path(folder) / "desk", now=NOW)
        assert isinstance(desk, Desk)
        given, _ = desk.export(as_of=DAY, to=ALL, producer="a desk", now=NOW)
        desk.close()
    return given


def repeated(given: Exported, wanted: int) -> Exported:
    """The same answer with its reports, claims, ratings and evidence repeated under new ids."""
    rounds = -(-wanted // len(given.claims))
    claims, reports, ratings, evidence = dict(given.claims), dict(given.reports), dict(given.ratings), []
    for n in range(1, rounds):
        names = {key: f"sha256:{hashlib.sha256(f'{key}/{n}'.encode()).hexdigest()}" for key in given.reports}
        reports |= {names[key]: replace(report, id=names[key]) for key, report in given.reports.items()}
        for claim in given.claims.values():
            again = replace(claim, id=f"{claim.id}{n:04x}", report=names[claim.report])
            claims[again.id] = again
            if claim.id in given.ratings:
                ratings[again.id] = replace(given.ratings[claim.id], claim=again.id, echo_of=None)
        evidence += [
            replace(item, id=f"{item.id}{n:04x}", claim=f"{item.claim}{n:04x}") for item in given.linked.evidence
        ]
    kept = dict(list(claims.items())[:wanted])
    linked = replace(
        given.linked,
        evidence=tuple(item for item in (*given.linked.evidence, *evidence) if item.claim in kept),
    )
    return replace(given, claims=kept, reports=reports, ratings=ratings, linked=linked)


def main() -> None:
    """Measure and print."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    given = repeated(worked(), wanted)
    print(f"{len(given.claims)} claims, {len(given.reports)} reports, {len(given.linked.evidence)} items of evidence")
    for name, render in FORMATS.items():
        start = time.process_time()
        made = render(given)
        seconds = time.process_time() - start
        tracemalloc.start()
        render(given)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{name:8} {seconds:6.2f} s  {len(made):>12,} bytes  {peak / 1e6:7.1f} MB")
    key = next(iter(given.reports))
    whole = Case(
        claims=given.claims,
        reports={**given.reports, key: replace(given.reports[key], handling="TLP:RED")},
        ratings=given.ratings,
        linked=given.linked,
        sources=given.sources,
        assessment=given.assessment,
    )
    guarded = replace(whole, sources=(replace(given.sources[0], handling="TLP:RED"), *given.sources[1:]))
    for what, case in (("a report", whole), ("and a source", guarded)):
        start = time.process_time()
        _, gone = masked(case, to=Release(Tlp.AMBER))
        print(f"masking {what}: {time.process_time() - start:.2f} s; {gone.told()}")


if __name__ == "__main__":
    main()
