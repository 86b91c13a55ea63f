"""Draws one world from its family and a seed."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from benchmarks.worlds.echoing import echoes, falsely_flagged
from benchmarks.worlds.family import Family
from benchmarks.worlds.saying import Newsroom, articles, notices, originals
from benchmarks.worlds.setting import declared, setting
from benchmarks.worlds.sources import draw_sources
from benchmarks.worlds.truth import draw_truth, paths
from benchmarks.worlds.values import World


def world(family: Family, seed: int) -> World:
    """Draw a world. The same family and seed give the same world.

    Each part has a stream of its own, so that worlds of two families with the same seed differ as little as may be.
    """
    real = setting(family, _stream(seed, 0))
    truth = draw_truth(real, family, _stream(seed, 1))
    days = paths(real, truth, family, _stream(seed, 2))
    topics = tuple(days)
    sources = draw_sources(topics, family, _stream(seed, 3))
    newsroom = Newsroom(real=real, truth=truth, paths=days, family=family, rng=_stream(seed, 4))
    under_look = {indicator.id for indicator in real.indicators if indicator.coverage}
    free = {topic: path for topic, path in days.items() if topic not in under_look}
    found = originals(newsroom, sources, free, family, _stream(seed, 5))
    noticed, looks = notices(newsroom, real=real, sources=sources, paths=days, rng=_stream(seed, 6))
    quoted, voices = articles(newsroom, free, family, _stream(seed, 7))
    ordered = sorted(found + noticed + quoted, key=lambda report: (report.published, report.about, report.id))
    repeated = echoes(ordered, sources, family, _stream(seed, 8))
    marked = falsely_flagged(ordered, family, _stream(seed, 9))
    return World(
        family=family,
        seed=seed,
        truth=truth,
        real=real,
        declared=declared(real, family),
        sources=(*sources, *voices),
        reports=tuple(sorted(marked + repeated, key=lambda report: (report.published, report.about, report.id))),
        looks=looks,
    )


def _stream(seed: int, part: int) -> Generator:
    return np.random.default_rng([seed, part])
