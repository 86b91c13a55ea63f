"""The way from prior to answer, what the answer rests on, and whether somebody may be deceiving us."""

from __future__ import annotations

from tocsin.model.reasons import HARDLY, Assumption, Crossing, Step, StoryChance
from tocsin.publish.case import Case
from tocsin.publish.safe import plain
from tocsin.publish.story import Block, Grid, Kind, Point, Points, Ref, Row, Section, Text, Tone, note, say
from tocsin.publish.words import listed, moved, percent

STORIES = {
    "none": "nobody deceives us",
    "hide": "hides what is coming, and feints where nothing is",
    "loud": "is loud whatever comes",
    "quiet": "is quiet whatever comes",
}
_LEAST_SHARE = 0.005


def way(case: Case) -> tuple[Block, ...]:
    """From prior to answer, one step after the other; the factors multiply to the whole way."""
    found = case.assessment.waterfall
    if found is None or not found.steps:
        return ()
    start, end = case.assessment.answer.prior, case.assessment.answer.probability
    hardly = (
        " That is hardly any way: the answer rests on the priors."
        if found.rests_on_priors
        else " They pull both ways, and what they do nearly cancels."
        if found.net < HARDLY
        else ""
    )
    first = Row((("before any report",), ("",), (percent(case.assessment.answer.prior),)))
    rows = tuple(
        Row(((step_name(case, step),), (moved(step.log_odds),), (percent(step.probability),))) for step in found.steps
    )
    return (
        Grid("From prior to answer", ("", "what it did", "answer then"), (first, *rows), frozenset({1, 2})),
        note(
            f"The reports together took the answer from {percent(start)} to {percent(end)}.{hardly} Taken in this "
            f"order: {plain(found.order)}. The factors multiply to the whole way."
        ),
        *([] if case.assessment.deception else [note("That somebody may be deceiving us was not considered.")]),
    )


def step_name(case: Case, step: Step) -> str | Ref:
    """What a step is called on a page."""
    if step.kind == "looks":
        return "looks that found nothing"
    if step.kind == "deception":
        return "that somebody may be deceiving us"
    if step.kind == "indicator":
        return Ref(Kind.INDICATOR, step.id, case.statement(step.id))
    return next((plain(gate.statement) for gate in case.assessment.gates if gate.id == step.id), plain(step.id))


def deception(case: Case) -> Section:
    """How likely it is that somebody deceives us; empty where no party is declared."""
    found = case.assessment.deception
    if found is None:
        return Section("deception", "Could somebody be deceiving us?", ())
    parties = list(dict.fromkeys(story.party for story in found.stories))
    grids = tuple(
        Grid(
            plain(party),
            ("story", "chance", "before reports"),
            tuple(_story(story) for story in found.stories if story.party == party),
            frozenset({1, 2}),
        )
        for party in parties
    )
    suspects = listed(case.source_name(name) for name in found.suspects) or "none that has spoken"
    return Section(
        "deception",
        "Could somebody be deceiving us?",
        (
            say(f"An operation of deception is under way with a chance of {percent(found.any)}.", tone=Tone.LEAD),
            *grids,
            say(f"Sources within reach: {suspects}."),
            note(
                f"If nobody deceived us the answer would be {percent(found.without)}. "
                "A story alone never changes the word."
            ),
            note(
                "What a source within reach says is weighed both ways: as its word, and as what somebody wants us to "
                "think. So its assertion may lower the answer, and its denial raise it."
            ),
        ),
    )


def _story(story: StoryChance) -> Row:
    said = STORIES.get(story.id)
    told = f"{plain(story.id)}: {said}" if said else plain(story.id)
    return Row(((told,), (percent(story.probability),), (percent(story.prior),)))


def assumptions(case: Case) -> Section:
    """What the answer would be without each assumption, and where the width of its range comes from."""
    found = case.assessment.assumptions
    switches = [item for item in found if item.log_odds is not None]
    switches.sort(key=lambda item: -abs(item.log_odds or 0.0))
    doubts = [item for item in found if item.share is not None and item.share >= _LEAST_SHARE]
    doubts.sort(key=lambda item: -(item.share or 0.0))
    blocks: list[Block] = []
    if switches:
        blocks.append(Points(tuple(Point((_switch(item),)) for item in switches), title="Each left out alone"))
    if doubts:
        shares = tuple(Point((f"{percent(item.share or 0.0)}: {plain(item.text)}",)) for item in doubts)
        blocks.append(Points(shares, title="What makes the range as wide as it is"))
    blocks += [note(f"{plain(item.text).capitalize()}.") for item in found if item.share is None is item.log_odds]
    return Section("assumptions", "What it rests on", tuple(blocks))


def _switch(item: Assumption) -> str:
    return f"{plain(item.text)} ({moved(item.log_odds or 0.0)})"


def standing(case: Case) -> tuple[Block, ...]:
    """The word of the header, where it is kept although the number alone has another."""
    found = case.assessment.standing
    if found is None or not found.held:
        return ()
    return (say(f"The judgement of record stays “{plain(found.words)}”: {plain(found.because)}."),)


def crossings(case: Case) -> tuple[Block, ...]:
    """The fewest findings that would carry the answer across a declared alarm line."""
    points = tuple(
        Point((f"{plain(item.who)}: ", *_turns(case, item), f". The answer would then be {percent(item.probability)}."))
        for item in case.assessment.crossings
        if item.line == "alarm"
    )
    return (Points(points, title="The fewest findings that would cross an alarm line"),) if points else ()


def _turns(case: Case, item: Crossing) -> Text:
    parts: list[str | Ref] = []
    for turn in item.turns:
        parts += ["; " if parts else "", Ref(Kind.INDICATOR, turn.indicator, case.statement(turn.indicator))]
        parts.append(" certainly seen" if turn.to == "seen" else " certainly not there")
    return tuple(parts)
