"""What the evidence says about each indicator and gate, under every story and habit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.infer.admission import Admitted, admit, fewer
from tocsin.infer.prepare import GatePlan, IndicatorPlan, Prepared
from tocsin.infer.spoken import Spoken, spoken
from tocsin.model.evidence import Evidence
from tocsin.prob import minds, warning
from tocsin.prob.reports import Statements
from tocsin.prob.warning import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the evidence says about one indicator, per tempo, course and day of onset; shape ``(tempo, course, F + 1)``.

    ``begun``: log-likelihood jointly with the lasting activation having begun by today; ``open_chance``: share of
    its not having begun; ``log_all``: log-likelihood whatever its state. ``quiet_on`` and ``quiet_off``: jointly with
    its being active today, or not, where no lasting activation has begun; so also under the status quo.
    """

    begun: NDArray[np.float64]
    open_chance: NDArray[np.float64]
    log_all: NDArray[np.float64]
    quiet_on: float
    quiet_off: float

    @property
    def open_share(self) -> NDArray[np.float64]:
        """Log-share of its not having begun."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(self.open_chance))

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


class Voiced(NamedTuple):
    """The statements on one thing under one slant.

    ``settled`` is the chance that those whose minds are ``summed`` out speak of the mind they had before.
    """

    said: Statements
    settled: float
    summed: NDArray[np.int64]


class Entry(NamedTuple):
    """One indicator with what was said on it, and the first day that anything was said about; None where nothing."""

    plan: IndicatorPlan
    spoken: Spoken
    first: int | None


def heard(prepared: Prepared, admitted: Admitted) -> Mapping[str, Spoken]:
    """The statements on every indicator and gate of which any were admitted."""
    return {name: spoken(prepared, items, indicator=name) for name, items in admitted.items.items()}


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
    changed = {
        name: spoken(prepared, items, indicator=name) for name, items in admitted.items.items() if name not in kept
    }
    return terms_of(prepared, admitted, changed, known=known, kept=kept, looks=looks)


def terms_of(
    prepared: Prepared,
    admitted: Admitted,
    spoken_on: Mapping[str, Spoken],
    *,
    known: Terms | None = None,
    kept: Collection[str] = (),
    looks: bool = True,
) -> Terms:
    """The same from statements that are arrays already.

    Args:
        prepared: The problem as of the day.
        admitted: The items that the statements were made of.
        spoken_on: Per indicator and gate; those of which nothing was said may be left out.
        known: Terms made earlier.
        kept: The indicators and gates whose terms are taken from there.
        looks: Do the logged looks count?
    """
    indicators: dict[str, tuple[Term, ...]] = {}
    gates: dict[int, tuple[GateTerm, ...]] = {}
    if known is not None:
        indicators = {name: known.indicators[name] for name in prepared.indicators if name in kept}
        gates = {k: made for k, made in known.gates.items() if prepared.gates[k].id in kept}
    silent = spoken(prepared, (), indicator="")
    plans = [plan for name, plan in prepared.indicators.items() if name not in indicators]
    found = weigh(
        prepared,
        [
            Entry(plan, spoken_on.get(plan.id, silent), admitted.first_day.get(plan.id) if looks else 0)
            for plan in plans
        ],
    )
    made = {plan.id: terms_from(prepared, plan, weights) for plan, weights in zip(plans, found, strict=True)}
    for k, gate in enumerate(prepared.gates):
        if gate.id in admitted.items and k not in gates:
            gates[k] = _gate_terms(prepared, gate, spoken_on[gate.id])
    return Terms(
        admitted=admitted,
        indicators={name: made[name] if name in made else indicators[name] for name in prepared.indicators},
        gates=gates,
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
    said = spoken(prepared, items[indicator], indicator=indicator)
    position = prepared.gate(indicator)
    if position is not None:
        changed = {**old.gates, position: _gate_terms(prepared, prepared.gates[position], said)}
        return replace(old, admitted=admitted, gates=changed)
    plan = prepared.indicators[indicator]
    (weights,) = weigh(prepared, [Entry(plan, said, first.get(indicator))])
    made = terms_from(prepared, plan, weights)
    return replace(old, admitted=admitted, indicators={**old.indicators, indicator: made})


def weigh(
    prepared: Prepared, entries: Iterable[Entry], *, slants: Collection[int] | None = None
) -> list[tuple[Weights, ...]]:
    """The likelihood of what was said, by the day on which each indicator began, under every slant.

    Args:
        prepared: The problem as of the day.
        entries: What was said on which indicator. An indicator may stand here several times, with other statements.
        slants: The slants that are wanted; what is given for others is one of these. All if left out.

    Returns:
        Per entry one set of weights for every slant; equal ones are one and the same object.
    """
    places: list[list[int]] = []
    found: list[Weights] = []
    waiting: list[tuple[int, minds.Heard, IndicatorPlan, NDArray[np.bool_]]] = []
    rows = 0
    for plan, said, first in entries:
        voices, place = _voices(prepared, said, slants=slants)
        places.append([len(found) + at for at in place])
        unspoken = np.arange(prepared.past) < (prepared.past if first is None else first)
        for voice in voices:
            told = _told(voice, prepared.past, noticed_within=plan.noticed_within)
            if told.aged is None:
                waiting.append((len(found), told, plan, unspoken))
                rows += len(told.log_chance)
                found.append(_UNKNOWN)
            else:
                found.append(_with_ages(told, told.aged, plan, unspoken))
        if rows > _MOST_ROWS:
            _without_ages(found, waiting)
            waiting, rows = [], 0
    _without_ages(found, waiting)
    return [tuple(found[at] for at in place) for place in places]


_UNKNOWN = Weights(active=np.array([]), not_yet_on=-np.inf, not_yet_off=-np.inf)
_MOST_ROWS = 8192
_LEAST = 1e-280


def _voices(
    prepared: Prepared, said: Spoken, *, slants: Collection[int] | None = None
) -> tuple[list[Voiced], list[int]]:
    """The statements under every slant, and the place of each slant among them: those that are equal share one."""
    plan = prepared.stories
    summed = said.summed()
    by_habit: dict[int, Statements] = {}
    found: list[Voiced] = []
    known: dict[object, int] = {}
    place = [0] * len(plan.slants)
    for at in range(len(plan.slants)) if slants is None else slants:
        slant = plan.slants[at]
        if slant.habit not in by_habit:
            by_habit[slant.habit] = said.under(plan.habits[slant.habit], summed=summed)
        own = by_habit[slant.habit]
        settled = plan.habits[slant.habit].settled if len(summed) else 0.0
        told = said.reached.narrowed(slant.told)
        key = (settled, own.copied.tobytes(), own.refused.tobytes(), told)
        if key not in known:
            known[key] = len(found)
            found.append(Voiced(said.reached.told(own, told), settled, summed))
        place[at] = known[key]
    return found, place


def _told(voice: Voiced, days: int, *, noticed_within: float | None) -> minds.Heard:
    return minds.heard(voice.said, days, settled=voice.settled, summed=voice.summed, noticed_within=noticed_within)


def _with_ages(told: minds.Heard, aged: warning.Aged, plan: IndicatorPlan, unspoken: NDArray[np.bool_]) -> Weights:
    """The weights where noticing takes time."""
    look_on, look_off = plan.look_on * unspoken, plan.look_off * unspoken
    absent = np.zeros_like(told.off) if told.off_absent is None else told.off_absent
    chain, denied = warning.forward_aged(
        aged, look_on, told.off + look_off, absent, on_rate=plan.on_rate, off_rate=plan.off_rate
    )
    return minds.merged(told, chain, aged.lasting(denied) + warning.suffix(look_on))


def _without_ages(
    found: list[Weights], waiting: Sequence[tuple[int, minds.Heard, IndicatorPlan, NDArray[np.bool_]]]
) -> None:
    """Fill in the weights where noticing takes no time; all their chains are run at once."""
    if not waiting:
        return
    counts = [len(told.log_chance) for _, told, _, _ in waiting]
    looks = [(plan.look_on * unspoken, plan.look_off * unspoken) for _, _, plan, unspoken in waiting]
    chains = warning.forward(
        np.concatenate([told.on + on for (_, told, _, _), (on, _) in zip(waiting, looks, strict=True)]),
        np.concatenate([told.off + off for (_, told, _, _), (_, off) in zip(waiting, looks, strict=True)]),
        on_rate=np.repeat([plan.on_rate for _, _, plan, _ in waiting], counts),
        off_rate=np.repeat([plan.off_rate for _, _, plan, _ in waiting], counts),
    )
    start = 0
    for (at, told, _, _), (look_on, _), count in zip(waiting, looks, counts, strict=True):
        lasting = warning.suffix(told.on + look_on)
        found[at] = minds.merged(told, chains.part(slice(start, start + count)), lasting)
        start += count


def terms_from(prepared: Prepared, plan: IndicatorPlan, weights: Sequence[Weights]) -> tuple[Term, ...]:
    """An indicator's terms under every slant; equal weights make one and the same term."""
    made = {key: _term(prepared, plan, one) for key, one in {id(one): one for one in weights}.items()}
    return tuple(made[id(one)] for one in weights)


