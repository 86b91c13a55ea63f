import math
from dataclasses import replace
from datetime import date

import pytest

from tocsin.errors import UsageError
from tocsin.infer.figures import pool, results
from tocsin.model.claim import Bound
from tocsin.model.evidence import Reading, ReadingRole
from tocsin.model.problem import FigurePart, FigureQuestion, Scenario, WarningProblem

DAY = date(2022, 12, 1)
EXPECT = (2500.0, 60000.0)


def reading(name: str, value: float, *, source: str | None = None, knows: float | None = 0.57) -> Reading:
    return Reading(
        id=name,
        figure="troops",
        low=value,
        high=value,
        bound=Bound.EXACT,
        of="total",
        about=DAY,
        source=source or f"source of {name}",
        knows=knows,
    )


THREE = (reading("a", 9000, knows=0.75), reading("b", 20000), reading("c", 30000))


def test_without_a_holding_nothing_is_imputed() -> None:
    need = replace(reading("n", 90000), role=ReadingRole.NEED)
    pooled = pool([need], expect=EXPECT, need=(80000, 100000))
    assert (pooled.median, pooled.low, pooled.high, pooled.density, pooled.p_enough) == (None, None, None, (), None)
    assert pooled.readings[0].because == "a need is shown and never pooled"


def test_a_need_and_a_rumour_move_nothing() -> None:
    others = [replace(reading("n", 90000), role=ReadingRole.NEED), replace(reading("r", 1e5), role=ReadingRole.RUMOUR)]
    assert pool([*THREE, *others], expect=EXPECT).median == pool(THREE, expect=EXPECT).median


def test_a_source_that_cannot_be_judged_is_shown_and_moves_nothing() -> None:
    pooled = pool([*THREE, reading("f", 200000, knows=None)], expect=EXPECT)
    assert pooled.median == pool(THREE, expect=EXPECT).median
    assert not pooled.readings[-1].pooled


def test_a_source_repeating_its_figure_counts_once_and_its_latest_stands() -> None:
    earlier = replace(reading("c0", 28000, source="source of c"), about=date(2022, 11, 20))
    again = replace(reading("c1", 30000, source="source of c"), about=date(2022, 11, 25))
    assert pool([earlier, again, *THREE], expect=EXPECT).median == pool(THREE, expect=EXPECT).median


def test_an_echo_takes_nothing_from_what_it_repeats_in_whatever_order_the_two_came() -> None:
    before = pool([replace(reading("0", 30000), echo_of="c"), *THREE], expect=EXPECT)
    after = pool([*THREE, replace(reading("z", 30000), echo_of="c")], expect=EXPECT)
    assert before.median == after.median
    assert (before.low, before.high) == (after.low, after.high)


def test_an_echo_moves_less_than_another_voice_with_the_same_figure() -> None:
    alone = pool(THREE, expect=EXPECT)
    echo = pool([*THREE, replace(reading("e", 30000), echo_of="c")], expect=EXPECT)
    voice = pool([*THREE, reading("e", 30000)], expect=EXPECT, blanket_echo=0)
    blanket = pool([*THREE, reading("e", 30000)], expect=EXPECT)
    assert alone.median is not None
    assert echo.median is not None
    assert voice.median is not None
    assert blanket.median is not None
    assert alone.median < echo.median < blanket.median < voice.median


def test_parts_given_by_one_source_enter_as_their_sum() -> None:
    parts = [
        replace(reading("s", 20000, source="x"), group="g", of="servicemen"),
        replace(reading("w", 3000, source="x"), group="g", of="mercenaries"),
    ]
    summed = pool(parts, expect=EXPECT)
    single = pool([reading("t", 23000)], expect=EXPECT)
    assert summed.median == pytest.approx(single.median, rel=0.05)
    assert all(r.pooled for r in summed.readings)
    loose = pool([replace(part, group=None, of="part") for part in parts], expect=EXPECT)
    assert loose.median == summed.median


def test_a_part_alone_bounds_the_total_from_below() -> None:
    part = pool([replace(reading("p", 20000), of="part")], expect=EXPECT)
    bound = pool([replace(reading("p", 20000), bound=Bound.AT_LEAST, high=None)], expect=EXPECT)
    assert part.median == bound.median


def test_a_figure_about_a_later_day_waits() -> None:
    late = replace(reading("z", 60000), about=date(2022, 12, 5))
    assert pool([*THREE, late], expect=EXPECT, as_of=DAY).median == pool(THREE, expect=EXPECT, as_of=DAY).median


