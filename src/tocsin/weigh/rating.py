"""The ratings of a desk's claims."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.report import Report, Source, Voice, VoiceKind
from tocsin.weigh.echo import COPY_PROBABILITY, Echo, echoes
from tocsin.weigh.grade import rate
from tocsin.weigh.naming import Directory


def ratings(claims: Sequence[Claim], reports: Mapping[str, Report], sources: Sequence[Source]) -> dict[str, Rating]:
    """Rate every claim by its origin, and mark those that repeat another.

    The source of a rating is the origin, never the outlet that printed it: an origin repeated by many outlets is one
    origin. Credibility digits are not made up: none is used unless somebody gives one.

    Args:
        claims: Claims of any number of reports.
        reports: Those reports by id; a claim whose report is missing is rated by its words alone.
        sources: The declared sources.

    Returns:
        One rating per claim, by claim id.
    """
    directory = Directory.of(sources)
    rated = {claim.id: rate(claim, reports.get(claim.report), directory) for claim in claims}
    for echo in echoes(claims, rated, reports, cites=_citations(claims, reports, directory)):
        rated[echo.claim] = _repeated(rated[echo.claim], rated[echo.of], echo)
    return rated


def _repeated(rating: Rating, earlier: Rating, echo: Echo) -> Rating:
    """The rating of a claim that repeats another.

    An echo of another origin is marked as one. Where the origin itself is on record with the same words, a poor
    channel that passes them on takes nothing from them.
    """
    if not echo.same_origin:
        return dataclasses.replace(
            rating, echo_of=echo.of, copy_probability=COPY_PROBABILITY, because=(*rating.because, echo.because)
        )
    rating = dataclasses.replace(rating, repeats=echo.of)
    if earlier.knows is None or (rating.knows is not None and rating.knows >= earlier.knows):
        return rating
    because = (*rating.because, f"the origin is on record with the same words, so grade {earlier.reliability}")
    return dataclasses.replace(
        rating, reliability=earlier.reliability, knows=earlier.knows, through=earlier.through, because=because
    )


def _citations(
    claims: Sequence[Claim], reports: Mapping[str, Report], directory: Directory
) -> dict[str, frozenset[str]]:
    """Per claim the declared outlets it cites; per report its own outlet."""
    outlets: dict[str, str | None] = {}
    for report in reports.values():
        found = directory.find(Voice(name=report.outlet, kind=VoiceKind.MEDIA)) if report.outlet else None
        outlets[report.id] = found.id if found is not None else None
    citations = {report: frozenset({outlet}) for report, outlet in outlets.items() if outlet is not None}
    for claim in claims:
        cited = (directory.find(voice) for voice in claim.chain[1:] if voice.kind is not VoiceKind.ANONYMOUS)
        own = outlets.get(claim.report)
        named = frozenset(source.id for source in cited if source is not None and source.id != own)
        if named:
            citations[claim.id] = named
    return citations
