"""What cannot be in an English tree, mended after it was read."""

from __future__ import annotations

from collections.abc import Sequence

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_LEFT_BEHIND = frozenset({"cop", "aux", "nsubj", "nsubj:pass", "csubj", "expl"})
_OWN = frozenset(
    {"det", "amod", "compound", "nmod", "nmod:poss", "nummod", "case", "flat", "appos", "fixed", "goeswith"}
)


def finite_clause(heads: list[int], labels: list[str], *, upos: Sequence[str], tags: Sequence[str]) -> None:
    """A finite verb hung on a root noun as ``acl`` governs it: "The army reported on Monday that …".

    ``acl`` is for participles and infinitives; where the first one of a root noun that is no predicate is tagged as
    finite, the noun is its subject. Nothing happens where the noun has a copula or a subject of its own.

    Args:
        heads: Of each word, the index of its head, -1 for the root; changed in place.
        labels: Of each word, its label; changed in place.
        upos: Parts of speech.
        tags: Penn tags.
    """
    root = heads.index(-1)
    if upos[root] not in _NOUNS or any(h == root and n in _LEFT_BEHIND for h, n in zip(heads, labels, strict=True)):
        return
    verb = next(
        (i for i in range(root + 1, len(heads)) if heads[i] == root and labels[i] == "acl" and tags[i] in _FINITE), None
    )
    if verb is None or any(heads[i] == verb and labels[i] == "nsubj" for i in range(len(heads))):
        return
    heads[verb], labels[verb] = -1, "root"
    heads[root], labels[root] = verb, "nsubj"
    for i in range(len(heads)):
        if heads[i] == root and i > verb and labels[i] not in _OWN:
            heads[i] = verb
