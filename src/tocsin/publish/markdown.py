"""The brief as Markdown, for those who go on writing in it: the same story, with every claim's words at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim
from tocsin.model.evidence import Linked, Rating
from tocsin.model.report import Report
from tocsin.publish.case import Case
from tocsin.publish.evidence import standing
from tocsin.publish.headline import scope
from tocsin.publish.page import SIGNS
from tocsin.publish.safe import plain
from tocsin.publish.sections import sections
from tocsin.publish.story import Block, Grid, Kind, Picture, Points, Say, Text, Tone
from tocsin.publish.uncounted import notices, remarks
from tocsin.publish.words import NBSP

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|#~@]|(?<=\w):(?=//)|(?<=www)\.|(?<=!)\[", re.IGNORECASE)
_OPENING = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")


def render(
    assessment: Assessment,
    *,
    claims: Mapping[str, Claim],
    reports: Mapping[str, Report],
    ratings: Mapping[str, Rating] | None = None,
    linked: Linked | None = None,
    withheld: str = "",
) -> str:
    """The brief as Markdown (CommonMark with tables); pictures are left out, for the words beside them say the same.

    Texts of reports are escaped: none of them becomes markup, and no address in them a link.

    Args:
        assessment: The answer.
        claims: Claims by id; those missing are named by their id alone.
        reports: Reports by id.
        ratings: Ratings by claim id; they name the sources.
        linked: What linking made of the claims.
        withheld: What readers of it may not see, counted.
    """
    case = Case(assessment, claims=claims, reports=reports, ratings=ratings, linked=linked, withheld=withheld)
    used = case.used()
    numbers = {name: number for number, name in enumerate(used, 1)}

    def told(text: Text) -> str:
        parts = (
            escaped(part)
            if isinstance(part, str)
            else f"\\[{numbers[part.id]}\\]"
            if part.kind is Kind.CLAIM and part.id in numbers
            else escaped(part.label)
            for part in text
        )
        return _opened("".join(parts).replace(NBSP, " ").strip())

    def blocks(block: Block) -> Iterator[str]:
        match block:
            case Say(text, tone):
                yield f"**{told(text)}**" if tone is Tone.LEAD else told(text)
            case Points(points, title, ordered):
                lines = []
                for place, point in enumerate(points, 1):
                    sign = f"{SIGNS[point.tone]} " if point.tone in SIGNS else ""
                    opening = f"{place}. " if ordered else "- "
                    lines.append(f"{opening}{sign}{told(point.text)}")
                    lines += [f"{' ' * len(opening)}- {told(line)}" for line in point.notes]
                yield from ([f"**{escaped(title)}**"] if title else [])
                yield "\n".join(lines)
            case Grid(title, head, rows, numeric):
                yield from ([f"**{escaped(title)}**"] if title else [])
                ruled = ["---:" if place in numeric else "---" for place in range(len(head))]
                cells = [[escaped(name) for name in head], ruled, *([told(cell) for cell in row.cells] for row in rows)]
                yield "\n".join(f"| {' | '.join(cell or ' ' for cell in row)} |" for row in cells)
            case Picture():
                return

    parts = [f"# {escaped(plain(assessment.question))}"]
    parts += [told(text) for text in scope(case)]
    parts += [f"**{told(text)}**" for text in notices(case)]
    for section in sections(case):
        parts.append(f"## {escaped(section.title)}")
        parts += [part for block in section.blocks for part in blocks(block) if part]
        if section.key == "answer":
            parts += [told(text) for text in remarks(case)]
    if used:
        parts.append("## The words")
        parts += [_words(case, name, number) for name, number in numbers.items()]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""Text in one line of which nothing is markup.

    >>> escaped("a *b* <i> [c](http://d.example)")
    'a \\*b\\* \\<i\\> \\[c\\](http\\://d.example)'
    """
    one = " ".join(part for part in (plain(piece) for piece in text.split(NBSP)) if part)
    kept = f"{' ' if text[:1] == ' ' else ''}{one}{' ' if text[-1:] in {' ', NBSP} else ''}"
    return _MARKUP.sub(lambda found: f"\\{found[0]}", kept)


def _opened(line: str) -> str:
    """A line that begins no list and no heading."""
    return _OPENING.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)


def _words(case: Case, name: str, number: int) -> str:
    """A claim in the sentence it stands in, with where that stands."""
    found = standing(case, name)
    sentence = " ".join(escaped(plain("".join(piece for piece, _ in found.pieces))).split())
    where = ", ".join(escaped(part) for part in (found.title, found.place) if part)
    who = "; ".join(escaped(part) for part in (found.chain, found.kind) if part)
    counted = " ".join(escaped(line) for line in found.counted)
    return "  \n".join(line for line in (f"\\[{number}\\] {sentence}", where, who, counted) if line)
