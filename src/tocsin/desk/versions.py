"""The versions of the declarations: each is kept when it is first used, and in force from that day on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tocsin import problem as problems
from tocsin.desk import chain
from tocsin.desk.holdings import Holdings
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What was declared on a day."""

    problem: WarningProblem
    sources: tuple[Source, ...]


class Versions:
    """The versions that a desk has used of its problems' files and of ``sources.toml``.

    Args:
        holdings: What the desk holds.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._declared = holdings.declared

    def keep(self, problem: WarningProblem, *, now: datetime) -> None:
        """Keep what an answer uses: the problem's file and the sources, as they stand.

        Raises:
            UsageError: The problem's file is gone.
        """
        self._keep("problem", self._declared.file_of(problem), now)
        self._keep("sources", self._declared.sources_file, now)

    def keep_all(self, *, now: datetime) -> None:
        """Keep what is declared at an intake: the sources, and every problem whose file has no fault."""
        self._keep("sources", self._declared.sources_file, now)
        for file, _ in self._declared.sound():
            self._keep("problem", file, now)

    def _keep(self, kind: str, file: Path, now: datetime) -> None:
        if file.exists():
            data = file.read_bytes()
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            self._holdings.store.keep_file(digest=digest, kind=kind, name=file.name, text=data.decode("utf-8"), at=now)

    def later(self, problem: WarningProblem) -> list[tuple[str, datetime]]:
        """Each version of the problem's file and of the sources but for the first of each: kind and first use."""
        files = (("problem", self._declared.file_of(problem).name), ("sources", self._declared.sources_file.name))
        return [(file, used) for kind, file in files for used, _ in self._holdings.store.versions(kind, file)[1:]]

    def today(self, problem: WarningProblem) -> Declared:
        """What is declared now."""
        return Declared(problem=problem, sources=self._declared.sources(problem))

    def then(self, problem: WarningProblem) -> Callable[[date], Declared]:
        """What was declared on a day: the versions then in force."""
        written = self._holdings.store.versions("problem", self._declared.file_of(problem).name)
        graded = self._holdings.store.versions("sources", self._declared.sources_file.name)

        def on(day: date) -> Declared:
            then = problems.parse_problem(chain.in_force(written, day), file=f"{problem.id}.toml as of {day}")
            own = (
                problems.parse_sources(chain.in_force(graded, day), file=f"sources.toml as of {day}") if graded else ()
            )
            sources = {source.id: source for source in (*own, *then.sources)}
            return Declared(problem=then, sources=tuple(sources.values()))

        return on
