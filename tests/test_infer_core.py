from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brute import Walk

from tocsin.errors import ProbabilityError, UsageError
from tocsin.infer import core
from tocsin.infer.spoken import Spoken
from tocsin.infer.stories import reach
from tocsin.infer.terms import terms_of
from tocsin.model.deception import Deception, Story
from tocsin.model.evidence import Evidence, Says
from tocsin.model.look import Look
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
from tocsin.prob.reports import Statements

OPENED = date(2022, 12, 27)
PLAIN = Method(
    contamination=0.0,
    blanket_echo=((0.0, 1.0),),
    self_repeat=((0.0, 1.0),),
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
    rng = random.Random(seed)  # noqa: S311 - a world that can be made again, no secret
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
        blanket_echo=rng.choice((((0.0, 1.0),), ((0.3, 1.0),), ((0.0, 0.4), (0.6, 0.6)))),
        blanket_window_days=rng.choice((0, 2, 7)),
        self_repeat=rng.choice((((0.0, 1.0),), ((0.99, 1.0),), ((0.0, 0.3), (0.9, 0.7)))),
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
    made = problem(scenarios=scenarios, indicators=indicators, gates=gates, method=method)
    if rng.random() < 0.7:
        made = replace(made, deception=some_parties(rng, scenarios, targets), looks=some_looks(rng, indicators))
    if rng.random() < 0.5:
        evidence = tuple(
            replace(
                one, unnamed=rng.random() < 0.7, report=rng.choice(("r1", "r2", None)), party=rng.choice((None, "N"))
            )
            for one in evidence
        )
    return made, evidence, past, looks


def some_parties(rng: random.Random, scenarios: Sequence[Scenario], targets: Sequence[str]) -> tuple[Deception, ...]:
    return tuple(
        Deception(
            id=f"p{k}",
            party=rng.choice((None, "N")),
            suspects={f"src{n}": rng.choice((0.0, 0.25, 0.45)) for n in range(3) if rng.random() < 0.6},
            indicators=tuple(rng.sample(targets, 1)) if rng.random() < 0.3 else (),
            stories=(
                Story(id="hide", prior=0.2, event=0.1, otherwise=0.9),
                Story(id="none", prior=0.6),
                Story(id="own", prior=0.2, event=rng.random(), otherwise=rng.random(), present={scenarios[0].id: 1.0}),
            ),
        )
        for k in range(rng.randint(0, 2))
    )


def some_looks(rng: random.Random, indicators: Sequence[Indicator]) -> tuple[Look, ...]:
    return tuple(
        Look(
            indicator=rng.choice(indicators).id,
            first=OPENED + timedelta(days=first),
            last=OPENED + timedelta(days=first + rng.randint(0, 2)),
            by=rng.choice(("a", "b")),
            coverage=rng.choice((None, 0.5)),
        )
        for first in (rng.randint(-1, 4) for _ in range(rng.randint(0, 3)))
    )


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
        for combination, chance in zip(prepared.stories.combinations, fast.stories.tolist(), strict=True):
            told = tuple(party.stories[at].id for party, at in zip(made.deception, combination, strict=True))
            out.append(abs(chance - slow.stories[told]))
        out.append(abs(fast.log_evidence - slow.log_evidence) if not certain else 0.0)
    return out


@pytest.mark.parametrize("block", range(20))
def test_the_core_agrees_with_the_slow_walk(block: int, capsys: pytest.CaptureFixture[str]) -> None:
    worlds = range(10 * block, 10 * block + 10)

    worst = max(max(differences(seed)) for seed in worlds)

    with capsys.disabled():
        print(f"\nbrute force, worlds {worlds[0]}-{worlds[-1]}: largest difference {worst:.1e}")  # noqa: T201 - to be seen
    assert worst < 1e-10


def test_a_gate_named_under_a_negation_shows_from_its_opening_and_not_by_its_lead() -> None:
    needs = Expr(op="or", args=(gate("a"), Expr(op="not", args=(gate("b"),))))
    gates = tuple(Gate(id=name, statement="", probability=chance(0.4), lead=pairs((2, 1.0))) for name in "ab")
    made = problem(scenarios=(scenario(needs=needs),), gates=gates)
    evidence = [item("e1", Says.PRESENT, 2, on="b"), item("e2", Says.ABSENT, 3, on="a")]
    prepared = core.prepare(made, as_of=as_of(5))

    slow = Walk(made, evidence, as_of=as_of(5), future=prepared.future).run()

    fast = core.posterior(prepared, evidence)
    assert fast.gates == pytest.approx(slow.gates, abs=1e-12)
    assert fast.status_quo == pytest.approx(slow.status_quo, abs=1e-12)


def test_one_report_moves_the_odds_as_worked_out_by_hand() -> None:
    # Onset tomorrow or never within the grid: even odds a day, activation surely one day before, no background.
    made = problem(
        scenarios=(scenario(prior=0.2, within=1),),
        indicators=(indicator(seen={"attack": 1.0}, lead=pairs((1, 1.0)), false_starts=0.0),),
    )

    found = core.posterior(core.prepare(made, as_of=OPENED), [item("e", Says.PRESENT, 0)])

    tomorrow, rest = 0.1 * 0.875, 0.9 * 0.125
    assert found.event_within(1) == pytest.approx(tomorrow / (tomorrow + rest), abs=1e-15)
    assert found.log_evidence == pytest.approx(np.log(tomorrow + rest), abs=1e-12)


# --- laws ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(100, 130))
def test_probabilities_sum_to_one_and_no_conjunction_beats_its_gates(seed: int) -> None:
    made, evidence, past, looks = some_world(seed)

    found = core.posterior(core.prepare(made, as_of=as_of(past), looks=looks), evidence)

    assert sum(found.p_scenario.values()) + found.status_quo == pytest.approx(1, abs=1e-12)
    assert float(found.joint.min()) >= 0
    assert sum(found.tempo) == pytest.approx(1, abs=1e-12)
    for one in made.scenarios:
        if one.needs.op == "gate":
            assert found.p_scenario[one.id] <= found.gates[one.needs.name] + 1e-12


@pytest.mark.parametrize("seed", range(100, 115))
def test_the_order_of_the_lines_never_matters(seed: int) -> None:
    made, evidence, past, looks = some_world(seed)
    prepared = core.prepare(made, as_of=as_of(past), looks=looks)
    shuffled = list(evidence)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - as above

    one, other = core.posterior(prepared, evidence), core.posterior(prepared, shuffled)

    assert np.array_equal(one.joint, other.joint)
    assert one.on_now == other.on_now


@pytest.mark.parametrize("prior_as_of", ["opened", "as_of"])
def test_without_evidence_the_answer_is_the_prior(prior_as_of: str) -> None:
    made = problem(method=Method(prior_as_of=prior_as_of))
    past = 6

    found = core.posterior(core.prepare(made, as_of=as_of(past)), ())

    hazard = 1 - 2 ** (-1 / 30)
    survived = (1 - hazard) ** (past - 1) if prior_as_of == "opened" else 1.0
    comes = 0.2 * survived / (0.2 * survived + 0.8)
    assert found.event_ever == pytest.approx(comes, abs=1e-14)
    assert found.event_within(10) == pytest.approx(comes * (1 - (1 - hazard) ** 10), abs=1e-14)
    assert found.log_evidence == pytest.approx(0, abs=1e-12)


def test_quiet_days_lower_a_prior_that_holds_from_the_opening() -> None:
    made = problem(method=Method(prior_as_of="opened"))

    ever = [core.posterior(core.prepare(made, as_of=as_of(past)), ()).event_ever for past in (1, 10, 40)]

    assert ever[0] == pytest.approx(0.2)
    assert ever[0] > ever[1] > ever[2]


@pytest.mark.parametrize("says", [Says.PRESENT, Says.ABSENT])
def test_with_pairs_the_answer_does_not_depend_on_the_length_of_the_grid(says: Says) -> None:
    evidence = [item("e1", says, 2), item("e2", says, 4)]
    short, long = (problem(by=day) for day in (date(2023, 1, 31), date(2024, 1, 31)))

    one, other = (core.posterior(core.prepare(made, as_of=as_of(5)), evidence) for made in (short, long))

    assert one.joint.shape[1] < other.joint.shape[1]
    assert one.event_ever == pytest.approx(other.event_ever, abs=1e-13)
    assert one.event_within(30) == pytest.approx(other.event_within(30), abs=1e-13)


def test_present_never_lowers_and_absent_never_raises_the_odds() -> None:
    made = problem()
    nothing = log_odds(made, ())

    for day in range(5):
        for knows in (0.0, 0.2, 0.75, 1.0):
            assert log_odds(made, [item("e", Says.PRESENT, day, knows=knows)]) >= nothing - 1e-12
            assert log_odds(made, [item("e", Says.ABSENT, day, knows=knows)]) <= nothing + 1e-12


@pytest.mark.parametrize("says", [Says.PRESENT, Says.ABSENT])
def test_the_better_the_grade_the_further_its_word_moves_the_odds(says: Says) -> None:
    made = problem()
    nothing = log_odds(made, ())

    moved = [abs(log_odds(made, [item("e", says, 4, knows=k)]) - nothing) for k in (0.9, 0.75, 0.57, 0.4, 0.2)]

    assert moved == sorted(moved, reverse=True)
    assert len(set(moved)) == 5


def test_an_echo_adds_less_than_an_independent_report_and_nothing_at_copy_probability_one() -> None:
    made = problem()
    first = item("e1", Says.PRESENT, 3)

    alone = log_odds(made, [first])
    independent = log_odds(made, [first, item("e2", Says.PRESENT, 3)])
    echo = log_odds(made, [first, item("e2", Says.PRESENT, 3, echo_of="e1")])
    copy = log_odds(made, [first, item("e2", Says.PRESENT, 3, echo_of="e1", copy=1.0)])

    assert alone < echo < independent
    assert copy == pytest.approx(alone, abs=1e-12)


def test_an_echo_that_says_the_opposite_is_news() -> None:
    made = problem(method=replace(PLAIN, blanket_echo=((0.3, 1.0),)))
    first = item("e1", Says.PRESENT, 3)

    echo = log_odds(made, [first, item("e2", Says.ABSENT, 3, echo_of="e1")])

    assert echo == pytest.approx(log_odds(made, [first, item("e2", Says.ABSENT, 3)]), abs=1e-12)


def test_an_undetected_echo_is_suspected_within_the_window_unless_independence_is_documented() -> None:
    made = problem(method=replace(PLAIN, blanket_echo=((0.3, 1.0),), blanket_window_days=2))

    def both(second: Evidence) -> float:
        return log_odds(made, [item("e1", Says.PRESENT, 0), second])

    near = both(item("e2", Says.PRESENT, 1, delay=1))
    far = both(item("e2", Says.PRESENT, 1, delay=2))
    documented = both(item("e2", Says.PRESENT, 1, delay=1, copy=0.0))

    assert near < far
    assert documented == far


def test_thirty_identical_denials_of_one_source_count_as_about_one() -> None:
    slow = indicator(lead=pairs((5, 0.25), (10, 0.25), (20, 0.25), (30, 0.25)))
    made = problem(indicators=(slow,), method=replace(PLAIN, self_repeat=((0.99, 1.0),)))
    past = 31

    def within(evidence: Sequence[Evidence]) -> float:
        return log_odds(made, evidence, past=past, days=5)

    nothing = within(())
    one = nothing - within([item("d30", Says.ABSENT, 30, source="ministry")])
    thirty = nothing - within([item(f"d{d}", Says.ABSENT, d, source="ministry") for d in range(1, 31)])
    crowd = nothing - within([item(f"d{d}", Says.ABSENT, d, source=f"s{d}", copy=0.0) for d in range(1, 31)])

    assert one > 0.5
    assert thirty == pytest.approx(one, rel=0.1)  # to have been right thirty times is a little harder than once
    assert crowd > 1.4 * thirty


def test_a_source_that_changes_its_word_is_heard_again() -> None:
    made = problem(method=replace(PLAIN, self_repeat=((0.99, 1.0),)))
    denials = [item(f"d{d}", Says.ABSENT, d, source="s") for d in range(3)]

    turned = log_odds(made, [*denials, item("p", Says.PRESENT, 3, source="s")])

    assert turned > log_odds(made, denials)


def test_a_denial_counts_less_against_what_began_lately_when_noticing_takes_time() -> None:
    quick, slow = (
        problem(
            scenarios=(scenario(within=1),),
            indicators=(indicator(seen={"attack": 1.0}, lead=pairs((1, 1.0)), noticed_within=within),),
        )
        for within in (None, 7.0)
    )
    denial = [item("e", Says.ABSENT, 4)]

    moved = [abs(log_odds(made, denial, days=1) - log_odds(made, (), days=1)) for made in (quick, slow)]

    assert moved[1] < np.log(1.1) < moved[0]


def test_who_saw_it_errs_less_by_asserting() -> None:
    made = problem()

    saw, told = (log_odds(made, [item("e", Says.PRESENT, 4, access=a)]) for a in ("saw", "told"))

    assert saw > told


def test_silence_counts_only_where_somebody_looked() -> None:
    made = problem(indicators=(indicator(coverage=0.8),))
    days = [OPENED + timedelta(days=d) for d in range(10)]

    def ever(looks: dict[str, list[date]]) -> float:
        return core.posterior(core.prepare(made, as_of=as_of(10), looks=looks), ()).log_odds_within(5)

    assert ever({"massing": days}) < ever({"massing": days[4:6]}) < ever({})
    assert ever({"massing": days}) == ever({"massing": days[:8]})  # the last two days may still be reported
    assert ever({"massing": []}) == ever({})


def test_looks_after_the_first_report_say_nothing() -> None:
    made = problem(indicators=(indicator(coverage=0.8),))
    days = [OPENED + timedelta(days=d) for d in range(10)]
    evidence = [item("e", Says.PRESENT, 4)]

    every, before = (
        core.posterior(core.prepare(made, as_of=as_of(10), looks={"massing": some}), evidence).event_ever
        for some in (days, days[:4])
    )

    assert every == before


# --- admission and revision ------------------------------------------------------------------------------------------


def test_what_cannot_be_weighed_is_left_out_and_counted() -> None:
    prepared = core.prepare(problem(), as_of=as_of(5))
    evidence = [
        item("future", Says.PRESENT, 5),
        item("unpublished", Says.PRESENT, 4, delay=1),
        item("old", Says.PRESENT, -1),
        item("ungraded", Says.PRESENT, 3, knows=None),
        item("unclear", Says.AMBIGUOUS, 3),
    ]

    found = core.terms(prepared, evidence)

    assert (found.admitted.left_out.after_as_of, found.admitted.left_out.before_opened) == (2, 1)
    assert (found.admitted.ungraded, found.admitted.ambiguous) == (("ungraded",), ("unclear",))
    assert np.array_equal(core.combine(prepared, found).joint, core.posterior(prepared, ()).joint)


@pytest.mark.parametrize("seed", range(200, 215))
def test_changing_one_indicators_reports_equals_starting_afresh(seed: int) -> None:
    made, evidence, past, looks = some_world(seed)
    prepared = core.prepare(made, as_of=as_of(past), looks=looks)
    full = core.terms(prepared, evidence)

    for left_out in evidence:
        kept = [e for e in evidence if e is not left_out]
        revised = core.revised(prepared, full, indicator=left_out.indicator, evidence=kept)
        assert np.array_equal(core.combine(prepared, revised).joint, core.posterior(prepared, kept).joint)


def test_knowing_the_state_splits_the_answer_without_changing_its_mean() -> None:
    prepared = core.prepare(problem(), as_of=as_of(5))
    found = core.terms(prepared, [item("e", Says.PRESENT, 3)])

    plain = core.combine(prepared, found)
    on, off = (core.combine(prepared, found, certain={"massing": state}) for state in (True, False))

    seen = plain.on_now["massing"]
    assert seen * on.event_within(30) + (1 - seen) * off.event_within(30) == pytest.approx(plain.event_within(30))
    assert off.event_within(30) < plain.event_within(30) < on.event_within(30)
    assert (on.on_now["massing"], off.on_now["massing"]) == (1.0, 0.0)


# --- limits ----------------------------------------------------------------------------------------------------------


def test_a_hundred_thousand_reports_do_not_overflow() -> None:
    made = problem(indicators=(indicator(noticed_within=7.0), indicator("calls")))
    evidence = [
        item(f"e{k}", Says.ABSENT if k % 60 < 50 else Says.PRESENT, k % 60, on=("massing", "calls")[k // 60 % 2])
        for k in range(100_000)
    ]

    found = core.posterior(core.prepare(made, as_of=as_of(60)), evidence)

    assert np.isfinite(found.log_evidence)
    assert found.on_now["massing"] == pytest.approx(1)


def test_a_certain_source_is_believed() -> None:
    made = problem(indicators=(indicator(false_starts=0.0),))

    found = core.posterior(core.prepare(made, as_of=as_of(5)), [item("e", Says.PRESENT, 4, knows=1.0)])

    assert found.event_ever == 1.0
    assert found.log_odds_within(400) > 0


def test_evidence_that_nothing_allows_is_an_error() -> None:
    prepared = core.prepare(problem(), as_of=as_of(5))

    with pytest.raises(ProbabilityError, match="impossible"):
        core.posterior(prepared, [item("e1", Says.PRESENT, 4, knows=1.0), item("e2", Says.ABSENT, 4, knows=1.0)])


def test_priors_above_one_are_an_error() -> None:
    with pytest.raises(ProbabilityError, match=r"1\.2, above 1"):
        core.prepare(problem(scenarios=(scenario(prior=0.6), scenario("raid", prior=0.6))), as_of=OPENED)


def test_a_day_before_the_opening_is_an_error() -> None:
    with pytest.raises(UsageError, match="opened"):
        core.prepare(problem(), as_of=OPENED - timedelta(days=1))


def test_an_unknown_indicator_is_an_error() -> None:
    prepared = core.prepare(problem(), as_of=OPENED)

    with pytest.raises(UsageError, match="'rumours'"):
        core.posterior(prepared, [item("e", Says.PRESENT, 0, on="rumours")])
    with pytest.raises(UsageError, match="'rumours'"):
        core.posterior(prepared, (), certain={"rumours": True})


def test_a_grid_of_far_too_many_days_is_an_error_and_no_hang() -> None:
    with pytest.raises(ProbabilityError, match="too many"):
        core.prepare(problem(by=date.max), as_of=OPENED)
    with pytest.raises(ProbabilityError, match="too many"):
        core.prepare(problem(indicators=(indicator(lead=pairs((10**9, 1.0))),)), as_of=OPENED)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (problem(indicators=(indicator(lasts=0.0),)), "false_start_lasts"),
        (problem(indicators=(indicator(noticed_within=0.0),)), "noticed_within"),
        (problem(indicators=(indicator(seen={"attack": 1.1}),)), "seen_first"),
        (problem(scenarios=(scenario(prior=float("nan")),)), "prior of scenario attack"),
        (problem(gates=(Gate(id="g", statement="", probability=chance(2.0)),)), "gate g"),
        (problem(method=replace(PLAIN, contamination=-0.1)), "contamination"),
        (problem(method=replace(PLAIN, tempo=((1.0, 0.5),))), "tempo"),
        (problem(indicators=(indicator(leads={"other": pairs((1, 1.0))}),)), "no lead under scenario attack"),
    ],
)
def test_a_number_outside_its_range_is_named(made: WarningProblem, message: str) -> None:
    with pytest.raises(ProbabilityError, match=message):
        core.prepare(made, as_of=OPENED)


def test_a_million_equal_statements_are_weighed_without_overflow() -> None:
    made = problem(indicators=(indicator(noticed_within=7.0), indicator("calls")))
    prepared = core.prepare(made, as_of=as_of(60))
    days = np.arange(60).repeat(16_667)
    nothing, every = np.zeros(len(days)), np.arange(len(days))
    said = Statements(
        day=days,
        present=days >= 50,
        source=every,
        able=np.full(len(days), 0.75),
        knows=np.full(len(days), 0.75),
        guess=np.full(len(days), 0.5),
        sighted=np.ones(len(days)),
        copied=nothing,
        refused=nothing,
        power=np.ones(len(days)),
    )
    no_one = core.admit(prepared, ())
    told = Spoken(
        said=said,
        published=days,
        origin=np.full(len(days), -1),
        copy_probability=nothing,
        independent=np.zeros(len(days), dtype=np.bool_),
        shares=np.full(len(days), -1),
        reached=reach(prepared.stories, (), indicator="massing"),
        window=7,
    )

    found = core.combine(prepared, terms_of(prepared, no_one, {"massing": told, "calls": told}))

    assert len(said.grouped().day) == 60
    assert np.isfinite(found.log_evidence)
    assert found.on_now == {"massing": pytest.approx(1), "calls": pytest.approx(1)}
    assert float(found.joint.sum()) + found.status_quo == pytest.approx(1, abs=1e-12)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 9), st.sampled_from("abc"), st.sampled_from([0.2, 0.57, 0.9])),
        min_size=1,
        max_size=10,
    ),
    st.sampled_from([None, 4.0]),
    st.randoms(use_true_random=False),
)
def test_whatever_is_said_the_laws_hold(
    said: list[tuple[bool, int, str, float]], noticed: float | None, rng: random.Random
) -> None:
    """Order of lines, sums to one, no conjunction above its gates, and a copy that says nothing new."""
    gates = tuple(Gate(id=name, statement="", probability=chance(p)) for name, p in (("a", 0.4), ("b", 0.7)))
    both = Expr(op="and", args=(gate("a"), gate("b")))
    made = problem(
        gates=gates,
        scenarios=(scenario(needs=both), scenario("raid", prior=0.3, needs=gate("b"))),
        indicators=(indicator(seen={"attack": 0.9, "raid": 0.4}, noticed_within=noticed),),
        method=Method(),
    )
    evidence = [
        item(f"e{k}", Says.PRESENT if seen else Says.ABSENT, day, source=source, knows=knows)
        for k, (seen, day, source, knows) in enumerate(said)
    ]
    prepared = core.prepare(made, as_of=as_of(10))
    found = core.posterior(prepared, evidence)
    shuffled = list(evidence)
    rng.shuffle(shuffled)
    copy = replace(evidence[-1], id="copy", source="z", echo_of=evidence[-1].id, copy_probability=1.0)

    assert np.array_equal(core.posterior(prepared, shuffled).joint, found.joint)
    assert float(found.joint.sum()) + found.status_quo == pytest.approx(1, abs=1e-12)
    assert found.p_scenario["attack"] <= min(found.gates.values()) + 1e-12
    assert found.p_scenario["raid"] <= found.gates["b"] + 1e-12
    assert np.allclose(core.posterior(prepared, [*evidence, copy]).joint, found.joint, atol=1e-12)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.sampled_from([None, 3.0, 14.0]), st.integers(0, 9), st.floats(0.05, 0.95), st.sampled_from([0.0, 1.0, 20.0]))
def test_the_order_of_one_reports_own_ratio_holds(
    noticed: float | None, day: int, knows: float, false_starts: float
) -> None:
    """Better grades say more; a sighting never lowers the answer, a denial never raises it."""
    made = problem(
        indicators=(indicator(noticed_within=noticed, false_starts=false_starts, lead=pairs((4, 0.5), (12, 0.5))),)
    )

    def moved(says: Says, k: float) -> float:
        return log_odds(made, [item("e", says, day, knows=k)], past=10) - log_odds(made, (), past=10)

    assert moved(Says.PRESENT, knows) >= moved(Says.PRESENT, knows / 2) - 1e-12 >= -2e-12
    assert moved(Says.ABSENT, knows) <= moved(Says.ABSENT, knows / 2) + 1e-12 <= 2e-12
