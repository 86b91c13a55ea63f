"""The floors: no figure may fall below them on the data they were set on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from benchmarks.extraction.run_all import Results

FLOORS = Path(__file__).parents[1] / "floors.toml"


def below(results: Results, path: Path = FLOORS) -> list[str]:
    """Every figure of Tocsin below its floor, in words; other data than those of the floors are a fault."""
    floors: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    faults: list[str] = []
    for part, found in measured(results).items():
        floor = floors[part]
        if results.digests[part] != floor["sha256"]:
            faults.append(f"{part}: not the data the floors were set on (digest {results.digests[part]})")
            continue
        faults += [
            f"{part}: {name.replace('_', ' ')} {found[name]:.1f}, floor {least}"
            for name, least in floor.items()
            if name != "sha256" and found[name] < least
        ]
    return faults


def measured(results: Results) -> dict[str, dict[str, float]]:
    """Tocsin's figures by the names that the floors have."""
    figures: dict[str, dict[str, float]] = {}
    for line in results.quotations:
        if line.ours:
            figures["polnear"] = {
                "speech_f1": line.speech.f1,
                "speech_precision": line.speech.precision,
                "all_f1": line.every.f1,
                "tokens_per_second": line.cost.rate,
            }
    for item in results.figures:
        if item.ours:
            figures["newsquant"] = {
                "value_f1": item.scores.value.f1,
                "unit_f1": item.scores.unit.f1,
                "whole_unit_f1": item.scores.whole_unit.f1,
                "bound_f1": item.scores.bound.f1,
                "bound_right": item.scores.bound_right,
            }
    return figures
