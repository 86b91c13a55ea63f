"""Why the answer is what it is: stories of deception, the way from prior to answer, what its assumptions do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

HARDLY = 0.3
"""Log-odds by which reports that hardly say anything together move an answer."""

LITTLE = math.log(2)
"""Log-odds that all reports, pulling either way, must have moved in sum for the answer to rest on them. *Judgement.*"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChance:
    """Probability of one story of one party, before the reports (``prior``) and after."""

    id: str
    probability: float
    prior: float
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeceptionResult:
    """How likely it is that somebody deceives us, and the headline if nobody did.

    ``any`` is the probability that at least one party tells a story; ``suspects`` are the sources within reach of one
    whose reports count. A story alone never changes the word: the headline's word is that of ``without``.
    """

    stories: tuple[StoryChance, ...]
    suspects: tuple[str, ...]
    without: float
    any: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from prior to answer: what it added to the log-odds of the headline, and the headline after it."""

    kind: str
    id: str
    log_odds: float
    probability: float
    since: date | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What new claims on one indicator did to the log-odds of the headline."""

    indicator: str
    claims: tuple[str, ...]
    log_odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """From prior to answer, in log-odds of the headline; ``prior`` and all steps sum to ``answer``.

    ``order`` is the rule by which the steps stand: another order would share the same sum out in another way.
    """

    order: str
    prior: float
    steps: tuple[Step, ...]
    answer: float

    @property
    def net(self) -> float:
        """How far reports and looks together carried the answer, in log-odds."""
        return abs(sum(step.log_odds for step in self.steps))

    @property
    def rests_on_priors(self) -> bool:
        """Did reports and looks hardly move the answer, neither together nor one against the other?"""
        return self.net < HARDLY and sum(abs(step.log_odds) for step in self.steps) < LITTLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """What one group of assumptions does: headline log-odds with it minus without it, and how much of the band.

    ``share`` is the share of the band's variance that doubt about the group makes; None where it is not drawn.
    """

    id: str
    text: str
    log_odds: float | None = None
    without: float | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One indicator found in another state than it is in now."""

    indicator: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """The smallest set of indicator states that carries the headline across a line.

    ``line`` is "word" or "alarm"; ``who`` is whose alarm line it is. ``chance``: that all of them are so today.
    """

    line: str
    who: str
    turns: tuple[Turn, ...]
    probability: float
    chance: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The word of the header judgement, which is kept apart from the board.

    It stays with ``words`` of the earlier judgement until the middle half of the band (``low`` to ``high``) lies
    outside that word, or an analyst signs another. ``held``: does it stay although the number alone has another word?
    """

    words: str
    held: bool
    low: float | None
    high: float | None
    because: str
