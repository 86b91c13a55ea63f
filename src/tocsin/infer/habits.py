"""How sources speak, as far as nobody can know it beforehand: whether they are settled, and how much is copied.

Two habits are common to all reports on a desk. Do sources that speak again speak of the same mind, or look afresh each
time? And how much of what agrees is an echo that nobody has found? Each is a hidden quantity with a few values, weighed
by how probable it makes the reports, as the tempo is.

Source:
    docs/method.md, "Habits".
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.errors import ProbabilityError
from tocsin.model.problem import Method

_SUM_WITHIN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One way in which sources may speak, and its prior probability.

    ``settled`` is the chance that a statement of a source that speaks again comes of the mind it had before,
    ``blanket`` that a report which agrees with an earlier one about the same day repeats it.
    """

    settled: float
    blanket: float
    chance: float


def habits(method: Method) -> tuple[Habit, ...]:
    """All combinations that have any probability.

    Raises:
        ProbabilityError: The values or their probabilities are none.
    """
    for name, law in (("self_repeat", method.self_repeat), ("blanket_echo", method.blanket_echo)):
        total = sum(chance for _, chance in law)
        if not abs(total - 1) <= _SUM_WITHIN or any(not (0 <= v <= 1 and chance >= 0) for v, chance in law):
            raise ProbabilityError(f"method.{name} needs values between 0 and 1 with probabilities that sum to 1")
    return tuple(
        Habit(settled=settled, blanket=blanket, chance=one * other)
        for settled, one in method.self_repeat
        for blanket, other in method.blanket_echo
        if one * other > 0
    )
