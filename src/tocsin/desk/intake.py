"""Taking reports in: the original kept, what was read out of it kept, every attempt on record."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tocsin import extract
from tocsin.desk.reading import READABLE
from tocsin.desk.values import Stream, Taken
from tocsin.errors import TocsinError
from tocsin.model.claim import Extraction
from tocsin.model.report import Report
from tocsin.store.sql import Store


class Intake:
    """One intake into a desk.

    Args:
        path: The desk's folder.
        store: Its store.
        read: From bytes and a name to a report and its claims.
        handling: A caveat to keep with each report.
        now: The moment of intake, for the log.
    """

    def __init__(
        self,
        path: Path,
        store: Store,
        *,
        read: Callable[[bytes, str], tuple[Report, Extraction]],
        handling: str | None,
        now: datetime,
    ) -> None:
        self._path = path
        self._store = store
        self._read = read
        self._handling = handling
        self._now = now

    def take(self, name: str, get: Callable[[], bytes]) -> Taken:
        """Take one item in; what fails is told with its reason and stops nothing."""
        try:
            return self._take(name, get())
        except (TocsinError, OSError) as error:
            reason = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
            self._store.log_intake(name=name, report=None, outcome="failed", reason=reason, at=self._now)
            return Taken(name=name, outcome="failed", reason=reason)

    def _take(self, name: str, data: bytes) -> Taken:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if self._store.extractor_of(digest) is not None:
            self._store.log_intake(name=name, report=digest, outcome="known", reason=None, at=self._now)
            return Taken(name=name, outcome="known", report=digest)
        report, extraction = self._read(data, name)
        self._keep_original(data, report.id, name)
        new = self._store.keep(report, extraction, name=name, handling=self._handling, at=self._now)
        return Taken(
            name=name,
            outcome="new" if new else "known",
            report=report.id,
            claims=len(extraction.claims),
            not_understood=len(extraction.not_understood),
            cost=extraction.cost,
            reason="; ".join((*report.notes, *_not_read(report))),
        )

    def _keep_original(self, data: bytes, report: str, name: str) -> None:
        """Write the original under its digest: first beside its place, then moved there in one step."""
        folder = self._path / "reports"
        folder.mkdir(exist_ok=True)
        suffix = Path(name).suffix.lower()
        target = folder / (report.removeprefix("sha256:") + (suffix if suffix in READABLE else ""))
        if target.exists():
            return
        partial = target.with_name(target.name + f".{os.getpid()}.part")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)


def with_echoes(taken: Sequence[Taken], stream: Stream) -> tuple[Taken, ...]:
    """Say of each item how many of its claims repeat others."""
    report_of = {claim.id: claim.report for claim in stream.claims}
    echoes = Counter(report_of[rating.claim] for rating in stream.ratings.values() if rating.echo_of is not None)
    return tuple(replace(one, echoes=echoes.get(one.report or "", 0)) for one in taken)


def _not_read(report: Report) -> tuple[str, ...]:
    if report.lang in (None, *extract.LANGUAGES):
        return ()
    return (f"kept, but not understood: language {report.lang}",)