def _term(prepared: Prepared, plan: IndicatorPlan, found: Weights) -> Term:
    future = prepared.future
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
        open_chance=plan.open_chance,
        log_all=_either(begun, neither, plan),
        quiet_on=found.not_yet_on,
        quiet_off=found.not_yet_off,
    )


def _either(begun: NDArray[np.float64], neither: float, plan: IndicatorPlan) -> NDArray[np.float64]:
    """Log of the sum of both cases, begun and not; by one logarithm where no number is too small for that."""
    top = max(float(begun.max(initial=-np.inf)), neither)
    if not np.isfinite(top):
        return _by_logs(begun, neither, plan)
    both = np.exp(begun - top)
    both += plan.open_chance * np.exp(neither - top)
    if both.min() > _LEAST:
        np.log(both, out=both)
        both += top
        return both
    return _by_logs(begun, neither, plan)


def _by_logs(begun: NDArray[np.float64], neither: float, plan: IndicatorPlan) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(np.logaddexp(begun, neither + np.log(plan.open_chance)))


def _gate_terms(prepared: Prepared, plan: GatePlan, said: Spoken) -> tuple[GateTerm, ...]:
    voices, place = _voices(prepared, said)
    made = [
        _gate_term(prepared, plan, minds.shown(_told(voice, prepared.past, noticed_within=plan.noticed_within)))
        for voice in voices
    ]
    return tuple(made[at] for at in place)


def _gate_term(prepared: Prepared, plan: GatePlan, by_start: NDArray[np.float64]) -> GateTerm:
    """A gate's term.

    Args:
        prepared: The problem as of the day.
        plan: The gate.
        by_start: Shape ``(n + 1,)``; log-likelihood of what was said, by the day from which the gate shows as open.
    """
    future, closed = prepared.future, float(by_start[-1])
    led = np.full((len(prepared.tempo), future + 1), closed)
    for row, law in enumerate(plan.laws):
        with np.errstate(divide="ignore"):
            not_yet = np.log(law.cdf[:future]) + closed
        at = row if len(plan.laws) > 1 else slice(None)
        led[at, :future] = np.logaddexp(warning.begun(by_start[:-1], law, future), not_yet)
    return GateTerm(closed=closed, shown=float(by_start[plan.opens]), led=led)
