"""Corrections of single fields, laid over claims; the claim as it was read stays beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from tocsin.errors import UsageError
from tocsin.model.claim import (
    DIRECT,
    SECOND_HAND,
    UNHEDGED,
    Bound,
    Claim,
    Figure,
    Modality,
    PlaceMention,
    Polarity,
    Role,
    When,
)
from tocsin.model.evidence import Judged
from tocsin.model.judgement import Ruling
from tocsin.model.report import Voice, VoiceKind
from tocsin.text.places import clear

FIELDS = ("polarity", "modality", "role", "origin", "when", "places", "figure")
"""What can be corrected. A figure is told from others by its number, as ``figure 2``."""

NOTHING = "none"
_RANGE = re.compile(r"(\d+(?:\.\d+)?)?(\.\.)?(\d+(?:\.\d+)?)?(?:\s+(\S.*))?")
_LONGEST = 200
_MOST_FIGURES = 1000
_Word = TypeVar("_Word", Polarity, Modality, Role, VoiceKind)


def corrected(claim: Claim, rulings: Sequence[Ruling]) -> Claim:
    """A claim as analysts corrected it; a correction that no longer fits (there is no second figure) does nothing.

    Another modality brings the weight that it has without a hedge. The numbers of figures are those of the claim as it
    was read, whatever else is corrected.

    Args:
        claim: As it was read.
        rulings: The corrections of it.
    """
    for one in sorted(rulings, key=_leaving):
        try:
            claim = apply(claim, one.aspect, one.given)
        except UsageError:
            continue
    return claim


def _leaving(one: Ruling) -> int:
    """Figures that are taken out go last, and of several the last first: so none changes the number of another."""
    name, _, number = one.aspect.partition(" ")
    return -int(number) if name == "figure" and one.given == NOTHING and number.isdecimal() else -_MOST_FIGURES - 1


def told(before: Claim, rulings: Sequence[Ruling]) -> tuple[Judged, ...]:
    """What was corrected: as read, as corrected, by whom and why."""
    return tuple(
        Judged(what=f"{one.aspect} read as {value_of(before, one.aspect)}, corrected to {one.given}", signed=one.signed)
        for one in rulings
        if one.aspect.partition(" ")[0] in FIELDS
    )


def apply(claim: Claim, aspect: str, given: str) -> Claim:
    """A claim with one field changed.

    Args:
        claim: The claim.
        aspect: The field, a figure with its number.
        given: The new value: a word of the vocabulary; ``kind: name`` for an origin; ``DATE`` or ``DATE/DATE``;
            places with semicolons between them; ``LOW..HIGH unit`` for a figure; ``none`` where there is none.

    Raises:
        UsageError: There is no such field, or it cannot have that value.
    """
    name, _, number = aspect.partition(" ")
    changes: dict[str, Callable[[Claim, str], Claim]] = {
        "polarity": lambda one, value: replace(one, polarity=_word(Polarity, value)),
        "modality": _with_modality,
        "role": lambda one, value: replace(one, role=_word(Role, value)),
        "origin": _with_origin,
        "when": _with_when,
        "places": _with_places,
        "figure": lambda one, value: _with_figure(one, number, value),
    }
    if name not in changes:
        raise UsageError(f"'{aspect}' cannot be corrected (write one of: {', '.join(FIELDS)})")
    return changes[name](claim, given)


def value_of(claim: Claim, aspect: str) -> str:
    """What a field of a claim holds, written as a correction writes it."""
    name, _, number = aspect.partition(" ")
    if name == "figure":
        place = _place(number)
        return _figure(claim.figures[place]) if place < len(claim.figures) else NOTHING
    if name == "when":
        when = claim.when
        return NOTHING if when is None else f"{when.earliest or ''}/{when.latest or ''}"
    if name == "places":
        return "; ".join(mention.name for mention in claim.places) or NOTHING
    if name == "origin":
        return f"{claim.origin.kind}: {claim.origin.name}"
    return {"polarity": claim.polarity, "modality": claim.modality, "role": claim.role}[name].value


def _word(words: type[_Word], value: str) -> _Word:
    try:
        return words(value)
    except ValueError:
        known = ", ".join(word.value for word in words)
        raise UsageError(f"'{value}' is none of: {known}") from None


def _with_modality(claim: Claim, value: str) -> Claim:
    modality = _word(Modality, value)
    weight = UNHEDGED[modality] * (SECOND_HAND if len(claim.chain) > DIRECT else 1.0)
    return replace(claim, modality=modality, hedge=None, weight=round(weight, 4))


def _with_origin(claim: Claim, value: str) -> Claim:
    kind, colon, name = (part.strip() for part in value.partition(":"))
    if not colon or not name or len(name) > _LONGEST:
        raise UsageError(f"'{value}' is no origin (write its kind and name: 'official: General Staff')")
    return replace(claim, chain=(*claim.chain[:-1], Voice(name=name, kind=_word(VoiceKind, kind))))


def _with_when(claim: Claim, value: str) -> Claim:
    if value == NOTHING:
        return replace(claim, when=None)
    first, slash, last = value.partition("/")
    try:
        earliest = date.fromisoformat(first)
        latest = date.fromisoformat(last) if slash else earliest
    except ValueError as error:
        raise UsageError(f"'{value}' is no day (write 2022-12-01, or 2022-12-01/2022-12-05)") from error
    if latest < earliest:
        raise UsageError(f"'{value}' ends before it begins (write the earlier day first)")
    return replace(claim, when=When(text=value, earliest=earliest, latest=latest))


def _with_places(claim: Claim, value: str) -> Claim:
    if value == NOTHING:
        return replace(claim, places=())
    names = [name.strip() for name in value.split(";")]
    if not all(names) or any(len(name) > _LONGEST for name in names):
        raise UsageError(f"'{value}' names no place (write names with semicolons between them, or none)")
    return replace(claim, places=tuple(_mention(claim, name) for name in names))


def _mention(claim: Claim, name: str) -> PlaceMention:
    entry = clear(name)
    return PlaceMention(
        text=name,
        name=entry.name if entry is not None else name,
        country=entry.country if entry is not None else None,
        lat=entry.lat if entry is not None else None,
        lon=entry.lon if entry is not None else None,
        span=claim.span,
    )


def _place(number: str) -> int:
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= _MOST_FIGURES:
        raise UsageError(f"'figure {number}' is no figure (write: figure 1, for the first of the claim)")
    return int(number) - 1


def _with_figure(claim: Claim, number: str, value: str) -> Claim:
    place = _place(number)
    if place >= len(claim.figures):
        raise UsageError(f"the claim has {len(claim.figures)} figures, so there is no figure {number}")
    figures = list(claim.figures)
    if value == NOTHING:
        del figures[place]
        return replace(claim, figures=tuple(figures))
    found = _RANGE.fullmatch(value)
    low, dots, high, unit = found.groups() if found is not None else (None, None, None, None)
    if low is None and high is None:
        raise UsageError(f"'{value}' is no figure (write 9000, 9000..12000, 9000.., ..12000, each with a unit or not)")
    bottom, top = (float(end) if end is not None else None for end in (low, high if dots else low))
    if bottom is not None and top is not None and top < bottom:
        raise UsageError(f"'{value}' ends below its beginning (write the smaller number first)")
    old = figures[place]
    figures[place] = replace(
        old, low=bottom, high=top, bound=_bound(bottom, top), unit=unit.strip() if unit else old.unit
    )
    return replace(claim, figures=tuple(figures))


def _bound(low: float | None, high: float | None) -> Bound:
    if low is None:
        return Bound.AT_MOST
    if high is None:
        return Bound.AT_LEAST
    return Bound.EXACT if low == high else Bound.RANGE


def _figure(figure: Figure) -> str:
    low, high = (f"{end:g}" if end is not None else "" for end in (figure.low, figure.high))
    return " ".join(filter(None, (low if low == high else f"{low}..{high}", figure.unit)))
