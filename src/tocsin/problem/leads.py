"""Lead times: three durations, or pairs of days and probability."""

from __future__ import annotations

import math

from tocsin.model.time import Lead, Quantiles
from tocsin.problem.values import Wrong, number, pair, shown
from tocsin.problem.words import duration

LONGEST = 3660
"""The longest lead that is read, in days: ten years."""

_WAYS = 'write ["42 days", "49 days", "63 days"] for at least, typically, at most'
_SUM_WITHIN = 1e-6


def lead(value: object) -> Lead:
    """A lead in one of its two forms.

    >>> lead(["6 weeks", 49, "9 weeks"]).least
    42.0
    >>> lead([[42, 0.5], [43, 0.5]]).pairs
    ((42, 0.5), (43, 0.5))
    """
    if not isinstance(value, list) or not value:
        raise Wrong(f"{shown(value)} is no lead", _around(value) or _WAYS)
    if isinstance(value[0], list):
        return Lead(pairs=_pairs(value))
    if len(value) != 3:
        raise Wrong(f"{shown(value)} gives {len(value)} durations, not three", _WAYS)
    read = duration(most=LONGEST)
    least, typical, most = (read(item) for item in value)
    if not least <= typical <= most:
        ordered = [
            item for _, item in sorted(zip((least, typical, most), value, strict=True), key=lambda pair: pair[0])
        ]
        cure = f"write [{', '.join(_quoted(item) for item in ordered)}] for at least, typically, at most"
        raise Wrong(f"{shown(value)} does not run from short to long", cure)
    if least == 0:
        raise Wrong(
            f"{shown(value)} begins at nothing", "write 0.5 for half a day, or pairs such as [[0, 0.2], [1, 0.8]]"
        )
    return Lead(quantiles=Quantiles(least=least, typical=typical, most=most))


def _quoted(item: object) -> str:
    return f'"{item}"' if isinstance(item, str) else str(item)


def _around(value: object) -> str:
    """The cure where one duration stands for three: a range around it; empty where it is no duration."""
    try:
        days = duration(above=True, most=LONGEST)(value)
    except Wrong:
        return ""
    least, most = (float(f"{days * factor:.2g}") for factor in (0.5, 2))
    return f"write three, such as [{least:g}, {_quoted(value)}, {most:g}] for at least, typically, at most, in days"


def shares(value: object, *, what: str, above: float, most: float = math.inf) -> tuple[tuple[float, float], ...]:
    """Pairs of a number and its probability, the probabilities summing to one.

    Args:
        value: What stood in the file.
        what: What the first number of a pair is.
        above: Bound that each first number must exceed.
        most: The largest that it may be.
    """
    if not isinstance(value, list) or not value:
        raise Wrong(f"{shown(value)} is no list of pairs", f"write [[{what}, probability], …]")
    result = []
    for item in value:
        first, share = (number(part) for part in pair(item, what=f"pair of {what} and probability"))
        if not above < first <= most or not 0 <= share <= 1:
            raise Wrong(f"{shown(item)} is out of range", f"write [{what}, probability from 0 to 1]")
        result.append((first, share))
    if len({first for first, _ in result}) < len(result):
        raise Wrong(f"{shown(value)} gives the same {what} twice", "write each once, with the sum of its probabilities")
    total = math.fsum(share for _, share in result)
    if abs(total - 1) > _SUM_WITHIN:
        raise Wrong(f"the probabilities sum to {total:g}, not to 1", "let them sum to 1")
    return tuple(result)


def _pairs(value: object) -> tuple[tuple[int, float], ...]:
    result = []
    for days, share in shares(value, what="days", above=-1):
        if days != int(days) or not 0 <= days <= LONGEST:
            raise Wrong(f"{days:g} is no whole number of days", f"write a whole number from 0 to {LONGEST}")
        result.append((int(days), share))
    return tuple(result)
