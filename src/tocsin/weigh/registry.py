"""The registry of sources as of a day: the grades then in force, with what analysts regraded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.model.evidence import Judged, Rating
from tocsin.model.grade import CREDIBILITY, DIAGONAL, KNOWS
from tocsin.model.judgement import ANY, Ruling
from tocsin.model.report import Source
from tocsin.weigh.overlay import Overlay, graded

FEWEST_DIGITS = 10
MOST_ON_DIAGONAL = 2 / 3
"""Share of digits on the diagonal A1, B2, C3 … from which letter and digit count as one judgement, not two."""


def in_force(sources: Iterable[Source], *, on: date | None, overlay: Overlay) -> tuple[Source, ...]:
    """The sources with the grades in force on a day: the last one that began by then, and above it an analyst's.

    A source's own number gives way to a letter that it is given later.

    Args:
        sources: As declared, with the history of their grades.
        on: The day; None for the newest grades.
        overlay: What analysts judged.
    """
    return tuple(_regraded(_on_day(source, on), overlay.grades.get(source.id, ())) for source in sources)


def _on_day(source: Source, on: date | None) -> Source:
    begun = [grade for grade in source.grades if on is None or grade.since <= on]
    if not begun:
        return source
    last = begun[-1]
    return replace(source, reliability=last.reliability, wording=last.wording, graded_by=last.by, knows=None)


def _regraded(source: Source, rulings: Sequence[Ruling]) -> Source:
    for one in rulings:
        letter, wording = graded(one.given)
        source = replace(source, reliability={**source.reliability, one.aspect: letter})
        if one.aspect == ANY:
            source = replace(source, wording=wording, knows=None)
    return source


def graders(source: Source, overlay: Overlay) -> frozenset[str]:
    """Who gave a source its grade: nobody of them may give its items a digit."""
    names = {
        source.graded_by,
        *(judgement.by for one in overlay.grades.get(source.id, ()) for judgement in one.standing),
    }
    return frozenset(name.casefold() for name in names if name)


@dataclass(frozen=True, slots=True)
class Diagonal:
    """Digits of credibility beside the letters of their sources: how many, and how many the letter predicts."""

    digits: int
    predicted: int
    letters: int

    @property
    def warned(self) -> bool:
        """Do the letters predict the digits, so that both say one thing?"""
        enough = self.digits >= FEWEST_DIGITS and self.letters > 1
        return enough and self.predicted >= MOST_ON_DIAGONAL * self.digits

    def told(self) -> str:
        """The warning in words."""
        return (
            f"{self.predicted} of {self.digits} credibility digits are those that the source's letter predicts "
            "(A1, B2, C3 …), so both may be one judgement"
        )


def diagonal(ratings: Mapping[str, Rating]) -> Diagonal:
    """How far the letters of sources predict the digits that their items were given."""
    given = [(rating.reliability, rating.credibility) for rating in ratings.values() if rating.credibility is not None]
    return Diagonal(
        digits=len(given),
        predicted=sum(DIAGONAL[letter] == digit for letter, digit in given),
        letters=len({letter for letter, _ in given}),
    )


def with_digit(rating: Rating, one: Ruling, *, by_grader: bool, in_echo: bool) -> Rating:
    """A rating with the digit that somebody gave the item.

    It counts only from somebody who did not grade the source. Within an echo 1 is taken as 2: that others print an
    item again confirms nothing.
    """
    digit = int(one.given)
    if by_grader:
        said = Judged(what=f"credibility {digit} does not count: the source's grader gave it")
        return replace(rating, judged=(*rating.judged, said))
    said = Judged(what=f"credibility {digit}", signed=one.signed)
    if in_echo and digit == 1:
        digit = 2
        said = replace(said, what=f"{said.what}, taken as 2: within an echo nothing is confirmed by repetition")
    return replace(rating, credibility=digit, weight=rating.weight * CREDIBILITY[digit], judged=(*rating.judged, said))


def regraded(rating: Rating, rulings: Sequence[Ruling]) -> Rating:
    """The rating of a voice that nobody declared, with the letter that an analyst gave it."""
    for one in rulings:
        letter, _ = graded(one.given)
        rating = replace(
            rating,
            reliability=letter,
            knows=KNOWS.get(letter),
            judged=(*rating.judged, Judged(what=f"graded {one.given}", signed=one.signed)),
        )
    return rating
