"""A sentence as the rules see it: its tokens, what is quoted, and where verbs stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.syntax import Syntax, syntax_of
from tocsin.model.report import Span
from tocsin.text.lines import stretches
from tocsin.text.tokens import Token, tokens

SPEECH_WORDS = 4
"""A quotation of fewer words than this, without a mark inside its end, is a name or irony, not speech."""

_QUOTE = re.compile(r"[“”„‟\"«»]|''|``")
_SINGLE = re.compile(
    r"(?<![^\s(\[—–-])(?:‘(?=\w)[^‘\n]*?[,.?!…]’(?!\w)|'(?=[A-Z])[^'\n]*?(?:\w'\w[^'\n]*?)*[,.?!…]'(?!\w))"
)
_MARKS = frozenset(["“", "”", "„", "‟", '"', "«", "»", "''", "``"])
_SINGLE_MARKS = frozenset({"‘", "’", "'"})
_ABBREVIATED = lexicon.group("shape", "abbreviated")


def quotations(text: str, paragraph: Span) -> tuple[Span, ...]:
    """Where speech is quoted in a paragraph, marks included; a name in quotation marks is no speech.

    A quotation never crosses a paragraph: one left open ends with it. Single marks count where no double ones
    stand around them: an apostrophe opens nothing, and speech in single marks ends after a comma or a full stop.
    """
    found: list[Span] = []
    opened: int | None = None
    for mark in _QUOTE.finditer(text, *paragraph):
        sign = mark.group()
        if opened is None:
            if sign not in {"”", "»"}:
                opened = mark.start()
        elif sign not in {"“", "„", "«", "``"}:
            found.append(Span(opened, mark.end()))
            opened = None
    if opened is not None:
        found.append(Span(opened, paragraph.stop))
    single = [
        Span(*match.span())
        for match in _SINGLE.finditer(text, *paragraph)
        if not any(quote.start < match.end() and match.start() < quote.stop for quote in found)
    ]
    return tuple(quote for quote in sorted([*found, *single]) if _is_speech(text, quote))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its span, its tokens, their small forms, and which of them stand in speech.

    ``quoted[i]`` is the index, in the paragraph, of the quotation of at least SPEECH_WORDS words that token
    ``i`` stands in, else -1. ``singles`` are the single marks that open or close such a quotation. ``syntax`` is the
    tree that the encoder read over the same tokens.
    """

    span: Span
    tokens: tuple[Token, ...]
    lower: tuple[str, ...]
    quoted: tuple[int, ...]
    singles: frozenset[int]
    syntax: Syntax

    @classmethod
    def of(cls, text: str, span: Span, quotes: Sequence[Span]) -> Line:
        """Read one sentence of a paragraph whose quotations are known. The month May keeps its capital."""
        found = tokens(text, span)
        quoted = []
        at = bisect_right(quotes, span.start, key=lambda quote: quote.stop)
        for token in found:
            while at < len(quotes) and quotes[at].stop <= token.span.start:
                at += 1
            inside = at < len(quotes) and quotes[at].start <= token.span.start < quotes[at].stop
            quoted.append(at if inside else -1)
        singles = frozenset(
            number
            for number, token in enumerate(found)
            if token.text in _SINGLE_MARKS and any(token.span.start in {q.start, q.stop - 1} for q in quotes)
        )
        lower = tuple("May" if token.text == "May" and number else token.lower for number, token in enumerate(found))
        return cls(span, found, lower, tuple(quoted), singles, syntax_of(text, found))

    def __len__(self) -> int:
        return len(self.tokens)

    def bare(self, index: int) -> str:
        """The word without a possessive ending."""
        word = self.lower[index]
        return word[:-2] if word.endswith("'s") else word.rstrip("'") or word

    def is_quote(self, index: int) -> bool:
        """Is it a quotation mark?"""
        return self.tokens[index].text in _MARKS or index in self.singles

    def is_mark(self, index: int) -> bool:
        """Is it punctuation? A full stop after an abbreviation is not."""
        first = self.tokens[index].text[0]
        if first.isalnum():
            return False
        return not (first == "." and index and self.lower[index - 1] in _ABBREVIATED)

    def is_capital(self, index: int) -> bool:
        """Does it begin with a capital?"""
        return self.tokens[index].text[0].isupper()

    def is_finite(self, index: int) -> bool:
        """Does a finite verb stand here, by its tag? "It's" and "isn't" are one token and finite."""
        word = self.lower[index]
        if "'" in word and word in _CONTRACTED:
            return True
        syntax = self.syntax
        shared = syntax.labels[index] == "conj" and not syntax.children(index, "nsubj")
        if shared and syntax.tags[index] == "VBZ" and syntax.tags[syntax.heads[index]] == "VBP":
            return False  # "they bring boats and means to the coast": one subject does not agree with both
        return syntax.tags[index] in _FINITE and syntax.upos[index] in _VERBS and syntax.labels[index] != "goeswith"

    def has_finite(self, start: int, stop: int) -> bool:
        """Is there a finite verb between two tokens?"""
        return any(self.is_finite(index) for index in range(start, stop))

    def words(self, start: int, stop: int) -> tuple[str, ...]:
        """The small forms between two tokens, quotation marks left out."""
        return tuple(word for i, word in enumerate(self.lower[start:stop], start) if not self.is_quote(i))

    def stretch(self, start: int, stop: int) -> Span:
        """Where the tokens from ``start`` up to ``stop`` stand."""
        return Span(self.tokens[start].span.start, self.tokens[stop - 1].span.stop)


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBS = frozenset({"VERB", "AUX"})
_CONTRACTED = lexicon.group("words", "finite")


def paragraphs(text: str, sentences: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """Sentences of one paragraph together: those on one line, or on the lines of one wrapped paragraph."""
    groups: list[list[Span]] = []
    bounds = iter(stretches(text))
    stop = -1
    for sentence in sentences:
        if sentence.start >= stop:
            stop = next((bound.stop for bound in bounds if bound.stop > sentence.start), len(text))
            groups.append([])
        groups[-1].append(sentence)
    return tuple(tuple(group) for group in groups)


def _is_speech(text: str, quote: Span) -> bool:
    inside = text[quote.start : quote.stop]
    ended = inside.rstrip("”\"'’»‟")[-1:]
    return len(inside.split()) >= SPEECH_WORDS or (ended in ",.?!" and len(inside) > 3)
