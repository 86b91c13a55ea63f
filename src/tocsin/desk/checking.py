"""What is faulty or doubtful on a desk, all at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tocsin import problem as problems
from tocsin import weigh
from tocsin.desk import looking
from tocsin.desk.declarations import Declarations
from tocsin.desk.holdings import Holdings
from tocsin.desk.values import Checked
from tocsin.errors import Fault, FaultyInput, Place
from tocsin.link.nation import nation_of
from tocsin.model.judgement import JudgementKind
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Source
from tocsin.problem import known

if TYPE_CHECKING:
    from tocsin.infer.prior import Check


def check(holdings: Holdings, *, today: date | None = None) -> Checked:
    """All faults of all files at once; where there are none, what the priors alone answer.

    Args:
        holdings: What the desk holds.
        today: The day from which the problems' own days are seen; None where they are not to be looked at.
    """
    from tocsin.infer import prior

    declared = holdings.declared
    faults: list[Fault] = []
    notes: list[Fault] = []
    checks: list[tuple[WarningProblem, Check]] = []
    for declares in (declared.sources, declared.settings):
        try:
            declares()
        except FaultyInput as error:
            faults += error.faults
    files = declared.problem_files()
    if not files:
        faults.append(Fault(Place(str(holdings.path / "problems")), "no problem is declared", "write one: tocsin new"))
    for file in files:
        try:
            loaded = problems.load(file)
        except FaultyInput as error:
            faults += error.faults
        else:
            who = _who_is_who(declared, loaded.problem)
            faults += problems.unknown_suspects(loaded.problem, who, file=str(file))
            notes += loaded.notes
            notes += known.notes(
                loaded.problem,
                file=str(file),
                sources=who,
                nation_of=nation_of,
                today=today,
            )
            if any(loaded.problem.id == other.id for other, _ in checks):
                what = f"another file declares a problem with the id '{loaded.problem.id}' too"
                faults.append(Fault(Place(str(file), "id"), what, "give each problem an id of its own"))
            checks.append((loaded.problem, prior.check(loaded.problem)))
    if not faults and (holdings.path / "tocsin.db").exists():
        notes += _doubts(holdings)
    if not faults:
        faults += looking.faults(declared.settings_file, declared.settings(), [one for one, _ in checks])
    return Checked(faults=tuple(faults), notes=tuple(notes), checks=tuple(checks))


def _doubts(holdings: Holdings) -> list[Fault]:
    """What the judgements on this desk make doubtful: digits of credibility that the letters predict."""
    if not any(one.kind is JudgementKind.CREDIBILITY for one in holdings.store.judgements()):
        return []
    found = weigh.diagonal(holdings.stream().ratings)
    cure = "judge the item apart from its source, or withdraw the digits"
    return [Fault(Place("judgements of credibility"), found.told(), cure)] if found.warned else []


def _who_is_who(declared: Declarations, problem: WarningProblem) -> tuple[Source, ...]:
    """The sources of a problem and of the desk; those of the problem alone where the desk's have faults."""
    try:
        return declared.sources(problem)
    except FaultyInput:
        return problem.sources
