"""What is declared in a desk's folder: its problems, its sources, its settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tocsin import problem as problems
from tocsin.desk.reading import mappings_for
from tocsin.errors import FaultyInput, UsageError
from tocsin.model.feed import Settings
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Source
from tocsin.read import Columns, parse_columns


class Declarations:
    """The declarations in one folder, read anew whenever they are asked for.

    Args:
        path: The desk's folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sources_file = path / "sources.toml"
        self.settings_file = path / "tocsin.toml"

    def settings(self) -> Settings:
        """The desk's own settings, ``tocsin.toml``.

        Raises:
            FaultyInput: The file has faults.
        """
        return problems.load_settings(self.settings_file)

    def mappings(self, wanted: str | None = None) -> tuple[Columns, ...]:
        """The mappings of ``tocsin.toml``, or the one that is wanted: one of them by its name, or a file.

        Raises:
            UsageError: There is none of that name, and no such file.
            FaultyInput: The file has faults.
        """
        text = self.settings_file.read_text(encoding="utf-8") if self.settings_file.exists() else ""
        declared = parse_columns(text, file=str(self.settings_file))
        return declared if wanted is None else mappings_for(wanted, declared)

    def problem_files(self) -> tuple[Path, ...]:
        """The declared problems' files, in order of name."""
        return tuple(sorted((self.path / "problems").glob("*.toml")))

    def problem(self, name: str | None = None) -> WarningProblem:
        """The problem of that id; the only one where no id is given.

        Raises:
            UsageError: There is none of that id, or there are several and none was named.
            FaultyInput: The file has faults.
        """
        files = self.problem_files()
        if not files:
            raise UsageError(f"{self.path / 'problems'}: no problem is declared there (write one: tocsin new)")
        if name is None:
            if len(files) > 1:
                known = ", ".join(file.stem for file in files)
                raise UsageError(f"{self.path}: several problems here; name one with --problem ({known})")
            return problems.load_problem(files[0])
        file = next((file for file in files if file.stem == name), None) or next(self._files_of(name), None)
        if file is None:
            raise UsageError(f"{self.path}: no problem '{name}' (there are: {', '.join(f.stem for f in files)})")
        return problems.load_problem(file)

    def with_sources(self, name: str | None = None) -> tuple[WarningProblem, tuple[Source, ...]]:
        """A problem and who is who in it, found to fit together; ``name`` as for ``problem``.

        Raises:
            UsageError: As for ``problem``.
            FaultyInput: A file has faults, or the problem suspects somebody whom nobody declared.
        """
        problem = self.problem(name)
        sources = self.sources(problem)
        if problem.deception:
            found = problems.unknown_suspects(problem, sources, file=str(self.file_of(problem)))
            if found:
                raise FaultyInput(found)
        return problem, sources

    def id_of(self, name: str | None) -> str:
        """The id of a problem; that of its file's name where the file no longer passes the check.

        Raises:
            UsageError: As for ``problem``.
        """
        try:
            return self.problem(name).id
        except FaultyInput:
            return name or self.problem_files()[0].stem

    def names(self) -> tuple[str, ...]:
        """The ids of the problems on the desk."""
        return tuple(self.id_of(file.stem) for file in self.problem_files())

    def file_of(self, problem: WarningProblem) -> Path:
        """The file that a problem was loaded from.

        Raises:
            UsageError: It is gone.
        """
        file = next(self._files_of(problem.id), None)
        if file is None:
            raise UsageError(f"{self.path / 'problems'}: the file that declares {problem.id} is gone (put it back)")
        return file

    def sound(self) -> Iterator[tuple[Path, WarningProblem]]:
        """The problems' files without a fault, each with the problem that it declares, read as they are asked for."""
        return _sound(self.problem_files())

    def _files_of(self, problem: str) -> Iterator[Path]:
        """The files that declare a problem of that id; most are called so, and that one is looked into first."""
        files = sorted(self.problem_files(), key=lambda one: one.stem != problem)
        return (file for file, found in _sound(files) if found.id == problem)

    def sources(self, problem: WarningProblem | None = None) -> tuple[Source, ...]:
        """Who is who on this desk; a problem's own sources come after and win over the desk's of the same id.

        Raises:
            FaultyInput: The file has faults.
        """
        file = self.sources_file
        declared = {source.id: source for source in (problems.load_sources(file) if file.exists() else ())}
        declared |= {source.id: source for source in (problem.sources if problem else ())}
        return tuple(declared.values())


def _sound(files: Iterable[Path]) -> Iterator[tuple[Path, WarningProblem]]:
    for file in files:
        try:
            found = problems.load_problem(file)
        except FaultyInput:
            continue
        yield file, found
