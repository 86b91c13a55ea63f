"""Other people's scales, used where their own text maps them, and left empty where it does not.

Confidence in a judgement and the probability of an event are two things, and go into two places.
"""

from __future__ import annotations

from tocsin.model.grade import Reliability
from tocsin.model.yardstick import ICD_203

STIX_CONFIDENCE = {"low": 15, "moderate": 50, "high": 85}
"""STIX 2.1 Errata 01, appendix A, the scale None/Low/Med/High: the value that stands for each word."""

MISP_CONFIDENCE = frozenset({"low", "moderate", "high"})
"""Predicate values of ``estimative-language:confidence-in-analytic-judgment``."""

_LIKELIHOOD = {band.word: band.word.replace(" ", "-") for band in ICD_203.bands}


def stix_confidence(level: str) -> int | None:
    """The STIX value of a confidence level; None (the property is then left out) where it is no such level.

    >>> stix_confidence("moderate"), stix_confidence("very likely")
    (50, None)
    """
    return STIX_CONFIDENCE.get(level)


def judged(reliability: Reliability) -> str | None:
    """The letter of a source's reliability; None for F, which is no judgement.

    >>> judged(Reliability.B), judged(Reliability.F)
    ('B', None)
    """
    return None if reliability is Reliability.F else reliability.value


def credible(digit: int | None) -> str | None:
    """The digit of an item's credibility, as a word and no number; None for 6, which is no judgement.

    >>> credible(3), credible(6), credible(None)
    ('3', None, None)
    """
    return None if digit in {None, 6} else str(digit)


def misp_likelihood(words: str, yardstick: str) -> str | None:
    """The MISP value of a word of ICD 203; None for a word of another yardstick, and below 1 % or above 99 %.

    >>> misp_likelihood("very unlikely", "ICD 203"), misp_likelihood("unlikely", "PHIA")
    ('very-unlikely', None)
    >>> misp_likelihood("below 1 %", "ICD 203") is None
    True
    """
    return _LIKELIHOOD.get(words) if yardstick == ICD_203.name else None
