"""Taking reports in: the original kept, what was read out of it kept, every attempt on record."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from tocsin import extract
from tocsin.desk.chain import Everything
from tocsin.desk.originals import Originals, digest_of
from tocsin.desk.reading import Get, Got
from tocsin.desk.readings import Outcome, readings
from tocsin.desk.values import Stream, Taken
from tocsin.desk.workers import Hands
from tocsin.errors import TocsinError
from tocsin.model.handling import stricter
from tocsin.model.log import Attempt
from tocsin.model.report import DIFFERS, Report
from tocsin.model.time import Window
from tocsin.read import MAX_BYTES, Item
from tocsin.read.kind import HEAD, kind_of
from tocsin.store.reports import Arrival, Settled
from tocsin.store.sql import Store

_TOGETHER = 64
"""So many outcomes are made safe in one go."""
_FEW = 100
"""After so many questions whether a report is known, all of them are asked at once."""
_MONTH = timedelta(days=31)
_FEW_NEW = 200
_WORD = re.compile(r"\w+")
_LONGEST_WAIT = 2.0
"""Seconds after which what is ready is made safe, however little it is."""


class Intake:
    """One intake into a desk. One writer, in the order of the items: who reads, and how many, changes no outcome.

    Args:
        path: The desk's folder.
        store: Its store.
        hands: Who reads.
        given: What the caller knows of the reports; its caveat is kept with each of them.
        now: The moment of intake, for the log.
    """

    def __init__(self, path: Path, store: Store, *, hands: Hands, given: Given, now: datetime) -> None:
        self._originals = Originals(path)
        self._store = store
        self._hands = hands
        self._given = given
        self._now = now
        self._done: set[str] = set()
        self._failing: set[str] = set()
        self._failing_names: set[str] = set()
        self._before = _Before.of(self._originals, store)
        self._erased: set[str] = set()
        self._asked = 0

    def run(self, items: Iterable[tuple[str, Get]]) -> Iterator[Taken]:
        """Take everything in, in order; what fails is told with its reason and stops nothing."""
        self._originals.tidy()
        ready: list[Outcome] = []
        since = time.monotonic()
        for one in readings(self._before.noting(items), self._hands, known=self._known):
            ready.append(one)
            if len(ready) >= _TOGETHER or time.monotonic() - since > _LONGEST_WAIT:
                yield from self._settle(ready)
                ready, since = [], time.monotonic()
        yield from self._settle(ready)
        for digest in self._before.read(self._done, but_not=self._failing_names) - self._failing:
            self._originals.forget_failed(digest)

    def _known(self, item: Item, digest: str) -> Taken | None:
        """What the desk knows of an item: it is there, or was erased and is not to come back."""
        try:
            if digest in self._done or self._is_kept(digest):
                self._done.add(digest)
                return Taken(name=item.name, outcome="known", report=digest)
        except TocsinError as error:
            return Taken(name=item.name, outcome="failed", reason=f"{item.name}: {error}")
        return None

    def _is_kept(self, digest: str) -> bool:
        """Is a report on record? After the first few all ids are asked for at once, for that is quicker then.

        Raises:
            StoreError: It was erased here.
        """
        self._asked += 1
        if self._asked == _FEW:
            self._done |= self._store.report_ids()
            self._erased = {one.subject for one in self._store.tombstones()}
        if self._asked < _FEW or digest in self._erased:
            return self._store.extractor_of(digest) is not None
        return digest in self._done

    def _settle(self, ready: Sequence[Outcome]) -> Iterator[Taken]:
        """Put on record what became of some items: first the originals, then the rows."""
        failure = self._originals_kept(ready)
        decided = [self._decided(one, failure) for one in ready]
        self._failing_names |= {taken.name for taken, _ in decided if taken.outcome == "failed"}
        arrivals = [self._arrival(taken, one, digest) for one, (taken, digest) in zip(ready, decided, strict=True)]
        settled = iter(self._store.settle([one for one in arrivals if one], at=self._now))
        for one, (taken, _), arrival in zip(ready, decided, arrivals, strict=True):
            told = next(settled) if arrival is not None else Settled()
            if told.refused is not None:
                yield self._refused(one, told.refused)
            elif told.known or taken.outcome == "known":
                yield Taken(name=taken.name, outcome="known", report=taken.report, handling=told.handling)
            else:
                yield taken

    def _arrival(self, taken: Taken, one: Outcome, digest: str | None) -> Arrival | None:
        """What the store is to put on record; nothing of what was passed over."""
        if taken.outcome == "passed":
            return None
        handling = self._handling(taken, one, digest)
        attempt = self._attempt(taken, digest, handling)
        if taken.outcome == "new" and one.read is not None:
            return Arrival(attempt=attempt, report=one.read[0], extraction=one.read[1], handling=handling)
        return Arrival(attempt=attempt, handling=handling)

    def _handling(self, taken: Taken, one: Outcome, digest: str | None) -> str | None:
        """The caveat of a report: given now, given when its bytes failed before, and that with which it is marked."""
        own = one.read[0].handling if one.read is not None else None
        return stricter([self._given.handling, *self._before.marks(one.given, taken.report, digest), own])

    def _attempt(self, taken: Taken, digest: str | None, handling: str | None) -> Attempt:
        """An attempt for the log; of one that failed what was given stays with it, for the next attempt."""
        attempt = Attempt(at=self._now, name=taken.name, report=taken.report, outcome=taken.outcome)
        if taken.outcome != "failed":
            return attempt
        given = self._given
        return replace(
            attempt,
            reason=taken.reason or None,
            digest=digest,
            handling=handling,
            outlet=given.outlet,
            published=given.published,
            lang=given.lang,
        )

    def _originals_kept(self, ready: Sequence[Outcome]) -> str:
        """Keep the originals of what was read; why that fails, where it does."""
        read = ((one.read[0].id, one.item) for one in ready if one.item is not None and one.read is not None)
        try:
            self._originals.keep((digest, item.data, item.name, item.kind) for digest, item in read)
        except OSError as error:
            return f"the original cannot be kept: {error.strerror or error} (make room, then add it again)"
        return ""

    def _decided(self, one: Outcome, failure: str) -> tuple[Taken, str | None]:
        """What became of an item, if the store agrees; with the digest of bytes kept of a failed one."""
        if one.read is None:
            return self._failed(one, one.taken.reason) if one.taken.outcome == "failed" else (one.taken, None)
        if failure:
            return self._failed(one, f"{one.taken.name}: {failure}")
        report, extraction = one.read
        if report.id in self._done:
            return Taken(name=one.taken.name, outcome="known", report=report.id), None
        self._done.add(report.id)
        taken = Taken(
            name=one.taken.name,
            outcome="new",
            report=report.id,
            claims=len(extraction.claims),
            not_understood=len(extraction.not_understood),
            cost=extraction.cost,
            handling=report.handling,
            reason="; ".join((*report.notes, *_doubted(report), *_not_read(report))),
        )
        return taken, None

    def _failed(self, one: Outcome, reason: str) -> tuple[Taken, str | None]:
        """What could not be taken in: its bytes kept if they are not too many."""
        digest: str | None = None
        if one.item is not None and len(one.item.data) <= MAX_BYTES:
            digest = digest_of(one.item.data)
            self._failing.add(digest)
            try:
                self._originals.keep_failed(digest, one.item.data, one.item.name, one.item.kind)
            except OSError:  # a full disk is told of by the reason already
                digest = None
        return replace(one.taken, outcome="failed", reason=reason, kept=digest is not None), digest

    def _refused(self, one: Outcome, reason: str) -> Taken:
        """What the store refused, on record as failed; of what was erased in the meantime no bytes stay."""
        taken, digest = replace(one.taken, outcome="failed", reason=reason), None
        handling = self._handling(one.taken, one, None)
        report = one.read[0].id if one.read is not None else ""
        self._done.discard(report)
        if report in {stone.subject for stone in self._store.tombstones()}:
            self._originals.forget(report)
        else:
            taken, digest = self._failed(one, reason)
        self._failing_names.add(taken.name)
        self._store.log_intake(replace(self._attempt(taken, digest, handling), report=None))
        return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a caller knows of the reports of an intake; it is kept with what fails, for the next attempt."""

    handling: str | None = None
    outlet: str | None = None
    published: Window | None = None
    lang: str | None = None

    def over(self, before: Given) -> Given:
        """This and what was given before: the stricter caveat, and else what is given now, where it is."""
        return Given(
            handling=stricter([before.handling, self.handling]),
            outlet=self.outlet or before.outlet,
            published=self.published or before.published,
            lang=self.lang or before.lang,
        )


