"""Figures of claims as readings of the quantities that a problem declares."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.link.nation import nation_of
from tocsin.link.words import Word, stem, stems, words
from tocsin.model.claim import Claim, Figure, Modality, Polarity, Role
from tocsin.model.evidence import Rating, Reading, ReadingRole
from tocsin.model.problem import FigurePart, FigureQuestion
from tocsin.text.places import adjectives
from tocsin.text.units import counts_as

_TROOPS = frozenset(
    stem(word)
    for word in (
        *("troop", "soldier", "serviceman", "servicemen", "servicewoman", "personnel", "military", "army", "force"),
        *("contingent", "fighter", "man", "men", "officer", "grouping", "conscript", "reservist", "trooper"),
        *("infantry", "mobilized", "mobilised", "mercenary", "mercenaries", "wagner", "wagners", "combatant"),
    )
)
_PART = frozenset(stem(word) for word in ("wagner", "wagners", "mercenary", "mercenaries", "volunteer", "contractor"))
_STANDING = frozenset(
    stem(word) for word in ("are", "is", "remain", "stationed", "located", "has", "have", "there", "strong")
)
_MASSED = frozenset(stem(word) for word in ("gathered", "massed", "amassed", "concentrated", "assembled"))
"""What has been brought together stands there, unlike what arrived: "had massed 310 vehicles"."""
_ONE_SUM = re.compile(r"\b(?:and|plus|as well as|along with|together with)\b", re.IGNORECASE)
_NEAR = 90
_RUMOURED = frozenset(
    {Modality.PLANNED, Modality.CONDITIONAL, Modality.HYPOTHETICAL, Modality.QUESTION, Modality.REPORTED_RUMOUR}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A figure that speaks to a declared one: as what, and why."""

    figure: Figure
    role: ReadingRole
    part: bool
    because: str


def counted(
    claim: Claim, figure: Figure, question: FigureQuestion, content: Sequence[Word], *, matched: bool, ahead: str = ""
) -> Counted | str | None:
    """Does a figure of a claim speak to a declared one?

    Unit and nation must fit, and what is counted: by a watch phrase, by the head of what the question counts, or as
    soldiers by any other name. A change of a quantity is no level; neither is an arrival, but what was gathered or
    massed is there.

    Args:
        claim: The claim.
        figure: One of its figures.
        question: The declared figure.
        content: The words of the claim's content.
        matched: Whether a watch phrase of the question stands in the content.
        ahead: The text of the sentence before the content, where nobody is quoted: whom the count belongs to may
            stand there.

    Returns:
        The figure as counted; a reason where it is about the thing but no reading; None where it is about another.
    """
    of = tuple(word.stem for word in words(figure.of or ""))
    named = not set(stems(question.unit)).isdisjoint(of)  # "900 dockers": persons
    same_unit = named or counts_as(figure.unit, question.unit)
    if not same_unit or (figure.low is None and figure.high is None):
        return None
    wanted = stems(question.of)
    nations = {code for word in wanted if (code := nation_of(word)) is not None}
    kind = {word for word in wanted if nation_of(word) is None}
    heads = kind | (_TROOPS if kind & _TROOPS else set())
    if not (heads & set(of) or (not of and (matched or heads & {word.stem for word in content}))):
        return None
    own = {code for word in of if (code := nation_of(word)) is not None and word not in _places_of(claim)}
    if nations and own and not own & nations:
        return None
    if figure.change is not None:
        return "a change, not a level"
    if figure.per is not None:
        return "a rate, not a level"
    role = _role(claim)
    if role is ReadingRole.HOLDING:
        around = {code for word in content if (code := nation_of(word.stem)) is not None}
        around = around or {code for word in ahead.split() if (code := adjectives().get(word.strip(",;:"))) is not None}
        if nations and not own and not matched and around and not around & nations:
            return None
        if claim.polarity is Polarity.DENIED:
            return "a figure that is denied"
        if claim.role is Role.EVENT and not (_STANDING | _MASSED) & {word.stem for word in content}:
            return "an arrival or departure, not a level"
    return Counted(figure=figure, role=role, part=bool(_PART & set(of)), because=_why(role))


