"""Role: what kind of saying a statement is, and the words that say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tocsin.extract import stance_ahead as ahead
from tocsin.extract import stance_fact as fact
from tocsin.extract.stance_judged import Found, Judged
from tocsin.model.claim import Modality, Role


def role(one: Judged) -> Found:
    """The kind of saying, and the words that decided. The order of the tests is the order of precedence.

    What "it is true that" or "it is clear that" leads to is judged by itself.
    """
    clause = one.clause
    leads = len(clause.chain) > 1 and clause.copular(clause.head) and one.modality is Modality.ASSERTED
    if leads and clause.line.syntax.relation(clause.chain[1]) in {"ccomp", "csubj"}:
        one = replace(one, clause=replace(clause, chain=clause.chain[1:]))
    tests: tuple[Callable[[Judged], Found | None], ...] = (
        ahead.unanswered,
        ahead.past,
        ahead.needed,
        ahead.wished,
        ahead.foretold,
        ahead.unsure,
        fact.thought,
        fact.noun,
        fact.there_is,
        fact.is_something,
        fact.verb,
    )
    return next((found for test in tests if (found := test(one)) is not None), (Role.OBSERVATION, ""))
