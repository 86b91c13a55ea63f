"""The desk folder, and the order of the steps on it: read, extract, keep; weigh, link, infer."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tocsin import __version__, extract, link, weigh
from tocsin import problem as problems
from tocsin.desk.reading import READABLE, Extractor, is_folder, read_out
from tocsin.desk.values import Assessed, Checked, Linkage, Stream, Taken
from tocsin.errors import Fault, FaultyInput, Place, TocsinError, UsageError
from tocsin.model.assessment import Digests, NotUnderstoodCount
from tocsin.model.claim import Extraction
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source
from tocsin.model.time import Window
from tocsin.store.sql import Issued, Store

if TYPE_CHECKING:
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
            raise UsageError(f"{path}: no desk here, for it has no folder problems/ (make one with: tocsin new {path})")
        self.path = path
        self._opened: Store | None = None

    @property
    def _store(self) -> Store:
        if self._opened is None:
            settings = self.path / "tocsin.toml"
            url = f"sqlite:///{self.path / 'tocsin.db'}"
            if settings.exists():
                try:
                    url = str(tomllib.loads(settings.read_text(encoding="utf-8")).get("store", url))
                except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                    raise FaultyInput([Fault(Place(str(settings)), str(error), "mend the TOML")]) from error
            self._opened = Store(url)
        return self._opened

    def close(self) -> None:
        """Close the store."""
        if self._opened is not None:
            self._opened.close()

    # -- the declarations ------------------------------------------------------------------------------------------

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
        for file in files:
            if file.stem == name:
                return problems.load_problem(file)
        raise UsageError(f"{self.path}: no problem '{name}' (there are: {', '.join(f.stem for f in files)})")

    def sources(self, problem: WarningProblem | None = None) -> tuple[Source, ...]:
        """Who is who on this desk; a problem's own sources come after and win over the desk's of the same id."""
        file = self.path / "sources.toml"
        declared = {source.id: source for source in (problems.load_sources(file) if file.exists() else ())}
        declared |= {source.id: source for source in (problem.sources if problem else ())}
        return tuple(declared.values())

    def check(self) -> Checked:
        """All faults of all files at once; where there are none, what the priors alone answer."""
        from tocsin.infer import prior

        faults: list[Fault] = []
        notes: list[Fault] = []
        checks: list[tuple[WarningProblem, Check]] = []
        try:
            self.sources()
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
                checks.append((loaded.problem, prior.check(loaded.problem)))
        return Checked(faults=tuple(faults), notes=tuple(notes), checks=tuple(checks))

    # -- intake ----------------------------------------------------------------------------------------------------

    def add(
        self,
        items: Iterable[tuple[str, Callable[[], bytes]]],
        *,
        now: datetime,
        published: Window | None = None,
        retrieved: date | None = None,
        backfill: bool = False,
        outlet: str | None = None,
        handling: str | None = None,
        lang: str | None = None,
        extractor: Extractor = extract.extract,
        on_item: Callable[[Taken], None] = lambda _: None,
    ) -> tuple[Taken, ...]:
        """Take reports in: keep the original, read, extract, store. Safe to repeat; one bad item stops nothing.

        Args:
            items: Names with a way to get the bytes.
            now: The moment of intake, for the log.
            published: Day or days of publication, where the caller knows better than the report.
            retrieved: Day of retrieval; the day of ``now`` if left out.
            backfill: Each report counts as retrieved on the day it was published, as in a reconstruction.
            outlet: Who published it, where the report does not say; a source's name, alias or id.
            handling: A caveat to keep with each report.
            lang: Language of the reports, where known.
            extractor: What reads the claims; the rules if left out.
            on_item: Called after each item, for progress.

        Returns:
            What became of each item, in order.
        """
        sources = self.sources()

        def read(data: bytes, name: str) -> tuple[Report, Extraction]:
            report, found = read_out(
                data,
                name=name,
                published=published,
                retrieved=retrieved or now.date(),
                lang=lang,
                outlet=outlet,
                sources=sources,
                extractor=extractor,
            )
            if backfill and report.published is not None:
                report = replace(report, retrieved=report.published.latest)
            return report, found

        taken: list[Taken] = []
        for name, get in items:
            try:
                one = self._take(name, get(), read=read, handling=handling, now=now)
            except (TocsinError, OSError) as error:
                reason = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
                self._store.log_intake(name=name, report=None, outcome="failed", reason=reason, at=now)
                one = Taken(name=name, outcome="failed", reason=reason)
            taken.append(one)
            on_item(one)
        return self._with_echoes(taken, sources)

    def _take(
        self,
        name: str,
        data: bytes,
        *,
        read: Callable[[bytes, str], tuple[Report, Extraction]],
        handling: str | None,
        now: datetime,
    ) -> Taken:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if self._store.extractor_of(digest) is not None:
            self._store.log_intake(name=name, report=digest, outcome="known", reason=None, at=now)
            return Taken(name=name, outcome="known", report=digest)
        report, extraction = read(data, name)
        self._keep_original(data, report.id, name)
        new = self._store.keep(report, extraction, name=name, handling=handling, at=now)
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
        folder = self.path / "reports"
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

    def _with_echoes(self, taken: Sequence[Taken], sources: Sequence[Source]) -> tuple[Taken, ...]:
        """Say of each new item how many of its claims repeat others."""
        if not any(one.outcome == "new" for one in taken):
            return tuple(taken)
        stream = self._stream(sources, as_of=None, known_by=None)
        report_of = {claim.id: claim.report for claim in stream.claims}
        echoes: dict[str, int] = {}
        for rating in stream.ratings.values():
            if rating.echo_of is not None:
                echoes[report_of[rating.claim]] = echoes.get(report_of[rating.claim], 0) + 1
        return tuple(replace(one, echoes=echoes.get(one.report or "", 0)) for one in taken)

    # -- the chain -------------------------------------------------------------------------------------------------

    def _stream(self, sources: Sequence[Source], *, as_of: date | None, known_by: date | None) -> Stream:
        reports = {
            key: report
            for key, report in self._store.reports().items()
            if _published_by(report, as_of) and _retrieved_by(report, known_by)
        }
        extractions = {key: found for key, found in self._store.extractions().items() if key in reports}
        claims = tuple(claim for key in reports if key in extractions for claim in extractions[key].claims)
        return Stream(
            reports=reports,
            extractions=extractions,
            claims=claims,
            ratings=weigh.ratings(claims, reports, sources),
            sources=tuple(sources),
        )

    def linkage(self, name: str | None = None, *, as_of: date, known_by: date | None = None) -> Linkage:
        """What was published by a day, weighed and linked to one problem.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            as_of: Reports published on or before this day count.
            known_by: And retrieved on or before this day.
        """
        problem = self.problem(name)
        if as_of < problem.opened:
            raise UsageError(
                f"--as-of {as_of} lies before the problem was opened ({problem.opened}); its grid starts there"
            )
        stream = self._stream(self.sources(problem), as_of=as_of, known_by=known_by)
        linked = link.link(stream.claims, stream.ratings, stream.reports, problem)
        return Linkage(problem=problem, stream=stream, linked=linked)

    def assess(self, name: str | None = None, *, as_of: date, known_by: date | None = None, now: datetime) -> Assessed:
        """The assessment of one problem as of a day; ``name``, ``as_of`` and ``known_by`` as for ``linkage``.

        Args:
            name: The problem's id.
            as_of: The day assessed.
            known_by: Only what was retrieved by this day.
            now: The moment of use, under which this version of the problem's file is kept.
        """
        from tocsin.infer import assess as infer

        found = self.linkage(name, as_of=as_of, known_by=known_by)
        problem, stream, linked = found.problem, found.stream, found.linked
        self._keep_declarations(problem, now)
        assessment = infer.assess(
            problem,
            linked,
            claims=found.claims,
            reports=stream.reports,
            ratings=stream.ratings,
            as_of=as_of,
            known_by=known_by,
            digests=Digests(problem=problem.digest, sources=_digest(stream.sources), claims=_digest(stream.claims)),
            version=__version__,
            not_understood=NotUnderstoodCount(
                reports=sum(1 for r in stream.reports.values() if r.lang not in (None, *extract.LANGUAGES)),
                passages=sum(len(one.not_understood) for one in stream.extractions.values()),
                claims_set_aside=len(linked.set_aside),
                claims_unlinked=linked.unlinked,
                claims_ungraded=sum(1 for rating in stream.ratings.values() if rating.knows is None),
            ),
        )
        return Assessed(assessment=assessment, problem=problem, stream=stream, linked=linked)

    def _keep_declarations(self, problem: WarningProblem, now: datetime) -> None:
        for kind, file in (("problem", self._file_of(problem)), ("sources", self.path / "sources.toml")):
            if file.exists():
                data = file.read_bytes()
                digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
                self._store.keep_file(digest=digest, kind=kind, name=file.name, text=data.decode("utf-8"), at=now)

    def _file_of(self, problem: WarningProblem) -> Path:
        return next((file for file in self.problem_files() if file.stem == problem.id), self.problem_files()[0])

    def issue(self, assessed: Assessed, *, by: str, judgement: str | None, dissent: str | None, now: datetime) -> None:
        """Keep an assessment as issued, with the signer's own judgement and dissent beside the model's."""
        from tocsin.publish import json

        payload = json.encode(assessed.assessment)
        self._store.issue(
            {
                "problem": assessed.problem.id,
                "as_of": assessed.assessment.as_of,
                "issued_at": now,
                "by": by,
                "judgement": judgement,
                "dissent": dissent,
                "digest": hashlib.sha256(payload).hexdigest(),
                "payload": payload,
            }
        )

    def issued(self, name: str | None = None, *, on: date | None = None) -> tuple[Issued, ...]:
        """What was issued on a problem (as of one day, if given), in the wording of that time."""
        every = self._store.issued(self._id_of(name))
        return tuple(one for one in every if on is None or one.as_of == on)

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


def _not_read(report: Report) -> tuple[str, ...]:
    if report.lang in (None, *extract.LANGUAGES):
        return ()
    return (f"kept, but not understood: language {report.lang}",)


def _published_by(report: Report, day: date | None) -> bool:
    """A report whose day of publication nobody knows counts from the day it was retrieved."""
    if day is None:
        return True
    published = (report.published.latest if report.published else None) or report.retrieved
    return published is not None and published <= day


def _retrieved_by(report: Report, day: date | None) -> bool:
    return day is None or (report.retrieved is not None and report.retrieved <= day)


def _digest(values: object) -> str:
    return f"sha256:{hashlib.sha256(msgspec.json.encode(values, order='sorted')).hexdigest()}"
