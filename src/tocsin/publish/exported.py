"""What an exporter is given: one answer with all it leads back to, already masked for its readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tocsin.model.assessment import Assessment
from tocsin.model.claim import Claim, PlaceMention
from tocsin.model.evidence import Linked, Rating
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report, Source, VoiceKind
from tocsin.publish.masking import MASK
from tocsin.text.places import PlaceKind, lookup

DEFAULT_PRODUCER = "a Tocsin desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One answer to be exported.

    ``rejected`` are the ids of claims that a review took out. ``withheld`` says what the readers may not see, counted.
    ``issued`` is the moment of the last issue as of that day, None where it was not issued. ``producer`` is who
    publishes it: part of every STIX and MISP id, so that two desks never share one.
    """

    problem: WarningProblem
    assessment: Assessment
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    ratings: Mapping[str, Rating]
    linked: Linked
    sources: tuple[Source, ...]
    rejected: frozenset[str] = frozenset()
    withheld: str = ""
    issued: datetime | None = None
    producer: str = DEFAULT_PRODUCER

    def counted(self) -> Iterator[Claim]:
        """The claims that count and may be seen, in order of publication."""
        for claim in self.claims.values():
            if claim.id not in self.rejected and claim.report != MASK:
                yield claim

    def published(self, claim: Claim) -> date:
        """The day a claim became known: of its report's publication, else of its retrieval, else the day assessed."""
        report = self.reports.get(claim.report)
        if report is None:
            return self.assessment.as_of
        window = report.published
        found = (window.latest or window.earliest if window else None) or report.retrieved
        return min(found or self.assessment.as_of, self.assessment.as_of)

    @property
    def moment(self) -> datetime:
        """When it was issued; where it was not, the beginning of the day assessed. In UTC."""
        return self.issued.replace(tzinfo=UTC) if self.issued else midnight(self.assessment.as_of)


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def extent(place: PlaceMention) -> str:
    """How wide a place is: country, region, water or city; ``unknown`` where the gazetteer does not tell.

    >>> from tocsin.model.report import Span
    >>> extent(PlaceMention(text="Belarus", name="Belarus", country="BY", lat=53.0, lon=28.0, span=Span(0, 7)))
    'country'
    """
    found = lookup(place.name)
    same = [entry for entry in found if (entry.lat, entry.lon) == (place.lat, place.lon)]
    if same:
        return same[0].kind.value
    if any(entry.kind is PlaceKind.COUNTRY for entry in found):
        return PlaceKind.COUNTRY.value
    return "unknown"


def private(kind: VoiceKind) -> bool:
    """Is a voice of this kind a person without an office?

    >>> private(VoiceKind.PERSON), private(VoiceKind.OFFICIAL)
    (True, False)
    """
    return kind in {VoiceKind.PERSON, VoiceKind.PUBLIC, VoiceKind.ANONYMOUS, VoiceKind.AUTHOR}
