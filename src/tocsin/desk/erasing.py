"""What must go when a report or a voice is forgotten: pure functions of what was read and what was written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from tocsin.model.claim import Claim, Extraction
from tocsin.model.log import Tombstone
from tocsin.model.report import Report, Span, VoiceKind
from tocsin.store.erase import ERASED

_MARK = "█"
_SHORTEST = 10
_SHORTEST_NAME = 4
_IDS = frozenset({"id", "claim", "claims", "report", "kind", "role", "indicator", "figure", "scenario"})
_AMOUNTS = frozenset({"low", "high", "typical"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What goes.

    Attributes:
        gone: The report that goes as a whole; None where a voice is forgotten.
        names: The voice's name as it is spelled; nothing where a report is forgotten.
        parts: Parts of the name that mean the same person, such as a surname.
        reports: The reports that lose words.
        claims: The claims that go.
        since: The first day on which any of it could count.
    """

    gone: str | None
    names: tuple[str, ...]
    parts: tuple[str, ...]
    reports: frozenset[str]
    claims: Mapping[str, Claim]
    since: date | None


def of_report(report: Report, readings: Iterable[Extraction]) -> Going:
    """What goes with a report."""
    claims = {claim.id: claim for reading in readings for claim in reading.claims}
    return Going(
        gone=report.id, names=(), parts=(), reports=frozenset({report.id}), claims=claims, since=_since([report])
    )


def of_voice(name: str, reports: Mapping[str, Report], readings: Iterable[Extraction]) -> Going | None:
    """What goes with a voice: every claim that came through it, and its name wherever it stands; None without one."""
    wanted = " ".join(name.split()).casefold()
    claims: dict[str, Claim] = {}
    spellings: set[str] = set()
    surnames: set[str] = set()
    for reading in readings:
        for claim in reading.claims:
            for voice in claim.chain:
                if " ".join(voice.name.split()).casefold() == wanted:
                    claims[claim.id] = claim
                    spellings.add(voice.name)
                    if voice.kind in {VoiceKind.PERSON, VoiceKind.OFFICIAL}:
                        surnames |= {word for word in voice.name.split()[1:][-1:] if _is_name(word)}
    if not claims:
        return None
    named = _pattern(spellings, surnames)
    affected = {claim.report for claim in claims.values()}
    affected |= {key for key, one in reports.items() if any(named.search(text) for text in _told(one))}
    return Going(
        gone=None,
        names=tuple(sorted(spellings)),
        parts=tuple(sorted(surnames)),
        reports=frozenset(affected),
        claims=claims,
        since=_since(reports[key] for key in affected if key in reports),
    )


def _is_name(word: str) -> bool:
    return len(word) >= _SHORTEST_NAME and word[:1].isupper()


