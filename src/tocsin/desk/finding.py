"""What of a search its readers may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.desk.release import who_is_who
from tocsin.desk.values import Stream
from tocsin.model.log import Hit
from tocsin.publish.handling import Release, Withheld, withheld


def as_corrected(hits: Sequence[Hit], stream: Stream) -> tuple[Hit, ...]:
    """The hits with the voice that counts: that of a claim that an analyst corrected is told as corrected."""
    mended = {claim.id: claim.origin.name for claim in (*stream.claims, *stream.rejected) if claim.id in stream.as_read}
    return tuple(
        replace(hit, origin=f"{mended[hit.claim]} (corrected)")
        if hit.claim in mended and mended[hit.claim] != hit.origin
        else hit
        for hit in hits
    )


def for_readers(hits: Sequence[Hit], stream: Stream, *, to: Release) -> tuple[tuple[Hit, ...], Withheld]:
    """The hits that a release covers, and what of the others is withheld.

    A passage of a report is shown only where nothing in the report is withheld: it may name whoever is protected.
    """
    gone = withheld((*stream.claims, *stream.rejected), stream.reports, stream.ratings, who_is_who(stream), to=to)
    touched = {claim.report for claim in (*stream.claims, *stream.rejected) if claim.id in gone.claims}
    hidden = {
        hit
        for hit in hits
        if hit.report in gone.reports or (hit.claim in gone.claims if hit.claim else hit.report in touched)
    }
    claims = {hit.claim: gone.claims[hit.claim] for hit in hidden if hit.claim and hit.claim in gone.claims}
    reports = {hit.report: gone.reports.get(hit.report, "a voice in it") for hit in hidden if hit.claim is None}
    return tuple(hit for hit in hits if hit not in hidden), Withheld(claims=claims, reports=reports)
