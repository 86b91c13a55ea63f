"""What of a search its readers may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tocsin.desk.release import who_is_who
from tocsin.desk.values import Stream
from tocsin.model.claim import Claim
from tocsin.model.log import Hit
from tocsin.publish.handling import Release, Withheld, named, withheld
from tocsin.publish.masking import MASK, mapped


def as_corrected(
    hits: Sequence[Hit], stream: Stream, *, moved: Collection[str] = (), as_of: date | None = None
) -> tuple[Hit, ...]:
    """The hits with the voice, outlet and day that count: those that an analyst corrected are told as corrected.

    Args:
        hits: What was found, whatever their day where it is that of a report in ``moved``.
        stream: What the desk has read.
        moved: Reports of which analysts judged outlet or day.
        as_of: Only what was published on or before this day.
    """
    claims = {claim.id: claim for claim in (*stream.claims, *stream.rejected)}
    # What a report no longer says since it was read again is not told: nobody would know who may see it.
    there = (hit for hit in hits if hit.report not in moved or hit.claim is None or hit.claim in claims)
    told = (_of_report(_of_claim(hit, claims, stream), claims, stream) for hit in there)
    kept = (
        hit
        for hit in told
        if hit.report not in moved or as_of is None or (hit.published or hit.known or date.max) <= as_of
    )
    return tuple(sorted(kept, key=_day, reverse=True))


def _day(hit: Hit) -> date:
    return hit.published or hit.known or date.min


def _of_claim(hit: Hit, claims: Mapping[str, Claim], stream: Stream) -> Hit:
    claim = claims.get(hit.claim or "")
    changed = claim is not None and (claim.id in stream.as_read or hit.report in stream.headed)
    if claim is None or not changed or claim.origin.name == hit.origin:
        return hit
    return replace(hit, origin=f"{claim.origin.name} (corrected)")


def _of_report(hit: Hit, claims: Mapping[str, Claim], stream: Stream) -> Hit:
    """A hit of a report of which outlet or day was judged: as they count now."""
    report = stream.reports.get(hit.report)
    if report is None or hit.report not in stream.headed:
        return hit
    claim = claims.get(hit.claim or "")
    outlet = claim.chain[0].name if claim is not None else report.outlet
    shown = f"{outlet or 'unknown'} (corrected)" if outlet != hit.outlet else hit.outlet
    return replace(hit, outlet=shown, published=report.published.latest if report.published else None)


def for_readers(hits: Sequence[Hit], stream: Stream, *, to: Release) -> tuple[tuple[Hit, ...], Withheld]:
    """The hits that a release covers, and what of the others is withheld.

    A passage of a report is shown only where nothing in the report is withheld, and nobody named there who is
    protected: it is cut out of the text, and a cut may part a name. In claims and titles such a name is masked.
    """
    sources = who_is_who(stream)
    gone = withheld((*stream.claims, *stream.rejected), stream.reports, stream.ratings, sources, to=to)
    names = [named(source) for source in sources if source.id in gone.sources]
    touched = {claim.report for claim in (*stream.claims, *stream.rejected) if claim.id in gone.claims}
    for key in {hit.report for hit in hits if not hit.claim} & stream.reports.keys():
        touched |= {key} if any(name.search(stream.reports[key].text) for name in names) else set()
    hidden = {
        hit
        for hit in hits
        if hit.report in gone.reports or (hit.claim in gone.claims if hit.claim else hit.report in touched)
    }
    claims = {hit.claim: gone.claims[hit.claim] for hit in hidden if hit.claim and hit.claim in gone.claims}
    reports = {hit.report: gone.reports.get(hit.report, "a voice in it") for hit in hidden if hit.claim is None}

    def masked(text: str) -> str:
        for name in names:
            text = name.sub(MASK, text)
        return text

    return tuple(mapped(hit, masked) for hit in hits if hit not in hidden), Withheld(claims=claims, reports=reports)
