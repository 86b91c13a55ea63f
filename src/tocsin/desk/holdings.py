"""What a desk holds: the declarations in its folder, and its store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tocsin import problem as problems
from tocsin.desk import chain
from tocsin.desk.astray import no_desk
from tocsin.desk.declarations import Declarations
from tocsin.desk.reading import is_folder
from tocsin.desk.release import guarded
from tocsin.desk.values import Stream
from tocsin.errors import FaultyInput, UsageError
from tocsin.model.claim import Claim, Extraction
from tocsin.model.report import Source
from tocsin.store.sql import Store


class Holdings:
    """What every part of a desk works on.

    Args:
        path: The desk's folder; it holds ``problems/``.

    Raises:
        UsageError: The folder is no desk.
    """

    def __init__(self, path: Path) -> None:
        if not is_folder(path / "problems"):
            raise UsageError(no_desk(path))
        self.path = path
        self.declared = Declarations(path)
        self._opened: Store | None = None

    @property
    def store(self) -> Store:
        """What the desk keeps, opened when it is first asked for.

        Raises:
            FaultyInput: The settings, which may name it, have faults.
            StoreError: It cannot be opened.
        """
        if self._opened is None:
            self._opened = Store(self.declared.settings().store or f"sqlite:///{self.path / 'tocsin.db'}")
        return self._opened

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._opened is not None:
            self._opened.close()

    def everything(self) -> chain.Everything:
        """All that the store has read."""
        store = self.store
        return chain.Everything(
            store.reports(),
            store.extractions(),
            store.judgements(),
            looks=store.looks(),
            forgotten=len(store.tombstones()),
            guarded=self.guarded(),
            rereadings=store.rereadings(),
        )

    def guarded(self) -> tuple[Source, ...]:
        """Everybody who bears a caveat in any file of the desk: it holds on all its problems, and for every day.

        Of a problem's file that has a fault just now, the version that was used last tells.
        """
        found = list(guarded(self.declared.sources()))
        for file in self.declared.problem_files():
            try:
                found += guarded(problems.load_problem(file).sources)
            except FaultyInput:
                for _, text in self.store.versions("problem", file.name)[-1:]:
                    found += guarded(problems.parse_problem(text, file=file.name).sources)
        return tuple(found)

    def stream(self, *, known_by: date | None = None) -> Stream:
        """All that the desk has read, of any day, weighed by its own sources; as known by a day, if one is given."""
        return chain.stream_of(self.everything(), self.declared.sources(), as_of=None, known_by=known_by)

    def claims(self) -> dict[str, Claim]:
        """Every claim by its id, as it was read of reports with the outlet and day that they have now."""
        return by_id(self.everything().headed().extractions)


def by_id(extractions: Mapping[str, Extraction]) -> dict[str, Claim]:
    """Every claim of some readings by its id."""
    return {claim.id: claim for found in extractions.values() for claim in found.claims}
