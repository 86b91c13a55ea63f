"""A whole desk as lines of JSON, and back: its declarations, its originals byte for byte, and everything on record.

Settings stay behind: an address of a store, or what is secret in it, is no part of what a desk knows.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import msgspec

from tocsin.desk.erasing import Eraser
from tocsin.desk.forgetting import catch_up, going_of
from tocsin.errors import ReadError
from tocsin.model.claim import Extraction
from tocsin.model.log import Tombstone
from tocsin.model.report import Report
from tocsin.store.erase import WORDED
from tocsin.store.lines import decoded, line
from tocsin.store.reports import REPORT
from tocsin.store.sql import Store

FORM = 2
"""The version of the lossless form; earlier ones are read too."""

_FOLDERS = ("failed", "reports")
_ORIGINAL = re.compile(r"(?:failed|reports)/([0-9a-f]{64})(?:\.[a-z0-9]{1,8})?")
_DECLARATION = re.compile(r"sources\.toml|problems/[\w-][\w.-]{0,100}\.toml")


_WORDED = {table.name: tuple(name for name in columns if name != "subject") for table, columns in WORDED.items()}


class _Head(msgspec.Struct):
    tocsin: str
    form: int


class _Any(msgspec.Struct):
    table: str
    row: msgspec.Raw


class _Declaration(msgspec.Struct, forbid_unknown_fields=True):
    file: str
    text: str


class _Original(msgspec.Struct, forbid_unknown_fields=True):
    file: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of lines that were taken in.

    Attributes:
        new: By table, the rows that were not there before; originals and declarations are counted as tables.
        known: By table, the rows that were there, or that were erased here and do not come back.
        kept: Declarations that stand here in other words; ours stayed.
        channels: Channels that alerts of the problems name and that are not declared here.
    """

    new: Mapping[str, int]
    known: Mapping[str, int]
    kept: tuple[str, ...]
    channels: tuple[str, ...] = ()


def export_lines(path: Path, store: Store) -> Iterator[bytes]:
    """The whole desk, one line after another, without their ends; the same desk gives the same lines.

    Raises:
        ReadError: A declaration is no UTF-8.
    """
    yield msgspec.json.encode({"tocsin": "desk", "form": FORM})
    for file in (*sorted((path / "problems").glob("*.toml")), path / "sources.toml"):
        if file.exists():
            name = file.relative_to(path).as_posix()
            try:
                yield line("declarations", {"file": name, "text": file.read_bytes().decode()})
            except UnicodeDecodeError as error:
                raise ReadError(f"{file}: not UTF-8 at byte {error.start} (save it as UTF-8)") from error
    for folder in _FOLDERS:
        for file in sorted((path / folder).iterdir()) if (path / folder).is_dir() else ():
            name = file.relative_to(path).as_posix()
            if _ORIGINAL.fullmatch(name):
                yield line("originals", {"file": name, "data": file.read_bytes()})
    yield from store.lines()


def import_lines(path: Path, store: Store, lines: Iterable[bytes]) -> Imported:
    """Take in the lines of a whole desk: all that is on record, or nothing of it.

    Into a desk that holds something they are merged: what is there is not taken in twice, a declaration that is there
    stays as it is, what was erased here does not come back, and what was erased there goes here too.

    Raises:
        ReadError: A line is none of a desk, or contradicts itself; it is named, and nothing goes on record.
        StoreError: The store refuses.
    """
    taking = _Taking(path, store.tombstones())
    counts = store.take_lines(taking.rows(lines))
    taking.declare()
    catch_up(path, store)
    counts |= taking.counts
    return Imported(
        new={table: new for table, (new, _) in counts.items()},
        known={table: known for table, (_, known) in counts.items()},
        kept=tuple(taking.kept),
    )


