"""Places of a problem's own, which the gazetteer lacks."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.model.problem import OwnPlace
from tocsin.problem.table import Table
from tocsin.problem.values import number_from, shown, text, texts
from tocsin.text.places import fold


def own_places(tables: Sequence[Table]) -> tuple[OwnPlace, ...]:
    """The declared places; a name that two of them bear, a place in itself and half a point are faults."""
    found: list[OwnPlace] = []
    taken: set[str] = set()
    for table in tables:
        place = OwnPlace(
            name=table.get("name", text, ""),
            within=table.get("in", text, ""),
            aliases=table.get("aliases", texts, ()),
            lat=table.get("lat", number_from(-90, 90), None),
            lon=table.get("lon", number_from(-180, 180), None),
        )
        for key, names in (("name", (place.name,)), ("aliases", place.aliases)):
            for name in filter(None, names):
                if fold(name) in taken:
                    table.say(key, f"{shown(name)} is the name of another place too", "name each place once")
                taken.add(fold(name))
        if place.within and fold(place.within) in map(fold, (place.name, *place.aliases)):
            table.say("in", f"{shown(place.within)} is the place itself", "name the region or the country it lies in")
        if (place.lat is None) is not (place.lon is None) and not table.bad & {"lat", "lon"}:
            table.say("lat" if place.lat is None else "lon", "is missing", "write both lat and lon, or neither")
        found.append(place)
    return tuple(found)
