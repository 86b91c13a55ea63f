"""What must go when a report or a voice is forgotten: pure functions of what was read and what was written down."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from tocsin.model.claim import Claim, Extraction
from tocsin.model.log import Tombstone
from tocsin.model.report import Report, Span, VoiceKind
from tocsin.store.erase import ERASED
from tocsin.weigh.naming import slug

MARK = "█"
"""What stands in the place of each character that was blackened."""
_SHORTEST = 10
_SHORTEST_NAME = 4
_LONG = 40
_FEWEST = 6
_WORD = re.compile(r"[^\W_]+")
_GAP = r"(?:[\W_]|%20)+"
_ID = "erased"
_IS_ID = re.compile(r"[a-z0-9:'_-]+")
_PACKED = re.compile(rb"%PDF-|\x00|content-transfer-encoding:\s*(?:base64|quoted-printable)", re.IGNORECASE)
_IDS = frozenset({"id", "claim", "claims", "report", "kind", "role", "indicator", "figure", "scenario"})
_PEOPLE = frozenset({VoiceKind.PERSON, VoiceKind.OFFICIAL, VoiceKind.AUTHOR, VoiceKind.MEDIA})
"""Kinds of voices that sign what they write; who sends a mail is the outlet of it."""

_BLOCK = r"(?:\n[ \t]*(?=\S)[^\n]{1,60}(?<![.!?\s])[ \t]*(?=\n|\Z)){0,4}"
"""What may follow a name in a signature: a few short lines that are no sentences, up to the next empty one."""

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
        voices: The voices that go, as the last part of their ids.
        since: The first day on which any of it could count.
        people: Names of the voice as a person, who may sign with a part of it.
    """

    gone: str | None
    names: tuple[str, ...]
    parts: tuple[str, ...]
    reports: frozenset[str]
    claims: Mapping[str, Claim]
    voices: frozenset[str]
    since: date | None
    people: tuple[str, ...] = ()


def of_report(report: Report, readings: Iterable[Extraction]) -> Going:
    """What goes with a report, out of every reading there is: of its voices those that speak nowhere else go too."""
    claims: dict[str, Claim] = {}
    own: set[str] = set()
    others: set[str] = set()
    for reading in readings:
        mine = reading.report == report.id
        claims |= {claim.id: claim for claim in reading.claims if mine}
        (own if mine else others).update(slug(voice.name) for claim in reading.claims for voice in claim.chain)
    return Going(
        gone=report.id,
        names=(),
        parts=(),
        reports=frozenset({report.id}),
        claims=claims,
        voices=frozenset(own - others),
        since=_since([report]),
    )


def of_voice(name: str, reports: Mapping[str, Report], readings: Iterable[Extraction]) -> Going | None:
    """What goes with a voice: every claim that came through it, and its name wherever it stands; None without one."""
    wanted = " ".join(name.split()).casefold()
    claims: dict[str, Claim] = {}
    spellings: set[str] = set()
    surnames: set[str] = set()
    people: set[str] = set()
    for reading in readings:
        for claim in reading.claims:
            for voice in claim.chain:
                if " ".join(voice.name.split()).casefold() == wanted:
                    claims[claim.id] = claim
                    spellings.add(voice.name)
                    if voice.kind in _PEOPLE:
                        people.add(voice.name)
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
        voices=frozenset(slug(name) for name in spellings),
        since=_since(reports[key] for key in affected if key in reports),
        people=tuple(sorted(people)),
    )


def finder(name: str) -> re.Pattern[str]:
    """What finds a name in any case, whatever stands between its words, and its last word alone."""
    return _pattern([name], [word for word in name.split()[1:][-1:] if _is_name(word)], small=True)


