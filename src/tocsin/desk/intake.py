"""Taking reports in: the original kept, what was read out of it kept, every attempt on record."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tocsin import extract
from tocsin.desk.originals import Originals, digest_of
from tocsin.desk.reading import Get
from tocsin.desk.readings import Outcome, readings
from tocsin.desk.values import Stream, Taken
from tocsin.desk.workers import Hands
from tocsin.errors import TocsinError
from tocsin.model.claim import Extraction
from tocsin.model.log import Attempt
from tocsin.model.report import DIFFERS, Report
from tocsin.read import MAX_BYTES, Item
from tocsin.read.kind import HEAD, kind_of
from tocsin.store.sql import Store

_TOGETHER = 64
"""So many outcomes are made safe in one go."""
_LONGEST_WAIT = 2.0
"""Seconds after which what is ready is made safe, however little it is."""


class Intake:
    """One intake into a desk. One writer, in the order of the items: who reads, and how many, changes no outcome.

    Args:
        path: The desk's folder.
        store: Its store.
        hands: Who reads.
        handling: A caveat to keep with each report.
        now: The moment of intake, for the log.
    """

    def __init__(self, path: Path, store: Store, *, hands: Hands, handling: str | None, now: datetime) -> None:
        self._originals = Originals(path)
        self._store = store
        self._hands = hands
        self._handling = handling
        self._now = now
        self._done: set[str] = set()
        self._failing: set[str] = set()

    def run(self, given: Iterable[tuple[str, Get]]) -> Iterator[Taken]:
        """Take everything in, in order; what fails is told with its reason and stops nothing."""
        self._originals.tidy()
        ready: list[Outcome] = []
        tried: set[str] = set()
        since = time.monotonic()
        for one in readings(_noting(given, tried), self._hands, known=self._known):
            ready.append(one)
            if len(ready) >= _TOGETHER or time.monotonic() - since > _LONGEST_WAIT:
                yield from self._settle(ready)
                ready, since = [], time.monotonic()
        yield from self._settle(ready)
        for digest in tried - self._failing:
            self._originals.forget_failed(digest)

    def _known(self, item: Item, digest: str) -> Taken | None:
        """What the desk knows of an item: it is there, or was erased and is not to come back."""
        try:
            if digest in self._done or self._store.extractor_of(digest) is not None:
                return Taken(name=item.name, outcome="known", report=digest)
        except TocsinError as error:
            return Taken(name=item.name, outcome="failed", reason=f"{item.name}: {error}")
        return None

    def _settle(self, ready: Sequence[Outcome]) -> Iterator[Taken]:
        """Put on record what became of some items: first the originals, then the rows."""
        new = [(one, one.item, one.read) for one in ready if one.item is not None and one.read is not None]
        failure = ""
        try:
            self._originals.keep((read[0].id, item.data, item.name, item.kind) for _, item, read in new)
        except OSError as error:
            failure = f"the original cannot be kept: {error.strerror or error} (make room, then add it again)"
        for one in ready:
            if one.item is not None and one.read is not None:
                yield self._failed(one, f"{one.taken.name}: {failure}") if failure else self._kept(one, *one.read)
            elif one.taken.outcome == "failed":
                yield self._failed(one, one.taken.reason)
            else:
                if one.taken.outcome == "known":
                    self._log(one.taken)
                yield one.taken

    def _kept(self, one: Outcome, report: Report, extraction: Extraction) -> Taken:
        """A report that was read, on record; known where it came in twice."""
        name = one.taken.name
        if report.id in self._done:
            taken = Taken(name=name, outcome="known", report=report.id)
            self._log(taken)
            return taken
        try:
            new = self._store.keep(report, extraction, name=name, handling=self._handling, at=self._now)
        except TocsinError as error:
            return self._failed(one, str(error))
        self._done.add(report.id)
        if not new:
            return Taken(name=name, outcome="known", report=report.id)
        return Taken(
            name=name,
            outcome="new",
            report=report.id,
            claims=len(extraction.claims),
            not_understood=len(extraction.not_understood),
            cost=extraction.cost,
            reason="; ".join((*report.notes, *_doubted(report), *_not_read(report))),
        )

    def _failed(self, one: Outcome, reason: str) -> Taken:
        """What could not be taken in: its bytes kept if they are not too many, the reason on record."""
        digest: str | None = None
        if one.item is not None and len(one.item.data) <= MAX_BYTES:
            digest = digest_of(one.item.data)
            self._failing.add(digest)
            try:
                self._originals.keep_failed(digest, one.item.data, one.item.name, one.item.kind)
            except OSError:  # a full disk is told of by the reason already
                digest = None
        taken = replace(one.taken, outcome="failed", reason=reason, kept=digest is not None)
        self._log(taken, digest=digest)
        return taken

    def _log(self, taken: Taken, *, digest: str | None = None) -> None:
        reason = taken.reason or None
        self._store.log_intake(
            name=taken.name, report=taken.report, outcome=taken.outcome, reason=reason, at=self._now, digest=digest
        )


def _noting(given: Iterable[tuple[str, Get]], tried: set[str]) -> Iterator[tuple[str, Get]]:
    """The same things; the digests of those that are tried again are noted on the way."""
    for name, get in given:
        if isinstance(get, Again):
            tried.add(get.digest)
        yield name, get


@dataclass(frozen=True, slots=True)
class Again:
    """A way to get the bytes of what failed before."""

    digest: str
    name: str
    file: Path

    def __call__(self) -> Item:
        """The bytes, of the kind that they were kept as."""
        data = self.file.read_bytes()
        return Item(name=self.name, data=data, kind=kind_of(data[:HEAD], name=self.file.name))


def again(path: Path, attempts: Sequence[Attempt]) -> Iterator[tuple[str, Again]]:
    """What failed at its last attempt and whose bytes are kept, each once, in the order of the first failure."""
    originals = Originals(path)
    last = {one.digest: one.name for one in attempts if one.outcome == "failed" and one.digest is not None}
    for digest, name in last.items():
        file = originals.failed(digest)
        if file is not None:
            yield name, Again(digest, name, file)


def with_echoes(taken: Sequence[Taken], stream: Stream) -> tuple[Taken, ...]:
    """Say of each item how many of its claims repeat others."""
    report_of = {claim.id: claim.report for claim in stream.claims}
    echoes = Counter(report_of[rating.claim] for rating in stream.ratings.values() if rating.echo_of is not None)
    return tuple(replace(one, echoes=echoes.get(one.report or "", 0)) for one in taken)


def _doubted(report: Report) -> tuple[str, ...]:
    """Two dates that differ are told; a report without a date counts from the day it was retrieved, as ever."""
    return (f"date by {report.published_how}",) if DIFFERS in report.published_how else ()


def _not_read(report: Report) -> tuple[str, ...]:
    if report.lang in (None, *extract.LANGUAGES):
        return ()
    return (f"kept, but not understood: language {report.lang}",)
