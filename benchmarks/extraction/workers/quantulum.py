"""quantulum3's quantities, without its optional classifier (its bundled one cannot be loaded any more)."""

from __future__ import annotations

import logging
import warnings
from importlib.metadata import version
from typing import Any

from common import each_text  # type: ignore[import-not-found]

warnings.simplefilter("ignore")
logging.disable()

from quantulum3 import parser  # type: ignore[import-not-found]  # noqa: E402 - after the warnings are off


def read(text: str) -> tuple[dict[str, Any], int]:
    """A range, which it gives as middle and spread, is given back its two ends."""
    try:
        found = parser.parse(text)
    except Exception:  # noqa: BLE001 - whatever it raises, the others go on and it is counted
        return {"figures": []}, 1
    figures = []
    for one in found:
        spread = one.uncertainty or 0.0
        ends = [one.value - spread, one.value + spread] if spread else [one.value]
        figures.append({"ends": [float(end) for end in ends], "unit": one.unit.name})
    return {"figures": figures}, 0


each_text(read, f"quantulum3 {version('quantulum3')}")
