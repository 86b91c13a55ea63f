"""The declared problem: one TOML file per question, one for the sources, to frozen values or to all their faults."""

from __future__ import annotations

from tocsin.problem.deception import by_id, unknown_suspects
from tocsin.problem.ends import end_of
from tocsin.problem.house import load_settings, parse_settings
from tocsin.problem.loader import Loaded, load, load_problem, load_sources, parse_problem, parse_sources
from tocsin.problem.schema import problem_schema, settings_schema, sources_schema
from tocsin.problem.template import own_problem, own_sources, template_problem, template_sources
from tocsin.problem.words import coverage_of

__all__ = [
    "Loaded",
    "by_id",
    "coverage_of",
    "end_of",
    "load",
    "load_problem",
    "load_settings",
    "load_sources",
    "own_problem",
    "own_sources",
    "parse_problem",
    "parse_settings",
    "parse_sources",
    "problem_schema",
    "settings_schema",
    "sources_schema",
    "template_problem",
    "template_sources",
    "unknown_suspects",
]
