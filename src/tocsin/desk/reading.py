"""From bytes to claims: the first two steps, and where the bytes come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from tocsin import extract
from tocsin import read as readers
from tocsin.errors import ReadError, TocsinError
from tocsin.model.claim import Extraction
from tocsin.model.report import Report, Source, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.read.limits import MAX_BYTES

READABLE = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"})


class Extractor(Protocol):
    """A report to its claims: the rules of ``tocsin.extract``, or whatever a caller puts in their place."""

    def __call__(self, report: Report, *, outlet: Voice | None = None) -> Extraction:
        """Read every claim of a report."""
        ...


def read_out(
    data: bytes,
    *,
    name: str,
    published: Window | None = None,
    retrieved: date | None = None,
    lang: str | None = None,
    outlet: str | None = None,
    sources: Sequence[Source] = (),
    extractor: Extractor = extract.extract,
) -> tuple[Report, Extraction]:
    """Stateless: the bytes of one report in, its claims out.

    Raises:
        ReadError: It cannot be read; the message names it, the reason and the cure.
    """
    try:
        report = readers.read(data, name=name, published=published, retrieved=retrieved, lang=lang)
        if outlet is not None:
            report = replace(report, outlet=outlet)
        return report, _extracted(extractor, report, sources, name=name)
    except TocsinError:
        raise
    except Exception as error:  # one report must not stop the others, whatever it meets in this program
        raise ReadError(
            f"{name}: this program fails on it: {type(error).__name__}: {error} (please report it)"
        ) from error


def _extracted(extractor: Extractor, report: Report, sources: Sequence[Source], *, name: str) -> Extraction:
    try:
        return extractor(report, outlet=_outlet_voice(report, sources))
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a report's file; of one above the limit no more than proves it.

    Raises:
        ReadError: It is missing, or no regular file.
    """
    try:
        if path.exists() and not path.is_file():
            raise ReadError(f"{path}: no regular file (give the file itself, or - for standard input)")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: {reason} (check the path and its rights)") from error


def files_under(path: Path) -> tuple[Path, ...]:
    """The files a path stands for: itself, or the readable files of a folder, in order of name."""
    if not is_folder(path):
        return (path,)
    return tuple(sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in READABLE))


def is_folder(path: Path) -> bool:
    """Is there a folder of that name? A name that no folder can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long to be one, or with a NUL in it
        return False


def _outlet_voice(report: Report, sources: Sequence[Source]) -> Voice | None:
    """The outlet as a voice; a declared source gives its name and kind."""
    if report.outlet is None:
        return None
    wanted = report.outlet.casefold()
    for source in sources:
        if wanted in {source.id.casefold(), source.name.casefold(), *(alias.casefold() for alias in source.aliases)}:
            return Voice(name=source.name, kind=source.kind)
    return Voice(name=report.outlet, kind=VoiceKind.MEDIA)
