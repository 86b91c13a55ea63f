"""From the bytes of a TOML file to its outermost table."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tocsin.errors import Fault, FaultyInput, Place

LARGEST = 1_000_000
"""Bytes that a declared file may have."""

_SHOWN = 80
_CURES = {
    "invalid value": 'text must stand in "quotes"; numbers, dates and true or false stand bare',
    "invalid initial character for a key": "a line is: name = value; a list stands in [brackets], with commas between",
    "invalid statement": "a line is: name = value",
    "expected newline": 'write a date as 2022-12-31, text in "quotes", and one name = value a line',
    "illegal character": 'text must end with the "quote" it began with, on the same line',
    "unterminated string": 'text must end with the "quote" it began with',
    "invalid date or datetime": "write year-month-day, as 2022-12-31",
    "expected '=' after a key": "a line is: name = value; a name holds letters, digits, '-' and '_' only",
    "unclosed array": "close the list with ] and put commas between its items",
    "unescaped '\\'": "write \\\\ for a backslash, or stand the text in 'single quotes'",
    "cannot overwrite a value": "the name stands twice in one table; keep one",
}
"""What the parser says, and in plain words what mends it."""
_OPENED = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")  # what a shell has opened already, as <(…) does
_PLACED = re.compile(r"(.*?) \(at line (\d+), column (\d+)\)", re.DOTALL)
_NAME = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.){0,250}+"|'[^'\n]{0,250}+')"""
_CHAIN = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_NAME}[ \t]*+\.[ \t]*+){{16}}")
"""A key of very many parts, on which the parser would spend memory that grows with the square of its length.

Quoted parts are looked at for 250 characters only, so that the search itself stays linear.
"""
_UNPLACED = re.compile(r" \(at end of document\)$")


def fetch(path: Path) -> tuple[str, str]:
    """The text of a file and the SHA-256 digest of its bytes.

    Raises:
        FaultyInput: it cannot be opened, is too large, or is not UTF-8.
    """
    file = str(path)
    try:
        if path.is_fifo() and not file.startswith(_OPENED):
            raise _faulty(file, "", "is no regular file", "give the file itself")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _faulty(file, "", f"cannot be opened: {reason.lower()}", "check the name and who may read it") from None
    if len(data) > LARGEST:
        raise _too_large(file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _faulty(file, f"line {line}", "is not UTF-8", "save the file in UTF-8") from None
    return text, f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_of(text: str) -> str:
    """SHA-256 digest of a text's UTF-8 bytes."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', errors='surrogatepass')).hexdigest()}"


def parse(text: str, *, file: str) -> Mapping[str, object]:
    """The outermost table of a TOML text.

    Raises:
        FaultyInput: it is no TOML; the fault names line and column.
    """
    if len(text) > LARGEST:
        raise _too_large(file)
    chain = _CHAIN.search(text)
    if chain:
        where = f"line {text.count(chr(10), 0, chain.start()) + 1}"
        raise _faulty(
            file, where, "holds a key of more than sixteen parts", "write tables no deeper than they are asked for"
        )
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        placed = _PLACED.fullmatch(str(error))
        if placed:
            where, message = f"line {placed[2]}, column {placed[3]}", placed[1]
        else:
            where, message = f"line {text.rstrip().count(chr(10)) + 1}", _UNPLACED.sub(" at the end", str(error))
        line = _line(text, int(placed[2])) if placed else ""
        what = f"is no TOML: {message[:1].lower()}{message[1:]}"
        raise _faulty(file, where, f"{what}: {line}" if line else what, _cure(message)) from None
    except (RecursionError, ValueError, OverflowError):
        raise _faulty(file, "", "holds a value too deep or too long to be meant", "write it more simply") from None


def _line(text: str, number: int) -> str:
    """One line of a text as a fault quotes it."""
    lines = text.split("\n")
    return repr(lines[number - 1].strip()[:_SHOWN]) if number <= len(lines) and lines[number - 1].strip() else ""


def _cure(message: str) -> str:
    """What mends a line of which the parser says this."""
    return next((cure for words, cure in _CURES.items() if words in message.lower()), "mend the line")


def _too_large(file: str) -> FaultyInput:
    return _faulty(
        file,
        "",
        f"is larger than {LARGEST // 1_000_000} MB",
        "declare one question per file; reports do not belong in it",
    )


def _faulty(file: str, where: str, message: str, cure: str) -> FaultyInput:
    return FaultyInput([Fault(Place(file, where), message, cure)])
