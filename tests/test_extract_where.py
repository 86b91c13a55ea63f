"""Places, told from the actors that bear their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.extract import extract
from tocsin.extract.where import places
from tocsin.model.report import Report


def found(text: str) -> list[tuple[str, str | None]]:
    return [(place.text, place.country) for place in places(text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nine battalions stand in Belarus.", [("Belarus", "BY")]),
        ("There is no force on the territory of Belarus.", [("Belarus", "BY")]),
        ("Trains came from Belarus to Ukraine.", [("Belarus", "BY"), ("Ukraine", "UA")]),
        ("They left Belarusian territory.", [("Belarusian", "BY")]),
        ("They camp at the Ukrainian-Belarusian border.", [("Ukrainian", "UA"), ("Belarusian", "BY")]),
        ("Ukraine's northern border is quiet.", [("Ukraine", "UA")]),
        ("The column was seen near Kupiansk.", [("Kupiansk", "UA")]),
        ("They want to seize Kyiv.", [("Kyiv", "UA")]),
        ("The march to Kyiv failed.", [("Kyiv", "UA")]),
        (
            "The regions of Kyiv, Volyn, Rivne and Zhytomyr were alarmed.",
            [("Kyiv", "UA"), ("Volyn", "UA"), ("Rivne", "UA"), ("Zhytomyr", "UA")],
        ),
        ("Drills went on in the Homyel region.", [("Homyel region", "BY")]),
        ("The Korosten-Zhytomyr road is cut.", [("Korosten", "UA"), ("Zhytomyr", "UA")]),
        ("They stand along the Dnieper.", [("Dnieper", None)]),
        ("A depot burned in Homyel, Belarus.", [("Homyel", "BY"), ("Belarus", "BY")]),
        ("Ships lie in Sevastopol.", [("Sevastopol", "UA")]),
    ],
)
def test_where_something_is(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Moscow decided to wait.",
        "Minsk says it knows nothing.",
        "An order from Moscow came.",
        "The Kremlin plans an attack.",
        "The president of Belarus refused.",
        "Ukraine recorded no movement.",
        "Belarus' entry into the war is unlikely.",
        "Belarusian soldiers drilled.",
        "They pose no threat to Ukraine.",
        "The Kyiv City Military Administration published it.",
        "Analysts of the Robert Lansing Institute wrote it.",
        "Nice reading for most men.",
    ],
)
def test_who_acts_is_no_place(sentence: str) -> None:
    assert found(sentence) == []


def test_a_name_of_several_places_keeps_its_name_without_country() -> None:
    (place,) = places("Shots were heard in Tripoli.")

    assert (place.name, place.country, place.lat, place.lon) == ("Tripoli", None, None, None)


def test_the_countries_a_report_names_settle_a_name() -> None:
    assert found("Trains came to Brest.") == [("Brest", None)]
    assert ("Brest", "BY") in found("Belarusian trains came to Brest.")
    assert ("Brest", "FR") in found("French ships came to Brest.")


@given(st.text(alphabet="in Minsk Kyiv-Brest's, Belarusian border'\n", max_size=60))
def test_every_place_lies_where_it_says(text: str) -> None:
    for place in places(text):
        assert text[slice(*place.span)] == place.text


def test_a_town_that_speaks_is_a_voice_and_one_that_is_gone_to_is_a_place() -> None:
    claims = extract(
        Report(id="sha256:0", text="Kharkiv wants more guns from Kyiv. The envoy flew from Minsk to Gomel.", lang="en")
    ).claims

    assert [[place.text for place in claim.places] for claim in claims] == [[], ["Minsk", "Gomel"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They shelled Katana.", ("Katana", None)),
        ("South Kivu was calm. They shelled Katana.", ("Katana", None)),
        ("Syrian jets flew. They shelled Katana.", ("Qatana", "SY")),
        ("Damascus region was calm. Shells fell near Homs. They shelled Katana.", ("Qatana", "SY")),
        ("Shells fell near Kharkiv. They shelled Izium.", ("Izyum", "UA")),
    ],
)
def test_another_spelling_of_a_small_town_is_it_only_where_the_report_speaks_of_its_country(
    text: str, expected: tuple[str, str | None]
) -> None:
    place = places(text)[-1]

    assert (place.name, place.country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge was closed and the ministry in Kyiv had not been informed.", []),
        ("No permit was given, and nobody asked the aviation authority in Kinshasa.", []),
        ("The road is cut, and a spokeswoman in Geneva declined to comment.", []),
        ("The embassy in Khartoum was shelled.", ["Khartoum"]),
        ("The office in Goma was looted.", ["Goma"]),
        ("The authorities in Sumy ordered an evacuation.", ["Sumy"]),
        ("Officials in Tripoli were arrested.", ["Tripoli"]),
    ],
)
def test_where_an_office_sits_that_is_told_or_asked_is_no_place(text: str, expected: list[str]) -> None:
    claims = extract(Report(id="sha256:0", text=text, lang="en")).claims

    assert [place.text for claim in claims for place in claim.places] == expected


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Shots were heard in Tripoli, Lebanon, and Libya kept silent.", "LB"),
        ("Trains came to Brest in Belarus, and France said nothing.", "BY"),
        ("They marched in Alexandria, Virginia, as Egypt voted.", "US"),
        ("They met in Homyel, Russia said.", "BY"),
    ],
)
def test_the_country_or_region_right_behind_a_name_settles_it(text: str, country: str) -> None:
    assert places(text)[0].country == country
