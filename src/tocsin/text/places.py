"""The gazetteer: countries, cities, regions and waters with country and coordinates, looked up by name.

Cities, countries and most first-level regions come from GeoNames (CC BY 4.0), trimmed by
``training/gazetteer.py``; some regions, waters, adjectives and other spellings are our own lists
(``lang/en_places.toml``). Boundary policy: the borders that the United Nations General Assembly recognises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from tocsin.text.lang import load

_DOMINATES = 5
"""A name is clear where its largest place has so many times the people of the second."""

_LARGE = 300_000
"""People of a city that is meant by its name anywhere in the world, if anything is."""

_KNOWN_BY_ALL = 100_000
"""People of a city that another spelling still points to where its country is not spoken of."""


class PlaceKind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer; ``country`` is its ISO code, None for what lies in several.

    The coordinates of a country are the mean of its cities', those of a region or water its rough middle. ``region``
    is the first-level region of a city; a first-level region bears its own name there.
    """

    name: str
    kind: PlaceKind
    country: str | None
    lat: float
    lon: float
    population: int = 0
    region: str = ""
    capital: bool = False


def fold(name: str) -> str:
    """The form under which spellings are compared: small letters, no accents, no apostrophes.

    >>> fold("Slov’yans’k") == fold("SLOVYANSK")
    True
    """
    if name.isascii():
        return name.lower().replace("'", "").strip()
    decomposed = unicodedata.normalize("NFKD", name)
    kept = "".join(char for char in decomposed if not unicodedata.combining(char) and char not in "’ʼ'‘`")
    return kept.lower().replace("ł", "l").strip()


@cache
def _table() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Every row of the shipped table under each of its names."""
    text = files("tocsin.text").joinpath("data", "places.tsv").read_text(encoding="utf-8")
    rows: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in text.splitlines():
        row = tuple(line.split("\t"))
        key = row[1].lower() if "'" not in row[1] else fold(row[1])
        rows[key] = (*rows.get(key, ()), row)
        if row[7]:
            for other in row[7].split("|"):
                key = fold(other)
                rows[key] = (*rows.get(key, ()), row)
    return rows


@cache
def _with_towns() -> frozenset[tuple[str, str]]:
    """(country, name) of every region that cities of the table lie in."""
    return frozenset((row[2], row[6]) for found in _table().values() for row in found if row[0] == "p")


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    """(country, folded name) of every capital."""
    rows = {row for found in _table().values() for row in found if row[0] == "c"}
    return frozenset((row[2], fold(row[6])) for row in rows)


@cache
def _regions() -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for name, country, kind, lat, lon, _seat, others in load("en_places")["regions"]["list"]:
        entry = Entry(name, PlaceKind(kind), country or None, lat, lon)
        for each in (name, *others):
            found[fold(each)] = (*found.get(fold(each), ()), entry)
    return found


_KINDS = {"c": PlaceKind.COUNTRY, "r": PlaceKind.REGION, "p": PlaceKind.CITY}
_PROVINCE = re.compile(r"\s(?:oblast|voblast|province|krai|region|state|governorate|department|prefecture)$")


@lru_cache(maxsize=20_000)
def lookup(name: str) -> tuple[Entry, ...]:
    """Every place that bears a name, the likeliest first: countries, regions and waters, cities by population.

    >>> [(entry.name, entry.country) for entry in lookup("Gomel")][:1]
    [('Homyel', 'BY')]
    >>> lookup("Nowhere at all")
    ()
    """
    written = fold(name)
    key = _PROVINCE.sub(" region", written)
    found = _under(key)
    bare = _PROVINCE.sub("", written)
    if found or bare == written:
        return found
    regions = tuple(entry for entry in _under(bare) if entry.kind is PlaceKind.REGION)
    return regions or _under(written)


def _under(key: str) -> tuple[Entry, ...]:
    """Every place under a folded name: countries, our own regions and waters, first-level regions, cities."""
    own = _regions().get(key, ())
    rows = sorted(set(_table().get(key, ())), key=lambda row: (row[0] != "c", fold(row[1]) != key, -int(row[5])))
    countries, regions, cities = (tuple(_entry(row) for row in rows if row[0] == kind) for kind in "crp")
    return countries + own + regions + tuple(sorted(cities, key=lambda entry: -entry.population))


def known_as(name: str, near: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The names in the gazetteer that begin like this one, for a guess at what a misspelt name meant.

    Args:
        name: The name as written.
        near: ISO codes of the countries whose names are wanted; empty for all.

    >>> "Kyiv" in known_as("Kyvi"), "Kyiv" in known_as("Kyvi", frozenset({"SD"}))
    (True, False)
    """
    key = fold(name)[:1]
    ours = (entry.name for found in _regions().values() for entry in found if not near or entry.country in near)
    listed = (row[1] for rows in _table().values() for row in rows if not near or row[2] in near)
    return tuple(dict.fromkeys(one for one in (*ours, *listed) if key and fold(one).startswith(key)))


