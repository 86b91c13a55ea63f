"""How likely it is that somebody deceives us, and what the answer would be if nobody did."""

from __future__ import annotations

from tocsin.infer.board import weighs
from tocsin.infer.case import Case
from tocsin.model.reasons import DeceptionResult, StoryChance


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
