"""The desk: a folder of reports and the warning problems that read it.

This is the only module that knows the order of the steps: read, extract, weigh, link, infer, publish.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from tocsin import __version__, extract, link, weigh
from tocsin import problem as problems
from tocsin import read as readers
from tocsin.errors import Fault, FaultyInput, Place, ReadError, TocsinError, UsageError
from tocsin.model.assessment import Assessment, Digests, NotUnderstoodCount
from tocsin.model.claim import Claim, Cost, Extraction
from tocsin.model.evidence import Linked, Rating
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.read.limits import MAX_BYTES
from tocsin.store.sql import Issued, Store

if TYPE_CHECKING:
    from tocsin.infer.prior import Check

EXAMPLE = "northern-front"
READABLE = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"})


class Extractor(Protocol):
    """A report to its claims: the rules of ``tocsin.extract``, or whatever a caller puts in their place."""

    def __call__(self, report: Report, *, outlet: Voice | None = None) -> Extraction:
        """Read every claim of a report."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one item of an intake: ``outcome`` is new, known or failed."""

    name: str
    outcome: str
    report: str | None = None
    reason: str = ""
    claims: int = 0
    not_understood: int = 0
    echoes: int = 0
    cost: Cost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Everything a desk has read by some day: the stream that all its problems share."""

    reports: Mapping[str, Report]
    extractions: Mapping[str, Extraction]
    claims: tuple[Claim, ...]
    ratings: Mapping[str, Rating]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """An assessment with all it leads back to."""

    assessment: Assessment
    problem: WarningProblem
    stream: Stream
    linked: Linked

    @property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.stream.claims}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` found: all faults of all files; per problem what the priors alone answer."""

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    checks: tuple[tuple[WarningProblem, Check], ...]


class Desk:
    """One desk folder.

    Args:
        path: The folder; it holds ``problems/``.

    Raises:
        UsageError: The folder is no desk.
        StoreError: Its store cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        if not _is_folder(path / "problems"):
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
            outlet: Who published it, where the report does not say; a source's name, alias or id.
            handling: A caveat to keep with each report.
            lang: Language of the reports, where known.
            extractor: What reads the claims; the rules if left out.
            on_item: Called after each item, for progress.

        Returns:
            What became of each item, in order.
        """
        sources = self.sources()
        taken: list[Taken] = []
        for name, get in items:
            try:
                one = self._take(
                    name,
                    get(),
                    now=now,
                    published=published,
                    retrieved=retrieved or now.date(),
                    outlet=outlet,
                    handling=handling,
                    lang=lang,
                    extractor=extractor,
                    sources=sources,
                )
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
        now: datetime,
        published: Window | None,
        retrieved: date,
        outlet: str | None,
        handling: str | None,
        lang: str | None,
        extractor: Extractor,
        sources: Sequence[Source],
    ) -> Taken:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if self._store.extractor_of(digest) is not None:
            self._store.log_intake(name=name, report=digest, outcome="known", reason=None, at=now)
            return Taken(name=name, outcome="known", report=digest)
        report, extraction = read_out(
            data,
            name=name,
            published=published,
            retrieved=retrieved,
            lang=lang,
            outlet=outlet,
            sources=sources,
            extractor=extractor,
        )
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

    def stream(self, *, as_of: date | None = None, known_by: date | None = None) -> Stream:
        """What the desk had read by a day: published by ``as_of`` and, where given, retrieved by ``known_by``."""
        return self._stream(self.sources(), as_of=as_of, known_by=known_by)

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

    def assess(self, name: str | None = None, *, as_of: date, known_by: date | None = None, now: datetime) -> Assessed:
        """The assessment of one problem as of a day.

        Args:
            name: The problem's id; may be left out where the desk has one problem.
            as_of: Reports published on or before this day count.
            known_by: And retrieved on or before this day.
            now: The moment of use, under which this version of the problem's file is kept.
        """
        from tocsin.infer import assess as infer

        problem = self.problem(name)
        if as_of < problem.opened:
            raise UsageError(
                f"--as-of {as_of} lies before the problem was opened ({problem.opened}); its grid starts there"
            )
        sources = self.sources(problem)
        stream = self._stream(sources, as_of=as_of, known_by=known_by)
        linked = link.link(stream.claims, stream.ratings, stream.reports, problem)
        digests = Digests(problem=problem.digest, sources=_digest(sources), claims=_digest(stream.claims))
        self._keep_declarations(problem, now)
        ungraded = sum(1 for rating in stream.ratings.values() if rating.knows is None)
        assessment = infer.assess(
            problem,
            linked,
            claims={claim.id: claim for claim in stream.claims},
            reports=stream.reports,
            ratings=stream.ratings,
            as_of=as_of,
            known_by=known_by,
            digests=digests,
            version=__version__,
            not_understood=NotUnderstoodCount(
                reports=sum(1 for r in stream.reports.values() if r.lang not in (None, *extract.LANGUAGES)),
                passages=sum(len(found.not_understood) for found in stream.extractions.values()),
                claims_set_aside=len(linked.set_aside),
                claims_unlinked=linked.unlinked,
                claims_ungraded=ungraded,
            ),
        )
        return Assessed(assessment=assessment, problem=problem, stream=stream, linked=linked)

    def _keep_declarations(self, problem: WarningProblem, now: datetime) -> None:
        for kind, file in (("problem", self._file_of(problem)), ("sources", self.path / "sources.toml")):
            if file.exists():
                text = file.read_text(encoding="utf-8")
                digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
                self._store.keep_file(digest=digest, kind=kind, name=file.name, text=text, at=now)

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


