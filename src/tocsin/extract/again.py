"""A report read again because its outlet or its day was wrong: other voices and times, the same statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tocsin.extract import extract
from tocsin.extract.when import whens
from tocsin.model.claim import DIRECT, SECOND_HAND, Claim, Extraction, When
from tocsin.model.report import Report, Span, Voice, VoiceKind


def again(before: Extraction, report: Report, *, outlet: Voice | None) -> Extraction:
    """The reading of a report whose outlet or day is another than when it was read.

    What the rules read they read anew. What a language model read is not asked again: its claims are kept, the first
    voice of each is the outlet now, and its time is resolved again. A statement at the place of an earlier one keeps
    that one's id, so that what people judged of it still stands.

    Args:
        before: The reading as it was.
        report: The report with the outlet and day that it has now; its text is the same.
        outlet: Who published it, as a voice; None where nobody knows.
    """
    from tocsin.extract.build import NAME

    if before.extractor == NAME:
        anew = extract(report, outlet=outlet)
        return replace(anew, claims=_with_ids_of(before.claims, anew.claims))
    first = outlet or Voice(name=report.outlet or "author", kind=VoiceKind.MEDIA if report.outlet else VoiceKind.AUTHOR)
    return replace(before, claims=tuple(_mended(claim, report, first) for claim in before.claims), cost=None)


def _with_ids_of(before: Sequence[Claim], anew: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims with the ids of those that stood at the same place under the same cue, each given once and in order."""
    ids: dict[tuple[Span, Span | None], list[str]] = defaultdict(list)
    for claim in reversed(before):
        ids[_place(claim)].append(claim.id)
    return tuple(replace(claim, id=ids[_place(claim)].pop()) if ids[_place(claim)] else claim for claim in anew)


def _place(claim: Claim) -> tuple[Span, Span | None]:
    return claim.span, claim.cue.span if claim.cue is not None else None


def _mended(claim: Claim, report: Report, outlet: Voice) -> Claim:
    """A claim with another outlet before its voices, its time resolved from the day that the report has now."""
    inner = tuple(voice for voice in claim.chain[1:] if voice.name.casefold() != outlet.name.casefold())
    chain = (outlet, *inner)
    weight = claim.weight
    if (len(chain) > DIRECT) != (len(claim.chain) > DIRECT):
        weight = round(weight * SECOND_HAND if len(chain) > DIRECT else min(1.0, weight / SECOND_HAND), 4)
    return replace(claim, chain=chain, weight=weight, when=_when(claim, report))


def _when(claim: Claim, report: Report) -> When | None:
    """The time of a claim, read again where it stands; where there was none, the first within the content."""
    found = [(one, one.span) for one in whens(report.text, claim.sentence, published=report.published) if one.span]
    parts = claim.parts or (claim.span,)
    own = claim.when
    if own is None or own.span is None:
        inside = (
            one for one, span in found if any(part.start <= span.start and span.stop <= part.stop for part in parts)
        )
        return next(inside, None) if own is None else own
    for one, span in found:
        if span.start < own.span.stop and own.span.start < span.stop:
            return replace(one, latest=None) if own.latest is None and own.earliest is not None else one
    return own
