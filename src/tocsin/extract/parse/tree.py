"""The best dependency tree over the scores of all arcs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def _cycle(heads: Ints) -> list[int]:
    """One cycle among the heads (node 0 is the root), or nothing."""
    colour = np.zeros(len(heads), np.int64)
    for start in range(1, len(heads)):
        node, path = start, []
        while node and not colour[node]:
            colour[node] = start
            path.append(node)
            node = int(heads[node])
        if node and colour[node] == start:
            return path[path.index(node) :]
    return []


def _spanning(scores: Floats) -> Ints:
    """The best tree over ``scores[dependent, head]``, node 0 the root (Chu and Liu 1965, Edmonds 1967)."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    circle = np.array(cycle)
    kept = scores[circle, heads[circle]]
    enter = scores[np.ix_(circle, outside)] - kept[:, None]
    leave = scores[np.ix_(outside, circle)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -1e9, np.float32)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = enter.max(0)
    smaller[:-1, -1] = leave.max(1)
    below = _spanning(smaller)
    final: Ints = heads.copy()
    for row, node in enumerate(outside[1:], start=1):
        head = below[row]
        final[node] = circle[leave[row].argmax()] if head == len(outside) else outside[head]
    entry = below[-1]
    broken = int(enter[:, entry].argmax())
    final[circle[broken]] = outside[entry]
    return final


def tree_of(scores: Floats) -> Ints:
    """The best tree with exactly one root.

    Args:
        scores: Shape ``(word, 1 + word)``; column 0 is the root.

    Returns:
        Shape ``(word,)``; 0 for the root, else the head counted from 1.

    >>> tree_of(np.array([[0.0, -9.0, 3.0], [0.5, 4.0, -9.0]], np.float32))
    array([0, 1])
    """
    count = len(scores)
    full = np.full((count + 1, count + 1), -1e9, np.float32)
    full[1:] = scores
    np.fill_diagonal(full, -1e9)
    heads: Ints = full.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not _cycle(heads):
        return heads[1:]
    full[1:, 0] -= 1e4  # so dear that only one word can pay it
    heads = _spanning(full)
    return heads[1:]
