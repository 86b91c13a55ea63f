"""What people judged of claims: appended, withdrawn, never erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tocsin.model.claim import Claim
from tocsin.model.grade import Reliability


class JudgementKind(StrEnum):
    """A resolution is about the world: did what the claim says turn out so? A review is about our reading of it."""

    RESOLUTION = "resolution"
    REVIEW = "review"


class Verdict(StrEnum):
    """What somebody judged; ``undone`` withdraws the same person's last judgement of that kind."""

    TRUE = "true"
    FALSE = "false"
    UNRESOLVED = "unresolved"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDONE = "undone"


KINDS: dict[Verdict, JudgementKind] = {
    Verdict.TRUE: JudgementKind.RESOLUTION,
    Verdict.FALSE: JudgementKind.RESOLUTION,
    Verdict.UNRESOLVED: JudgementKind.RESOLUTION,
    Verdict.ACCEPTED: JudgementKind.REVIEW,
    Verdict.REJECTED: JudgementKind.REVIEW,
}
"""Of which kind a verdict is; a withdrawal is of the kind of what it withdraws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judgement over a claim, as it was made.

    Attributes:
        claim: The claim's id.
        kind: What it is about.
        value: The verdict.
        by: Who judged.
        at: When, in UTC.
        why: On what grounds.
    """

    claim: str
    kind: JudgementKind
    value: Verdict
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the judgements of one kind over one claim come to.

    ``value`` is the verdict on which everybody's latest judgement agrees; None where they differ: then the claim is
    disputed, and neither changes the answer. ``standing`` holds the latest judgement of each who judged, in the order
    in which they were made.
    """

    claim: str
    kind: JudgementKind
    value: Verdict | None
    standing: tuple[Judgement, ...]

    @property
    def disputed(self) -> bool:
        """Do those who judged differ?"""
        return self.value is None


class State(StrEnum):
    """What has become of a judgement.

    It stands, alone or in dispute; a later one of the same person took its place; or it was withdrawn. A withdrawal
    is an entry of its own.
    """

    STANDS = "stands"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One judgement as a list shows it; ``claim`` is None where the claim is no longer on the desk."""

    judgement: Judgement
    state: State
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many independent claims turned out right, and how many wrong."""

    right: int = 0
    wrong: int = 0

    @property
    def n(self) -> int:
        """All that are resolved."""
        return self.right + self.wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """What became of one source's resolved claims: in all, and by topic (the indicator, gate or figure they speak to).

    ``knows`` is the probability of knowing that the whole record supports, beginning from the declared grade; None
    where the grade is F and the record is too short for a number. ``letter`` is the letter of the nearest number.
    """

    source: str
    whole: Count
    topics: tuple[tuple[str, Count], ...]
    knows: float | None
    letter: Reliability | None

    def on(self, topic: str) -> Count:
        """What became of its claims on one topic."""
        return dict(self.topics).get(topic, Count())