def _entry(row: tuple[str, ...]) -> Entry:
    kind = _KINDS[row[0]]
    capital = kind is PlaceKind.CITY and (row[2], fold(row[1])) in _capitals()
    region = "" if kind is PlaceKind.COUNTRY else row[6]
    lat, lon = (float(row[3]), float(row[4])) if row[3] else (0.0, 0.0)
    return Entry(row[1], kind, row[2], lat, lon, 1000 * int(row[5]), region, capital)


@cache
def adjectives() -> Mapping[str, str]:
    """Country by adjective: "Belarusian" -> "BY"."""
    return {word: country for country, words in load("en_places")["adjectives"].items() for word in words}


@cache
def country(code: str) -> Entry | None:
    """The country of an ISO code."""
    return next((_entry(row) for rows in _table().values() for row in rows if row[0] == "c" and row[2] == code), None)


def clear(name: str) -> Entry | None:
    """The one place that a name can be taken for; None where it is unknown or could be one of several.

    Another spelling of a small town ("Katana" for Qatana) is clear only where it stands in our own lists: it may well
    be the name of a place elsewhere that is not in the table.

    >>> clear("Homyel").country, clear("Georgia"), clear("Kursk").country, clear("Katana")
    ('BY', None, 'RU', None)
    """
    found = lookup(name)
    if not found or name.lower() in _AMBIGUOUS:
        return None
    first = found[0]
    if first.kind is PlaceKind.REGION and any(e.kind is first.kind and e.country != first.country for e in found):
        return None
    if first.kind is not PlaceKind.CITY or first.capital:
        return first
    if loose(first, name):
        return None
    return first if len(found) == 1 or first.population >= _DOMINATES * found[1].population else None


def loose(entry: Entry, name: str) -> bool:
    """Is a name only another spelling of a small town, and not one of our own lists?"""
    small = entry.kind is PlaceKind.CITY and not entry.capital and entry.population < _KNOWN_BY_ALL
    return small and fold(entry.name) != fold(name) and fold(name) not in _spelled()


@cache
def _spelled() -> frozenset[str]:
    """The spellings of cities that our own lists give, folded."""
    cities = load("en_places")["cities"]
    return frozenset(fold(other) for row in (*cities["aliases"], *cities["ours"]) for other in row[-1])


@lru_cache(maxsize=20_000)
def settled(name: str, near: frozenset[str] = frozenset()) -> Entry | None:
    """The one place that a name stands for in a text that speaks of some countries; None where that is open.

    A name that is clear by itself stands for that place, except where only another of its bearers lies in a country
    spoken of: then for that one; and where the clear one is a large city, for neither. A name that is not clear stands
    for what lies in the one country spoken of that has it.

    Args:
        name: The name as written.
        near: ISO codes of the countries spoken of.

    >>> settled("Brest"), settled("Brest", frozenset({"BY"})).country, settled("Katana", frozenset({"SY"})).name
    (None, 'BY', 'Qatana')
    >>> settled("Guadalajara").country, settled("Guadalajara", frozenset({"ES"}))
    ('MX', None)
    """
    chosen = clear(name)
    if chosen is not None and (chosen.kind is not PlaceKind.CITY or chosen.capital or chosen.country in near):
        return chosen
    fitting = [entry for entry in lookup(name) if entry.country in near]
    if chosen is not None:
        fitting = [entry for entry in fitting if fold(entry.name) == fold(name)]
    if not fitting or len({entry.country for entry in fitting}) > 1:
        return chosen
    return fitting[0] if chosen is None or chosen.population < _LARGE else None


_AMBIGUOUS = frozenset({"georgia", "jordan", "tripoli", "guinea", "chad", "congo", "galicia"})


def country_of(name: str) -> str | None:
    """The ISO code of the country in which a named place lies, or which it is; None where that is not clear."""
    entry = clear(name)
    return entry.country if entry is not None else None


def known(name: str, near: frozenset[str] = frozenset()) -> bool:
    """Is a name one of the gazetteer's, as far as countries spoken of can tell? It may still be open which place it is.

    >>> known("Springfield"), known("Katana"), known("Katana", frozenset({"SY"})), known("Nowhere at all")
    (True, False, True, False)
    """
    return any(entry.country in near or not loose(entry, name) for entry in lookup(name))


