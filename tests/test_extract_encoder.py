"""The shipped encoder: what it reads in plain sentences, and that nothing it is given stops it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.parse import Encoder, Word, shipped
from tocsin.extract.parse.words import words_of

PLAIN = [
    "Officials in Vilnius said the bridge over the river had been closed since Monday.",
    "No.",
    "General Orr did not confirm that two brigades had left Brest, the agency reported.",
    '"We will be ready," she said.',
    "According to a source in the ministry, the exercise may be extended, although nobody has asked for it yet.",
    "Rain.",
    "The port reopened on 3 May after 120-170 workers returned.",
]
ODD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "🙂🙂🙂",
    "e\u0301" * 40,
    "שלום עולם 123",
    "\u202eabc\u202c",
    "\ud800",
    "́",
    "x" * 5000,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped()


def _cut(text: str) -> list[str]:
    return [text[a:b] for a, b in words_of(text)]


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 16])
def test_a_sentence_is_read_the_same_in_every_batch(encoder: Encoder, batch: int) -> None:
    sentences = [_cut(text) for text in PLAIN * 2]
    alone = [encoder.parse([words])[0] for words in sentences]
    assert encoder.parse(sentences, batch=batch) == alone


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_read_the_same_alone_and_among_others(texts: list[str]) -> None:
    encoder = shipped()
    assert list(encoder.sentences(texts)) == [encoder.read(text) for text in texts]


@pytest.mark.parametrize("text", ODD)
def test_nothing_in_a_text_stops_the_reading(encoder: Encoder, text: str) -> None:
    words = encoder.read(text)
    assert [(w.start, w.end) for w in words] == words_of(text)
    assert all(text[w.start : w.end] == w.text for w in words)
    assert len(encoder.breaks(_cut(text))) == len(words)
    _is_tree(words)


def _is_tree(words: list[Word]) -> None:
    assert sum(w.head < 0 for w in words) == bool(words)
    for start in range(len(words)):
        seen, at = set(), start
        while at >= 0:
            assert at not in seen
            seen.add(at)
            at = words[at].head


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), max_size=40))
def test_any_words_make_one_tree_and_well_formed_spans(words: list[str]) -> None:
    read = shipped().parse([words])[0]
    assert [w.text for w in read] == words
    _is_tree(read)
    for tags in ([w.name for w in read], [w.role for w in read], [w.content for w in read]):
        for before, after in zip(["O", *tags], tags, strict=False):
            assert not after.startswith("I-") or before[2:] == after[2:]


def test_a_sentence_of_three_thousand_words_is_one_tree(encoder: Encoder) -> None:
    words = ["ships", "and"] * 1500
    read = encoder.parse([words])[0]
    assert len(read) == 3000
    _is_tree(read)
    assert len(encoder.breaks(words)) == 3000


def test_time_grows_with_length_only(encoder: Encoder) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        encoder.parse([_cut(PLAIN[2]) * times])
        return time.process_time() - began

    seconds(10)
    short, long = min(seconds(40) for _ in range(3)), seconds(160)
    assert long < 12 * short + 0.2


@pytest.mark.parametrize(
    "piece", ["www.", "a.", "1.", "1,", "http://!", "a@", "a'", "n't", "ab-", "...", "A.B", "1a", "_", "\u0301", "x1."]
)
def test_words_are_cut_in_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * (count // len(piece))
        began = time.process_time()
        assert "".join(text[a:b] for a, b in words_of(text)) == text
        return time.process_time() - began

    assert min(seconds(40_000) for _ in range(2)) < 12 * min(seconds(10_000) for _ in range(3)) + 0.05


@given(st.text(max_size=200))
def test_words_cover_everything_but_white_space(text: str) -> None:
    places = words_of(text)
    assert all(a < b for a, b in places)
    assert all(b <= c for (_, b), (c, _) in pairwise(places))
    covered = {at for a, b in places for at in range(a, b)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)


def test_no_words_are_no_answer(encoder: Encoder) -> None:
    assert encoder.parse([]) == []
    assert encoder.parse([[], []]) == [[], []]
    assert encoder.breaks([]) == []


def test_a_sentence_begins_after_a_full_stop_and_not_after_an_abbreviation(encoder: Encoder) -> None:
    words = _cut("The convoy left at dawn. Gen. Orr said nothing about it. It arrived in Brest on Jan. 5.")
    chances = encoder.breaks(words)
    begun = [words[at] for at, chance in enumerate(chances) if chance >= 0.5]
    assert begun == ["The", "Gen.", "It"]


def test_names_are_found_in_small_letters_too(encoder: Encoder) -> None:
    text = "General Mark Orr flew from Vilnius to London."
    for given_text in (text, text.lower()):
        names = {w.text.lower(): w.name[2:] for w in encoder.read(given_text) if w.name != "O"}
        assert (names.get("orr"), names.get("vilnius"), names.get("london")) == ("PER", "LOC", "LOC")


def test_a_clause_and_a_noun_are_never_both_the_subject_of_a_word(encoder: Encoder) -> None:
    words = encoder.read("It takes six weeks to form them (eight weeks according to another source).")
    takes = next(at for at, w in enumerate(words) if w.text == "takes")
    subjects = {w.label.partition(":")[0] for w in words if w.head == takes and w.label.partition(":")[0][1:] == "subj"}
    assert len(subjects) <= 1
    assert next(w.label for w in words if w.text == "weeks") == "obj"


def test_a_number_word_is_its_own_lemma(encoder: Encoder) -> None:
    words = encoder.read("Nine thousand men crossed the river.")
    assert [w.lemma for w in words[:3]] == ["nine", "thousand", "man"]
