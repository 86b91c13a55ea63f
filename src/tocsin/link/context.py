"""What stands around a claim: its words, the other claims of its report, its dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tocsin.link.words import Word, words
from tocsin.model.claim import Claim, PlaceMention, When
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Span
from tocsin.text.places import known, settled, spoken_of

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
class Ground:
    """The places that a problem watches.

    ``near`` are the ISO codes of the countries that it speaks of: those settle what a name stands for. ``declared`` are
    the names watched that nobody knows: places of the problem's own, told by their words.
    """

    near: frozenset[str]
    declared: tuple[str, ...]


def ground(problem: WarningProblem) -> Ground:
    """What is watched where, over all indicators, gates and figures of a problem."""
    watches = [item.watch for group in (problem.indicators, problem.gates, problem.figures) for item in group]
    names = tuple(dict.fromkeys(name for watch in watches for name in watch.where))
    near = spoken_of(names, problem.question)
    return Ground(near=near, declared=tuple(name for name in names if not known(name, near)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The places that a report mentions, in order of the text, and the text itself.

    Those are the places of its claims, and the names that the problem alone knows wherever they stand; ``own`` says
    where those are.
    """

    report: Report
    mentions: tuple[PlaceMention, ...]
    starts: tuple[int, ...]
    own: frozenset[Span]
    headings: tuple[Span, ...]
    ground: Ground

    def of(self, claim: Claim) -> tuple[PlaceMention, ...]:
        """The places in a claim's content, the problem's own instead of what their words were taken for."""
        if not all(map(_written, claim.places)):
            return claim.places
        parts = claim.parts or (claim.span,)
        inside = (
            mention
            for start, stop in parts
            for mention in self._between(start, stop)
            if mention.span in self.own and mention.span.stop <= stop
        )
        ours = {mention.span: mention for mention in inside}
        others = [
            mention
            for mention in claim.places
            if not any(mention.span.start < span.stop and span.start < mention.span.stop for span in ours)
        ]
        return tuple(sorted((*others, *ours.values()), key=lambda mention: mention.span))

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
    own = standing(watched.declared)
    found: dict[str, Surroundings] = {}
    for report, by_span in places.items():
        text = reports[report].text
        headings = tuple(_headings(text, said[report]))
        for mention in _heads(text, headings, watched.near | {one.country for one in by_span.values() if one.country}):
            by_span[mention.span] = mention
        ours = frozenset(_ours(list(own(text)), by_span, watched.near))
        mentions = tuple(by_span[span] for span in sorted(by_span))
        starts = tuple(mention.span.start for mention in mentions)
        found[report] = Surroundings(
            report=reports[report], mentions=mentions, starts=starts, own=ours, headings=headings, ground=watched
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


def _ours(named: Sequence[PlaceMention], by_span: dict[Span, PlaceMention], near: frozenset[str]) -> Iterator[Span]:
    """Put the problem's own places among those of a report, and give where each stands.

    What the report's words were taken for goes, except for a place abroad in a report that names none at home.
    """
    written = [span for span, mention in by_span.items() if _written(mention)] if named else []
    taken = {at: span for span in written for at in range(span.start, span.stop)}
    for mention in named:
        over = {taken[at] for at in range(mention.span.start, mention.span.stop) if at in taken}
        abroad = {by_span[span].country for span in over} - {None} - near
        if abroad and not any(other.country in near for other in by_span.values()):
            continue
        for span in over:
            del by_span[span]
        by_span[mention.span] = mention
        taken |= dict.fromkeys(range(mention.span.start, mention.span.stop), mention.span)
        yield mention.span


def _written(mention: PlaceMention) -> bool:
    """Does a mention stand in the text, rather than being what an analyst said of the whole claim?"""
    return len(mention.text) == mention.span.stop - mention.span.start


@lru_cache(maxsize=256)
def standing(names: tuple[str, ...]) -> Callable[[str], Iterator[PlaceMention]]:
    """What finds names in a text wherever their words stand: in capitals as they are declared, or all in capitals."""
    if not names:
        return lambda _: iter(())
    spelled = {_spaced(name): name for name in sorted(names, key=len, reverse=True)}
    any_of = re.compile(
        r"\b(?:" + "|".join(r"[\s-]+".join(map(re.escape, key.split())) for key in spelled) + r")\b", re.IGNORECASE
    )

    def find(text: str) -> Iterator[PlaceMention]:
        for match in any_of.finditer(text):
            name = spelled[_spaced(match.group())]
            if not name[0].isupper() or match.group()[0].isupper():
                yield PlaceMention(
                    text=match.group(), name=name, country=None, lat=None, lon=None, span=Span(*match.span())
                )

    return find


def _spaced(name: str) -> str:
    return " ".join(name.replace("-", " ").lower().split())


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
    if when is None or _compared(when, report.text):
        return published
    if when.earliest is not None and when.earliest > published:
        return None
    return when.latest if when.latest is not None and when.latest <= published else published


def _compared(when: When, text: str) -> bool:
    """Does a word of comparison stand shortly before the time?"""
    return when.span is not None and _COMPARING.search(text[max(0, when.span.start - 40) : when.span.start]) is not None
