"""The ratings of a desk's claims."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from tocsin.model.claim import Claim
from tocsin.model.evidence import Judged, Rating
from tocsin.model.report import Report, Source, Voice, VoiceKind
from tocsin.weigh import registry
from tocsin.weigh.corrected import told as corrections
from tocsin.weigh.echo import COPY_PROBABILITY, Echo, echoes
from tocsin.weigh.grade import as_source, rate
from tocsin.weigh.naming import Directory
from tocsin.weigh.overlay import Overlay


def ratings(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    sources: Sequence[Source],
    *,
    judged: Overlay | None = None,
    as_read: Mapping[str, Claim] | None = None,
    headed: Mapping[str, tuple[Judged, ...]] | None = None,
) -> dict[str, Rating]:
    """Rate every claim by its origin, and mark those that repeat another.

    The source of a rating is the origin, never the outlet that printed it: an origin repeated by many outlets is one
    origin, and so is a source with those that speak for it. Unnamed voices are apart unless somebody merged them.
    Credibility digits are not made up: none is used unless somebody other than the source's grader gives one.

    Args:
        claims: Claims of any number of reports.
        reports: Those reports by id; a claim whose report is missing is rated by its words alone.
        sources: The declared sources, with the grades in force.
        judged: What analysts judged of voices, grades, digits and independence, and what they corrected.
        as_read: The corrected ones of the claims as they were read, so that the ratings can tell of it.
        headed: By report, what analysts corrected of its outlet and day.

    Returns:
        One rating per claim, by claim id.
    """
    overlay = judged or Overlay()
    directory = Directory.of(sources)
    rated = {claim.id: rate(claim, reports.get(claim.report), directory) for claim in claims}
    by_id = {source.id: source for source in sources}
    if overlay.mergers or overlay.grades:
        rated = {key: _of_voice(rating, overlay, by_id) for key, rating in rated.items()}
    cites = _citations(claims, reports, directory)
    found = echoes(claims, rated, reports, cites=cites, apart=overlay.apart)
    for echo in found:
        rated[echo.claim] = _repeated(rated[echo.claim], rated[echo.of], echo)
    inside = {name for echo in found if not echo.same_origin for name in (echo.claim, echo.of)}
    for name, one in overlay.digits.items():
        rating = rated.get(name)
        if rating is not None:
            source = by_id.get(rating.source)
            graders = registry.graders(source, overlay) if source is not None else frozenset[str]()
            own = any(judgement.by.casefold() in graders for judgement in one.standing)
            rated[name] = registry.with_digit(rating, one, by_grader=own, in_echo=name in inside)
    for name, claim in (as_read or {}).items():
        if name in rated:
            told = corrections(claim, overlay.corrections.get(name, ()))
            rated[name] = dataclasses.replace(rated[name], judged=(*told, *rated[name].judged))
    for claim in claims if headed else ():
        told = (headed or {}).get(claim.report, ())
        if told:
            rated[claim.id] = dataclasses.replace(rated[claim.id], judged=(*told, *rated[claim.id].judged))
    return rated


def voices(
    claims: Iterable[Claim], reports: Mapping[str, Report], sources: Sequence[Source]
) -> dict[str, tuple[str, bool]]:
    """Everybody who speaks, by id: the name, and whether it is a declared source; before any merger."""
    directory = Directory.of(sources)
    found = {source.id: (source.name, True) for source in sources}
    for claim in claims:
        rating = rate(claim, reports.get(claim.report), directory)
        found.setdefault(rating.source, (rating.source_name, False))
    return found


def _of_voice(rating: Rating, overlay: Overlay, declared: Mapping[str, Source]) -> Rating:
    """The rating of a voice that was merged with another, or graded though nobody declared it."""
    own = rating.source
    name = overlay.mergers.get(own, own)
    grades = overlay.grades.get(own, ()) if own not in declared else ()
    if name != own:
        source = declared.get(name)
        grades = (*overlay.grades.get(name, ()), *grades) if source is None else ()
        rating = as_source(rating, source) if source is not None else dataclasses.replace(rating, source=name)
        rating = dataclasses.replace(rating, merged_from=own)
    if name in overlay.merged:
        rating = dataclasses.replace(rating, judged=(*rating.judged, overlay.merged[name]))
    return registry.regraded(rating, grades)


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
