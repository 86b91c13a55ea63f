"""Forgetting a report or a voice, for protection or by order: everything goes, and a tombstone says that it did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from tocsin.desk import erasing
from tocsin.desk.originals import Originals
from tocsin.errors import UsageError
from tocsin.model.claim import Extraction
from tocsin.model.log import Forgotten, Tombstone, digest_of_voice
from tocsin.model.report import Report
from tocsin.store.sql import Store

_FEWEST_LETTERS = 6
_FOLDERS = ("reports", "failed")
_STORE = "tocsin.db"
_LARGEST = 20_000_000
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What became of it.

    Attributes:
        stone: The tombstone.
        claims: Claims that went.
        still: Files of the user's own in which a forgotten name or a part of it still stands, or that are called so:
            they are his to change.
        unjudged: Places on record that no program can judge: a part of the name in small letters, which may be another
            word, and what people wrote that names a claim or report that went.
        failed: Kept bytes of failed intakes that were removed: the file, and the name under which they were added.
        again: Was it erased before, and this only finished the work?
    """

    stone: Tombstone
    claims: int
    still: tuple[str, ...]
    unjudged: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    again: bool = False


def forget(path: Path, store: Store, thing: str, *, by: str, why: str, now: datetime) -> Erased:
    """Erase a report, or a voice wherever it speaks or is named.

    Of a voice the claims that came through it go, and their sentences and its name are blackened in the reports; the
    originals of those reports go as a whole, for bytes cannot be blackened. Kept bytes of failed intakes go where they
    hold what goes, or cannot be searched for it.

    Args:
        path: The desk's folder.
        store: Its store.
        thing: A report's id or its beginning, or the name of a voice.
        by: Who orders it.
        why: On what grounds.
        now: The moment.

    Raises:
        UsageError: There is nothing of that name, or a signature or a ground is missing.
        StoreError: The store refuses.
    """
    who, ground, wanted = " ".join(by.split()), why.strip(), " ".join(thing.split())
    if not who or not ground:
        raise UsageError("forgetting needs --by and --why: who orders it, and on what grounds")
    reports = store.reports()
    readings = store.readings()
    found = _report_named(reports, wanted)
    going: erasing.Going | None
    if found is not None:
        going = erasing.of_report(found, readings)
        subject, kind = found.id, Forgotten.REPORT
    else:
        going = erasing.of_voice(wanted, reports, readings)
        subject, kind = digest_of_voice(wanted), Forgotten.VOICE
    if going is None:
        return _finish(path, store, wanted)
    stone = Tombstone(subject=subject, kind=kind, at=now, by=who, why=ground, reports=tuple(sorted(going.reports)))
    given = {one.digest: one.name for one in store.failed_attempts() if one.digest is not None}
    failed = _remove_failed(path, going, reports)  # first: if the program is ended here, the next run does all of it
    eraser = erasing.Eraser(going, {key: reports[key] for key in going.reports}, stone)
    store.erase(stone, eraser)
    _remove(path, stone)
    store.compact()
    return Erased(
        stone=stone,
        claims=len(going.claims),
        still=tuple(_still(path, eraser.finds)),
        unjudged=tuple(dict.fromkeys(_unjudged(store, eraser.finds, erasing.pointing(going)))),
        failed=tuple(_shown(file, given) for file in failed),
    )


def catch_up(path: Path, store: Store) -> None:
    """Erase what other desks have forgotten: what a tombstone that was brought here names, and is still here."""
    stones = store.tombstones()
    if not stones:
        return
    reports, readings = store.reports(), store.readings()
    for stone in stones:
        going, meant = going_of(stone, reports, readings)
        if going is not None:
            _remove_failed(path, going, meant)
            store.erase(stone, erasing.Eraser(going, {key: meant[key] for key in going.reports}, stone))
            _remove(path, stone)
            store.compact()


