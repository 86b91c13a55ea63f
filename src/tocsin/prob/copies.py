"""How likely a statement merely repeats another one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OTHER_DAY = 1.0 / 3.0
"""How much less a report about another day is apt to repeat an earlier one than a report about the same day."""


_NEVER = -(10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """Per statement, in order of time, shape ``(report,)``.

    ``copied`` is the chance that it merely repeats one that says the same; ``refused`` the chance that it would have
    repeated an earlier one, where all of those say otherwise.
    """

    copied: NDArray[np.float64]
    refused: NDArray[np.float64]


def repeated(present: NDArray[np.bool_], source: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which statements the same source says again in its next one; shape ``(report,)``, in order of time."""
    out = np.zeros(len(present), dtype=np.bool_)
    order = np.argsort(source, kind="stable")
    same = (source[order][1:] == source[order][:-1]) & (present[order][1:] == present[order][:-1])
    out[order[:-1]] = same
    return out


def copying(
    present: NDArray[np.bool_],
    *,
    source: NDArray[np.int64],
    about: NDArray[np.int64],
    published: NDArray[np.int64],
    origin: NDArray[np.int64],
    copy_probability: NDArray[np.float64],
    independent: NDArray[np.bool_],
    blanket_echo: float,
    blanket_window_days: int,
) -> Copying:
    """How likely each statement on one indicator repeats one of another source; they stand in order of time.

    A detected echo copies its origin where it says the same, and is news where it does not. Any other statement may
    have been taken from an earlier one of another origin within the blanket window, unless independence is
    documented: rather from one about the same day, for an echo speaks of the day that its origin speaks of. What
    echoes a statement has its own origin and takes nothing from it.

    Args:
        present: Shape ``(report,)``; what each says.
        source: Shape ``(report,)``; a number for each source.
        about: Shape ``(report,)``; the day spoken about.
        published: Shape ``(report,)``; day number.
        origin: Shape ``(report,)``; row of the detected origin, -1 for none.
        copy_probability: Shape ``(report,)``; read only where there is an origin.
        independent: Shape ``(report,)``; True where independence is documented.
        blanket_echo: Copy probability of an undetected echo about the same day.
        blanket_window_days: Days between the two publications, at most.

    Source:
        docs/method.md, "Copies".
    """
    count = len(present)
    found = origin >= 0
    out = np.where(found & (present[origin] == present), copy_probability, 0.0) if count else np.zeros(0)
    refused = np.zeros(count)
    if not blanket_echo > 0 or count < 2:
        return Copying(copied=out, refused=refused)
    root = _roots(present, origin)
    back = source[root]
    said = present.astype(np.int64)
    day = about - about.min()
    passes_on = found & (present[origin] == present)
    heads = np.flatnonzero(~passes_on | passes_on[root])  # an echo passes on its origin's word, but for one in a circle
    by_day = _Earlier(2 * day + said, back=back, published=published, heads=heads)
    by_word = _Earlier(said, back=back, published=published, heads=heads)
    near = published - blanket_window_days
    free = ~found & ~independent
    for says, chances in ((said, out), (1 - said, refused)):
        same_day = by_day.published(2 * day + says) >= near
        some_day = by_word.published(says) >= near
        chances[free & some_day] = blanket_echo * OTHER_DAY
        chances[free & same_day] = blanket_echo
        free &= ~(same_day | some_day)
    return Copying(copied=out, refused=refused)


class _Earlier:
    """For each statement, the latest earlier one of another origin that has a certain key."""

    def __init__(
        self,
        key: NDArray[np.int64],
        *,
        back: NDArray[np.int64],
        published: NDArray[np.int64],
        heads: NDArray[np.int64],
    ) -> None:
        """Sort statements by their key.

        Args:
            key: Shape ``(report,)``, in order of time.
            back: The origin of each.
            published: Day numbers.
            heads: Rows of the statements that count as earlier ones.
        """
        rows = heads[np.argsort(key[heads], kind="stable")]
        self._key, self._back, self._published, self._own = key[rows], back[rows], published[rows], back
        self._place = self._key * len(key) + rows
        run = np.ones(len(rows), dtype=np.bool_)
        run[1:] = (self._key[1:] != self._key[:-1]) | (self._back[1:] != self._back[:-1])
        self._begins = np.maximum.accumulate(np.where(run, np.arange(len(rows)), 0))

    def published(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        """The day on which it was published; a day long before any where there is none."""
        count = len(key)
        if not len(self._key):
            return np.full(count, _NEVER)
        at = np.searchsorted(self._place, key * count + np.arange(count)) - 1
        own = (at >= 0) & (self._key[at] == key) & (self._back[at] == self._own)
        at = np.where(own, self._begins[at] - 1, at)
        return np.where((at >= 0) & (self._key[at] == key), self._published[at], _NEVER)


def _roots(present: NDArray[np.bool_], origin: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row that each statement goes back to."""
    out = np.arange(len(origin))
    rows = np.flatnonzero(origin >= 0).tolist()
    if rows:
        says, parent = present.tolist(), origin.tolist()
        out[rows] = [_origin(row, says=says, parent=parent) for row in rows]
    return out


def _origin(row: int, *, says: list[bool], parent: list[int]) -> int:
    """The row at which a chain of echoes that all say the same begins; a circle ends where it closes."""
    seen = {row}
    while parent[row] >= 0 and parent[row] not in seen and says[parent[row]] == says[row]:
        row = parent[row]
        seen.add(row)
    return row
