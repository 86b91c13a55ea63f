"""CQE, on the small English model of spaCy, without its classifiers of ambiguous abbreviations.

Those classifiers need their weights, which its package does not hold. What stands in for them is the commonest
meaning in news. Numbers are read with the English separators whatever the machine's language.
"""

from __future__ import annotations

import locale
import logging
import sys
import types
import warnings
from importlib.metadata import version
from typing import Any

warnings.simplefilter("ignore")
logging.disable()

import spacy  # type: ignore[import-not-found]  # noqa: E402 - after the warnings are off
from common import each_text  # type: ignore[import-not-found]  # noqa: E402

SIGNS = {"=": "exact", "~": "about", ">": "at_least", "<": "at_most", "up": "exact", "down": "exact"}
COMMON = {
    "c": "cent",
    "¥": "japanese yen",
    "kn": "knot",
    "p": "point",
    "R": "south african rand",
    "b": "bit",
    "'": "foot",
    "′": "foot",
    '"': "inch",
    "″": "inch",
    "C": "celsius",
    "F": "fahrenheit",
    "kt": "knot",
    "B": "byte",
    "P": "point",
    "dram": "dram",
    "drams": "dram",
    "pound": "pound-mass",
    "pounds": "pound-mass",
    "a": "year",
}


class Commonest:
    """Stands where its classifiers stand."""

    def disambiguate(self, _sentence: str, form: str) -> str:
        """The commonest meaning of an abbreviation."""
        return COMMON[form]


def stand_in(name: str, **members: object) -> None:
    """Put a module of our own where CQE looks for one."""
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module


stand_in("spacy_download", load_spacy=lambda _: spacy.load(sys.argv[2]))
stand_in("CQE.unit_classifier.unit_disambiguator", unit_disambiguator=Commonest)
vars(locale).update(
    setlocale=lambda *_: "C", _override_localeconv={"thousands_sep": ",", "decimal_point": ".", "grouping": [3, 3, 0]}
)

from CQE.classes import Range  # type: ignore[import-not-found]  # noqa: E402
from CQE.CQE import CQE  # type: ignore[import-not-found]  # noqa: E402 - after what stands in

TOOL = CQE()


def read(text: str) -> tuple[dict[str, Any], int]:
    """One sentence at a time."""
    try:
        found = TOOL.parse(text)
    except Exception:  # noqa: BLE001 - whatever it raises, the others go on and it is counted
        return {"figures": []}, 1
    figures = []
    for one in found:
        value, sign = one.value, one.change.change.strip()
        ends = [value.lower, value.upper] if isinstance(value, Range) else [value.value]
        if all(isinstance(end, (int, float)) for end in ends):
            change = sign if sign in {"up", "down"} else None
            figures.append(
                {
                    "ends": sorted(float(end) for end in ends),
                    "unit": one.unit.norm_unit.strip(),
                    "bound": SIGNS.get(sign),
                    "change": change,
                }
            )
    return {"figures": figures}, 0


each_text(read, f"CQE {version('CQE')} without its unit classifiers, spaCy {version('spacy')}")
