"""What a scenario needs: a boolean expression over gates, read by recursive descent.

The grammar, loosest first; words may be written in capitals, ids may not::

    either = both, { "or", both }
    both   = one, { "and", one }
    one    = "not", one | "(", either, ")" | "at_least", "(", k, { ",", either }, ")" | gate
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.model.problem import Expr
from tocsin.problem.values import Wrong, shown, text

WORDS = frozenset({"and", "or", "not", "at_least"})
"""Words of the grammar; no gate may be called by one of them."""

_LONGEST = 500
_DEEPEST = 40
_PIECE = re.compile(r"\s+|([A-Za-z0-9_][A-Za-z0-9_-]*|[(),])")


@dataclass(frozen=True, slots=True)
class _Piece:
    word: str
    column: int

    @property
    def keyword(self) -> str:
        return self.word.lower() if self.word.lower() in WORDS else self.word


def needs(value: object) -> Expr:
    """Read an expression such as ``"decision and not truce"`` or ``"at_least(2, a, b, c)"``.

    Raises:
        Wrong: with the column at which it cannot be read on.

    >>> needs("a and (b or c)").op
    'and'
    """
    written = text(value)
    if len(written) > _LONGEST:
        raise Wrong(f"is {len(written)} characters long", f"say it in {_LONGEST} characters at most")
    return _Reader(_pieces(written), len(written) + 1).whole()


def named(expr: Expr) -> Iterator[str]:
    """The gates an expression speaks of, as often as it does."""
    if expr.op == "gate":
        yield expr.name
    for part in expr.args:
        yield from named(part)


def holds(expr: Expr, opened: frozenset[str]) -> bool:
    """Is the expression true when exactly these gates are open?

    >>> holds(needs("at_least(2, a, b, c)"), frozenset({"a", "c"}))
    True
    """
    match expr.op:
        case "gate":
            return expr.name in opened
        case "and":
            return all(holds(part, opened) for part in expr.args)
        case "or":
            return any(holds(part, opened) for part in expr.args)
        case "not":
            return not holds(expr.args[0], opened)
        case "at_least":
            return sum(holds(part, opened) for part in expr.args) >= expr.k
        case _:
            return True


def _pieces(written: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    while at < len(written):
        match = _PIECE.match(written, at)
        if match is None:
            raise Wrong(
                f"column {at + 1}: {shown(written[at])} has no meaning here", "use ids, and, or, not, at_least, ( ) ,"
            )
        if match[1]:
            pieces.append(_Piece(match[1], at + 1))
        at = match.end()
    return pieces


class _Reader:
    def __init__(self, pieces: list[_Piece], end: int) -> None:
        self.pieces = pieces
        self.end = end
        self.at = 0

    def whole(self) -> Expr:
        result = self.either(0)
        if self.at < len(self.pieces):
            raise self.wrong("and, or, or the end")
        return result

    def either(self, depth: int) -> Expr:
        parts = [self.both(depth)]
        while self.take("or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Expr(op="or", args=tuple(parts))

    def both(self, depth: int) -> Expr:
        parts = [self.one(depth)]
        while self.take("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else Expr(op="and", args=tuple(parts))

    def one(self, depth: int) -> Expr:
        if depth > _DEEPEST:
            raise Wrong(f"is nested more than {_DEEPEST} deep", "say it more simply")
        if self.take("not"):
            return Expr(op="not", args=(self.one(depth + 1),))
        if self.take("("):
            inner = self.either(depth + 1)
            self.expect(")")
            return inner
        if self.take("at_least"):
            return self.at_least(depth + 1)
        piece = self.peek()
        if piece is None or piece.keyword in WORDS or piece.word in "(),":
            raise self.wrong("a gate, 'not' or '('")
        self.at += 1
        return Expr(op="gate", name=piece.word)

    def at_least(self, depth: int) -> Expr:
        self.expect("(")
        piece = self.peek()
        if piece is None or not piece.word.isdecimal() or len(piece.word) > 4:
            raise self.wrong("how many, as in at_least(2, a, b, c)")
        self.at += 1
        parts: list[Expr] = []
        while self.take(","):
            parts.append(self.either(depth))
        self.expect(")")
        k = int(piece.word)
        if not 1 <= k <= len(parts):
            message = f"column {piece.column}: at_least asks for {k} of {len(parts)}"
            raise Wrong(message, f"ask for 1 to {len(parts)}" if parts else "name the gates: at_least(2, a, b, c)")
        return Expr(op="at_least", k=k, args=tuple(parts))

    def peek(self) -> _Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def take(self, word: str) -> bool:
        piece = self.peek()
        if piece is None or piece.keyword != word:
            return False
        self.at += 1
        return True

    def expect(self, word: str) -> None:
        if not self.take(word):
            raise self.wrong(f"'{word}'")

    def wrong(self, wanted: str) -> Wrong:
        piece = self.peek()
        if piece is None:
            return Wrong(f"column {self.end}: ends where {wanted} should stand", "finish the expression")
        return Wrong(
            f"column {piece.column}: {shown(piece.word)} stands where {wanted} should", f"write {wanted} there"
        )
