"""Others' assessments and forecasts: shown beside ours, with the day on which they expire."""

from __future__ import annotations

from datetime import date, timedelta

from tocsin.link.nation import nation_of
from tocsin.link.words import stems
from tocsin.model.claim import Claim, Role
from tocsin.model.evidence import OtherView
from tocsin.model.problem import WarningProblem

_LASTS = timedelta(days=14)
_SMALL = frozenset(
    stems("will would can could may be is are was of on in at to from by with and or that this it its for not take if")
)
_ATTACKING = frozenset(stems("attack offensive invasion invade assault incursion aggression re-invade onslaught"))


def question_words(problem: WarningProblem) -> tuple[frozenset[str], frozenset[str]]:
    """The names and the other words of the question; words for an attack stand for each other."""
    named: set[str] = set()
    acts: set[str] = set()
    for stem in stems(problem.question):
        nation = nation_of(stem)
        if nation is not None:
            named.add(nation)
        elif stem in _ATTACKING:
            acts |= _ATTACKING
        elif stem not in _SMALL:
            acts.add(stem)
    return frozenset(named), frozenset(acts)


def touches(content: frozenset[str], question: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Does a content speak to the question: one of its names (if it has any) and one of its other words?"""
    named, acts = question
    nations = {nation_of(stem) for stem in content}
    return bool(acts & content) and (not named or bool(named & nations))


def other_view(claim: Claim, published: date) -> OtherView | None:
    """A claim as another's view; None if it is neither assessment nor forecast.

    It expires on the last day it speaks of, else a fortnight after it was published.
    """
    if claim.role not in (Role.ASSESSMENT, Role.FORECAST):
        return None
    until = claim.when.latest if claim.when is not None else None
    return OtherView(
        claim=claim.id,
        who=claim.origin.name,
        says=claim.content,
        polarity=claim.polarity.value,
        published=published,
        expires=until if until is not None and until > published else published + _LASTS,
    )
