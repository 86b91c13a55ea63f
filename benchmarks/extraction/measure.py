"""Runs a command and says what it took: one core, one thread of linear algebra."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.extraction.shapes import Cost

_LAUNCH = Path(__file__).with_name("launch.py")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended: its exit status, the end of what it said on standard error, and its cost."""

    status: int
    said: str
    cost: Cost


def tokens(texts: Iterable[str]) -> int:
    """Words and marks: the same count for every system, whatever it calls a token.

    >>> tokens(["It rains, he said."])
    6
    """
    return sum(len(_TOKEN.findall(text)) for text in texts)


def pin() -> str:
    """Bind this process, and all it starts, to one core; says in words what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not bound to a core (this system cannot)"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return "bound to one core"


def run(command: Sequence[str], *, out: Path, count: int) -> Ran:
    """Run a command with standard output to a file; ``count`` is the number of tokens it reads."""
    errors, report = out.with_suffix(".err"), out.with_suffix(".cost")
    settings = {**os.environ, **_ONE_THREAD, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(report), *command]
    with out.open("wb") as stdout, errors.open("wb") as stderr:
        subprocess.run(launch, stdout=stdout, stderr=stderr, env=settings, check=True)  # noqa: S603 - our own
    took = json.loads(report.read_text(encoding="utf-8"))
    said = errors.read_text(encoding="utf-8", errors="replace").strip()[-600:]
    cost = Cost(cpu=took["cpu"], wall=took["wall"], peak=took["peak"], tokens=count)
    return Ran(status=took["status"], said=said, cost=cost)


def middle(costs: Sequence[Cost]) -> Cost:
    """The middle one of several runs of the same command, each quantity by itself."""
    return Cost(
        cpu=median(cost.cpu for cost in costs),
        wall=median(cost.wall for cost in costs),
        peak=max(cost.peak for cost in costs),
        tokens=costs[0].tokens,
    )
