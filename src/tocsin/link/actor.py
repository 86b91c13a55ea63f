"""Is a claim about the actor that an indicator watches?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tocsin.link.nation import nation_of
from tocsin.link.phrase import Match
from tocsin.link.words import FORCES, Word, stand_in, stems
from tocsin.text.places import adjectives

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
    if stand_in(names, content):
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


def another(
    of: str,
    owned: Sequence[str],
    said: str,
    *,
    who: Sequence[str],
    places: frozenset[str],
    ours: frozenset[str] = frozenset(),
) -> str | None:
    """Whose people a figure counts, where they are another's than those asked about; None where they may be theirs.

    What is counted decides first ("4,000 Rwandan soldiers"), then what is said of it ("the Rwandan army has 4,000
    soldiers"). Beside a party that is no nation any other proper name is another ("Coastal Front fighters").

    Args:
        of: What the figure counts, in the report's words.
        owned: Its stems without those that tell where it is.
        said: The words around it.
        who: The names of the actor asked about.
        places: Stems of the places mentioned: "in Belarus" does not make the soldiers Belarusian.
        ours: Stems of proper names that the question uses itself.
    """
    if not who:
        return None
    names = [stems(name) for name in who]
    nations = {code for name in names for word in name if (code := nation_of(word)) is not None}
    counted = stems(of)
    if stand_in(names, counted):
        return None
    own = {code for word in owned if word not in places and (code := nation_of(word)) is not None}
    if own:
        return None if own & nations else ", ".join(sorted(own))
    if not nations and (stranger := _stranger(of, places | ours)) is not None:
        return stranger
    if stand_in(names, stems(said)):
        return None
    doers = _forces(said)
    return None if not doers or set(doers) & nations else doers[0]


def _stranger(of: str, known: frozenset[str]) -> str | None:
    """A proper name right before what is counted: the "Coastal Front" of "Coastal Front fighters"."""
    found: list[str] = []
    for word in of.split():
        if not word[:1].isupper():
            return " ".join(found) or None
        if FORCES & set(stems(word)):
            return None  # a headline, all in capitals
        if not known & set(stems(word)):
            found.append(word)
    return None


def _forces(said: str) -> list[str]:
    """The nations whose forces are named: "the Rwandan army", but not "the Rwandan border"."""
    cut = re.findall(r"[\w-]+(?:['’]s)?", said)
    return [
        code
        for at, word in enumerate(cut)
        if (code := adjectives().get(word)) is not None
        and FORCES & {one for near in cut[at + 1 : at + 3] if near[-2:] not in {"'s", "’s"} for one in stems(near)}
    ]
