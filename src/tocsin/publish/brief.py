"""The assessment as one HTML file: it loads nothing, and every number leads back to words in a report."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.report import Report
from tocsin.model.yardstick import YARDSTICKS
from tocsin.publish.case import Case
from tocsin.publish.evidence import standing
from tocsin.publish.pictures import Drawing, curves, density
from tocsin.publish.safe import plain, terminal
from tocsin.publish.sections import sections
from tocsin.publish.story import Grid, Kind, Points, Ref, Say, Section, Text
from tocsin.publish.uncounted import notices, remarks
from tocsin.publish.words import NBSP, STATUS, anchor, between, day, days, percent

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE, STYLE = "brief.html.j2", "brief.css"


def render(
    assessment: Assessment,
    *,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating] | None = None,
    linked: Linked | None = None,
    withheld: str = "",
) -> str:
    """The brief: a headline, the sections in the desk's order with pictures, and the words every claim stands in.

    The file carries a policy under which a browser loads nothing and runs nothing; texts of reports are escaped.

    Args:
        assessment: The answer.
        claims: Claims by id; those missing are named by their id alone.
        reports: Reports by id.
        ratings: Ratings by claim id; they name the sources.
        linked: What linking made of the claims; without it the board lists claims without saying who disagrees.
        withheld: What readers of the page may not see, counted.
    """
    case = Case(assessment, claims=claims, reports=reports, ratings=ratings, linked=linked, withheld=withheld)
    story = sections(case)
    used = case.used()
    places = frozenset(_anchors(story)) | {anchor(Kind.CLAIM, name) for name in used}
    numbers = {name: number for number, name in enumerate(used, 1)}
    style = _read(STYLE)
    template = _environment().get_template(TEMPLATE)
    page = template.render(
        a=assessment,
        withheld=withheld,
        notices=notices(case),
        remarks=remarks(case),
        sections=story,
        standings=[standing(case, name) for name in used],
        numbers=numbers,
        places=places,
        drawings=_drawings(case),
        bands=_bands(assessment),
        style=style,
        style_digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        closed=assessment.answer.by <= assessment.as_of,
    )
    return page.strip() + "\n"


@cache
def _read(name: str) -> str:
    return files("tocsin.publish").joinpath("templates", name).read_text(encoding="utf-8").strip()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        anchor=lambda ref: anchor(ref.kind, ref.id),
        between=between,
        claim_anchor=lambda name: anchor(Kind.CLAIM, name),
        block=lambda block: type(block).__name__.lower(),
        day=day,
        days=days,
        percent=percent,
        plain=plain,
        sign=lambda status: STATUS[status][0],
        visible=terminal,
        words=_words,
    )
    environment.tests["ref"] = lambda part: isinstance(part, Ref)
    return environment


def _words(text: Text) -> str:
    return "".join(part if isinstance(part, str) else part.label for part in text).replace(NBSP, " ")


def _anchors(story: tuple[Section, ...]) -> Iterator[str]:
    for section in story:
        yield anchor(Kind.SECTION, section.key)
        for block in section.blocks:
            refs: tuple[Ref | None, ...] = ()
            if isinstance(block, Grid):
                refs = tuple(row.anchor for row in block.rows)
            elif isinstance(block, Points):
                refs = tuple(point.anchor for point in block.points)
            elif isinstance(block, Say):
                refs = (block.anchor,)
            yield from (anchor(ref.kind, ref.id) for ref in refs if ref is not None)


def _drawings(case: Case) -> dict[str, Drawing]:
    found = {"curves": curves(case.assessment)}
    for figure in case.assessment.figures:
        same = [entry for entry in case.assessment.figures if entry.id == figure.id]
        found.setdefault(f"figure:{figure.id}", density(case, same))
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def _bands(assessment: Assessment) -> list[dict[str, object]]:
    """The rows of the yardstick with their place on a scale of 0 to 1000, and which of them the answer falls in."""
    scale = YARDSTICKS.get(assessment.answer.yardstick)
    bands = scale.bands if scale else ()
    return [
        {
            "word": b.word,
            "x": round(1000 * b.low),
            "wide": round(1000 * (b.high - b.low)),
            "here": b.word == assessment.answer.words,
        }
        for b in bands
    ]
