"""The fictional case of ``publishing`` as exporters take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from tests.publishing import ASSESSMENT, CLAIMS, IDS, LINKED, RATINGS, REPORTS

from tocsin.model.assessment import Answer, Signed
from tocsin.model.claim import Claim, PlaceMention, Role, When
from tocsin.model.look import Look
from tocsin.model.problem import Indicator, WarningProblem, Watch
from tocsin.model.report import Report, Source, Span
from tocsin.publish.exported import Exported
from tocsin.publish.handling import PUBLIC, Release
from tocsin.publish.masking import Case, masked
from tocsin.text.places import lookup

FIRST = next(iter(REPORTS))
SECRETS = ("eleven landing craft", "about 4,000", "dock worker", "Harbour Post", "harbour-post", "coast guard", FIRST)
"""What a reader not cleared for the first report may find nowhere."""

SIGNED = Signed(
    by="O. Reader",
    as_of=date(2031, 3, 12),
    at=datetime(2031, 3, 12, 9, 30),  # noqa: DTZ001 - the store keeps UTC without a zone
    judgement="I would say unlikely.",
    dissent="The harbour desk disagrees.",
    probability=None,
)

PROBLEM = WarningProblem(
    id="strait",
    question=ASSESSMENT.question,
    resolution=ASSESSMENT.resolution,
    opened=date(2031, 3, 1),
    by=date(2031, 4, 30),
    yardstick="ICD 203",
    scenarios=(),
    indicators=tuple(
        Indicator(id=line.id, statement=line.statement, watch=Watch(), seen_first={}, leads={}, critical=line.critical)
        for line in ASSESSMENT.indicators
    ),
    looks=(Look(indicator="minesweepers", first=date(2031, 3, 5), last=date(2031, 3, 8), by="night shift"),),
)

ODESA = lookup("Odesa")[0]
PLACES = {
    IDS["craft"]: PlaceMention(text="Odesa", name="Odesa", country="UA", lat=ODESA.lat, lon=ODESA.lon, span=Span(0, 5)),
    IDS["tents"]: PlaceMention(text="Belarus", name="Belarus", country="BY", lat=53.0, lon=28.0, span=Span(0, 7)),
    IDS["sheds"]: PlaceMention(text="Odesa", name="Odesa", country="UA", lat=ODESA.lat, lon=ODESA.lon, span=Span(0, 5)),
}


def claims() -> Mapping[str, Claim]:
    """The claims, with places, and one of them an event with a day."""
    found = {key: replace(one, places=(PLACES[key],)) if key in PLACES else one for key, one in CLAIMS.items()}
    craft = found[IDS["craft"]]
    when = When(text="on Tuesday", earliest=date(2031, 3, 11), latest=date(2031, 3, 11))
    found[IDS["craft"]] = replace(craft, role=Role.EVENT, when=when)
    found[IDS["fleet"]] = replace(found[IDS["fleet"]], role=Role.EVENT)
    return found


def exported(
    *,
    handling: str | None = None,
    sources: tuple[Source, ...] = (),
    answer: Answer | None = None,
    to: Release = PUBLIC,
    producer: str = "Strait desk",
) -> Exported:
    """The case for readers of a release; ``handling`` is the caveat on its first report."""
    reports: Mapping[str, Report] = {**REPORTS, FIRST: replace(REPORTS[FIRST], handling=handling)}
    ratings = {**RATINGS, IDS["fleet"]: replace(RATINGS[IDS["fleet"]], echo_of=IDS["drill"])}
    for name, digit in (("craft", 2), ("sheds", 6)):
        ratings[IDS[name]] = replace(ratings[IDS[name]], credibility=digit)
    assessment = replace(ASSESSMENT, signed=(SIGNED,), answer=answer or ASSESSMENT.answer)
    whole = Case(
        claims=claims(), reports=reports, ratings=ratings, linked=LINKED, sources=sources, assessment=assessment
    )
    shown, gone = masked(whole, to=to)
    return Exported(
        problem=PROBLEM,
        assessment=shown.assessment or assessment,
        claims=shown.claims,
        reports=shown.reports,
        ratings=shown.ratings,
        linked=shown.linked,
        sources=shown.sources,
        withheld=gone.told(),
        producer=producer,
    )
