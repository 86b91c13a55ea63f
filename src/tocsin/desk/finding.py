"""What of a search its readers may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.desk.release import who_is_who
from tocsin.desk.values import Stream
from tocsin.model.log import Hit
from tocsin.publish.handling import Release, Withheld, named, withheld
from tocsin.publish.masking import MASK, mapped


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
