"""The assessment as a page of plain text that a person can act on within a minute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.model.assessment import Assessment, Status
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.report import Report
from tocsin.publish.case import Case
from tocsin.publish.headline import scope, signed_point
from tocsin.publish.lines import Style, paint, table, wrap
from tocsin.publish.safe import plain, terminal
from tocsin.publish.sections import sections
from tocsin.publish.story import Block, Grid, Kind, Picture, Point, Points, Ref, Say, Section, Text, Tone
from tocsin.publish.uncounted import notices, remarks
from tocsin.publish.words import NBSP

SIGNS = {Tone.RAISES: "▲", Tone.LOWERS: "▼", Tone.HOLDS: "✓", Tone.FAILS: "✗"}
STYLES = {
    Tone.LEAD: Style.BOLD,
    Tone.NOTE: Style.DIM,
    Tone.RAISES: Style.RED,
    Tone.LOWERS: Style.GREEN,
    Tone.HOLDS: Style.GREEN,
    Tone.FAILS: Style.RED,
}
INDENT = "  "


def render(
    assessment: Assessment,
    *,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating] | None = None,
    linked: Linked | None = None,
    withheld: str = "",
    width: int = 100,
    colour: bool = False,
) -> str:
    """The page: what is asked, then the sections in the order in which a desk reads them.

    What a reader must know first stands above the answer. The board leaves out the indicators of which nothing counts:
    they have a section of their own.

    Args:
        assessment: The answer.
        claims: Claims by id; those missing are named by their id alone.
        reports: Reports by id.
        ratings: Ratings by claim id; they name the sources.
        linked: What linking made of the claims; without it the board lists claims without saying who disagrees.
        withheld: What readers of the page may not see, counted.
        width: Columns to fill, at least 40.
        colour: Whether the page goes to a terminal that shows colour.
    """
    case = Case(
        assessment, claims=claims, reports=reports, ratings=ratings, linked=linked, withheld=withheld, commands=True
    )
    wide = max(width, 40)
    lines = [paint(line, Style.BOLD, colour=colour) for line in wrap(plain(assessment.question), wide)]
    for text in scope(case):
        lines += wrap(spoken(text), wide)
    for text in (*notices(case), *remarks(case)):
        lines += ["", *(paint(line, Style.BOLD, colour=colour) for line in wrap(spoken(text), wide))]
    for section in sections(case):
        lines += ruled(section, wide, colour=colour)
    return "\n".join(lines) + "\n"


def ruled(section: Section, width: int, *, colour: bool) -> list[str]:
    """A section under its heading and rule."""
    title = section.title.upper()
    head = paint(f"{title} {'─' * max(0, width - len(title) - 1)}", Style.BOLD, colour=colour)
    return ["", head, *(line for block in section.blocks for line in _block(block, width, colour=colour))]


def lines_of(blocks: Iterable[Block], width: int) -> list[str]:
    """Blocks of the story as plain lines, for those who ask about one thing alone."""
    return [line for block in blocks for line in _block(block, width, colour=False)]


def signed(assessment: Assessment, *, width: int) -> list[str]:
    """What people signed themselves on the problem, as plain lines."""
    return [line for one in assessment.signed for line in lines_of((Points((signed_point(one),)),), width)]


def spoken(text: Text) -> str:
    """The words of a text; a claim stands as its id in square brackets, to be asked with ``tocsin why``."""
    parts = (part if isinstance(part, str) else _spoken(part) for part in text)
    return terminal("".join(parts)).replace(f"{NBSP}[", " [")


def _spoken(ref: Ref) -> str:
    return f"[{ref.label.replace(' ', NBSP)}]" if ref.kind is Kind.CLAIM else ref.label


def _block(block: Block, width: int, *, colour: bool) -> list[str]:
    match block:
        case Say(text, tone):
            style = STYLES.get(tone, Style.NONE)
            return [paint(line, style, colour=colour) for line in wrap(spoken(text), width, indent=INDENT)]
        case Points(points, title, ordered):
            return _points(points, title, width, ordered=ordered, colour=colour)
        case Grid(title, head, rows, numeric):
            cells = [[spoken(cell) for cell in row.cells] for row in rows if row.state != Status.NOT_COVERED]
            if not cells:
                return wrap(f"{title}: no report counts on any indicator.", width, indent=INDENT)
            lines = table(head, cells, width, numeric=numeric, indent=INDENT * 2)
            dim = [paint(line, Style.DIM, colour=colour) for line in lines[:1]] + lines[1:]
            return [*wrap(f"{title}:", width, indent=INDENT), *dim] if title else dim
        case Picture():
            return []


def _points(points: tuple[Point, ...], title: str, width: int, *, ordered: bool, colour: bool) -> list[str]:
    lines = wrap(f"{title}:", width, indent=INDENT) if title else []
    for place, point in enumerate(points, 1):
        sign = SIGNS.get(point.tone, "·")
        opening = f"{INDENT}{place}. {sign} " if ordered else f"{INDENT}{sign} "
        indent = " " * len(opening)
        first, *others = wrap(spoken(point.text), width, indent=indent, first=opening) or [opening.rstrip()]
        style = STYLES.get(point.tone, Style.NONE)
        lines += [first.replace(sign, paint(sign, style, colour=colour), 1), *others]
        for told in point.notes:
            lines += wrap(spoken(told), width, indent=indent)
    return lines
