"""What the origin of one claim is worth."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.grade import KNOWS, Reliability
from tocsin.model.report import Report, Source, Voice, VoiceKind
from tocsin.weigh.naming import Directory, slug

_LETTERS = tuple(Reliability)
_POOR = (Reliability.D, Reliability.E)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worth:
    """A letter, its number, and why."""

    letter: Reliability
    knows: float | None
    because: tuple[str, ...]
    through: float | None = None


def letter_of(source: Source) -> Reliability:
    """The general letter of a source; where it is graded by topic only, the weakest of its letters."""
    general = source.reliability.get("")
    if general is not None:
        return general
    judged = [letter for letter in source.reliability.values() if letter is not Reliability.F]
    return max(judged, key=_LETTERS.index, default=Reliability.F)


def number_of(source: Source) -> float | None:
    """The source's own number, else that of its letter; F has none."""
    return source.knows if source.knows is not None else KNOWS.get(letter_of(source))


def lower(letter: Reliability) -> Reliability:
    """One letter lower, E at the least; F stays F, for it is no judgement.

    >>> lower(Reliability.B).value, lower(Reliability.E).value, lower(Reliability.F).value
    ('C', 'E', 'F')
    """
    if letter is Reliability.F:
        return letter
    return _LETTERS[min(_LETTERS.index(letter) + 1, _LETTERS.index(Reliability.E))]


def rate(claim: Claim, report: Report | None, directory: Directory) -> Rating:
    """Rate a claim by its origin.

    - A declared origin has its own grade. Passed on by a channel graded D or E it has no more than that channel's.
    - An author's own assertion has its outlet's grade.
    - An unnamed voice is as good as who vouches for it (the nearest named voice of the chain), less one letter:
      nobody can check it, but somebody stakes a name on it. It is worth no more than the body that it sits in.
      The spokesman of a body speaks for it, and is that body.
    - Anybody else has grade F: the outlet vouches that it was said, not that it is true. F weighs nothing.
    """
    origin = claim.origin
    declared = _declared(origin, report, directory)
    if declared is not None:
        return _of_declared(claim, declared, report, directory)
    if origin.kind is VoiceKind.ANONYMOUS:
        return _of_unnamed(claim, report, directory)
    if origin.kind is VoiceKind.AUTHOR:
        source = f"voice:{_short(claim.report)}:author"
        because = "the report names no outlet that is declared, so its author's word has no grade"
    else:
        source = f"name:{slug(origin.name)}"
        because = f"{origin.name} is not declared as a source; the outlet vouches that it was said, not that it is true"
    return Rating(
        claim=claim.id,
        source=source,
        source_name=origin.name,
        reliability=Reliability.F,
        knows=None,
        weight=claim.weight,
        because=(because, "grade F: it weighs nothing until an analyst grades it"),
    )


def _declared(voice: Voice, report: Report | None, directory: Directory) -> Source | None:
    """The declared source that a voice is; the author's is the report's outlet."""
    if voice.kind is VoiceKind.AUTHOR:
        outlet = report.outlet if report is not None else None
        return directory.find(Voice(name=outlet, kind=VoiceKind.MEDIA)) if outlet else None
    return directory.find(voice)


def _of_declared(claim: Claim, source: Source, report: Report | None, directory: Directory) -> Rating:
    """The rating of a claim whose origin is declared."""
    graded, whole = _grading(source, directory), directory.whole(source)
    because = f"{claim.origin.name} is the declared source {source.id}, grade {letter_of(graded)} ({graded.wording})"
    worth = _Worth(letter=letter_of(graded), knows=number_of(graded), because=(because,))
    if whole is not source:
        worth = replace(worth, because=(*worth.because, f"it speaks for {whole.name}: one voice"))
    if graded.knows is not None:
        worth = replace(worth, knows=graded.knows, because=(*worth.because, "its own number is declared"))
    for voice in claim.chain[:-1]:
        channel = _declared(voice, report, directory)
        if channel is None or directory.whole(channel) is whole:
            continue
        if letter_of(_grading(channel, directory)) in _POOR:
            worth = _weakened(worth, _grading(channel, directory))
    return Rating(
        claim=claim.id,
        source=whole.id,
        source_name=whole.name,
        reliability=worth.letter,
        knows=worth.knows,
        party=source.party if source.party is not None else whole.party,
        access=source.access.value if source.access is not None else None,
        alarmist=source.alarmist,
        interest=source.interest,
        weight=claim.weight,
        because=worth.because,
        through=worth.through,
    )


