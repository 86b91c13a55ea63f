"""The originals of a desk: bytes as received, under their digest, and those of what could not be read."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tocsin.read import READABLE, Kind
from tocsin.read.kind import suffix_of

_STALE = 86_400
_SUFFIX = {
    Kind.TEXT: ".txt",
    Kind.MARKDOWN: ".md",
    Kind.HTML: ".html",
    Kind.PDF: ".pdf",
    Kind.MAIL: ".eml",
    Kind.ENTRY: ".json",
    Kind.FEED: ".rss",
    Kind.CHAT: ".json",
    Kind.MAILBOX: ".mbox",
    Kind.WEB_ARCHIVE: ".warc",
    Kind.LINES: ".jsonl",
    Kind.TABLE: ".csv",
    Kind.ZIP: ".zip",
    Kind.GZIP: ".gz",
}


def digest_of(data: bytes) -> str:
    """The id of a report with these bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


class Originals:
    """The folders ``reports/`` and ``failed/`` of a desk.

    A file has its whole content from the moment it has its name: it is written beside its place, made safe on the
    disk, and then named. No name that a report or an archive gives is ever used; a file is called by its digest.

    Args:
        path: The desk's folder.
    """

    def __init__(self, path: Path) -> None:
        self._kept = path / "reports"
        self._failed = path / "failed"

    def tidy(self) -> None:
        """Remove what an intake that was killed more than a day ago left half-written."""
        for folder in (self._kept, self._failed):
            for partial in folder.glob("*.part") if folder.is_dir() else ():
                if time.time() - partial.stat().st_mtime > _STALE:
                    partial.unlink(missing_ok=True)

    def keep(self, originals: Iterable[tuple[str, bytes, str, Kind | None]]) -> None:
        """Keep originals, each as digest, bytes, name and kind; when this returns they are on the disk."""
        _written(self._kept, originals)

    def keep_failed(self, digest: str, data: bytes, name: str, kind: Kind | None) -> None:
        """Keep what could not be read, for another attempt."""
        _written(self._failed, [(digest, data, name, kind)])

    def failed(self, digest: str) -> Path | None:
        """Where the bytes of that digest lie that could not be read."""
        return next(iter(_of(self._failed, digest)), None)

    def all_failed(self) -> dict[str, int]:
        """The digests of all bytes that could not be read, each with how many there are."""
        files = self._failed.iterdir() if self._failed.is_dir() else ()
        return {f"sha256:{file.stem}": file.stat().st_size for file in files if file.suffix != ".part"}

    def forget(self, digest: str) -> None:
        """Remove the original of a report that is not to be here."""
        for file in _of(self._kept, digest):
            file.unlink(missing_ok=True)

    def erase_failed(self, goes: Callable[[str, bytes], bool]) -> tuple[Path, ...]:
        """Remove kept bytes that could not be read, by their digest and by what they hold; which files went."""
        gone = []
        for file in sorted(self._failed.iterdir()) if self._failed.is_dir() else ():
            if goes(f"sha256:{file.name.partition('.')[0]}", file.read_bytes()):
                file.unlink(missing_ok=True)
                gone.append(file)
        return tuple(gone)

    def forget_failed(self, digest: str) -> None:
        """Let go of bytes that were read after all: they are an original now."""
        found = self.failed(digest)
        if found is not None:
            found.unlink(missing_ok=True)


def _of(folder: Path, digest: str) -> list[Path]:
    """The files of a digest, whatever their suffix."""
    found = folder.glob(digest.removeprefix("sha256:") + "*") if folder.is_dir() else ()
    return sorted(file for file in found if file.suffix != ".part")


def _written(folder: Path, originals: Iterable[tuple[str, bytes, str, Kind | None]]) -> None:
    folder.mkdir(exist_ok=True)
    moves: dict[Path, Path] = {}
    for digest, data, name, kind in originals:
        target = folder / (digest.removeprefix("sha256:") + _suffix(name, kind))
        if target in moves or target.exists():
            continue
        partial = target.with_name(f"{target.name}.{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        moves[target] = partial
    for target, partial in moves.items():
        partial.replace(target)
    if moves:
        _sync(folder)


def _sync(folder: Path) -> None:
    """Make the folder's list of names safe too, where the system has a way to."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folder
        return
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _suffix(name: str, kind: Kind | None) -> str:
    """A suffix that tells the kind again; nothing else of a name goes into a path."""
    given = suffix_of(name)
    if given in READABLE:
        return given
    return _SUFFIX[kind] if kind is not None else ""
