"""Random small problems, in words that the program reads, with gates, copies, silence and stories at will."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from benchmarks.worlds.brute_problem import Gate, Indicator, Party, Problem, Said, Scenario, State

FEATURES = ("gates", "copies", "silence", "stories")
NEEDS: tuple[tuple[str, Callable[[State], bool], frozenset[str]], ...] = (
    ("", lambda _: True, frozenset()),
    ("g0", lambda g: g["g0"], frozenset({"g0"})),
    ("g0 and g1", lambda g: g["g0"] and g["g1"], frozenset({"g0", "g1"})),
    ("g0 or g1", lambda g: g["g0"] or g["g1"], frozenset({"g0", "g1"})),
    ("g1 and not g0", lambda g: g["g1"] and not g["g0"], frozenset({"g1"})),
    ("at_least(2, g0, g1, g2)", lambda g: g["g0"] + g["g1"] + g["g2"] >= 2, frozenset({"g0", "g1", "g2"})),
)
TOLD = {"none": (0.5, 0.5), "hide": (0.1, 0.9), "loud": (0.9, 0.9), "quiet": (0.1, 0.1)}
SOURCES = ("s0", "s1", "s2", "s3")


def _points(rng: random.Random) -> tuple[float, float, float]:
    middle = rng.uniform(1.0, 6.0)
    return round(middle * rng.uniform(0.4, 0.9), 2), round(middle, 2), round(middle * rng.uniform(1.1, 2.0), 2)


def case(seed: int, features: frozenset[str]) -> Problem:
    """Draw a problem of four to six days.

    Nobody denies a sign that takes time to be noticed: there the core departs from the plain likelihood on purpose.
    """
    rng = random.Random(seed)  # noqa: S311 - a drawn case, no secret
    past = rng.randint(4, 6)
    opened = date(2023, 1, 1) + timedelta(days=rng.randrange(300))
    gated = "gates" in features
    gates = tuple(
        Gate(
            id=f"g{k}",
            probability=round(rng.uniform(0.1, 0.9), 3),
            opens=rng.choice([None, rng.randrange(past + 4)]),
            lead=rng.choice([None, _points(rng)]),
        )
        for k in range(3 if gated else 0)
    )
    scenarios = []
    for name, event in (("strike", True), ("show", False)):
        needs, holds, named = rng.choice(NEEDS if gated else NEEDS[:1])
        start = opened + timedelta(days=rng.randrange(10))
        season = (start, start + timedelta(days=20), rng.choice([0.3, 3.0]))
        scenarios.append(
            Scenario(
                id=name,
                event=event,
                prior=round(rng.uniform(0.05, 0.4), 3),
                even_odds_within=round(rng.uniform(3.0, 40.0), 2),
                not_before=rng.choice([None, rng.randrange(past + 5)]),
                season=season if rng.random() < 0.3 and start.month < 11 else None,
                needs=needs,
                holds=holds,
                named=named,
            )
        )
    indicators = tuple(
        Indicator(
            id=f"i{k}",
            seen_first={"strike": round(rng.uniform(0.3, 0.97), 3), "show": round(rng.uniform(0.0, 0.9), 3)},
            lead=_points(rng),
            false_starts=rng.choice([1.0, 10.0, 60.0]),
            lasts=round(rng.uniform(1.5, 9.0), 2),
            noticed_within=rng.choice([None, round(rng.uniform(1.0, 5.0), 2)]),
            coverage=rng.choice([0.3, 0.8]),
        )
        for k in range(2)
    )
    parties = []
    for number in range(rng.randint(1, 2) if "stories" in features else 0):
        masses = [rng.uniform(0.2, 1.0) for _ in TOLD]
        masses = [round(mass / sum(masses), 3) for mass in masses]
        masses[0] = round(1 - sum(masses[1:]), 3)
        suspects = {name: round(rng.uniform(0.05, 0.45), 3) for name in rng.sample(SOURCES, 2)}
        told = {name: (mass, *TOLD[name]) for name, mass in zip(TOLD, masses, strict=True)}
        parties.append(Party(id=f"p{number}", suspects=suspects, stories=told))
    quiet = rng.random() < 0.3 and "silence" in features
    topics = [*(["i0", "i1"][1 if quiet else 0 :]), *(g.id for g in gates)]
    reports: list[Said] = []
    for number in range(rng.randint(2, 8)):
        about = rng.randrange(past)
        topic = rng.choice(topics)
        earlier = [r.id for r in reports if r.on == topic]
        aging = any(i.id == topic and i.noticed_within is not None for i in indicators)
        echo = rng.choice(earlier) if earlier and "copies" in features and rng.random() < 0.5 else None
        reports.append(
            Said(
                id=f"r{number}",
                on=topic,
                present=aging or rng.random() < 0.5,
                about=about,
                published=min(past - 1, about + rng.randrange(3)),
                source=rng.choice(SOURCES),
                knows=round(rng.uniform(0.1, 0.95), 3),
                weight=rng.choice([1.0, 0.6]),
                alarmist=rng.random() < 0.2,
                sighted=rng.random() < 0.3,
                echo_of=echo,
                copy_probability=rng.choice([None, 0.0, 0.6]) if "copies" in features else None,
            )
        )
    looks = frozenset((f"i{k}", day) for k in range(2) for day in range(past) if rng.random() < 0.7)
    copying = "copies" in features
    return Problem(
        opened=opened,
        past=past,
        gates=gates,
        scenarios=tuple(scenarios),
        indicators=indicators,
        parties=tuple(parties),
        reports=tuple(reports),
        looks=looks if "silence" in features else frozenset(),
        contamination=rng.choice([0.0, 0.1]),
        blanket=rng.choice([((0.3, 1.0),), ((0.0, 0.4), (0.6, 0.6))]) if copying else ((0.0, 1.0),),
        window=rng.choice([1, 7]),
        self_repeat=rng.choice([((0.99, 1.0),), ((0.0, 0.3), (0.9, 0.7))]) if copying else ((0.0, 1.0),),
        tempo=rng.choice([((1.0, 1.0),), ((0.5, 0.25), (1.0, 0.45), (2.0, 0.3))]),
        from_opening=rng.random() < 0.5,
    )


def toml(p: Problem) -> str:
    """The problem file."""

    def day(number: int) -> str:
        return str(p.opened + timedelta(days=number))

    text = [f'schema = 1\nid = "small"\nquestion = "?"\nresolution = "!"\nopened = {p.opened}\nby = {day(p.past + 3)}']
    text.append(
        f"[method]\ncontamination = {p.contamination}\nblanket_echo = {_law(p.blanket)}\n"
        f"self_repeat = {_law(p.self_repeat)}"
    )
    text.append(f"blanket_window_days = {p.window}\ntempo = {json.dumps(p.tempo)}")
    text.append(f'prior_as_of = "{"opened" if p.from_opening else "as_of"}"')
    for g in p.gates:
        text.append(f'[[gates]]\nid = "{g.id}"\nstatement = "?"\nprobability = {g.probability}')
        text += [f"opens = {day(g.opens)}"] if g.opens is not None else []
        text += [f"lead = {list(g.lead)}"] if g.lead is not None else []
    for s in p.scenarios:
        text.append(f'[[scenarios]]\nid = "{s.id}"\nstatement = "?"\nevent = {json.dumps(s.event)}\nprior = {s.prior}')
        text.append(f"even_odds_within = {s.even_odds_within}")
        text += [f"not_before = {day(s.not_before)}"] if s.not_before is not None else []
        text += [f'needs = "{s.needs}"'] if s.needs else []
        if s.season is not None:
            first, last, factor = s.season
            text.append(f'season = [{{ from = "{first:%m-%d}", to = "{last:%m-%d}", factor = {factor} }}]')
    for i in p.indicators:
        seen = ", ".join(f"{name} = {chance}" for name, chance in i.seen_first.items())
        text.append(f'[[indicators]]\nid = "{i.id}"\nstatement = "?"\nwatch = ["{i.id}"]\nseen_first = {{ {seen} }}')
        text.append(f"lead = {list(i.lead)}\nfalse_starts = {i.false_starts}\nfalse_start_lasts = {i.lasts}")
        text.append(f"coverage = {i.coverage}")
        text += [f"noticed_within = {i.noticed_within}"] if i.noticed_within is not None else []
    for party in p.parties:
        suspects = ", ".join(f"{name} = {q}" for name, q in party.suspects.items())
        masses = ", ".join(f"{name} = {mass}" for name, (mass, _, _) in party.stories.items())
        text.append(f'[[deception]]\nid = "{party.id}"\nsuspects = {{ {suspects} }}\nstories = {{ {masses} }}')
    text += [f'[[looks]]\nindicator = "{name}"\nfrom = {day(number)}' for name, number in sorted(p.looks)]
    return "\n".join(text)


def _law(pairs: Sequence[tuple[float, float]]) -> str:
    return json.dumps([list(pair) for pair in pairs])


def jsonl(p: Problem) -> str:
    """The evidence file."""
    return "\n".join(
        json.dumps(
            {
                "id": r.id,
                "indicator": r.on,
                "says": "present" if r.present else "absent",
                "about": str(p.opened + timedelta(days=r.about)),
                "published": str(p.opened + timedelta(days=r.published)),
                "source": r.source,
                "knows": r.knows,
                "weight": r.weight,
                "alarmist": r.alarmist,
                "access": "saw" if r.sighted else None,
                "echo_of": r.echo_of,
                "copy_probability": r.copy_probability,
            }
        )
        for r in p.reports
    )
