"""Words are found alike on both stores, with the caveat of what they were found in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.storing import NOW, extraction, report

from tocsin.errors import UsageError
from tocsin.store.sql import Store

TEXTS = {
    1: "Trains were seen at the rail yard of Brest, an official said.",
    2: "The Чернігів garrison counted 9,000 men; don't believe it.",
    3: "The yard by the rail line is empty.",
}


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    for number, words in TEXTS.items():
        one = report(number, words, published=date(2022, 12, number), title="Daily notes")
        found = extraction(one, origin="the Harbour-Master")
        opened.keep(one, found, name="r", handling="TLP:AMBER" if number == 2 else None, at=NOW)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("asked", "claims"),
    [
        ("trains", ["c1"]),
        ("TRAIN", []),
        ("train*", ["c1"]),
        ("rail yard", ["c3", "c1"]),
        ('"rail yard"', ["c1"]),
        ('"rail yar*"', ["c1"]),
        ("чернігів", ["c2"]),
        ("9,000", ["c2"]),
        ("don't", ["c2"]),
        ("harbour-master", ["c3", "c2", "c1"]),
        ("snow_storm", []),
        ("empty' OR \"1\"='1", []),
        ("yard & | ! ( ) <-> :*", ["c3", "c1"]),
        ("NEAR yard", []),
    ],
)
def test_words_are_found_whole_in_any_case_and_side_by_side_in_quotes(
    store: Store, asked: str, claims: list[str]
) -> None:
    assert [hit.claim for hit in store.search(asked) if hit.claim] == claims


def test_a_report_is_found_by_its_title_where_no_claim_of_it_is(store: Store) -> None:
    [first, *_] = found = store.search("daily")

    assert [hit.report for hit in found] == ["sha256:3", "sha256:2", "sha256:1"]
    assert first.claim is None
    assert first.text == TEXTS[3]


def test_the_caveat_comes_with_what_was_found(store: Store) -> None:
    assert [(hit.claim, hit.handling) for hit in store.search("garrison")] == [("c2", "TLP:AMBER")]


def test_only_what_was_published_and_known_by_then_is_found(store: Store) -> None:
    assert [hit.claim for hit in store.search("yard", as_of=date(2022, 12, 2))] == ["c1"]
    assert store.search("yard", known_by=date(2022, 12, 2)) == ()
    assert len(store.search("yard", known_by=date(2022, 12, 3))) == 2
    assert len(store.search("yard", most=1)) == 1


def test_a_long_report_is_cut_to_the_place(store: Store) -> None:
    long = report(9, "Nothing was seen. " * 500 + "A column moved at night. " + "Nothing was seen. " * 500)
    store.keep(long, extraction(report(9, "Nothing.")), name="r", handling=None, at=NOW)
    [hit] = store.search("column night")

    assert hit.text.startswith("…")
    assert "A column moved at night." in hit.text
    assert len(hit.text) < 300


@pytest.mark.parametrize("asked", ["", "  ", "*", '""', "' - !"])
def test_no_word_is_no_question(store: Store, asked: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        store.search(asked)


def test_words_of_a_reading_that_was_replaced_are_not_found(store: Store) -> None:
    one = report(1, TEXTS[1])
    store.reread(one, extraction(report(1, "The harbour is shut."), "t 2"), at=NOW)

    assert [hit.claim for hit in store.search("trains")] == [None]
    assert [hit.claim for hit in store.search("shut")] == ["c1"]