def test_each_scenario_with_a_need_gets_its_own_answer() -> None:
    figure = FigureQuestion(
        id="troops",
        of="Russian troops",
        unit="person",
        where=(),
        expect=EXPECT,
        need={"big": (80000, 100000), "small": (10000, 15000)},
        attempt={"big": (30000, 60000)},
    )
    problem = WarningProblem(
        id="p",
        question="?",
        resolution="",
        opened=DAY,
        by=DAY,
        yardstick="ICD 203",
        scenarios=(Scenario(id="rest", statement="", event=False, prior=None, even_odds_within=None, status_quo=True),),
        figures=(figure,),
    )
    big, small = results(problem, THREE, as_of=DAY)
    assert big.p_enough is not None
    assert small.p_enough is not None
    assert big.p_attempt is not None
    assert big.p_enough < 0.01 < big.p_attempt < small.p_enough
    assert big.median == small.median
    assert small.p_attempt is None
    assert [shown.low for shown in big.readings] == [9000, 20000, 30000]


@pytest.mark.parametrize("pair", [(5.0, 1.0), (0.0, 1.0), (-1.0, 1.0), (1.0, math.inf), (math.nan, 1.0)])
def test_a_pair_that_is_no_range_is_wrong_usage(pair: tuple[float, float]) -> None:
    with pytest.raises(UsageError, match="expect"):
        pool(THREE, expect=pair)
    with pytest.raises(UsageError, match="need"):
        pool(THREE, need=pair)
    with pytest.raises(UsageError, match="attempt"):
        pool(THREE, attempt=pair)


def test_a_reading_that_cites_another_and_differs_counts_in_full() -> None:
    cited = replace(reading("d", 40000), echo_of="c")
    apart = replace(reading("d", 40000), echo_of=None)
    assert pool([*THREE, cited], expect=EXPECT).median == pool([*THREE, apart], expect=EXPECT).median


def test_an_echo_may_be_named_by_its_claim() -> None:
    said = replace(THREE[2], claim="claim of c")
    by_claim = replace(reading("e", 30000), echo_of="claim of c")
    by_id = replace(reading("e", 30000), echo_of="c")
    pooled = [pool([*THREE[:2], said, echo], expect=EXPECT).median for echo in (by_claim, by_id)]
    assert pooled[0] == pooled[1]


def test_order_of_readings_never_matters() -> None:
    every = [*THREE, replace(reading("e", 30000), about=date(2022, 11, 28)), reading("g", 30000, source="source of c")]
    assert pool(every, expect=EXPECT).density == pool(every[::-1], expect=EXPECT).density


APART = FigurePart(of="Wagner fighters", expect=(500, 8000), words=("Wagner",), without=("servicemen",))


def of(name: str, value: float, counted: str, *, source: str | None = None, group: str | None = None) -> Reading:
    return replace(reading(name, value, source=source), of=counted, group=group)


def test_words_tell_what_a_figure_counts_and_the_whole_is_rest_and_part() -> None:
    said = [
        of("a", 20000, "Russian servicemen", source="s", group="g"),
        of("b", 3000, "Wagner fighters", source="s", group="g"),
    ]
    found = pool(said, expect=EXPECT, part=APART)
    assert found.part is not None
    assert found.without_part is not None
    assert found.part.of == "Wagner fighters"
    assert (found.part.median or 0) < (found.without_part.median or 0) < (found.median or 0)
    assert all(used.pooled for used in found.readings)


def test_a_figure_that_leaves_the_part_out_means_a_larger_whole_than_one_that_counts_it_in() -> None:
    without, unclear, whole = (
        pool([of("a", 20000, words)], expect=EXPECT, part=APART).median or 0.0
        for words in ("servicemen", "troops", "total")
    )
    assert whole < unclear < without


def test_a_source_that_speaks_of_rest_and_part_apart_is_heard_on_both() -> None:
    rest, part = of("a", 20000, "servicemen", source="s"), of("b", 3000, "Wagner", source="s")
    apart = pool([rest, part], expect=EXPECT, part=APART)
    summed = pool([replace(rest, group="g"), replace(part, group="g")], expect=EXPECT, part=APART)
    assert apart.median == pytest.approx(summed.median)


def test_without_a_holding_no_part_is_imputed_either() -> None:
    found = pool([], expect=EXPECT, part=APART)
    assert found.part is not None
    assert found.part.median is None


def test_a_declared_part_reaches_the_result() -> None:
    question = FigureQuestion(id="troops", of="troops", unit="person", where=(), expect=EXPECT, part=APART)
    problem = WarningProblem(
        id="p",
        question="q",
        resolution="",
        opened=DAY,
        by=DAY,
        yardstick="ICD 203",
        scenarios=(),
        figures=(question,),
    )
    (found,) = results(problem, [of("a", 20000, "servicemen")], as_of=DAY)
    assert found.part is not None
    assert (found.median or 0) > 20000
