"""The Population data set: claims about towns, and the true values of some of them.

Pasternack and Roth (COLING 2010); the claims are the latest of each contributor on each town and year. Two files are
given by ``--data`` and are no part of this repository: ``claims_no_outliers.txt.xz`` (tab-separated: town_year,
contributor, figure, year) and ``truth.txt`` (town, state, year, figure).

The published table was measured after outliers had been taken out. The rule is repeated here: a claim goes if it is
further from a first guess than 91 % of it, and then, again and again, if it is further than 2.5 standard deviations of
what is left. The first guess was another method's result; here it is the most frequent figure. Median and mean of what
is left come out within one per cent of the published ones.
"""

from __future__ import annotations

import lzma
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CLAIMS, TRUTH = "claims_no_outliers.txt.xz", "truth.txt"
_FAR, _DEVIATIONS = 0.91, 2.5


@dataclass(frozen=True, slots=True)
class Claim:
    """One contributor's figure; contributors without an account are known by their address alone."""

    who: str
    value: float

    @property
    def anonymous(self) -> bool:
        """Has the contributor no account?"""
        return "#0 (" in self.who


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town in a year: what was claimed, outliers taken out, and the true value."""

    name: str
    claims: tuple[Claim, ...]
    truth: float


def read(folder: Path) -> list[Town]:
    """The towns whose truth is known."""
    claims: dict[str, list[Claim]] = {}
    with lzma.open(folder / CLAIMS, "rt", encoding="latin-1") as file:
        for line in file:
            town, who, value, *_ = line.rstrip("\n").split("\t")
            claims.setdefault(town, []).append(Claim(who, float(value)))
    found = []
    for line in (folder / TRUTH).read_text(encoding="utf-8").splitlines():
        *name, year, value = (part.strip() for part in line.split(","))
        key = f"{', '.join(name)}_{year}"
        if key in claims:
            found.append(Town(name=key, claims=_kept(claims[key]), truth=float(value)))
    return found


def voted(values: list[float]) -> float:
    """The most frequent value; of several equally frequent ones the lower of the two in the middle."""
    counts = Counter(values)
    most = sorted(value for value, count in counts.items() if count == max(counts.values()))
    return most[(len(most) - 1) // 2]


def _kept(claims: list[Claim]) -> tuple[Claim, ...]:
    guess = voted([claim.value for claim in claims])
    kept = [claim for claim in claims if abs(claim.value - guess) <= _FAR * guess] or claims
    while True:
        spread = float(np.std([claim.value for claim in kept]))
        closer = [claim for claim in kept if abs(claim.value - guess) <= _DEVIATIONS * spread]
        if spread == 0 or len(closer) == len(kept):
            return tuple(kept)
        kept = closer
