"""What a scenario needs, read as an analyst would write it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.problem import Expr
from tocsin.problem.needs import holds, named, needs
from tocsin.problem.values import Wrong

NAMES = ("a", "b-1", "c_2")


def states() -> list[frozenset[str]]:
    return [frozenset(n for n, on in zip(NAMES, bits, strict=True) if on) for bits in product((0, 1), repeat=3)]


def same(left: str, right: str) -> bool:
    return all(holds(needs(left), state) == holds(needs(right), state) for state in states())


def test_and_binds_closer_than_or_and_not_closest() -> None:
    assert same("a or b-1 and c_2", "a or (b-1 and c_2)")
    assert same("not a and b-1", "(not a) and b-1")
    assert not same("a or b-1 and c_2", "(a or b-1) and c_2")


def test_at_least_counts() -> None:
    assert same("at_least(1, a, b-1, c_2)", "a or b-1 or c_2")
    assert same("at_least(3, a, b-1, c_2)", "a and b-1 and c_2")
    assert same("at_least(2, a, b-1, c_2)", "a and b-1 or a and c_2 or b-1 and c_2")
    assert same("at_least(1, not a, b-1 and c_2)", "not a or b-1 and c_2")


def test_words_may_be_written_large() -> None:
    assert same("a AND NOT b-1", "a and not b-1")


def test_an_id_may_begin_with_a_word_of_the_grammar() -> None:
    assert list(named(needs("not-ready and order"))) == ["not-ready", "order"]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("a and", "column 6: ends where a gate"),
        ("a b-1", "column 3: 'b-1' stands where and, or, or the end"),
        ("(a or b-1", "column 10: ends where '\\)'"),
        ("a)", "column 2"),
        ("or a", "column 1: 'or'"),
        ("a & b-1", "column 3: '&' has no meaning"),
        ("at_least(4, a, b-1)", "column 10: at_least asks for 4 of 2"),
        ("at_least(0, a)", "asks for 0 of 1"),
        ("at_least(a, b-1)", "column 10: 'a' stands where how many"),
        ("at_least 2", "column 10"),
        ("at_least(2)", "asks for 2 of 0"),
        ("()", "column 2"),
        ("not", "column 4"),
        ("(" * 100 + "a" + ")" * 100, "nested more than"),
        ("not " * 100 + "a", "nested more than"),
        ("a or " * 200 + "a", "characters long"),
        ("  ", "is empty"),
    ],
)
def test_a_faulty_expression_is_told_its_column(written: str, says: str) -> None:
    with pytest.raises(Wrong, match=says) as caught:
        needs(written)

    assert caught.value.cure


EXPRESSIONS = st.recursive(
    st.sampled_from(NAMES).map(lambda name: Expr(op="gate", name=name)),
    lambda inner: st.one_of(
        inner.map(lambda part: Expr(op="not", args=(part,))),
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)).map(
            lambda drawn: Expr(op=drawn[0], args=tuple(drawn[1]))
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Expr(op="at_least", k=len(parts), args=tuple(parts))),
    ),
    max_leaves=8,
)


def written(expr: Expr) -> str:
    match expr.op:
        case "gate":
            return expr.name
        case "not":
            return f"not ({written(expr.args[0])})"
        case "at_least":
            return f"at_least({expr.k}, {', '.join(written(part) for part in expr.args)})"
        case op:
            return f" {op} ".join(f"({written(part)})" for part in expr.args)


@given(EXPRESSIONS)
def test_what_is_written_out_reads_back_as_itself(expr: Expr) -> None:
    assert needs(written(expr)) == expr


@given(st.text(alphabet="ab ()andortl_es,123&-", max_size=60))
def test_any_text_is_read_or_told_what_is_wrong(text: str) -> None:
    wrong: Wrong | None = None
    names: list[str] = []
    try:
        names = list(named(needs(text)))
    except Wrong as raised:
        wrong = raised

    assert names or (wrong is not None and wrong.message and wrong.cure)
