"""Draws who reports: how much each knows, how it errs, how it is graded and who holds it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from benchmarks.worlds.family import Family, Story
from benchmarks.worlds.values import Source

LETTERS = "ABCDEF"
KNOWS = {"A": (18, 2), "B": (12, 4), "C": (8, 6), "D": (4, 6), "E": (2, 8), "F": (2, 2)}
SHARES = (0.10, 0.20, 0.25, 0.20, 0.15, 0.10)
TRUSTED = 3
SIGHTED = ("saw", "imagery")
BLIND = ("told", "inferred")


def draw_sources(topics: tuple[str, ...], family: Family, rng: Generator) -> tuple[Source, ...]:
    """Draw the sources. The three best-graded are beyond the adversary's reach, and every topic has a source."""
    drawn = tuple(_source(f"s{index}", topics, family, rng) for index in range(family.sources))
    by_grade = sorted(range(len(drawn)), key=lambda index: (drawn[index].grade, index))
    if family.graded_high:
        drawn = tuple(replace(s, grade=_raised(s.grade)) for s in drawn)
    within = by_grade[TRUSTED:]
    order = rng.permutation(within).tolist()
    held = set(order[: family.liars] if family.liars else order) if family.story is not Story.NONE else set()
    return tuple(replace(source, reached=index in within, held=index in held) for index, source in enumerate(drawn))


def _source(name: str, topics: tuple[str, ...], family: Family, rng: Generator) -> Source:
    letter = str(rng.choice(list(LETTERS), p=SHARES))
    alarmist = bool(rng.random() < 0.12)
    lean = 0.57 if alarmist else 0.5
    sighted, kind = bool(rng.random() < 0.35), int(rng.integers(0, 2))
    knows, says = float(rng.beta(*KNOWS[letter])), float(rng.beta(20 * lean, 20 * (1 - lean)))
    chosen = rng.permutation(len(topics))[: max(5, len(topics) // 2)]
    return Source(
        id=name,
        grade=letter,
        access=(SIGHTED if sighted else BLIND)[kind] if family.access_declared else None,
        alarmist=alarmist,
        topics=tuple(topics[index] for index in np.sort(chosen).tolist()),
        knows=knows,
        says_present=says,
        sighted=sighted and family.access_counts,
        fades=bool(rng.random() < family.drifting),
        reached=False,
        held=False,
    )


def _raised(letter: str) -> str:
    return LETTERS[max(0, LETTERS.index(letter) - 1)]
