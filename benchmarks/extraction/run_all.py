"""One run: every system on every set, each as often as asked, scored alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.extraction import attribution, figures, misses, peers, tocsin
from benchmarks.extraction.attribution import recall_by_kind
from benchmarks.extraction.data import Measured, Quotations
from benchmarks.extraction.figures import FigureScores, recall_by_unit
from benchmarks.extraction.measure import middle
from benchmarks.extraction.shapes import Attribution, Cost, Score

Say = Callable[[str], None]
_SHORT = 2000  # characters: the article that stands for a short one is the one nearest to this


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationLine:
    """A system's scores on who said what; ``start`` is what it took on one short article."""

    system: str
    speech: Score
    every: Score
    cost: Cost
    start: Cost
    note: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A system's scores on quantities; ``bounds`` is false where the system has none to give."""

    system: str
    scores: FigureScores
    cost: Cost
    start: Cost
    note: str = ""
    ours: bool = False
    bounds: bool = False


@dataclass(slots=True, kw_only=True)
class Results:
    """All that a run found; ``skipped`` has a reason for each thing not run, ``misses`` a line for each miss."""

    quotations: list[QuotationLine] = field(default_factory=list)
    figures: list[FigureLine] = field(default_factory=list)
    kinds: dict[str, Score] = field(default_factory=dict)
    units: dict[str, tuple[Score, Score]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are made, how often each system runs, and which extractor of Tocsin is asked for."""

    work: Path
    peers: Path | None
    clone: Path | None
    repeat: int
    extractor: str | None


def run_all(quoted: Quotations | None, counted: Measured | None, settings: Settings, say: Say) -> Results:
    """Measure everything that can be measured here."""
    results = Results()
    if quoted is None:
        results.skipped.append("PolNeAR: its file is not in the data folder")
    else:
        results.digests["polnear"] = quoted.digest
        _own_quotations(quoted, settings, results, say)
        _peer_quotations(quoted, settings, results, say)
    if counted is None:
        results.skipped.append("NewsQuant: its file is not in the data folder")
    else:
        results.digests["newsquant"] = counted.digest
        _own_figures(counted, settings, results, say)
        _peer_figures(counted, settings, results, say)
    return results


def _own_quotations(data: Quotations, settings: Settings, results: Results, say: Say) -> None:
    say("PolNeAR: Tocsin")
    output, cost, start = _own(data.texts, settings)
    found = tocsin.attributions(output, data.texts)
    missed = len(data.texts) - len(found)
    note = f"{missed} texts not read" if missed else ""
    results.quotations.append(_line("Tocsin", data, found, (cost, start), note, ours=True))
    results.kinds = recall_by_kind(data.texts, data.wanted, found)
    results.misses += misses.of_quotations(data.texts, data.wanted, found)
    wanted = sum(map(len, data.wanted.values()))
    results.sizes["polnear"] = f"{len(data.texts)} articles, {cost.tokens:,} tokens, {wanted:,} attributions"


def _peer_quotations(data: Quotations, settings: Settings, results: Results, say: Say) -> None:
    for name, worker in (("textacy, direct quotations", "textacy_quotes"), ("GenderGapTracker, rules", "gendergap")):
        say(f"PolNeAR: {name}")
        try:
            more = [peers.model()]
            if worker == "gendergap" and settings.peers is not None:
                more.append(str(peers.gender_gap_rules(settings.clone, settings.peers)))
            output, cost, start = _peer(worker, "spacy", data.texts, settings, more)
        except peers.SkippedError as reason:
            results.skipped.append(f"{name}: {reason}")
            continue
        found = peers.attributions(output, data.texts)
        results.quotations.append(_line(name, data, found, (cost, start), _note(output), ours=False))


def _line(
    system: str,
    data: Quotations,
    offered: Mapping[str, list[Attribution]],
    costs: tuple[Cost, Cost],
    note: str,
    *,
    ours: bool,
) -> QuotationLine:
    """For a peer the better of two readings of attributions without a cue: counted as speech, or left out."""
    speech = max(
        (
            attribution.score(data.texts, data.wanted, offered, speech=True, keep_cueless=keep)
            for keep in ((False,) if ours else (False, True))
        ),
        key=lambda one: one.f1,
    )
    every = attribution.score(data.texts, data.wanted, offered, speech=False)
    return QuotationLine(system=system, speech=speech, every=every, cost=costs[0], start=costs[1], note=note, ours=ours)


def _own_figures(data: Measured, settings: Settings, results: Results, say: Say) -> None:
    say("NewsQuant: Tocsin")
    output, cost, start = _own(data.texts, settings)
    found = tocsin.quantities(output, data.texts)
    scored = figures.scores(data.wanted, found)
    results.figures.append(FigureLine(system="Tocsin", scores=scored, cost=cost, start=start, ours=True, bounds=True))
    results.units = recall_by_unit(data.wanted, found)
    results.misses += misses.of_figures(data.texts, data.wanted, found)
    wanted = sum(map(len, data.wanted.values()))
    results.sizes["newsquant"] = f"{len(data.texts)} sentences, {cost.tokens:,} tokens, {wanted:,} quantities"


def _peer_figures(data: Measured, settings: Settings, results: Results, say: Say) -> None:
    for name, worker, place in (
        ("CQE", "cqe", "cqe"),
        ("quantulum3", "quantulum", "figures"),
        ("recognizers-text", "recognizers", "figures"),
    ):
        say(f"NewsQuant: {name}")
        try:
            more = [peers.model()] if place == "cqe" else []
            output, cost, start = _peer(worker, place, data.texts, settings, more)
        except peers.SkippedError as reason:
            results.skipped.append(f"{name}: {reason}")
            continue
        scored = figures.scores(data.wanted, peers.quantities(output))
        bounds = place == "cqe"
        note = _note(output)
        results.figures.append(FigureLine(system=name, scores=scored, cost=cost, start=start, note=note, bounds=bounds))


def _own(texts: Mapping[str, str], settings: Settings) -> tuple[tocsin.Output, Cost, Cost]:
    """Tocsin's output on all texts, what that took, and what one short text took."""
    short = _short(texts)
    every = [tocsin.extract(texts, settings.work / "all", extractor=settings.extractor) for _ in range(settings.repeat)]
    one = [tocsin.extract(short, settings.work / "one", extractor=settings.extractor) for _ in range(settings.repeat)]
    return every[0], middle([run.ran.cost for run in every]), middle([run.ran.cost for run in one])


def _peer(
    worker: str, place: str, texts: Mapping[str, str], settings: Settings, more: list[str]
) -> tuple[peers.PeerOutput, Cost, Cost]:
    """The same of a peer."""
    if settings.peers is None:
        raise peers.SkippedError("the run was asked to leave the peers out")
    python = peers.environment(place, settings.peers)
    short = _short(texts)
    folder = settings.work / "peers"
    every = [peers.run_worker(worker, python, texts, folder, *more) for _ in range(settings.repeat)]
    one = [peers.run_worker(worker, python, short, folder, *more) for _ in range(settings.repeat)]
    return every[0], middle([run.ran.cost for run in every]), middle([run.ran.cost for run in one])


def _short(texts: Mapping[str, str]) -> dict[str, str]:
    name = min(texts, key=lambda one: abs(len(texts[one]) - _SHORT))
    return {name: texts[name]}


def _note(output: peers.PeerOutput) -> str:
    return output.version + (f"; failed on {output.failed} passages" if output.failed else "")
