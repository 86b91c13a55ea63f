"""Where sentences begin in a text of any length, from what the network says of one window at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tocsin.extract.parse.pieces import MOST_PIECES

MIDDLE = 0.5
"""A word is taken to begin a sentence from this chance on."""


def chances_of(sizes: Sequence[int], look: Callable[[int, int], Sequence[float]]) -> list[float]:
    """The chance of each word to begin a sentence, read window after window.

    A window holds as many words as the network can read. The next begins where the last sentence in its second half
    begins, so that it sees that sentence from its first word, or at three quarters of it where none does. A word is
    judged by the first window that holds it before the next begins. Half a window is new each time: the time taken is
    proportional to the length.

    Args:
        sizes: How many pieces each word has.
        look: From the first and the last word (exclusive) of a window to the chance of each word in it.

    >>> chances_of([1, 1, 1], lambda start, stop: [0.9] * (stop - start))
    [0.9, 0.9, 0.9]
    """
    found: list[float] = []
    start = 0
    while start < len(sizes):
        stop = _stop(sizes, start)
        seen = list(look(start, stop))
        fresh = len(found) - start  # the word that the window before ended on was judged there
        if stop == len(sizes):
            found += seen[fresh:]
            break
        half, most = (stop - start + 1) // 2, max(1, (stop - start) * 3 // 4)
        begun = [at for at in range(half, stop - start) if at and seen[at] >= MIDDLE]
        step = begun[-1] if begun else most
        found += seen[fresh : step + 1]
        start += step
    return found


def _stop(sizes: Sequence[int], start: int) -> int:
    """The end of the longest window from ``start``; one word at least."""
    room, stop = MOST_PIECES - 2, start
    while stop < len(sizes) and (sizes[stop] <= room or stop == start):
        room -= sizes[stop]
        stop += 1
    return stop
