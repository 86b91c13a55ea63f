"""The page of results, in Markdown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.extraction.run_all import FigureLine, QuotationLine, Results
from benchmarks.extraction.shapes import Cost

_PUBLISHED: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("published.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """When and where a run was made."""

    day: date
    machine: str
    bound: str
    repeat: int
    extractor: str


def render(results: Results, setting: Setting, faults: Sequence[str]) -> str:
    """The whole page."""
    parts = [
        "# Extraction: results",
        "",
        (
            f"Made by `python -m benchmarks.extraction` on {setting.day.isoformat()}: {setting.machine}; "
            f"{setting.bound}, one thread of linear algebra; middle of {setting.repeat} run(s); "
            f"extractor: {setting.extractor}. Other work ran on the machine, so speed is in processor seconds. "
            "Tokens are words and marks, counted alike for all; a system's rate is taken after its start, which is the "
            "run on one short text. The parts used are development sets, looked at while the rules were written: the "
            "figures are not those of unseen text. How it is measured: [how-to](../docs/how-to/benchmarks.md)."
        ),
        "",
    ]
    if results.quotations:
        parts += _quotations(results)
    if results.figures:
        parts += _figures(results)
    parts += ["## Where Tocsin loses", "", *_lost(results), ""]
    if results.skipped:
        parts += ["## Not run", "", *(f"- {reason}" for reason in results.skipped), ""]
    parts += ["## Floors", "", *([f"- below: {fault}" for fault in faults] or ["All held (`floors.toml`)."]), ""]
    return "\n".join(parts)


def _quotations(results: Results) -> list[str]:
    heads = ("system", "speech F1", "P", "R", "all F1", "tokens/s", "start, s", "MB", "run with")
    rows = [
        [
            line.system,
            _one(line.speech.f1, bold=line.ours),
            _one(line.speech.precision),
            _one(line.speech.recall),
            _one(line.every.f1),
            *_cost(line.cost, line.start),
            line.note,
        ]
        for line in results.quotations
    ]
    return [
        "## Who said what",
        "",
        (
            f"PolNeAR, development part: {results.sizes['polnear']} (`{results.digests['polnear'][:16]}`). An "
            "attribution is found when its content shares words with F1 of at least one half and its source overlaps. "
            "For peers the better of two readings of a quotation without a cue is shown."
        ),
        "",
        *_table(heads, rows),
        "",
        *_ratios(results.quotations),
        "Which speech attributions Tocsin finds, by kind (one can be of several):",
        "",
        *_table(
            ("kind", "wanted", "found, %"),
            [[kind, str(score.wanted), _one(score.recall)] for kind, score in results.kinds.items()],
        ),
        "",
        "Not measured in this run:",
        "",
        *_table(
            ("system", "speech F1", "all F1", "from"),
            [[one["system"], _one(one["speech"]), _one(one["all"]), one["where"]] for one in _PUBLISHED["attribution"]],
        ),
        "",
        *_table(
            ("system", "source", "cue", "content", "from"),
            [
                [one["system"], *(_one(one[role]) for role in ("source", "cue", "content")), one["where"]]
                for one in _PUBLISHED["spans"]
            ],
        ),
        "",
    ]


def _figures(results: Results) -> list[str]:
    heads = (
        *("system", "value F1", "P", "R", "and unit", "and whole unit", "and bound", "bound right, %"),
        *("tokens/s", "start, s", "MB", "run with"),
    )
    rows = [
        [
            line.system,
            _one(line.scores.value.f1, bold=line.ours),
            _one(line.scores.value.precision),
            _one(line.scores.value.recall),
            _one(line.scores.unit.f1),
            _one(line.scores.whole_unit.f1),
            _one(line.scores.bound.f1) if line.bounds else "none given",
            _one(line.scores.bound_right) if line.bounds else "",
            *_cost(line.cost, line.start),
            line.note,
        ]
        for line in results.figures
    ]
    return [
        "## How many",
        "",
        (
            f"NewsQuant, the half kept for development: {results.sizes['newsquant']} "
            f"(`{results.digests['newsquant'][:16]}`). A value is found when the number, or both ends of the range, "
            'are the corpus\'s. "And unit": the same thing is counted or measured ("country" does for '
            '"european country"); "and whole unit": the whole unit phrase, in the corpus\'s words; "and bound": '
            'exact, about, at least, at most, up, down. Each is the F1 of both together; "bound right" is the share of '
            "the values found."
        ),
        "",
        *_table(heads, rows),
        "",
        *_figure_ratios(results.figures),
        "Which values Tocsin finds, and which with their unit, by kind of unit:",
        "",
        *_table(
            ("kind", "wanted", "value, %", "with unit, %"),
            [
                [kind, str(value.wanted), _one(value.recall), _one(unit.recall)]
                for kind, (value, unit) in results.units.items()
            ],
        ),
        "",
        "Not measured in this run:",
        "",
        *_table(
            ("system", "value F1", "and unit", "and bound", "from"),
            [
                [one["system"], _one(one["value"]), _one(one["unit"]), _or_none(one.get("bound")), one["where"]]
                for one in _PUBLISHED["figures"]
            ],
        ),
        "",
    ]


def _ratios(lines: Sequence[QuotationLine]) -> list[str]:
    ours = next((line for line in lines if line.ours), None)
    others = [line for line in lines if not line.ours]
    if ours is None or not others:
        return ["No peer was run: no ratio.", ""]
    best = max(others, key=lambda line: line.speech.f1)
    fast = max(others, key=_steady)
    people = _PUBLISHED["attribution"][0]
    return [
        (
            f"Beside the best peer of this run ({best.system}): F1 {_times(ours.speech.f1, best.speech.f1)}, what is "
            f"left to gain {_times(100 - ours.speech.f1, 100 - best.speech.f1)}; all cues, F1 "
            f"{_times(ours.every.f1, best.every.f1)}. Speed {_times(_steady(ours), _steady(fast))} that of the fastest "
            f"({fast.system}), which finds quotations only; Tocsin reads figures, dates, places, polarity and modality "
            f"in the same pass. People reach {people['speech']:.1f} by the same rule; Tocsin is at "
            f"{ours.speech.f1 / people['speech']:.0%} of that."
        ),
        "",
    ]


def _figure_ratios(lines: Sequence[FigureLine]) -> list[str]:
    ours = next((line for line in lines if line.ours), None)
    others = [line for line in lines if not line.ours]
    if ours is None or not others:
        return ["No peer was run: no ratio.", ""]
    best = max(others, key=lambda line: line.scores.value.f1)
    unit = max(others, key=lambda line: line.scores.unit.f1)
    fast = max(others, key=_steady)
    return [
        (
            f"Beside the best peer of this run: value F1 {_times(ours.scores.value.f1, best.scores.value.f1)} "
            f"({best.system}), value and unit {_times(ours.scores.unit.f1, unit.scores.unit.f1)} ({unit.system}). "
            f"Speed {_times(_steady(ours), _steady(fast))} that of the fastest ({fast.system}); each sentence is a "
            "file of its own here, which costs Tocsin more than the reading."
        ),
        "",
    ]


def _lost(results: Results) -> list[str]:
    """Every comparison that Tocsin does not win."""
    lost: list[str] = []
    ours = next((line for line in results.quotations if line.ours), None)
    if ours is not None:
        for one in _PUBLISHED["attribution"]:
            lost += _behind(f"who said what, speech, beside {one['system']}", ours.speech.f1, one["speech"])
            lost += _behind(f"who said what, all cues, beside {one['system']}", ours.every.f1, one["all"])
        for line in results.quotations:
            lost += _behind(f"who said what, speech, beside {line.system}", ours.speech.f1, line.speech.f1)
            lost += _behind(f"precision on speech, beside {line.system}", ours.speech.precision, line.speech.precision)
            lost += _behind(f"tokens per second, beside {line.system}", _steady(ours), _steady(line))
            lost += _behind(f"memory in MB, beside {line.system}", -ours.cost.peak, -line.cost.peak)
    mine = next((line for line in results.figures if line.ours), None)
    if mine is not None:
        for one in _PUBLISHED["figures"]:
            name, scores = f"{one['system']} as published", mine.scores
            lost += _behind(f"value, beside {name}", scores.value.f1, one["value"])
            lost += _behind(f"value and unit, beside {name}", scores.unit.f1, one["unit"])
            lost += _behind(f"value and whole unit, beside {name}", scores.whole_unit.f1, one["unit"])
            lost += _behind(f"value and bound, beside {name}", scores.bound.f1, one.get("bound", 0.0))
        for item in results.figures:
            name, theirs = item.system, item.scores
            lost += _behind(f"value, beside {name}", mine.scores.value.f1, theirs.value.f1)
            lost += _behind(f"value and unit, beside {name}", mine.scores.unit.f1, theirs.unit.f1)
            lost += _behind(f"value and whole unit, beside {name}", mine.scores.whole_unit.f1, theirs.whole_unit.f1)
            if item.bounds:
                lost += _behind(f"value and bound, beside {name}", mine.scores.bound.f1, theirs.bound.f1)
            lost += _behind(f"tokens per second on single sentences, beside {name}", _steady(mine), _steady(item))
            lost += _behind(f"memory in MB on single sentences, beside {name}", -mine.cost.peak, -item.cost.peak)
    return lost or ["Nowhere among what was measured."]


def _behind(what: str, ours: float, other: float) -> list[str]:
    return [f"- {what}: {abs(ours):,.1f} against {abs(other):,.1f}"] if ours < other else []


def _steady(line: QuotationLine | FigureLine) -> float:
    return line.cost.steady(line.start)


def _cost(cost: Cost, start: Cost) -> list[str]:
    return [f"{cost.steady(start):,.0f}", f"{start.cpu:.1f}", f"{cost.peak:.0f}"]


def _one(value: float, *, bold: bool = False) -> str:
    return f"**{value:.1f}**" if bold else f"{value:.1f}"


def _or_none(value: float | None) -> str:
    return "" if value is None else _one(value)


def _times(ours: float, other: float) -> str:
    return f"{ours / other:.2f} times" if other else "no ratio"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *(f"| {' | '.join(row)} |" for row in rows)]
