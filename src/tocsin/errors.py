"""Everything that can go wrong, as one tree.

TocsinError
├── FaultyInput        a file of the user's holds faults; carries all of them, each with place and cure
├── ReadError          a report cannot be read (one report; the batch goes on)
├── FetchError         an address is not fetched: refused, or no answer worth reading came
├── DeliveryError      an alert was not taken by its channel
├── StoreError         the desk's store refuses
├── ProbabilityError   a number outside the range that the method allows
└── UsageError         a command was asked for something that does not exist

A *fault* is wrong input, collected and shown with its place; an *error* is a raised exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands: the file, and the path or line inside it."""

    file: str
    where: str = ""

    def __str__(self) -> str:
        """``file: where``, or the file alone.

        >>> str(Place("problems/p.toml", "scenario.a.lead"))
        'problems/p.toml: scenario.a.lead'
        """
        return f"{self.file}: {self.where}" if self.where else self.file


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the user's input, with its place and its cure.

    >>> print(Fault(Place("p.toml", "by"), "'soon' is no date", 'write 2022-12-31'))
    p.toml: by: 'soon' is no date (write 2022-12-31)
    """

    place: Place
    message: str
    cure: str = ""

    def __str__(self) -> str:
        """One line: place, message, cure in brackets."""
        cure = f" ({self.cure})" if self.cure else ""
        return f"{self.place}: {self.message}{cure}"


class TocsinError(Exception):
    """Base of every error raised on purpose; its text is fit to be shown to a user."""


class FaultyInput(TocsinError):  # noqa: N818 - it is the input that is faulty, not the program
    """A file of the user's holds faults; ``faults`` lists all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ReadError(TocsinError):
    """A report cannot be read; the message names the file, the reason and the cure."""


class FetchError(TocsinError):
    """An address is not fetched: it is refused, or no answer worth reading came.

    Args:
        message: What, why and the cure; names the address without its query, which may hold a secret.
        status: The status of the answer, if one came.
        retry_after: When the server wants to be asked again, in its own words.
        refused: It was refused by the rules of this program, before or after an answer; asking again is of no use.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: str = "", refused: bool = False
    ) -> None:
        self.status = status
        self.retry_after = retry_after
        self.refused = refused
        super().__init__(message)


class DeliveryError(TocsinError):
    """An alert was not taken by its channel; the message tells why, and holds no secret."""


class StoreError(TocsinError):
    """The desk's store refuses: it is locked, damaged, or of a later version."""


class ProbabilityError(TocsinError):
    """A number lies outside the range that the method allows."""


class UsageError(TocsinError):
    """A command was asked for something that does not exist."""
