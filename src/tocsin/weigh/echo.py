"""Echoes: claims that repeat another report's words."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.report import Report

COPY_PROBABILITY = 0.9
"""How surely a near-copy is one (docs/method.md, "Copies")."""

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_RUN = 4
_SHARE = 0.6
_FEWEST_WORDS = 8
_CITED_SHARE = 0.5
_FEWEST_CITED = 3
_LONGEST_POSTING = 40
_SHOWN = 12
_LATEST = 300
_FEWEST_COPIED = 5
_REPRINT = 0.5
_SMALL = frozenset(
    _WORD.findall(
        "a an the of in on at to for from by with and or but that this these those is are was were be been being has"
        " have had it its they their he his she her not no as than there which who said says according"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A claim that repeats another, with the words that show it.

    ``same_origin``: one origin said its sentence again, or another channel passed it on; that is no echo, but it shows
    that the origin said it.
    """

    claim: str
    of: str
    because: str
    same_origin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A claim made ready to be compared."""

    claim: Claim
    words: tuple[str, ...]
    runs: frozenset[tuple[str, ...]]
    content: frozenset[str]
    figures: frozenset[tuple[float | None, float | None]]


def echoes(
    claims: Sequence[Claim],
    rated: Mapping[str, Rating],
    reports: Mapping[str, Report],
    *,
    cites: Mapping[str, frozenset[str]],
) -> tuple[Echo, ...]:
    """Find the claims that repeat an earlier claim of another report.

    A near-copy shares at least 60 % of its runs of four words with the earlier claim (eight words at the least), and
    says the same with the same figures. One origin saying its sentence again is marked as such: it is one observer
    repeating itself, which the inference counts. Where a claim cites the outlet of an earlier report, half of the words
    that carry meaning are enough. A report of which half is a copy is a reprint, and its short claims are copies too.
    An echo of an echo is an echo of the first.

    Args:
        claims: All claims.
        rated: Their ratings so far, by claim id.
        reports: The reports by id.
        cites: For each claim id, the ids of declared sources through which it came besides its own outlet, and for
            each report id that of its outlet (as a set of one).

    Returns:
        The echoes, in the order of publication.
    """
    ordered = sorted(
        claims, key=lambda claim: (_published(reports.get(claim.report)), claim.report, claim.span, claim.id)
    )
    posting: dict[tuple[str, ...], list[int]] = {}
    by_outlet: dict[str, list[int]] = {}
    reads: list[_Read] = []
    root: dict[str, str] = {}
    found: list[Echo] = []
    for place, claim in enumerate(ordered):
        this = _read(claim, reports.get(claim.report))
        reads.append(this)
        echo = _copied(this, posting, reads, rated) or _cited(this, by_outlet, reads, rated, cites)
        if echo is not None:
            of = echo.of if echo.same_origin else root.get(echo.of, echo.of)
            if not echo.same_origin:
                root[claim.id] = of
            found.append(dataclasses.replace(echo, of=of))
        for run in this.runs:
            entries = posting.setdefault(run, [])
            if len(entries) < _LONGEST_POSTING:
                entries.append(place)
        for outlet in cites.get(claim.report, frozenset()):
            by_outlet.setdefault(outlet, []).append(place)
    found.extend(_reprinted(reads, found, root, rated))
    return tuple(found)


def _reprinted(
    reads: Sequence[_Read], found: Sequence[Echo], root: Mapping[str, str], rated: Mapping[str, Rating]
) -> Iterator[Echo]:
    """The claims too short to be told as copies, where most of their report is a copy of one earlier report.

    A reprint repeats its short sentences too.
    """
    by_id = {read.claim.id: read for read in reads}
    total = Counter(read.claim.report for read in reads if read.runs)
    copied = Counter((by_id[echo.claim].claim.report, by_id[echo.of].claim.report) for echo in found)
    original: dict[str, str] = {}
    for (report, parent), count in copied.most_common():
        if count >= _FEWEST_COPIED and count >= _REPRINT * total[report]:
            original.setdefault(report, parent)
    first: dict[tuple[str, tuple[str, ...]], _Read] = {}
    for read in reads:
        first.setdefault((read.claim.report, _words(read.claim.content)), read)
    known = {echo.claim for echo in found}
    for read in reads:
        earlier = first.get((original.get(read.claim.report, ""), _words(read.claim.content)))
        if earlier is None or read.claim.id in known or not _may_echo(read, earlier):
            continue
        if not _same_origin(read.claim, earlier.claim, rated):
            of = root.get(earlier.claim.id, earlier.claim.id)
            yield Echo(claim=read.claim.id, of=of, because="the same words, in a report that reprints an earlier one")


def _published(report: Report | None) -> date:
    """The day by which a report was out; one without any date comes last."""
    if report is None:
        return date.max
    window = report.published
    return (window.latest or window.earliest if window is not None else None) or report.retrieved or date.max


def _words(text: str) -> tuple[str, ...]:
    """The words, folded."""
    return tuple(_WORD.findall(text.casefold())[:400])


def _read(claim: Claim, report: Report | None) -> _Read:
    """The words to compare: the content's, or the whole sentence's where the content is too short to tell."""
    words = _words(claim.content)
    compared = words
    if len(words) < _FEWEST_WORDS and report is not None:
        compared = _words(report.text[claim.sentence.start : claim.sentence.stop])
    runs: frozenset[tuple[str, ...]] = frozenset()
    if len(compared) >= _FEWEST_WORDS:
        runs = frozenset(compared[start : start + _RUN] for start in range(len(compared) - _RUN + 1))
    return _Read(
        claim=claim,
        words=compared,
        runs=runs,
        content=frozenset(word for word in words if word not in _SMALL),
        figures=frozenset((figure.low, figure.high) for figure in claim.figures),
    )


def _may_echo(later: _Read, earlier: _Read) -> bool:
    """Could one repeat the other at all: another report, the same said with the same figures?"""
    return (
        later.claim.report != earlier.claim.report
        and later.claim.polarity is earlier.claim.polarity
        and later.figures == earlier.figures
    )


def _same_origin(one: Claim, other: Claim, rated: Mapping[str, Rating]) -> bool:
    """Do two claims rest on one origin?"""
    return rated[one.id].source == rated[other.id].source


def _copied(
    this: _Read, posting: Mapping[tuple[str, ...], list[int]], reads: Sequence[_Read], rated: Mapping[str, Rating]
) -> Echo | None:
    """The earlier claim whose words this one repeats most."""
    shared = Counter(place for run in this.runs for place in posting.get(run, ()))
    best: tuple[bool, float, int] | None = None
    for place, count in shared.items():
        earlier = reads[place]
        share = count / min(len(this.runs), len(earlier.runs))
        if share >= _SHARE and _may_echo(this, earlier):
            found = (_same_origin(this.claim, earlier.claim, rated), share, -place)
            best = found if best is None else max(best, found)
    if best is None:
        return None
    same_origin, share, place = best[0], best[1], -best[2]
    run = _longest_common(this, reads[place])
    return Echo(
        claim=this.claim.id,
        of=reads[place].claim.id,
        because=f"repeats an earlier report: {share:.0%} of its runs of four words, among them “{run}”",
        same_origin=same_origin,
    )


def _cited(
    this: _Read,
    by_outlet: Mapping[str, list[int]],
    reads: Sequence[_Read],
    rated: Mapping[str, Rating],
    cites: Mapping[str, frozenset[str]],
) -> Echo | None:
    """The earlier claim of an outlet that this claim cites, if it speaks of the same."""
    if len(this.content) < _FEWEST_CITED:
        return None
    for outlet in sorted(cites.get(this.claim.id, frozenset())):
        for place in by_outlet.get(outlet, ())[-_LATEST:]:
            earlier = reads[place]
            if _same_origin(this.claim, earlier.claim, rated):
                continue
            common = this.content & earlier.content
            smaller = min(len(this.content), len(earlier.content))
            if len(common) >= max(_FEWEST_CITED, _CITED_SHARE * smaller) and _may_echo(this, earlier):
                words = ", ".join(sorted(common)[:_SHOWN])
                return Echo(
                    claim=this.claim.id, of=earlier.claim.id, because=f"cites {outlet} and shares its words: {words}"
                )
    return None


def _longest_common(this: _Read, earlier: _Read) -> str:
    """The longest run of words of this claim that the earlier one has too, cut to a dozen words."""
    best = (0, 0)
    length = 0
    for start in range(len(this.words) - _RUN + 1):
        length = length + 1 if this.words[start : start + _RUN] in earlier.runs else 0
        if length > best[1]:
            best = (start - length + 1, length)
    words = this.words[best[0] : best[0] + best[1] + _RUN - 1]
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")
