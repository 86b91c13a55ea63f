"""Worlds in the program's own words: the problem as TOML, the reports as JSON Lines, and the core's answer to them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from benchmarks.worlds.answer import Answer
from benchmarks.worlds.values import Indicator, Lead, Report, Scenario, Season, Setting, World
from tocsin import problem as problems
from tocsin.infer import coded, core
from tocsin.model.evidence import Evidence

WINDOW = 7
BLANKETS = (0.0, 0.1, 0.3, 0.6, 0.85)
"""Values of the blanket that are tried where it is learnt, all equally probable beforehand."""


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
        weightless: Pass sources graded F as knowing nothing, so that what repeats them is still taken for an echo.
        learnt: Treat the blanket as unknown and common to all reports, as the tempo is: answers at several values, each
            weighed by how probable it makes the reports.
        crowd: In place of the blanket: every earlier report of another source that says the same within a week may be
            the one that was copied, each with this chance.
    """

    settings: str = ""
    echoes: bool = True
    evidence: bool = True
    access: bool = True
    told: bool = False
    deception: str | None = None
    looks: bool = True
    articles: bool = True
    crowd: float | None = None
    learnt: bool = False
    weightless: bool = False


def core_answer(world: World, method: Method) -> Answer:
    """What the core makes of a world."""
    return core_answers(world, {"": method})[""]


def core_answers(world: World, methods: Mapping[str, Method]) -> dict[str, Answer]:
    """What the core makes of a world under several settings.

    The arrays that depend on the declaration alone are prepared once for all settings that share them.
    """
    as_of = world.declared.opened + timedelta(days=world.as_of)
    prepared: dict[str, core.Prepared] = {}
    result = {}
    for name, method in methods.items():
        problem = problems.parse_problem(problem_text(world, method), file="world.toml")
        evidence = coded.parse_evidence(evidence_text(world, method), file="world.jsonl", problem=problem).evidence
        copying = replace(problem.method, blanket_echo=0.0, blanket_window_days=0, self_repeat=0.0)
        shared = repr(replace(problem, method=copying, digest=""))
        if shared not in prepared:
            prepared[shared] = core.prepare(problem, as_of=as_of)
        ready = replace(prepared[shared], problem=problem)
        result[name] = _learnt(ready, evidence) if method.learnt else _answer(ready, core.posterior(ready, evidence))
    return result


def _answer(prepared: core.Prepared, found: core.Posterior) -> Answer:
    return Answer(
        onset={scenario: found.joint[row] for row, scenario in enumerate(found.scenarios)},
        status_quo=found.status_quo,
        events=frozenset(s.id for s in prepared.problem.scenarios if s.event),
    )


def _learnt(prepared: core.Prepared, evidence: Sequence[Evidence]) -> Answer:
    """Answers at several blankets, weighed by the probability of the reports.

    A report that contradicts everything it could have copied was not copied: the core leaves out that factor, which is
    the same whatever the sign does, but not whatever the blanket is.
    """
    weighed = [item for item in evidence if item.knows is not None]
    free = sum(_contradicts(item, weighed) for item in weighed)
    answers, logs = [], []
    for blanket in BLANKETS:
        method = replace(prepared.problem.method, blanket_echo=blanket)
        ready = replace(prepared, problem=replace(prepared.problem, method=method))
        found = core.posterior(ready, evidence)
        answers.append(_answer(ready, found))
        logs.append(found.log_evidence + free * math.log1p(-blanket))
    weights = [math.exp(log - max(logs)) for log in logs]
    shares = [weight / math.fsum(weights) for weight in weights]
    return Answer(
        onset={
            name: np.asarray(sum(share * one.onset[name] for share, one in zip(shares, answers, strict=True)))
            for name in answers[0].onset
        },
        status_quo=math.fsum(share * one.status_quo for share, one in zip(shares, answers, strict=True)),
        events=answers[0].events,
    )


def _contradicts(item: Evidence, every: Sequence[Evidence]) -> bool:
    """Does an item without a declared origin contradict all that other sources said of its sign in the week before?"""
    before = [
        other.says
        for other in every
        if other.indicator == item.indicator
        and other.source != item.source
        and (other.published, other.about, other.id) < (item.published, item.about, item.id)
        and (item.published - other.published).days <= WINDOW
    ]
    return item.echo_of is None and bool(before) and item.says not in before


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
        if method.weightless and source.grade == "F":
            line["knows"] = 0.0
        if method.access and source.access is not None:
            line["access"] = source.access
        if method.echoes and report.flagged is not None:
            line["echo_of"] = report.flagged
        elif method.crowd is not None:
            line |= _crowded(world, report, method.crowd)
        if method.articles and report.article is not None:
            line |= {"report": report.article, "unnamed": True}
        lines.append(json.dumps(line))
    return "\n".join(lines)


def _crowded(world: World, report: Report, chance: float) -> dict[str, object]:
    """What a report may have copied, and how likely, if each like report of the week before may be its origin."""
    like = [
        other.id
        for other in world.reports
        if (other.indicator, other.present) == (report.indicator, report.present)
        and other.source != report.source
        and (other.published, other.about, other.id) < (report.published, report.about, report.id)
        and report.published - other.published <= WINDOW
    ]
    return {"echo_of": like[-1], "copy_probability": 1 - (1 - chance) ** len(like)} if like else {}


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
