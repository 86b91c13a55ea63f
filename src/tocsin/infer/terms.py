"""What the evidence says about each indicator and gate, under every story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.infer.admission import Admitted, admit, fewer, statements
from tocsin.infer.prepare import GatePlan, IndicatorPlan, Prepared
from tocsin.infer.stories import Slant, reach
from tocsin.model.evidence import Evidence
from tocsin.prob import reports, warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the evidence says about one indicator, per tempo, course and day of onset; shape ``(tempo, course, F + 1)``.

    ``begun``: log-likelihood jointly with the lasting activation having begun by today; ``open_share``: log-share of
    its not having begun; ``log_all``: log-likelihood whatever its state. ``quiet_on`` and ``quiet_off``: jointly with
    its being active today, or not, where no lasting activation has begun; so also under the status quo.
    """

    begun: NDArray[np.float64]
    open_share: NDArray[np.float64]
    log_all: NDArray[np.float64]
    quiet_on: float
    quiet_off: float

    @property
    def log_on(self) -> NDArray[np.float64]:
        """Jointly with its being active today."""
        return np.logaddexp(self.begun, self.quiet_on + self.open_share)

    @property
    def log_off(self) -> NDArray[np.float64]:
        """Jointly with its not being active today."""
        return self.quiet_off + self.open_share

    @property
    def share_on(self) -> NDArray[np.float64]:
        """Probability that it is active today, given the evidence on it."""
        with np.errstate(invalid="ignore"):  # where nothing is possible, nothing is on
            return np.where(self.log_all > -np.inf, np.exp(self.log_on - self.log_all), 0.0)

    def quiet(self, *, state: bool | None = None) -> float:
        """Log-likelihood under the status quo; with a known state, jointly with that."""
        if state is None:
            return float(np.logaddexp(self.quiet_on, self.quiet_off))
        return self.quiet_on if state else self.quiet_off


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTerm:
    """What the evidence says about one gate: closed; open and shown since it opened; open and led by its lead."""

    closed: float
    shown: float
    led: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One term per indicator, one per gate with reports, for every slant of the stories; and what they were made of.

    Where no channel on an indicator can be steered, its terms under all slants are one and the same.
    """

    admitted: Admitted
    indicators: Mapping[str, tuple[Term, ...]]
    gates: Mapping[int, tuple[GateTerm, ...]]


def terms(prepared: Prepared, evidence: Iterable[Evidence], *, known: Terms | None = None, looks: bool = True) -> Terms:
    """What the evidence says about each indicator and gate.

    Args:
        prepared: The problem as of the day.
        evidence: Every item.
        known: Terms made earlier with the same ``prepared`` and ``looks``; those whose items have not changed are kept.
        looks: Do the logged looks count?
    """
    admitted = admit(prepared, evidence)
    old = known.admitted if known is not None else None

    def changed(name: str) -> bool:
        return old is None or (old.items.get(name), old.first_day.get(name)) != (
            admitted.items.get(name),
            admitted.first_day.get(name),
        )

    return Terms(
        admitted=admitted,
        indicators={
            name: _terms_of(
                prepared, plan, admitted.items.get(name, ()), first=admitted.first_day.get(name) if looks else 0
            )
            if known is None or changed(name)
            else known.indicators[name]
            for name, plan in prepared.indicators.items()
        },
        gates={
            k: _gate_terms(prepared, plan, admitted.items[plan.id])
            if known is None or changed(plan.id)
            else known.gates[k]
            for k, plan in enumerate(prepared.gates)
            if plan.id in admitted.items
        },
    )


def revised(prepared: Prepared, old: Terms, *, indicator: str, evidence: Iterable[Evidence]) -> Terms:
    """The terms with all evidence on one indicator or gate replaced; only that one is computed again.

    Args:
        prepared: As for ``terms``.
        old: The terms to start from.
        indicator: The indicator or gate.
        evidence: All its items from now on; items on others are not looked at.
    """
    kept = [item for item in evidence if item.indicator == indicator]
    fresh = fewer(prepared, old.admitted, kept, indicator=indicator) or admit(prepared, kept)
    items = {**old.admitted.items, indicator: fresh.items.get(indicator, ())}
    first = {name: day for name, day in old.admitted.first_day.items() if name != indicator} | dict(fresh.first_day)
    admitted = replace(old.admitted, items=items, first_day=first)
    position = prepared.gate(indicator)
    if position is not None:
        changed = {**old.gates, position: _gate_terms(prepared, prepared.gates[position], items[indicator])}
        return replace(old, admitted=admitted, gates=changed)
    plan = prepared.indicators[indicator]
    found = _terms_of(prepared, plan, items[indicator], first=first.get(indicator))
    return replace(old, admitted=admitted, indicators={**old.indicators, indicator: found})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """Log-likelihood of the statements on one thing: per quiet day, and for every day on which it may have begun.

    ``on`` and ``off`` have shape ``(n,)``, ``lasting`` ``(n + 1,)``; ``aged`` only where noticing takes time, and then
    ``on`` is nought.
    """

    on: NDArray[np.float64]
    off: NDArray[np.float64]
    lasting: NDArray[np.float64]
    aged: reports.Aged | None


def _days(said: reports.Statements, days: int, *, noticed_within: float | None) -> _Days:
    said = said.grouped()
    off = reports.daily(said.off(), said, days)
    if noticed_within is None:
        on = reports.daily(said.on(), said, days)
        return _Days(on=on, off=off, lasting=warning.suffix(on), aged=None)
    aged = reports.noticing(said, days, noticed_within)
    return _Days(on=np.zeros(days), off=off, lasting=aged.lasting(), aged=aged)


def _terms_of(
    prepared: Prepared, plan: IndicatorPlan, items: Sequence[Evidence], *, first: int | None
) -> tuple[Term, ...]:
    """The terms of one indicator under every slant; computed once for slants that say the same about it."""
    said = statements(prepared, items)
    reached = reach(prepared.stories, items, indicator=plan.id)
    made: dict[Slant, Term] = {}
    for slant in prepared.stories.slants:
        narrowed = reached.narrowed(slant)
        if narrowed not in made:
            made[narrowed] = _term(prepared, plan, reached.told(said, narrowed), first=first)
    return tuple(made[reached.narrowed(slant)] for slant in prepared.stories.slants)


def _term(prepared: Prepared, plan: IndicatorPlan, said: reports.Statements, *, first: int | None) -> Term:
    days, future = prepared.past, prepared.future
    told = _days(said, days, noticed_within=plan.noticed_within)
    unspoken = np.arange(days) < (days if first is None else first)
    look_on, look_off = plan.look_on * unspoken, plan.look_off * unspoken
    on, off = told.on + look_on, told.off + look_off
    rates = {"on_rate": plan.on_rate, "off_rate": plan.off_rate}
    chain = (
        warning.forward(on, off, **rates) if told.aged is None else warning.forward_aged(told.aged, on, off, **rates)
    )
    found = warning.weights(chain, told.lasting + warning.suffix(look_on))
    begun = np.full((len(prepared.tempo), len(plan.courses), future + 1), -np.inf)
    by_law: dict[int, NDArray[np.float64]] = {}
    for at, course in enumerate(plan.courses):
        for row, law in enumerate(course.laws):
            if id(law) not in by_law:
                by_law[id(law)] = warning.begun(found.active, law, future)
            begun[row if len(course.laws) > 1 else slice(None), at, :future] = course.begins + by_law[id(law)]
    neither = float(np.logaddexp(found.not_yet_on, found.not_yet_off))
    return Term(
        begun=begun,
        open_share=plan.open_share,
        log_all=np.logaddexp(begun, neither + plan.open_share),
        quiet_on=found.not_yet_on,
        quiet_off=found.not_yet_off,
    )


def _gate_terms(prepared: Prepared, plan: GatePlan, items: Sequence[Evidence]) -> tuple[GateTerm, ...]:
    said = statements(prepared, items)
    reached = reach(prepared.stories, items, indicator=plan.id)
    made: dict[Slant, GateTerm] = {}
    for slant in prepared.stories.slants:
        narrowed = reached.narrowed(slant)
        if narrowed not in made:
            made[narrowed] = _gate_term(prepared, plan, reached.told(said, narrowed))
    return tuple(made[reached.narrowed(slant)] for slant in prepared.stories.slants)


def _gate_term(prepared: Prepared, plan: GatePlan, said: reports.Statements) -> GateTerm:
    days, future = prepared.past, prepared.future
    told = _days(said, days, noticed_within=plan.noticed_within)
    before = np.concatenate(([0.0], np.cumsum(told.off)))
    by_start = before + told.lasting
    led = np.full((len(prepared.tempo), future + 1), before[-1])
    for row, law in enumerate(plan.laws):
        with np.errstate(divide="ignore"):
            not_yet = np.log(law.cdf[:future]) + before[-1]
        at = row if len(plan.laws) > 1 else slice(None)
        led[at, :future] = np.logaddexp(warning.begun(by_start[:-1], law, future), not_yet)
    return GateTerm(closed=float(before[-1]), shown=float(by_start[plan.opens]), led=led)
