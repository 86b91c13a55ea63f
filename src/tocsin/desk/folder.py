"""The desk folder, and the order of the steps on it: read, extract, keep; weigh, link, infer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin import extract
from tocsin.desk import arrived, chain, checking, exchange, forgetting, handing, heading, looking, registers, whole
from tocsin.desk.collection import Collection
from tocsin.desk.finding import as_corrected, for_readers
from tocsin.desk.forgetting import Erased
from tocsin.desk.history import History
from tocsin.desk.holdings import Holdings
from tocsin.desk.intake import Given, Intake, again, by_given, nearby, with_echoes
from tocsin.desk.judgements import Judgements
from tocsin.desk.reading import Extractor, Get, Reading
from tocsin.desk.season import Season
from tocsin.desk.signing import recorded, signed
from tocsin.desk.values import Assessed, Checked, Linkage, Taken
from tocsin.desk.versions import Versions
from tocsin.desk.whole import Imported
from tocsin.desk.workers import hands
from tocsin.model.handover import HandOver, TakenOver
from tocsin.model.judgement import JudgementKind
from tocsin.model.log import Act, Delivery, Hit
from tocsin.model.time import Window
from tocsin.publish.exported import Exported
from tocsin.publish.handling import ALL, Release, Withheld
from tocsin.read import Columns, Item
from tocsin.store.sql import Store

if TYPE_CHECKING:
    from tocsin.desk.queueing import Queue


class Desk:
    """One desk folder: what is done with it day by day stands here, and each of its parts has a subject of its own.

    Args:
        path: The folder; it holds ``problems/``.

    Attributes:
        holdings: What all parts work on: the folder and the store.
        declared: What is declared: problems, sources, settings.
        history: What would have been answered on other days, and what changed between two.
        season: What was issued, forecast and recorded, and how right it was.
        judgements: What people laid over what was read.
        collection: The log of who looked for what.

    Raises:
        UsageError: The folder is no desk.
    """

    def __init__(self, path: Path) -> None:
        self.holdings = Holdings(path)
        self.declared = self.holdings.declared
        self._versions = Versions(self.holdings)
        self.history = History(self.holdings, self._versions)
        self.season = Season(self.holdings)
        self.judgements = Judgements(self.holdings)
        self.collection = Collection(self.holdings)

    @property
    def path(self) -> Path:
        """The folder."""
        return self.holdings.path

    @property
    def store(self) -> Store:
        """What the desk keeps, opened when it is first asked for."""
        return self.holdings.store

    def close(self) -> None:
        """Close the store."""
        self.holdings.close()

    def check(self, *, today: date | None = None) -> Checked:
        """All faults of all files at once; where there are none, what the priors alone answer.

        Args:
            today: The day from which the problems' own days are seen; None where they are not to be looked at.
        """
        return checking.check(self.holdings, today=today)

    # -- intake ----------------------------------------------------------------------------------------------------

    def add(
        self,
        items: Iterable[tuple[str, Get]],
        *,
        now: datetime,
        published: Window | None = None,
        retrieved: date | None = None,
        backfill: bool = False,
        outlet: str | None = None,
        handling: str | None = None,
        lang: str | None = None,
        mappings: Sequence[Columns] = (),
        extractor: Extractor = extract.extract,
        workers: int = 0,
        by: str | None = None,
        why: str | None = None,
        on_item: Callable[[Taken], None] = lambda _: None,
    ) -> tuple[Taken, ...]:
        """Take reports in: keep the original, read, extract, store. Safe to repeat; one bad item stops nothing.

        Args:
            items: Names with a way to get the bytes, or the file. A container gives as many reports as it holds.
            now: The moment of intake, for the log.
            published: Day or days of publication, where the caller knows better than the report.
            retrieved: Day of retrieval; the day of ``now`` if left out.
            backfill: Each report counts as retrieved on the day it was published, as in a reconstruction.
            outlet: Who published it, where the report does not say; a source's name, alias or id.
            handling: A caveat to keep with each report; one that is there already takes it too, and the stricter holds.
            lang: Language of the reports, where known.
            mappings: Which columns of tables and JSON Lines hold what, before those of ``tocsin.toml``.
            extractor: What reads the claims; the rules if left out.
            workers: How many processes read, each held to limits of time and memory; 0 reads here, without them,
                which is for reports that are trusted.
            by: Who says that ``outlet`` and ``published`` hold for reports that are on record with others: such a
                report is corrected by a judgement, as ``judge`` does it. Without a name it stays as it is.
            why: On what grounds.
            on_item: Called after each item, for progress.

        Returns:
            What became of each item, in order.

        Raises:
            UsageError: Of ``by`` and ``why`` only one is given, or neither outlet nor day.
        """
        sign = heading.signing(by, why, outlet=outlet, published=published)
        sources = self.declared.sources()
        self._versions.keep_all(now=now)
        columns = tuple(mappings) or self.declared.mappings()
        taken: list[Taken] = []
        given = Given(handling=handling, outlet=outlet, published=published, lang=lang)
        for own, some in by_given(items, given):
            reading = Reading(
                published=own.published,
                retrieved=retrieved or now.date(),
                backfill=backfill,
                lang=own.lang,
                outlet=own.outlet,
                sources=sources,
                mappings=columns,
            )
            with hands(workers, reading, extractor) as who:
                intake = Intake(self.path, self.store, hands=who, given=own, now=now)
                for one in intake.run(some):
                    taken.append(one)
                    on_item(one)
        new = {one.report for one in taken if one.outcome == "new" and one.report is not None}
        if not new and (outlet, published, lang) == (None, None, None):
            return tuple(taken)
        everything = self.holdings.everything()
        reports = everything.headed().reports
        if sign is not None and (asked := sign(taken, reports)):
            taken = heading.corrected(taken, self.judgements.lay(asked, now=now))
            everything = self.holdings.everything()
            reports = everything.headed().reports
        told = arrived.told(taken, reports, outlet=outlet, published=published, lang=lang, guarded=everything.guarded)
        if not new:
            return told
        stream = chain.stream_of(nearby(everything, new), sources, as_of=None, known_by=None)
        first = next(place for place, one in enumerate(told) if one.outcome == "new")
        of_new = arrived.counted(stream, new, [problem for _, problem in self.declared.sound()])
        return with_echoes((*told[:first], replace(told[first], of_new=of_new), *told[first + 1 :]), stream)

    def page(self, url: str, *, on: date) -> Item:
        """What stands at an address, fetched by the rules of ``tocsin.toml``; ``on`` is today.

        Raises:
            FetchError: It is refused, or nothing worth reading came.
        """
        from tocsin.desk.fetching import fetched, policy_of

        return fetched(url, policy=policy_of(self.declared.settings()), on=on)

    def failed(self) -> tuple[tuple[str, Get], ...]:
        """What failed before and was kept, to be tried again: the last attempt's name, and a way to get the bytes."""
        return tuple(again(self.path, self.store.attempts()))

    # -- the chain -------------------------------------------------------------------------------------------------

    def linkage(self, name: str | None = None, *, as_of: date, known_by: date | None = None) -> Linkage:
        """What was published by a day, weighed and linked to one problem.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            as_of: Reports published on or before this day count.
            known_by: And retrieved on or before this day.
        """
        problem, sources = self.declared.with_sources(name)
        return chain.linkage(problem, sources, self.holdings.everything(), as_of=as_of, known_by=known_by)

    def assess(self, name: str | None = None, *, as_of: date, known_by: date | None = None, now: datetime) -> Assessed:
        """The assessment of one problem as of a day; ``name``, ``as_of`` and ``known_by`` as for ``linkage``.

        Args:
            name: The problem's id.
            as_of: The day assessed.
            known_by: Only what was retrieved by this day.
            now: The moment of use, under which this version of the problem's file is kept.
        """
        found = self.linkage(name, as_of=as_of, known_by=known_by)
        self._versions.keep(found.problem, now=now)
        answer = chain.assessed(found, as_of=as_of, known_by=known_by)
        problem = found.problem.id
        own = signed(self.store.issued(problem), self.store.forecasts(problem), as_of=as_of, known_by=known_by)
        known = recorded(self.store.outcomes(problem), as_of=as_of, known_by=known_by)
        return replace(answer, assessment=replace(answer.assessment, signed=own, outcome=known))

    def queue(self, name: str | None = None, *, as_of: date, known_by: date | None = None) -> tuple[Linkage, Queue]:
        """What nobody has judged yet, by how far it could move the answer; arguments as for ``linkage``."""
        from tocsin.desk.queueing import queue

        found = self.linkage(name, as_of=as_of, known_by=known_by)
        return found, queue(found, as_of=as_of)

    def export(
        self,
        name: str | None = None,
        *,
        as_of: date,
        known_by: date | None = None,
        to: Release,
        producer: str,
        now: datetime,
    ) -> tuple[Exported, Withheld]:
        """An answer as the exporters of ``exchange.FORMATS`` take it, and what is withheld from its readers.

        Args:
            name: The problem's id.
            as_of: The day assessed.
            known_by: Only what was retrieved by this day.
            to: What the readers are cleared for.
            producer: Who publishes it.
            now: The moment of use.
        """
        found = self.assess(name, as_of=as_of, known_by=known_by, now=now)
        issues = [one.issued_at for one in self.store.issued(found.problem.id) if one.as_of == as_of]
        return exchange.exported(found, to=to, issued=max(issues, default=None), producer=producer)

    # -- between shifts --------------------------------------------------------------------------------------------

    def hand_over(
        self,
        name: str | None = None,
        *,
        by: str,
        since: datetime | None = None,
        as_of: date,
        asked: Sequence[str] = (),
        closed: Sequence[int] = (),
        to: Release,
        now: datetime,
    ) -> HandOver:
        """Write the note that one watch leaves to the next, and keep it; ``handing.hand_over`` tells the arguments.

        ``name`` is one problem's id; all problems of the desk if left out.
        """
        names = [self.declared.problem(name).id] if name else [file.stem for file in self.declared.problem_files()]
        return handing.hand_over(
            self, self.store, names, by=by, since=since, as_of=as_of, asked=asked, closed=closed, to=to, now=now
        )

    def handed_over(self) -> tuple[HandOver, TakenOver | None]:
        """The last note between shifts, and who took over with it."""
        return handing.last(self.store)

    def take_over(self, *, by: str, now: datetime) -> tuple[HandOver, TakenOver]:
        """Acknowledge the last note between shifts."""
        return handing.take_over(self.store, by=by, now=now)

    # -- in and out whole ------------------------------------------------------------------------------------------

    def export_lines(self, *, to: Release = ALL) -> Iterator[bytes]:
        """The whole desk as lines of JSON without their ends: declarations, originals, everything on record.

        Raises:
            UsageError: Something on the desk carries a caveat that the release does not cover, or people signed
                reasons there: whole is whole.
        """
        if not to.everything:
            kept = {one.digest or one.name: one.handling or "" for one in self.store.failed_attempts()}
            exchange.refuse_marked({**kept, **self.store.handling()}, self.holdings.guarded(), to=to)
            exchange.refuse_signed(
                {
                    "judgement": len(self.store.judgements()),
                    "note": len(self.store.notes()) + sum(1 for one in self.store.looks() if one.note),
                    "record of what happened": sum(len(self.season.outcomes(name)) for name in self.declared.names()),
                }
            )
        return whole.export_lines(self.path, self.store)

    def import_lines(self, lines: Iterable[bytes]) -> Imported:
        """Take in the lines of a whole desk, all or none; what is there already is not taken in twice.

        Raises:
            ReadError: A line is none of a desk; it is named, and nothing goes on record.
        """
        taken = whole.import_lines(self.path, self.store, lines)
        heading.read_anew(self.store, self.store.judgements(), self.declared.sources())
        found = looking.unknown_channels(self.declared.settings(), [one for _, one in self.declared.sound()])
        return replace(taken, channels=tuple(dict.fromkeys(fault.message for fault in found)))

    # -- looking things up, and forgetting them --------------------------------------------------------------------

    def search(
        self,
        words: str,
        *,
        as_of: date | None = None,
        known_by: date | None = None,
        most: int = 50,
        to: Release = ALL,
    ) -> tuple[tuple[Hit, ...], Withheld]:
        """Claims and reports that hold every word, the latest first, each with its caveat.

        Args:
            words: The words; see ``Store.search``.
            as_of: Published on or before this day.
            known_by: And retrieved on or before this day.
            most: How many claims, and how many reports, at most.
            to: What the readers are cleared for.

        Returns:
            What was found and may be seen, and what of it is withheld.
        """
        judgements = self.store.judgements()
        moved = {one.subject for one in judgements if one.kind is JudgementKind.HEAD}
        hits = self.store.search(words, as_of=as_of, known_by=known_by, most=most, any_day=moved)
        found = {name for hit in hits for name in (hit.claim, hit.report)}
        kinds = {JudgementKind.CORRECTION, JudgementKind.HEAD}
        corrected = any(one.kind in kinds and one.subject in found for one in judgements)
        if not hits or (to.everything and not corrected):
            return hits, Withheld()
        stream = self.holdings.stream(known_by=known_by)
        return for_readers(as_corrected(hits, stream, moved=moved, as_of=as_of), stream, to=to)

    def acts(self, subject: str | None = None, *, to: Release = ALL) -> tuple[Act, ...]:
        """The audit trail: who did what to what, when and why; of one subject, if given. ``to`` as for ``search``."""
        return registers.shown(self.store.acts(subject), self.holdings.stream, to=to)

    def forget(self, thing: str, *, by: str, why: str, now: datetime) -> Erased:
        """Erase a report or a voice everywhere, leaving a tombstone; see ``forgetting.forget``."""
        return forgetting.forget(self.path, self.store, thing, by=by, why=why, now=now)

    def deliveries(self, name: str | None = None, *, to: Release = ALL) -> tuple[Delivery, ...]:
        """Every step in delivering an alert, of one problem if it is named, oldest first; ``to`` as for ``search``."""
        return registers.shown(self.store.deliveries(name), self.holdings.stream, to=to)

    def last_published(self) -> date | None:
        """The day of the newest report."""
        found = heading.headed(self.store.reports(), {}, self.store.judgements(), rereadings={})
        days = [report.published.latest for report in found.reports.values() if report.published]
        return max((day for day in days if day is not None), default=None)
