"""Who said what: the score of PolNeAR's attributions.

An attribution is found when the words of its content are shared with F1 of at least one half and the sources share
a word (or neither has a source). Each one is matched at most once, the best pairs first. "Speech" keeps, on both
sides, the attributions whose cue is an explicit word of speech; the other half of the corpus are wishes, beliefs,
support and the like, where people themselves agree on three of four only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.extraction.shapes import Attribution, Range, Score

_WORD = re.compile(r"\w+")
# Words as they stand; stems that need a further letter; stems that may stand alone.
_WHOLE = """
say said says saying tell told tells telling wrote added adds adding deny denied denies denying spoke statement
stated states stating report reported reports reporting ask asked asks asking noted notes noting called calls
calling reply replied urged urges urging show showed shows shown found
"""
_LONGER = "announc argu writ declar acknowledg describ accus testif promis critici quot indicat conced"
_OPEN = """
claim warn tweet insist suggest confirm explain respond allege predict express vow attack comment speak reveal mention
refer contend assert maintain
"""


def _speech() -> re.Pattern[str]:
    whole = ["according to", *_WHOLE.split()]
    longer = [stem + r"\w+" for stem in _LONGER.split()]
    opened = [stem + r"\w*" for stem in _OPEN.split()]
    return re.compile(r"\b(?:" + "|".join((*whole, *longer, *opened)) + r")\b", re.IGNORECASE)


SPEECH = _speech()


def is_speech(cue: str) -> bool:
    """Does the cue hold an explicit word of speech?

    >>> is_speech("has repeatedly said"), is_speech("wants")
    (True, False)
    """
    return SPEECH.search(cue) is not None


@dataclass(frozen=True, slots=True)
class Matched:
    """The score, and which of the wanted attributions were found."""

    score: Score
    found: frozenset[int]


def match(text: str, wanted: Sequence[Attribution], offered: Sequence[Attribution]) -> Matched:
    """Match the attributions of one text, best first."""
    places = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    gold = [(_words(places, one.content), _words(places, one.source)) for one in wanted]
    mine = [(_words(places, one.content), _words(places, one.source)) for one in offered]
    pairs = sorted(
        (
            (_shared(content, said), i, j)
            for i, (content, source) in enumerate(gold)
            for j, (said, voice) in enumerate(mine)
            if source & voice or not (source or voice)
        ),
        reverse=True,
    )
    found: set[int] = set()
    used: set[int] = set()
    for shared, i, j in pairs:
        if shared >= 0.5 and i not in found and j not in used:
            found.add(i)
            used.add(j)
    return Matched(Score(right=len(found), offered=len(offered), wanted=len(wanted)), frozenset(found))


def score(
    texts: Mapping[str, str],
    wanted: Mapping[str, Sequence[Attribution]],
    offered: Mapping[str, Sequence[Attribution]],
    *,
    speech: bool,
    keep_cueless: bool = False,
) -> Score:
    """The score over all texts.

    ``keep_cueless`` counts an attribution without a cue among those of speech: a system that names no cue is not
    punished for it.
    """
    parts = [
        match(
            text,
            [one for one in wanted[name] if not speech or is_speech(one.cue)],
            [
                one
                for one in offered.get(name, ())
                if not speech or is_speech(one.cue) or (keep_cueless and not one.cue)
            ],
        ).score
        for name, text in texts.items()
    ]
    return total(parts)


def total(parts: Iterable[Score]) -> Score:
    """The sum of several scores."""
    listed = list(parts)
    return Score(
        right=sum(one.right for one in listed),
        offered=sum(one.offered for one in listed),
        wanted=sum(one.wanted for one in listed),
    )


def recall_by_kind(
    texts: Mapping[str, str],
    wanted: Mapping[str, Sequence[Attribution]],
    offered: Mapping[str, Sequence[Attribution]],
) -> dict[str, Score]:
    """How much is found of each kind of speech attribution: shows where the misses lie."""
    parts: dict[str, list[Score]] = {}
    for name, text in texts.items():
        gold = [one for one in wanted[name] if is_speech(one.cue)]
        mine = [one for one in offered.get(name, ()) if is_speech(one.cue)]
        found = match(text, gold, mine).found
        for at, one in enumerate(gold):
            for kind in _kinds(text, one):
                parts.setdefault(kind, []).append(Score(right=int(at in found), offered=0, wanted=1))
    return {kind: total(parts[kind]) for kind in sorted(parts)}


def _kinds(text: str, one: Attribution) -> list[str]:
    content = " ".join(text[first:stop] for first, stop in one.content)
    source = " ".join(text[first:stop] for first, stop in one.source).lower()
    kinds = ["quoted, in part or whole" if re.search(r"[\"“”]|''|``", content) else "not quoted"]
    if not source:
        kinds.append("without a source")
    elif source in {"he", "she", "they", "it", "i", "we", "you", "who"}:
        kinds.append("source is a pronoun")
    if len(one.content) > 1:
        kinds.append("content in several pieces")
    if one.content and one.content[-1][1] - one.content[0][0] > 300:
        kinds.append("content over 300 characters")
    if "according" in one.cue.lower():
        kinds.append("according to")
    return kinds


def _words(places: Sequence[Range], spans: Sequence[Range]) -> frozenset[int]:
    return frozenset(first for first, stop in places if any(a < stop and b > first for a, b in spans))


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
