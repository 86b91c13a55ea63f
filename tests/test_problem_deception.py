"""Parties that may deceive, and the collection log, as a file declares them."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.errors import FaultyInput
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Source
from tocsin.problem import by_id, parse_problem, unknown_suspects

PROBLEM = """
schema = 1
id = "strait"
question = "Will the strait be closed?"
resolution = "No ship passes for a day."
opened = 2025-03-01
by = 2025-05-01
[[scenarios]]
id = "closure"
statement = "The strait is closed"
event = true
prior = 0.2
even_odds_within = "40 days"
[[indicators]]
id = "tugs"
statement = "Tugs gather"
watch = ["tugs gather"]
seen_first = { closure = 0.9 }
lead = ["5 days", "10 days", "20 days"]
coverage = "partly"
"""


def declared(table: str) -> WarningProblem:
    return parse_problem(PROBLEM + table, file="p.toml")


def masses(table: str) -> dict[str, float]:
    (party,) = declared(f'[[deception]]\nid = "south"\nsuspects = ["gazette"]\n{table}').deception
    return {story.id: story.prior for story in party.stories}


def test_suspects_alone_give_the_default_stories_and_reach() -> None:
    (party,) = declared('[[deception]]\nid = "south"\nsuspects = ["gazette", "radio"]').deception

    assert party.suspects == {"gazette": 0.25, "radio": 0.25}
    assert {s.id: s.prior for s in party.stories} == pytest.approx(
        {"none": 0.70, "hide": 0.15, "loud": 0.10, "quiet": 0.05}
    )


@pytest.mark.parametrize(("yes", "none"), [(0, 0.9), (1, 0.8), (2, 0.7), (3, 0.5), (4, 0.3)])
def test_the_four_answers_set_how_probable_it_is_that_nobody_deceives(yes: int, none: float) -> None:
    answers = [
        f"{key} = {str(at < yes).lower()}"
        for at, key in enumerate(("motive", "practice", "manipulable", "contradicts"))
    ]

    found = masses("\n".join(answers))

    assert found["none"] == pytest.approx(none)
    assert sum(found.values()) == pytest.approx(1)
    assert found["hide"] > found["loud"] > found["quiet"] > 0


def test_what_the_given_masses_leave_goes_to_the_stories_not_named() -> None:
    found = masses("stories = { none = 0.6, hide = 0.25 }")

    assert found == pytest.approx({"none": 0.6, "hide": 0.25, "loud": 0.10, "quiet": 0.05})


def test_words_stand_for_numbers_here_too() -> None:
    (party,) = declared(
        '[[deception]]\nid = "south"\nsuspects = ["a"]\nq = "unlikely"\nstories = { hide = "likely" }'
    ).deception
    found = {story.id: story.prior for story in party.stories}

    assert party.suspects["a"] == pytest.approx(0.311, abs=1e-3)
    assert 0.55 < found["hide"] < 0.80
    assert sum(found.values()) == pytest.approx(1)


def test_a_party_may_have_a_story_of_its_own() -> None:
    (party,) = declared(
        '[[deception]]\nid = "south"\nsuspects = { gazette = 0.5 }\nstories = { boast = 0.2 }\n'
        "tells = { boast = { event = 0.9, otherwise = 0.1, closure = 0.8 } }"
    ).deception
    boast = next(story for story in party.stories if story.id == "boast")

    assert party.suspects == {"gazette": 0.5}
    assert boast.prior == 0.2
    assert boast.says_present("closure", event=True) == 0.8
    assert boast.says_present("raid", event=True) == 0.9
    assert boast.says_present("", event=False) == 0.1


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ('[[deception]]\nid = "south"', "deception.south.suspects"),
        ('[[deception]]\nid = "south"\nsuspects = ["a"]\nstories = { none = 0.9, hide = 0.3 }', "stories"),
        ('[[deception]]\nid = "south"\nsuspects = ["a"]\nstories = { none = 0.0 }', "stories"),
        ('[[deception]]\nid = "south"\nsuspects = ["a"]\nstories = { none = 0.7 }\nmotive = true', "stories"),
        ('[[deception]]\nid = "south"\nsuspects = ["a"]\nindicators = ["tugz"]', "indicators"),
        ('[[deception]]\nid = "south"\nsuspects = ["a"]\ntells = { boast = { event = 0.9 } }', "stories"),
        ('[[deception]]\nid = "south"\nsuspects = ["a"]\ntells = { hide = { event = 0.9 } }', "tells.hide"),
        ('[[deception]]\nid = "south"\nreach = ["a"]', "reach"),
        (
            '[[deception]]\nid = "s"\nsuspects = { a = 0.6 }\n[[deception]]\nid = "t"\nsuspects = { a = 0.6 }',
            "suspects",
        ),
        ("".join(f'[[deception]]\nid = "s{k}"\nsuspects = ["a{k}"]\n' for k in range(4)), "stories"),
        ('[[looks]]\nindicator = "tugz"\nfrom = 2025-03-02', "indicator"),
        ('[[looks]]\nindicator = "tugs"\nfrom = 2025-03-02\nto = 2025-03-01', "to"),
        ('[[looks]]\nindicator = "tugs"\nfrom = 2025-03-02\ncoverage = 1.5', "coverage"),
        ('[[looks]]\nindicator = "tugs"', "from"),
    ],
)
def test_a_fault_names_its_place(table: str, place: str) -> None:
    with pytest.raises(FaultyInput) as raised:
        declared(table)

    assert any(place in fault.place.where for fault in raised.value.faults)


def test_a_look_covers_its_days_and_takes_its_indicators_own_coverage_if_it_gives_none() -> None:
    one, other = declared(
        '[[looks]]\nindicator = "tugs"\nfrom = 2025-03-02\nto = "2025-03-04"\nby = "harbour watch"\n'
        '[[looks]]\nindicator = "tugs"\nfrom = 2025-03-09\ncoverage = "well"'
    ).looks

    assert (one.first, one.last, one.by, one.coverage) == (date(2025, 3, 2), date(2025, 3, 4), "harbour watch", None)
    assert (other.first, other.last, other.coverage) == (date(2025, 3, 9), date(2025, 3, 9), 0.8)


SOURCES = (
    Source(id="gazette", name="The Strait Gazette", aliases=("Gazette of the Strait",), party="South"),
    Source(id="radio", name="Radio South", aliases=("R.S.",)),
)


@pytest.mark.parametrize("name", ["gazette", "The Strait Gazette", "gazette of the  strait", "GAZETTE"])
def test_a_suspect_is_found_by_any_of_its_sources_names(name: str) -> None:
    problem = declared(f'[[deception]]\nid = "south"\nsuspects = {{ "{name}" = 0.4, "R.S." = 0.1 }}')

    (party,) = by_id(problem, SOURCES).deception

    assert party.suspects == {"gazette": 0.4, "radio": 0.1}
    assert unknown_suspects(problem, SOURCES, file="p.toml") == ()


def test_two_names_of_one_suspect_are_one_suspect_with_the_larger_chance() -> None:
    problem = declared('[[deception]]\nid = "south"\nsuspects = { "R.S." = 0.4, radio = 0.1 }')

    assert by_id(problem, SOURCES).deception[0].suspects == {"radio": 0.4}


@pytest.mark.parametrize(
    ("line", "where", "cure"),
    [
        ('suspects = ["gazete"]', "deception.south.suspects", "did you mean 'gazette'?"),
        ('suspects = ["The Strait Gazete"]', "deception.south.suspects", "did you mean 'gazette'?"),
        ('suspects = ["harbour-office"]', "deception.south.suspects", "known sources: gazette, radio"),
        ('party = "Sout"', "deception.south.party", "did you mean 'South'?"),
    ],
)
def test_a_suspect_or_party_by_which_nobody_goes_is_a_fault_with_its_cure(line: str, where: str, cure: str) -> None:
    (fault,) = unknown_suspects(declared(f'[[deception]]\nid = "south"\n{line}'), SOURCES, file="p.toml")

    assert (fault.place.where, fault.cure) == (where, cure)


def test_a_voice_that_nobody_declared_may_be_suspected_by_its_own_id() -> None:
    problem = declared('[[deception]]\nid = "south"\nsuspects = ["voice:0123456789ab:author"]')

    assert unknown_suspects(problem, SOURCES, file="p.toml") == ()
