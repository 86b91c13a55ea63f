"""From bytes to claims: the first two steps, and where the bytes come from."""

from __future__ import annotations

import glob
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from tocsin import read as readers
from tocsin.desk.masthead import masthead
from tocsin.errors import ReadError, TocsinError, UsageError
from tocsin.model.claim import Extraction
from tocsin.model.handling import stricter
from tocsin.model.report import Report, Source, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.read import READABLE, Columns, Item, Kind, parse_columns
from tocsin.read.items import Stream

Got = bytes | Path | Item
"""What getting a thing gives: its bytes, a file to be read piece by piece, or bytes with what is known of them."""
Get = Callable[[], Got]

Result = TypeVar("Result")

_WILD = frozenset("*?[")


class Extractor(Protocol):
    """A report to its claims: the rules of ``tocsin.extract``, or whatever a caller puts in their place."""

    def __call__(self, report: Report, *, outlet: Voice | None = None) -> Extraction:
        """Read every claim of a report."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How reports are to be read: what the caller knows of all of them.

    ``backfill``: each report counts as retrieved on the day it was published. ``mappings`` say which columns of
    tables and JSON Lines hold what.
    """

    published: Window | None = None
    retrieved: date | None = None
    backfill: bool = False
    lang: str | None = None
    outlet: str | None = None
    sources: tuple[Source, ...] = ()
    mappings: tuple[Columns, ...] = ()

    def report(self, item: Item) -> Report:
        """The report in an item.

        Raises:
            ReadError: It cannot be read; the message names it, the reason and the cure.
        """
        found = _guarded(lambda: self._report(item), item.name)
        if self.outlet is not None:
            found = replace(found, outlet=self.outlet)
        elif found.outlet is None and (head := masthead(found.text, self.sources)) is not None:
            named, line = head
            alone = line.casefold() == named.casefold()
            notes = found.notes if alone else (*found.notes, f"outlet {named}, by its line \u201c{line}\u201d")
            found = replace(found, outlet=named, notes=notes)
        sender = next((one for one in self.sources if one.is_called(item.context.through)), None)
        if sender is not None and sender.handling is not None:  # what came from somebody who is guarded tells of him
            found = replace(found, handling=stricter([found.handling, sender.handling]))
        if self.backfill and found.published is not None:
            found = replace(found, retrieved=found.published.latest)
        return found

    def _report(self, item: Item) -> Report:
        return readers.read(
            item.data,
            name=item.name,
            published=self.published,
            retrieved=item.context.retrieved or self.retrieved,
            lang=self.lang,
            kind=item.kind,
            context=item.context,
        )

    def claims(self, report: Report, extractor: Extractor, *, name: str) -> Extraction:
        """The claims of a report.

        Raises:
            ReadError: The extractor fails on it.
        """
        return _guarded(lambda: _extracted(extractor, report, self.sources, name=name), name)

    def contents(self, got: bytes | Path, *, name: str, kind: Kind | None = None) -> Stream:
        """The reports that a file holds, one after another.

        Raises:
            ReadError: It cannot be read, from here on or at all.
        """
        try:
            if isinstance(got, bytes):
                yield from readers.contents(
                    io.BytesIO(got), name=name, size=len(got), mappings=self.mappings, kind=kind
                )
                return
            with got.open("rb") as stream:
                size = got.stat().st_size
                yield from readers.contents(stream, name=name, size=size, mappings=self.mappings, kind=kind)
        except TocsinError:
            raise
        except OSError as error:
            raise ReadError(f"{name}: {error.strerror or error} (check the path and its rights)") from error
        except Exception as error:
            raise ReadError(_unforeseen(name, error)) from error


def _guarded(step: Callable[[], Result], name: str) -> Result:
    """One report must not stop the others, whatever it meets in this program."""
    try:
        return step()
    except TocsinError:
        raise
    except Exception as error:
        raise ReadError(_unforeseen(name, error)) from error


def _unforeseen(name: str, error: Exception) -> str:
    return f"{name}: this program fails on it: {type(error).__name__}: {error} (please report it)"


def _extracted(extractor: Extractor, report: Report, sources: Sequence[Source], *, name: str) -> Extraction:
    try:
        return extractor(report, outlet=outlet_voice(report, sources))
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from error


def opened(path: Path) -> io.BufferedReader:
    """A report's file, opened.

    Raises:
        ReadError: It is missing, or no regular file.
    """
    try:
        if path.exists() and not path.is_file():
            raise ReadError(f"{path}: no regular file (give the file itself, or - for standard input)")
        return path.open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: {reason} (check the path and its rights)") from error


def files_under(path: Path) -> tuple[Path, ...]:
    """The files a path stands for, in order of name: itself, the readable files of a folder, those of a pattern."""
    if is_folder(path):
        return tuple(_readable(path))
    if _WILD & set(str(path)) and not _exists(path):
        found = sorted(Path(one) for one in glob.glob(str(path), recursive=True))  # noqa: PTH207 - patterns may be absolute
        return tuple(file for one in found for file in (_readable(one) if one.is_dir() else (one,)))
    return (path,)


def _readable(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.rglob("*") if file.suffix.lower() in READABLE and file.is_file())


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def mappings_for(wanted: str | None, declared: Sequence[Columns] = ()) -> tuple[Columns, ...]:
    """The mapping that is wanted: one of those declared by its name, or a file; none where none is wanted.

    Raises:
        UsageError: There is none of that name, and no such file.
        FaultyInput: The file has faults.
    """
    if wanted is None:
        return ()
    named = tuple(one for one in declared if one.name == wanted)
    if named:
        return named
    try:
        text = Path(wanted).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        known = f"; declared are {', '.join(one.name for one in declared)}" if declared else ""
        raise UsageError(f"--mapping {wanted}: no mapping of that name, and no file{known}") from error
    found = parse_columns(text, file=wanted)
    if not found:
        raise UsageError(f'--mapping {wanted}: declares no mapping (write text = "COLUMN", or [mapping.NAME])')
    return found


def is_folder(path: Path) -> bool:
    """Is there a folder of that name? A name that no folder can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long to be one, or with a NUL in it
        return False


def outlet_voice(report: Report, sources: Sequence[Source]) -> Voice | None:
    """The outlet as a voice; a declared source gives its name and kind."""
    if report.outlet is None:
        return None
    source = next((one for one in sources if one.is_called(report.outlet)), None)
    return Voice(name=source.name, kind=source.kind) if source else Voice(name=report.outlet, kind=VoiceKind.MEDIA)
