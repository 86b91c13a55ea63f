"""The Admiralty scale's reliability A-F of the source. Credibility of the item is judged apart and not used yet."""

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
