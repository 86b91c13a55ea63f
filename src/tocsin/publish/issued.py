"""What was issued, in the wording of its day: signed, with the signer's own judgement and any dissent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from tocsin.publish.lines import wrap
from tocsin.publish.safe import plain
from tocsin.publish.words import between, day, percent


class Issued(Protocol):
    """One assessment as it was issued; the payload is its JSON, byte for byte."""

    @property
    def as_of(self) -> date:
        """The day assessed."""

    @property
    def issued_at(self) -> datetime:
        """The moment of issue."""

    @property
    def by(self) -> str:
        """Who signed."""

    @property
    def judgement(self) -> str | None:
        """The signer's own judgement."""

    @property
    def dissent(self) -> str | None:
        """A dissenting view."""

    @property
    def probability(self) -> float | None:
        """The signer's own probability."""

    @property
    def payload(self) -> bytes:
        """The assessment's JSON."""


class _Answer(msgspec.Struct):
    by: date
    probability: float
    words: str
    yardstick: str
    low: float | None = None
    high: float | None = None


class _Confidence(msgspec.Struct):
    level: str
    because: tuple[str, ...] = ()


class _Erased(msgspec.Struct):
    at: datetime
    why: str


class _Kept(msgspec.Struct):
    """The few keys of any version of the assessment's JSON that this page reads."""

    question: str
    answer: _Answer
    confidence: _Confidence
    method: str
    version: str = ""
    erased: tuple[_Erased, ...] = ()


def render(found: Sequence[Issued], *, width: int = 100) -> str:
    """Each issue: what was said on that day under its own words and method, who signed, who dissented."""
    return "\n\n".join("\n".join(_one(issue, width)) for issue in found)


def _one(issue: Issued, width: int) -> list[str]:
    kept = msgspec.json.decode(issue.payload, type=_Kept)
    answer = kept.answer
    band = f" ({told})" if (told := between(answer.low, answer.high)) else ""
    lines = wrap(plain(kept.question), width)
    lines += wrap(
        f"As of {day(issue.as_of)}. Signed by {plain(issue.by)}, {issue.issued_at:%Y-%m-%d %H:%M} UTC.", width
    )
    lines += wrap(
        f"{plain(answer.words).capitalize()}: {percent(answer.probability)}{band} by {day(answer.by)} inclusive. "
        f"Words after {plain(answer.yardstick)}.",
        width,
        indent="  ",
    )
    lines += wrap(f"Confidence in this judgement: {plain(kept.confidence.level)}.", width, indent="  ")
    if issue.judgement:
        lines += wrap(f"The signer's own judgement: {plain(issue.judgement)}", width, indent="  ")
    if issue.probability is not None:
        lines += wrap(f"The signer's own probability: {percent(issue.probability)}", width, indent="  ")
    if issue.dissent:
        lines += wrap(f"Dissent: {plain(issue.dissent)}", width, indent="  ")
    for one in kept.erased:
        told = f"On {one.at:%Y-%m-%d} something on which this rested was erased from the desk: {plain(one.why)}"
        lines += wrap(told, width, indent="  ")
    lines += wrap(f"Method: {plain(kept.method)}. Program: Tocsin {plain(kept.version)}.", width, indent="  ")
    return lines
