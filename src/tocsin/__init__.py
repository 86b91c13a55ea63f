"""Tocsin: indications and warning from contradictory, attributed reporting.

The names below are the public ones; each is loaded on first use. The steps live in their packages:
``tocsin.read.read``, ``tocsin.extract.extract``, ``tocsin.weigh.ratings``, ``tocsin.link.link``,
``tocsin.infer.assess``, ``tocsin.publish``; ``tocsin.desk.Desk`` knows their order.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.desk import Desk
    from tocsin.errors import FaultyInput, ReadError, TocsinError
    from tocsin.model.assessment import Assessment
    from tocsin.model.claim import Claim
    from tocsin.model.evidence import Evidence, Reading
    from tocsin.model.problem import WarningProblem
    from tocsin.model.report import Report, Source
    from tocsin.problem import load_problem, load_sources

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Claim",
    "Desk",
    "Evidence",
    "FaultyInput",
    "ReadError",
    "Reading",
    "Report",
    "Source",
    "TocsinError",
    "WarningProblem",
    "__version__",
    "load_problem",
    "load_sources",
]

_HOME = {
    "Assessment": "tocsin.model.assessment",
    "Claim": "tocsin.model.claim",
    "Desk": "tocsin.desk",
    "Evidence": "tocsin.model.evidence",
    "FaultyInput": "tocsin.errors",
    "ReadError": "tocsin.errors",
    "Reading": "tocsin.model.evidence",
    "Report": "tocsin.model.report",
    "Source": "tocsin.model.report",
    "TocsinError": "tocsin.errors",
    "WarningProblem": "tocsin.model.problem",
    "load_problem": "tocsin.problem",
    "load_sources": "tocsin.problem",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home on first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'tocsin' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOME[name]), name)