_LAND = re.compile(
    r"\s*(?:,\s*|\(\s*|\s+in\s+)(?P<name>[A-Z][\w'’.-]+(?: (?:of |the )*[A-Z][\w'’.-]+){0,3})"
    r"(?=\s*(?:[.;:)]|$|(?:on|where|when|after|before|during|by|late|early|this|last|yesterday)\b))"
)


def country_behind(text: str, at: int) -> str | None:
    """The ISO code of a country right behind a name that says where it lies: "Kabare, Angola"; not one of a list.

    Args:
        text: The text.
        at: Where the name ends.
    """
    found = _LAND.match(text, at)
    names = found.group("name").split(" ") if found is not None else []
    for length in range(len(names), 0, -1):
        entry = next(iter(lookup(" ".join(names[:length]).rstrip("."))), None)
        if entry is not None and entry.kind is PlaceKind.COUNTRY:
            return entry.country
    return None


def contains(outer: str, inner: str) -> bool | None:
    """Does one place hold the other? None where either is not known well enough to say.

    A place holds itself. A region holds the cities of its province; a country its regions and cities. Of a region whose
    towns nobody listed (the Sahel, Siberia) it is not known what it holds.

    >>> contains("Belarus", "Homyel"), contains("Belarus", "Kupiansk"), contains("Belarus", "Nowhere at all")
    (True, False, None)
    """
    return True if fold(outer) == fold(inner) else holds(clear(outer), clear(inner))


def holds(outside: Entry | None, inside: Entry | None) -> bool | None:
    """Does one place hold the other, both settled? None where that is not known; see ``contains``."""
    if outside is None or inside is None:
        return None
    if outside == inside:
        return True
    if outside.kind is PlaceKind.COUNTRY:
        return None if inside.country is None else inside.country == outside.country
    parts = load("en_places")["parts"].get(outside.name)
    if parts is not None:
        return any(fold(part) == fold(inside.name) or holds(clear(part), inside) for part in parts)
    if outside.kind is PlaceKind.REGION and inside.kind is PlaceKind.CITY:
        if inside.country != outside.country and outside.country is not None:
            return False
        known = inside.region and (outside.country, outside.name) in _with_towns()
        return outside.name == inside.region if known else None
    if outside.kind is inside.kind is PlaceKind.REGION and outside.region and inside.region:
        return outside.region == inside.region
    return False if inside.country != outside.country and None not in {inside.country, outside.country} else None


@cache
def _country_words() -> re.Pattern[str]:
    names = [name for names in load("en_places")["names"].values() for name in names]
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in [*adjectives(), *names]) + r")\b")


@lru_cache(maxsize=16)
def countries_named(text: str) -> frozenset[str]:
    """The ISO codes of the countries that a text names, by noun or adjective.

    >>> sorted(countries_named("Belarusian trains reached Poland."))
    ['BY', 'PL']
    """
    found: set[str] = set()
    for match in _country_words().finditer(text):
        code = adjectives().get(match.group())
        entry = clear(match.group()) if code is None else None
        found.add(code or (entry.country if entry is not None and entry.country else ""))
    for word in set(re.findall(r"\b[A-Z][a-z]{3,}\b", text)):
        entries = lookup(word)
        if entries and entries[0].kind is PlaceKind.COUNTRY and entries[0].country:
            found.add(entries[0].country)
    return frozenset(found - {""})


def spoken_of(names: Iterable[str], text: str) -> frozenset[str]:
    """The ISO codes of the countries that a problem speaks of: those of the places it watches, and of its question.

    >>> sorted(spoken_of(["Homyel", "Katana"], "Will Russian troops cross?"))
    ['BY', 'RU']
    """
    entries = map(clear, names)
    return countries_named(text) | {e.country for e in entries if e is not None and e.country is not None}


def taken_as(text: str, name: str, code: str | None) -> str:
    """A place for a reader: as written, and what it was taken for where the gazetteer calls it otherwise.

    >>> taken_as("Katana", "Qatana", "SY"), taken_as("Homyel", "Homyel'", "BY"), taken_as("Belarusian", "Belarus", "BY")
    ('Katana (taken as Qatana, Syria)', 'Homyel', 'Belarus')
    """
    home = country(code) if code is not None else None
    if home is not None and home.name == name:
        return name
    if _bare(text) == _bare(name):
        return text
    return f"{text} (taken as {name}, {home.name})" if home is not None else f"{text} (taken as {name})"


def _bare(name: str) -> str:
    """The letters of a name, without the word for a region."""
    return re.sub(r"[^\w]", "", _PROVINCE.sub("", fold(name).removesuffix("'s")))
