"""Claims: attributed propositions standing at a span of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tocsin.model.report import Span, Voice


class Polarity(StrEnum):
    """Does the voice affirm the content or deny it?"""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """How surely the content is put."""

    ASSERTED = "asserted"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    QUESTION = "question"
    REPORTED_RUMOUR = "reported_rumour"


UNHEDGED: dict[Modality, float] = {
    Modality.ASSERTED: 1.0,
    Modality.LIKELY: 0.4,
    Modality.UNLIKELY: 0.6,
    Modality.POSSIBLE: 0.2,
    Modality.PLANNED: 0.5,
    Modality.CONDITIONAL: 0.3,
    Modality.HYPOTHETICAL: 0.2,
    Modality.REPORTED_RUMOUR: 0.2,
    Modality.QUESTION: 0.0,
}
"""Weight of a claim by how surely it is put, where no hedge says more; judgements, "possible" between "about even" (0)
and "likely"."""

SECOND_HAND = 0.8
"""Factor where the outlet heard it from somebody who heard it from somebody else."""

DIRECT = 2
"""Voices in the chain of what an outlet heard at first hand."""


class Role(StrEnum):
    """What kind of saying a claim is; only observations and events are evidence."""

    OBSERVATION = "observation"
    EVENT = "event"
    ASSESSMENT = "assessment"
    FORECAST = "forecast"
    PLAN = "plan"
    INTENT = "intent"
    REQUIREMENT = "requirement"
    RUMOUR = "rumour"
    BACKGROUND = "background"


class Attribution(StrEnum):
    """How the voice was found: a cue in the sentence, carried over from before, or the author's own."""

    LOCAL = "local"
    CARRIED = "carried"
    AUTHOR = "author"


class Bound(StrEnum):
    """How a figure is bounded; an open end is None in the figure itself."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


class Change(StrEnum):
    """A figure that is a change of a quantity, not its level."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity as reported.

    ``unit`` is a singular English noun; ``of`` is what it counts, in the report's own words. A percentage is
    the number before the sign (unit "percent"), a fraction its value. ``per`` makes it a rate: 900 euros a month have
    the unit "euro" per "month". ``span`` is where ``text`` stands.
    """

    text: str
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    of: str | None
    change: Change | None = None
    per: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time as the report words it, with the days it can mean; an open end is None."""

    text: str
    earliest: date | None
    latest: date | None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place as mentioned; coordinates are those of the gazetteer's entry, None where it is ambiguous."""

    text: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that attribute: "According to", "said", "the assessment released by"."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attributed proposition; ``content == report.text[span.start:span.stop]``, always.

    ``chain`` runs from the outlet to the innermost voice, the origin. A discontinuous content keeps the hull as
    ``span`` and lists its ``parts``. ``weight`` (0 to 1) is how surely the voices put it; ``because`` names the
    words that decided polarity, modality and role.
    """

    id: str
    report: str
    span: Span
    sentence: Span
    content: str
    cue: Cue | None
    chain: tuple[Voice, ...]
    attribution: Attribution
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    role: Role = Role.OBSERVATION
    hedge: str | None = None
    weight: float = 1.0
    figures: tuple[Figure, ...] = ()
    when: When | None = None
    places: tuple[PlaceMention, ...] = ()
    parts: tuple[Span, ...] = ()
    because: tuple[str, ...] = ()
    extractor: str = ""

    @property
    def origin(self) -> Voice:
        """The innermost voice: where the claim comes from."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A piece of a report that extraction could not turn into claims, with the reason."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a language model was asked for one report, and what it counted.

    ``model`` is the model as it names itself. Tokens are None where the endpoint counted none.
    """

    model: str
    requests: int
    tokens_in: int | None = None
    tokens_out: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read out of one report: claims in order of text, every figure, and what was not understood.

    ``cost`` is None where no language model was asked.
    """

    report: str
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]
    not_understood: tuple[NotUnderstood, ...]
    extractor: str
    cost: Cost | None = None
