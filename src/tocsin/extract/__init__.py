"""A report to claims: who says what, through whom, how surely, how many, when and where.

``extract`` is the one entry. The rules behind it read tokens and word lists; another engine may take their place
as long as it fills the same values.
"""

from __future__ import annotations

from tocsin.model.claim import Extraction, NotUnderstood
from tocsin.model.report import Report, Span, Voice

LANGUAGES = frozenset({"en"})
"""The languages that can be read into claims."""

__all__ = ["LANGUAGES", "extract"]


def extract(report: Report, *, outlet: Voice | None = None) -> Extraction:
    """Read every claim, figure and gap of a report.

    The chain of every claim begins with ``outlet``, else the outlet the report itself names, else the author.
    A report whose language is known and has no extractor gives no claims and says so; it is no failure.
    Nothing in a text makes this raise.

    Args:
        report: The report, as read; its text is never changed.
        outlet: Who published it, where the desk knows better than the report.
    """
    from tocsin.extract import engine

    if report.lang is not None and report.lang.split("-")[0].lower() not in LANGUAGES:
        whole = NotUnderstood(span=Span(0, len(report.text)), reason=f"no extractor for language {report.lang!r}")
        return Extraction(report=report.id, claims=(), figures=(), not_understood=(whole,), extractor=engine.NAME)
    return engine.read(report, outlet)
