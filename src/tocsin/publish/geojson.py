"""Claims on a map, as GeoJSON (RFC 7946): one feature for each place that a claim names.

How wide a place is stands with it: the point of a country is no place where anything was. Nobody without an office is
named, whatever the claim says of who said it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.model.claim import Claim
from tocsin.publish.exported import Exported, extent, private
from tocsin.publish.safe import json_line, plain


def render(exported: Exported) -> str:
    """A feature collection, one feature a line, with the question, its day and what is withheld."""
    a = exported.assessment
    head = {"problem": a.problem, "question": a.question, "as_of": a.as_of.isoformat()}
    if exported.withheld:
        head["withheld"] = exported.withheld
    lines = ",\n".join(json_line(feature) for feature in features(exported))
    opening = json_line({"type": "FeatureCollection", **head})[:-1]
    return f'{opening}, "features": [\n{lines}\n]}}\n'


def features(exported: Exported) -> Iterator[Mapping[str, object]]:
    """The places of claims, as far as the gazetteer has coordinates for them."""
    for claim in exported.counted():
        for place in claim.places:
            if place.lat is None or place.lon is None:
                continue
            yield {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                "properties": {
                    "place": plain(place.name),
                    "as_written": plain(place.text),
                    "country": place.country,
                    "extent": extent(place),
                    **_properties(exported, claim),
                },
            }


def _properties(exported: Exported, claim: Claim) -> Mapping[str, object]:
    report = exported.reports.get(claim.report)
    rating = exported.ratings.get(claim.id)
    when = claim.when
    nameless = private(claim.origin.kind)
    return {
        "claim": claim.id,
        "content": plain(claim.content),
        "origin": None if nameless else plain(rating.source_name if rating else claim.origin.name),
        "origin_kind": claim.origin.kind.value,
        "outlet": plain(report.outlet) if report and report.outlet else None,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "role": claim.role.value,
        "when_earliest": when.earliest.isoformat() if when and when.earliest else None,
        "when_latest": when.latest.isoformat() if when and when.latest else None,
        "published": exported.published(claim).isoformat(),
        "handling": report.handling if report else None,
    }
