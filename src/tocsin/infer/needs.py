"""What a scenario needs: expressions over gates, judged for every combination of them at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import UsageError
from tocsin.model.problem import Expr, Gate


def holds(expr: Expr, gates: tuple[Gate, ...], table: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which combinations of gates satisfy an expression; shape ``(state,)``."""
    if expr.op == "true":
        return np.ones(len(table), dtype=np.bool_)
    if expr.op == "gate":
        position = next((k for k, gate in enumerate(gates) if gate.id == expr.name), None)
        if position is None:
            raise UsageError(f"'{expr.name}' is no gate of this problem")
        return np.asarray(table[:, position])
    args = np.array([holds(arg, gates, table) for arg in expr.args], dtype=np.bool_).reshape(-1, len(table))
    if expr.op == "and":
        return np.asarray(args.all(axis=0))
    if expr.op == "or":
        return np.asarray(args.any(axis=0))
    if expr.op == "not":
        return np.asarray(~args.any(axis=0))
    if expr.op == "at_least":
        return np.asarray(args.sum(axis=0) >= expr.k)
    raise UsageError(f"'{expr.op}' is no operation on gates")


def wanted(expr: Expr, *, negated: bool = False) -> frozenset[str]:
    """The gates that an expression names without negation."""
    if expr.op == "gate":
        return frozenset() if negated else frozenset((expr.name,))
    flipped = negated != (expr.op == "not")
    return frozenset[str]().union(*(wanted(arg, negated=flipped) for arg in expr.args))
