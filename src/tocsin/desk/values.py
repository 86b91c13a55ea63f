"""What a desk gives back: what became of a report, the stream it has read, an assessment with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.errors import Fault
from tocsin.model.assessment import Assessment, JudgementCount
from tocsin.model.claim import Claim, Cost, Extraction
from tocsin.model.evidence import Judged, Linked, Rating
from tocsin.model.judgement import OF_CLAIMS, JudgementKind, Ruling, TrackRecord, Verdict
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source
from tocsin.weigh import Overlay, diagonal

if TYPE_CHECKING:
    from tocsin.infer.prior import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of the new claims count for a problem, are set aside, or match no phrase of it."""

    problem: str
    claims: int
    counting: int
    set_aside: int
    unlinked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one item of an intake: ``outcome`` is new, known, failed or passed (no report)."""

    name: str
    outcome: str
    report: str | None = None
    reason: str = ""
    claims: int = 0
    not_understood: int = 0
    echoes: int = 0
    cost: Cost | None = None
    kept: bool = False
    """Of a failed one: are its bytes kept for another attempt?"""
    handling: str | None = None
    """Of a known one: what it carries from now on, where its caveat became stricter; of a new one: the caveat that its
    own text bears."""
    corrected: tuple[str, ...] = ()
    """Of a known one: what of its outlet and day was corrected now."""
    lacks: tuple[str, ...] = ()
    """Of a new one: what nobody said of it, ``outlet`` or ``date``."""
    marked: str | None = None
    """Of a new one without a caveat: the line in which it says who may not see it."""
    of_new: tuple[Counted, ...] = ()
    """Of the first new one: what of all that is new counts for each problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Everything a desk has read by some day: the stream that all its problems share."""

    reports: Mapping[str, Report]
    extractions: Mapping[str, Extraction]
    claims: tuple[Claim, ...]
    ratings: Mapping[str, Rating]
    sources: tuple[Source, ...]
    rulings: tuple[Ruling, ...] = ()
    rejected: tuple[Claim, ...] = ()
    """Claims that a review took out: they are kept and shown, and count for nothing."""
    as_read: Mapping[str, Claim] = field(default_factory=dict[str, Claim])
    """Claims that were corrected, as they were read."""
    judged: Overlay = field(default_factory=Overlay)
    headed: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict[str, tuple[Judged, ...]])
    """By report what analysts corrected of its outlet and day."""

    @property
    def reviewed(self) -> frozenset[str]:
        """The claims of which a judgement counts, whatever it says of them."""
        settled = (one for one in self.rulings if one.value not in {None, Verdict.UNRESOLVED})
        return frozenset(one.subject for one in settled if one.kind in OF_CLAIMS)

    @property
    def counts(self) -> JudgementCount:
        """How many judgements an answer rests on, by what they do."""
        agreed = Counter(one.kind for one in self.rulings if not one.disputed)
        heads = [one for one in self.rulings if one.kind is JudgementKind.HEAD]
        others = (one for one in self.rulings if one.kind is not JudgementKind.HEAD)
        return JudgementCount(
            counted=len(self.reviewed),
            disputed=len({one.subject for one in others if one.disputed}),
            rejected=len(self.rejected),
            corrected=len(self.as_read),
            linked=agreed[JudgementKind.LINK],
            graded=agreed[JudgementKind.GRADE],
            rated=agreed[JudgementKind.CREDIBILITY],
            merged=agreed[JudgementKind.MERGER],
            independent=agreed[JudgementKind.INDEPENDENCE],
            reports=len({one.subject for one in heads if not one.disputed}),
            reports_disputed=len({one.subject for one in heads if one.disputed}),
        )

    forgotten: int = 0
    """Reports and voices that were erased from the desk."""
    guarded: tuple[Source, ...] = ()
    """Sources under a caveat in any of the desk's files as they stand today: for masking, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What the stream says to one problem: its claims, weighed and linked."""

    problem: WarningProblem
    stream: Stream
    linked: Linked
    records: Mapping[str, TrackRecord] = field(default_factory=dict[str, TrackRecord])

    @property
    def doubts(self) -> str | None:
        """What is doubtful in the grades: digits of credibility that the letters predict."""
        found = diagonal(self.stream.ratings)
        return found.told() if found.warned else None

    @property
    def claims(self) -> dict[str, Claim]:
        """Claims by id, rejected ones too."""
        return {claim.id: claim for claim in (*self.stream.claims, *self.stream.rejected)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Linkage):
    """An assessment with all it leads back to."""

    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` found: all faults of all files; per problem what the priors alone answer."""

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    checks: tuple[tuple[WarningProblem, Check], ...]
