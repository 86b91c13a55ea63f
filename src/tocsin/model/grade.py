"""The Admiralty scale: reliability A-F of the source, and credibility 1-6 of the item, judged apart by another."""

from __future__ import annotations

from enum import StrEnum


class Reliability(StrEnum):
    """Reliability of the source. F is *cannot be judged*: no judgement, and never a number."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Wording(StrEnum):
    """The edition whose wording a grade follows; two circulate, and they differ (C and F most)."""

    STANAG_2511 = "STANAG 2511"
    FM_2_22_3 = "FM 2-22.3"


KNOWS: dict[Reliability, float] = {
    Reliability.A: 0.90,
    Reliability.B: 0.75,
    Reliability.C: 0.57,
    Reliability.D: 0.40,
    Reliability.E: 0.20,
}
"""Probability that a source of this letter knows the state it speaks about (docs/method.md, "Grades").

F is absent on purpose: it has no number until an analyst sets one.
"""

CREDIBILITY: dict[int, float] = {1: 1.0, 2: 1.0, 3: 0.8, 4: 0.5, 5: 0.3, 6: 1.0}
"""Factor on the weight of an item of this credibility (docs/decisions/0033-judgements-and-grades.md).

1 and 2 add nothing: that others confirm an item is what the inference counts already. 6 is no judgement.
"""

DIAGONAL: dict[Reliability, int] = {
    Reliability.A: 1,
    Reliability.B: 2,
    Reliability.C: 3,
    Reliability.D: 4,
    Reliability.E: 5,
    Reliability.F: 6,
}
"""The digit that somebody gives who looks at the letter alone."""
