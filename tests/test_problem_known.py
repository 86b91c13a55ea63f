"""Notes on places, actors and phrases that a problem watches and that nobody knows."""

from __future__ import annotations

from datetime import date

from tocsin.link.nation import nation_of
from tocsin.model.problem import Indicator, WarningProblem, Watch
from tocsin.model.report import Source
from tocsin.problem import known

RSF = Source(id="rsf", name="Rapid Support Forces", aliases=("RSF",))


def told(watch: Watch) -> list[str]:
    problem = WarningProblem(
        id="road",
        question="Will it close?",
        resolution="",
        opened=date(2026, 11, 1),
        by=date(2026, 12, 31),
        yardstick="ICD 203",
        scenarios=(),
        indicators=(Indicator(id="people-flee", statement="They flee", watch=watch, seen_first={}, leads={}),),
    )
    return [str(note) for note in known.notes(problem, file="p.toml", sources=(RSF,), nation_of=nation_of)]


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
