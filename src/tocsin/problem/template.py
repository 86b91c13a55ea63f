"""The commented files that a new desk begins with."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files


def template_problem() -> str:
    """A commented ``problems/<id>.toml`` that has no faults, on a question of civil life."""
    return _shipped("problem.toml")


def template_sources() -> str:
    """A commented ``sources.toml`` that has no faults, for the same question."""
    return _shipped("sources.toml")


def own_problem(*, ident: str, question: str, opened: date, by: date) -> str:
    """A short commented ``problems/<id>.toml`` on a question of one's own."""
    shown = {
        "@ID@": json.dumps(ident, ensure_ascii=False),
        "@QUESTION@": json.dumps(question, ensure_ascii=False),
        "@OPENED@": opened.isoformat(),
        "@BY@": by.isoformat(),
    }
    written = _shipped("own.toml")
    for mark, text in shown.items():
        written = written.replace(mark, text, 1)
    return written


def own_sources() -> str:
    """A ``sources.toml`` that declares nobody yet and shows how."""
    return _shipped("own-sources.toml")


def _shipped(name: str) -> str:
    return files("tocsin.problem").joinpath("templates", name).read_text(encoding="utf-8")
