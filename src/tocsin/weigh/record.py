"""The track record: what a source's resolved claims say of what it knows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from functools import cache
from math import exp, lgamma, log
from typing import TypeVar

from tocsin.model.claim import Claim, Role
from tocsin.model.evidence import Evidence, Linked, Rating, Reading
from tocsin.model.grade import KNOWS, Reliability
from tocsin.model.judgement import Count, JudgementKind, Ruling, TrackRecord, Verdict
from tocsin.model.report import Source
from tocsin.weigh.grade import letter_of

BETA: dict[Reliability, tuple[float, float]] = {
    Reliability.A: (18.0, 2.0),
    Reliability.B: (12.0, 4.0),
    Reliability.C: (8.0, 6.0),
    Reliability.D: (4.0, 6.0),
    Reliability.E: (2.0, 8.0),
    Reliability.F: (2.0, 2.0),
}
"""Each letter as so many claims known and not known, before any is resolved (docs/method.md, "Grades")."""

FEWEST = 5
"""Resolved claims from which a source that could not be judged can be."""

_COUNTED = frozenset({Role.OBSERVATION, Role.EVENT})
_RESOLUTION = JudgementKind.RESOLUTION
_Item = TypeVar("_Item", Evidence, Reading)
_TRUTH = {Verdict.TRUE: True, Verdict.FALSE: False}


def knowing(letter: Reliability, number: float | None, found: Count) -> float | None:
    """The probability that a source knows, from its grade and what became of its claims.

    Who says what is wrong did not know it. Who says what is right knew it or guessed it, and a guess is right half the
    time: with so many right, each number of known ones is weighed by how probable it is, and the letter's Beta is
    updated with their mean.

    Args:
        letter: The grade that was given; its Beta is where the record begins.
        number: The source's own number or the letter's, None for F; a number that is not the letter's moves the mean
            of the Beta there and leaves its weight.
        found: The resolved claims.

    Returns:
        The posterior mean; ``number`` itself where nothing is resolved.

    Source:
        docs/method.md, "Track record".

    >>> knowing(Reliability.B, 0.75, Count())
    0.75
    >>> round(knowing(Reliability.B, 0.75, Count(right=10)), 3), round(knowing(Reliability.B, 0.75, Count(wrong=2)), 3)
    (0.803, 0.667)
    """
    if found.n == 0:
        return number
    first, second = BETA[letter]
    if number is not None and number != KNOWS.get(letter):
        first, second = number * (first + second), (1.0 - number) * (first + second)
    if first <= 0.0 or second <= 0.0:
        return number
    return (first + _known(first, second, found)) / (first + second + found.n)


@cache
def _known(first: float, second: float, found: Count) -> float:
    """How many of the claims that came true the source can be expected to have known rather than guessed."""
    terms = [
        lgamma(found.right + 1)
        - lgamma(known + 1)
        - lgamma(found.right - known + 1)
        - (found.right - known) * log(2.0)
        + lgamma(first + known)
        + lgamma(second + found.wrong + found.right - known)
        for known in range(found.right + 1)
    ]
    top = max(terms)
    weights = [exp(term - top) for term in terms]
    return sum(known * weight for known, weight in enumerate(weights)) / sum(weights)


def nearest(knows: float | None) -> Reliability | None:
    """The letter whose number lies nearest, the lower of two as near; None where there is no number.

    >>> nearest(0.7).value, nearest(0.1).value, nearest(None)
    ('B', 'E', None)
    """
    if knows is None:
        return None
    return min(reversed(KNOWS), key=lambda letter: abs(KNOWS[letter] - knows))


def pooled(record: TrackRecord, topic: str) -> Count:
    """What counts for one topic: its own claims in full, and of those on other topics two as one.

    No number of claims on the topic shuts the others out: with a threshold, one more claim that came true could lower
    a source.
    """
    own = record.on(topic)
    return Count(
        right=own.right + (record.whole.right - own.right) // 2,
        wrong=own.wrong + (record.whole.wrong - own.wrong) // 2,
    )


def records(
    claims: Iterable[Claim],
    ratings: Mapping[str, Rating],
    sources: Iterable[Source],
    ruled: Iterable[Ruling],
    *,
    topics: Mapping[str, frozenset[str]],
) -> dict[str, TrackRecord]:
    """The track record of every source with resolved claims.

    Only observations and events count, and only as somebody resolved them: never agreement with others. What a copying
    group says counts once as right and once as wrong at the most, and for its origin alone; so does what one origin
    says again in the same words.

    Args:
        claims: Claims of any number of reports; a rejected one is left out by the caller.
        ratings: Their ratings, by claim id, as the grades give them.
        sources: The declared sources.
        ruled: What the judgements come to; disputed and unresolved ones count for nothing.
        topics: The indicators, gates and figures that each claim is linked to.

    Returns:
        By source id; sources without resolved claims are left out.
    """
    truth = {one.subject: _TRUTH.get(one.value or Verdict.UNRESOLVED) for one in ruled if one.kind is _RESOLUTION}
    groups: dict[tuple[str, bool], set[str]] = {}
    for claim in claims:
        right = truth.get(claim.id)
        if right is not None and claim.role in _COUNTED and claim.id in ratings:
            origin = _origin(claim.id, ratings)
            groups.setdefault((origin, right), set()).update(topics.get(origin) or topics.get(claim.id, frozenset()))
    found: dict[str, list[tuple[bool, frozenset[str]]]] = {}
    for (origin, right), about in groups.items():
        found.setdefault(ratings[origin].source, []).append((right, frozenset(about)))
    declared = {source.id: source for source in sources}
    graded = {rating.source: rating for rating in ratings.values()}
    return {
        source: _record(source, declared.get(source), graded[source], resolved) for source, resolved in found.items()
    }


def _origin(claim: str, ratings: Mapping[str, Rating]) -> str:
    """The first claim of a copying group, followed back through copies and repetitions."""
    seen = {claim}
    while True:
        earlier = ratings[claim].echo_of or ratings[claim].repeats
        if earlier is None or earlier not in ratings or earlier in seen:
            return claim
        claim = earlier
        seen.add(claim)


def _record(
    source: str, declared: Source | None, rating: Rating, resolved: list[tuple[bool, frozenset[str]]]
) -> TrackRecord:
    whole = _count(right for right, _ in resolved)
    topics = sorted({topic for _, about in resolved for topic in about})
    letter, number = _grade(declared, rating)
    knows = None if number is None and whole.n < FEWEST else knowing(letter, number, whole)
    return TrackRecord(
        source=source,
        whole=whole,
        topics=tuple((topic, _count(right for right, about in resolved if topic in about)) for topic in topics),
        knows=knows,
        letter=nearest(knows),
    )


def _count(results: Iterable[bool]) -> Count:
    told = list(results)
    return Count(right=sum(told), wrong=len(told) - sum(told))


def _grade(declared: Source | None, rating: Rating, *, topic: str = "") -> tuple[Reliability, float | None]:
    """The grade the record begins from: the declared source's own on that topic, else the voice's as it was rated.

    A topic is named by the id of an indicator, gate or figure; any other has the general letter. A number of the
    source's own holds for all topics.
    """
    if declared is not None:
        letter = declared.reliability.get(topic, letter_of(declared))
        return letter, KNOWS.get(letter) if declared.knows is None else declared.knows
    return rating.reliability, rating.knows


def learnt(
    linked: Linked, ratings: Mapping[str, Rating], sources: Iterable[Source], found: Mapping[str, TrackRecord]
) -> tuple[Linked, dict[str, Rating]]:
    """The evidence, readings and ratings with what letters per topic and track records make of them.

    A rating takes the whole record, an item of evidence and a reading the record on its own topic, beginning from the
    letter that its source has for that topic, if it has one. What a poor channel passes on is worth no more than the
    channel. Sources without a record and without letters per topic keep every digit.

    Args:
        linked: What linking made of the claims.
        ratings: As the grades give them.
        sources: The declared sources.
        found: The track records, by source id.

    Returns:
        Linked and ratings anew.
    """
    declared = {source.id: source for source in sources}

    def number(rating: Rating | None, topic: str, *, otherwise: float | None) -> float | None:
        if rating is None:
            return otherwise
        source, record = declared.get(rating.source), found.get(rating.source)
        own = source is not None and source.knows is None and topic in source.reliability
        if record is None and not own:
            return otherwise
        letter, knows = _grade(source, rating, topic=topic)
        if record is not None and (knows is not None or record.whole.n >= FEWEST):
            knows = knowing(letter, knows, pooled(record, topic))
        return _limited(knows, rating)

    def weighed(item: _Item, topic: str) -> _Item:
        knows = number(ratings.get(item.claim or ""), topic, otherwise=item.knows)
        if knows == item.knows:
            return item
        worth = "cannot be judged" if knows is None else f"knows with probability {knows:.2g}"
        because = "; ".join(filter(None, (item.because, f"on {topic} its source {worth}")))
        return dataclasses.replace(item, knows=knows, because=because)

    evidence = tuple(weighed(item, item.indicator) for item in linked.evidence)
    readings = tuple(weighed(item, item.figure) for item in linked.readings)
    rated = {key: _rated(rating, found.get(rating.source)) for key, rating in ratings.items()}
    return dataclasses.replace(linked, evidence=evidence, readings=readings), rated


def _limited(knows: float | None, rating: Rating) -> float | None:
    if knows is None or rating.through is None:
        return knows
    return min(knows, rating.through)


def _rated(rating: Rating, record: TrackRecord | None) -> Rating:
    if record is None:
        return rating
    return dataclasses.replace(
        rating, knows=_limited(record.knows, rating), because=(*rating.because, told(record, given=rating.reliability))
    )


def told(record: TrackRecord, *, given: Reliability) -> str:
    """A track record in words, beside the grade that was given.

    >>> told(TrackRecord(source="s", whole=Count(3, 1), topics=(), knows=0.74, letter=Reliability.B),
    ...      given=Reliability.C)
    'track record: 3 of 4 resolved claims came true; with the grade given, C, that supports B'
    """
    count = record.whole
    start = f"track record: {count.right} of {count.n} resolved claims came true"
    if record.letter is None:
        return f"{start}; fewer than {FEWEST} do not make a grade {given} a number"
    return f"{start}; with the grade given, {given}, that supports {record.letter}"
