"""The decisions of the European Union in the data set DEU III: positions, salience and outcome of each issue.

The file ``deu3.csv`` (Arregui and Perarnaud 2021, doi 10.34810/data53) is given by ``--data`` and is no part of this
repository. It has one line per issue after a line of each actor's economic weight; positions are in columns that
begin with ``p``, salience with ``s``, both on a scale of 0 to 100.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_NOT_ACTORS = {"proc", "prname", "proccde"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One decided issue: the proposal it belongs to, the actors' positions and weights, what was decided."""

    proposal: str
    position: Array
    salience: Array
    size: Array
    outcome: float


def read(path: Path) -> list[Issue]:
    """The issues that were decided, with the actors whose position, salience and size are known."""
    with path.open(encoding="utf-8", newline="") as file:
        head, sizes, *rows = list(csv.reader(file, delimiter="\t"))
    columns = [
        (at, head.index("s" + name[1:]))
        for at, name in enumerate(head)
        if name.startswith("p") and name not in _NOT_ACTORS and "s" + name[1:] in head
    ]
    found = []
    for row in rows:
        outcome = _number(row[head.index("out")])
        known = [(_number(row[p]), _number(row[s]), _number(sizes[p])) for p, s in columns]
        actors = np.array([actor for actor in known if not any(math.isnan(value) for value in actor)], dtype=np.float64)
        if math.isnan(outcome) or actors.size == 0 or (actors[:, 1] * actors[:, 2]).sum() <= 0:
            continue
        found.append(
            Issue(
                proposal=row[head.index("prnr")],
                position=actors[:, 0],
                salience=actors[:, 1],
                size=actors[:, 2],
                outcome=outcome,
            )
        )
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