class _Before:
    """What failed before and is kept: under which caveats, and which of it is read now after all.

    Args:
        failed: The digests of the bytes that are kept, with their lengths.
        attempts: The attempts at them.
    """

    def __init__(self, failed: Mapping[str, int], attempts: Iterable[Attempt]) -> None:
        self._failed = failed
        self._lengths = frozenset(failed.values())
        self._given = _given_before(attempts)
        self._digests: dict[str, set[str]] = {}

    @classmethod
    def of(cls, originals: Originals, store: Store) -> _Before:
        """What failed before on a desk."""
        failed = originals.all_failed()
        return cls(failed, store.failed_attempts() if failed else ())

    def noting(self, items: Iterable[tuple[str, Get]]) -> Iterator[tuple[str, Get]]:
        """The same things; of those whose bytes failed before it is noted which they are, when they are got."""
        for name, get in items:
            yield name, partial(self._noted, name, get) if self._failed else get

    def _noted(self, name: str, get: Get) -> Got:
        got = get()
        data = b""
        if isinstance(got, Path):
            with suppress(OSError, ValueError):
                if got.is_file() and got.stat().st_size in self._lengths:
                    data = got.read_bytes()
        else:
            data = got.data if isinstance(got, Item) else got
        if len(data) in self._lengths:
            self._digests.setdefault(name, set()).add(digest_of(data))
        return got

    def marks(self, name: str, *digests: str | None) -> Iterator[str | None]:
        """The caveats that were given with bytes when they failed: those of a thing of that name, or of digests."""
        for digest in (*sorted(self._digests.get(name, ())), *digests):
            if digest is not None and digest in self._given:
                yield self._given[digest].handling

    def read(self, done: Collection[str], *, but_not: Collection[str]) -> set[str]:
        """The digests of what is read now: reports, and things whose name is not among those that fail."""
        whole = {one for name, digests in self._digests.items() if name not in but_not for one in digests}
        return {digest for digest in self._failed if digest in whole or digest in done}


