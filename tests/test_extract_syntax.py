"""The tree laid over the tokens that the rules walk."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.parse import Word
from tocsin.extract.syntax import Syntax, over, syntax_of
from tocsin.text.tokens import tokens


def _read(sentence: str) -> tuple[Syntax, list[str]]:
    found = tokens(sentence)
    return syntax_of(sentence, found), [token.lower for token in found]


def _word(text: str, start: int, *, head: int, label: str = "root") -> Word:
    return Word(
        text=text,
        start=start,
        end=start + len(text),
        upos="X",
        tag="X",
        head=head,
        label=label,
        lemma=text,
        name="O",
        role="O",
        content="O",
        factual=None,
    )


def test_subject_and_object_hang_on_their_verb() -> None:
    syntax, words = _read("The minister confirmed the report on Friday.")
    verb = words.index("confirmed")
    assert syntax.heads[verb] == -1
    assert syntax.child(verb, "nsubj") == words.index("minister")
    assert syntax.child(verb, "obj") == words.index("report")
    assert syntax.lemmas[verb] == "confirm"
    assert syntax.extent(words.index("minister")) == (0, 2)


def test_a_word_cut_in_several_tokens_is_one_in_the_tree() -> None:
    syntax, words = _read("Lt. Gen. Orr spoke.")
    assert syntax.labels[words.index(".")] == "goeswith"
    assert syntax.heads[words.index(".")] == 0


def test_a_token_of_two_words_has_the_word_that_governs() -> None:
    words = [
        _word("Orr", 0, head=2, label="nmod:poss"),
        _word("'s", 3, head=0, label="case"),
        _word("plan", 6, head=-1),
    ]
    syntax = over(words, [(0, 5), (6, 10)])
    assert syntax.heads == (1, -1)
    assert syntax.labels == ("nmod:poss", "root")
    assert syntax.kids == ((), (0,))


@pytest.mark.parametrize("sentence", ["", " ", "?", "…", "“", "\x00", "🙂🙂", "a" * 3000, "x " * 900])
def test_nothing_in_a_sentence_stops_the_reading(sentence: str) -> None:
    syntax, words = _read(sentence)
    assert len(syntax.heads) == len(words)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_every_token_hangs_on_the_root_without_going_round(sentence: str) -> None:
    syntax, words = _read(sentence)
    for index in range(len(words)):
        above = list(syntax.above(index))
        assert len(set(above)) == len(above)
        assert not above or syntax.heads[above[-1]] == -1


def test_a_sentence_is_read_the_same_whatever_stands_beside_it() -> None:
    alone, words = _read("Officials said the bridge was closed.")
    text = "Nobody came. Officials said the bridge was closed. It rained."
    inside = [t for t in tokens(text) if 13 <= t.span.start < 50]
    assert [t.lower for t in inside] == words
    assert syntax_of(text, inside) == alone


def test_words_that_hang_on_each_other_across_tokens_make_no_circle() -> None:
    words = [
        _word("do", 0, head=2, label="aux"),
        _word("n't", 2, head=3, label="advmod"),
        _word("know", 6, head=1, label="dep"),
        _word("why", 11, head=-1),
    ]
    syntax = over(words, [(0, 5), (6, 10), (11, 14)])
    assert syntax.heads == (2, 0, -1)
    assert list(syntax.above(1)) == [0, 2]
