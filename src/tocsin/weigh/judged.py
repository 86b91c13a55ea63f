"""What the judgements come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tocsin.model.judgement import Entry, Judgement, JudgementKind, Ruling, State, Verdict


def standing(judgements: Iterable[Judgement], *, by: date | None = None) -> tuple[Judgement, ...]:
    """The judgements that are not withdrawn, oldest first.

    A withdrawal takes back the last judgement of the same kind by the same person on the same subject and aspect; the
    one before it stands again. One with nothing to take back does nothing.

    Args:
        judgements: In the order in which they were made.
        by: Only what was judged on or before this day, withdrawals too.
    """
    kept: dict[tuple[str, JudgementKind, str, str], list[tuple[int, Judgement]]] = {}
    for place, judgement in enumerate(judgements):
        if by is not None and judgement.at.date() > by:
            continue
        own = kept.setdefault((judgement.subject, judgement.kind, judgement.aspect, judgement.by), [])
        if judgement.value is not Verdict.UNDONE:
            own.append((place, judgement))
        elif own:
            own.pop()
    ordered = sorted((pair for own in kept.values() for pair in own), key=lambda pair: pair[0])
    return tuple(judgement for _, judgement in ordered)


def rulings(judgements: Iterable[Judgement], *, by: date | None = None) -> tuple[Ruling, ...]:
    """What everybody's latest judgement comes to, for each subject, kind and aspect, in the order of the last one.

    Two who disagree are both kept, and then neither counts.

    Args:
        judgements: In the order in which they were made.
        by: Only what was judged on or before this day.
    """
    found: dict[tuple[str, JudgementKind, str], dict[str, Judgement]] = {}
    for judgement in standing(judgements, by=by):
        key = (judgement.subject, judgement.kind, judgement.aspect)
        latest = found.pop(key, {})
        latest.pop(judgement.by, None)
        found[key] = {**latest, judgement.by: judgement}
    return tuple(_ruling(*key, tuple(latest.values())) for key, latest in found.items())


def _ruling(subject: str, kind: JudgementKind, aspect: str, standing: tuple[Judgement, ...]) -> Ruling:
    said = {(one.value, one.given) for one in standing}
    value, given = said.pop() if len(said) == 1 else (None, "")
    return Ruling(subject=subject, kind=kind, aspect=aspect, value=value, given=given, standing=standing)


def history(judgements: Iterable[Judgement]) -> tuple[Entry, ...]:
    """Every judgement ever made, with what has become of it, in the order in which they were made."""
    made = tuple(judgements)
    kept = {id(one) for one in standing(made)}
    ruled = {id(one): ruling for ruling in rulings(made) for one in ruling.standing}

    def state(one: Judgement) -> State:
        if one.value is Verdict.UNDONE:
            return State.WITHDRAWAL
        if id(one) in ruled:
            return State.DISPUTED if ruled[id(one)].disputed else State.STANDS
        return State.SUPERSEDED if id(one) in kept else State.WITHDRAWN

    return tuple(Entry(judgement=one, state=state(one)) for one in made)
