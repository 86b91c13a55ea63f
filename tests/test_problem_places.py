"""Places of a problem's own: declared, noted on, linked, and on the map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.test_link_linking import claims, rating, report

from tocsin.errors import FaultyInput
from tocsin.link import link, placed
from tocsin.link.ground import ground
from tocsin.link.nation import nation_of
from tocsin.model.claim import PlaceMention
from tocsin.model.evidence import Linked
from tocsin.model.problem import OwnPlace, WarningProblem
from tocsin.model.report import Span
from tocsin.problem import known, load_problem, parse_problem

TEXT = """
schema = 1
id = "road"
question = "Will the road to Bukavu close?"
opened = 2026-11-01
by = 2026-12-31

[[scenarios]]
id = "closed"
statement = "It closes"
event = true
prior = 0.2
even_odds_within = "60 days"

[[indicators]]
id = "groups"
statement = "Groups gather"
watch = ["strike group"]
where = ["South Kivu"]
seen_first = { closed = "often" }
lead = ["1 day", "2 days", "1 week"]
"""
OWN = """
[[places]]
name = "Qolbara"
in = "South Kivu"
aliases = ["Kolbara", "Qolbara-les-Bains"]
lat = -2.5
lon = 28.5

[[places]]
name = "Upper Mill"
in = "Qolbara"

[[places]]
name = "Dabakir"
in = "Goma"
"""


def problem(extra: str = OWN, *, where: str = "South Kivu") -> WarningProblem:
    return parse_problem(TEXT.replace("South Kivu", where) + extra, file="road.toml")


def linked(text: str, watched: WarningProblem, *, taken: PlaceMention | None = None) -> Linked:
    of = report(text)
    items = claims(of)
    if taken is not None:
        items = [replace(item, places=(taken,)) for item in items]
    return link(items, {item.id: rating(item) for item in items}, {of.id: of}, watched)


def test_a_place_is_declared_with_its_names_and_what_it_lies_in() -> None:
    (first, second, third) = problem().places

    assert first == OwnPlace(
        name="Qolbara", within="South Kivu", aliases=("Kolbara", "Qolbara-les-Bains"), lat=-2.5, lon=28.5
    )
    assert (second.within, second.lat) == ("Qolbara", None)
    assert ground(problem()).around("upper mill") == (
        *("Upper Mill", "Qolbara", "Qolbara", "Kolbara", "Qolbara-les-Bains", "South Kivu"),
    )
    assert third.within == "Goma"


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('[[places]]\nname = "Qolbara"\n', "in: is missing"),
        ('[[places]]\nname = "Q"\nin = "Q"\n', "is the place itself"),
        ('[[places]]\nname = "Q"\nin = "Goma"\nlat = 95\nlon = 2\n', "out of range"),
        ('[[places]]\nname = "Q"\nin = "Goma"\nlat = 5\n', "lon: is missing"),
        (
            '[[places]]\nname = "Q"\nin = "Goma"\n[[places]]\nname = "R"\nin = "Goma"\naliases = ["q"]\n',
            "another place",
        ),
        ('[[places]]\nname = "Q"\nin = "Goma"\ncountry = "CD"\n', "country"),
    ],
)
def test_what_is_wrong_with_a_place_is_told(extra: str, told: str) -> None:
    with pytest.raises(FaultyInput, match=told):
        problem(extra)


@pytest.mark.parametrize(
    ("text", "where", "because"),
    [
        ("A strike group is near Qolbara", "South Kivu", "in Qolbara"),
        ("A strike group is near Kolbara", "South Kivu", "in Kolbara"),
        ("A strike group is near Upper Mill", "South Kivu", "in Upper Mill"),
        ("A strike group is near Upper Mill", "Democratic Republic of the Congo", "in Upper Mill"),
        ("A strike group is near Kolbara", "Qolbara", "in Kolbara"),
        ("A strike group is near Upper Mill", "Kolbara", "in Upper Mill"),
        ("Rain fell at Upper Mill. A strike group came", "South Kivu", "said just before"),
        ("A strike group is near Dabakir", "North Kivu", "in Dabakir"),
        ("A strike group is near Dabakir", "Goma", "in Dabakir"),
        ("A strike group is near Qolbara", "North Kivu", "aside: groups: another place (Qolbara)"),
        ("A strike group is near Qolbara", "Goma", "aside: groups: another place (Qolbara)"),
        ("A strike group is near Qolbara", "Uganda", "aside: groups: another place (Qolbara)"),
        ("A strike group is near Qolbarans", "South Kivu", "aside: groups: names a place we do not know (Qolbarans)"),
    ],
)
def test_claims_about_it_count_for_what_it_lies_in_and_for_nothing_else(text: str, where: str, because: str) -> None:
    result = linked(text, problem(where=where))
    told = [item.because for item in result.evidence] + [f"aside: {why}" for _, why in result.set_aside]

    assert len(told) == 1
    assert because in told[0]


def test_it_takes_the_place_of_what_its_name_was_taken_for_with_its_own_point() -> None:
    text = "A strike group is near Qolbara"
    taken = PlaceMention(text="Qolbara", name="Qulbara", country="SY", lat=33.4, lon=36.1, span=Span(23, 30))
    of = report(f"Rain fell near Bukavu. {text}")
    before, claim = claims(of)
    home = PlaceMention(text="Bukavu", name="Bukavu", country="CD", lat=-2.5, lon=28.8, span=Span(15, 21))
    shifted = PlaceMention(text="Qolbara", name="Qulbara", country="SY", lat=33.4, lon=36.1, span=Span(46, 53))
    first, second = placed([replace(before, places=(home,)), replace(claim, places=(shifted,))], {of.id: of}, problem())

    assert first.places == (home,)
    assert [(one.text, one.name, one.country, one.lat, one.lon) for one in second.places] == [
        ("Qolbara", "Qolbara", "CD", -2.5, 28.5)
    ]
    (evidence,) = linked(text, problem(), taken=replace(taken, country=None)).evidence
    assert "in Qolbara" in evidence.because


def test_places_that_an_analyst_gave_stay() -> None:
    of = report("A strike group is near Qolbara")
    (claim,) = claims(of)
    given = PlaceMention(text="Goma", name="Goma", country="CD", lat=-1.7, lon=29.2, span=claim.span)

    assert placed([replace(claim, places=(given,))], {of.id: of}, problem())[0].places == (given,)


def test_declared_places_are_not_told_of_as_unknown_and_what_they_lie_in_is() -> None:
    def told(watched: WarningProblem) -> list[str]:
        return [str(note) for note in known.notes(watched, file="road.toml", sources=(), nation_of=nation_of)]

    assert told(problem(where="Qolbara")) == []
    assert told(problem(where="Kolbara")) == []
    (note,) = told(problem('[[places]]\nname = "Qolbara"\nin = "Nowhere at all"\n', where="Qolbara"))
    assert 'places[0].in: "Nowhere at all" is not in the gazetteer' in note


def test_a_file_with_places_is_read_from_disk(tmp_path: Path) -> None:
    file = tmp_path / "road.toml"
    file.write_text(TEXT + OWN, encoding="utf-8")

    assert [place.name for place in load_problem(file).places] == ["Qolbara", "Upper Mill", "Dabakir"]
