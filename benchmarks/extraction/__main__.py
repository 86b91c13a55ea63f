"""``python -m benchmarks.extraction --data DIR``: measure extraction beside its peers, and hold the floors."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.extraction import data
from benchmarks.extraction.floors import below
from benchmarks.extraction.measure import pin
from benchmarks.extraction.page import Setting, render
from benchmarks.extraction.run_all import Settings, run_all
from benchmarks.extraction.tocsin import BenchmarkError


def arguments() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, metavar="DIR", help=f"folder that holds {data.POLNEAR}, {data.NEWSQUANT}, or both")
    add("--results", type=Path, metavar="FILE", help="write the page there too")
    add("--repeat", type=int, default=3, metavar="N", help="runs of each system for its cost (default: 3)")
    add("--extractor", metavar="NAME", help="which of Tocsin's extractors to measure (default: its own choice)")
    add("--misses", type=Path, metavar="FILE", help="write what was missed there; it holds text of the data")
    add("--no-peers", action="store_true", help="measure Tocsin alone")
    add("--peers", type=Path, metavar="DIR", help="where the peers are installed (default: a cache of the user)")
    add("--gendergaptracker", type=Path, metavar="DIR", help="a clone of it, where none can be made")
    add("--no-floors", action="store_true", help="report, but do not fail below a floor")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print the page, and say whether every floor is held: 0 held, 1 below or broken."""
    chosen = arguments().parse_args(argv)
    if chosen.data is None or not chosen.data.is_dir():
        print("skipped: the benchmark data are not here; they may not be redistributed (docs/how-to/benchmarks.md)")
        return 0
    where = pin()
    cache = chosen.peers or Path.home() / ".cache" / "tocsin-benchmarks"
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as work:
        settings = Settings(
            work=Path(work),
            peers=None if chosen.no_peers else cache,
            clone=chosen.gendergaptracker,
            repeat=max(1, chosen.repeat),
            extractor=chosen.extractor,
        )
        try:
            results = run_all(
                data.quotations(chosen.data),
                data.measured(chosen.data),
                settings,
                lambda text: print(text, file=sys.stderr, flush=True),
            )
        except BenchmarkError as error:
            print(f"error: {error}", file=sys.stderr)
            return 1
    faults = below(results)
    setting = Setting(
        day=datetime.now(UTC).date(),
        machine=f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        bound=where,
        repeat=settings.repeat,
        extractor=chosen.extractor or "default",
    )
    page = render(results, setting, faults)
    print(page)
    if chosen.results is not None:
        chosen.results.write_text(page, encoding="utf-8")
    if chosen.misses is not None:
        chosen.misses.write_text("".join(line + "\n" for line in results.misses), encoding="utf-8")
    for fault in faults:
        print(f"below the floor: {fault}", file=sys.stderr)
    return 1 if faults and not chosen.no_floors else 0


if __name__ == "__main__":
    sys.exit(main())