class _Taking:
    """Lines on their way in: originals are written before the rows that speak of them, declarations at the end."""

    def __init__(self, path: Path, stones: Sequence[Tombstone]) -> None:
        self._path = path
        self._forgotten = {name for stone in stones for name in (stone.subject, *stone.reports)}
        self._clearing = _Clearing(stones)
        self._declarations: dict[str, str] = {}
        self.counts: dict[str, tuple[int, int]] = {}
        self.kept: list[str] = []

    def rows(self, lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
        """The lines that belong to the store, with their numbers."""
        begun = False
        for number, data in enumerate(lines, 1):
            if not data.strip():
                continue
            try:
                if not begun:
                    self._begin(data)
                    begun = True
                    continue
                found = msgspec.json.decode(data, type=_Any)
                if not self._ours(found):
                    yield number, self._clearing.cleared(found.table, data)
            except (msgspec.MsgspecError, ValueError) as error:
                raise ReadError(f"line {number}: {error} (nothing was taken in)") from error
        if not begun:
            raise ReadError("there is no line of a desk in it (tocsin export --to jsonl writes them)")

    def _begin(self, data: bytes) -> None:
        head = msgspec.json.decode(data, type=_Head)
        if head.tocsin != "desk":
            raise ValueError("this is no desk")
        if head.form > FORM:
            raise ValueError(f"form {head.form} of the lines is not known, this program knows {FORM}: upgrade Tocsin")

    def _ours(self, found: _Any) -> bool:
        if found.table == "declarations":
            declared = msgspec.json.decode(found.row, type=_Declaration)
            if not _DECLARATION.fullmatch(declared.file):
                raise ValueError(f"'{declared.file[:80]}' is no file of a declaration")
            self._declarations[declared.file] = declared.text
        elif found.table == "originals":
            self._keep(msgspec.json.decode(found.row, type=_Original))
        else:
            return False
        return True

    def _keep(self, original: _Original) -> None:
        named = _ORIGINAL.fullmatch(original.file)
        if named is None or hashlib.sha256(original.data).hexdigest() != named[1]:
            raise ValueError(f"'{original.file[:80]}' is not the digest of its bytes")
        there = (self._path / original.file).exists() or f"sha256:{named[1]}" in self._forgotten
        self._count("originals", known=there)
        if not there:
            _write(self._path / original.file, original.data)

    def declare(self) -> None:
        """Write the declarations that are not there."""
        for name, text in self._declarations.items():
            file = self._path / name
            there = file.exists()
            self._count("declarations", known=there)
            if not there:
                _write(file, text.encode())
            elif file.read_bytes() != text.encode():
                self.kept.append(name)

    def _count(self, table: str, *, known: bool) -> None:
        before = self.counts.get(table, (0, 0))
        self.counts[table] = (before[0] + (not known), before[1] + known)


class _Clearing:
    """Takes what was erased here out of lines that were written before: people may have quoted it anywhere.

    Reports and their readings come first among the lines, so that what they said is known when the rest comes.
    """

    def __init__(self, stones: Sequence[Tombstone]) -> None:
        self._stones = stones
        self._reports: dict[str, Report] = {}
        self._readings: list[Extraction] = []
        self._erasers: list[Eraser] | None = None

    def cleared(self, table: str, data: bytes) -> bytes:
        """A line without it. What goes as a whole is for the store to leave out."""
        if not self._stones or table in {"files", "tombstones"}:
            return data
        if table == "reports":
            report = REPORT.value(decoded(data)[1])
            if any(report.id in stone.reports for stone in self._stones):
                self._reports[report.id] = report
            return data
        if table in {"extractions", "rereadings"}:
            reading = msgspec.json.decode(decoded(data)[1]["payload"], type=Extraction)
            if reading.report in self._reports:
                self._readings.append(reading)
            return data
        if self._erasers is None:
            self._erasers = list(self._made())
        columns = _WORDED.get(table, ())
        return self._without(data, columns) if self._erasers and columns else data

    def _without(self, data: bytes, columns: Sequence[str]) -> bytes:
        """A line without it in these columns."""
        whole = msgspec.json.decode(data)
        row = whole["row"]
        changed = False
        for name, eraser in product(columns, self._erasers or ()):
            old = row.get(name)
            if isinstance(old, str):
                row[name] = eraser.words(old)
            elif old is not None:
                row[name] = msgspec.json.decode(eraser.payload(msgspec.json.encode(old)))
            changed |= row.get(name) != old
        return msgspec.json.encode(whole) if changed else data

    def _made(self) -> Iterator[Eraser]:
        for stone in self._stones:
            going, meant = going_of(stone, self._reports, self._readings)
            if going is not None:  # which voices speak nowhere else is not known here
                yield Eraser(replace(going, voices=frozenset()), {key: meant[key] for key in going.reports}, stone)


def _write(file: Path, data: bytes) -> None:
    """Write a file so that it has its whole content from the moment it has its name."""
    file.parent.mkdir(exist_ok=True)
    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    with partial.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)
