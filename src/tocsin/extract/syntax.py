"""What the encoder read, laid over the tokens that the rules walk: heads, labels, parts of speech, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.extract.parse import Word, shipped
from tocsin.model.report import Span
from tocsin.text.tokens import Token

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "’": "'", "‘": "'", "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Syntax:
    """The tree of a sentence over its tokens; every field has one entry a token.

    A token of several words ("don't") has the word that governs the others; the later tokens of a word cut in
    several ("120-170") hang on its first as ``goeswith``. A head of -1 is the root; a sentence cut badly may hold
    several statements under one root, joined by ``parataxis``.

    Attributes:
        heads: Index of the governing token, -1 for the root.
        labels: Universal dependency to the head, as ``nsubj:pass``.
        upos: Universal part of speech, as ``VERB``.
        tags: Penn Treebank tag, as ``VBD``.
        lemmas: Dictionary forms.
        names: ``O``, or ``B-`` or ``I-`` with ``PER``, ``ORG``, ``LOC``.
        roles: ``O``, or ``B-`` or ``I-`` with ``SOURCE`` or ``CUE``: a hint at voices and their verbs.
        contents: ``O``, ``B-CONTENT`` or ``I-CONTENT``: a hint at what is said.
        factual: About -1.2 (did not happen) to 1.2 (happened), read at verbs; None elsewhere.
        kids: The dependents of each token, in order of text.
    """

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    upos: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    names: tuple[str, ...]
    roles: tuple[str, ...]
    contents: tuple[str, ...]
    factual: tuple[float | None, ...]
    kids: tuple[tuple[int, ...], ...]

    def relation(self, index: int) -> str:
        """The label without its subtype: ``nsubj`` for ``nsubj:pass``."""
        return self.labels[index].partition(":")[0]

    def child(self, index: int, *labels: str) -> int | None:
        """The first dependent with one of these labels (a bare label stands for its subtypes too)."""
        return next(iter(self.children(index, *labels)), None)

    def children(self, index: int, *labels: str) -> tuple[int, ...]:
        """The dependents with one of these labels (a bare label stands for its subtypes too), in order of text."""
        return tuple(k for k in self.kids[index] if self.labels[k] in labels or self.relation(k) in labels)

    def above(self, index: int) -> Iterator[int]:
        """The tokens that govern a token, nearest first."""
        head = self.heads[index]
        while head >= 0:
            yield head
            head = self.heads[head]

    def below(self, index: int) -> tuple[int, ...]:
        """A token with all that hangs on it, in order of text."""
        found, waiting = [], [index]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting += self.kids[at]
        return tuple(sorted(found))

    def extent(self, index: int) -> tuple[int, int]:
        """From the first to after the last token that hangs on a token; other words may stand between."""
        under = self.below(index)
        return under[0], under[-1] + 1


def syntax_of(text: str, tokens: Sequence[Token]) -> Syntax:
    """Read a sentence with the shipped encoder and lay what it found over the sentence's tokens.

    Args:
        text: The whole text that the tokens' spans count in.
        tokens: The tokens of one sentence, in order.
    """
    return syntax_over(text, [token.span for token in tokens])


def syntax_over(text: str, places: Sequence[Span]) -> Syntax:
    """Read a sentence with the shipped encoder and lay what it found over any cut of it.

    Args:
        text: The whole text that the places count in.
        places: Where the pieces of one sentence stand, in order.
    """
    if not places:
        return Syntax((), (), (), (), (), (), (), (), (), ())
    start = places[0].start
    words = _words(text[start : places[-1].stop].translate(_STRAIGHT))
    return over(words, [(place.start - start, place.stop - start) for place in places])


def over(words: Sequence[Word], places: Sequence[tuple[int, int]]) -> Syntax:
    """Lay words over tokens, both with offsets in the same text."""
    owner: list[int] = []  # of each word, the token in which it begins, else the last one before it
    at = 0
    for word in words:
        while at + 1 < len(places) and places[at + 1][0] <= word.start:
            at += 1
        owner.append(at)
    depths = _depths(words)
    speaks: list[int | None] = [None] * len(places)
    for number, token in enumerate(owner):
        kept = speaks[token]
        if kept is None or depths[number] < depths[kept]:  # a token hangs where its highest word hangs: no circles
            speaks[token] = number
    heads: list[int] = []
    labels: list[str] = []
    chosen: list[Word] = []
    last = 0
    for token, spoken in enumerate(speaks):
        if spoken is None:  # a later part of the word that began before
            heads.append(last)
            labels.append("goeswith")
            chosen.append(_later(chosen[last]))
            continue
        last = token
        word = words[spoken]
        heads.append(owner[word.head] if word.head >= 0 else -1)
        labels.append(word.label)
        chosen.append(word)
    kids: list[list[int]] = [[] for _ in places]
    for token, head in enumerate(heads):
        if head >= 0:
            kids[head].append(token)
    return Syntax(
        heads=tuple(heads),
        labels=tuple(labels),
        upos=tuple(w.upos for w in chosen),
        tags=tuple(w.tag for w in chosen),
        lemmas=tuple(w.lemma for w in chosen),
        names=tuple(w.name for w in chosen),
        roles=tuple(w.role for w in chosen),
        contents=tuple(w.content for w in chosen),
        factual=tuple(w.factual for w in chosen),
        kids=tuple(tuple(k) for k in kids),
    )


def _depths(words: Sequence[Word]) -> list[int]:
    """How many words stand above each."""
    depths = [-1] * len(words)
    for number in range(len(words)):
        path, at = [], number
        while at >= 0 and depths[at] < 0:
            path.append(at)
            at = words[at].head
        depth = depths[at] if at >= 0 else -1
        for word in reversed(path):
            depth += 1
            depths[word] = depth
    return depths


def _later(word: Word) -> Word:
    """The reading of a later part: it goes on with what the first part began."""
    name, role, content = (tag if tag == "O" else f"I-{tag[2:]}" for tag in (word.name, word.role, word.content))
    return replace(word, name=name, role=role, content=content)


def read_ahead(text: str, sentences: Sequence[Span]) -> None:
    """Read sentences together, which is quicker than one by one; what each reads as stays the same.

    Args:
        text: The whole text.
        sentences: Sentences soon to be read; at most ``_MOST_KNOWN`` of them are kept.
    """
    wanted = [text[span.start : span.stop].translate(_STRAIGHT) for span in sentences]
    fresh = [sentence for sentence in dict.fromkeys(wanted) if sentence not in _known]
    for sentence, words in zip(fresh, shipped().sentences(fresh), strict=True):
        _keep(sentence, tuple(words))


_MOST_KNOWN = 2048
_known: dict[str, tuple[Word, ...]] = {}


def _words(sentence: str) -> tuple[Word, ...]:
    found = _known.get(sentence)
    if found is None:
        found = tuple(shipped().read(sentence))
        _keep(sentence, found)
    return found


def _keep(sentence: str, words: tuple[Word, ...]) -> None:
    """Remember a sentence; the one remembered longest is forgotten for it."""
    while len(_known) >= _MOST_KNOWN:
        _known.pop(next(iter(_known), ""), None)
    _known[sentence] = words
