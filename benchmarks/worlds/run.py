"""Draws the worlds of a plan and asks every method; each answer is kept on a line of its own, so a run can resume."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.worlds import peers
from benchmarks.worlds.answer import HORIZONS, Answer
from benchmarks.worlds.bridge import core_answers
from benchmarks.worlds.draw import world
from benchmarks.worlds.plans import OWN, Plan
from benchmarks.worlds.values import World

HERE = Path(__file__).parent
DRAWING = ("family", "values", "setting", "truth", "sources", "saying", "echoing", "draw")
ANSWERING = ("observer", "ideal", "plain", "peers", "answer")
CORE = ("tocsin.infer.", "tocsin.prob.")
"""What the core is made of, as far as it was loaded."""

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Folder:
    """Where answers are kept: apart for each state of the core, and of this benchmark's own methods."""

    root: Path

    def core(self, plan: Plan) -> Path:
        """The core's answers."""
        loaded = {name: module.__file__ for name, module in sys.modules.items() if name.startswith(CORE)}
        theirs = [Path(file) for _, file in sorted(loaded.items()) if file is not None]
        mine = [HERE / f"{name}.py" for name in (*DRAWING, "bridge")]
        return self.root / f"core-{_digest(theirs + mine)}" / f"{plan.id}.jsonl"

    def own(self, plan: Plan) -> Path:
        """The other methods' answers."""
        state = _digest([HERE / f"{name}.py" for name in (*DRAWING, *ANSWERING)])
        return self.root / f"own-{state}" / f"{plan.twin or plan.id}.jsonl"


def run(plan: Plan, folder: Folder, *, worlds: int, seed: int, told: Callable[[str], None]) -> None:
    """Answer the first worlds of a plan; what was answered before is left as it is."""
    count = max(1, round(worlds * plan.share))
    core, own = folder.core(plan), folder.own(plan)
    answered = {core: {row["key"] for row in rows(core)}, own: {row["key"] for row in rows(own)}}
    for number in range(seed, seed + count):
        missing = [name for name in plan.core if f"{number} {name}" not in answered[core]]
        ours = [name for name in _own(plan) if f"{number} {name}" not in answered[own]]
        if not missing and not ours:
            continue
        drawn = world(plan.family, number)
        theirs = core_answers(drawn, {name: plan.core[name] for name in missing})
        _keep(core, number, {name: _row(drawn, answer) for name, answer in theirs.items()})
        _keep(own, number, {name: _own(plan)[name](drawn) for name in ours})
        if (number + 1 - seed) % 100 == 0:
            told(f"{plan.id}: {number + 1 - seed} of {count}")


def _keep(path: Path, number: int, found: Mapping[str, Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for name, row in found.items():
            file.write(json.dumps({"key": f"{number} {name}"} | row) + "\n")


def rows(path: Path) -> Iterator[Row]:
    """The answers kept in a file; a line cut short by an interruption is passed over."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue


def _own(plan: Plan) -> Mapping[str, Callable[[World], Row]]:
    methods: dict[str, Callable[[World], Row]] = {name: _asked(OWN[name]) for name in plan.own}
    if plan.matrix:
        methods["matrix"] = lambda w: {"counts": peers.inconsistencies(w, weighted=False)} | _row(w, None)
        methods["matrix, weighted"] = lambda w: {"counts": peers.inconsistencies(w, weighted=True)} | _row(w, None)
    return methods


def _asked(ask: Callable[[World], Answer]) -> Callable[[World], Row]:
    return lambda w: _row(w, ask(w))


def _row(w: World, answer: Answer | None) -> Row:
    """What is kept of an answer: probabilities, and where the true day fell."""
    coming = w.truth.scenario in {s.id for s in w.real.scenarios if s.event}
    wait = None if w.truth.onset is None else w.truth.onset - w.as_of
    row: Row = {"scenario": w.truth.scenario, "event_in": wait if coming else None}
    if answer is not None:
        row |= {f"p{days}": answer.within(days) for days in HORIZONS} | {"scenarios": answer.scenarios()}
        if coming and wait is not None:
            row["pit"] = answer.given_event(wait - 1)
    return row


def _digest(files: list[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()[:10]
