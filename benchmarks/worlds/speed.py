"""How long an assessment takes, and how that grows: ``python -m benchmarks.worlds.speed [--reports N …]``.

The size that counts is 8 scenarios, 365 days to come, 40 indicators, 181 days of history and 5,000 reports. Each size
runs in a process of its own, so that the peak of memory is its own. Times are processor seconds, wall seconds in
brackets.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tocsin import __version__
from tocsin import problem as problems
from tocsin.infer import assess, bands, case, coded, core, drivers, watch

HERE = Path(__file__).parent
OPENED = date(2023, 1, 1)
HISTORY, AHEAD, SCENARIOS, INDICATORS, SOURCES = 181, 365, 8, 40, 60
SIZES = (100, 1_000, 5_000, 20_000, 100_000)
AS_OF = OPENED + timedelta(days=HISTORY - 1)
MOST_FOR_ALL = 20_000
"""Above this many reports, drivers and bands are not measured: their share of the time grows with the reports."""


def problem_text() -> str:
    """A problem of the size that counts, with two gates."""
    rng = np.random.default_rng(1)
    text = [f'schema = 1\nid = "large"\nquestion = "?"\nresolution = "!"\nopened = {OPENED}']
    text.append(f"by = {AS_OF + timedelta(days=AHEAD)}")
    text += [f'[[gates]]\nid = "g{k}"\nstatement = "?"\nprobability = 0.5\nlead = [10, 20, 40]' for k in range(2)]
    for k in range(SCENARIOS - 1):
        text.append(f'[[scenarios]]\nid = "c{k}"\nstatement = "?"\nevent = {json.dumps(k % 2 == 0)}\nprior = 0.1')
        text.append(f"even_odds_within = {60 + 30 * k}\n" + (f'needs = "g{k}"' if k < 2 else ""))
    for k in range(INDICATORS):
        seen = ", ".join(f"c{s} = {rng.uniform(0.05, 0.95):.2f}" for s in range(SCENARIOS - 1))
        middle = rng.uniform(5, 60)
        text.append(f'[[indicators]]\nid = "i{k}"\nstatement = "?"\nwatch = ["w{k}"]\nseen_first = {{ {seen} }}')
        text.append(
            f"lead = [{middle / 2:.0f}, {middle:.0f}, {2 * middle:.0f}]\nfalse_starts = {rng.uniform(0.2, 5):.1f}"
        )
    return "\n".join(text)


def evidence_text(count: int) -> str:
    """So many reports, a third of them echoes."""
    rng = np.random.default_rng(2)
    lines = []
    for k in range(count):
        about = int(rng.integers(0, HISTORY))
        lines.append(
            json.dumps(
                {
                    "id": f"e{k}",
                    "indicator": f"i{int(rng.integers(0, INDICATORS))}",
                    "says": "present" if rng.random() < 0.25 else "absent",
                    "about": str(OPENED + timedelta(days=about)),
                    "published": str(OPENED + timedelta(days=min(HISTORY - 1, about + int(rng.integers(0, 4))))),
                    "source": f"s{int(rng.integers(0, SOURCES))}",
                    "reliability": "ABCDE"[int(rng.integers(0, 5))],
                    "echo_of": f"e{int(rng.integers(0, k))}" if k and rng.random() < 0.33 else None,
                }
            )
        )
    return "\n".join(lines)


def measure(count: int) -> dict[str, object]:
    """Processor and wall seconds of each step at one size, and the peak of memory."""
    problem = problems.parse_problem(problem_text(), file="large.toml")
    text = evidence_text(count)
    found: dict[str, object] = {"reports": count}

    def timed(name: str, step: Callable[[], object]) -> object:
        cpu, wall = time.process_time(), time.perf_counter()
        result = step()
        found[name] = [round(time.process_time() - cpu, 3), round(time.perf_counter() - wall, 3)]
        return result

    parsed = coded.parse_evidence(text, file="large.jsonl", problem=problem)
    timed("read", lambda: coded.parse_evidence(text, file="large.jsonl", problem=problem))
    timed("posterior, first time", lambda: core.posterior(core.prepare(problem, as_of=AS_OF), parsed.evidence))
    prepared = core.prepare(problem, as_of=AS_OF)
    timed("posterior", lambda: core.posterior(prepared, parsed.evidence))
    before = core.terms(prepared, parsed.evidence[:-1])
    last = parsed.evidence[-1].indicator
    timed(
        "one more report",
        lambda: core.combine(prepared, core.revised(prepared, before, indicator=last, evidence=parsed.evidence)),
    )
    if count <= MOST_FOR_ALL:
        built = case.build(problem, parsed.evidence, as_of=AS_OF)
        timed("drivers and watch list", lambda: (drivers.drivers(drivers.bundles(built)), watch.watch(built)))
        timed("bands of 256 draws", lambda: bands.bands(built, draws=256))
        timed(
            "assessment with all its parts",
            lambda: assess.assess_evidence(problem, parsed.evidence, as_of=AS_OF, version=__version__),
        )
    found["peak MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def table(found: list[dict[str, object]]) -> str:
    """The page."""
    names = list(dict.fromkeys(name for one in found for name in one))
    head = "# Speed\n\nWritten by `python -m benchmarks.worlds.speed`. " + " ".join(
        (__doc__ or "").split("\n\n", 1)[1].split()
    )
    rows = ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]
    for one in found:
        cells = []
        for name in names:
            value = one.get(name, "-")
            cells.append(f"{value[0]:.2f} ({value[1]:.2f})" if isinstance(value, list) else str(value))
        rows.append("| " + " | ".join(cells) + " |")
    return head + "\n\n" + "\n".join(rows) + "\n"


def main() -> int:
    """Measure every size, write ``SPEED.md``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds.speed", description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=list(SIZES), help="the sizes")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(measure(arguments.one)))
        return 0
    found = []
    for count in arguments.reports:
        command = [sys.executable, "-m", "benchmarks.worlds.speed", "--one", str(count)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this program itself
        found.append(json.loads(done.stdout.splitlines()[-1]))
        (HERE / "SPEED.md").write_text(table(found), encoding="utf-8")
        print(found[-1], flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
