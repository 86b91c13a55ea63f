"""The peers: installed outside the repository with pinned versions, run on the same texts, skipped with a reason."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.extraction.measure import Ran, run, tokens
from benchmarks.extraction.shapes import Attribution, Quantity

_HERE = Path(__file__).parent
_PINS: dict[str, Any] = tomllib.loads((_HERE / "peers.toml").read_text(encoding="utf-8"))


class SkippedError(Exception):
    """A peer cannot be run here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerOutput:
    """What a peer gave for each text, its version in words, how often it failed, and how it ran."""

    items: dict[str, dict[str, Any]]
    version: str
    failed: int
    ran: Ran


def environment(name: str, folder: Path) -> Path:
    """The interpreter of a peer's environment, made once for its pins.

    Raises:
        SkippedError: the packages cannot be installed.
    """
    packages: list[str] = _PINS[name]["packages"]
    alone: list[str] = _PINS[name].get("alone", [])
    place = folder / f"{name}-{hashlib.sha256(' '.join(packages + alone).encode()).hexdigest()[:12]}"
    python = place / "bin" / "python"
    ready = place / "ready"
    if ready.is_file():
        return python
    uv = [sys.executable, "-m", "uv"]
    for command in (
        [*uv, "venv", "-q", "--clear", "-p", sys.executable, str(place)],
        [*uv, "pip", "install", "-q", "-p", str(python), *packages],
        *([[*uv, "pip", "install", "-q", "-p", str(python), "--no-deps", *alone]] if alone else []),
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - pinned above
        if done.returncode != 0:
            raise SkippedError(f"not installed: {_last_line(done.stderr)}")
    ready.touch()
    return python


def gender_gap_rules(given: Path | None, folder: Path) -> Path:
    """A folder with GenderGapTracker's two files, from a clone that is given or made, checked by digest.

    Raises:
        SkippedError: no clone can be had, or its files are other ones.
    """
    pins = _PINS["gendergaptracker"]
    clone = given if given is not None else folder / "GenderGapTracker"
    if not clone.exists():
        command = ["git", "clone", "-q", pins["address"], str(clone)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - pinned above
        if done.returncode != 0:
            raise SkippedError(f"not cloned: {_last_line(done.stderr)} (give a clone with --gendergaptracker)")
    rules = folder / "gendergaptracker-rules"
    rules.mkdir(parents=True, exist_ok=True)
    for name, digest in pins["files"].items():
        command = ["git", "-C", str(clone), "show", f"{pins['commit']}:{name}"]
        shown = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - pinned above
        if shown.returncode != 0 or hashlib.sha256(shown.stdout).hexdigest() != digest:
            raise SkippedError(f"{name} of commit {pins['commit'][:8]} is not in the clone, or is another file")
        (rules / Path(name).name).write_bytes(shown.stdout)
    return rules


def run_worker(worker: str, python: Path, texts: Mapping[str, str], folder: Path, *arguments: str) -> PeerOutput:
    """Run a peer's program on all texts.

    Raises:
        SkippedError: it broke down.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given = folder / f"{worker}.json"
    given.write_text(json.dumps(dict(texts)), encoding="utf-8")
    out = folder / f"{worker}.jsonl"
    command = [str(python), str(_HERE / "workers" / f"{worker}.py"), str(given), *arguments]
    ran = run(command, out=out, count=tokens(texts.values()))
    lines = out.read_text(encoding="utf-8").splitlines()
    if ran.status != 0 or not lines:
        raise SkippedError(f"ended with status {ran.status}: {_last_line(ran.said)}")
    *rows, last = (json.loads(line) for line in lines)
    items = {row["name"]: row for row in rows}
    return PeerOutput(items=items, version=last["version"], failed=last["failed"], ran=ran)


def model() -> str:
    """The name of the parser that the peers run on that need one."""
    return str(_PINS["spacy"]["model"])


def attributions(output: PeerOutput, texts: Mapping[str, str]) -> dict[str, list[Attribution]]:
    """A peer's quotations in the common form."""
    found: dict[str, list[Attribution]] = {}
    for name, item in output.items.items():
        found[name] = [
            Attribution(
                content=_ranges(one["content"]),
                source=_ranges(one["source"]),
                cue=texts[name][one["cue"][0] : one["cue"][1]] if one["cue"] else "",
            )
            for one in item["quotes"]
            if one["content"]
        ]
    return found


def quantities(output: PeerOutput) -> dict[str, list[Quantity]]:
    """A peer's quantities in the common form."""
    return {
        name: [
            Quantity(ends=tuple(one["ends"]), unit=one["unit"], bound=one.get("bound"), change=one.get("change"))
            for one in item["figures"]
        ]
        for name, item in output.items.items()
    }


def _ranges(pair: list[int] | None) -> tuple[tuple[int, int], ...]:
    return ((pair[0], pair[1]),) if pair else ()


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "no message"
