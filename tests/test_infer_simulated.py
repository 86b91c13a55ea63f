"""Worlds are drawn by chance from what a problem declares, and the core must say how often its answers come true."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import kstest

from tocsin.infer import core
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import Chance, Expr, Gate, Indicator, Method, Scenario, WarningProblem, Watch
from tocsin.model.time import Lead, Quantiles

OPENED = date(2022, 9, 1)
PAST = 60
WITHIN = 30
WORLDS = 600
SOURCES = {"a": 0.9, "b": 0.75, "c": 0.57, "d": 0.4, "e": 0.2}


def chance(point: float) -> Chance:
    return Chance(point=point, low=point, high=point, text=str(point))


def indicator(name: str, *, attack: float, feint: float, days: tuple[int, int, int], often: float) -> Indicator:
    return Indicator(
        id=name,
        statement=name,
        watch=Watch(),
        seen_first={"attack": chance(attack), "feint": chance(feint)},
        leads={"": Lead(quantiles=Quantiles(least=days[0], typical=days[1], most=days[2]))},
        false_starts=often,
        false_start_lasts=15,
        noticed_within=3.0,
    )


PROBLEM = WarningProblem(
    id="worlds",
    question="Will it come?",
    resolution="It came.",
    opened=OPENED,
    by=OPENED + timedelta(days=PAST + WITHIN),
    yardstick="ICD 203",
    gates=(Gate(id="will", statement="", probability=chance(0.7)),),
    scenarios=(
        Scenario(
            id="attack",
            statement="",
            event=True,
            prior=chance(0.6),
            even_odds_within=60,
            needs=Expr(op="gate", name="will"),
        ),
        Scenario(id="feint", statement="", event=False, prior=chance(0.3), even_odds_within=60),
    ),
    indicators=(
        indicator("stores", attack=0.9, feint=0.1, days=(10, 20, 40), often=1),
        indicator("troops", attack=0.9, feint=0.9, days=(5, 15, 30), often=2),
        indicator("orders", attack=0.75, feint=0.0, days=(1, 3, 8), often=0.5),
    ),
    method=Method(blanket_echo=((0.0, 1.0),), self_repeat=((0.0, 1.0),)),
)


@dataclass(frozen=True, kw_only=True)
class World:
    onset: float
    event: bool
    evidence: tuple[Evidence, ...]


def drawn_lead(rng: random.Random, quantiles: Quantiles, tempo: float) -> int:
    score = rng.gauss(0, 1)
    typical = math.log(quantiles.typical * tempo)
    end = math.log((quantiles.least if score < 0 else quantiles.most) * tempo)
    return round(math.exp(typical + abs(score) / 1.6448536269514722 * (end - typical)))


def episodes(rng: random.Random, one: Indicator) -> list[bool]:
    start, stop = one.false_starts / 365, 1 / one.false_start_lasts
    on = rng.random() < start / (start + stop)
    days = []
    for _ in range(PAST):
        days.append(on)
        on = rng.random() >= stop if on else rng.random() < start
    return days


def said(rng: random.Random, knows: float, *, age: int | None, episode: bool) -> Says:
    if rng.random() >= knows:
        return rng.choice((Says.PRESENT, Says.ABSENT))
    noticed = episode or (age is not None and rng.random() < 1 - 2 ** (-(age + 1) / 3.0))
    return Says.PRESENT if noticed else Says.ABSENT


def world(seed: int) -> World:
    """A world without onset by the day of the assessment; others are drawn again."""
    rng = random.Random(seed)  # noqa: S311 - a world that can be made again, no secret
    while True:
        willing = rng.random() < 0.7
        draw = rng.random()
        course = "attack" if draw < 0.6 and willing else "feint" if 0.6 <= draw < 0.9 else ""
        onset = math.inf
        if course:
            onset = 1.0
            while rng.random() < 2 ** (-1 / 60):
                onset += 1
        if onset >= PAST:
            break
    factors, odds = zip(*PROBLEM.method.tempo, strict=True)
    tempo = rng.choices(factors, odds)[0]
    evidence = []
    for one in PROBLEM.indicators:
        begins = math.inf
        lead = one.leads[""].quantiles
        assert lead is not None
        if course and rng.random() < 0.9 * one.seen_first[course].point:
            begins = max(onset - drawn_lead(rng, lead, tempo), 0)
        background = episodes(rng, one)
        earlier: list[Evidence] = []
        for at in range(rng.randint(5, 30)):
            day = PAST - 1 - int(rng.random() ** 2 * PAST)
            source = rng.choice(list(SOURCES))
            says = said(
                rng,
                SOURCES[source],
                age=int(day - begins) if day >= begins else None,
                episode=background[day] and day < begins,
            )
            parent = rng.choice(earlier) if earlier and rng.random() < 0.8 else None
            if parent is not None and rng.random() < 0.9:
                says = parent.says
            about = OPENED + timedelta(days=day)
            item = Evidence(
                id=f"{one.id}{at}",
                indicator=one.id,
                says=says,
                about=about,
                published=about,
                source=source,
                knows=SOURCES[source],
                echo_of=parent.id if parent else None,
                copy_probability=0.9 if parent else None,
            )
            earlier.append(item)
        evidence += earlier
    return World(onset=onset, event=course == "attack", evidence=tuple(evidence))


def slope(odds: list[float], came: list[bool]) -> float:
    """Slope of a logistic line through outcomes on log-odds; 1 is calibrated, below 1 overconfident."""
    x = np.column_stack((np.ones(len(odds)), odds))
    y = np.array(came, dtype=np.float64)
    line = np.array([0.0, 1.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ line))
        line = line + np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x, x.T @ (y - p))
    return float(line[1])


def score(probability: list[float], came: list[bool]) -> float:
    return float(np.mean([-math.log(p if hit else 1 - p) for p, hit in zip(probability, came, strict=True)]))


@pytest.fixture(scope="module")
def drawn() -> tuple[core.Posterior, list[World], list[core.Posterior]]:
    """The prior, many worlds, and the answer in each."""
    prepared = core.prepare(PROBLEM, as_of=OPENED + timedelta(days=PAST - 1))
    worlds = [world(seed) for seed in range(WORLDS)]
    return core.posterior(prepared, ()), worlds, [core.posterior(prepared, one.evidence) for one in worlds]


def test_answers_come_true_as_often_as_they_say(
    drawn: tuple[core.Posterior, list[World], list[core.Posterior]],
) -> None:
    prior, worlds, found = drawn
    came = [one.event and one.onset < PAST + WITHIN for one in worlds]

    chances = [one.event_within(WITHIN) for one in found]

    error = math.sqrt(sum(p * (1 - p) for p in chances)) / len(chances)
    assert abs(float(np.mean(chances) - np.mean(came))) < 3 * error
    assert 0.8 < slope([one.log_odds_within(WITHIN) for one in found], came) < 1.4
    assert score(chances, came) < score([prior.event_within(WITHIN)] * len(came), came) - 0.02


def test_the_day_of_onset_is_nowhere_in_its_law_more_often_than_it_should_be(
    drawn: tuple[core.Posterior, list[World], list[core.Posterior]],
) -> None:
    _, worlds, found = drawn
    rng = random.Random(1)  # noqa: S311 - as above
    ranks = []
    for one, answer in zip(worlds, found, strict=True):
        if one.event:
            law = answer.joint[answer.scenarios.index("attack")]
            day = min(int(one.onset) - PAST, len(law) - 1)
            ranks.append(float(law[:day].sum() + rng.random() * law[day]) / float(law.sum()))

    assert kstest(ranks, "uniform").pvalue > 0.01


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"echo_of": None}, PROBLEM),
        ({"knows": 0.9}, PROBLEM),
        ({}, replace(PROBLEM, method=replace(PROBLEM.method, tempo=((1.0, 0.0), (3.0, 1.0))))),
    ],
    ids=["echoes counted in full", "every source graded A", "leads three times too long"],
)
def test_a_wrong_declaration_foretells_worse(
    drawn: tuple[core.Posterior, list[World], list[core.Posterior]],
    wrong: dict[str, float | None],
    problem: WarningProblem,
) -> None:
    _, worlds, right = drawn
    came = [one.event and one.onset < PAST + WITHIN for one in worlds]
    prepared = core.prepare(problem, as_of=OPENED + timedelta(days=PAST - 1))

    found = [
        core.posterior(prepared, [replace(item, **wrong) for item in one.evidence])  # type: ignore[arg-type]
        for one in worlds
    ]

    worse, better = ([answer.event_within(WITHIN) for answer in answers] for answers in (found, right))
    assert score(worse, came) > score(better, came) + 0.005
