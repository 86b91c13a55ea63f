"""Figures of claims as readings of the quantities that a problem declares."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from tocsin.link.actor import another
from tocsin.link.fate import LIGHT, befell, fates
from tocsin.link.nation import nation_of
from tocsin.link.words import FORCES, Word, stem, stems
from tocsin.model.claim import Claim, Figure, Modality, Polarity, Role
from tocsin.model.evidence import Rating, Reading, ReadingRole
from tocsin.model.problem import FigurePart, FigureQuestion
from tocsin.text.places import adjectives
from tocsin.text.units import counts_as

_PART = frozenset(stem(word) for word in ("wagner", "wagners", "mercenary", "mercenaries", "volunteer", "contractor"))
_STANDING = frozenset(
    stem(word) for word in ("are", "is", "remain", "stationed", "located", "has", "have", "there", "strong")
)
_MASSED = frozenset(stem(word) for word in ("gathered", "massed", "amassed", "concentrated", "assembled"))
"""What has been brought together stands there, unlike what arrived: "had massed 310 vehicles"."""
_ONE_SUM = re.compile(r"\b(?:and|plus|as well as|along with|together with)\b", re.IGNORECASE)
_NEAR = 90
_PREPOSITIONS = frozenset(
    stem(word)
    for word in (
        *("of", "in", "at", "on", "near", "around", "along", "inside", "outside", "across", "from", "to", "towards"),
        *("between", "within", "over", "under", "for", "with", "by", "per", "about", "beyond", "behind", "opposite"),
    )
)
_SMALL = frozenset(("and", "or", "all", "any", "other", "such", "number", "their", "its", "new", "fresh", "more"))
_BELONGING = frozenset(stem(word) for word in ("member", "element", "recruit"))
""" "200 members of the Front" are its people; anybody else "of the Front" may not be."""
_NAME = re.compile(r"\b(?=\w*[A-Z0-9])\w[\w.-]*[A-Z0-9][\w.-]*")
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
    claim: Claim,
    figure: Figure,
    question: FigureQuestion,
    content: Sequence[Word],
    *,
    text: str,
    matched: str = "",
    ahead: str = "",
) -> Counted | str | None:
    """Does a figure of a claim speak to a declared one?

    Unit and actor must fit, and what is counted: by the words of the question before its first preposition, as people
    under arms by any other name, or by a watch phrase where the report does not say what it counts. The killed, wounded
    and captured are no strength, nor the strong a toll. A change of a quantity is no level; neither is an arrival, but
    what was gathered or massed is there.

    Args:
        claim: The claim.
        figure: One of its figures.
        question: The declared figure.
        content: The words of the claim's content.
        text: The report's text.
        matched: The watch phrase of the question that stands in the content, as the report words it.
        ahead: The text of the sentence before the content, where nobody is quoted: whom the count belongs to may
            stand there.

    Returns:
        The figure as counted; a reason where it is about the thing but no reading; None where it is about another.
    """
    of = stems(figure.of or "")
    head = _head(of)
    if not _same_unit(figure, head, question.unit) or (figure.low is None and figure.high is None):
        return None
    wanted = stems(question.of)
    nations = {code for word in wanted if (code := nation_of(word)) is not None}
    who = question.watch.who or tuple(_NAME.findall(question.of))
    names = frozenset(word for name in who for word in stems(name))
    asked = _head(wanted)
    kind = {word for word in asked if nation_of(word) is None and word not in names | _SMALL} or set(asked)
    strength = bool(kind & FORCES)
    heads = kind | (FORCES if strength else frozenset())
    told = _told(figure, head, heads, content, matched)
    if not told and not (strength and set(head) & _BELONGING and names & set(of)):
        return None
    places = _places_of(claim)
    own = {code for word in _owned(of) if (code := nation_of(word)) is not None and word not in places}
    if nations and own and not own & nations:
        return None
    befallen = befell(claim, figure, text, head=head, strength=strength)
    about = fates((*wanted, *_watched(question)), strength=strength)
    if befallen and not befallen & about:
        return f"told of those {' or '.join(sorted(befallen))}, not of those there"
    if about and not befallen:
        return f"not told of those {' or '.join(sorted(about))}"
    said = f"{ahead} {claim.content}"
    if (
        other := another(figure.of or "", _owned(of), said, who=who, places=places, ours=frozenset(wanted))
    ) is not None:
        return f"another actor ({other})"
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
        if claim.role is Role.EVENT and not befallen and not (_STANDING | _MASSED) & {word.stem for word in content}:
            return "an arrival or departure, not a level"
    because = f"words that matched: “{told or figure.of}”; {_why(role)}"
    return Counted(figure=figure, role=role, part=bool(_PART & set(of)), because=because)


def _head(of: Sequence[str]) -> tuple[str, ...]:
    """What is counted, without what it is of or where: the stems before the first preposition."""
    return tuple(itertools.takewhile(lambda word: word not in _PREPOSITIONS | LIGHT, of))


def _owned(of: Sequence[str]) -> tuple[str, ...]:
    """What is counted and whose it is: "soldiers of Russia", without where it is."""
    return tuple(itertools.takewhile(lambda word: word == "of" or word not in _PREPOSITIONS | LIGHT, of))


def _same_unit(figure: Figure, head: Sequence[str], unit: str) -> bool:
    """Is a figure counted in the unit asked for: by that unit, by a kind of it, or by the people it names?

    "900 dockers" are persons, and fighters are; trucks of fighters are trucks.
    """
    named = stems(unit)
    if not set(named).isdisjoint(head) and figure.unit in {"person", unit, None}:
        return True
    if figure.unit is None:
        return False
    return (
        counts_as(figure.unit, unit)
        or stems(figure.unit) == named
        or (figure.unit == "person" and bool(FORCES & set(named)))
    )


def _told(figure: Figure, head: Sequence[str], heads: AbstractSet[str], content: Sequence[Word], matched: str) -> str:
    """The words by which a figure counts what is asked for, empty where none does."""
    if figure.of:
        return figure.of if heads & set(head) else ""
    if matched:
        return matched
    return next((word.stem for word in content if word.stem in heads), "")


def _watched(question: FigureQuestion) -> tuple[str, ...]:
    """The stems of the watch phrases of a figure."""
    return tuple(one for phrases in question.watch.phrases.values() for phrase in phrases for one in stems(phrase))


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
