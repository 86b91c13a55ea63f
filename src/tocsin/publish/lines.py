"""Plain text set in lines of a given width: paragraphs, lists and tables, with colour only where it is wanted."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum

from tocsin.publish.safe import terminal
from tocsin.publish.words import NBSP

GAP = 2


class Style(StrEnum):
    """How a line stands out on a terminal; without colour the words alone must do."""

    NONE = ""
    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"


def paint(text: str, style: Style, *, colour: bool) -> str:
    """The text in a terminal's style, or as it stands."""
    return f"\x1b[{style.value}m{text}\x1b[0m" if colour and style is not Style.NONE and text else text


def breadth(text: str) -> int:
    """Columns that a text takes on a terminal: wide characters take two, combining marks none.

    >>> breadth("abc"), breadth("警报"), breadth("e\u0301")
    (3, 4, 1)
    """
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, *, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most ``width`` columns; a number keeps its unit beside it."""
    opening = indent if first is None else first
    narrow = width - max(0, breadth(text) - len(text)) * width // max(breadth(text), 1)
    lines = textwrap.wrap(
        terminal(text),
        max(narrow, len(indent) + 6),
        initial_indent=opening,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return [line.replace(NBSP, " ") for line in lines]


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, numeric: Iterable[int] = (), indent: str = "  "
) -> list[str]:
    """Rows in columns, the widest ones wrapped until all fit; the first line is the head.

    Where there is no room for columns, or they would be longer, each row is a small list: its first cell, then the
    others by name.
    """
    texts = [tuple(head), *(tuple(row) for row in rows)]
    room = width - len(indent) - GAP * (len(head) - 1)
    widths = _widths(texts, room)
    if widths is None:
        return stacked(head, rows, width, indent=indent)
    columns = _columned(texts, widths, frozenset(numeric), indent)
    if len(columns) < 2 * len(texts):
        return columns
    return min(columns, stacked(head, rows, width, indent=indent), key=len)


def _columned(texts: Sequence[Sequence[str]], widths: Sequence[int], right: frozenset[int], indent: str) -> list[str]:
    lines: list[str] = []
    for row in texts:
        cells = [wrap(cell, wide) or [""] for cell, wide in zip(row, widths, strict=True)]
        for number in range(max(len(cell) for cell in cells)):
            parts = [
                _pad(cell[number] if number < len(cell) else "", wide, right=column in right)
                for column, (cell, wide) in enumerate(zip(cells, widths, strict=True))
            ]
            lines.append((indent + (" " * GAP).join(parts)).rstrip())
    return lines


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * max(0, width - breadth(text))
    return space + text if right else text + space


def stacked(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, indent: str = "") -> list[str]:
    """Each row as a small list: its first cell, then the others by name, the empty ones left out."""
    lines: list[str] = []
    for row in rows:
        lines += wrap(row[0], width, indent=indent)
        for name, value in zip(head[1:], row[1:], strict=True):
            if value not in {"", "–"}:
                lines += wrap(f"{name}: {value}" if name else value, width, first=indent + "  ", indent=indent + "    ")
    return lines


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """What each column would like if there is room, else at least its longest word; None if even that fails."""
    columns = list(zip(*rows, strict=True))
    natural = [max(breadth(cell) for cell in column) for column in columns]
    if sum(natural) <= room:
        return natural
    longest = [max(breadth(word) for cell in column for word in cell.split(" ")) for column in columns]
    widths = [min(full, max(10, min(word, 26))) for full, word in zip(natural, longest, strict=True)]
    spare = room - sum(widths)
    if spare < 0:
        return None
    while spare > 0:
        wanting = [i for i, (now, full) in enumerate(zip(widths, natural, strict=True)) if now < full]
        share = max(1, spare // max(len(wanting), 1))
        for column in wanting:
            step = min(share, natural[column] - widths[column], spare)
            widths[column] += step
            spare -= step
        if not wanting:
            break
    return widths
