"""Unnamed voices of one article that speak of one sign: ``python -m benchmarks.worlds.articles [--worlds N]``.

The limit on what they say together is tried in worlds in which they share their reporter, and so are right or wrong
together, and in worlds in which each knows for itself. The articles are added to worlds that are drawn as ever; the
ideal observer takes the voices of an article for what they are.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.random import Generator

from benchmarks.worlds import draw, ideal
from benchmarks.worlds.answer import Answer
from benchmarks.worlds.bridge import Method, core_answers
from benchmarks.worlds.family import Family
from benchmarks.worlds.observer import Beliefs, Case, Line, Speaker, answer
from benchmarks.worlds.scores import difference, gap_closed, log_scores, slope
from benchmarks.worlds.truth import paths
from benchmarks.worlds.values import Report, Source, World

FAMILY = Family(reports=30.0)
ARTICLES = 6.0
METHODS = {
    "prior": Method(evidence=False, looks=False),
    "article known (default)": Method(),
    "article not known": Method(articles=False),
}


def world(seed: int, *, shared: bool) -> World:
    """A world with articles that each quote three unnamed voices on one sign."""
    base = draw.world(FAMILY, seed)
    rng = np.random.default_rng([seed, 77])
    days = paths(base.real, base.truth, FAMILY, np.random.default_rng([seed, 2]))
    reports, voices = list(base.reports), list(base.sources)
    for number in range(int(rng.poisson(ARTICLES))):
        said, who = _article(f"a{number}", days, rng, shared=shared)
        reports += said
        voices += who
    ordered = sorted(reports, key=lambda report: (report.published, report.about, report.id))
    return replace(base, reports=tuple(ordered), sources=tuple(voices))


def _article(
    name: str, days: dict[str, np.ndarray], rng: Generator, *, shared: bool
) -> tuple[list[Report], list[Source]]:
    day, topic = int(rng.integers(0, FAMILY.days)), str(rng.choice(list(days)))
    rho, reporter = float(rng.beta(8, 6)), (rng.random(), rng.random())
    said, who = [], []
    for voice in range(3):
        knows, guess = reporter if shared else (rng.random(), rng.random())
        present = bool(days[topic][day]) if knows < rho else bool(guess < 0.5)
        source = Source(
            id=f"{name}-v{voice}",
            grade="C",
            access=None,
            alarmist=False,
            topics=(topic,),
            knows=rho,
            says_present=0.5,
            sighted=False,
            fades=False,
            reached=False,
            held=False,
        )
        who.append(source)
        said.append(
            Report(
                id=source.id,
                indicator=topic,
                present=present,
                about=day,
                published=day,
                source=source.id,
                weight=1.0,
                article=name,
            )
        )
    return said, who


def observed(w: World, *, shared: bool) -> Answer:
    """The ideal observer: knows how good each voice is, and whether an article's voices share their reporter."""
    quoted = [r for r in w.reports if r.article is not None]
    plain = replace(w, reports=tuple(r for r in w.reports if r.article is None))
    speakers = {topic: list(some) for topic, some in ideal._speakers(plain, coming=False).items()}  # noqa: SLF001
    rho = {source.id: source.knows for source in w.sources}
    for name in sorted({r.article for r in quoted if r.article is not None}):
        own = [r for r in quoted if r.article == name]
        groups = [own] if shared else [[r] for r in own]
        speakers.setdefault(own[0].indicator, []).extend(_speaker(some, rho[some[0].source]) for some in groups)
    beliefs = Beliefs(
        speakers=lambda _: speakers, steered=False, tempo=FAMILY.tempo, contamination=FAMILY.contamination
    )
    return answer(w.real, beliefs, past=FAMILY.days)


def _speaker(said: list[Report], rho: float) -> Speaker:
    cases = []
    for knows, guess in product((True, False), repeat=2):
        if knows and guess:
            continue
        lines = tuple(_line(r, knows=knows, guess=guess) for r in said)
        if all(line.on > 0 or line.off > 0 for line in lines):
            cases.append(Case(chance=rho if knows else (1 - rho) / 2, lines=lines))
    return tuple(cases)


def _line(r: Report, *, knows: bool, guess: bool) -> Line:
    on, off = (r.present, not r.present) if knows else (r.present == guess, r.present == guess)
    return Line(day=r.about, on=float(on), off=float(off), unseen=float(off))


def table(*, worlds: int, shared: bool) -> str:
    """The scores over the ideal observer's chances, 30 days ahead."""
    found: dict[str, list[float]] = {name: [] for name in (*METHODS, "ideal")}
    for seed in range(1, worlds + 1):
        w = world(seed, shared=shared)
        for name, one in core_answers(w, METHODS).items():
            found[name].append(one.within(30))
        found["ideal"].append(observed(w, shared=shared).within(30))
    chances = {name: np.array(values) for name, values in found.items()}
    truth = chances["ideal"]
    scores = {name: log_scores(values, truth) for name, values in chances.items()}
    lines = ["| method | 30 d log | slope | gap closed | against the default |", "|---|---|---|---|---|"]
    for name, own in scores.items():
        closed, low, high = gap_closed(scores["prior"], own, scores["ideal"])
        apart, error = difference(own, scores["article known (default)"])
        tilt = slope(chances[name], truth)
        lines.append(
            f"| {name} | {own.mean():.4f} | {'-' if tilt is None else f'{tilt:.2f}'} "
            f"| {closed:.0%} [{low:.0%}, {high:.0%}] | {apart:+.4f} \u00b1 {error:.4f} |"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure both kinds of worlds and print the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds.articles", description=__doc__)
    parser.add_argument("--worlds", type=int, default=400, help="worlds of each kind")
    parser.add_argument("--results", type=Path, help="write the page here")
    given = parser.parse_args(arguments)
    text = (
        f"# Unnamed voices of one article\n\nMade by `python -m benchmarks.worlds.articles --worlds {given.worlds} "
        "--results benchmarks/worlds/ARTICLES.md`. About six articles a world, three voices in each, all on one sign, "
        "beside about thirty reports. Scores over the ideal observer's chances.\n\n## They share their reporter\n\n"
        f"{table(worlds=given.worlds, shared=True)}\n\n## Each knows for itself\n\n"
        f"{table(worlds=given.worlds, shared=False)}\n"
    )
    if given.results:
        given.results.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
