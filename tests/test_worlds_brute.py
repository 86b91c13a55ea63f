"""The core against enumeration on 208 random cases: gates, copies, silence and stories in all combinations."""

from __future__ import annotations

import math
import sys
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.worlds import brute
from benchmarks.worlds.cases import FEATURES, case, jsonl, toml

from tocsin import problem as problems
from tocsin.infer import coded, core

CASES_EACH = 13


@pytest.mark.parametrize("bits", list(product((0, 1), repeat=4)))
def test_the_core_agrees_with_enumeration(bits: tuple[int, ...]) -> None:
    features = frozenset(name for name, bit in zip(FEATURES, bits, strict=True) if bit)
    for number in range(CASES_EACH):
        small = case(1000 * int("".join(map(str, bits)), 2) + number, features)
        problem = problems.parse_problem(toml(small), file="small.toml")
        evidence = coded.parse_evidence(jsonl(small), file="small.jsonl", problem=problem).evidence
        prepared = core.prepare(problem, as_of=small.opened + timedelta(days=small.past - 1))
        found = core.posterior(prepared, evidence)
        slow = brute.enumerate_all(small, future=prepared.future)

        assert math.isclose(found.status_quo, slow.status_quo, abs_tol=1e-10)
        for row, name in enumerate(found.scenarios):
            for f in range(prepared.future + 1):
                assert math.isclose(float(found.joint[row, f]), slow.joint[name, f], abs_tol=1e-10)
        for gate, chance in found.gates.items():
            assert math.isclose(chance, slow.gates[gate], abs_tol=1e-10)
        for at, party in enumerate(small.parties):
            for name, chance in prepared.stories.of_party(found.stories, at).items():
                assert math.isclose(chance, slow.stories[party.id, name], abs_tol=1e-10)
