"""What is known of a statement before its role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.said import Said
from tocsin.extract.stance_clause import Clause
from tocsin.model.claim import Modality, Role

Found = tuple[Role, str]
"""A role, and the words that decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of a statement before its role.

    Attributes:
        clause: The statement.
        modality: How surely it is put.
        denied: Whether its main predicate is denied.
        said: The attributions around it, outermost first.
        counted: The tokens of the figures in it.
        measured: Of these, the shares and the figures known within bounds only.
        levels: Whether one of them is a share, a sum of money or a count, not a length or a weight.
        year: The year of publication, if known.
    """

    clause: Clause
    modality: Modality
    denied: bool
    said: Sequence[Said]
    counted: frozenset[int]
    measured: frozenset[int]
    levels: bool
    year: int | None

    @property
    def verb(self) -> str:
        """The verb of saying next to the statement."""
        return self.said[-1].verb if self.said else ""
