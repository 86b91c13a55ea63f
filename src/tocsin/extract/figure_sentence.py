"""A sentence as the grammar of figures reads it: its atoms, and the tree laid over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tocsin.extract.figure_words import unit_at
from tocsin.extract.syntax import Syntax, syntax_over
from tocsin.model.report import Span
from tocsin.text.numbers import Atom, atoms

_PREMODIFIERS = frozenset({"compound", "amod", "nummod", "advmod", "flat", "nmod", "goeswith"})
_RIGHT_OF_HEAD = frozenset({"flat", "goeswith", "compound"})
_NOMINAL = frozenset({"NOUN", "PROPN", "SYM"})
_WORDS_OF_TREE = frozenset({"DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "PUNCT", "INTJ"})
_OWNERS = frozenset({"its", "their", "his", "her", "our", "my", "your", "whose"})
_POSSESSIVE = frozenset({"'s", "'", "s"})
_BARRIERS = frozenset("(),;:[]–—")
_LINKS = 12
QUOTES = "“”\"«»„'‘’"


class Phrase(NamedTuple):
    """A noun phrase: atoms ``first`` up to ``stop``, and its head noun."""

    first: int
    head: int
    stop: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The atoms of one sentence and the tree over them; both have the same indices."""

    items: list[Atom]
    tree: Syntax

    @classmethod
    def of(cls, text: str, span: Span) -> Sentence:
        """Cut one sentence of a text into atoms and read its tree."""
        items = atoms(text, span)
        return cls(items, syntax_over(text, [Span(item.start, item.stop) for item in items]))

    def lower(self, at: int) -> str:
        """The small form of an atom, empty outside the sentence."""
        return self.items[at].lower if 0 <= at < len(self.items) else ""

    def governor(self, at: int) -> int:
        """The atom that governs an atom, -1 for the root; the parts of one word share what governs it."""
        while self.tree.labels[at] == "goeswith":
            at = self.tree.heads[at]
        return self.tree.heads[at]

    def relation(self, at: int) -> str:
        """The label of an atom without its subtype; the parts of one word share it."""
        while self.tree.labels[at] == "goeswith":
            at = self.tree.heads[at]
        return self.tree.relation(at)

    def case(self, at: int) -> str:
        """The preposition of a noun or number, empty without one."""
        while self.tree.labels[at] == "goeswith":
            at = self.tree.heads[at]
        child = self.tree.child(at, "case")
        return self.lower(child) if child is not None and child < at else ""

    def is_noun(self, at: int) -> bool:
        """Does a noun, a name or a sign stand here, or a word that the lists of units know in the plural?"""
        if at >= len(self.items) or self.items[at].kind not in {"word", "name", "money", "mark"}:
            return False
        if self.tree.upos[at] in _NOMINAL:
            return self.items[at].text[0].isalnum() or unit_at(self.items, at) is not None
        found = unit_at(self.items, at) if self.tree.upos[at] in {"ADJ", "VERB", "X", "NUM"} else None
        return found is not None and (found.name == "person" or self.items[at].lower != found.name)

    def phrase(self, at: int, *, governor: int = -1) -> Phrase | None:
        """The noun phrase that begins at an atom: every word up to its head, "of" behind it left out.

        The tree says which words are before the head; where it ends is told by the head alone, so that an error in
        what governs the phrase does no harm.

        Args:
            at: Its first atom.
            governor: What governs the number before it; it is the head where the words between lead nowhere.
        """
        if at >= len(self.items) or self.tree.upos[at] in _WORDS_OF_TREE:
            return None
        head, here = at, at
        for _ in range(_LINKS):
            above = self.tree.heads[here]
            relation = self.tree.relation(here)
            joined = relation == "conj" and at <= above < here
            if not joined and not (above > here and relation in _PREMODIFIERS):
                break
            if any(item.text in _BARRIERS and item.text != "," for item in self.items[here:above]):
                break
            here = above
            head = max(head, here)
        if governor > head and self.tree.heads[head] < at and self._is_run(at, governor):
            head = governor
        if not self.is_noun(head):
            return None
        stop = head + 1
        while stop < len(self.items) and self.tree.heads[stop] == head and self.tree.relation(stop) in _RIGHT_OF_HEAD:
            stop += 1
        return Phrase(at, head, stop)

    def _is_run(self, first: int, last: int) -> bool:
        """Are all words from one atom to another such as stand before a noun?"""
        return all(self.tree.upos[n] in _NOMINAL | {"ADJ", "NUM", "X"} for n in range(first, last + 1))

    def bare_phrase(self, head: int, *, until: int | None = None) -> Phrase:
        """The noun phrase around a head noun: names and adjectives before it, what hangs on it right behind.

        Articles and "its" are no part of it; commas and relative clauses end it.

        Args:
            head: The head noun.
            until: An atom that is no part of it any more.
        """
        first = head
        for here in range(head - 1, -1, -1):
            above = next((up for up in self.tree.above(here) if up >= first), None)
            inside = above is not None and self.tree.relation(here) in {
                "compound", "amod", "flat", "nmod", "nummod", "punct", "goeswith", "case",
            }  # fmt: skip
            if not inside or self.lower(here) in _OWNERS or self.items[here].text in _BARRIERS | set(QUOTES):
                break
            if self.tree.relation(here) == "case" and self.lower(here) not in _POSSESSIVE:
                break
            first = here
        stop = head + 1
        while stop < (len(self.items) if until is None else until):
            here = stop
            top = self._top_under(here, head)
            if top is None or self.tree.relation(top) not in {"nmod", "flat", "goeswith", "case", "compound"}:
                break
            if self.items[here].text in _BARRIERS or self.tree.labels[here] in {"acl:relcl", "acl"}:
                break
            stop += 1
        while stop > head + 1 and (self.items[stop - 1].kind == "mark" or self.tree.upos[stop - 1] in _WORDS_OF_TREE):
            stop -= 1
        return Phrase(first, head, stop)

    def _top_under(self, at: int, head: int) -> int | None:
        """The dependent of a head through which an atom hangs on it."""
        here = at
        for _ in range(_LINKS):
            above = self.tree.heads[here]
            if above == head:
                return here
            if above < 0:
                return None
            here = above
        return None

    def subject(self, verb: int) -> int | None:
        """The head noun of a clause's subject, also where a clause takes it from the one above; None for a pronoun."""
        here = verb
        for _ in range(_LINKS):
            found = self.tree.child(here, "nsubj")
            if found is not None:
                if self.tree.upos[found] in {"NOUN", "PROPN"}:
                    return found
                relative = self.tree.labels[here] == "acl:relcl" and self.lower(found) in {"which", "that", "who"}
                return self.tree.heads[here] if relative else None
            relation, above = self.tree.relation(here), self.tree.heads[here]
            if above < 0:
                return None
            if relation == "acl":
                return above if self.tree.upos[above] in {"NOUN", "PROPN"} else None
            if relation not in {"xcomp", "conj", "aux"}:
                return None
            here = above
        return None
