"""Draws original reports: who speaks of which day, and what is said."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.worlds.family import Family, Story
from benchmarks.worlds.values import Indicator, Report, Setting, Source, Truth

Paths = dict[str, NDArray[np.bool_]]
HEDGES = (0.4, 0.6, 0.8)
SECOND_HAND = 0.7
SIGHTED_ERROR = 0.3
FADED = 0.3
LATEST = 5


class Newsroom:
    """Lets sources speak. It remembers who was wrong about what, because a settled source stays so."""

    def __init__(self, *, real: Setting, truth: Truth, paths: Paths, family: Family, rng: Generator) -> None:
        self._paths, self._family, self._rng = paths, family, rng
        self._indicators = {indicator.id: indicator for indicator in real.indicators}
        self._dictated = dictated(truth, real)
        self._minds: dict[tuple[str, str], tuple[float, float, float]] = {}
        self._said = 0

    def speaks(self, source: Source, topic: str, about: int, *, article: str | None = None) -> Report:
        """One report by a source on a topic, about a day; published on that day or a few days later."""
        rng, family = self._rng, self._family
        knows, guess, notices = self._mind(source, topic, article)
        weight = drawn_weight(family, rng)
        certain, fresh = rng.random() < weight, rng.random()
        lag, held, line = int(min(rng.geometric(0.6) - 1, LATEST)), rng.random(), rng.random()
        rho = source.knows * (FADED if source.fades and 2 * about > family.days else 1.0)
        on = bool(self._paths[topic][about])
        if knows < rho and certain:
            present = on and notices < self._noticed(topic, about)
        else:
            present = (guess if knows >= rho else fresh) < source.says_present
            if present and not on and source.sighted:
                present = rng.random() < SIGHTED_ERROR
        if source.held and held < family.control:
            present = line < self._dictated
        self._said += 1
        published = min(about + lag, family.days - 1)
        return Report(
            id=f"r{self._said}",
            indicator=topic,
            present=bool(present),
            about=about,
            published=published,
            source=source.id,
            weight=weight,
            article=article,
        )

    def _mind(self, source: Source, topic: str, article: str | None) -> tuple[float, float, float]:
        rng, family = self._rng, self._family
        fresh = (rng.random(), rng.random(), rng.random())
        if article is not None:
            if not family.shared_reporter:
                return fresh
            first = self._minds.setdefault((article, ""), fresh)
            return first[0], fresh[1], fresh[2]
        return self._minds.setdefault((source.id, topic), fresh) if family.settled else fresh

    def _noticed(self, topic: str, about: int) -> float:
        indicator: Indicator | None = self._indicators.get(topic)
        if indicator is None or indicator.noticed_within is None:
            return 1.0
        age, path = 0, self._paths[topic]
        while age < about and path[about - age - 1]:
            age += 1
        chance: float = 1.0 - 2.0 ** (-(age + 1) / indicator.noticed_within)
        return chance


def dictated(truth: Truth, real: Setting) -> float:
    """The chance that a dictated report says "present", given the story and what is truly coming."""
    coming = any(s.event for s in real.scenarios if s.id == truth.scenario)
    return {
        Story.NONE: 0.5,
        Story.HIDE: 0.1 if coming else 0.9,
        Story.LOUD: 0.9,
        Story.QUIET: 0.1,
        Story.BOAST: 0.9 if coming else 0.1,
    }[truth.story]


def drawn_weight(family: Family, rng: Generator) -> float:
    """How much of a source's knowledge a report carries: hedged and second-hand reports carry less."""
    hedged, second, hedge = rng.random() < family.hedged, rng.random() < family.second_hand, rng.choice(HEDGES)
    return round(float((hedge if hedged else 1.0) * (SECOND_HAND if second else 1.0)), 3)


def originals(
    newsroom: Newsroom, sources: tuple[Source, ...], paths: Paths, family: Family, rng: Generator
) -> list[Report]:
    """Draw the originals of the base line; in a world of bursts they crowd together on what is going on."""
    count = int(rng.poisson(family.reports * (1.0 - family.echoes)))
    topics = list(paths)
    peaks = rng.integers(0, family.days, 4)
    found = []
    for _ in range(count):
        day, peak, spread = int(rng.integers(0, family.days)), int(rng.choice(peaks)), int(rng.integers(-3, 4))
        topic, drawn_to = str(rng.choice(topics)), rng.random()
        if family.bursts and drawn_to < 0.7:
            day = min(max(peak + spread, 0), family.days - 1)
            busy = [name for name in topics if paths[name][day]]
            topic = str(rng.choice(busy)) if busy else topic
        found.append(newsroom.speaks(_speaker(topic, sources, rng), topic, day))
    return found


def notices(
    newsroom: Newsroom, *, real: Setting, sources: tuple[Source, ...], paths: Paths, rng: Generator
) -> tuple[list[Report], frozenset[tuple[str, int]]]:
    """Draw the looks at covered indicators, and the reports that arise when a look finds the sign on."""
    found, looks = [], set()
    for indicator in real.indicators:
        if not indicator.coverage:
            continue
        daily: float = 1.0 - 0.5 ** (1.0 / (indicator.noticed_within or 1.0))
        for day in range(len(paths[indicator.id])):
            looked, noticed = rng.random() < 0.7, rng.random() < indicator.coverage * daily
            if not looked:
                continue
            looks.add((indicator.id, day))
            if noticed and paths[indicator.id][day]:
                found.append(newsroom.speaks(_speaker(indicator.id, sources, rng), indicator.id, day))
    return found, frozenset(looks)


def articles(newsroom: Newsroom, paths: Paths, family: Family, rng: Generator) -> tuple[list[Report], list[Source]]:
    """Draw articles that each quote three or four anonymous voices on different topics."""
    found, voices = [], []
    for number in range(int(rng.poisson(family.articles))):
        day, article = int(rng.integers(0, family.days)), f"a{number}"
        knows = float(rng.beta(8, 6))
        topics = rng.permutation(list(paths))[: int(rng.integers(3, 5))].tolist()
        for voice, topic in enumerate(topics):
            source = Source(
                id=f"{article}-v{voice}",
                grade="C",
                access=None,
                alarmist=False,
                topics=(topic,),
                knows=knows,
                says_present=0.5,
                sighted=False,
                fades=False,
                reached=False,
                held=False,
            )
            voices.append(source)
            found.append(newsroom.speaks(source, topic, day, article=article))
    return found, voices


def _speaker(topic: str, sources: tuple[Source, ...], rng: Generator) -> Source:
    able = [source for source in sources if topic in source.topics] or list(sources)
    return able[int(rng.integers(0, len(able)))]
