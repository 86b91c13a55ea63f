"""What is measured: which worlds, by which methods, for which question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product

from benchmarks.worlds import peers
from benchmarks.worlds.answer import Answer
from benchmarks.worlds.bridge import Method
from benchmarks.worlds.family import Family, Story
from benchmarks.worlds.ideal import ideal
from benchmarks.worlds.minds import one_mind
from benchmarks.worlds.values import World

PRIOR = Method(evidence=False, looks=False)
CORE = Method()
STORIES = Method(deception="")
EVEN_TEMPO = "tempo = [[0.5, 0.1], [0.71, 0.2], [1.0, 0.4], [1.41, 0.2], [2.0, 0.1]]"
NO_TEMPO = "tempo = [[1.0, 1.0]]"
OWN: Mapping[str, Callable[[World], Answer]] = {
    "ideal": ideal,
    "naive Bayes": peers.naive_bayes,
    "linear pool": peers.linear_pool,
    "one mind": one_mind,
}
"""The methods of this benchmark itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One family of worlds, the settings of the core tried on it, and the other methods.

    ``share`` scales the number of worlds; ``matrix`` asks for the counts of the matrix of hypotheses; ``exact`` says
    that the ideal observer of such worlds makes no approximation, so that its answer may stand for what comes true.
    ``twin`` names a plan of the same worlds, whose ideal observer serves for this one too.
    """

    id: str
    family: Family
    core: Mapping[str, Method]
    own: tuple[str, ...] = ("ideal",)
    share: float = 1.0
    matrix: bool = False
    exact: bool = True
    twin: str | None = None


def _base() -> list[Plan]:
    return [
        Plan(
            id="base",
            family=Family(),
            core={
                "prior": PRIOR,
                "core": CORE,
                "core, echoes in full": Method(settings="blanket_echo = 0", echoes=False),
            },
            own=("ideal", "naive Bayes", "linear pool"),
            matrix=True,
        ),
        Plan(
            id="fresh",
            family=Family(settled=False),
            core={
                "prior": PRIOR,
                "core": CORE,
                "core, no self-repeat": Method(settings="self_repeat = 0"),
                "core, all sources settled": Method(settings="self_repeat = 0.99"),
            },
            own=("ideal", "naive Bayes"),
            share=0.4,
        ),
        Plan(
            id="honest",
            family=Family(),
            twin="base",
            own=("ideal", "one mind"),
            core={
                "prior": PRIOR,
                "core": CORE,
                "core, with stories": STORIES,
                "core, told how good each source is": Method(told=True),
                "core, blanket 0": Method(settings="blanket_echo = 0"),
                "core, blanket .3, not learnt": Method(settings="blanket_echo = [[0.3, 1.0]]"),
                "core, blanket .5": Method(settings="blanket_echo = 0.5"),
                "core, no source settled": Method(settings="self_repeat = 0"),
                "core, all sources settled": Method(settings="self_repeat = 0.99"),
            },
            share=0.4,
        ),
    ]


def _echoes() -> list[Plan]:
    return [
        Plan(
            id="echo70",
            family=Family(echoes=0.7, flagged=0.0, false_flags=0.0),
            core={
                "prior": PRIOR,
                "core": CORE,
                "core, blanket 0": Method(settings="blanket_echo = 0"),
                "core, blanket .5": Method(settings="blanket_echo = 0.5"),
                "core, blanket .3, not learnt": Method(settings="blanket_echo = [[0.3, 1.0]]"),
                "core, blanket .5, not learnt": Method(settings="blanket_echo = [[0.5, 1.0]]"),
            },
        )
    ]


def _stories() -> list[Plan]:
    arms = {
        "prior": PRIOR,
        "core": CORE,
        "core, with stories": STORIES,
        "core, boast listed": Method(
            deception="tells = { boast = { event = 0.9, otherwise = 0.1 } }\nstories = { none = 0.65, boast = 0.05 }"
        ),
    }
    plans = [
        Plan(id=f"liars-{story.value}", family=Family(story=story, liars=4, control=1.0), core=arms, share=0.5)
        for story in Story
        if story is not Story.NONE
    ]
    plans.append(Plan(id="liar-one", family=Family(story=Story.HIDE, liars=1, control=1.0), core=arms, share=0.5))
    plans += [
        Plan(id=f"story-{story.value}", family=Family(story=story), core=arms, share=0.5)
        for story in (Story.HIDE, Story.LOUD, Story.QUIET)
    ]
    return plans


def _proposals() -> list[Plan]:
    tempi = {
        "prior": PRIOR,
        "short (default)": CORE,
        "even": Method(settings=EVEN_TEMPO),
        "none": Method(settings=NO_TEMPO),
    }
    one = ((1.0, 1.0),)
    even = ((0.5, 0.1), (0.71, 0.2), (1.0, 0.4), (1.41, 0.2), (2.0, 0.1))
    repeats = {"prior": PRIOR} | {
        name: Method(settings=f"self_repeat = {value}")
        for name, value in (("learnt (default)", "[[0, 0.1], [0.995, 0.9]]"), ("0.99", 0.99), ("0", 0))
    }
    chatty = Family(sources=4, reports=160.0, echoes=0.1)
    minds = ("ideal", "one mind")
    access = {"prior": PRIOR, "with access (default)": CORE, "access left out": Method(access=False)}
    article = {"prior": PRIOR, "article known (default)": CORE, "article not known": Method(articles=False)}
    eps = {"prior": PRIOR} | {
        name: Method(settings=f"contamination = {value}")
        for name, value in (("0.02", 0.02), ("0.10 (default)", 0.10), ("0.20", 0.2))
    }
    looks = {"prior": PRIOR, "looks logged": CORE, "looks not logged": Method(looks=False)}
    plans = [
        Plan(id="tempo-none", family=Family(tempo=one), core=tempi),
        Plan(id="tempo-short", family=Family(), core=tempi),
        Plan(id="tempo-even", family=Family(tempo=even), core=tempi),
        Plan(id="tempo-leads-half", family=Family(tempo=one, leads=0.5), core=tempi),
        Plan(id="tempo-leads-double", family=Family(tempo=one, leads=2.0), core=tempi),
        Plan(id="repeat-settled", family=chatty, core=repeats, own=minds),
        Plan(id="repeat-fresh", family=replace(chatty, settled=False), core=repeats, own=minds),
        Plan(id="access-counts", family=Family(access_counts=True, access_declared=True), core=access),
        Plan(id="access-idle", family=Family(access_declared=True), core=access),
        Plan(
            id="article-shared", family=Family(articles=6.0, shared_reporter=True, reports=30.0), core=article, own=()
        ),
        Plan(id="article-apart", exact=False, family=Family(articles=6.0, reports=30.0), core=article),
        Plan(id="eps-some-empty", exact=False, family=Family(meaningless=0.2), core=eps),
        Plan(id="eps-linked", family=Family(contamination=0.0), core=eps),
        Plan(id="silence", exact=False, family=Family(covered=4), core=looks),
        Plan(id="noticing", exact=False, family=Family(noticing=0.5), core={"prior": PRIOR, "core": CORE}),
    ]
    return [replace(plan, share=0.5) for plan in plans]


FAULTS: Mapping[str, Callable[[Family], Family]] = {
    "leads half as long": lambda family: replace(family, leads=0.5),
    "feint not listed": lambda family: replace(family, feint_declared=False),
    "sources fade": lambda family: replace(family, drifting=0.33),
    "bursts": lambda family: replace(family, bursts=True),
    "a fifth of the signs empty": lambda family: replace(family, meaningless=0.2),
    "grades one too high": lambda family: replace(family, graded_high=True),
}
"""What can be wrong with what the analyst declares."""


def _factorial() -> list[Plan]:
    plans = []
    for bits in product((0, 1), repeat=len(FAULTS)):
        family = Family()
        for bit, change in zip(bits, FAULTS.values(), strict=True):
            family = change(family) if bit else family
        name = "".join(map(str, bits))
        plans.append(
            Plan(id=f"fault-{name}", family=family, core={"prior": PRIOR, "core": CORE}, exact=False, share=0.02)
        )
    return plans


GROUPS: Mapping[str, Callable[[], list[Plan]]] = {
    "base": _base,
    "echoes": _echoes,
    "stories": _stories,
    "proposals": _proposals,
    "faults": _factorial,
}
