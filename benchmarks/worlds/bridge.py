"""Worlds in the program's own words: the problem as TOML, the reports as JSON Lines, and the core's answer to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.worlds.answer import Answer
from benchmarks.worlds.values import Indicator, Lead, Scenario, Season, Setting, World
from tocsin import problem as problems
from tocsin.infer import coded, core


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Which settings of the method to use; the defaults are those of the program.

    Attributes:
        settings: Lines for the table ``[method]``.
        echoes: Pass on which reports were declared to be echoes.
        evidence: Pass on any report at all.
        access: Pass on who has sight or pictures.
        told: Give the true reliability of each source in place of its letter.
        deception: Declare the channels within reach; the text is put into the table.
        looks: Declare the log of looks.
        articles: Say which anonymous voices stand in one article.
    """

    settings: str = ""
    echoes: bool = True
    evidence: bool = True
    access: bool = True
    told: bool = False
    deception: str | None = None
    looks: bool = True
    articles: bool = True


def core_answer(world: World, method: Method) -> Answer:
    """What the core makes of a world."""
    return core_answers(world, {"": method})[""]


def core_answers(world: World, methods: Mapping[str, Method]) -> dict[str, Answer]:
    """What the core makes of a world under several settings."""
    as_of = world.declared.opened + timedelta(days=world.as_of)
    result = {}
    for name, method in methods.items():
        problem = problems.parse_problem(problem_text(world, method), file="world.toml")
        evidence = coded.parse_evidence(evidence_text(world, method), file="world.jsonl", problem=problem).evidence
        prepared = core.prepare(problem, as_of=as_of)
        result[name] = _answer(prepared, core.posterior(prepared, evidence))
    return result


def _answer(prepared: core.Prepared, found: core.Posterior) -> Answer:
    return Answer(
        onset={scenario: found.joint[row] for row, scenario in enumerate(found.scenarios)},
        status_quo=found.status_quo,
        events=frozenset(s.id for s in prepared.problem.scenarios if s.event),
    )


def problem_text(world: World, method: Method) -> str:
    """The problem file that the analyst of this world wrote."""
    setting = world.declared
    by = setting.opened + timedelta(days=world.as_of + 30)
    head = (
        'schema = 1\nid = "world"\nquestion = "Will it come?"\nresolution = "It came."\n'
        f"opened = {setting.opened}\nby = {by}\n[method]\n{method.settings}"
    )
    parts = [
        head,
        *(_gate(setting, gate.id) for gate in setting.gates),
        *(_scenario(setting, scenario) for scenario in setting.scenarios),
        *(_indicator(indicator) for indicator in setting.indicators),
    ]
    if method.deception is not None:
        reached = json.dumps([source.id for source in world.sources if source.reached])
        parts.append(f'[[deception]]\nid = "adversary"\nsuspects = {reached}\n{method.deception}')
    if method.looks:
        for name, day in sorted(world.looks):
            parts.append(f'[[looks]]\nindicator = "{name}"\nfrom = {setting.opened + timedelta(days=day)}')
    return "\n".join(parts)


def evidence_text(world: World, method: Method) -> str:
    """The reports of this world, one a line."""
    if not method.evidence:
        return ""
    sources = {source.id: source for source in world.sources}
    lines = []
    for report in world.reports:
        source = sources[report.source]
        line: dict[str, object] = {
            "id": report.id,
            "indicator": report.indicator,
            "says": "present" if report.present else "absent",
            "about": str(world.declared.opened + timedelta(days=report.about)),
            "published": str(world.declared.opened + timedelta(days=report.published)),
            "source": report.source,
            "weight": report.weight,
            "alarmist": source.alarmist,
        }
        line |= {"knows": source.knows} if method.told else {"reliability": source.grade}
        if method.access and source.access is not None:
            line["access"] = source.access
        if method.echoes and report.flagged is not None:
            line["echo_of"] = report.flagged
        if method.articles and report.article is not None:
            line |= {"report": report.article, "unnamed": True}
        lines.append(json.dumps(line))
    return "\n".join(lines)


def _day(setting: Setting, day: int) -> str:
    return str(setting.opened + timedelta(days=day))


def _lead(lead: Lead) -> str:
    return f"[{lead.at_least}, {lead.typically}, {lead.at_most}]"


def _gate(setting: Setting, name: str) -> str:
    gate = next(g for g in setting.gates if g.id == name)
    opens = "" if gate.opens is None else f"opens = {_day(setting, gate.opens)}\n"
    named = f'[[gates]]\nid = "{name}"\nstatement = "{name}"\n'
    return f"{named}probability = {gate.probability}\nlead = {_lead(gate.lead)}\n{opens}"


def _scenario(setting: Setting, s: Scenario) -> str:
    lines = [f'[[scenarios]]\nid = "{s.id}"\nstatement = "{s.id}"\nevent = {str(s.event).lower()}\nprior = {s.prior}']
    lines.append(f"even_odds_within = {s.even_odds_within}")
    if s.not_before is not None:
        lines.append(f"not_before = {_day(setting, s.not_before)}")
    if s.season is not None:
        lines.append(f"season = [{_season(s.season)}]")
    if s.gate is not None:
        lines.append(f'needs = "{s.gate}"')
    return "\n".join(lines)


def _season(season: Season) -> str:
    ends = [f'"{month:02}-{day:02}"' for month, day in (season.first, season.last)]
    return f"{{ from = {ends[0]}, to = {ends[1]}, factor = {season.factor} }}"


def _indicator(i: Indicator) -> str:
    seen = ", ".join(f"{name} = {p}" for name, p in i.seen_first)
    lines = [f'[[indicators]]\nid = "{i.id}"\nstatement = "{i.id}"\nwatch = ["{i.id}"]\nseen_first = {{ {seen} }}']
    lines.append(f"lead = {_lead(i.lead)}\nfalse_starts = {i.false_starts}")
    lines.append(f"false_start_lasts = {i.false_start_lasts}")
    if i.noticed_within is not None:
        lines.append(f"noticed_within = {i.noticed_within}")
    if i.coverage:
        lines.append(f"coverage = {i.coverage}")
    return "\n".join(lines)
