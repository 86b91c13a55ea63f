"""What the peers' programs share. They run in an environment of their own, one file each, without this project."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Origins = list[int]


def each_text(read: Callable[[str], tuple[dict[str, Any], int]], version: str) -> None:
    """Read every text named on the command line and print one line for each; failures are counted, never hidden."""
    texts: dict[str, str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    failed = 0
    for name, text in texts.items():
        found, faults = read(text)
        failed += faults
        sys.stdout.write(json.dumps({"name": name, **found}) + "\n")
    sys.stdout.write(json.dumps({"version": version, "failed": failed}) + "\n")


def swap(text: str, origins: Origins, changes: Sequence[tuple[str, str]]) -> tuple[str, Origins]:
    """Replace strings one after another and remember where each character came from."""
    for old, new in changes:
        parts: list[str] = []
        places: Origins = []
        at = 0
        while (found := text.find(old, at)) >= 0:
            parts += [text[at:found], new]
            places += origins[at:found] + [origins[found]] * len(new)
            at = found + len(old)
        text, origins = "".join([*parts, text[at:]]), places + origins[at:]
    return text, origins


def back(origins: Origins, first: int, stop: int) -> list[int] | None:
    """The range of the original text that a range of the changed text came from."""
    return [origins[first], origins[stop - 1] + 1] if 0 <= first < stop <= len(origins) else None


QUOTES = (("“", '"'), ("”", '"'), ("''", '"'), ("``", '"'))
