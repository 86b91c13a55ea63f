"""Figures: value, bound, unit, of what; and what is no figure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.figure import figures
from tocsin.model.claim import Bound, Change, Figure
from tocsin.model.report import Span


def only(text: str) -> Figure:
    (figure,) = figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "bound", "unit"),
    [
        ("A force of 120-170 thousand troops may move.", "120-170 thousand", 120_000, 170_000, "range", "person"),
        ("They need 80 to 100 thousand soldiers.", "80 to 100 thousand", 80_000, 100_000, "range", "person"),
        ("That is 40–50 BTGs.", "40–50", 40, 50, "range", "battalion tactical group"),
        ("Between 5 and 7 battalions came.", "5 and 7", 5, 7, "range", "battalion"),
        ("It takes two or three days.", "two or three", 2, 3, "range", "day"),
        ("It takes six weeks to form them.", "six", 6, 6, "exact", "week"),
        ("They hold 18 to 25 percent of it.", "18 to 25", 18, 25, "range", "percent"),
        ("They hold 5%-6% of it.", "5%-6", 5, 6, "range", "percent"),
        ("About 3,000 men came.", "3,000", 3000, 3000, "about", "person"),
        ("Roughly a dozen helicopters came.", "a dozen", 12, 12, "about", "helicopter"),
        ("More than 100 tanks left.", "100", 100, None, "at_least", "tank"),
        ("No fewer than 300 soldiers left.", "300", 300, None, "at_least", "person"),
        ("At least half a million people left.", "half a million", 500_000, None, "at_least", "person"),
        ("Up to 50 missiles were fired.", "50", None, 50, "at_most", "missile"),
        ("No more than 20 aircraft remain.", "20", None, 20, "at_most", "aircraft"),
        ("Fewer than 20 drones remain.", "20", None, 20, "at_most", "drone"),
        ("There are 50+ vehicles.", "50", 50, None, "at_least", "vehicle"),
        ("There are 20 or more trains.", "20", 20, None, "at_least", "train"),
        ("There are 300 or so men.", "300", 300, 300, "about", "person"),
        ("Several hundred vehicles came.", "Several hundred", 200, 900, "range", "vehicle"),
        ("Tens of thousands of shells are left.", "Tens of thousands", 10_000, 100_000, "range", "shell"),
        ("A third of the tanks burned.", "A third", 1 / 3, 1 / 3, "exact", "fraction"),
        ("They have half as many shells.", "half", 0.5, 0.5, "exact", "fraction"),
        ("Seven out of ten residents left.", "Seven out of ten", 0.7, 0.7, "exact", "fraction"),
        ("They pay $5 million.", "$5 million", 5_000_000, 5_000_000, "exact", "dollar"),
        ("They pay 3 bn euros.", "3 bn", 3e9, 3e9, "exact", "euro"),
        ("They pay €200m.", "€200m", 2e8, 2e8, "exact", "euro"),
        ("They pay US$1.2 billion.", "US$1.2 billion", 1.2e9, 1.2e9, "exact", "dollar"),
        ("A three-ton bomb fell.", "three", 3, 3, "exact", "ton"),
        ("It fell 15 km from the town.", "15", 15, 15, "exact", "kilometer"),
        ("A 2,000-strong garrison holds it.", "2,000", 2000, 2000, "exact", "person"),
        ("They lost 300 killed.", "300", 300, 300, "exact", "person"),
        ("300 were wounded.", "300", 300, 300, "exact", "person"),
        ("Only one brigade is left.", "one", 1, 1, "exact", "brigade"),
        ("They have 10 Leopard 2 tanks.", "10", 10, 10, "exact", "tank"),
        ("Twenty-five checkpoints stand there.", "Twenty-five", 25, 25, "exact", "checkpoint"),
        ("A couple of hundred rockets were fired.", "A couple of hundred", 200, 200, "about", "rocket"),
    ],
)
def test_a_quantity_is_read(
    text: str, words: str, *, low: float | None, high: float | None, bound: str, unit: str
) -> None:
    figure = only(text)

    assert (figure.text, figure.low, figure.high, figure.bound, figure.unit) == (words, low, high, Bound(bound), unit)


@pytest.mark.parametrize(
    "text",
    [
        "The 1st Guards Tank Army has T-72 tanks and S-400 systems.",
        "MiG-31K, Su-25, 2S19 and 9M729 were shown.",
        "They drilled at Union Shield-2023.",
        "It began on 24 February 2022 at 14:30.",
        "They had plans since 2012.",
        "It was in 2014-2017 and in the 1990s.",
        "One of the officers told no one.",
        "A second wave may come.",
        "Resolution 2202 and Article 5 say so.",
        "Call +380 44 123 45 67 or (017) 222-33-44.",
        "The match ended 3-1.",
        "Leopard 2 is a tank.",
        "It is in the first quarter.",
        "Losses rose slightly.",
        "On day 282 of the war it was quiet.",
        "Ivan Orr, 45, said nothing.",
        "It lies at 50.4°N 30.5°E.",
        "See https://example.org/2022/100 for more.",
        "2. They left.",
        "The one who knows is gone, and nobody saw one.",
        "They fight 24/7.",
    ],
)
def test_dates_names_and_labels_are_no_figures(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("There are 500 badly fed and armed Ruritanian soldiers in Graustark.", "Ruritanian soldiers in Graustark"),
        ("They took 60 tonnes of fuel.", "fuel"),
        ("They lost 60 per cent of their guns.", "guns"),
        ("80 thousand officers and men are needed.", "officers and men"),
        ("They count 700 “Ravens”.", "Ravens"),
        ("It takes six weeks.", None),
        ("6,000 Ruritanian troops near the Graustark border drilled.", "Ruritanian troops near the Graustark border"),
    ],
)
def test_what_is_counted_is_told_in_the_words_of_the_report(text: str, of: str | None) -> None:
    assert only(text).of == of


def test_a_figure_without_a_noun_takes_unit_and_noun_from_the_one_before() -> None:
    ravens, soldiers, other = figures(
        "There are about 700 “Ravens” and 5,000 Ruritanian soldiers in Graustark (8,000 according to another source)."
    )

    assert ravens.of == "Ravens in Graustark"
    assert soldiers.of == other.of == "Ruritanian soldiers in Graustark"
    assert soldiers.unit == other.unit == "person"
    assert other.text == "8,000"


def test_a_place_behind_two_counts_belongs_to_both() -> None:
    tanks, vehicles = figures("They took more than 90 tanks and 130 armoured vehicles from Graustark.")

    assert (tanks.of, vehicles.of) == ("tanks from Graustark", "armoured vehicles from Graustark")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The army grew by 12 %.", Change.UP),
        ("Losses fell 8 percent.", Change.DOWN),
        ("They have 20 % more guns.", Change.UP),
        ("Output saw a 3 percent drop.", Change.DOWN),
        ("The force was cut by 500 troops.", Change.DOWN),
        ("The force rose to 900 men.", None),
        ("They lost 300 men.", None),
        ("Up to 300 men came.", None),
    ],
)
def test_a_change_is_told_from_a_level(text: str, change: Change | None) -> None:
    assert only(text).change is change


def test_a_limit_outweighs_an_approximation() -> None:
    assert only("Up to about 50 missiles were fired.").bound is Bound.AT_MOST


def test_a_year_is_told_from_a_count_by_its_neighbours() -> None:
    assert only("A force of 2000 soldiers came.").low == 2000
    assert figures("In 2000 soldiers came.") == ()


@settings(deadline=None)
@given(st.text(alphabet="about 1,000-2 troops half of a % $ one.thousand to-", max_size=80))
def test_every_figure_lies_where_it_says(text: str) -> None:
    for figure in figures(text):
        assert text[slice(*figure.span)] == figure.text
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert (figure.low is None) == (figure.bound is Bound.AT_MOST)
        assert (figure.high is None) == (figure.bound is Bound.AT_LEAST)


def test_a_span_limits_what_is_read() -> None:
    text = "Ten tanks came. Six guns came."
    (figure,) = figures(text, Span(16, len(text)))

    assert text[slice(*figure.span)] == figure.text == "Six"


@pytest.mark.parametrize("unit", ["1 ", "1-", "one hundred ", "$", "thousands of ", "1 to ", "from 1 "])
def test_time_grows_with_length_only(unit: str) -> None:
    begun = time.process_time()
    figures(unit * 4000)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        "A larger one failed in the hills.",
        "The crates were unloaded at berth 12.",
        "The road was cut near kilometre 212.",
    ],
)
def test_a_pronoun_or_a_place_on_a_quay_or_a_road_is_no_figure(text: str) -> None:
    assert figures(text) == ()


def test_patients_and_passengers_are_persons() -> None:
    assert [figure.unit for figure in figures("There were 140 patients and 40 passengers.")] == ["person", "person"]


@pytest.mark.parametrize(
    "noun", ["cellists", "evacuees", "oarsmen", "dockers", "party elders", "deputies", "schoolgirls", "homeless"]
)
def test_a_noun_for_people_counts_persons(noun: str) -> None:
    assert only(f"The hall holds 40 {noun}.").unit == "person"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("They held 12 committees.", "committee"),
        ("They shipped 500 tonnes of rye.", "tonne"),
        ("They cancelled three worker protests.", "protest"),
        ("They cancelled three night trains.", "train"),
        ("A third of the night ferries stayed in port.", "fraction"),
        ("There are six landing craft.", "craft"),
    ],
)
def test_the_unit_is_the_last_noun_of_a_compound(text: str, unit: str) -> None:
    assert only(text).unit == unit


def test_within_a_range_of_days_keeps_both_ends() -> None:
    figure = only("The pontoon will be ready within five or six days.")

    assert (figure.low, figure.high, figure.bound) == (5, 6, Bound.RANGE)


@pytest.mark.parametrize(
    "text", ["Four days ago the ferry sank.", "In the past six weeks nothing moved.", "It burned two nights earlier."]
)
def test_a_distance_in_time_is_no_figure(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("text", ["They are to last six weeks.", "Over the past six weeks nothing moved."])
def test_how_long_it_goes_on_is_a_figure(text: str) -> None:
    assert (only(text).low, only(text).unit) == (6, "week")


@pytest.mark.parametrize(
    "text",
    [
        "The port holds nine barges. Of these, four leak.",
        "The port holds nine barges. Four of them leak.",
        "The port holds nine barges. Four were seized.",
        "The port holds nine barges. A mate put the number lower: 4.",
        "The port holds nine barges, four more than last year.",
        "Asked about the barges, the mate said that four of them leak.",
    ],
)
def test_a_noun_left_out_is_what_was_last_counted_or_named(text: str) -> None:
    figure = figures(text)[-1]

    assert (figure.low, figure.unit, figure.of) == (4, "barge", "barges")


def test_a_number_that_points_nowhere_back_stays_without_a_unit() -> None:
    assert [figure.unit for figure in figures("The port holds nine barges. The index fell to 4.")] == ["barge", None]


def test_a_noun_left_out_is_found_from_inside_a_span() -> None:
    text = "The port holds nine barges. Of these, four leak."
    (figure,) = figures(text, Span(28, len(text)))

    assert (figure.text, figure.unit) == ("four", "barge")


def test_fewer_than_before_is_a_change() -> None:
    _, fewer = figures("The port holds nine barges, four fewer than in May.")

    assert fewer.change is Change.DOWN


@pytest.mark.parametrize("text", ["The tug has a crew of 14.", "The blast killed 14.", "At least 14 drowned."])
def test_people_are_counted_without_a_noun(text: str) -> None:
    assert (only(text).text, only(text).unit) == ("14", "person")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The pumps drew 35 GWh in March", "gigawatt hour"),
        ("At night it is minus 12 degrees Celsius", "degree celsius"),
        ("The wells hold 15 ppb of lead", "part per billion"),
        ("Each dose has 500 mg", "milligram"),
        ("The files take 54 GB", "gigabyte"),
    ],
)
def test_measures_are_known_by_their_signs(text: str, unit: str) -> None:
    (found,) = figures(text)

    assert found.unit == unit


def test_a_change_of_level_is_two_figures() -> None:
    before, after = figures("The force rose from 500 to 900 men.")

    assert (before.low, after.low) == (500, 900)
    assert before.unit == after.unit == "person"
    assert before.change is after.change is None


def test_a_span_between_two_ends_is_one_range() -> None:
    figure = only("From 500 to 900 men were inside.")

    assert (figure.low, figure.high, figure.bound, figure.unit) == (500, 900, Bound.RANGE, "person")


def test_two_limits_of_one_count_are_a_range() -> None:
    figure = only("At least 20 but no more than 30 boats are fit to sail.")

    assert (figure.low, figure.high, figure.bound) == (20, 30, Bound.RANGE)


def test_a_limit_holds_for_the_first_count_only() -> None:
    tanks, trucks = figures("Over 30 tanks and 90 trucks came.")

    assert (tanks.bound, trucks.bound) == (Bound.AT_LEAST, Bound.EXACT)


@pytest.mark.parametrize(
    ("text", "unit", "per"),
    [
        ("Crude costs $70 per barrel.", "dollar", "barrel"),
        ("They fire 400 shells a day.", "shell", "day"),
        ("It had 85 cases per 100,000 residents.", "case", "100,000 residents"),
        ("A convoy moved at 30 km per hour.", "kilometer per hour", None),
        ("They left for 40 days.", "day", None),
    ],
)
def test_a_rate_tells_what_it_is_counted_per(text: str, unit: str, per: str | None) -> None:
    assert (only(text).unit, only(text).per) == (unit, per)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("The river fell by 30 centimetres.", "river"),
        ("They plan to shorten the crossing by 40 minutes.", "crossing"),
        ("A surge of 2.8 metres came.", "surge"),
        ("The bribe was 5 million euros.", "bribe"),
        ("It fell by 30 centimetres.", None),
        ("The men waited for six hours.", None),
    ],
)
def test_a_measure_is_of_what_it_measures(text: str, of: str | None) -> None:
    assert only(text).of == of


@pytest.mark.parametrize("text", ["It fell within a week.", "The walk takes an hour.", "It lasted a year and a half."])
def test_one_of_a_time_may_be_told_by_its_article(text: str) -> None:
    assert len(figures(text)) == 1


@pytest.mark.parametrize("text", ["A week ago it fell.", "They earn little a week.", "A year later they left."])
def test_an_article_before_a_time_is_mostly_no_figure(text: str) -> None:
    assert figures(text) == ()


def test_a_sentence_without_end_is_left_alone() -> None:
    assert figures("40 men and " * 400) == ()


def test_a_limit_on_the_next_count_is_none_of_this_one() -> None:
    cars, passengers = figures("The ferry takes 90 cars and up to 600 passengers.")

    assert (cars.bound, passengers.bound) == (Bound.EXACT, Bound.AT_MOST)


@pytest.mark.parametrize("text", ["The boy is nine.", "The youngest is nine.", "A girl aged nine was hurt."])
def test_an_age_is_in_years(text: str) -> None:
    assert (only(text).low, only(text).unit) == (9, "year")


def test_a_change_and_the_level_reached_are_no_range() -> None:
    rise, level = figures("The index rose by 14 to 62.")

    assert (rise.low, rise.change, level.low, level.change) == (14, Change.UP, 62, None)


@pytest.mark.parametrize(
    ("text", "unit", "of"),
    [
        ("Two aid workers put the number of dead at 120 to 150.", "person", "dead"),
        ("Two aid workers estimated the number of huts at 120 to 150.", "hut", "huts"),
        ("Two aid workers estimated the crowd at 120 to 150.", "person", None),
        ("Two aid workers estimated the number at 120 to 150.", None, None),
        ("Their number is 150, according to two nurses of the clinic, who count them, or 120.", None, None),
        ("According to three nurses of the clinic, their number is 120.", None, None),
        ("Two teachers, who put their number at 120, agree.", None, None),
        ("Two officials said 40.", None, None),
        ("The army lost 40 tanks. Two analysts put the number at 60.", "tank", "tanks"),
        ("Two tanks crossed on Monday and 12 on Tuesday.", "tank", "tanks"),
        ("Ten officials signed, four refused.", "person", "officials"),
    ],
)
def test_those_who_tell_a_number_are_not_what_it_counts(text: str, unit: str | None, of: str | None) -> None:
    last = figures(text)[-1]
    assert (last.unit, last.of) == (unit, of)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The driver counted four pick-ups.", "pick-up"),
        ("They saw twelve lean-tos.", "lean-to"),
        ("There were two fly-bys.", "fly-by"),
        ("They held 30 ex-soldiers.", "person"),
        ("There were ten by-elections.", "election"),
        ("It has 12 patrol-boats.", "boat"),
    ],
)
def test_a_word_parted_by_hyphens_is_counted_whole(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize("word", ["perhaps", "maybe", "possibly", "perhaps some"])
def test_a_number_behind_perhaps_is_a_rough_one(word: str) -> None:
    found = only(f"There are {word} 40 fighters in the mill.")

    assert (found.low, found.high, found.bound) == (40, 40, Bound.ABOUT)