class Eraser:
    """Takes out of every kind of record what goes.

    Args:
        going: What goes.
        reports: The reports that lose words, as they were.
        stone: What stays in its place.
    """

    def __init__(self, going: Going, reports: Mapping[str, Report], stone: Tombstone) -> None:
        self._going = going
        self._stone = stone
        self._words = _pattern(going.names, going.parts, _phrases(going, reports))
        self._spans = {key: self._spans_of(one) for key, one in reports.items()}

    def report(self, report: Report) -> Report | None:
        """A report without what goes; None where it goes as a whole. Its text keeps its length."""
        if report.id == self._going.gone:
            return None
        text = list(report.text)
        for span in self._spans[report.id]:
            for place in range(span.start, min(span.stop, len(text))):
                if not text[place].isspace():
                    text[place] = _MARK
        return replace(
            report,
            text="".join(text),
            title=self._maybe(report.title),
            outlet=self._maybe(report.outlet),
            author=self._maybe(report.author),
            url=self._maybe(report.url),
            notes=tuple(self.words(note) for note in report.notes),
        )

    def extraction(self, extraction: Extraction) -> Extraction:
        """A reading without the claims, figures and gaps that touch what goes."""
        spans = self._spans[extraction.report]

        def stays(*own: Span) -> bool:
            return not any(one.start < span.stop and span.start < one.stop for one in own for span in spans)

        return replace(
            extraction,
            claims=tuple(
                claim
                for claim in extraction.claims
                if claim.id not in self._going.claims
                and stays(claim.span, claim.sentence)
                and not any(self._words.search(voice.name) for voice in claim.chain)
            ),
            figures=tuple(figure for figure in extraction.figures if stays(figure.span)),
            not_understood=tuple(gap for gap in extraction.not_understood if stays(gap.span)),
        )

    def goes(self, subject: str) -> bool:
        """Is it a report or a claim that goes?"""
        return subject in self._going.claims or subject == self._going.gone

    def words(self, text: str) -> str:
        """Any text without what goes; a text that is JSON stays JSON."""
        if text.startswith(("{", "[")):
            try:
                found = msgspec.json.decode(text)
            except msgspec.DecodeError:
                return self._words.sub(ERASED, text)
            erased = self._walked(found)
            return text if erased == found else msgspec.json.encode(erased).decode()
        return self._words.sub(ERASED, text)

    def payload(self, payload: bytes) -> bytes:
        """The JSON of an assessment without what goes, and saying so where it rested on it."""
        found = msgspec.json.decode(payload)
        erased = self._walked(found)
        since = self._going.since
        day = str(found.get("as_of", "")) if isinstance(found, dict) else ""
        if erased == found and (since is None or day < since.isoformat()):
            return payload
        if isinstance(erased, dict):
            note = {"at": self._stone.at.isoformat(), "kind": self._stone.kind, "why": self._stone.why}
            erased["erased"] = [*erased.get("erased", []), note]
        return msgspec.json.encode(erased)

    def _walked(self, value: Any, *, ours: bool = False) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, dict):
            named = {value.get(key) for key in ("id", "claim", "report") if isinstance(value.get(key), str)}
            ours = ours or bool(named & (self._going.claims.keys() | {self._going.gone or ""}))
            return {
                key: (None if ours and key in _AMOUNTS else self._walked(one, ours=ours and key not in _IDS))
                for key, one in value.items()
            }
        if isinstance(value, list):
            return [self._walked(one, ours=ours) for one in value]
        if isinstance(value, str):
            return ERASED if ours else self.words(value)
        return value

    def _maybe(self, text: str | None) -> str | None:
        return None if text is None else self.words(text)

    def _spans_of(self, report: Report) -> tuple[Span, ...]:
        """The stretches of a report's text that go."""
        found = [Span(*match.span()) for match in self._words.finditer(report.text)]
        for claim in self._going.claims.values():
            if claim.report == report.id:
                found += [claim.sentence, claim.span, *([claim.cue.span] if claim.cue else [])]
                found += [voice.span for voice in claim.chain if voice.span is not None]
        return tuple(sorted(found))


def _phrases(going: Going, reports: Mapping[str, Report]) -> Iterator[str]:
    """The words by which what goes would be known again elsewhere."""
    if going.gone is not None:
        yield from (text for text in (reports[going.gone].title, reports[going.gone].url) if text)
    for claim in going.claims.values():
        yield claim.content
        text = reports[claim.report].text if claim.report in reports else ""
        yield text[claim.sentence.start : claim.sentence.stop]


def _pattern(names: Iterable[str], parts: Iterable[str] = (), phrases: Iterable[str] = ()) -> re.Pattern[str]:
    """What finds names and phrases in any case and however their words are spaced, and parts of a name as they stand.

    The longest are found first. Phrases too short to tell are left out.
    """
    words = {tuple(name.split()) for name in names}
    words |= {tuple(phrase.split()) for phrase in phrases if len(phrase) >= _SHORTEST}
    kept = sorted(words, key=lambda one: (-len(" ".join(one)), one))
    each = [rf"(?i:(?<!\w){joined}(?!\w))" for joined in (r"\s+".join(map(re.escape, one)) for one in kept)]
    each += [rf"(?<!\w){re.escape(part)}(?!\w)" for part in parts]
    return re.compile("|".join(each) or r"(?!)")


def _told(report: Report) -> Iterator[str]:
    """The texts of a report in which a name may stand."""
    yield from (text for text in (report.text, report.title, report.outlet, report.author, *report.notes) if text)


def _since(reports: Iterable[Report]) -> date | None:
    days = [(one.published.latest if one.published else None) or one.retrieved for one in reports]
    return min((day for day in days if day is not None), default=None)
