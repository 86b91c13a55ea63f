"""The gazetteer: names, spellings, what lies in what."""

from __future__ import annotations

import pytest

from tocsin.text.places import (
    PlaceKind,
    clear,
    contains,
    country,
    country_behind,
    country_of,
    fold,
    known,
    lookup,
    settled,
    taken_as,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv", "Kiev"),
        ("Homyel", "Gomel"),
        ("Lviv", "Lvov"),
        ("Zhytomyr", "Zhitomir"),
        ("Rivne", "Rovno"),
        ("Chernihiv", "Chernigov"),
        ("Vinnytsia", "Vinnytsya"),
        ("Kupiansk", "Kupyansk"),
        ("Mozyr", "Mazyr"),
        ("Brest oblast", "Brest region"),
        ("Volyn", "Volyn region"),
        ("Slov'yansk", "Slovyansk"),
        ("Czechia", "Czech Republic"),
    ],
)
def test_two_spellings_are_one_place(one: str, other: str) -> None:
    assert clear(one) is not None
    assert clear(one) == clear(other)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Homyel", "BY"),
        ("Yelsk", "BY"),
        ("Kupiansk", "UA"),
        ("Simferopol", "UA"),
        ("Sevastopol", "UA"),
        ("Crimea", "UA"),
        ("Bryansk", "RU"),
        ("Tskhinvali", "GE"),
        ("Moscow", "RU"),
        ("Paris", "FR"),
        ("United States", "US"),
        ("Donbas", "UA"),
    ],
)
def test_a_clear_name_has_its_country(name: str, code: str) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize("name", ["Georgia", "Tripoli", "Jordan", "Brest", "Springfield", "Nowhere at all", ""])
def test_an_unclear_name_has_no_country(name: str) -> None:
    assert country_of(name) is None


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("Belarus", "Homyel", True),
        ("Belarus", "Belarus", True),
        ("Belarus", "Homyel region", True),
        ("Belarus", "Kupiansk", False),
        ("Belarus", "Bryansk", False),
        ("Ukraine", "Crimea", True),
        ("Homyel region", "Yelsk", True),
        ("Homyel region", "Minsk", None),
        ("Homyel region", "Pinsk", False),
        ("Donbas", "Bakhmut", True),
        ("Donbas", "Kharkiv", False),
        ("Crimea", "Sevastopol", True),
        ("Kyiv", "Homyel", False),
        ("Belarus", "Dnieper", None),
        ("Belarus", "Brest", None),
        ("Belarus", "Nowhere at all", None),
    ],
)
def test_what_lies_in_what(outer: str, inner: str, *, expected: bool | None) -> None:
    assert contains(outer, inner) is expected


def test_every_place_of_a_name_is_kept_countries_first() -> None:
    found = lookup("Jordan")

    assert found[0].kind is PlaceKind.COUNTRY
    assert {entry.country for entry in lookup("Brest")} >= {"BY", "FR"}


def test_a_country_is_found_by_its_code_and_lies_near_its_middle() -> None:
    belarus = country("BY")

    assert belarus is not None
    assert 51 < belarus.lat < 56
    assert 23 < belarus.lon < 33
    assert country("ZZ") is None


def test_folding_forgets_accents_and_apostrophes_only() -> None:
    assert fold("Slov’yans'k") == "slovyansk"
    assert fold("Łódź") == "lodz"
    assert fold("Minsk") != fold("Pinsk")


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("North Kordofan", "El Obeid", "Kosti"),
        ("White Nile State", "Kosti", "El Obeid"),
        ("Cabo Delgado", "Pemba", "Beira"),
        ("Borno State", "Maiduguri", "Kano"),
        ("Idlib region", "Saraqib", "Homs"),
        ("Darfur", "Nyala", "El Obeid"),
        ("North Kordofan", "Northern Kordofan", "South Kordofan"),
    ],
)
def test_a_first_level_region_holds_its_towns_and_no_others(region: str, inside: str, outside: str) -> None:
    assert contains(region, inside) is True
    assert contains(region, outside) is False


@pytest.mark.parametrize("name", ["Central region", "Northern State"])
def test_a_region_of_many_countries_has_no_country_by_its_name_alone(name: str) -> None:
    assert lookup(name)
    assert country_of(name) is None