def _given_before(attempts: Iterable[Attempt]) -> dict[str, Given]:
    """What was given with the bytes of each digest that failed: all caveats together, else the last that was told."""
    found: dict[str, Given] = {}
    for one in attempts:
        if one.outcome == "failed" and one.digest is not None:
            now = Given(handling=one.handling, outlet=one.outlet, published=one.published, lang=one.lang)
            found[one.digest] = now.over(found.get(one.digest, Given()))
    return found


@dataclass(frozen=True, slots=True)
class Again:
    """A way to get the bytes of what failed before, with what was given with them then."""

    digest: str
    name: str
    file: Path
    given: Given = field(default_factory=Given)

    def __call__(self) -> Item:
        """The bytes, of the kind that they were kept as."""
        data = self.file.read_bytes()
        return Item(name=self.name, data=data, kind=kind_of(data[:HEAD], name=self.file.name))


def again(path: Path, attempts: Sequence[Attempt]) -> Iterator[tuple[str, Again]]:
    """What failed at its last attempt and whose bytes are kept, each once, in the order of the first failure."""
    originals = Originals(path)
    given = _given_before(attempts)
    last = {one.digest: one.name for one in attempts if one.outcome == "failed" and one.digest is not None}
    for digest, name in last.items():
        file = originals.failed(digest)
        if file is not None:
            yield name, Again(digest, name, file, given[digest])


def by_given(items: Iterable[tuple[str, Get]], given: Given) -> Iterator[tuple[Given, Iterator[tuple[str, Get]]]]:
    """Things in order, in runs of which the caller knows the same: of what is tried again also what was given then."""

    def known(one: tuple[str, Get]) -> Given:
        get = one[1]
        return given.over(get.given) if isinstance(get, Again) else given

    return groupby(items, key=known)


def nearby(everything: Everything, new: Collection[str]) -> Everything:
    """What may repeat the new reports, or they it: published within a month of any of them, with four words in a row.

    The assessment compares everything with everything; counting on the way in must not take longer with every year.
    Among many new reports the words are not asked for, since they are compared with one another anyway.
    """
    now = everything.headed().reports
    days = [day for key in new if (day := _day(now[key])) is not None]
    if not days:
        return everything
    first, last = min(days) - _MONTH, max(days) + _MONTH
    few = len(new) <= _FEW_NEW
    said = set[tuple[str, ...]]().union(*(_runs(everything.reports[key].text) for key in new)) if few else set()
    reports = {
        key: report
        for key, report in everything.reports.items()
        if key in new
        or (
            ((day := _day(now[key])) is None or first <= day <= last)
            and not (few and said.isdisjoint(_runs(report.text)))
        )
    }
    return replace(everything, reports=reports)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every four words in a row."""
    words = _WORD.findall(text.lower())
    return zip(words, words[1:], words[2:], words[3:], strict=False)


def _day(report: Report) -> date | None:
    return (report.published.latest if report.published is not None else None) or report.retrieved


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
