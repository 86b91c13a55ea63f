"""Words of estimative probability and the bands they stand for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One row of a yardstick: its word, its synonyms, its bounds."""

    word: str
    low: float
    high: float
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """A named scale. ``contiguous`` scales leave no gap between their first and last bound."""

    name: str
    bands: tuple[Band, ...]
    contiguous: bool = True


ICD_203 = Yardstick(
    name="ICD 203",
    bands=(
        Band(word="almost no chance", low=0.01, high=0.05, synonyms=("remote",)),
        Band(word="very unlikely", low=0.05, high=0.20, synonyms=("highly improbable",)),
        Band(word="unlikely", low=0.20, high=0.45, synonyms=("improbable", "improbably")),
        Band(word="roughly even chance", low=0.45, high=0.55, synonyms=("roughly even", "roughly even odds")),
        Band(word="likely", low=0.55, high=0.80, synonyms=("probable", "probably")),
        Band(word="very likely", low=0.80, high=0.95, synonyms=("highly probable",)),
        Band(
            word="almost certain",
            low=0.95,
            high=0.99,
            synonyms=("almost certainly", "nearly certain"),
        ),
    ),
)
"""ICD 203, D.6.e.2.a. A probability on a shared bound takes the upper band; below 1 % and above 99 % no word."""

PHIA = Yardstick(
    name="PHIA",
    contiguous=False,
    bands=(
        Band(word="remote chance", low=0.0, high=0.05),
        Band(word="highly unlikely", low=0.10, high=0.20),
        Band(word="unlikely", low=0.25, high=0.35),
        Band(word="realistic possibility", low=0.40, high=0.50),
        Band(word="likely", low=0.55, high=0.75, synonyms=("probable",)),
        Band(word="highly likely", low=0.80, high=0.90),
        Band(word="almost certain", low=0.95, high=1.0),
    ),
)
"""UK PHIA yardstick, 24 March 2025. Its gaps are deliberate: a probability inside one has no word."""

YARDSTICKS: dict[str, Yardstick] = {scale.name: scale for scale in (ICD_203, PHIA)}


def word_for(probability: float, yardstick: Yardstick) -> str:
    """The words a page prints for a probability.

    Below 1 % and above 99 % no yardstick word is printed, and none inside a gap between two bands.

    >>> word_for(0.004, ICD_203), word_for(0.3, ICD_203), word_for(0.999, ICD_203)
    ('below 1 %', 'unlikely', 'above 99 %')
    >>> word_for(0.07, PHIA)
    'between remote chance and highly unlikely'
    """
    if probability < 0.01:
        return "below 1 %"
    if probability > 0.99:
        return "above 99 %"
    below = None
    for band in yardstick.bands:
        if probability < band.low:
            return f"between {below.word} and {band.word}" if below else band.word
        last = band is yardstick.bands[-1]
        if probability < band.high or (last and probability <= band.high):
            return band.word
        below = band
    return yardstick.bands[-1].word
