"""What stands around a claim: its words, the other claims of its report, its dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.link.words import Word, words
from tocsin.model.claim import Claim, PlaceMention, When
from tocsin.model.report import Report, Span

_COMPARING = re.compile(
    r"\b(?:like|unlike|than|as in|compared (?:to|with|to that)|similar to|relative to)\s+(?:[\w'’]+\s+){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The places that a report's claims mention, in order of the text, and the text itself."""

    report: Report
    mentions: tuple[PlaceMention, ...]
    starts: tuple[int, ...]

    def same_sentence(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places of the claim's sentence, nearest before its content first, then those behind it."""
        inside = self._between(claim.sentence.start, claim.sentence.stop)
        before = [mention for mention in inside if mention.span.start < claim.span.start]
        return (*reversed(before), *(mention for mention in inside if mention.span.start >= claim.span.stop))

    def same_paragraph(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places of the paragraph before the claim's sentence, the nearest first."""
        start = self.report.text.rfind("\n", 0, claim.sentence.start) + 1
        return tuple(reversed(self._between(start, claim.sentence.start)))

    def before(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places of the report before the claim's sentence, the nearest first."""
        return tuple(reversed(self._between(0, claim.sentence.start)))

    def _between(self, start: int, stop: int) -> tuple[PlaceMention, ...]:
        """The places that begin within a stretch of the text."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]


def surroundings(claims: Sequence[Claim], reports: Mapping[str, Report]) -> dict[str, Surroundings]:
    """The surroundings of every report, by its id."""
    places: dict[str, dict[Span, PlaceMention]] = {report: {} for report in reports}
    for claim in claims:
        for mention in claim.places:
            if claim.report in places:
                places[claim.report].setdefault(mention.span, mention)
    found: dict[str, Surroundings] = {}
    for report, by_span in places.items():
        mentions = tuple(by_span[span] for span in sorted(by_span))
        starts = tuple(mention.span.start for mention in mentions)
        found[report] = Surroundings(report=reports[report], mentions=mentions, starts=starts)
    return found


def words_of(claim: Claim, report: Report) -> tuple[Word, ...]:
    """The words of a claim's content, with their places in the report."""
    spans = claim.parts or (claim.span,)
    return words(report.text, tuple(Span(*span) for span in spans))


def day_published(report: Report) -> date | None:
    """The day by which the report was out: the latest its date can mean, else the day it was retrieved."""
    window = report.published
    return (window.latest or window.earliest if window is not None else None) or report.retrieved


def day_about(claim: Claim, report: Report, published: date) -> date | None:
    """The day a claim is about: the latest it can mean and be known of; None where that is still to come.

    A time that is only compared with ("unlike in March") is not what the claim is about.
    """
    when = claim.when
    if when is None or compared(when, report.text):
        return published
    if when.earliest is not None and when.earliest > published:
        return None
    return when.latest if when.latest is not None and when.latest <= published else published


def compared(when: When, text: str) -> bool:
    """Is a time only compared with: does a word of comparison stand shortly before the time?"""
    return when.span is not None and _COMPARING.search(text[max(0, when.span.start - 40) : when.span.start]) is not None
