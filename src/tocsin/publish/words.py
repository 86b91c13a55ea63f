"""How numbers, days and states are put into words, the same on every product."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from datetime import date

from tocsin.model.assessment import Status
from tocsin.model.yardstick import YARDSTICKS

NBSP = "\u00a0"
"""Keeps a number and its unit on one line; the terminal page turns it into a space after wrapping."""

STATUS = {
    Status.OBSERVED: ("●", "observed"),
    Status.AMBIGUOUS: ("◐", "ambiguous"),
    Status.COUNTER: ("⊘", "the opposite asserted"),
    Status.NOT_SEEN: ("○", "looked for, not seen"),
    Status.NOT_COVERED: ("–", "nobody looked"),
}
"""Each state of an indicator has a sign and words; colour is never the only thing that tells them apart."""


def percent(probability: float) -> str:
    """A probability as a percentage with as many digits as it bears.

    >>> [percent(p).replace(NBSP, " ") for p in (0.0, 0.00001, 0.0003, 0.004, 0.021, 0.34, 0.978, 0.9996, 1.0)]
    ['0 %', 'below 0.01 %', '0.03 %', '0.4 %', '2.1 %', '34 %', '98 %', '99.96 %', '100 %']
    """
    if math.isnan(probability):
        return "not known"
    p = min(max(probability, 0.0), 1.0)
    if p in {0.0, 1.0}:
        return f"{p:.0%}".replace("%", f"{NBSP}%")
    rest = min(p, 1 - p)
    if rest < 0.00005:
        return f"below 0.01{NBSP}%" if p < 0.5 else f"above 99.99{NBSP}%"
    digits = 2 if rest < 0.00095 else 1 if rest < (0.0995 if p < 0.5 else 0.0095) else 0
    number = f"{100 * p:.{digits}f}"
    if digits and number.endswith("0"):
        number = number.rstrip("0").rstrip(".")
    return f"{number}{NBSP}%"


def between(low: float | None, high: float | None) -> str:
    """The 5 and 95 % points of a probability, or nothing where no band was computed.

    >>> between(0.001, 0.02).replace(NBSP, " "), between(None, 0.02)
    ('0.1 % to 2 %', '')
    """
    if low is None or high is None:
        return ""
    return f"{percent(low)} to {percent(high)}"


def number(value: float | None) -> str:
    """A quantity: whole where it is whole, thousands parted by commas; three significant digits when large.

    >>> number(23412.7), number(9000), number(2.5), number(None)
    ('23,400', '9,000', '2.5', 'open')
    """
    if value is None:
        return "open"
    if not math.isfinite(value):
        return "not known"
    if value != int(value) and abs(value) >= 1000:
        value = float(f"{value:.3g}")
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.2g}"


def quantity(low: float | None, high: float | None, *, bound: str = "") -> str:
    """A reported figure in words: exact, about, at least, at most, or a range.

    >>> quantity(9000, 9000), quantity(100, None), quantity(80000, 100000), quantity(20000, 20000, bound="about")
    ('9,000', 'at least 100', '80,000 to 100,000', 'about 20,000')
    """
    if low is None and high is None:
        return "open"
    if high is None:
        return f"at least {number(low)}"
    if low is None:
        return f"at most {number(high)}"
    if low == high:
        return f"about {number(low)}" if bound == "about" else number(low)
    return f"{number(low)} to {number(high)}"


def day(value: date) -> str:
    """A day as people write it.

    >>> day(date(2022, 12, 2)).replace(NBSP, " ")
    '2 December 2022'
    """
    return f"{value.day}{NBSP}{value:%B}{NBSP}{value.year}"


def short_day(value: date) -> str:
    """A day where there is little room.

    >>> short_day(date(2022, 12, 2)).replace(NBSP, " ")
    '2 Dec 2022'
    """
    return f"{value.day}{NBSP}{value:%b}{NBSP}{value.year}"


def days(count: float) -> str:
    """A duration in days.

    >>> days(1).replace(NBSP, " "), days(42).replace(NBSP, " ")
    ('1 day', '42 days')
    """
    return f"{number(count)}{NBSP}day{'' if count == 1 else 's'}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(0, "report").replace(NBSP, " "), plural(1, "look"), plural(3, "person", "people").replace(NBSP, " ")
    ('no reports', 'one look', '3 people')
    """
    if count == 1:
        return f"one {one}"
    return f"{count:,}{NBSP}{many or one + 's'}" if count else f"no {many or one + 's'}"


def listed(names: Iterable[str]) -> str:
    """Names in a row: commas, and "and" before the last.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def moved(log_odds: float) -> str:
    """What an item did to the odds, in words; log-odds are added, so odds are multiplied.

    >>> [moved(x).replace(NBSP, " ") for x in (-0.405, 0.693, 0.001, -3.0)]
    ['odds × 0.67', 'odds × 2.0', 'hardly moved it', 'odds × 0.050']
    """
    if abs(log_odds) < 0.005:
        return "hardly moved it"
    factor = math.exp(min(max(log_odds, -700.0), 700.0))
    return f"odds{NBSP}×{NBSP}{_factor(factor)}"


def apart(log_odds: float) -> str:
    """How far two odds lie apart, as a factor of at least one.

    >>> apart(-0.693), apart(25.0), apart(0.0)
    ('2.0', 'over 1,000', '1.0')
    """
    return _factor(math.exp(min(abs(log_odds), 700.0)))


def _factor(factor: float) -> str:
    if factor >= 1000:
        return "over 1,000"
    if factor < 0.001:
        return "under 0.001"
    return f"{factor:,.0f}" if factor >= 100 else f"{factor:#.2g}".rstrip(".")


def band_of(word: str, scale: str) -> str:
    """The percentages a word stands for on a yardstick, or nothing if it is no word of that yardstick.

    >>> band_of("very unlikely", "ICD 203").replace(NBSP, " "), band_of("below 1 %", "ICD 203")
    ('5 % to 20 %', '')
    """
    yardstick = YARDSTICKS.get(scale)
    found = next((band for band in yardstick.bands if band.word == word), None) if yardstick else None
    return f"{percent(found.low)} to {percent(found.high)}" if found else ""


def short(name: str) -> str:
    """The first characters of a long digest, enough to name it to ``tocsin why``; other ids as they stand.

    >>> short("c4be0123456789abcdef"), short("sha256:c4be0123456789abcdef"), short("joint-offensive")
    ('c4be012345', 'sha256:c4be012345', 'joint-offensive')
    """
    kind, colon, rest = name.rpartition(":")
    if re.fullmatch("[0-9a-f]{13,}", rest):
        return f"{kind}{colon}{rest[:10]}"
    return name


def anchor(kind: str, name: str) -> str:
    """An id inside a page, unique for the kind and name whatever characters the name holds.

    >>> anchor("claim", "c4be"), anchor("claim", "a b").startswith("claim-a-b-")
    ('claim-c4be', True)
    """
    slug = re.sub("[^A-Za-z0-9_.]+", "-", name).strip("-")[:60]
    if slug != name:
        slug += "-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kind}-{slug}"
