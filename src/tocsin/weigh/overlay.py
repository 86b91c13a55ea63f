"""What people judged, laid over what was read: sorted once, so that each step finds its part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tocsin.model.evidence import Judged, Relink, Says
from tocsin.model.grade import CREDIBILITY, Reliability, Wording
from tocsin.model.judgement import JudgementKind, Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Rulings on which everybody agrees, by what they change; disputed ones are left out, for they change nothing.

    Attributes:
        corrections: By claim.
        links: By claim and problem.
        grades: By source or voice.
        digits: By claim: a credibility digit of the item.
        mergers: For each voice the one under whose id both go on.
        merged: For each of them who says so.
        apart: For a claim, report or source those of which it is independent, both ways.
    """

    corrections: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict[str, tuple[Ruling, ...]])
    links: Mapping[tuple[str, str], Ruling] = field(default_factory=dict[tuple[str, str], Ruling])
    grades: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict[str, tuple[Ruling, ...]])
    digits: Mapping[str, Ruling] = field(default_factory=dict[str, Ruling])
    mergers: Mapping[str, str] = field(default_factory=dict[str, str])
    merged: Mapping[str, Judged] = field(default_factory=dict[str, Judged])
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


def overlay(ruled: Iterable[Ruling]) -> Overlay:
    """Sort rulings by what they change."""
    corrections: dict[str, tuple[Ruling, ...]] = {}
    links: dict[tuple[str, str], Ruling] = {}
    grades: dict[str, tuple[Ruling, ...]] = {}
    digits: dict[str, Ruling] = {}
    mergers: list[Ruling] = []
    apart: dict[str, frozenset[str]] = {}
    for one in ruled:
        if one.disputed:
            continue
        match one.kind:
            case JudgementKind.CORRECTION:
                corrections[one.subject] = (*corrections.get(one.subject, ()), one)
            case JudgementKind.LINK:
                links[one.subject, one.aspect] = one
            case JudgementKind.GRADE if readable(one):
                grades[one.subject] = (*grades.get(one.subject, ()), one)
            case JudgementKind.CREDIBILITY if readable(one):
                digits[one.subject] = one
            case JudgementKind.MERGER:
                mergers.append(one)
            case JudgementKind.INDEPENDENCE:
                apart[one.subject] = apart.get(one.subject, frozenset()) | {one.aspect}
                apart[one.aspect] = apart.get(one.aspect, frozenset()) | {one.subject}
            case _:
                pass
    return Overlay(
        corrections=corrections,
        links=links,
        grades=grades,
        digits=digits,
        mergers=_joined(mergers),
        merged={
            name: Judged(what="one voice with another", signed=one.signed)
            for one in mergers
            for name in (one.subject, one.aspect)
        },
        apart=apart,
    )


def relinks(found: Overlay, problem: str) -> dict[str, Relink]:
    """What analysts linked claims to in one problem, by claim."""
    return {
        claim: Relink(targets=targets_of(one.given)) for (claim, where), one in found.links.items() if where == problem
    }


def targets_of(given: str) -> tuple[tuple[str, Says | None], ...]:
    """The targets of a link, as a judgement writes them.

    >>> targets_of("strike-groups=absent; arrivals")
    (('strike-groups', <Says.ABSENT: 'absent'>), ('arrivals', None))
    >>> targets_of("")
    ()
    """
    pairs = [part.strip().partition("=") for part in given.split(";") if part.strip()]
    known = {one.value: one for one in Says}
    return tuple((name, known.get(says)) for name, _, says in pairs)


def _joined(mergers: Iterable[Ruling]) -> dict[str, str]:
    """For each voice the first of all that it was merged with; a name stands before a voice of one report."""
    groups: dict[str, set[str]] = {}
    for one in mergers:
        whole = groups.get(one.subject, {one.subject}) | groups.get(one.aspect, {one.aspect})
        for name in whole:
            groups[name] = whole
    return {name: min(whole, key=_rank) for name, whole in groups.items()}


def _rank(voice: str) -> tuple[bool, bool, str]:
    return voice.startswith("voice:"), voice.startswith("name:"), voice


def readable(one: Ruling) -> bool:
    """Can a judgement's grade or digit be read? What another program wrote into the store may not be one."""
    try:
        return int(one.given) in CREDIBILITY if one.kind is JudgementKind.CREDIBILITY else bool(graded(one.given))
    except ValueError:
        return False


def grade_given(letter: Reliability, wording: Wording) -> str:
    """A grade as a judgement writes it.

    >>> grade_given(Reliability.C, Wording.STANAG_2511)
    'C (STANAG 2511)'
    """
    return f"{letter} ({wording})"


def graded(given: str) -> tuple[Reliability, Wording]:
    """The letter and the edition of its wording, out of what a judgement gives."""
    letter, _, wording = given.partition(" ")
    return Reliability(letter), Wording(wording.strip("()"))
