"""What an answer costs on a desk of many reports, in seconds of processor time: at first, and once more.

python -m benchmarks.desk.assessing [--reports 100 1000 10000]
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.desk.crash import make_desk
from benchmarks.desk.queries import A_REPORT, NOW, build
from tocsin.cli import GARBAGE
from tocsin.desk import Desk
from tocsin.store.sql import Store

AS_OF = date(2022, 12, 31)


def seconds(desk: Desk) -> float:
    """The processor time that an answer takes."""
    begun = time.process_time()
    desk.assess(as_of=AS_OF, now=NOW)
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=[100, 1000, 10_000])
    asked = parser.parse_args()
    gc.set_threshold(*GARBAGE)  # as the command does
    print("| reports | claims | first answer, s | again, s | memory, MB |\n|---|---|---|---|---|")
    for count in asked.reports:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "desk"
            url = make_desk(path, None)
            store = Store(url)
            build(store, count * A_REPORT)
            store.close()
            desk = Desk(path)
            first, again = seconds(desk), seconds(desk)
            desk.close()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {count:,} | {count * A_REPORT:,} | {first:.1f} | {again:.1f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
