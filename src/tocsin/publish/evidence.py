"""The words a claim stands in, and what it was taken for: the last step from a number back to a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.model.claim import Claim
from tocsin.model.evidence import Evidence, Reading, Says
from tocsin.model.report import Report, Span
from tocsin.publish.case import Case
from tocsin.publish.safe import link, plain, terminal
from tocsin.publish.words import day, listed, quantity

CONTEXT = 600
SAID = {Says.PRESENT: "seen", Says.ABSENT: "not seen", Says.AMBIGUOUS: "unclear"}


class Mark(StrEnum):
    """What a piece of a sentence is."""

    NONE = ""
    CONTENT = "content"
    CUE = "cue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One claim as it stands in its report."""

    id: str
    found: bool
    pieces: tuple[tuple[str, Mark], ...]
    chain: str
    kind: str
    title: str
    place: str
    url: str | None
    counted: tuple[str, ...]


def standing(case: Case, name: str) -> Standing:
    """A claim with its sentence, its voices, its report and what it counted for."""
    claim = case.claims.get(name)
    if claim is None:
        item = case.evidence_of(name)
        who = case.source_name(item.source) if item else ""
        return Standing(
            id=name,
            found=False,
            pieces=((case.saying(name) or "Coded outside the program; there is no sentence to show.", Mark.NONE),),
            chain=who,
            kind="",
            title="",
            place="",
            url=None,
            counted=counted(case, name),
        )
    report = case.reports.get(claim.report)
    return Standing(
        id=name,
        found=True,
        pieces=pieces(claim, report),
        chain=" → ".join(f"{plain(voice.name)} ({_kind(voice.kind.value)})" for voice in claim.chain),
        kind=", ".join(word.replace("_", " ") for word in (claim.role, claim.polarity, claim.modality))
        + (f", “{plain(claim.hedge)}”" if claim.hedge else ""),
        title=plain(report.title or "without a title") if report else "",
        place=_place(claim, report),
        url=link(report.url) if report else None,
        counted=counted(case, name),
    )


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _place(claim: Claim, report: Report | None) -> str:
    if report is None:
        return f"report {plain(claim.report)}, not at hand"
    window = report.published
    if window is None or window.earliest is None:
        published = "undated"
    elif window.latest is None or window.latest == window.earliest:
        published = day(window.earliest)
    else:
        published = f"{day(window.earliest)} to {day(window.latest)}"
    return ", ".join(word for word in (plain(report.outlet or ""), published) if word)


def pieces(claim: Claim, report: Report | None) -> tuple[tuple[str, Mark], ...]:
    """The sentence in pieces, with the claim's content and cue marked; a very long one is cut around the content."""
    if report is None:
        return ((plain(claim.content), Mark.CONTENT),)
    start = max(claim.sentence.start, claim.span.start - CONTEXT)
    stop = min(max(claim.sentence.stop, claim.span.stop), claim.span.stop + CONTEXT, len(report.text))
    start = min(start, claim.span.start)
    parts = claim.parts or (claim.span,)
    marks: list[tuple[Span, Mark]] = [(part, Mark.CONTENT) for part in parts]
    if claim.cue is not None:
        marks.append((claim.cue.span, Mark.CUE))
    found: list[tuple[str, Mark]] = [("…", Mark.NONE)] if start > claim.sentence.start else []
    at = start
    for span, mark in sorted(marks):
        begin, end = max(span.start, at), min(span.stop, stop)
        if begin >= end:
            continue
        if begin > at:
            found.append((terminal(report.text[at:begin]), Mark.NONE))
        found.append((terminal(report.text[begin:end]), mark))
        at = end
    if at < stop:
        found.append((terminal(report.text[at:stop]), Mark.NONE))
    if stop < claim.sentence.stop:
        found.append(("…", Mark.NONE))
    return tuple(found)


def counted(case: Case, name: str) -> tuple[str, ...]:
    """What a claim was taken for: evidence, a reading of a figure, another's view, or nothing, and why."""
    return (
        *_source(case, name),
        *(_evidence(case, item) for item in case.items_of(name)),
        *(_reading(case, reading) for reading in case.readings_of(name)),
        *(
            f"Another's assessment, shown until {day(other.expires)} and never fed in."
            for other in case.linked.others
            if other.claim == name
        ),
        *(f"Set aside: {plain(reason)}." for claim, reason in case.linked.set_aside if claim == name),
        *(f"Judged: {plain(judged.told)}." for claim, judged in case.linked.judged if claim == name),
    )


def _source(case: Case, name: str) -> tuple[str, ...]:
    rating = case.ratings.get(name)
    if rating is None:
        return ()
    worth = (
        f"knows with probability {rating.knows:.2g}" if rating.knows is not None else "not judged, so it weighs nothing"
    )
    reasons = f" ({listed(plain(reason) for reason in rating.because)})" if rating.because else ""
    doubt = case.assessment.deception
    suspect = ", declared as one that may be deceiving" if doubt and rating.source in doubt.suspects else ""
    line = f"Source: {plain(rating.source_name)}, reliability {rating.reliability}, {worth}{reasons}{suspect}."
    judged = tuple(f"Judged: {plain(said.told)}." for said in rating.judged)
    if not rating.echo_of:
        return (line, *judged)
    repeated = case.claim_ref(rating.echo_of).label
    return line, *judged, f"An echo of {repeated}, copied with probability {rating.copy_probability:g}."


def _evidence(case: Case, item: Evidence) -> str:
    said = SAID[item.says]
    opposite = ", the opposite asserted" if item.counter else ""
    matched = f"; words that matched: {listed(f'“{plain(word)}”' for word in item.words)}" if item.words else ""
    first, _, rest = item.because.partition("; ")
    told = rest if first.strip("“”").casefold() in {word.casefold() for word in item.words} else item.because
    reason = f"; {plain(told)}" if told else ""
    return (
        f"Evidence on “{case.statement(item.indicator)}”: {said}{opposite}, about {day(item.about)}{matched}{reason}."
    )


def _reading(case: Case, reading: Reading) -> str:
    told = quantity(reading.low, reading.high, bound=reading.bound.value)
    reason = f"; {plain(reading.because)}" if reading.because else ""
    return (
        f"Reading of “{case.statement(reading.figure)}”: {told} {plain(reading.of)}, taken as {reading.role}{reason}."
    )
