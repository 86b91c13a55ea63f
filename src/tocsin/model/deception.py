"""What an adversary may want us to believe, and through whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NONE = "none"
"""The story of nobody deceiving; it is always listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One way in which a party may steer the channels within its reach.

    ``prior`` is the probability of the story before any report. A steered channel says "present" with probability
    ``event`` where an event scenario is coming and with ``otherwise`` where none is; ``present`` names single
    scenarios that it treats in another way. The story ``none`` steers nothing.
    """

    id: str
    prior: float
    event: float = 0.5
    otherwise: float = 0.5
    present: Mapping[str, float] = field(default_factory=dict[str, float])

    def says_present(self, scenario: str, *, event: bool) -> float:
        """Probability that a steered channel says "present" while this scenario is coming."""
        return self.present.get(scenario, self.event if event else self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deception:
    """One party that may be deceiving us, and about what.

    ``suspects`` maps the id of a source to the probability that a statement of it is steered, if anything is.
    Sources of ``party``, and unnamed voices that they vouch for, are within its reach too, each with ``reach``.
    ``indicators`` are the indicators and gates that it speaks about; empty for all of them.
    """

    id: str
    stories: tuple[Story, ...]
    party: str | None = None
    suspects: Mapping[str, float] = field(default_factory=dict[str, float])
    reach: float = 0.25
    indicators: tuple[str, ...] = ()

    def steers(self, source: str, party: str | None, *, indicator: str) -> float:
        """Probability that a statement of a source about an indicator is steered, given a story other than none."""
        if self.indicators and indicator not in self.indicators:
            return 0.0
        listed = self.suspects.get(source)
        if listed is not None:
            return listed
        return self.reach if self.party is not None and party == self.party else 0.0