def new(path: Path) -> tuple[Path, ...]:
    """Write a new desk: a commented problem that passes `check`, and commented sources.

    Raises:
        UsageError: There is a desk already; nothing is overwritten.
    """
    if (path / "problems").exists():
        raise UsageError(f"{path}: a desk is there already (nothing was changed)")
    text = problems.template_problem()
    name = problems.parse_problem(text, file="template").id
    written = {path / "problems" / f"{name}.toml": text, path / "sources.toml": problems.template_sources()}
    for file, content in written.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return tuple(written)


def example(path: Path, *, now: datetime) -> tuple[Desk, tuple[Taken, ...]]:
    """Write the worked desk into a folder and take its reports in. Files that are there already are left alone.

    Its reports count as retrieved on the day they were published, for the desk is a reconstruction.

    Raises:
        UsageError: The folder holds something else.
    """
    source = importlib.resources.files("tocsin").joinpath("examples", EXAMPLE)
    if path.exists() and any(path.iterdir()) and not (path / "problems" / f"{EXAMPLE}.toml").exists():
        raise UsageError(f"{path}: not empty, and not the worked desk (name another folder: tocsin demo DIR)")
    _copy(source.joinpath("problems"), path / "problems")
    sources = path / "sources.toml"
    if not sources.exists():
        sources.write_bytes(source.joinpath("sources.toml").read_bytes())
    desk = Desk(path)
    reports = sorted(source.joinpath("reports").iterdir(), key=lambda file: file.name)
    taken: list[Taken] = []
    for file in reports:
        data = file.read_bytes()
        published = readers.read(data, name=file.name).published
        retrieved = published.latest if published else None
        taken += desk.add([(file.name, lambda data=data: data)], now=now, retrieved=retrieved)  # type: ignore[misc]
    return desk, tuple(taken)


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
    if not _is_folder(path):
        return (path,)
    return tuple(sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in READABLE))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long to be one, or with a NUL in it
        return False


def infer_coded(
    problem_file: Path, evidence: str, *, file: str, as_of: date
) -> tuple[Assessment, Linked, tuple[Fault, ...]]:
    """Stateless inference on evidence coded by hand or by another program.

    Returns:
        The assessment, the evidence as linking would have given it, and what looks odd about it.
    """
    from tocsin.infer import assess as infer
    from tocsin.infer import coded

    problem = problems.load_problem(problem_file)
    if as_of < problem.opened:
        raise UsageError(f"--as-of {as_of} lies before the problem was opened ({problem.opened})")
    found = coded.parse_evidence(evidence, file=file, problem=problem)
    linked = Linked(evidence=found.evidence, readings=(), others=(), set_aside=(), unlinked=0)
    assessment = infer.assess_evidence(problem, found.evidence, as_of=as_of, version=__version__)
    return assessment, linked, found.warnings


def _outlet_voice(report: Report, sources: Sequence[Source]) -> Voice | None:
    """The outlet as a voice; a declared source gives its name and kind."""
    if report.outlet is None:
        return None
    wanted = report.outlet.casefold()
    for source in sources:
        if wanted in {source.id.casefold(), source.name.casefold(), *(alias.casefold() for alias in source.aliases)}:
            return Voice(name=source.name, kind=source.kind)
    return Voice(name=report.outlet, kind=VoiceKind.MEDIA)


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


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        if not (target / file.name).exists():
            (target / file.name).write_bytes(file.read_bytes())