def going_of(
    stone: Tombstone, reports: Mapping[str, Report], readings: Sequence[Extraction]
) -> tuple[erasing.Going | None, dict[str, Report]]:
    """What of these reports and readings a tombstone stands for, None where nothing; and the reports it means."""
    meant = {key: reports[key] for key in stone.reports if key in reports}
    own = [one for one in readings if one.report in meant]
    if stone.kind is Forgotten.REPORT:
        return (erasing.of_report(meant[stone.subject], readings) if stone.subject in meant else None), meant
    names = {voice.name for one in own for claim in one.claims for voice in claim.chain}
    name = next((name for name in sorted(names) if digest_of_voice(name) == stone.subject), None)
    return (erasing.of_voice(name, meant, own) if name is not None else None), meant


def _report_named(reports: dict[str, Report], wanted: str) -> Report | None:
    name = wanted.removeprefix("sha256:").rstrip("…")
    if f"sha256:{name}" in reports:
        return reports[f"sha256:{name}"]
    if len(name) < _FEWEST_LETTERS or any(letter not in "0123456789abcdef" for letter in name):
        return None
    found = [one for key, one in reports.items() if key.removeprefix("sha256:").startswith(name)]
    if len(found) > 1:
        raise UsageError(f"'{name}' begins {len(found)} reports' ids: write more of it")
    return found[0] if found else None


def _finish(path: Path, store: Store, wanted: str) -> Erased:
    """Nothing of that name is there: it may have been erased before, by a command that did not come to its end."""
    name = f"sha256:{wanted.removeprefix('sha256:')}"
    stones = [one for one in store.tombstones() if one.subject in {digest_of_voice(wanted), name}]
    if not stones:
        raise UsageError(f"there is no report and no voice '{wanted[:200]}' (the ids and names are in: tocsin claims)")
    _remove(path, stones[-1])
    store.compact()
    finder = erasing.finder(wanted)
    return Erased(
        stone=stones[-1],
        claims=0,
        still=tuple(_still(path, lambda text: finder.search(text) is not None)),
        again=True,
    )


def _remove_failed(path: Path, going: erasing.Going, reports: Mapping[str, Report]) -> tuple[Path, ...]:
    """Remove what is kept of failed intakes where it holds what goes, or could."""
    holds = erasing.could_hold(going, reports)
    return Originals(path).erase_failed(lambda digest, data: digest in going.reports or holds(data))


def _shown(file: Path, given: Mapping[str, str]) -> str:
    """A kept file, and the name under which its bytes were added."""
    name = given.get(f"sha256:{file.stem}", "")
    return f"failed/{file.name}" + (f" ({''.join(one for one in name if one.isprintable())})" if name else "")


def _remove(path: Path, stone: Tombstone) -> None:
    """Remove the originals of what was erased."""
    for folder in _FOLDERS:
        for report in stone.reports:
            for file in (path / folder).glob(report.removeprefix("sha256:") + "*") if (path / folder).is_dir() else ():
                file.unlink(missing_ok=True)


def _still(path: Path, finds: Callable[[str], bool]) -> Iterator[str]:
    """The user's own files in the desk's folder in which something stands, or that are called so."""
    for file in sorted(path.rglob("*")):
        inner = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inner.parts)
        ours = inner.parts[0] in _FOLDERS or inner.name.startswith(_STORE) or hidden
        if ours or not file.is_file():
            continue
        if finds(str(inner)) or (file.stat().st_size <= _LARGEST and finds(_read(file))):
            yield str(file)


def _read(file: Path) -> str:
    """The text of a file, as it stands and without what addresses and JSON make of it; empty if it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join((text, unquote(text), _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)))


def _unjudged(store: Store, finds: Callable[[str], bool], ids: re.Pattern[str]) -> Iterator[str]:
    """Where on record something stands that may mean what went; a person must decide."""
    for one in store.written():
        place = f"{one.place}, {one.at:%Y-%m-%d %H:%M}" if one.at else one.place
        if finds(one.text):
            yield f"{place}: a part of the name, or words of it, still stand there"
        elif one.by_people and ids.search(one.text):
            yield f"{place}: it names a claim or report that went"