def _places_of(claim: Claim) -> frozenset[str]:
    """The stems of the places a claim mentions: "in Belarus" does not make the soldiers Belarusian."""
    return frozenset(stem for mention in claim.places for stem in stems(mention.text))


def _role(claim: Claim) -> ReadingRole:
    """A requirement is a need; what is planned, foretold or rumoured is a rumour; the rest is held."""
    if claim.role is Role.REQUIREMENT:
        return ReadingRole.NEED
    if claim.role in (Role.FORECAST, Role.PLAN, Role.INTENT, Role.RUMOUR) or claim.modality in _RUMOURED:
        return ReadingRole.RUMOUR
    return ReadingRole.HOLDING


def _why(role: ReadingRole) -> str:
    """The role in words."""
    return {
        ReadingRole.HOLDING: "counted as there",
        ReadingRole.NEED: "what would be needed, never pooled",
        ReadingRole.RUMOUR: "foretold, planned or rumoured, never pooled",
    }[role]


def reading(
    claim: Claim,
    question: FigureQuestion,
    item: Counted,
    rating: Rating,
    *,
    number: int,
    about: date,
    weight: float,
    because: str,
) -> Reading:
    """One reading, weighed by its origin."""
    figure = item.figure
    return Reading(
        id=f"{claim.id}:{question.id}:{number}",
        figure=question.id,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        of=figure.of or question.of,
        about=about,
        source=rating.source,
        knows=rating.knows,
        role=item.role,
        interest=rating.interest,
        weight=rating.weight * weight,
        claim=claim.id,
        because="; ".join(filter(None, (f"“{figure.text}”", item.because, because))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A reading with the claim and the figure it comes from, before parts are put together."""

    claim: Claim
    figure: Figure
    reading: Reading
    part: bool


def sums(
    placed: Iterable[Placed], text: str, *, part: FigurePart | None = None
) -> tuple[list[tuple[Placed, str | None]], list[tuple[Placed, str]]]:
    """Put the parts of one sum together: counts of different things that one voice joins by "and" in one sentence.

    A part that stands alone says nothing about the whole; it is kept where the figure declares just that part.

    Args:
        placed: The readings of one report and one declared figure.
        text: The report's text.
        part: The part that the figure declares.

    Returns:
        The readings with their groups (None for the whole), and those that are no reading, each with the reason.
    """
    ordered = sorted(placed, key=lambda item: item.figure.span)
    group: dict[str, str] = {}
    for first, second in itertools.pairwise(ordered):
        if _one_sum(first, second, text):
            name = group.setdefault(first.reading.id, f"{first.claim.id}:{first.reading.figure}")
            group[second.reading.id] = name
    kept: list[tuple[Placed, str | None]] = []
    aside: list[tuple[Placed, str]] = []
    for item in ordered:
        alone = item.part and item.reading.id not in group and item.reading.role is ReadingRole.HOLDING
        if alone and not _declared(item.reading.of, part):
            aside.append((item, f"a part ({item.reading.of}), not the whole"))
        else:
            kept.append((item, group.get(item.reading.id)))
    return kept, aside


def _declared(of: str, part: FigurePart | None) -> bool:
    """Is it the declared part that is counted?"""
    return part is not None and any(word.casefold() in of.casefold() for word in part.words)


def _one_sum(first: Placed, second: Placed, text: str) -> bool:
    """Are two neighbouring counts parts of one sum?"""
    between = text[first.figure.span.stop : second.figure.span.start]
    return (
        first.claim.sentence == second.claim.sentence
        and first.reading.source == second.reading.source
        and first.reading.role is second.reading.role is ReadingRole.HOLDING
        and set(stems(first.reading.of)) != set(stems(second.reading.of))
        and (first.part or second.part)
        and len(between) <= _NEAR
        and not re.search(r"[;()]", between)
        and _ONE_SUM.search(between) is not None
    )
