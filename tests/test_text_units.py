"""Which unit is a kind of which."""

from __future__ import annotations

import pytest

from tocsin.text.units import counts_as


@pytest.mark.parametrize(
    ("unit", "wider"), [("boat", "ship"), ("jet", "aircraft"), ("howitzer", "gun"), ("car", "vehicle")]
)
def test_a_kind_counts_as_the_wider_unit_and_not_the_other_way(unit: str, wider: str) -> None:
    assert counts_as(unit, wider)
    assert not counts_as(wider, unit)


def test_a_unit_counts_as_itself_even_where_the_lists_lack_it() -> None:
    assert counts_as("tugboat", "tugboat")
    assert not counts_as("tugboat", "ship")
