"""Is a claim about the actor that an indicator watches?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tocsin.link.nation import nation_of
from tocsin.link.phrase import Match
from tocsin.link.words import Word, stems

_LOOKING = frozenset(
    stems(
        "record see detect observe find found confirm report spot notice register monitor"
        " say said tell told warn assess note"
    )
)
_BEFORE = 3
_OPENING = 3


class Acting(NamedTuple):
    """Does the actor count, and why."""

    counts: bool
    because: str


def acting(words: Sequence[Word], who: tuple[str, ...], match: Match) -> Acting:
    """Check the actor of a claim.

    Any name or nation watched, anywhere in the content, counts; so does a claim that names no actor. Another nation
    rules the claim out only where it is the doer: directly before the phrase ("Polish strike group"), or at the head
    of a content that is not about looking ("Poland is forming …", but not "Poland saw no …").
    """
    if not who:
        return Acting(counts=True, because="")
    names = [stems(name) for name in who]
    nations = {code for name in who for word in stems(name) if (code := nation_of(word)) is not None}
    content = tuple(word.stem for word in words)
    if any(content[first : first + len(name)] == name for name in names for first in range(len(content))):
        return Acting(counts=True, because="")
    found = [(place, code) for place, stem in enumerate(content) if (code := nation_of(stem)) is not None]
    if any(code in nations for _, code in found):
        return Acting(counts=True, because="")
    looked = any(stem in _LOOKING for stem in content[: match.first])
    for place, code in found:
        if match.first - _BEFORE <= place < match.first and (not looked or place == match.first - 1):
            return Acting(counts=False, because=f"another actor ({code})")
        if place < _OPENING and place < match.first and not looked and not match.first <= place < match.stop:
            return Acting(counts=False, because=f"another actor ({code})")
    return Acting(counts=True, because="")
