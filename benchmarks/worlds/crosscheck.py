"""The core beside pgmpy on small problems: how far apart, and how much faster.

``python -m benchmarks.worlds.crosscheck --python build/pgmpy/bin/python --cases 16``; that environment needs pgmpy
alone (``python3 -m venv build/pgmpy && build/pgmpy/bin/pip install pgmpy``).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import timedelta
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.worlds.cases import FEATURES, case, jsonl, toml
from tocsin import problem as problems
from tocsin.infer import coded, core

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Ask both for the joint law of scenario and onset, and print the largest difference and the times."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds.crosscheck", description=__doc__)
    parser.add_argument("--python", type=Path, required=True, help="an interpreter that has pgmpy")
    parser.add_argument("--cases", type=int, default=16, help="how many, over all combinations of features in turn")
    arguments = parser.parse_args()
    library = subprocess.Popen(  # noqa: S603 - the interpreter that the user named
        [str(arguments.python), "-m", "benchmarks.worlds.library"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if library.stdin is None or library.stdout is None:
        return 1
    combinations = list(product((0, 1), repeat=len(FEATURES)))
    worst, ratios = 0.0, []
    for number in range(arguments.cases):
        bits = combinations[number % len(combinations)]
        features = [name for name, bit in zip(FEATURES, bits, strict=True) if bit]
        small = case(5000 + number, frozenset(features))
        problem = problems.parse_problem(toml(small), file="small.toml")
        evidence = coded.parse_evidence(jsonl(small), file="small.jsonl", problem=problem).evidence
        began = time.process_time()
        prepared = core.prepare(problem, as_of=small.opened + timedelta(days=small.past - 1))
        found = core.posterior(prepared, evidence)
        ours = time.process_time() - began
        library.stdin.write(json.dumps([features, 5000 + number, prepared.future]) + "\n")
        library.stdin.flush()
        answer = json.loads(library.stdout.readline())
        joint = np.array(answer["joint"])
        gap = max(float(np.abs(joint[:-1] - found.joint).max()), abs(float(joint[-1].sum()) - found.status_quo))
        worst = max(worst, gap)
        ratios.append(answer["seconds"] / ours)
        told = ", ".join(features) or "plain"
        print(
            f"{number} {told}: apart by {gap:.1e}, {1000 * ours:.0f} ms against {answer['seconds']:.2f} s", flush=True
        )
    print(f"largest difference {worst:.1e}; pgmpy takes {np.median(ratios):.0f} times as long (median)")
    library.stdin.close()
    return int(library.wait() != 0 or worst > 1e-9)


if __name__ == "__main__":
    sys.exit(main())