def _grading(source: Source, directory: Directory) -> Source:
    """The source whose grade counts: its own, else that of the nearest source it is part of."""
    seen = {source.id}
    graded: Source | None = source
    while graded is not None and not graded.reliability and graded.knows is None:
        graded = directory.parent(graded)
        if graded is None or graded.id in seen:
            return source
        seen.add(graded.id)
    return graded or source


def as_source(rating: Rating, source: Source) -> Rating:
    """The rating of a voice of which a person said which declared source it is."""
    return replace(
        rating,
        source=source.id,
        source_name=source.name,
        reliability=letter_of(source),
        knows=number_of(source),
        party=source.party,
        access=source.access.value if source.access is not None else None,
        alarmist=source.alarmist,
        interest=source.interest,
    )


def _weakened(worth: _Worth, channel: Source) -> _Worth:
    """A worth cut down to that of the channel that passes it on."""
    through = number_of(channel)
    if through is None:
        return worth
    if worth.knows is None or through >= worth.knows:
        return replace(worth, through=through if worth.through is None else min(through, worth.through))
    because = f"known only through {channel.name}, grade {letter_of(channel)}, and worth no more than that"
    return _Worth(letter=letter_of(channel), knows=through, because=(*worth.because, because), through=through)


def _of_unnamed(claim: Claim, report: Report | None, directory: Directory) -> Rating:
    """The rating of a claim whose origin is unnamed: its voucher's, less one letter.

    That it came through several unnamed voices is in the claim's own weight, as second hand.
    """
    voucher = next((voice for voice in reversed(claim.chain) if voice.kind is not VoiceKind.ANONYMOUS), None)
    declared = _declared(voucher, report, directory) if voucher is not None else None
    letter, knows = Reliability.F, None
    if declared is None:
        who = voucher.name if voucher is not None else "nobody"
        because = f"an unnamed voice, vouched for by {who}, who is not declared: grade F, it weighs nothing"
    else:
        graded = _grading(declared, directory)
        letter = lower(letter_of(graded))
        own = number_of(graded)
        number = KNOWS.get(letter)
        knows = min(own, number) if own is not None and number is not None else None
        because = (
            f"an unnamed voice is as good as who vouches for it, less one letter: "
            f"{declared.name} {letter_of(graded)}, so {letter}"
        )
        letter, knows, because = _within_body(claim.origin, letter, knows, because, directory)
    return Rating(
        claim=claim.id,
        source=f"voice:{_short(claim.report)}:{slug(claim.origin.name)}",
        source_name=claim.origin.name,
        reliability=letter,
        knows=knows,
        party=declared.party if declared is not None else None,
        access="told" if declared is not None else None,
        alarmist=declared.alarmist if declared is not None else False,
        weight=claim.weight,
        because=(because,),
    )


def _within_body(
    voice: Voice, letter: Reliability, knows: float | None, because: str, directory: Directory
) -> tuple[Reliability, float | None, str]:
    """An unnamed voice's letter, number and reason, cut down to those of the declared body that it sits in."""
    body = directory.body(voice)
    if body is None:
        return letter, knows, because
    graded = _grading(body, directory)
    its, number = letter_of(graded), number_of(graded)
    if its is Reliability.F or number is None or letter is Reliability.F or (knows is not None and knows <= number):
        return letter, knows, because
    worse = max(letter, its, key=_LETTERS.index)
    return worse, number, f"{because}; it sits in {body.name}, {its}, and is worth no more than that"


def _short(report: str) -> str:
    """The first twelve digits of a report's digest: enough to tell a million reports apart."""
    return report.removeprefix("sha256:")[:12]