def pointing(going: Going) -> re.Pattern[str]:
    """What finds the ids of what goes, or their beginning, as people copy them."""
    ids = [*going.claims, *([going.gone] if going.gone is not None else ())]
    first = sorted({key.removeprefix("sha256:")[:_FEWEST] for key in ids})
    return re.compile(
        "|".join(rf"(?<![0-9A-Za-z]){re.escape(one)}[0-9a-f]*(?![0-9A-Za-z])" for one in first) or r"(?!)"
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
        ids = [rf"(?:name|voice:[0-9a-f]+):{re.escape(one)}" for one in going.voices]
        if going.gone is not None:
            ids.append(rf"voice:{going.gone.removeprefix('sha256:')[:12]}:[\w'-]+")
        self._voices = re.compile("|".join(ids) or r"(?!)")
        self._words = _pattern(going.names, going.parts, _phrases(going, reports), ids)
        self._labels = _pattern(going.names, going.parts, _phrases(going, reports), ids, small=True)
        self._signed = _signatures(going.people)
        self._spans = {key: self._spans_of(one) for key, one in reports.items()}

    def finds(self, text: str) -> bool:
        """Does what goes stand in a text, a part of a name in small letters too?"""
        return self._labels.search(text) is not None

    def report(self, report: Report) -> Report | None:
        """A report without what goes; None where it goes as a whole. Its text keeps its length."""
        if report.id == self._going.gone:
            return None
        text = list(report.text)
        for span in self._spans[report.id]:
            for place in range(span.start, min(span.stop, len(text))):
                if not text[place].isspace():
                    text[place] = MARK
        return replace(
            report,
            text="".join(text),
            title=self._maybe(report.title),
            outlet=self._maybe(report.outlet),
            author=self._maybe(report.author),
            url=self._maybe(report.url),
            handling=self._maybe(report.handling),
            cited=self._maybe(report.cited),
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

    def speaks(self, subject: str) -> bool:
        """Is it a voice that goes?"""
        declared = self._going.gone is None and subject in self._going.voices
        return declared or self._voices.fullmatch(subject) is not None

    def label(self, text: str) -> str:
        """The name of a file or a thing without what goes; a part of a name goes in small letters too."""
        return self._labels.sub(_erased, text)

    def words(self, text: str) -> str:
        """Any text without what goes; a text that is JSON stays JSON."""
        if text.startswith(("{", "[")):
            try:
                found = msgspec.json.decode(text)
            except msgspec.DecodeError:
                return self._words.sub(_erased, text)
            erased = self._walked(found)
            return text if erased == found else msgspec.json.encode(erased).decode()
        return self._words.sub(_erased, text)

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
        found += [Span(*match.span()) for match in self._signed.finditer(report.text)]
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


def _pattern(
    names: Iterable[str],
    parts: Iterable[str] = (),
    phrases: Iterable[str] = (),
    ids: Sequence[str] = (),
    *,
    small: bool = False,
) -> re.Pattern[str]:
    """What finds names and phrases in any case, and parts of a name with a capital first, or ``small`` ones too.

    Between the words of a name anything may stand that is no letter or digit, as in the names of files and in ids;
    between those of a phrase blanks. The longest are found first. Phrases too short to tell are left out.
    """
    found = {name: _GAP.join(map(re.escape, _WORD.findall(name))) or re.escape(name) for name in names}
    each = {name: _alone(rf"(?i:{one})") for name, one in found.items()}
    for phrase in phrases:
        if len(phrase) >= _SHORTEST:
            one = r"\s+".join(map(re.escape, phrase.split()))
            each[phrase] = rf"(?i:(?<!\w){one}(?!\w))"
    kept = [rf"(?<![\w-]){one}(?![\w-])" for one in ids]
    kept += [each[key] for key in sorted(each, key=lambda one: (-len(one), one))]
    for part in parts:
        first, rest = re.escape(part[0]), re.escape(part[1:])
        kept.append(_alone(rf"(?i:{first}{rest})" if small else rf"{first}(?i:{rest})"))
    return re.compile("|".join(kept) or r"(?!)")


def _signatures(people: Iterable[str]) -> re.Pattern[str]:
    """What finds a line that holds a person's name or a part of it and nothing else, with the lines that go with it.

    So people sign: the given name alone, then their function and their town, which tell who they are.
    """
    kept = []
    for name in people:
        words = "|".join(re.escape(word) for word in _WORD.findall(name) if len(word) > 1 and word[:1].isupper())
        if len(name.split()) > 1 and words:
            line = rf"(?=[^\n]*(?<!\w)(?:{words})(?!\w))(?:(?:{words}|[A-Z])(?!\w)[ \t,.]*){{1,4}}"
            kept.append(rf"(?:(?<=\n)|\A)[ \t]*(?:[-–—][ \t]*)?{line}(?=\n|\Z){_BLOCK}")
    return re.compile("|".join(kept) or r"(?!)")


def _alone(name: str) -> str:
    """A name with no letter before or behind it."""
    return rf"(?:(?<![^\W\d_])|(?<=%20)){name}(?![^\W\d_])"


def _told(report: Report) -> Iterator[str]:
    """The texts of a report in which a name may stand."""
    told = (report.text, report.title, report.outlet, report.author, report.url, *report.notes)
    yield from (text for text in told if text)


def could_hold(going: Going, reports: Mapping[str, Report]) -> Callable[[bytes], bool]:
    """Whether kept bytes hold what goes, or cannot be searched for it.

    What goes is found word by word, whatever stands between the words and in any case: a name and its parts; of a
    report every sentence of 40 characters or more, or the whole of it where it has none. What is not text in UTF-8, or
    is a PDF or holds encoded mail, cannot be searched.
    """
    wanted = [*going.names, *going.parts]
    for key in [going.gone] if going.gone is not None else ():
        text = reports[key].text
        long = [one for one in re.split(r"(?<=[.!?])\s+|\n", text) if len(one) >= _LONG]
        wanted += long or [text] * (len(text) >= _SHORTEST)
    spelled = [_plain(one) for one in wanted]

    def holds(data: bytes) -> bool:
        if _PACKED.search(data):
            return True
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return True
        unescaped = re.sub(r"\\u([0-9a-fA-F]{4})|\\[nrt]", lambda found: chr(int(found[1] or "20", 16)), text)
        unescaped = unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        shapes = (text, unescaped, html.unescape(re.sub(r"<[^<>]*>", " ", text)), text.replace("%20", " "))
        return any(one in _plain(shape) for shape in shapes for one in spelled if one.strip())

    return holds


def _plain(text: str) -> str:
    """The words of a text in small letters, each between two blanks."""
    words = " ".join(_WORD.findall(text.casefold()))
    return f" {words} "


def _erased(found: re.Match[str]) -> str:
    """What stands in the place of a match: in an id what is an id again."""
    matched = found[0]
    if not {"-", ":"} & set(matched) or not _IS_ID.fullmatch(matched):
        return ERASED
    return f"{matched.partition(':')[0]}:{_ID}" if ":" in matched else _ID


def _since(reports: Iterable[Report]) -> date | None:
    days = [(one.published.latest if one.published else None) or one.retrieved for one in reports]
    return min((day for day in days if day is not None), default=None)
