"""Notes on places, actors and phrases that a problem watches and that nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.cli import cli
from tocsin.link.nation import nation_of
from tocsin.model.problem import Decision, FigureQuestion, Indicator, WarningProblem, Watch
from tocsin.model.report import Source
from tocsin.problem import known

RSF = Source(id="rsf", name="Rapid Support Forces", aliases=("RSF",))


def told(watch: Watch) -> list[str]:
    return [str(note) for note in known.notes(watching(watch), file="p.toml", sources=(RSF,), nation_of=nation_of)]


def watching(watch: Watch) -> WarningProblem:
    return WarningProblem(
        id="road",
        question="Will it close?",
        resolution="",
        opened=date(2026, 11, 1),
        by=date(2026, 12, 31),
        yardstick="ICD 203",
        scenarios=(),
        indicators=(Indicator(id="people-flee", statement="They flee", watch=watch, seen_first={}, leads={}),),
    )


def test_a_place_that_nobody_knows_is_told_with_the_name_that_was_meant() -> None:
    (note,) = told(Watch(where=("Norht Kordofan",)))

    assert note.startswith('p.toml: indicators.people-flee.where: "Norht Kordofan" is not in the gazetteer')
    assert "only these very words will match" in note
    assert (
        'did you mean "North Kordofan"? If the spelling is right, leave it, or say under [[places]] what it lies in'
        in note
    )


def test_a_region_that_needs_its_word_is_told_how_to_be_written() -> None:
    assert 'write "White Nile region"' in told(Watch(where=("White Nile",)))[0]
    assert 'write "Idlib region" if the region is meant' in told(Watch(where=("Idlib",)))[0]


def test_known_places_are_not_told_of() -> None:
    assert told(Watch(where=("North Kordofan", "Kosti", "Sudan", "Kharkiv Oblast", "El Obeid"))) == []


def test_an_actor_that_is_no_source_and_no_nation_is_told_with_the_name_that_was_meant() -> None:
    (note,) = told(Watch(who=("Rapid Suport Forces",)))

    assert 'indicators.people-flee.who: "Rapid Suport Forces" is no declared source or actor and no nation' in note
    assert 'did you mean "Rapid Support Forces"?' in note


def test_declared_sources_and_nations_are_not_told_of() -> None:
    assert told(Watch(who=("RSF", "RSF fighters", "Rapid Support Forces", "Sudanese army", "Russia"))) == []


def test_a_phrase_with_a_comma_and_a_single_common_word_are_told() -> None:
    comma, common = told(Watch(phrases={"en": ("road closed, road blocked", "troops", "road blocked")}))

    assert 'write ["road closed", "road blocked"] if several are meant' in comma
    assert '"troops" is a single common word' in common


def counting(unit: str, of: str) -> list[str]:
    figure = FigureQuestion(id="force", of=of, unit=unit, where=(), expect=(100.0, 200.0))
    problem = replace(watching(Watch()), figures=(figure,))
    return [str(note) for note in known.notes(problem, file="p.toml", sources=(), nation_of=nation_of)]


@pytest.mark.parametrize(
    ("unit", "of", "expected"),
    [
        ("soldiers", "Russian troops", '"soldiers" is no unit: reports that count it are read in "person"'),
        ("km", "road", 'write unit = "kilometer"'),
        ("prson", "Russian troops", 'did you mean "person"?'),
        ("flurb", "Russian troops", '"flurb" is no unit that is known; only counts of this very word will match'),
    ],
)
def test_a_unit_that_no_figure_can_have_is_told_with_the_one_that_was_meant(unit: str, of: str, expected: str) -> None:
    (note,) = counting(unit, of)

    assert note.startswith("p.toml: figures.force.unit: ")
    assert expected in note


@pytest.mark.parametrize(
    ("unit", "of"), [("person", "Russian troops"), ("Person", "troops"), ("frigate", "warships"), ("docker", "dockers")]
)
def test_units_that_are_known_or_name_what_is_counted_are_not_told_of(unit: str, of: str) -> None:
    assert counting(unit, of) == []


def over(today: date | None) -> list[str]:
    early = Decision(who="The board", what="Order a second convoy", takes=30.5, alarm=0.2)
    late = Decision(who="The board", what="Close the road", takes=1, alarm=0.5)
    problem = replace(watching(Watch()), decisions=(early, late))
    found = known.notes(problem, file="p.toml", sources=(), nation_of=nation_of, today=today)
    return [str(note) for note in found]


def test_a_question_whose_last_day_has_passed_is_told() -> None:
    (note,) = over(date(2027, 1, 1))

    assert note.startswith("p.toml: by: the question ended on 2026-12-31")
    assert "tocsin outcome" in note


def test_a_decision_that_can_no_longer_be_in_time_is_told() -> None:
    (note,) = over(date(2026, 12, 1))

    assert note.startswith("p.toml: decisions.1: Order a second convoy takes 30.5 days")
    assert "the last day for it before 2026-12-31 was 2026-11-30" in note


def test_check_sees_the_days_of_a_problem_from_today(folder: Path) -> None:
    told = " ".join(CliRunner().invoke(cli, ["check", str(folder)]).stdout.split())

    assert "No faults." in told
    assert "by: the question ended on 2023-03-31" in told


@pytest.mark.parametrize("today", [None, date(2026, 11, 30)])
def test_days_to_come_are_not_told_of_and_without_a_day_none_is(today: date | None) -> None:
    assert over(today) == []


def test_all_names_that_nobody_knows_are_told_in_one_note_with_guesses_from_the_same_country_only() -> None:
    (note,) = told(Watch(where=("Bukavu", "Qolbara", "Umm Dabakirat", "Kamitugo", "Homell")))

    assert note.startswith(
        'p.toml: indicators.people-flee.where: "Qolbara", "Umm Dabakirat", "Kamitugo", "Homell" are not'
    )
    assert 'did you mean "Kamituga" for Kamitugo?' in note
    assert "Homyel" not in note


def test_a_name_taken_for_a_place_that_may_surprise_is_told() -> None:
    (spelled,) = told(Watch(where=("Katana", "Syria")))
    (abroad,) = told(Watch(where=("Goma", "Bukavu", "Alexandria")))
    (several,) = told(Watch(where=("Tripoli",)))

    assert '"Katana" is taken as Qatana in Syria' in spelled
    assert '"Alexandria" is taken as Alexandria in Egypt' in abroad
    assert '"Tripoli" may be a place in Libya or Lebanon' in several
    assert told(Watch(where=("Tripoli", "Lebanon"))) == []


def test_a_word_for_fighting_alone_is_told_of_only_where_neither_place_nor_actor_narrows_it() -> None:
    (note,) = told(Watch(phrases={"en": ("clashes", "shelling", "road blocked")}))

    assert '"clashes", "shelling" are single common words' in note
    assert told(Watch(phrases={"en": ("clashes", "shelling")}, where=("Goma",))) == []
    assert told(Watch(phrases={"en": ("troops", "shelling")}, where=("Goma",))) != []
