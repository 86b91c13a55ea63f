"""Plain values out of a TOML file: a reader takes what stood there and gives what was meant, or says what is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SHOWN = 60
_LONGEST_TEXT = 5000
_MOST_TEXTS = 1000
_Choice = TypeVar("_Choice", bound=StrEnum)


class Wrong(Exception):  # noqa: N818 - it says what is wrong with a value, and becomes a fault with a place
    """A value that cannot be meant; the table that holds it turns this into a fault with its place."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure


def shown(value: object, *, levels: int = 2) -> str:
    """A value as a fault quotes it: short, on one line, in the words of TOML.

    >>> shown("six weeks-ish"), shown(True), shown([1, 2]), shown({"a": 1})
    ("'six weeks-ish'", 'true', '[1, 2]', 'a table')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            text = repr(value)
        case list() if levels == 0:
            text = "[…]"
        case list():
            text = (
                f"[{', '.join(shown(item, levels=levels - 1) for item in value[:6])}{', …' if len(value) > 6 else ''}]"
            )
        case dict():
            return "a table"
        case datetime() | date() | time():
            return value.isoformat()
        case int() if value.bit_length() > 200:
            return "a number of very many digits"
        case _:
            text = str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 2]}…{text[-1]}"


def alike(word: str, known: Collection[str]) -> str | None:
    """The known word that looks most like this one, or None where none does.

    >>> alike("questoin", ["question", "resolution"])
    'question'
    """
    close = get_close_matches(word.lower(), {name.lower(): name for name in known}, n=1, cutoff=0.7)
    return next((name for name in known if close and name.lower() == close[0]), None)


def nearest(word: str, known: Collection[str], *, what: str) -> str:
    """The cure for a word that is not among the known ones: the one that looks alike, or all of them.

    >>> nearest("statment", ["id", "statement"], what="keys")
    "did you mean 'statement'?"
    >>> nearest("zzz", ["b", "a"], what="gates")
    'known gates: a, b'
    """
    close = alike(word, known)
    if close is not None:
        return f"did you mean '{close}'?"
    if not known:
        return f"there are no {what}"
    return f"known {what}: {', '.join(sorted(known))}"


def text(value: object) -> str:
    """A text that says something."""
    if not isinstance(value, str):
        raise Wrong(f"{shown(value)} is no text", "write it between quotation marks")
    if not value.strip():
        raise Wrong("is empty", "write a text or leave the key out")
    if _CONTROL.search(value):
        raise Wrong("holds a control character", "delete it")
    if len(value) > _LONGEST_TEXT:
        raise Wrong(f"is {len(value)} characters long", f"say it in {_LONGEST_TEXT} characters at most")
    return value.strip()


def ident(value: object) -> str:
    """An id: letters, digits, hyphens and underscores, at most 64."""
    name = text(value)
    if not _ID.fullmatch(name):
        raise Wrong(
            f"{shown(name)} is no id", "use letters a-z, digits, '-' and '_', at most 64, as in 'strike-groups'"
        )
    return name


def flag(value: object) -> bool:
    """True or false, nothing that only looks like it."""
    if not isinstance(value, bool):
        raise Wrong(f"{shown(value)} is neither true nor false", "write true or false, without quotation marks")
    return value


def number(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f"{shown(value)} is no number", "write a number without quotation marks, as in 0.3")
    try:
        result = float(value)
    except OverflowError:
        result = math.inf
    if not math.isfinite(result):
        raise Wrong(f"{shown(value)} is no finite number", "write a finite number")
    return result


def number_from(low: float, high: float = math.inf, *, above: bool = False) -> Callable[[object], float]:
    """A reader of numbers from ``low`` to ``high``, both included; with ``above``, ``low`` itself is excluded."""

    def read(value: object) -> float:
        result = number(value)
        if result < low or result > high or (above and result == low):
            if math.isfinite(high):
                bounds = f"above {low:g}, at most {high:g}" if above else f"from {low:g} to {high:g}"
            else:
                bounds = f"above {low:g}" if above else f"of at least {low:g}"
            raise Wrong(f"{shown(value)} is out of range", f"write a number {bounds}")
        return result

    return read


def whole_from(low: int, high: int) -> Callable[[object], int]:
    """A reader of whole numbers from ``low`` to ``high``, both included."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(f"{shown(value)} is no whole number in range", f"write a whole number from {low} to {high}")
        return value

    return read


def choice(kind: type[_Choice], *, what: str) -> Callable[[object], _Choice]:
    """A reader of one word out of an enumeration; capitals and spaces around it do not matter."""
    known = {member.value.lower(): member for member in kind}

    def read(value: object) -> _Choice:
        word = value.strip().lower() if isinstance(value, str) else ""
        if word not in known:
            raise Wrong(f"{shown(value)} is no {what}", f"write one of: {', '.join(member.value for member in kind)}")
        return known[word]

    return read


def word_of(*words: str, what: str) -> Callable[[object], str]:
    """A reader of one of a few fixed words."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise Wrong(f"{shown(value)} is no {what}", f"write one of: {', '.join(words)}")
        return value

    return read


def texts(value: object) -> tuple[str, ...]:
    """One text or a list of texts; each once, in the order given."""
    if isinstance(value, str):
        return (text(value),)
    if not isinstance(value, list):
        raise Wrong(f"{shown(value)} is no list of texts", 'write ["one", "another"]')
    if not all(isinstance(item, str) and item.strip() for item in value):
        raise Wrong(
            f"{shown(value)} holds something that is no text", 'write ["one", "another"], each with words in it'
        )
    if len(value) > _MOST_TEXTS:
        raise Wrong(f"{len(value)} texts are too many", f"give at most {_MOST_TEXTS}")
    return tuple(dict.fromkeys(text(item) for item in value))


def pair(value: object, *, what: str) -> tuple[object, object]:
    """A list of exactly two."""
    if not isinstance(value, list) or len(value) != 2:
        raise Wrong(f"{shown(value)} is no {what}", "write two values in brackets, as in [0.2, 0.45]")
    return value[0], value[1]


def string_keyed(value: object) -> Mapping[str, object] | None:
    """The value as a table, or None if it is none; TOML has no keys but texts."""
    return value if isinstance(value, dict) else None
