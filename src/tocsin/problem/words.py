"""Words for chances, rates and durations, and their numbers (docs/method.md, "Words the analyst gives")."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from tocsin.errors import UsageError
from tocsin.model.problem import Chance
from tocsin.model.yardstick import ICD_203, YARDSTICKS, Yardstick
from tocsin.problem.values import Wrong, alike, number, number_from, pair, shown

SEEN_FIRST: Mapping[str, float] = {
    "necessary": 0.97,
    "nearly always": 0.90,
    "usually": 0.75,
    "often": 0.60,
    "sometimes": 0.35,
    "rarely": 0.10,
    "never": 0.02,
}
"""Would we see it before the onset? Probability that the indicator activates first."""

RATES: Mapping[str, float] = {"never seen": 0.2, "never": 0.2, "rare": 1.0, "now and then": 3.0, "often": 10.0}
"""False starts per year."""

COVERAGE: Mapping[str, float] = {"none": 0.0, "not covered": 0.0, "partly": 0.3, "well": 0.8}
"""Probability that a logged look would see it."""

DAYS_PER: Mapping[str, float] = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.4375,
    "year": 365.25,
}
"""Days in each unit of a duration; a month is a twelfth of a Julian year."""

_COUNTS = {
    word: float(count)
    for count, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
_DURATION = re.compile(r"(\d+(?:\.\d+)?|half an?|[a-z]+)[ -]?(minute|hour|day|week|month|year)s?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?(?:%|per ?cent)")
_ODDS_END = 0.01
LONGEST = 365_250.0
"""The longest duration that is read, in days: a thousand years."""


def plain(word: str) -> str:
    """A word as it is looked up: small letters, single spaces."""
    return " ".join(word.lower().split())


def chance(*, yardstick: Yardstick = ICD_203, words: Mapping[str, float] | None = None) -> Callable[[object], Chance]:
    """A reader of probabilities: a word of a yardstick, a number, or a range ``[low, high]`` (5-95 %).

    A word or range has its point in the middle on the logit scale; a number stands as it is. A band that runs to 0
    or 1 is taken to end at 0.01 or 0.99, where no yardstick word is printed any more.

    Args:
        yardstick: The scale whose meaning of a word comes first; words that only another scale has are read too.
        words: Further words, each for one number.

    >>> round(chance()("unlikely").point, 4)
    0.3114
    >>> chance()([0.2, 0.45]).text
    '0.2 to 0.45'
    """
    bands = probability_words(yardstick)

    def read(value: object) -> Chance:
        if isinstance(value, str):
            word = plain(value)
            if words is not None and word in words:
                return Chance(point=words[word], low=words[word], high=words[word], text=word)
            if word not in bands:
                share = _PERCENT.fullmatch(word)
                if share and float(share[1]) <= 100:
                    raise Wrong(f"{shown(value)} is no probability", f"write {float(share[1]) / 100:g}")
                close = alike(word, [*(words or ()), *bands])
                usual = ", ".join(words if words is not None else [band.word for band in yardstick.bands])
                cure = f"did you mean '{close}'?" if close else f"write one of: {usual}; or a number 0-1"
                raise Wrong(f"{shown(value)} is no probability", cure)
            low, high = bands[word]
            return Chance(point=_between(low, high), low=low, high=high, text=word)
        if isinstance(value, list):
            low, high = (_proportion(end) for end in pair(value, what="range of probability"))
            if low > high:
                raise Wrong(f"{shown(value)} runs from high to low", f"write [{high:g}, {low:g}]")
            if low == high:
                return Chance(point=low, low=low, high=high, text=f"{low:g}")
            if low == 0 or high == 1:
                raise Wrong(f"{shown(value)} reaches certainty", "let a range end within 0.001 and 0.999")
            return Chance(point=_between(low, high), low=low, high=high, text=f"{low:g} to {high:g}")
        point = _proportion(value)
        return Chance(point=point, low=point, high=point, text=f"{point:g}")

    return read


def probability_words(yardstick: Yardstick) -> dict[str, tuple[float, float]]:
    """Every word of every yardstick with its band, the given yardstick's meaning first."""
    bands: dict[str, tuple[float, float]] = {}
    for scale in (yardstick, *YARDSTICKS.values()):
        for band in scale.bands:
            for word in (band.word, *band.synonyms):
                bands.setdefault(plain(word), (max(band.low, _ODDS_END), min(band.high, 1 - _ODDS_END)))
    return bands


