"""How likely it is that somebody deceives us, and what the answer would be if nobody did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp

from tocsin.infer.board import weighs
from tocsin.infer.case import Case, build
from tocsin.infer.drivers import Bundle
from tocsin.model.evidence import Evidence, Says
from tocsin.model.reasons import DeceptionResult, StoryChance

MAY_DECEIVE = "said by a source that may be deceiving"

_CLEAR = 0.01
"""Log-odds below which an effect has no direction worth telling."""

_MOST = 25
_OWN = frozenset({"claim", "echo", "source"})


def suspect(case: Case, item: Evidence) -> bool:
    """Is an item within reach of a party that may be deceiving us?"""
    return weighs(item) and any(
        party.steers(item.source, item.party, indicator=item.indicator) > 0.0 for party in case.problem.deception
    )


def remarks(case: Case, found: Sequence[Bundle]) -> Mapping[tuple[str, str], str]:
    """What to say of claims, echoes and sources beside their effect, by kind and id.

    Whoever may be deceiving is named as that, with the effect that his word would have if nobody deceived. Where a
    sighting lowers the answer, or a denial raises it, and the same said of today and at its word would not, the reason
    is told: because it may be told to make us think so, or because of its day.

    Args:
        case: The case.
        found: Everything left out in turn, the largest first; the first few are told.
    """
    odd = [one for one in found if one.kind == "claim" and _is_odd(one)][:_MOST]
    own = [one for one in found if one.kind in _OWN and all(suspect(case, item) for item in one.items)][:_MOST]
    if not odd and not own:
        return {}
    honest = (
        build(replace(case.problem, deception=()), case.evidence, as_of=case.as_of, looks=case.looks) if own else case
    )
    now = honest.odds(honest.posterior)
    every = [*own, *(one for one in odd if one not in own)]
    without = honest.variants([dict.fromkeys(item.id for item in one.items) for one in every])
    left = {(one.kind, one.id): variant.log_odds for one, variant in zip(every, without, strict=True)}
    today = honest.variants(
        [{item.id: replace(item, about=case.as_of, published=case.as_of) for item in one.items} for one in odd]
    )
    fresh = {(one.kind, one.id): new.log_odds - left[one.kind, one.id] for one, new in zip(odd, today, strict=True)}
    told = {
        (one.kind, one.id): _remark(
            one,
            at_its_word=now - left[one.kind, one.id],
            today=fresh.get((one.kind, one.id)),
            suspected=one in own,
        )
        for one in every
    }
    return {key: text for key, text in told.items() if text}


def _is_odd(one: Bundle) -> bool:
    """Does a sighting lower the answer, or a denial raise it?"""
    says = {item.says for item in one.items}
    return abs(one.log_odds) >= _CLEAR and says == {Says.ABSENT if one.log_odds > 0 else Says.PRESENT}


def _remark(one: Bundle, *, at_its_word: float, today: float | None, suspected: bool) -> str:
    """The remark on one claim, echo or source; empty where its effect says all."""
    does, would = ("raises", "lower") if one.log_odds > 0 else ("lowers", "raise")
    if today is not None and abs(today) >= _CLEAR and one.log_odds * today < 0:
        if suspected and at_its_word * today > 0:
            think = "it is there" if one.log_odds < 0 else "it is not there"
            return (
                f"{MAY_DECEIVE}: told to make us think {think}, it {does} the answer; at its word it would {would} it"
            )
        about = max(item.about for item in one.items)
        late = ": what should follow it has not come" if one.log_odds < 0 else ""
        day = f"it {does} the answer for its day, {about.day} {about:%B %Y}{late}; said of today it would {would} it"
        return f"{MAY_DECEIVE}; {day}" if suspected else day
    if not suspected:
        return ""
    differs = abs(one.log_odds - at_its_word) >= 2 * _CLEAR
    return f"{MAY_DECEIVE}; at its word: odds × {exp(at_its_word):.2g}" if differs else MAY_DECEIVE


def deception(case: Case) -> DeceptionResult | None:
    """Probability of every story of every declared party, and the headline without the model; None without any.

    Suspects are the declared ones, and sources that a party reaches otherwise and that said something.
    """
    parties = case.problem.deception
    if not parties:
        return None
    plan = case.prepared.stories
    stories = [
        StoryChance(
            id=story.id,
            probability=min(1.0, plan.of_party(case.posterior.stories, at)[story.id]),
            prior=story.prior,
            party=party.id,
        )
        for at, party in enumerate(parties)
        for story in party.stories
    ]
    reached = {
        item.source
        for item in case.evidence
        for party in parties
        if weighs(item) and party.steers(item.source, item.party, indicator=item.indicator) > 0.0
    }
    listed = {source for party in parties for source, chance in party.suspects.items() if chance > 0.0}
    return DeceptionResult(
        stories=tuple(stories),
        suspects=tuple(sorted(reached | listed)),
        without=case.headline(case.honest),
        any=min(1.0, max(0.0, 1.0 - float(case.posterior.stories[0]))),
    )
