"""What every product says, in which order: sections made of a few kinds of block, without any look.

The terminal page, the Markdown and the HTML brief are three ways to show one story, so that no product says
more, less or otherwise than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a reference leads to."""

    CLAIM = "claim"
    INDICATOR = "indicator"
    SCENARIO = "scenario"
    FIGURE = "figure"
    SECTION = "section"


class Tone(StrEnum):
    """What a line is to the reader: it raises or lowers the answer, holds or fails, or is an aside."""

    PLAIN = "plain"
    LEAD = "lead"
    NOTE = "note"
    RAISES = "raises"
    LOWERS = "lowers"
    HOLDS = "holds"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Ref:
    """A word that leads to its reasons."""

    kind: Kind
    id: str
    label: str


Text = tuple[str | Ref, ...]
"""Words, with references among them."""


@dataclass(frozen=True, slots=True)
class Say:
    """One paragraph. ``anchor`` names what it speaks of, so that other places can lead here."""

    text: Text
    tone: Tone = Tone.PLAIN
    anchor: Ref | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a list, with lines beneath it."""

    text: Text
    tone: Tone = Tone.PLAIN
    notes: tuple[Text, ...] = ()
    anchor: Ref | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """A list; ``title`` stands above it."""

    points: tuple[Point, ...]
    title: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. ``state`` is the indicator's status where the row is a line of the board."""

    cells: tuple[Text, ...]
    anchor: Ref | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``numeric`` are the columns that line up on the right."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """The place of a picture; products without pictures leave it out, for the words beside it say the same."""

    name: str


Block = Say | Points | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the story under its heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def say(*parts: str | Ref, tone: Tone = Tone.PLAIN, anchor: Ref | None = None) -> Say:
    """A paragraph from words and references."""
    return Say(parts, tone, anchor)


def note(*parts: str | Ref) -> Say:
    """An aside."""
    return Say(parts, Tone.NOTE)


def words(text: Text) -> str:
    """The text without its references' targets.

    >>> words(("seen by ", Ref(Kind.CLAIM, "c1", "c1")))
    'seen by c1'
    """
    return "".join(part if isinstance(part, str) else part.label for part in text)