def rate(value: object) -> float:
    """False starts per year: a word or a number from 0 to 365."""
    return _word_or(value, RATES, number_from(0, 365), what="rate", unit="a number of times per year")


def coverage(value: object) -> float:
    """How well a logged look sees: a word or a probability."""
    return _word_or(value, COVERAGE, _proportion, what="coverage", unit="a number 0-1")


def coverage_of(written: str) -> float:
    """How well a look sees, as it is written on a command line: a word, or a number.

    Raises:
        UsageError: It is neither.

    >>> coverage_of("partly"), coverage_of("0.5")
    (0.3, 0.5)
    """
    try:
        value: object = float(written)
    except ValueError:
        value = written
    try:
        return coverage(value)
    except Wrong as wrong:
        raise UsageError(f"--coverage: {wrong.message} ({wrong.cure})") from None


def proportion(*, yardstick: Yardstick = ICD_203) -> Callable[[object], float]:
    """A reader of probabilities where only the point is wanted."""
    read = chance(yardstick=yardstick)
    return lambda value: read(value).point


def duration(*, least: float = 0.0, most: float = LONGEST, above: bool = False) -> Callable[[object], float]:
    """A reader of durations in days: ``"6 weeks"``, ``"two days"`` or a number of days.

    Args:
        least: Shortest duration allowed, in days.
        most: Longest duration allowed, in days.
        above: ``least`` itself is not allowed.

    >>> duration()("6 weeks"), duration()(42), duration()("3 months")
    (42.0, 42.0, 91.3125)
    """

    def read(value: object) -> float:
        days = _days(value)
        if days < least or days > most or (above and days == least):
            bounds = f"{'longer than' if above else 'at least'} {least:g} and at most {most:g} days"
            raise Wrong(f"{shown(value)} is too {'long' if days > most else 'short'}", f"write a duration {bounds}")
        return days

    return read


def _days(value: object) -> float:
    if isinstance(value, str):
        match = _DURATION.fullmatch(plain(value))
        count = match and (_COUNTS.get(match[1]) or (float(match[1]) if match[1][0].isdigit() else None))
        if not match or count is None:
            raise Wrong(f"{shown(value)} is no duration", 'write "6 weeks" or 42')
        return count * DAYS_PER[match[2]]
    try:
        return number(value)
    except Wrong:
        raise Wrong(f"{shown(value)} is no duration", 'write "6 weeks" or 42') from None


def _word_or(
    value: object, words: Mapping[str, float], read: Callable[[object], float], *, what: str, unit: str
) -> float:
    if isinstance(value, str):
        if plain(value) not in words:
            raise Wrong(f"{shown(value)} is no {what}", f"write one of: {', '.join(words)}; or {unit}")
        return words[plain(value)]
    return read(value)


def _proportion(value: object) -> float:
    try:
        result = number(value)
    except Wrong:
        raise Wrong(f"{shown(value)} is no probability", 'write a word such as "unlikely" or a number 0-1') from None
    if 1 < result <= 100:
        raise Wrong(f"{shown(value)} is no probability: it is above 1", f"write {result / 100:g} for {result:g} %")
    if not 0 <= result <= 1:
        raise Wrong(f"{shown(value)} is no probability", "write a number from 0 to 1")
    return result


def _between(low: float, high: float) -> float:
    middle = (math.log(low / (1 - low)) + math.log(high / (1 - high))) / 2
    return 1 / (1 + math.exp(-middle))
