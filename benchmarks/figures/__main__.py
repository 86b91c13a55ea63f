"""Run the benchmark of pooled figures: ``python -m benchmarks.figures [--count N] [--results FILE]``.

Ends with status 1 where an interval of the package, in the world of the method, misses its level by more than three
points.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.figures import parted
from benchmarks.figures.measure import LEVELS, METHODS, Line, line
from benchmarks.figures.worlds import BASE, WORLDS, quantities

SEED = 2022
WITHIN = 0.03


def main(arguments: list[str] | None = None) -> int:
    """Measure every method in every world and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="quantities in each world (default 3000)")
    parser.add_argument("--results", type=Path, help="write the page here")
    given = parser.parse_args(arguments)
    parts = [HEAD.format(count=given.count)]
    failed = False
    for world in WORLDS:
        drawn = list(quantities(world, count=given.count, seed=SEED))
        found = [line(name, method, drawn) for name, method in METHODS.items()]
        parts.append(_table(world.name, found))
        if world is BASE:
            failed |= _misses(found[0])
    drawn_parted = list(parted.quantities(count=given.count, seed=SEED))
    found = [line(name, method, drawn_parted) for name, method in parted.METHODS.items()]
    parts.append(_table("some count a part in and some do not", found))
    failed |= _misses(found[0])
    page = "\n".join(parts)
    if given.results:
        given.results.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return int(failed)


def _misses(found: Line) -> bool:
    return any(abs(share - level) > WITHIN for share, level in zip(found.inside, LEVELS, strict=True))


def _table(title: str, found: list[Line]) -> str:
    rows = "\n".join(
        f"| {one.method} | {one.inside[0]:.3f} | {one.inside[1]:.3f} | {one.log_score:.3f} | {one.error:.3f} "
        f"| {one.spread:.2f} |"
        for one in found
    )
    return (
        f"## World: {title}\n\n| method | 80 % holds | 95 % holds | log score | error of median | width |\n"
        f"|---|---|---|---|---|---|\n{rows}\n"
    )


HEAD = """# Conflicting figures, pooled

Made by `python -m benchmarks.figures --results benchmarks/figures/RESULTS.md`. Each world has {count} quantities with
2 to 6 figures about each. *Holds*: share of true values inside the 80 and 95 % intervals. *Log score*: minus the mean
log density at the truth, per log unit; lower is better. *Error*: mean distance of the median from the truth, in log
units. *Width*: median width of the 80 % interval, in log units.

The simulator (`worlds.py`) was written from docs/method.md and fixed before anything was measured. Only its first
world, and the last one with parts, are those that the method assumes; every other breaks one assumption.
"""

if __name__ == "__main__":
    sys.exit(main())
