"""The best well-formed sequence of span tags over the scores of each word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def allowed(tags: Sequence[str]) -> NDArray[np.bool_]:
    """``[before, after]``: which tag may follow which; ``I-X`` follows only ``B-X`` and ``I-X``."""
    return np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in tags] for a in tags])


def spans_of(scores: NDArray[np.float32], tags: Sequence[str], follow: NDArray[np.bool_]) -> list[str]:
    """The best well-formed sequence of tags (Viterbi).

    Args:
        scores: Shape ``(word, tag)``; log-odds up to a constant per word.
        tags: The names of the tags, ``O``, ``B-…``, ``I-…``.
        follow: What ``allowed`` gives for them.
    """
    best = scores.argmax(1)
    opens = not tags[int(best[0])].startswith("I-")
    if opens and bool(follow[best[:-1], best[1:]].all()):
        return [tags[i] for i in best]
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    barred = np.where(follow, 0.0, -1e9)
    total = logs[0] + np.array([-1e9 if t.startswith("I-") else 0.0 for t in tags])
    back = np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        paths = total[:, None] + barred
        back[at] = paths.argmax(0)
        total = paths.max(0) + logs[at]
    last = int(total.argmax())
    found = [last]
    for at in range(len(scores) - 1, 0, -1):
        last = int(back[at, last])
        found.append(last)
    return [tags[i] for i in reversed(found)]
