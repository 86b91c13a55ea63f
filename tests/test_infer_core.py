from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.brute import Walk
from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer import core
from tocsin.model.evidence import Evidence, Says
from tocsin.model.problem import (
    Chance,
    Expr,
    Gate,
    Indicator,
    Method,
    Scenario,
    Season,
    WarningProblem,
    Watch,
)
from tocsin.model.time import Lead, Quantiles

OPENED = date(2022, 12, 27)
PLAIN = Method(
    contamination=0.0,
    blanket_echo=0.0,
    self_repeat=0.0,
    tempo=((1.0, 1.0),),
    prior_as_of="as_of",
)


def chance(point: float) -> Chance:
    return Chance(point=point, low=point, high=point, text=str(point))


def pairs(*given: tuple[int, float]) -> Lead:
    return Lead(pairs=given)


def gate(name: str) -> Expr:
    return Expr(op="gate", name=name)


def scenario(
    name: str = "attack",
    *,
    prior: float = 0.2,
    event: bool = True,
    within: float = 30,
    needs: Expr | None = None,
    not_before: date | None = None,
    season: tuple[Season, ...] = (),
) -> Scenario:
    return Scenario(
        id=name,
        statement=name,
        event=event,
        prior=chance(prior),
        even_odds_within=within,
        needs=needs or Expr(op="true"),
        not_before=not_before,
        season=season,
    )


def indicator(
    name: str = "massing",
    *,
    seen: Mapping[str, float] | None = None,
    lead: Lead | None = None,
    leads: Mapping[str, Lead] | None = None,
    false_starts: float = 3.0,
    lasts: float = 10.0,
    noticed_within: float | None = None,
    coverage: float = 0.0,
    false_alarm: float = 0.0,
) -> Indicator:
    return Indicator(
        id=name,
        statement=name,
        watch=Watch(),
        seen_first={key: chance(p) for key, p in (seen or {"attack": 0.9}).items()},
        leads=leads or {"": lead or pairs((3, 0.5), (6, 0.5))},
        false_starts=false_starts,
        false_start_lasts=lasts,
        noticed_within=noticed_within,
        coverage=coverage,
        false_alarm=false_alarm,
    )


def problem(
    *,
    scenarios: Sequence[Scenario] = (scenario(),),
    indicators: Sequence[Indicator] = (indicator(),),
    gates: Sequence[Gate] = (),
    method: Method = PLAIN,
    by: date = date(2023, 1, 31),
) -> WarningProblem:
    return WarningProblem(
        id="made-up",
        question="Will it come?",
        resolution="It came.",
        opened=OPENED,
        by=by,
        yardstick="ICD 203",
        scenarios=tuple(scenarios),
        gates=tuple(gates),
        indicators=tuple(indicators),
        method=method,
    )


def item(
    name: str,
    says: Says,
    day: int,
    *,
    on: str = "massing",
    source: str = "",
    knows: float | None = 0.75,
    weight: float = 1.0,
    delay: int = 0,
    echo_of: str | None = None,
    copy: float | None = None,
    access: str | None = None,
    alarmist: bool = False,
) -> Evidence:
    about = OPENED + timedelta(days=day)
    return Evidence(
        id=name,
        indicator=on,
        says=says,
        about=about,
        published=about + timedelta(days=delay),
        source=source or name,
        knows=knows,
        weight=weight,
        echo_of=echo_of,
        copy_probability=copy,
        access=access,
        alarmist=alarmist,
    )


def as_of(past: int) -> date:
    return OPENED + timedelta(days=past - 1)


def log_odds(made: WarningProblem, evidence: Sequence[Evidence], past: int = 5, days: int = 30) -> float:
    return core.posterior(core.prepare(made, as_of=as_of(past)), evidence).log_odds_within(days)


# --- against the slow walk -------------------------------------------------------------------------------------------


def some_lead(rng: random.Random) -> Lead:
    if rng.random() < 0.6:
        days = rng.sample(range(12), rng.randint(1, 3))
        cuts = [rng.uniform(0.1, 1) for _ in days]
        return Lead(pairs=tuple((d, c / sum(cuts)) for d, c in zip(days, cuts, strict=True)))
    least = rng.choice((0.0, 1.0, 2.0))
    typical = least + rng.choice((0.0, 1.0, 3.0))
    return Lead(quantiles=Quantiles(least=least, typical=typical, most=typical + rng.choice((0.0, 1.0, 4.0))))


def some_expr(rng: random.Random, gates: Sequence[Gate]) -> Expr:
    names = [g.id for g in gates]
    if not names:
        return Expr(op="true")
    one, other = gate(rng.choice(names)), gate(rng.choice(names))
    return rng.choice(
        (
            Expr(op="true"),
            one,
            Expr(op="and", args=(one, other)),
            Expr(op="or", args=(one, other)),
            Expr(op="and", args=(one, Expr(op="not", args=(other,)))),
            Expr(op="at_least", k=rng.randint(1, 2), args=tuple(gate(name) for name in names)),
            Expr(op="not", args=(one,)),
            Expr(op="or", args=(one, Expr(op="not", args=(other,)))),
        )
    )


