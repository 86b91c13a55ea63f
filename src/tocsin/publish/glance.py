"""The answer at a glance: what a newcomer reads first, with the way to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.report import Report
from tocsin.publish import headline, reasons, rest
from tocsin.publish.case import Case
from tocsin.publish.lines import Style, paint, wrap
from tocsin.publish.page import ruled
from tocsin.publish.safe import plain
from tocsin.publish.story import Grid, Points, Say, Section, words
from tocsin.publish.uncounted import notices, remarks
from tocsin.publish.words import day

MOST = 3


def render(
    assessment: Assessment,
    *,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating],
    linked: Linked,
    width: int = 100,
    colour: bool = False,
) -> str:
    """The answer, the confidence in it, how soon, the three strongest drivers, and what to watch.

    Args:
        assessment: The answer.
        claims: Claims by id.
        reports: Reports by id.
        ratings: Ratings by claim id.
        linked: What linking made of the claims.
        width: Columns to fill, at least 40.
        colour: Whether it goes to a terminal that shows colour.
    """
    case = Case(assessment, claims=claims, reports=reports, ratings=ratings, linked=linked, commands=True)
    wide = max(width, 40)
    lines = [paint(line, Style.BOLD, colour=colour) for line in wrap(plain(assessment.question), wide)]
    lines += wrap(f"As of {day(assessment.as_of)}. Question: {plain(assessment.problem)}.", wide)
    for text in (*notices(case), *remarks(case)):
        lines += ["", *wrap(words(text), wide)]
    for section in (headline.answer(case), headline.confidence(case), headline.timing(case), _why(case), _watch(case)):
        lines += ruled(_cut(section), wide, colour=colour)
    return "\n".join(lines) + "\n"


def _cut(section: Section) -> Section:
    """Of the answer its first two sentences, of how soon the first; other sections as they are."""
    kept = {"answer": 2, "timing": 1}.get(section.key)
    if kept is None:
        return section
    return replace(section, blocks=tuple(block for block in section.blocks if isinstance(block, Say))[:kept])


def _why(case: Case) -> Section:
    whole = reasons.why(case)
    first = whole.blocks[0]
    cut = replace(first, points=first.points[:MOST]) if isinstance(first, Points) else first
    return Section("why", "What moved it most", (cut,))


def _watch(case: Case) -> Section:
    whole = rest.watch(case)
    first = next((block for block in whole.blocks if isinstance(block, Grid)), None)
    blocks = (replace(first, rows=first.rows[:MOST]),) if first is not None else whole.blocks[:1]
    return Section("watch", "What to watch", blocks)
