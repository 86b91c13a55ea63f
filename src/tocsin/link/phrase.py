"""Watch phrases found in claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from tocsin.link.gap import LIGHT, MOST, passable
from tocsin.link.words import Word, stems
from tocsin.model.problem import Watch
from tocsin.model.report import Span

ENGLISH = "en"


class Kind(Enum):
    """What a phrase of a watch list is for."""

    POINTS = "points"
    COUNTER = "counter"
    LOOKALIKE = "lookalike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A phrase found in a claim: whose, which words of the report, and where among the claim's words.

    ``size`` counts the words of the phrase; others may stand between them.
    """

    target: str
    phrase: str
    kind: Kind
    first: int
    stop: int
    span: Span
    size: int


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
                (Kind.POINTS, in_language(watch.phrases, lang)),
                (Kind.COUNTER, in_language(watch.counter, lang)),
                (Kind.LOOKALIKE, watch.lookalikes),
            ):
                for phrase in phrases:
                    key = stems(phrase)
                    if key:
                        table.setdefault(key[0], []).append((key, phrase, target, kind))
        return cls({first: tuple(entries) for first, entries in table.items()})

    def find(self, words: Sequence[Word], text: str | None = None, *, denied: bool = False) -> dict[str, Match]:
        """The best match of each target: counter phrases before others, then that of most words, then the first.

        Words must follow each other; only articles and marks, determiners, possessives and forms of "be" and "have"
        may stand between ("vehicles were gathering", "suspended its convoys"), and in an English text what only
        describes the next word ("relocated 27 staff"). A look-alike that covers a match takes it away.

        Args:
            words: The words of a claim.
            text: The English text in which they stand; without it what describes may not stand between.
            denied: Whether the claim is a denial; then its negation may stand between ("the pier was not damaged").
        """
        matches: list[Match] = []
        for first, word in enumerate(words):
            for key, phrase, target, kind in self.by_first.get(word.stem, ()):
                stop = _end(words, first, key, text, denied=denied)
                if stop is not None:
                    span = Span(word.span.start, words[stop - 1].span.stop)
                    matches.append(
                        Match(target=target, phrase=phrase, kind=kind, first=first, stop=stop, span=span, size=len(key))
                    )
        lookalikes = [match for match in matches if match.kind is Kind.LOOKALIKE]
        best: dict[str, Match] = {}
        for match in sorted(matches, key=lambda m: (m.kind is not Kind.COUNTER, -m.size, m.stop - m.first, m.first)):
            if match.kind is Kind.LOOKALIKE or any(_covers(other, match) for other in lookalikes):
                continue
            best.setdefault(match.target, match)
        return best


def _end(words: Sequence[Word], first: int, key: Sequence[str], text: str | None, *, denied: bool) -> int | None:
    """Where a phrase that begins at a word ends; None where its words do not follow."""
    at = first + 1
    for wanted in key[1:]:
        last = at - 1
        while at < len(words) and words[at].stem != wanted and words[at].stem in LIGHT:
            at += 1
        if at < len(words) and words[at].stem != wanted and text is not None:
            at = next((n for n in range(at, min(last + MOST + 2, len(words))) if words[n].stem == wanted), len(words))
            if at < len(words) and not passable(text, words, last, at, denied=denied):
                return None
        if at == len(words) or words[at].stem != wanted:
            return None
        at += 1
    return at


def in_language(phrases: Mapping[str, tuple[str, ...]], lang: str | None) -> tuple[str, ...]:
    """The phrases of a language, English where it has none."""
    return phrases.get(lang or ENGLISH) or phrases.get(ENGLISH, ())


def _covers(lookalike: Match, match: Match) -> bool:
    """Does the look-alike of the same target overlap the match?"""
    return lookalike.target == match.target and lookalike.first < match.stop and match.first < lookalike.stop
