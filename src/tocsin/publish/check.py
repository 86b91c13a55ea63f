"""``tocsin check`` in words: the faults with place and cure, then what the priors alone answer, for signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from tocsin.errors import Fault
from tocsin.model.problem import WarningProblem
from tocsin.publish.lines import table, wrap
from tocsin.publish.safe import plain, terminal
from tocsin.publish.words import apart, day, days, listed, number, percent, plural


class Priors(Protocol):
    """What a problem answers before any report."""

    @property
    def opened(self) -> date:
        """The day from which the answers count."""

    @property
    def answers(self) -> Sequence[tuple[int, float]]:
        """Days, and the probability that an event begins within them."""

    @property
    def per_year(self) -> float:
        """Events a year that this implies."""

    @property
    def by(self) -> float:
        """Probability of an event by the problem's own date."""

    @property
    def scenarios(self) -> Mapping[str, float]:
        """Probability of each course, whenever it begins."""

    @property
    def diagnosticity(self) -> Mapping[str, float]:
        """How far each indicator moves the log-odds of the event."""

    @property
    def idle(self) -> Sequence[str]:
        """Indicators that separate nothing."""


def render(
    faults: Sequence[Fault],
    *,
    notes: Sequence[Fault] = (),
    checks: Sequence[tuple[WarningProblem, Priors]] = (),
    width: int = 100,
) -> str:
    """All faults with place and cure; then, per problem, the priors' own answer and what each indicator can tell.

    Args:
        faults: What is wrong with the files.
        notes: What is allowed and worth a second look.
        checks: Each sound problem with what its priors answer.
        width: Columns to fill.
    """
    lines = wrap(f"{plural(len(faults), 'fault')}:", width) if faults else ["No faults."]
    for fault in faults:
        lines += [f"  {line}" if n == 0 else f"    {line}" for n, line in enumerate(terminal(str(fault)).splitlines())]
    if notes:
        lines += ["", "Worth a second look:"]
        for told in notes:
            lines += wrap(plain(str(told)), width, first="  · ", indent="    ")
    for problem, found in checks:
        lines += ["", *_problem(problem, found, width)]
    return "\n".join(lines)


def _problem(problem: WarningProblem, found: Priors, width: int) -> list[str]:
    lines = wrap(f"{plain(problem.id)}: {plain(problem.question)}", width)
    lines += wrap(f"Without any report, counted from {day(found.opened)}, the priors answer:", width, indent="  ")
    rows = [(f"within {days(within)}", percent(chance)) for within, chance in found.answers]
    lines += table(
        ("", "chance"), [*rows, (f"by {day(problem.by)}", percent(found.by))], width, numeric=[1], indent="    "
    )
    lines += wrap(_rate(found.per_year), width, indent="  ")
    stated = {scenario.id: scenario.statement for scenario in problem.scenarios}
    if found.scenarios:
        lines += wrap("The courses, whenever they begin:", width, indent="  ")
        courses = [
            (plain(name), plain(stated.get(name, "")), percent(chance)) for name, chance in found.scenarios.items()
        ]
        lines += table(("course", "statement", "chance"), courses, width, numeric=[2], indent="    ")
    if found.diagnosticity:
        lines += wrap(
            "What each indicator can tell: the factor between the odds of the event with it certainly seen and with it "
            "certainly not there, thirty days on.",
            width,
            indent="  ",
        )
        names = {indicator.id: indicator.statement for indicator in problem.indicators}
        ordered = sorted(found.diagnosticity.items(), key=lambda pair: -pair[1])
        told = [(plain(name), plain(names.get(name, "")), apart(size)) for name, size in ordered]
        lines += table(("indicator", "statement", "factor"), told, width, numeric=[2], indent="    ")
    idle = listed(plain(name) for name in found.idle)
    lines += wrap(
        f"These separate nothing: {idle}." if idle else "Every indicator separates something.", width, indent="  "
    )
    return lines


def _rate(per_year: float) -> str:
    if per_year <= 0:
        return "No event is expected at all: check the priors."
    if per_year < 1:
        years = float(f"{1 / per_year:.2g}")
        return f"That is a base rate of one such event in {number(years)} years. Sign it or change it."
    return f"That is a base rate of {number(float(f'{per_year:.2g}'))} such events a year. Sign it or change it."
