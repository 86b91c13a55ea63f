"""Trees that English does not have are mended."""

from __future__ import annotations

from tocsin.extract.parse.repair import finite_clause

# The army reported on Monday that rain fell .
UPOS = ["DET", "NOUN", "VERB", "ADP", "PROPN", "SCONJ", "NOUN", "VERB", "PUNCT"]
HEADS = [1, -1, 1, 4, 2, 7, 7, 2, 1]
LABELS = ["det", "root", "acl", "case", "obl", "mark", "nsubj", "ccomp", "punct"]


def _mended(tag: str, labels: list[str] = LABELS) -> tuple[list[int], list[str]]:
    heads, given = list(HEADS), list(labels)
    finite_clause(heads, given, upos=UPOS, tags=["DT", "NN", tag, "IN", "NNP", "IN", "NN", "VBD", "."])
    return heads, given


def test_a_finite_verb_under_a_root_noun_governs_it() -> None:
    heads, labels = _mended("VBD")
    assert heads == [1, 2, -1, 4, 2, 7, 7, 2, 2]
    assert labels[1:3] == ["nsubj", "root"]


def test_a_participle_stays_where_it_is() -> None:
    assert _mended("VBN") == (HEADS, LABELS)


def test_a_noun_that_is_a_predicate_stays_the_root() -> None:
    labels = ["cop", *LABELS[1:]]
    assert _mended("VBD", labels) == (HEADS, labels)
