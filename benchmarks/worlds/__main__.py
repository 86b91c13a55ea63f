"""Measures the core on simulated worlds and writes the tables: ``python -m benchmarks.worlds --worlds N --seed S``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.worlds.page import page
from benchmarks.worlds.plans import GROUPS
from benchmarks.worlds.run import HERE, Folder, run
from benchmarks.worlds.tables import lines


def main() -> int:
    """Run what is missing, then write ``RESULTS.md`` and ``results.json`` from all that is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds", description=__doc__)
    parser.add_argument("--worlds", type=int, default=200, help="worlds of the base line; other plans take a share")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first world")
    parser.add_argument("--group", action="append", choices=list(GROUPS), help="only this group (may be repeated)")
    parser.add_argument(
        "--build", type=Path, default=HERE.parents[1] / "build" / "worlds", help="where answers are kept"
    )
    parser.add_argument("--tables-only", action="store_true", help="run nothing")
    arguments = parser.parse_args()
    folder = Folder(arguments.build)
    groups = {name: make() for name, make in GROUPS.items()}
    for name in () if arguments.tables_only else arguments.group or list(GROUPS):
        for plan in groups[name]:
            run(
                plan,
                folder,
                worlds=arguments.worlds,
                seed=arguments.seed,
                told=lambda text: print(text, file=sys.stderr),
            )
    written = f"--worlds {arguments.worlds} --seed {arguments.seed}"
    (HERE / "RESULTS.md").write_text(page(groups, folder, arguments=written), encoding="utf-8")
    figures = {plan.id: [asdict(line) for line in lines(plan, folder)] for plans in groups.values() for plan in plans}
    (HERE / "results.json").write_text(json.dumps(figures) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
