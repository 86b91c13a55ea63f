"""Near misses: claims that hold all words of a watch phrase, too far apart or in another form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.link.phrase import in_language
from tocsin.link.words import Word, stems
from tocsin.model.problem import Watch

_LIKE = 5
"""Letters in which two forms of one word agree at least: "relocated" and "relocation"."""

_REST = 3
"""Letters of the shorter form that may differ."""

_SMALL = frozenset(
    ("to", "in", "at", "on", "of", "from", "by", "for", "with", "near", "and", "or", "be", "is", "are", "was", "were")
)


@dataclass(frozen=True, slots=True)
class Hints:
    """The watch phrases of two words and more for one language, each with its stems and their beginnings.

    ``by_start`` gives the places of the phrases under one beginning of each, so that few are looked at for a claim.
    """

    phrases: tuple[tuple[str, str, tuple[str, ...], frozenset[str]], ...]
    by_start: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, watches: Iterable[tuple[str, Watch]], lang: str | None) -> Hints:
        """Collect them; a single word is found in any form or not at all."""
        found = []
        for target, watch in watches:
            for phrase in (*in_language(watch.phrases, lang), *in_language(watch.counter, lang)):
                key = tuple(word for word in stems(phrase) if word not in _SMALL)
                if len(set(key)) > 1:
                    found.append((target, phrase, key, frozenset(word[:_LIKE] for word in key)))
        by_start: dict[str, tuple[int, ...]] = {}
        for place, (_, _, _, beginnings) in enumerate(found):
            start = max(beginnings)
            by_start[start] = (*by_start.get(start, ()), place)
        return cls(tuple(found), by_start)

    def find(self, words: Sequence[Word], *, but: Collection[str]) -> dict[str, str]:
        """The first phrase of each target whose words all stand in a claim in some form; those in ``but`` left out."""
        held = {word.stem for word in words}
        starts = frozenset(word[:_LIKE] for word in held)
        found: dict[str, str] = {}
        for place in sorted(place for start in starts for place in self.by_start.get(start, ())):
            target, phrase, key, beginnings = self.phrases[place]
            if not beginnings <= starts or target in but or target in found:
                continue
            if all(any(_alike(word, other) for other in held) for word in key):
                found[target] = phrase
        return found


def _alike(one: str, other: str) -> bool:
    """Are two stems forms of one word?"""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return common >= max(_LIKE, shorter - _REST)
