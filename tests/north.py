"""A small desk of our own words, on which several tests build."""

from __future__ import annotations

from pathlib import Path

from tests.test_questions import PROBLEM, SOURCES

from tocsin.desk import Desk


def north(folder: Path, *, more: str = "", settings: str = "") -> Desk:
    """A desk in an empty folder: the problem with what is added to it, its sources, the desk's settings."""
    (folder / "problems").mkdir()
    (folder / "problems" / "north.toml").write_text(PROBLEM + more, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (folder / "tocsin.toml").write_text(settings, encoding="utf-8")
    return Desk(folder)
