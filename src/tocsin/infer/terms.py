"""What the evidence says about each indicator and gate, under every story."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.infer.admission import Admitted, admit, fewer, statements
from tocsin.infer.prepare import GatePlan, IndicatorPlan, Prepared
from tocsin.infer.stories import Reach, Slant, reach
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The statements on one indicator or gate as arrays, and how far each party reaches them."""

    said: reports.Statements
    reached: Reach


def heard(prepared: Prepared, admitted: Admitted) -> Mapping[str, Heard]:
    """The statements on every indicator and gate of which any were admitted."""
    return {name: _hear(prepared, name, items) for name, items in admitted.items.items()}


def _hear(prepared: Prepared, name: str, items: Sequence[Evidence]) -> Heard:
    return Heard(said=statements(prepared, items), reached=reach(prepared.stories, items, indicator=name))


def terms(prepared: Prepared, evidence: Iterable[Evidence], *, known: Terms | None = None, looks: bool = True) -> Terms:
    """What the evidence says about each indicator and gate.

    Args:
        prepared: The problem as of the day.
        evidence: Every item.
        known: Terms made earlier with the same ``prepared``; those whose items have not changed are kept.
        looks: Do the logged looks count?
    """
    admitted = admit(prepared, evidence)
    kept: set[str] = set()
    if known is not None:
        old = known.admitted
        kept = {
            name
            for name in (*prepared.indicators, *(gate.id for gate in prepared.gates))
            if old.items.get(name) == admitted.items.get(name)
            and old.first_day.get(name) == admitted.first_day.get(name)
            and (looks or name not in prepared.indicators or not prepared.indicators[name].looked)
        }
    changed = {name: _hear(prepared, name, items) for name, items in admitted.items.items() if name not in kept}
    return terms_of(prepared, admitted, changed, known=known, kept=kept, looks=looks)


def terms_of(
    prepared: Prepared,
    admitted: Admitted,
    statements_on: Mapping[str, Heard],
    *,
    known: Terms | None = None,
    kept: Collection[str] = (),
    looks: bool = True,
) -> Terms:
    """The same from statements that are arrays already.

    Args:
        prepared: The problem as of the day.
        admitted: The items that the statements were made of.
        statements_on: Per indicator and gate; those of which nothing was said may be left out.
        known: Terms made earlier.
        kept: The indicators and gates whose terms are taken from there.
        looks: Do the logged looks count?
    """
    old_indicators: Mapping[str, tuple[Term, ...]] = {}
    old_gates: Mapping[int, tuple[GateTerm, ...]] = {}
    if known is not None:
        old_indicators = {name: made for name, made in known.indicators.items() if name in kept}
        old_gates = {k: made for k, made in known.gates.items() if prepared.gates[k].id in kept}
    silent = _hear(prepared, "", ())
    return Terms(
        admitted=admitted,
        indicators={
            name: old_indicators[name]
            if name in old_indicators
            else _terms_of(
                prepared, plan, statements_on.get(name, silent), first=admitted.first_day.get(name) if looks else 0
            )
            for name, plan in prepared.indicators.items()
        },
        gates={
            k: old_gates[k] if k in old_gates else _gate_terms(prepared, plan, statements_on[plan.id])
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
        told = _hear(prepared, indicator, items[indicator])
        changed = {**old.gates, position: _gate_terms(prepared, prepared.gates[position], told)}
        return replace(old, admitted=admitted, gates=changed)
    plan = prepared.indicators[indicator]
    found = _terms_of(prepared, plan, _hear(prepared, indicator, items[indicator]), first=first.get(indicator))
    return replace(old, admitted=admitted, indicators={**old.indicators, indicator: found})


def _terms_of(prepared: Prepared, plan: IndicatorPlan, told: Heard, *, first: int | None) -> tuple[Term, ...]:
    """The terms of one indicator under every slant; computed once for slants that say the same about it."""
    made: dict[Slant, Term] = {}
    narrowed = [told.reached.narrowed(slant) for slant in prepared.stories.slants]
    for slant in narrowed:
        if slant not in made:
            made[slant] = _term(prepared, plan, told.reached.told(told.said, slant), first=first)
    return tuple(made[slant] for slant in narrowed)


def _term(prepared: Prepared, plan: IndicatorPlan, said: reports.Statements, *, first: int | None) -> Term:
    days, future = prepared.past, prepared.future
    unspoken = np.arange(days) < (days if first is None else first)
    found = _by_start(plan, said.grouped(), look_on=plan.look_on * unspoken, look_off=plan.look_off * unspoken)
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


def _by_start(
    plan: IndicatorPlan, said: reports.Statements, *, look_on: NDArray[np.float64], look_off: NDArray[np.float64]
) -> warning.Weights:
    """Log-likelihood of all statements and looks on an indicator, for each day on which it may have begun for good."""
    days = len(look_on)
    looked = warning.suffix(look_on)
    if plan.noticed_within is None:
        on, off = reports.daily(said.on(), said, days), reports.daily(said.off(), said, days)
        chain = warning.forward(on + look_on, off + look_off, on_rate=plan.on_rate, off_rate=plan.off_rate)
        return warning.weights(chain, warning.suffix(on) + looked)
    aged = reports.noticing(said, days, plan.noticed_within)
    off_absent = reports.daily(np.where(said.present, 1.0, said.off()), said, days)
    off_present = reports.daily(np.where(said.present, said.off(), 1.0), said, days)
    chain, denied = warning.forward_aged(
        aged, look_on, off_present + look_off, off_absent, on_rate=plan.on_rate, off_rate=plan.off_rate
    )
    return warning.weights(chain, aged.lasting(denied) + looked)


def _gate_terms(prepared: Prepared, plan: GatePlan, told: Heard) -> tuple[GateTerm, ...]:
    made: dict[Slant, GateTerm] = {}
    narrowed = [told.reached.narrowed(slant) for slant in prepared.stories.slants]
    for slant in narrowed:
        if slant not in made:
            made[slant] = _gate_term(prepared, plan, told.reached.told(told.said, slant))
    return tuple(made[slant] for slant in narrowed)


def _gate_term(prepared: Prepared, plan: GatePlan, said: reports.Statements) -> GateTerm:
    days, future = prepared.past, prepared.future
    said = said.grouped()
    before = np.concatenate(([0.0], np.cumsum(reports.daily(said.off(), said, days))))
    if plan.noticed_within is None:
        lasting = warning.suffix(reports.daily(said.on(), said, days))
    else:
        lasting = reports.noticing(said, days, plan.noticed_within).lasting()
    by_start = before + lasting
    led = np.full((len(prepared.tempo), future + 1), before[-1])
    for row, law in enumerate(plan.laws):
        with np.errstate(divide="ignore"):
            not_yet = np.log(law.cdf[:future]) + before[-1]
        at = row if len(plan.laws) > 1 else slice(None)
        led[at, :future] = np.logaddexp(warning.begun(by_start[:-1], law, future), not_yet)
    return GateTerm(closed=float(before[-1]), shown=float(by_start[plan.opens]), led=led)
