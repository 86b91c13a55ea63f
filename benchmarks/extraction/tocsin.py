"""Tocsin's own output, taken from its command as anybody else would take it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.extraction.measure import Ran, run, tokens
from benchmarks.extraction.shapes import Attribution, Quantity, Range


class BenchmarkError(Exception):
    """The benchmark cannot go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What the command printed: for each report its text, its figures and its claims."""

    reports: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]
    ran: Ran


def command(extractor: str | None) -> list[str]:
    """The command line, before the files."""
    chosen = ["--extractor", extractor] if extractor else []
    return [sys.executable, "-m", "tocsin", "extract", "--format", "jsonl", "--with-text", "--figures", *chosen]


def extract(texts: Mapping[str, str], folder: Path, *, extractor: str | None = None) -> Output:
    """Write the texts as files, run the command on all of them, read what it printed.

    Raises:
        BenchmarkError: the command failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8", newline="")
        files.append(str(path))
    out = folder / "out.jsonl"
    ran = run([*command(extractor), *files], out=out, count=tokens(texts.values()))
    if ran.status != 0:
        raise BenchmarkError(f"tocsin extract ended with status {ran.status}: {ran.said}")
    return Output(reports=parse(out.read_text(encoding="utf-8").splitlines()), ran=ran)


def parse(lines: Iterable[str]) -> list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
    """Text, figures and claims of each report: a header line, then its claims."""
    reports: list[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]] = []
    for line in lines:
        item = json.loads(line)
        if "content" in item:
            reports[-1][2].append(item)
        else:
            reports.append((item["text"], item.get("figures", []), []))
    return reports


def attributions(output: Output, texts: Mapping[str, str]) -> dict[str, list[Attribution]]:
    """The claims under one cue as one attribution, in places of the original text.

    The voice is the innermost one that is named beside the cue: the corpus has no chains. Claims without a cue (the
    author's own, and those carried over) are left out.
    """
    names = {_squeezed(text): name for name, text in texts.items()}
    found: dict[str, list[Attribution]] = {}
    for text, _, claims in output.reports:
        name = names.get(_squeezed(text))
        if name is None:
            continue
        moved = _Moved(text, texts[name])
        joined: dict[tuple[object, ...], tuple[str, list[Range], list[Range]]] = {}
        for at, claim in enumerate(claims):
            cue = claim["cue"]
            if not cue:
                continue
            key = tuple(cue["span"]) if cue.get("span") else ("no place", at)
            _, content, source = joined.setdefault(key, (cue["text"], [], []))
            content.extend(moved.all(claim.get("parts") or [claim["span"]]))
            voice = next((one["span"] for one in reversed(claim["chain"]) if one.get("span")), None)
            source.extend(moved.all([voice] if voice else []))
        found[name] = [
            Attribution(content=tuple(content), source=tuple(source), cue=words)
            for words, content, source in joined.values()
        ]
    return found


def quantities(output: Output, texts: Mapping[str, str]) -> dict[str, list[Quantity]]:
    """Every figure of each sentence, in a claim or not, each once."""
    names = {_squeezed(text): name for name, text in texts.items()}
    found: dict[str, list[Quantity]] = {}
    for text, figures, claims in output.reports:
        name = names.get(_squeezed(text))
        if name is None:
            continue
        seen: dict[tuple[str, str], Quantity] = {}
        for figure in [*figures, *(figure for claim in claims for figure in claim["figures"])]:
            seen.setdefault((figure["text"], str(figure.get("span"))), _quantity(figure))
        found[name] = list(seen.values())
    return found


def _quantity(figure: Mapping[str, Any]) -> Quantity:
    return Quantity(
        ends=tuple(float(end) for end in (figure["low"], figure["high"]) if end is not None),
        unit=" per ".join(part for part in (figure["unit"], figure.get("per")) if part),
        of=figure["of"] or "",
        bound=figure["bound"],
        change=figure["change"],
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


class _Moved:
    """Carries ranges of the derived text over to the original: both have the same characters but for white space."""

    def __init__(self, derived: str, original: str) -> None:
        self._at = {place: rank for rank, place in enumerate(i for i, c in enumerate(derived) if not c.isspace())}
        self._to = [i for i, c in enumerate(original) if not c.isspace()]

    def all(self, spans: Sequence[Sequence[int]]) -> list[Range]:
        moved: list[Range] = []
        for first, stop in spans:
            ranks = [self._at[place] for place in range(first, stop) if place in self._at]
            if ranks:
                moved.append((self._to[ranks[0]], self._to[ranks[-1]] + 1))
        return moved