def some_world(seed: int) -> tuple[WarningProblem, tuple[Evidence, ...], int, dict[str, list[date]]]:
    rng = random.Random(seed)
    past = rng.randint(1, 6)
    gates = tuple(
        Gate(
            id=f"g{k}",
            statement="",
            probability=chance(rng.choice((0.1, 0.4, 0.8))),
            opens=OPENED + timedelta(days=rng.randint(-3, 12)) if rng.random() < 0.5 else None,
            lead=some_lead(rng) if rng.random() < 0.7 else None,
            noticed_within=rng.choice((None, None, 3.0)),
        )
        for k in range(rng.randint(0, 2))
    )
    scenarios = tuple(
        scenario(
            f"s{k}",
            prior=rng.uniform(0.05, 0.33),
            event=rng.random() < 0.7,
            within=rng.choice((4.0, 20.0, 90.0)),
            needs=some_expr(rng, gates),
            not_before=OPENED + timedelta(days=rng.randint(0, 12)) if rng.random() < 0.4 else None,
            season=(Season(start=(12, 30), end=(1, 8), factor=rng.choice((0.0, 0.3, 2.5))),)
            if rng.random() < 0.4
            else (),
        )
        for k in range(rng.randint(1, 3))
    )
    indicators = tuple(
        indicator(
            f"i{k}",
            seen={s.id: rng.choice((0.1, 0.6, 1.0)) for s in scenarios if rng.random() < 0.8} or {"s0": 0.5},
            leads={"": some_lead(rng)} | ({"s0": some_lead(rng)} if rng.random() < 0.4 else {}),
            false_starts=rng.choice((0.0, 3.0, 40.0)),
            lasts=rng.choice((2.0, 20.0)),
            noticed_within=rng.choice((None, 2.0, 7.0)),
            coverage=rng.choice((0.0, 0.3, 0.8)),
            false_alarm=rng.choice((0.0, 0.05)),
        )
        for k in range(rng.randint(1, 2))
    )
    tempo: tuple[tuple[float, float], ...] = ((1.0, 1.0),) if rng.random() < 0.5 else ((0.6, 0.3), (1.5, 0.7))
    method = Method(
        contamination=rng.choice((0.0, 0.1)),
        blanket_echo=rng.choice((0.0, 0.3)),
        blanket_window_days=rng.choice((0, 2, 7)),
        self_repeat=rng.choice((0.0, 0.99)),
        tempo=tempo,
        prior_as_of=rng.choice(("opened", "as_of")),
    )
    targets = [i.id for i in indicators] * 2 + [g.id for g in gates]
    spread = rng.choice((0, past + 1))  # some worlds crowd all statements into one day, to try the ties
    evidence = tuple(
        item(
            f"e{k}",
            rng.choice((Says.PRESENT, Says.ABSENT, Says.PRESENT, Says.ABSENT, Says.AMBIGUOUS)),
            min(rng.randint(-1, spread), past),
            on=rng.choice(targets),
            source=f"src{rng.randint(0, 2)}",
            knows=rng.choice((0.9, 0.75, 0.4, 0.2, None)),
            weight=rng.choice((1.0, 0.6)),
            delay=rng.randint(0, 2 if spread else 0),
            echo_of=rng.choice((None, None, "e0", "e1", f"e{k}", "missing")),
            copy=rng.choice((None, None, 0.0, 0.5, 1.0)),
            access=rng.choice((None, "saw", "imagery", "told")),
            alarmist=rng.random() < 0.3,
        )
        for k in range(rng.randint(0, 8))
    )
    looks = {i.id: [OPENED + timedelta(days=d) for d in range(-1, past + 1) if rng.random() < 0.5] for i in indicators}
    return problem(scenarios=scenarios, indicators=indicators, gates=gates, method=method), evidence, past, looks


def differences(seed: int) -> list[float]:
    made, evidence, past, looks = some_world(seed)
    prepared = core.prepare(made, as_of=as_of(past), looks=looks)
    found = core.terms(prepared, evidence)
    walk = Walk(made, evidence, as_of=as_of(past), future=prepared.future, looks=looks)
    seen = core.combine(prepared, found).on_now[made.indicators[0].id]
    cases: list[dict[str, bool]] = [{}]
    if 1e-6 < seen < 1 - 1e-6:
        cases += [{made.indicators[0].id: True}, {made.indicators[0].id: False}]
    out = []
    for certain in cases:
        fast, slow = core.combine(prepared, found, certain=certain), walk.run(certain)
        for s, name in enumerate(fast.scenarios):
            out += [abs(float(p) - slow.joint[name, f]) for f, p in enumerate(fast.joint[s])]
        out.append(abs(fast.status_quo - slow.status_quo))
        out += [abs(fast.gates[name] - p) for name, p in slow.gates.items()]
        out += [abs(fast.on_now[name] - p) for name, p in slow.on_now.items()]
        out.append(abs(fast.log_evidence - slow.log_evidence) if not certain else 0.0)
    return out


@pytest.mark.parametrize("block", range(8))
def test_the_core_agrees_with_the_slow_walk(block: int, capsys: pytest.CaptureFixture[str]) -> None:
    worlds = range(10 * block, 10 * block + 10)

    worst = max(max(differences(seed)) for seed in worlds)

    with capsys.disabled():
        print(f"\nbrute force, worlds {worlds[0]}-{worlds[-1]}: largest difference {worst:.1e}")
    assert worst < 1e-10
