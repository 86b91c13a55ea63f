"""What stands around a claim: its words, the other claims of its report, its dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.link.ground import Ground, standing, written
from tocsin.link.words import Word, words
from tocsin.model.claim import Claim, PlaceMention, When
from tocsin.model.report import Report, Span
from tocsin.text.places import settled

_COMPARING = re.compile(
    r"\b(?:like|unlike|than|as in|compared (?:to|with|to that)|similar to|relative to)\s+(?:[\w'’]+\s+){0,3}$",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\s][^\n]*")
_HEADED = re.compile(r"[\W\d]*(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+| of| the| al){0,4})")
_NAME_WORD = re.compile(r"\S+")
_HEADING = 80
"""Characters of a line that may be a heading."""
_FOLLOWING = 4
"""Words that may follow a place's name in a heading that is about the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The places that a report mentions, in order of the text, and the text itself.

    Those are the places of its claims, those its headings begin with, and those that the problem alone knows wherever
    their words stand.
    """

    report: Report
    mentions: tuple[PlaceMention, ...]
    starts: tuple[int, ...]
    headings: tuple[Span, ...]
    ground: Ground

    def same_sentence(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places of the claim's sentence, nearest before its content first, then those behind it."""
        inside = self._between(claim.sentence.start, claim.sentence.stop)
        before = [mention for mention in inside if mention.span.start < claim.span.start]
        return (*reversed(before), *(mention for mention in inside if mention.span.start >= claim.span.stop))

    def same_paragraph(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places of the paragraph before the claim's sentence and of the heading above it, the nearest first."""
        start = self.report.text.rfind("\n", 0, claim.sentence.start) + 1
        above = bisect_left(self.headings, Span(start, start)) - 1
        if above >= 0 and not self.report.text[self.headings[above].stop : start].strip():
            start = self.headings[above].start
        return tuple(reversed(self._between(start, claim.sentence.start)))

    def before(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places of the report before the claim's sentence, the nearest first."""
        return tuple(reversed(self._between(0, claim.sentence.start)))

    def _between(self, start: int, stop: int) -> tuple[PlaceMention, ...]:
        """The places that begin within a stretch of the text."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, stop)]


def surroundings(claims: Sequence[Claim], reports: Mapping[str, Report], watched: Ground) -> dict[str, Surroundings]:
    """The surroundings of every report, by its id."""
    places: dict[str, dict[Span, PlaceMention]] = {report: {} for report in reports}
    said: dict[str, list[Span]] = {report: [] for report in reports}
    for claim in claims:
        if claim.report in places:
            said[claim.report].append(claim.sentence)
            for mention in claim.places:
                places[claim.report].setdefault(mention.span, mention)
    found: dict[str, Surroundings] = {}
    for report, by_span in places.items():
        text = reports[report].text
        headings = tuple(_headings(text, said[report]))
        for mention in _heads(text, headings, watched.near | {one.country for one in by_span.values() if one.country}):
            by_span[mention.span] = mention
        taken = {at for span, one in by_span.items() if written(one) for at in range(span.start, span.stop)}
        for mention in standing(watched, text):
            if taken.isdisjoint(range(mention.span.start, mention.span.stop)):
                by_span[mention.span] = mention
        mentions = tuple(by_span[span] for span in sorted(by_span))
        starts = tuple(mention.span.start for mention in mentions)
        found[report] = Surroundings(
            report=reports[report], mentions=mentions, starts=starts, headings=headings, ground=watched
        )
    return found


def _headings(text: str, said: Sequence[Span]) -> Iterator[Span]:
    """The short lines of a text in which nothing is claimed: headings, the cells of a table's row."""
    taken = sorted(said)
    starts = [span.start for span in taken]
    for line in _LINE.finditer(text):
        at = bisect_left(starts, line.end())
        if len(line.group()) <= _HEADING and not any(span.stop > line.start() for span in taken[max(0, at - 3) : at]):
            yield Span(*line.span())


def _heads(text: str, headings: Sequence[Span], near: frozenset[str]) -> Iterator[PlaceMention]:
    """The places that headings begin with, where little follows: "Goma airport", "2. North Kordofan - security".

    A line with a date is rather where and when the report was written.
    """
    for span in headings:
        names = _HEADED.match(text, span.start, span.stop)
        if names is None:
            continue
        words = list(_NAME_WORD.finditer(names.group("name")))
        for length in range(len(words), 0, -1):
            start, stop = names.start("name"), names.start("name") + words[length - 1].end()
            entry = settled(text[start:stop], near)
            rest = text[stop : span.stop]
            if entry is not None and len(rest.split()) <= _FOLLOWING and not re.search(r"\d", rest):
                yield PlaceMention(
                    text=text[start:stop],
                    name=entry.name,
                    country=entry.country,
                    lat=entry.lat,
                    lon=entry.lon,
                    span=Span(start, stop),
                )
                break


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
