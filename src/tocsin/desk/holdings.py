"""What a desk holds: the declarations in its folder, and its store."""

from __future__ import annotations

from pathlib import Path

from tocsin.desk import chain
from tocsin.desk.astray import no_desk
from tocsin.desk.declarations import Declarations
from tocsin.desk.reading import is_folder
from tocsin.desk.values import Stream
from tocsin.errors import UsageError
from tocsin.model.claim import Claim
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
        )

    def stream(self) -> Stream:
        """All that the desk has read, of any day, weighed by its own sources."""
        return chain.stream_of(self.everything(), self.declared.sources(), as_of=None, known_by=None)

    def claims(self) -> dict[str, Claim]:
        """Every claim by its id, as it was read."""
        return {claim.id: claim for found in self.store.extractions().values() for claim in found.claims}
