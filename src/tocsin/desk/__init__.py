"""The desk: a folder of reports and the warning problems that read it.

This is the only package that knows the order of the steps: read, extract, weigh, link, infer, publish.
"""

from __future__ import annotations

from tocsin.desk.coded import infer_coded
from tocsin.desk.folder import Desk
from tocsin.desk.reading import Extractor, Get, Got, Reading, files_under, mappings_for
from tocsin.desk.readings import Outcome, read_all
from tocsin.desk.start import example, new
from tocsin.desk.values import Assessed, Checked, Linkage, Stream, Taken

__all__ = [
    "Assessed",
    "Checked",
    "Desk",
    "Extractor",
    "Get",
    "Got",
    "Linkage",
    "Outcome",
    "Reading",
    "Stream",
    "Taken",
    "example",
    "files_under",
    "infer_coded",
    "mappings_for",
    "new",
    "read_all",
]
