"""What people judged of claims, sources and voices: appended, withdrawn, never erased."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tocsin.model.claim import Claim
from tocsin.model.grade import Reliability


class JudgementKind(StrEnum):
    """What a judgement is about.

    A resolution is about the world: did what the claim says turn out so? A review, a correction and a link are about
    our reading of a claim; a head is about a report: who published it, and when. A grade is about a source, a digit
    about the single item; a merger says that two voices are one, independence that two claims, reports or sources do
    not rest on each other.
    """

    RESOLUTION = "resolution"
    REVIEW = "review"
    CORRECTION = "correction"
    LINK = "link"
    HEAD = "head"
    GRADE = "grade"
    CREDIBILITY = "credibility"
    MERGER = "merger"
    INDEPENDENCE = "independence"


class Verdict(StrEnum):
    """What somebody judged; ``undone`` withdraws the same person's last judgement of that kind."""

    TRUE = "true"
    FALSE = "false"
    UNRESOLVED = "unresolved"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    LINKED = "linked"
    GRADED = "graded"
    RATED = "rated"
    MERGED = "merged"
    INDEPENDENT = "independent"
    UNDONE = "undone"


KINDS: dict[Verdict, JudgementKind] = {
    Verdict.TRUE: JudgementKind.RESOLUTION,
    Verdict.FALSE: JudgementKind.RESOLUTION,
    Verdict.UNRESOLVED: JudgementKind.RESOLUTION,
    Verdict.ACCEPTED: JudgementKind.REVIEW,
    Verdict.REJECTED: JudgementKind.REVIEW,
    Verdict.CORRECTED: JudgementKind.CORRECTION,
    Verdict.LINKED: JudgementKind.LINK,
    Verdict.GRADED: JudgementKind.GRADE,
    Verdict.RATED: JudgementKind.CREDIBILITY,
    Verdict.MERGED: JudgementKind.MERGER,
    Verdict.INDEPENDENT: JudgementKind.INDEPENDENCE,
}
"""Of which kind a verdict is; a withdrawal is of the kind of what it withdraws, and what corrects a field of a report
is of the kind ``head``."""

HEAD_FIELDS = ("outlet", "published")
"""What of a report, not of a claim, can be corrected."""

OF_CLAIMS = frozenset(
    {
        JudgementKind.RESOLUTION,
        JudgementKind.REVIEW,
        JudgementKind.CORRECTION,
        JudgementKind.LINK,
        JudgementKind.CREDIBILITY,
    }
)
"""Kinds whose subject is always a claim."""

HINDSIGHT = frozenset({JudgementKind.RESOLUTION, JudgementKind.GRADE, JudgementKind.CREDIBILITY})
"""Kinds that may rest on what came after: a replay of a day counts them only if they were made by then.

The others mend how a report was read, and hold for any day.
"""

ANY = ""
"""The aspect of a judgement that is about the whole of its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judgement, as it was made.

    Attributes:
        subject: The id of what is judged: a claim; a report; a source or voice; for independence the first of two.
        kind: What it is about.
        value: The verdict.
        by: Who judged.
        at: When, in UTC.
        why: On what grounds.
        detail: JSON with ``aspect`` and ``given``: of a correction or a head the field and its value, of a link the
            problem and the targets, of a grade the topic and the letter, of a digit the digit, of a merger or
            independence the other one. None where the verdict says it all.
    """

    subject: str
    kind: JudgementKind
    value: Verdict
    by: str
    at: datetime
    why: str
    detail: str | None = None

    @property
    def aspect(self) -> str:
        """Which field, problem, topic or other voice it is about; judgements on different ones do not meet."""
        return self._detail("aspect")

    @property
    def given(self) -> str:
        """The value that it gives."""
        return self._detail("given")

    def _detail(self, name: str) -> str:
        if not self.detail:
            return ANY
        try:
            found = json.loads(self.detail)
        except ValueError:
            return ANY
        return str(found.get(name, ANY)) if isinstance(found, dict) else ANY


def detail_of(aspect: str, given: str = "") -> str:
    """What the detail of a judgement holds.

    >>> detail_of("polarity", "denied")
    '{"aspect": "polarity", "given": "denied"}'
    """
    return json.dumps({"aspect": aspect, "given": given}, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the judgements of one kind over one subject come to.

    ``value`` is the verdict on which everybody's latest judgement agrees, ``given`` what it gives; None where they
    differ: then the subject is disputed, and neither changes the answer. ``standing`` holds the latest judgement of
    each who judged, in the order in which they were made.
    """

    subject: str
    kind: JudgementKind
    value: Verdict | None
    standing: tuple[Judgement, ...]
    aspect: str = ANY
    given: str = ""

    @property
    def disputed(self) -> bool:
        """Do those who judged differ?"""
        return self.value is None

    @property
    def signed(self) -> str:
        """Who says so and why, in words."""
        return "; ".join(f"{one.by}: {one.why}" for one in self.standing)


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
    """One judgement as a list shows it; ``claim`` is None where it is about something else or gone from the desk."""

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
