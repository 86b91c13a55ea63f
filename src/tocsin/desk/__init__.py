"""The desk: a folder of reports and the warning problems that read it.

This is the only package that knows the order of the steps: read, extract, weigh, link, infer, publish. Its names are
loaded on first use, for a worker that only reads starts more quickly without the store and the rest.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.desk.coded import infer_coded
    from tocsin.desk.folder import Desk
    from tocsin.desk.forgetting import Erased
    from tocsin.desk.polling import Means
    from tocsin.desk.reading import Extractor, Get, Got, Reading, files_under, mappings_for
    from tocsin.desk.readings import Outcome, read_all
    from tocsin.desk.start import example, new
    from tocsin.desk.values import Assessed, Checked, Linkage, Stream, Taken
    from tocsin.desk.watching import LONGEST_ROUND, Round, watch
    from tocsin.desk.whole import Imported

__all__ = [
    "LONGEST_ROUND",
    "Assessed",
    "Checked",
    "Desk",
    "Erased",
    "Extractor",
    "Get",
    "Got",
    "Imported",
    "Linkage",
    "Means",
    "Outcome",
    "Reading",
    "Round",
    "Stream",
    "Taken",
    "example",
    "files_under",
    "infer_coded",
    "mappings_for",
    "new",
    "read_all",
    "watch",
]

_HOME = {
    "coded": ("infer_coded",),
    "folder": ("Desk",),
    "forgetting": ("Erased",),
    "polling": ("Means",),
    "reading": ("Extractor", "Get", "Got", "Reading", "files_under", "mappings_for"),
    "readings": ("Outcome", "read_all"),
    "start": ("example", "new"),
    "values": ("Assessed", "Checked", "Linkage", "Stream", "Taken"),
    "watching": ("LONGEST_ROUND", "Round", "watch"),
    "whole": ("Imported",),
}


def __getattr__(name: str) -> object:
    """Load a name from its module on first use."""
    for module, names in _HOME.items():
        if name in names:
            return getattr(importlib.import_module(f"tocsin.desk.{module}"), name)
    raise AttributeError(f"module 'tocsin.desk' has no attribute '{name}'")
