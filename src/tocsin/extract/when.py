"""Times as a report words them, as windows of days relative to its publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tocsin.extract.when_bases import BASES, Base
from tocsin.extract.when_windows import Anchor
from tocsin.model.claim import When
from tocsin.model.report import Span
from tocsin.model.time import Window
from tocsin.text.days import NOBODY_KNOWS, hull, shift
from tocsin.text.sentences import sentences_within

_BEFORE = re.compile(
    r"\b(?P<word>since|starting(?:\sfrom|\son)?|beginning(?:\son|\sin)?|from|after|following|as\sof|as\searly\sas|by|until|till|"
    r"before|prior\sto|no\slater\sthan|not\slater\sthan|up\sto|through)\s(?:at\s|in\s|on\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from)\s(?:the\s)?$", re.IGNORECASE)
_JOINT = re.compile(r"\s?(?:or|and|to|till|until|through|[-–—])\s?(?:in\s|on\s|at\s|the\s)*$", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|going\sto|plan(?:s|ned|ning)?|intend(?:s|ed)?|expect(?:s|ed)?|scheduled|upcoming|next|(?:is|are|was|were)\sto|"
    r"prepar\w+|may|might|could|can|should|to\sbe|set\sto|aims?|ready\sto|forecast\w*|predict\w*|likely)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|began|took|held|said|saw|went|came|left|fell|rose|became|\w{3,}ed)\b", re.IGNORECASE
)


_ONWARDS = re.compile(r"\s(?:on|onwards?)\b(?!\s(?:the|a|his|its|their)\b)")
_SINCE = re.compile(r"\bsince\s(?:at\s|in\s|on\s)?(?:the\s)?$", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:by|until|till)\s(?:the\s)?$", re.IGNORECASE)


class _Found(NamedTuple):
    start: int
    stop: int
    base: Base
    match: re.Match[str]


Looks = Callable[[int], tuple[bool, bool] | None]
"""From where a time begins to whether its verb looks ahead, and whether it looks back; None where it does not tell."""


def whens(
    text: str, span: Span | None = None, *, published: Window | None = None, looks: Looks | None = None
) -> tuple[When, ...]:
    """The times named in a text, or in one span of it, in order.

    "Yesterday" and a bare "in March" are read from the day of publication; without one they keep their words
    and have no bounds. A month without a year is the one nearest to publication, the past one where the
    sentence speaks of the past. "Since" runs to the day of publication; "by" is open to the past. Durations
    ("six weeks") are figures, not times. ``looks`` tells of each time whether its verb looks ahead or back; without
    it, the words of the whole sentence do.

    >>> from datetime import date
    >>> when, = whens("Nothing was seen since late November.", published=Window.on(date(2022, 12, 2)))
    >>> when.text, str(when.earliest), str(when.latest)
    ('since late November', '2022-11-21', '2022-12-02')
    """
    known = published if published is not None and _usable(published) else NOBODY_KNOWS
    found: list[When] = []
    for sentence in sentences_within(text, span):
        for when in _in_sentence(text[slice(*sentence)].replace("\n", " "), known, looks, sentence.start):
            where = when.span if when.span is not None else Span(0, 0)
            moved = Span(where.start + sentence.start, where.stop + sentence.start)
            found.append(replace(when, text=text[slice(*moved)], span=moved))
    return tuple(found)


def _usable(published: Window) -> bool:
    """Can days be counted from it without leaving the calendar?"""
    ends = (published.earliest, published.latest)
    return all(end is None or 1000 < end.year < 9000 for end in ends)


def _candidates(text: str) -> list[_Found]:
    """The leftmost longest expressions, none overlapping another."""
    hits = [_Found(*match.span(), base, match) for base in BASES for match in base.pattern.finditer(text)]
    hits.sort(key=lambda hit: (hit.start, -hit.stop))
    kept: list[_Found] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].stop:
            kept.append(hit)
    return kept


def _in_sentence(text: str, published: Window, looks: Looks | None, offset: int) -> list[When]:
    candidates = _candidates(text)
    whole = _outlook(text, candidates)
    done: list[When] = []
    at = 0
    while at < len(candidates):
        hit = candidates[at]
        future, past = (looks(offset + hit.start) if looks is not None else None) or whole
        anchor = _anchor(text, hit, published, future=future, past=past)
        window = hit.base.window(hit.match, anchor)
        at += 1
        if window is None:
            continue
        start, stop = hit.start, hit.stop
        joined = _joined(text, hit, candidates[at] if at < len(candidates) else None)
        if joined:
            second = candidates[at].base.window(
                candidates[at].match, _anchor(text, candidates[at], published, future=future, past=past)
            )
            if second is not None:
                window, stop = hull(window, second), candidates[at].stop
                at += 1
        opener = _BEFORE.search(text, max(0, start - 24), start)
        if opener is not None and not (joined and _BETWEEN.search(text, max(0, start - 12), start)):
            word = " ".join(opener.group("word").lower().split())
            if word != "from" or opener.start() == 0 or _ONWARDS.match(text, stop) is not None:
                window = _limited(word, window, published)
                start = opener.start()
        done.append(When(text=text[start:stop], earliest=window.earliest, latest=window.latest, span=Span(start, stop)))
    return done


def _joined(text: str, hit: _Found, following: _Found | None) -> bool:
    """Are two times one window: "November or December", "from Monday to Friday", "between 2014 and 2017"?"""
    if following is None or not hit.base.joins or not following.base.joins:
        return False
    between = text[hit.stop : following.start]
    if len(between) > 12 or _JOINT.fullmatch(between) is None:
        return False
    if between.strip().lower().startswith("and") and between.strip().lower() != "and":
        return re.search(r"\bbetween\s(?:the\s)?$", text[max(0, hit.start - 12) : hit.start], re.IGNORECASE) is not None
    return True


def _outlook(text: str, candidates: list[_Found]) -> tuple[bool, bool]:
    """Does a sentence look ahead, and does it look back? The times themselves do not say."""
    if not candidates:
        return False, False
    pieces, at = [], 0
    for hit in candidates:
        pieces.append(text[at : hit.start])
        at = hit.stop
    rest = " ".join([*pieces, text[at:]])
    return _FUTURE.search(rest) is not None, _PAST.search(rest) is not None


def _anchor(text: str, hit: _Found, published: Window, *, future: bool, past: bool) -> Anchor:
    before = text[max(0, hit.start - 12) : hit.start]
    if _SINCE.search(before):
        return Anchor(earliest=published.earliest, latest=published.latest, future=False, past=True, ahead=0)
    limit = _LIMIT.search(before)
    return Anchor(earliest=published.earliest, latest=published.latest, future=future or limit is not None, past=past)


def _limited(word: str, window: Window, published: Window) -> Window:
    """What "since", "by", "until", "after" make of a window."""
    if word == "as of":
        return window
    if word == "since":
        return Window(earliest=window.earliest, latest=published.latest)
    if word.startswith(("from", "starting", "beginning", "as early")):
        return Window(earliest=window.earliest, latest=None)
    if word in {"after", "following"}:
        return Window(earliest=shift(window.latest, 1), latest=None)
    if word in {"before", "prior to"}:
        return Window(earliest=None, latest=shift(window.earliest, -1))
    return Window(earliest=None, latest=window.latest)
