"""What kind of worlds to draw: sizes, and which features and faults they have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Story(Enum):
    """What an adversary who reaches some channels has them say."""

    NONE = "none"
    HIDE = "hide"
    LOUD = "loud"
    QUIET = "quiet"
    BOAST = "boast"


DECLARED_TEMPO = ((0.5, 0.15), (0.71, 0.30), (1.0, 0.35), (1.41, 0.15), (2.0, 0.05))


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The settings from which a world is drawn; the defaults are the base line that every table starts from.

    Attributes:
        days: Length of the past, from the day the watch opened to the day of the assessment, both included.
        indicators: How many indicators; a third cheap and visible, a third between, a third costly and hidden.
        sources: How many sources, graded A to F.
        reports: Expected number of reports, echoes included.
        echoes: Share of the reports that repeat another.
        flagged: Share of the echoes that are declared as such.
        false_flags: Chance that an original with an earlier agreeing report is declared an echo of it.
        hedged: Share of the reports that are hedged.
        second_hand: Share of the reports that are second hand.
        gated: Chance that a world has a gate.
        seasonal: Chance that a scenario has a season.
        settled: True: a source that was wrong about an indicator stays wrong in the same way; False: it errs afresh.
        tempo: The common factor on all leads is drawn from these pairs of factor and probability.
        contamination: Chance that an indicator has nothing to do with the scenarios.
        access_counts: Sources with sight or pictures err less by asserting.
        access_declared: The analyst says which sources have sight or pictures.
        noticing: Share of the indicators that take time to be noticed.
        covered: Number of indicators under a logged look.
        articles: Expected number of articles with several anonymous voices.
        shared_reporter: The voices of one article are right or wrong together.
        story: What the adversary does in truth.
        liars: How many channels the adversary holds in truth; 0: every channel within reach.
        control: Chance that the adversary dictates a report of a channel it holds.
        leads: Factor between the true leads and the declared ones.
        feint_declared: The analyst lists the feint.
        drifting: Share of the sources that lose most of their access half way.
        bursts: Reports come in bursts, and attention goes to what is going on.
        meaningless: Share of the indicators that no scenario moves.
        graded_high: Every source is graded one letter too high.
    """

    days: int = 120
    indicators: int = 12
    sources: int = 18
    reports: float = 80.0
    echoes: float = 0.35
    flagged: float = 0.85
    false_flags: float = 0.05
    hedged: float = 0.30
    second_hand: float = 0.15
    gated: float = 0.5
    seasonal: float = 0.25
    settled: bool = True
    tempo: tuple[tuple[float, float], ...] = DECLARED_TEMPO
    contamination: float = 0.10
    access_counts: bool = False
    access_declared: bool = False
    noticing: float = 0.0
    covered: int = 0
    articles: float = 0.0
    shared_reporter: bool = False
    story: Story = Story.NONE
    liars: int = 0
    control: float = 0.25
    leads: float = 1.0
    feint_declared: bool = True
    drifting: float = 0.0
    bursts: bool = False
    meaningless: float = 0.0
    graded_high: bool = False