@pytest.mark.parametrize("name", ["Meta", "Chin", "Unity", "White Nile", "Balkan"])
def test_a_region_whose_bare_name_is_something_else_needs_the_word_region(name: str) -> None:
    assert all(entry.kind is not PlaceKind.REGION for entry in lookup(name))
    assert any(entry.kind is PlaceKind.REGION for entry in lookup(f"{name} region"))


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("South Kivu", "Kavumu", "Goma"),
        ("Kivu", "Goma", "Bunia"),
        ("Gaza Strip", "Khan Younis", "Nablus"),
        ("Tigray", "Axum", "Gondar"),
        ("Gezira", "Wad Madani", "El Obeid"),
        ("Hodeidah governorate", "Ras Isa", "Seiyun"),
        ("South Lebanon", "Tyre", "Baalbek"),
        ("Kurdistan Region", "Duhok", "Mosul"),
        ("Xinjiang", "Urumqi", "Lhasa"),
    ],
)
def test_a_region_of_our_own_list_holds_its_towns(region: str, inside: str, outside: str) -> None:
    assert (contains(region, inside), contains(region, outside)) == (True, False)


@pytest.mark.parametrize(("region", "town"), [("Sahel", "Gao"), ("Balkans", "Sarajevo"), ("Siberia", "Omsk")])
def test_what_a_region_without_listed_towns_holds_is_not_known(region: str, town: str) -> None:
    assert contains(region, town) is None


@pytest.mark.parametrize("name", ["Katana", "Saraqeb", "Izium"])
def test_another_spelling_of_a_small_town_needs_its_country(name: str) -> None:
    (entry, *_) = lookup(name)

    assert entry.country is not None
    assert (clear(name), known(name), settled(name)) == (None, False, None)
    assert settled(name, frozenset({entry.country})) == entry
    assert settled(name, frozenset({"CD", "PE"})) is None


@pytest.mark.parametrize("name", ["Gomel", "Kobani", "Kupiansk", "Deir al-Balah", "Raqqa", "Zaporizhia", "Khokha"])
def test_spellings_of_our_own_lists_and_of_cities_and_regions_are_clear_anywhere(name: str) -> None:
    assert clear(name) is not None
    assert settled(name, frozenset({"PE"})) == clear(name)


@pytest.mark.parametrize(
    ("name", "near", "country"),
    [
        ("Brest", {"BY"}, "BY"),
        ("Brest", {"FR", "DE"}, "FR"),
        ("Brest", {"FR", "BY"}, None),
        ("Moscow", {"US"}, "RU"),
        ("Alexandria", {"EG", "US"}, "EG"),
        ("Alexandria", {"US"}, None),
        ("Tripoli", {"LB"}, "LB"),
        ("Hebron", {"US"}, "PS"),
        ("Springfield", {"CD"}, None),
    ],
)
def test_the_countries_spoken_of_settle_a_name_and_a_large_city_is_taken_for_no_smaller_one(
    name: str, near: set[str], country: str | None
) -> None:
    entry = settled(name, frozenset(near))

    assert (entry.country if entry is not None else None) == country


@pytest.mark.parametrize(
    ("written", "name", "code", "told"),
    [
        ("Katana", "Qatana", "SY", "Katana (taken as Qatana, Syria)"),
        ("Gomel", "Homyel", "BY", "Gomel (taken as Homyel, Belarus)"),
        ("Kharkiv Oblast", "Kharkiv region", "UA", "Kharkiv Oblast"),
        ("Belarusian", "Belarus", "BY", "Belarus"),
        ("Springfield", "Springfield", None, "Springfield"),
    ],
)
def test_a_place_is_told_as_written_and_with_what_it_was_taken_for(
    written: str, name: str, code: str | None, told: str
) -> None:
    assert taken_as(written, name, code) == told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Clashes at Kabare, Angola on Thursday.", "AO"),
        ("Gunmen shelled Kabare in Chad.", "TD"),
        ("Rain fell at Kabare (Chad)", "TD"),
        ("Trains ran to Kabare, Uganda and Rwanda.", None),
        ("No train left Kabare, Angola said.", None),
        ("They met in Kabare, South Kivu.", None),
    ],
)
def test_a_country_right_behind_a_name_says_where_it_lies_unless_it_is_one_of_a_list(
    text: str, code: str | None
) -> None:
    assert country_behind(text, text.index("Kabare") + len("Kabare")) == code
