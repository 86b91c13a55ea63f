"""The chances of what was said in a small problem, written from the definitions: own words, steered words, copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.worlds.brute_problem import Problem, Said, Slant


@dataclass(frozen=True, slots=True, kw_only=True)
class Mind:
    """What a source that speaks again has in mind: it knows with this chance, or guesses this once and for all."""

    knows: float | None = None
    guess: float = 0.0


def minds(said: Sequence[Said], *, settled: float) -> dict[str, list[tuple[float, Mind]]]:
    """Of the three sources with most to say among those that speak again, what each may have in mind, with chances."""
    told = {r.source: 0.0 for r in said}
    for r in said:
        told[r.source] += r.knows * r.weight
    again = [s for s in told if settled > 0 and told[s] > 0 and sum(r.source == s for r in said) > 1]
    found = {}
    for source in sorted(again, key=lambda s: -told[s])[:3]:
        own_words = [r for r in said if r.source == source]
        knows, eta = max(r.knows for r in own_words), 0.57 if own_words[0].alarmist else 0.5
        found[source] = [
            (knows, Mind(knows=knows)),
            ((1 - knows) * eta, Mind(guess=1.0)),
            ((1 - knows) * (1 - eta), Mind(guess=0.0)),
        ]
    return found


def own(
    problem: Problem,
    r: Said,
    slant: Slant,
    *,
    on: bool,
    noticed: float,
    mind: Mind | None = None,
    settled: float = 0.0,
    once: bool = False,
) -> float:
    """Chance that a source says what it said, of its own or steered, copying apart.

    ``once``: it has said "present" before, so that it has noticed if it knows; denials are not written out for that.
    """

    def asserts(rho: float, eta: float, noticed: float = noticed) -> float:
        return rho * noticed + (1 - rho) * eta if on else (1 - rho) * eta * (0.3 if r.sighted else 1.0)

    eta = 0.57 if r.alarmist else 0.5
    present = asserts(r.knows * r.weight, eta)
    if mind is not None:
        settles = asserts(0.0, mind.guess)
        if mind.knows is not None:
            settles = asserts(r.knows * r.weight / mind.knows, eta, 1.0 if once and r.present else noticed)
        present = settled * settles + (1 - settled) * present
    steered = lied = 0.0
    for party, told in zip(problem.parties, slant, strict=True):
        if told is not None:
            reach = party.suspects.get(r.source, 0.0)
            steered += reach
            lied += reach * told
    present = (1 - steered) * present + lied
    return present if r.present else 1 - present


def in_order(problem: Problem, name: str) -> list[Said]:
    """The reports on one sign or gate, in order of time."""
    return sorted(
        (r for r in problem.reports if r.on == name),
        key=lambda r: (r.published, r.about, r.weight * r.knows, r.id),
    )


def copies(problem: Problem, *, settled: float, blanket: float) -> list[tuple[Said, tuple[float, float]]]:
    """Every report with the chance that it repeats another, and that it would have repeated one that says otherwise."""
    queues = [in_order(problem, name) for name in sorted({r.on for r in problem.reports})]
    return [
        pair
        for said in queues
        for pair in zip(said, copies_on(problem, said, settled=settled, blanket=blanket), strict=True)
    ]


def copies_on(problem: Problem, said: Sequence[Said], *, settled: float, blanket: float) -> list[tuple[float, float]]:
    """The same for the reports on one sign or gate, in their order."""
    by_id = {r.id: r for r in said}
    summed = minds(said, settled=settled)

    def origin(r: Said) -> str:
        seen = {r.id}
        while r.echo_of in by_id and r.echo_of not in seen and by_id[r.echo_of].present == r.present:
            r = by_id[r.echo_of]
            seen.add(r.id)
        return r.source

    def passes_on(r: Said) -> bool:
        return r.echo_of is not None and by_id[r.echo_of].present == r.present

    found = []
    for at, r in enumerate(said):
        again = [other for other in said[at + 1 :] if other.source == r.source]
        kappa = settled if again and again[0].present == r.present and r.source not in summed else 0.0
        refused = 0.0
        if r.echo_of in by_id and r.echo_of != r.id:
            if by_id[r.echo_of].present == r.present:
                days, late = r.about - by_id[r.echo_of].about, r.published - by_id[r.echo_of].published
                declared = 0.9 if days == 0 or 0 < days <= late else 0.3
                kappa = max(kappa, declared if r.copy_probability is None else r.copy_probability)
        elif r.copy_probability != 0:
            heads = [o for o in said[:at] if not (o.echo_of in by_id and o.echo_of != o.id and passes_on(o))]
            near = [o for o in heads if origin(o) != origin(r) and r.published - o.published <= problem.window]
            same = [o for o in near if o.present == r.present]
            chances = [blanket if o.about == r.about else blanket / 3 for o in same or near]
            if same:
                kappa = max(kappa, *chances)
            elif near:
                refused = max(chances)
        found.append((kappa, refused))
    return found
