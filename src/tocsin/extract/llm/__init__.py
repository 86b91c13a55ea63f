"""The optional extractor that asks a language model; off unless somebody names an endpoint.

The model is a reader nobody knows: it may err, invent, or obey the report instead of us. So it decides little. It
points at words; what it points at must stand in the report; numbers, dates and places are read by our own grammars;
what it leaves out is named. The network is not here: whoever uses this hands in the way to send a request.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.errors import ReadError
from tocsin.extract import LANGUAGES
from tocsin.extract.figure import figures
from tocsin.extract.llm.belief import Doubt, Ground, believed
from tocsin.extract.llm.chat import Answer, Complete, answer, request
from tocsin.extract.llm.fold import fold
from tocsin.extract.llm.parts import Line, parts
from tocsin.model.claim import Claim, Cost, Extraction, NotUnderstood
from tocsin.model.report import Report, Span, Voice, VoiceKind

__all__ = ["Complete", "LanguageModel"]

MOST_CLAIMS = 20
"""Claims a sentence can hold on average; an answer with more is no reading of the report."""
MOST_VOICES = 30
"""Voices already met that are told with the next part, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """An extractor that takes the place of ``tocsin.extract.extract``: a report to claims, by asking a model.

    Args:
        model: The model's name, as the endpoint knows it.
        complete: The way to the endpoint.
    """

    model: str
    complete: Complete

    @property
    def name(self) -> str:
        """The extractor as every claim names it."""
        return f"tocsin 0.1 llm {self.model}"

    def __call__(self, report: Report, *, outlet: Voice | None = None) -> Extraction:
        """Read a report part by part.

        A report in a language whose figures and dates cannot be read is not sent, and gives no claims.

        Args:
            report: The report, as read.
            outlet: Who published it, where the desk knows better than the report.

        Raises:
            ReadError: The endpoint failed or misbehaved; nothing of the report may then be kept.
        """
        if report.lang is not None and report.lang.split("-")[0].lower() not in LANGUAGES:
            whole = NotUnderstood(span=Span(0, len(report.text)), reason=f"no extractor for language {report.lang!r}")
            return Extraction(report=report.id, claims=(), figures=(), not_understood=(whole,), extractor=self.name)
        cut, held = parts(report.text)
        reading = _Reading(
            ground=Ground(
                report=report, folded=fold(report.text), outlet=outlet or _outlet(report), extractor=self.name
            ),
            missed=list(held),
        )
        for number, part in enumerate(cut, 1):
            voices = list(reading.voices)[-MOST_VOICES:]
            body = request(self.model, part, outlet=reading.ground.outlet.name, voices=voices)
            try:
                reading.take(answer(self.complete(body)), part)
            except ReadError as error:
                raise ReadError(f"part {number} of {len(cut)}: {error}") from error
        return reading.done(self)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One report being read."""

    ground: Ground
    missed: list[NotUnderstood]
    claims: dict[Span, list[Claim]] = field(default_factory=dict[Span, list[Claim]])
    voices: dict[str, None] = field(default_factory=dict[str, None])
    answers: list[Answer] = field(default_factory=list[Answer])

    def take(self, told: Answer, part: tuple[Line, ...]) -> None:
        """Believe what can be believed of one answer, and name the rest."""
        if len(told.claims) > MOST_CLAIMS * len(part):
            raise ReadError(f"the model told {len(told.claims)} claims for {len(part)} sentences (use another model)")
        self.answers.append(told)
        answered: set[int] = set()
        for one in told.claims:
            if not 1 <= one.sentence <= len(part):
                hull = Span(part[0].span.start, part[-1].span.stop)
                self.missed.append(NotUnderstood(span=hull, reason="the model named a sentence that does not exist"))
                continue
            line = part[one.sentence - 1]
            answered.add(one.sentence)
            try:
                self._keep(believed(one, line, self.ground))
            except Doubt as doubt:
                self.missed.append(NotUnderstood(span=line.span, reason=str(doubt)))
        self.missed += [
            NotUnderstood(span=line.span, reason="the model gave no claim")
            for number, line in enumerate(part, 1)
            if number not in answered
        ]

    def _keep(self, claim: Claim) -> None:
        """A proposition counts once: what overlaps a claim of the same voices is the same, told again."""
        names = [voice.name for voice in claim.chain]
        sentence = self.claims.setdefault(claim.sentence, [])
        for other in sentence:
            apart = claim.span.stop <= other.span.start or other.span.stop <= claim.span.start
            if not apart and names == [voice.name for voice in other.chain]:
                raise Doubt("the model told the same words of the same voices twice")
        sentence.append(claim)
        self.voices |= dict.fromkeys(voice.name for voice in claim.chain[1:])

    def done(self, reader: LanguageModel) -> Extraction:
        """The extraction, in order of text."""
        report = self.ground.report
        claims = [claim for sentence in self.claims.values() for claim in sentence]
        return Extraction(
            report=report.id,
            claims=tuple(sorted(claims, key=lambda claim: (claim.span, claim.id))),
            figures=figures(report.text),
            not_understood=tuple(sorted(self.missed, key=lambda missed: missed.span)),
            extractor=reader.name,
            cost=Cost(
                model=next((one.model for one in self.answers if one.model), reader.model),
                requests=len(self.answers),
                tokens_in=_sum([one.tokens_in for one in self.answers]),
                tokens_out=_sum([one.tokens_out for one in self.answers]),
            ),
        )


def _outlet(report: Report) -> Voice:
    if report.outlet:
        return Voice(name=report.outlet, kind=VoiceKind.MEDIA)
    return Voice(name="author", kind=VoiceKind.AUTHOR)


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
