import numpy as np
import pytest

from tocsin.errors import ProbabilityError
from tocsin.prob.parted import Meant, Node, pool_parted
from tocsin.prob.pool import Item, pool, rounding

EXPECT, PART = (2500.0, 60000.0), (500.0, 8000.0)


def meant(value: float, *shares: tuple[Node, float], knows: float = 0.75) -> Meant:
    return Meant(item=Item(low=value, high=value, rounding=rounding(value), knows=knows), shares=shares)


def whole(value: float, knows: float = 0.75) -> Meant:
    return meant(value, (Node.WHOLE, 1.0), knows=knows)


def test_whole_is_rest_and_part_together() -> None:
    sure = [meant(20000, (Node.REST, 1.0), knows=0.99), meant(3000, (Node.PART, 1.0), knows=0.99)]
    both = pool_parted([[sure]], expect=EXPECT, part=PART)
    assert both.rest.quantile(0.5) == pytest.approx(20000, rel=0.05)
    assert both.part.quantile(0.5) == pytest.approx(3000, rel=0.05)
    assert both.whole.quantile(0.5) == pytest.approx(23000, rel=0.05)


def test_figures_of_the_whole_alone_pool_as_if_there_were_no_part() -> None:
    said = [whole(20000), whole(23000, knows=0.57)]
    apart = pool_parted([[[one]] for one in said], expect=EXPECT, part=(1.0, 10.0))
    plain = pool([[one.item] for one in said], expect=EXPECT)
    for share in (0.05, 0.5, 0.95):
        assert apart.whole.quantile(share) == pytest.approx(plain.quantile(share), rel=0.01)


def test_an_unclear_figure_lies_between_its_two_meanings() -> None:
    def held(*shares: tuple[Node, float]) -> float:
        return pool_parted([[[meant(20000, *shares, knows=0.95)]]], expect=EXPECT, part=(5000, 8000)).whole.quantile(
            0.5
        )

    assert held((Node.WHOLE, 1.0)) < held((Node.WHOLE, 0.5), (Node.REST, 0.5)) < held((Node.REST, 1.0))


def test_two_who_differ_by_the_part_agree_once_it_is_told_apart() -> None:
    told = pool_parted(
        [[[meant(20000, (Node.REST, 1.0))]], [[meant(26000, (Node.WHOLE, 1.0))]]], expect=EXPECT, part=(4000, 9000)
    )
    mixed = pool([[whole(20000).item], [whole(26000).item]], expect=EXPECT)
    assert told.whole.quantile(0.95) / told.whole.quantile(0.05) < mixed.quantile(0.95) / mixed.quantile(0.05)
    assert told.whole.quantile(0.5) > mixed.quantile(0.5)


def test_one_source_knows_all_parts_of_its_sum_or_none() -> None:
    """Two figures of one source are one voice: they move the whole less than two sources saying the same."""
    rest, part = meant(20000, (Node.REST, 1.0), knows=0.4), meant(3000, (Node.PART, 1.0), knows=0.4)
    one = pool_parted([[[rest, part]]], expect=EXPECT, part=PART)
    near = one.whole.above(20000) - one.whole.above(27000)
    other = pool_parted([[[rest]], [[part]]], expect=EXPECT, part=PART)
    assert near > other.whole.above(20000) - other.whole.above(27000)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ProbabilityError, match="sum to one"):
        pool_parted([[[meant(5, (Node.WHOLE, 0.5))]]], expect=EXPECT, part=PART)
    with pytest.raises(ProbabilityError, match="rising order"):
        pool_parted([], expect=EXPECT, part=(5.0, 1.0))
    with pytest.raises(ProbabilityError, match="larger than the whole"):
        pool_parted([], expect=(1.0, 2.0), part=(1e6, 1e7))


def test_masses_sum_to_one_and_order_never_matters() -> None:
    said = [[[whole(9000)]], [[meant(20000, (Node.WHOLE, 0.5), (Node.REST, 0.5))]], [[meant(900, (Node.PART, 1.0))]]]
    first, second = (pool_parted(order, expect=EXPECT, part=PART) for order in (said, said[::-1]))
    for one, other in ((first.whole, second.whole), (first.rest, second.rest), (first.part, second.part)):
        assert one.mass.sum() == pytest.approx(1.0)
        assert np.allclose(one.mass, other.mass)
