"""The commented files that a new desk begins with."""

from __future__ import annotations

from importlib.resources import files


def template_problem() -> str:
    """A commented ``problems/<id>.toml`` that has no faults, on a question of civil life."""
    return _shipped("problem.toml")


def template_sources() -> str:
    """A commented ``sources.toml`` that has no faults, for the same question."""
    return _shipped("sources.toml")


def _shipped(name: str) -> str:
    return files("tocsin.problem").joinpath("templates", name).read_text(encoding="utf-8")
