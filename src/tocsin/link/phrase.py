"""Watch phrases found in claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from tocsin.link.words import Word, stem, stems
from tocsin.model.problem import Watch
from tocsin.model.report import Span

_DEFAULT = "en"
_BETWEEN = frozenset(
    stem(word)
    for word in (
        *("be", "is", "are", "was", "were", "been", "being", "have", "has", "had", "having"),
        *("this", "these", "those", "some", "any", "all", "my", "your", "his", "her", "its", "our", "their"),
    )
)
"""Words that may stand between those of a phrase and change nothing; a negation is none of them."""


class Kind(Enum):
    """What a phrase of a watch list is for."""

    POINTS = "points"
    COUNTER = "counter"
    LOOKALIKE = "lookalike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A phrase found in a claim: whose, which words of the report, and where among the claim's words."""

    target: str
    phrase: str
    kind: Kind
    first: int
    stop: int
    span: Span


@dataclass(frozen=True, slots=True)
class Phrases:
    """All watch phrases of a problem for one language, by the stem of their first word."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str, str, Kind], ...]]

    @classmethod
    def of(cls, watches: Iterable[tuple[str, Watch]], lang: str | None) -> Phrases:
        """Collect the phrases; a report in a language without phrases is read with the English ones."""
        table: dict[str, list[tuple[tuple[str, ...], str, str, Kind]]] = {}
        for target, watch in watches:
            for kind, phrases in (
                (Kind.POINTS, _in(watch.phrases, lang)),
                (Kind.COUNTER, _in(watch.counter, lang)),
                (Kind.LOOKALIKE, watch.lookalikes),
            ):
                for phrase in phrases:
                    key = stems(phrase)
                    if key:
                        table.setdefault(key[0], []).append((key, phrase, target, kind))
        return cls({first: tuple(entries) for first, entries in table.items()})

    def find(self, words: Sequence[Word]) -> dict[str, Match]:
        """The best match of each target: counter phrases before others, then the longest, then the first.

        Words must follow each other; only articles and marks, determiners, possessives and forms of "be" and "have"
        may stand between ("vehicles were gathering", "suspended its convoys"). A look-alike that covers a match takes
        it away.
        """
        matches: list[Match] = []
        for first, word in enumerate(words):
            for key, phrase, target, kind in self.by_first.get(word.stem, ()):
                stop = _end(words, first, key)
                if stop is not None:
                    span = Span(word.span.start, words[stop - 1].span.stop)
                    matches.append(Match(target=target, phrase=phrase, kind=kind, first=first, stop=stop, span=span))
        lookalikes = [match for match in matches if match.kind is Kind.LOOKALIKE]
        best: dict[str, Match] = {}
        for match in sorted(matches, key=lambda m: (m.kind is not Kind.COUNTER, m.first - m.stop, m.first)):
            if match.kind is Kind.LOOKALIKE or any(_covers(other, match) for other in lookalikes):
                continue
            best.setdefault(match.target, match)
        return best


def _end(words: Sequence[Word], first: int, key: Sequence[str]) -> int | None:
    """Where a phrase that begins at a word ends; None where its words do not follow."""
    at = first + 1
    for wanted in key[1:]:
        while at < len(words) and words[at].stem != wanted and words[at].stem in _BETWEEN:
            at += 1
        if at == len(words) or words[at].stem != wanted:
            return None
        at += 1
    return at


def _in(phrases: Mapping[str, tuple[str, ...]], lang: str | None) -> tuple[str, ...]:
    """The phrases of a language, English where it has none."""
    return phrases.get(lang or _DEFAULT) or phrases.get(_DEFAULT, ())


def _covers(lookalike: Match, match: Match) -> bool:
    """Does the look-alike of the same target overlap the match?"""
    return lookalike.target == match.target and lookalike.first < match.stop and match.first < lookalike.stop
