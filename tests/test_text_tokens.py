"""Tokens: words, numbers and marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.report import Span
from tocsin.text.tokens import plain, tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("three-ton bombs", ["three-ton", "bombs"]),
        ("the T-72 and the 1st Army", ["the", "T-72", "and", "the", "1st", "Army"]),
        ("120-170 thousand", ["120", "-", "170", "thousand"]),
        ("9,000 or 3.5 km", ["9,000", "or", "3.5", "km"]),
        ("don't, we don’t", ["don't", ",", "we", "don’t"]),
        ("ZN.UA, U.S. and a.m.", ["ZN.UA", ",", "U.S.", "and", "a.m."]),
        ("He left.", ["He", "left", "."]),
        ("see https://example.org/a?b=1, then", ["see", "https://example.org/a?b=1", ",", "then"]),
        ("$5m (10%)", ["$", "5", "m", "(", "10", "%", ")"]),
        ("wait... “no”", ["wait", "...", "“", "no", "”"]),
    ],
)
def test_words_numbers_and_marks_are_told_apart(text: str, parts: list[str]) -> None:
    assert [token.text for token in tokens(text)] == parts


@given(st.text(max_size=60))
def test_tokens_lie_where_they_say_and_leave_out_white_space_only(text: str) -> None:
    found = tokens(text)
    assert all(text[slice(*token.span)] == token.text for token in found)
    assert "".join(token.text for token in found) == "".join(text.split())


@given(st.text(max_size=60))
def test_plain_text_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_a_span_limits_the_tokens() -> None:
    assert [token.text for token in tokens("one two three", Span(4, 7))] == ["two"]
