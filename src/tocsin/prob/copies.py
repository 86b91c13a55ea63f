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
    says, who, parent = present.tolist(), source.tolist(), origin.tolist()
    back = [who[_origin(row, says=says, parent=parent)] if parent[row] >= 0 else who[row] for row in range(count)]
    free = (~found & ~independent).tolist()
    # per statement and day, and per statement on any day: day and origin of the latest, and of the latest of another
    seen: dict[tuple[bool, int], tuple[int, int, int]] = {}
    for row, (said, of, day) in enumerate(zip(says, about.tolist(), published.tolist(), strict=True)):
        own = back[row]
        if free[row]:
            least = day - blanket_window_days
            for says_same in (True, False):
                key = said if says_same else not said
                chance = 0.0
                for about_key, share in ((of, 1.0), (-1, OTHER_DAY)):
                    last = seen.get((key, about_key))
                    if last is not None and (last[0] if last[1] != own else last[2]) >= least:
                        chance = blanket_echo * share
                        break
                if chance:
                    (out if says_same else refused)[row] = chance
                    break
        for about_key in (of, -1):
            last = seen.get((said, about_key))
            if last is None:
                seen[said, about_key] = (day, own, _NEVER)
            else:
                seen[said, about_key] = (day, own, last[0] if last[1] != own else last[2])
    return Copying(copied=out, refused=refused)


def _origin(row: int, *, says: list[bool], parent: list[int]) -> int:
    """The row at which a chain of echoes that all say the same begins; a circle ends where it closes."""
    seen = {row}
    while parent[row] >= 0 and parent[row] not in seen and says[parent[row]] == says[row]:
        row = parent[row]
        seen.add(row)
    return row
