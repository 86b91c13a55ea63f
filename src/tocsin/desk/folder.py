"""The desk folder, and the order of the steps on it: read, extract, keep; weigh, link, infer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin import extract, score, weigh
from tocsin import problem as problems
from tocsin.desk import arrived, chain, changing, exchange, forgetting, handing, judging, looking, registers, whole
from tocsin.desk.astray import no_desk
from tocsin.desk.finding import as_corrected, for_readers
from tocsin.desk.forgetting import Erased
from tocsin.desk.intake import Given, Intake, again, by_given, nearby, with_echoes
from tocsin.desk.reading import Extractor, Get, Reading, is_folder, mappings_for
from tocsin.desk.release import guarded, released
from tocsin.desk.season import Season
from tocsin.desk.signing import recorded, signed
from tocsin.desk.values import Assessed, Checked, Linkage, Stream, Taken
from tocsin.desk.whole import Imported
from tocsin.desk.workers import hands
from tocsin.errors import Fault, FaultyInput, Place, UsageError
from tocsin.link.nation import nation_of
from tocsin.model.changes import Changes
from tocsin.model.claim import Claim
from tocsin.model.feed import Settings
from tocsin.model.handover import HandOver, TakenOver
from tocsin.model.judgement import Entry, JudgementKind, Verdict
from tocsin.model.log import Act, Delivery, Hit, Issued, LookMade
from tocsin.model.look import Lookout
from tocsin.model.outcome import Forecast, Outcome, Scored
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Source
from tocsin.model.time import Window
from tocsin.problem import known
from tocsin.publish.exported import Exported
from tocsin.publish.handling import ALL, Release, Withheld
from tocsin.read import Columns, Item, parse_columns
from tocsin.score import season
from tocsin.store.sql import Store

if TYPE_CHECKING:
    from tocsin.desk.queueing import Queue
    from tocsin.infer.prior import Check


class Desk:
    """One desk folder.

    Args:
        path: The folder; it holds ``problems/``.

    Raises:
        UsageError: The folder is no desk.
        StoreError: Its store cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        if not is_folder(path / "problems"):
            raise UsageError(no_desk(path))
        self.path = path
        self._opened: Store | None = None

    @property
    def _store(self) -> Store:
        if self._opened is None:
            self._opened = Store(self.settings().store or f"sqlite:///{self.path / 'tocsin.db'}")
        return self._opened

    @property
    def store(self) -> Store:
        """What the desk keeps, opened when it is first asked for."""
        return self._store

    def close(self) -> None:
        """Close the store."""
        if self._opened is not None:
            self._opened.close()

    # -- the declarations ------------------------------------------------------------------------------------------

    def settings(self) -> Settings:
        """The desk's own settings, ``tocsin.toml``.

        Raises:
            FaultyInput: The file has faults.
        """
        return problems.load_settings(self.path / "tocsin.toml")

    def problem_files(self) -> tuple[Path, ...]:
        """The declared problems' files, in order of name."""
        return tuple(sorted((self.path / "problems").glob("*.toml")))

    def problem(self, name: str | None = None) -> WarningProblem:
        """The problem of that id; the only one where no id is given.

        Raises:
            UsageError: There is none of that id, or there are several and none was named.
            FaultyInput: The file has faults.
        """
        files = self.problem_files()
        if not files:
            raise UsageError(f"{self.path / 'problems'}: no problem is declared there (write one: tocsin new)")
        if name is None:
            if len(files) > 1:
                known = ", ".join(file.stem for file in files)
                raise UsageError(f"{self.path}: several problems here; name one with --problem ({known})")
            return problems.load_problem(files[0])
        file = self._file_named(name)
        if file is None:
            raise UsageError(f"{self.path}: no problem '{name}' (there are: {', '.join(f.stem for f in files)})")
        return problems.load_problem(file)

    def _file_named(self, name: str) -> Path | None:
        """The file of that name, else the one that declares a problem of that id."""
        files = self.problem_files()
        return next((file for file in files if file.stem == name), None) or next(self._files_of(name), None)

    def _files_of(self, problem: str) -> Iterator[Path]:
        """The files that declare a problem of that id; most are called so, and that one is looked into first."""
        files = sorted(self.problem_files(), key=lambda one: one.stem != problem)
        return (file for file, found in _sound(files) if found.id == problem)

    def _file_of(self, problem: WarningProblem) -> Path:
        """The file that a problem was loaded from.

        Raises:
            UsageError: It is gone.
        """
        file = next(self._files_of(problem.id), None)
        if file is None:
            raise UsageError(f"{self.path / 'problems'}: the file that declares {problem.id} is gone (put it back)")
        return file

    def sources(self, problem: WarningProblem | None = None) -> tuple[Source, ...]:
        """Who is who on this desk; a problem's own sources come after and win over the desk's of the same id."""
        file = self.path / "sources.toml"
        declared = {source.id: source for source in (problems.load_sources(file) if file.exists() else ())}
        declared |= {source.id: source for source in (problem.sources if problem else ())}
        return tuple(declared.values())

    def _who_is_who(self, problem: WarningProblem) -> tuple[Source, ...]:
        """The sources of a problem and of the desk; those of the problem alone where the desk's have faults."""
        try:
            return self.sources(problem)
        except FaultyInput:
            return problem.sources

    def check(self) -> Checked:
        """All faults of all files at once; where there are none, what the priors alone answer."""
        from tocsin.infer import prior

        faults: list[Fault] = []
        notes: list[Fault] = []
        checks: list[tuple[WarningProblem, Check]] = []
        for declared in (self.sources, self.settings):
            try:
                declared()
            except FaultyInput as error:
                faults += error.faults
        files = self.problem_files()
        if not files:
            faults.append(Fault(Place(str(self.path / "problems")), "no problem is declared", "write one: tocsin new"))
        for file in files:
            try:
                loaded = problems.load(file)
            except FaultyInput as error:
                faults += error.faults
            else:
                notes += loaded.notes
                notes += known.notes(
                    loaded.problem, file=str(file), sources=self._who_is_who(loaded.problem), nation_of=nation_of
                )
                if any(loaded.problem.id == other.id for other, _ in checks):
                    what = f"another file declares a problem with the id '{loaded.problem.id}' too"
                    faults.append(Fault(Place(str(file), "id"), what, "give each problem an id of its own"))
                checks.append((loaded.problem, prior.check(loaded.problem)))
        if not faults and (self.path / "tocsin.db").exists():
            notes += self._doubts()
        if not faults:
            faults += looking.faults(self.path / "tocsin.toml", self.settings(), [one for one, _ in checks])
        return Checked(faults=tuple(faults), notes=tuple(notes), checks=tuple(checks))

    def _doubts(self) -> list[Fault]:
        """What the judgements on this desk make doubtful: digits of credibility that the letters predict."""
        if not any(one.kind is JudgementKind.CREDIBILITY for one in self._store.judgements()):
            return []
        found = weigh.diagonal(chain.stream_of(self._everything(), self.sources(), as_of=None, known_by=None).ratings)
        cure = "judge the item apart from its source, or withdraw the digits"
        return [Fault(Place("judgements of credibility"), found.told(), cure)] if found.warned else []

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
            on_item: Called after each item, for progress.

        Returns:
            What became of each item, in order.
        """
        sources = self.sources()
        self._keep_all_declarations(now)
        columns = tuple(mappings) or self.mappings()
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
                intake = Intake(self.path, self._store, hands=who, given=own, now=now)
                for one in intake.run(some):
                    taken.append(one)
                    on_item(one)
        new = {one.report for one in taken if one.outcome == "new" and one.report is not None}
        if not new and (outlet, published, lang) == (None, None, None):
            return tuple(taken)
        everything = self._everything()
        told = arrived.told(taken, everything.reports, outlet=outlet, published=published, lang=lang)
        if not new:
            return told
        stream = chain.stream_of(nearby(everything, new), sources, as_of=None, known_by=None)
        first = next(place for place, one in enumerate(told) if one.outcome == "new")
        of_new = arrived.counted(stream, new, [problem for _, problem in _sound(self.problem_files())])
        return with_echoes((*told[:first], replace(told[first], of_new=of_new), *told[first + 1 :]), stream)

    def mappings(self, wanted: str | None = None) -> tuple[Columns, ...]:
        """The mappings of ``tocsin.toml``, or the one that is wanted: one of them by its name, or a file.

        Raises:
            UsageError: There is none of that name, and no such file.
            FaultyInput: The file has faults.
        """
        settings = self.path / "tocsin.toml"
        text = settings.read_text(encoding="utf-8") if settings.exists() else ""
        declared = parse_columns(text, file=str(settings))
        return declared if wanted is None else mappings_for(wanted, declared)

    def page(self, url: str, *, on: date) -> Item:
        """What stands at an address, fetched by the rules of ``tocsin.toml``; ``on`` is today.

        Raises:
            FetchError: It is refused, or nothing worth reading came.
        """
        from tocsin.desk.fetching import fetched, policy_of

        return fetched(url, policy=policy_of(self.settings()), on=on)

    def failed(self) -> tuple[tuple[str, Get], ...]:
        """What failed before and was kept, to be tried again: the last attempt's name, and a way to get the bytes."""
        return tuple(again(self.path, self._store.attempts()))

    # -- the chain -------------------------------------------------------------------------------------------------

    def _everything(self) -> chain.Everything:
        return chain.Everything(
            self._store.reports(),
            self._store.extractions(),
            self._store.judgements(),
            looks=self._store.looks(),
            forgotten=len(self._store.tombstones()),
            guarded=self._guarded(),
        )

    def _guarded(self) -> tuple[Source, ...]:
        """Everybody who bears a caveat in any file of the desk: it holds on all its problems, and for every day.

        Of a problem's file that has a fault just now, the version that was used last tells.
        """
        found = list(guarded(self.sources()))
        for file in self.problem_files():
            try:
                found += guarded(problems.load_problem(file).sources)
            except FaultyInput:
                for _, text in self._store.versions("problem", file.name)[-1:]:
                    found += guarded(problems.parse_problem(text, file=file.name).sources)
        return tuple(found)

    def _names(self) -> tuple[str, ...]:
        """The ids of the problems on the desk."""
        return tuple(self._id_of(file.stem) for file in self.problem_files())

    def _read(self) -> Stream:
        """Everything that the desk has read, weighed, whatever the problem and the day."""
        return chain.stream_of(self._everything(), self.sources(), as_of=None, known_by=None)

    def linkage(self, name: str | None = None, *, as_of: date, known_by: date | None = None) -> Linkage:
        """What was published by a day, weighed and linked to one problem.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            as_of: Reports published on or before this day count.
            known_by: And retrieved on or before this day.
        """
        problem = self.problem(name)
        return chain.linkage(problem, self.sources(problem), self._everything(), as_of=as_of, known_by=known_by)

    def assess(self, name: str | None = None, *, as_of: date, known_by: date | None = None, now: datetime) -> Assessed:
        """The assessment of one problem as of a day; ``name``, ``as_of`` and ``known_by`` as for ``linkage``.

        Args:
            name: The problem's id.
            as_of: The day assessed.
            known_by: Only what was retrieved by this day.
            now: The moment of use, under which this version of the problem's file is kept.
        """
        found = self.linkage(name, as_of=as_of, known_by=known_by)
        self._keep_declarations(found.problem, now)
        answer = chain.assessed(found, as_of=as_of, known_by=known_by)
        problem = found.problem.id
        own = signed(self._store.issued(problem), self._store.forecasts(problem), as_of=as_of, known_by=known_by)
        known = recorded(self._store.outcomes(problem), as_of=as_of, known_by=known_by)
        return replace(answer, assessment=replace(answer.assessment, signed=own, outcome=known))

    def queue(self, name: str | None = None, *, as_of: date, known_by: date | None = None) -> tuple[Linkage, Queue]:
        """What nobody has judged yet, by how far it could move the answer; arguments as for ``linkage``."""
        from tocsin.desk.queueing import queue

        found = self.linkage(name, as_of=as_of, known_by=known_by)
        return found, queue(found, as_of=as_of)

    def replay(
        self,
        name: str | None = None,
        *,
        days: Iterable[date],
        as_known: bool = False,
        to: Release = ALL,
        now: datetime,
    ) -> Iterator[Assessed]:
        """The assessment of each day as it would have been, by the declarations then in force.

        In force on a day is the version first used on or before it; on days before the first use, the first version.
        Of resolved claims those count that were resolved by the day: what was learnt later is no part of it.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            days: The days, each on or after the problem was opened.
            as_known: Count only what had also been retrieved by each day.
            to: What the readers are cleared for: the rest is masked, each day by itself.
            now: The moment of use, under which the present versions are kept.
        """
        problem = self.problem(name)
        self._keep_declarations(problem, now)
        everything = self._everything()
        declared = self._declared(problem)
        for day in days:
            then = declared(day)
            known_by = day if as_known else None
            found = chain.linkage(then.problem, then.sources, everything, as_of=day, known_by=known_by, resolved_by=day)
            shown, _ = released(chain.assessed(found, as_of=day, known_by=known_by), to=to)
            yield shown

    def changes(
        self,
        name: str | None = None,
        *,
        first: date,
        last: date,
        as_known: bool = False,
        to: Release = ALL,
        now: datetime,
    ) -> Changes:
        """What changed between two days, by the declarations then in force: what time did, reports, declarations.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            first: The earlier day, on or after the problem was opened.
            last: The later day.
            as_known: Count on each day only what had also been retrieved by then.
            to: What the readers are cleared for: of new claims that this does not cover the words are withheld.
            now: The moment of use, under which the present versions are kept.

        Raises:
            UsageError: The days stand in the wrong order, or the first lies before the problem was opened.
        """
        if last <= first:
            raise UsageError(f"--to {last} does not lie after --from {first}")
        problem = self.problem(name)
        self._keep_declarations(problem, now)
        declared = self._declared(problem)
        versions = self._later_versions(problem)
        return changing.changes(
            self._everything(),
            declared(first),
            declared(last),
            first=first,
            last=last,
            as_known=as_known,
            versions=versions,
            to=to,
            today=changing.Declared(problem=problem, sources=self.sources(problem)),
        )

    def later_versions(self, name: str | None) -> tuple[datetime, ...]:
        """When each version of a problem's file and of sources.toml was first used, but for the first of each."""
        return tuple(used for _, used in self._later_versions(self.problem(name)))

    def _later_versions(self, problem: WarningProblem) -> list[tuple[str, datetime]]:
        files = (("problem", self._file_of(problem).name), ("sources", "sources.toml"))
        return [(file, used) for kind, file in files for used, _ in self._store.versions(kind, file)[1:]]

    def answered_by_older(self, name: str | None, day: date) -> bool:
        """Is a day replayed by other declarations than today's?"""
        problem = self.problem(name)
        then = self._declared(problem)(day)
        return then.problem.digest != problem.digest or then.sources != self.sources(problem)

    def _declared(self, problem: WarningProblem) -> Callable[[date], changing.Declared]:
        """What was declared on a day: the versions then in force."""
        written = self._store.versions("problem", self._file_of(problem).name)
        graded = self._store.versions("sources", "sources.toml")

        def on(day: date) -> changing.Declared:
            then = problems.parse_problem(chain.in_force(written, day), file=f"{problem.id}.toml as of {day}")
            own = (
                problems.parse_sources(chain.in_force(graded, day), file=f"sources.toml as of {day}") if graded else ()
            )
            sources = {source.id: source for source in (*own, *then.sources)}
            return changing.Declared(problem=then, sources=tuple(sources.values()))

        return on

    def _keep_declarations(self, problem: WarningProblem, now: datetime) -> None:
        self._keep_declaration("problem", self._file_of(problem), now)
        self._keep_declaration("sources", self.path / "sources.toml", now)

    def _keep_declaration(self, kind: str, file: Path, now: datetime) -> None:
        if file.exists():
            data = file.read_bytes()
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            self._store.keep_file(digest=digest, kind=kind, name=file.name, text=data.decode("utf-8"), at=now)

    def _keep_all_declarations(self, now: datetime) -> None:
        """Keep what is declared at an intake: the sources, and every problem whose file has no fault."""
        self._keep_declaration("sources", self.path / "sources.toml", now)
        for file, _ in _sound(self.problem_files()):
            self._keep_declaration("problem", file, now)

    def issue(
        self,
        assessed: Assessed,
        *,
        by: str,
        judgement: str | None,
        dissent: str | None,
        probability: float | None = None,
        now: datetime,
    ) -> bool:
        """Keep an assessment as issued, with the signer's own judgement, dissent and probability beside the model's.

        What others had signed by then stands in their own issues and is no part of it. Everything issued is kept; of
        one signer's issues of a day the latest counts.

        Returns:
            False where the same signer last issued exactly this: then nothing changes.

        Raises:
            UsageError: A probability is given where none can be; see ``forecast``.
        """
        from tocsin.publish import json

        payload = json.encode(replace(assessed.assessment, signed=()))
        as_of = assessed.assessment.as_of
        given: Forecast | None = None
        if probability is not None:
            given = _forecast(assessed.problem, who=by, as_of=as_of, probability=probability, now=now)
        return self._store.issue(
            Issued(
                problem=assessed.problem.id,
                as_of=as_of,
                issued_at=now,
                by=by,
                judgement=judgement,
                dissent=dissent,
                probability=probability,
                digest=hashlib.sha256(payload).hexdigest(),
                payload=payload,
            ),
            given,
        )

    def issued(self, name: str | None = None, *, on: date | None = None) -> tuple[Issued, ...]:
        """What was issued on a problem (as of one day, if given), in the wording of that time."""
        every = self._store.issued(self._id_of(name))
        return tuple(one for one in every if on is None or one.as_of == on)

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
        issues = [one.issued_at for one in self._store.issued(found.problem.id) if one.as_of == as_of]
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
        names = [self.problem(name).id] if name else [file.stem for file in self.problem_files()]
        return handing.hand_over(
            self, self._store, names, by=by, since=since, as_of=as_of, asked=asked, closed=closed, to=to, now=now
        )

    def handed_over(self) -> tuple[HandOver, TakenOver | None]:
        """The last note between shifts, and who took over with it."""
        return handing.last(self._store)

    def take_over(self, *, by: str, now: datetime) -> tuple[HandOver, TakenOver]:
        """Acknowledge the last note between shifts."""
        return handing.take_over(self._store, by=by, now=now)

    # -- were we right? --------------------------------------------------------------------------------------------

    def forecast(self, name: str | None, *, who: str, as_of: date, probability: float, now: datetime) -> Forecast:
        """Keep an analyst's own probability for the headline question, beside the model's.

        Raises:
            UsageError: The day lies on or after the last day of the question, or ``who`` is a name we use ourselves.
        """
        problem = self.problem(name)
        given = _forecast(problem, who=who, as_of=as_of, probability=probability, now=now)
        self._store.forecast(problem.id, given, at=now)
        return given

    def record(
        self,
        name: str | None = None,
        *,
        onset: date | None,
        through: date,
        scenario: str | None = None,
        by: str,
        why: str,
        now: datetime,
    ) -> Outcome:
        """Record what happened under the problem's resolution rule; an earlier record is kept and no longer counts.

        Raises:
            UsageError: The days contradict each other or the problem, or there is no such scenario.
        """
        problem = self.problem(name)
        if onset is not None and onset > through:
            raise UsageError(f"--happened {onset} lies after --through {through}")
        if (onset or through) < problem.opened:
            raise UsageError(f"{onset or through} lies before the problem was opened ({problem.opened})")
        known = [one.id for one in problem.scenarios]
        if scenario is not None and scenario not in known:
            raise UsageError(f"no scenario '{scenario}' (there are: {', '.join(known)})")
        outcome = Outcome(
            problem=problem.id,
            onset=onset,
            through=through,
            scenario=scenario,
            rule=problem.resolution,
            by=by,
            why=why,
            at=now,
        )
        self._store.record(outcome)
        return outcome

    def outcomes(self, name: str | None = None, *, to: Release = ALL) -> tuple[Outcome, ...]:
        """Every record of what happened on a problem, oldest first; the last one counts. ``to`` as for ``search``."""
        return registers.shown(self._store.outcomes(self._id_of(name)), self._read, to=to)

    def score(self, name: str | None = None, *, replayed: Iterable[bytes] | None = None, to: Release = ALL) -> Scored:
        """Score what was issued, or what a replay gave, and the analysts' own forecasts under the recorded outcome.

        Args:
            name: The problem's id.
            replayed: Assessments as JSON, to be scored in the place of the issued ones.
            to: What the readers are cleared for.

        Raises:
            UsageError: No outcome was recorded, or nothing was issued.
        """
        outcomes = self.outcomes(name)
        if not outcomes:
            raise UsageError(f"{self.path}: what happened is not recorded yet (record it with: tocsin outcome)")
        given = Season(replayed if replayed is not None else [one.payload for one in self.issued(name)])
        forecasts = (*given.forecasts(), *self._store.forecasts(outcomes[-1].problem))
        if not forecasts:
            raise UsageError(f"{self.path}: nothing was issued that could be scored (tocsin assess --issue --by NAME)")
        found = score.score(outcomes[-1], forecasts, onsets=given.onsets(), alarms=given.alarms())
        return registers.shown([found], self._read, to=to)[0]

    # -- in and out whole ------------------------------------------------------------------------------------------

    def export_lines(self, *, to: Release = ALL) -> Iterator[bytes]:
        """The whole desk as lines of JSON without their ends: declarations, originals, everything on record.

        Raises:
            UsageError: Something on the desk carries a caveat that the release does not cover, or people signed
                reasons there: whole is whole.
        """
        if not to.everything:
            kept = {one.digest or one.name: one.handling or "" for one in self._store.failed_attempts()}
            exchange.refuse_marked({**kept, **self._store.handling()}, self._guarded(), to=to)
            exchange.refuse_signed(
                {
                    "judgement": len(self._store.judgements()),
                    "note": len(self._store.notes()) + sum(1 for one in self._store.looks() if one.note),
                    "record of what happened": sum(len(self._store.outcomes(name)) for name in self._names()),
                }
            )
        return whole.export_lines(self.path, self._store)

    def import_lines(self, lines: Iterable[bytes]) -> Imported:
        """Take in the lines of a whole desk, all or none; what is there already is not taken in twice.

        Raises:
            ReadError: A line is none of a desk; it is named, and nothing goes on record.
        """
        return whole.import_lines(self.path, self._store, lines)

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
        hits = self._store.search(words, as_of=as_of, known_by=known_by, most=most)
        found = {hit.claim for hit in hits}
        corrected = any(
            one.kind is JudgementKind.CORRECTION and one.subject in found for one in self._store.judgements()
        )
        if not hits or (to.everything and not corrected):
            return hits, Withheld()
        stream = self._read()
        return for_readers(as_corrected(hits, stream), stream, to=to)

    def acts(self, subject: str | None = None, *, to: Release = ALL) -> tuple[Act, ...]:
        """The audit trail: who did what to what, when and why; of one subject, if given. ``to`` as for ``search``."""
        return registers.shown(self._store.acts(subject), self._read, to=to)

    def forget(self, thing: str, *, by: str, why: str, now: datetime) -> Erased:
        """Erase a report or a voice everywhere, leaving a tombstone; see ``forgetting.forget``."""
        return forgetting.forget(self.path, self._store, thing, by=by, why=why, now=now)

    # -- the collection log ----------------------------------------------------------------------------------------

    def look(
        self,
        name: str | None,
        indicator: str,
        *,
        by: str,
        day: date,
        found: bool,
        coverage: str | None = None,
        note: str = "",
        now: datetime,
    ) -> LookMade:
        """Enter into the log that somebody looked for an indicator on a day, and whether it was seen.

        Raises:
            UsageError: There is no such indicator, nobody signs, the coverage is no word for one, or the day lies
                outside the watch.
        """
        made = looking.made(
            self.problem(name),
            indicator,
            by=by,
            day=day,
            found=found,
            coverage=problems.coverage_of(coverage) if coverage is not None else None,
            note=note,
            now=now,
        )
        self._store.look(made)
        return made

    def lookouts(self, name: str | None = None, *, as_of: date, to: Release = ALL) -> tuple[Lookout, ...]:
        """The collection log as of a day: of each indicator who looks, how often, when last, and what is overdue.

        ``to`` as for ``search``.
        """
        problem = self.problem(name)
        found = looking.lookouts(problem, self._store.looks(problem.id), self.settings().feeds, as_of=as_of)
        return registers.shown(found, self._read, to=to)

    def deliveries(self, name: str | None = None, *, to: Release = ALL) -> tuple[Delivery, ...]:
        """Every step in delivering an alert, of one problem if it is named, oldest first; ``to`` as for ``search``."""
        return registers.shown(self._store.deliveries(name), self._read, to=to)

    # -- judgements ------------------------------------------------------------------------------------------------

    def judge(
        self,
        subject: str,
        verdict: Verdict,
        *,
        by: str,
        why: str,
        now: datetime,
        aspect: str = "",
        given: str = "",
        problem: str | None = None,
        to: Release = ALL,
    ) -> tuple[Entry, ...]:
        """Lay a judgement over a claim, source or voice, or withdraw the last one; nothing is overwritten.

        Args:
            subject: The id of what is judged, or its beginning where only one begins so.
            verdict: What is judged; ``undone`` withdraws the same person's last judgement of it.
            by: Who judges.
            why: On what grounds.
            now: The moment.
            aspect: Of a correction the field, of a grade the topic, of a merger or independence the other one.
            given: Of a correction the value, of a link the targets, of a grade the letter, or the digit.
            problem: The problem that a link is made in, where there are several.
            to: What those are cleared for who read what is returned.

        Returns:
            All judgements over that subject, the new one last.

        Raises:
            UsageError: What is meant is not known, or that cannot be said of it, or a name or ground is missing.
        """
        asked = judging.Asked(subject=subject, verdict=verdict, by=by, why=why, aspect=aspect, given=given)
        judgement = judging.judged(asked, self._known(problem), now=now)
        self._store.judge(judgement)
        claim = self._claims().get(judgement.subject)
        kept = (one for one in self._store.judgements() if one.subject == judgement.subject)
        return registers.shown((replace(entry, claim=claim) for entry in weigh.history(kept)), self._read, to=to)

    def judgements(self, *, to: Release = ALL) -> tuple[Entry, ...]:
        """Every judgement ever made on the desk, with its claim and what has become of it, oldest first.

        ``to`` as for ``search``.
        """
        claims = self._claims()
        found = (
            replace(entry, claim=claims.get(entry.judgement.subject))
            for entry in weigh.history(self._store.judgements())
        )
        return registers.shown(found, self._read, to=to)

    def _known(self, problem: str | None) -> judging.Known:
        """What may be judged on this desk."""
        everything = self._everything()
        stream = cache(lambda: chain.stream_of(everything, self.sources(), as_of=None, known_by=None))
        by_id = cache(lambda: {source.id: source for source in stream().sources})
        return judging.Known(
            claims=self._claims(),
            judgements=everything.judgements,
            reports=everything.reports.keys,
            voices=lambda: weigh.voices(self._claims().values(), everything.reports, self.sources()),
            problem=lambda: self.problem(problem),
            ratings=lambda: stream().ratings,
            graders=lambda name: weigh.graders(by_id()[name], stream().judged) if name in by_id() else (),
        )

    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for found in self._store.extractions().values() for claim in found.claims}

    def _id_of(self, name: str | None) -> str:
        """The id of a problem; that of its file's name where the file no longer passes the check."""
        try:
            return self.problem(name).id
        except FaultyInput:
            return name or self.problem_files()[0].stem

    def last_published(self) -> date | None:
        """The day of the newest report."""
        days = [report.published.latest for report in self._store.reports().values() if report.published]
        return max((day for day in days if day is not None), default=None)


def _forecast(problem: WarningProblem, *, who: str, as_of: date, probability: float, now: datetime) -> Forecast:
    """Somebody's own probability for the headline question of a problem."""
    if as_of >= problem.by:
        raise UsageError(f"--as-of {as_of} leaves nothing to forecast: the question ends on {problem.by}")
    if who in {season.MODEL, season.POOLED}:
        raise UsageError(f"--by '{who}' is the name of another line of the scores; sign with your own")
    return Forecast(who=who, as_of=as_of, days=0, until=problem.by, probability=probability, at=now)


def _sound(files: Iterable[Path]) -> Iterator[tuple[Path, WarningProblem]]:
    """The files without a fault, each with the problem that it declares, read as they are asked for."""
    for file in files:
        try:
            found = problems.load_problem(file)
        except FaultyInput:
            continue
        yield file, found
