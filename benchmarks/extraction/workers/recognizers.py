"""recognizers-text: currency, dimension, temperature, age and percentage; plain numbers where none of these stands."""

from __future__ import annotations

import re
import warnings
from importlib.metadata import version
from typing import Any

warnings.simplefilter("ignore")

from common import each_text  # type: ignore[import-not-found]  # noqa: E402 - after the warnings are off
from recognizers_number import recognize_number, recognize_percentage  # type: ignore[import-not-found]  # noqa: E402
from recognizers_number_with_unit import (  # type: ignore[import-not-found]  # noqa: E402
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)

MODELS = (recognize_currency, recognize_dimension, recognize_temperature, recognize_percentage, recognize_age)


def read(text: str) -> tuple[dict[str, Any], int]:
    """Longer findings win over shorter ones at the same place."""
    found: list[tuple[int, int, str, str]] = []
    failed = 0
    for model in (*MODELS, recognize_number):
        try:
            results = model(text, "en-us")
        except Exception:  # noqa: BLE001 - whatever it raises, the others go on and it is counted
            failed += 1
            continue
        for one in results:
            value = str(one.resolution.get("value") or "")
            unit = "percent" if model is recognize_percentage else str(one.resolution.get("unit") or "")
            found.append((one.start, one.end, value, unit))
    kept: list[tuple[int, int, str, str]] = []
    for one in sorted(found, key=lambda item: item[0] - item[1]):
        if all(one[1] < other[0] or one[0] > other[1] for other in kept):
            kept.append(one)
    figures = []
    for _, _, value, unit in sorted(kept):
        number = re.sub(r"[^\d.eE+-]", "", value)
        try:
            figures.append({"ends": [float(number)], "unit": unit})
        except ValueError:
            continue
    return {"figures": figures}, failed


each_text(read, f"recognizers-text {version('recognizers-text')}")
