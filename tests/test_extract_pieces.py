"""Word pieces as the vocabulary's own library cuts them; its answers were noted once and stand here."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tocsin.extract.parse.pieces import PIECES_PER_WORD, UNKNOWN, Pieces


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    vocabulary = files("tocsin.extract").joinpath("data/encoder/vocabulary.txt").read_text(encoding="utf-8")
    return Pieces({piece: number for number, piece in enumerate(vocabulary.split("\n")) if piece})


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Lukashenka", (23739, 10222, 2912)),
        ("Zaporizhzhia", (23564, 17822, 10993, 2232, 19436, 2050)),
        ("Łódź", (17814,)),
        ("naïve", (15743,)),
        ("e\u0301lan", (3449, 2319)),
        ("Ruritanian", (21766, 25279, 2937)),
        ("3.5-ton", (1017, 1012, 1019, 1011, 10228)),
        ("120-170", (6036, 1011, 10894)),
        ("T-72", (1056, 1011, 5824)),
        ("ZN.UA", (1062, 2078, 1012, 25423)),
        ("n't", (1050, 1005, 1056)),
        ("’s", (1521, 1055)),
        ("“", (1523,)),
        ("№", (1578,)),
        ("Київ", (1189, 10325, 29760, 25529)),
        ("北京", (1781, 1755)),
        ("ﬁre", (1984, 2890)),
        ("İstanbul", (9960,)),
        ("x\u200by", (1060, 2100)),
    ],
)
def test_a_word_is_cut_as_the_reference_cuts_it(pieces: Pieces, word: str, expected: tuple[int, ...]) -> None:
    assert pieces.of(word) == expected


@pytest.mark.parametrize("word", ["🙂", "a" * 101, "\u0301", "\t", "\x00", "ＡＢＣ", ""])
def test_what_the_vocabulary_cannot_spell_is_one_unknown_piece(pieces: Pieces, word: str) -> None:
    assert pieces.of(word) == (UNKNOWN,)


def test_an_address_is_cut_off_after_its_first_pieces(pieces: Pieces) -> None:
    assert len(pieces.of("https://example.org/" + "?a=1&" * 50)) == PIECES_PER_WORD
