"""The wording of claims, made ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating
from tocsin.model.report import Report, VoiceKind

RUN = 4
"""Words in a run."""

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_FEWEST_WORDS = 8
_LONGEST = 400
_KEPT = 65_536
"""So many wordings stay prepared from one answer to the next."""
_SMALL = frozenset(
    _WORD.findall(
        "a an the of in on at to for from by with and or but that this these those is are was were be been being has"
        " have had it its they their he his she her not no as than there which who said says according"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A claim made ready to be compared.

    Attributes:
        claim: The claim.
        source: The id of its origin.
        outlet: Who printed it, folded; empty where the report does not say.
        own: The id of its outlet, where that is declared.
        behind: The declared voices through which it came, its outlet left out.
        words: Those to compare: the content's, or the whole sentence's where the content is too short to tell.
        key: What may not differ between copies: polarity and figures.
        runs: The words in runs of four, each under the key, so that claims that contradict each other share none.
        content: The content's words that carry meaning.
    """

    claim: Claim
    source: str
    outlet: str
    own: str | None
    behind: frozenset[str]
    words: tuple[str, ...]
    key: str
    runs: frozenset[str]
    content: frozenset[str]

    @property
    def unnamed(self) -> bool:
        """Is its origin a voice without a name?"""
        return self.claim.origin.kind is VoiceKind.ANONYMOUS

    @property
    def names_another(self) -> bool:
        """Does it name somebody other than its outlet as its origin?"""
        return len(self.claim.chain) > 1 and self.claim.origin.kind not in {VoiceKind.ANONYMOUS, VoiceKind.AUTHOR}


def prepared(
    claims: Iterable[Claim],
    rated: Mapping[str, Rating],
    reports: Mapping[str, Report],
    *,
    cites: Mapping[str, frozenset[str]],
) -> tuple[Read, ...]:
    """Claims in order of publication; a report without any date comes last.

    Args:
        claims: The claims.
        rated: Their ratings so far, by claim id.
        reports: The reports by id.
        cites: The declared sources each claim cites; by report id its own outlet.
    """
    days = {key: _published(report) for key, report in reports.items()}
    ordered = sorted(claims, key=lambda claim: (days.get(claim.report, date.max), claim.report, claim.span, claim.id))
    return tuple(_read(claim, reports.get(claim.report), rated[claim.id].source, cites) for claim in ordered)


def words_of(text: str) -> tuple[str, ...]:
    """The words, folded.

    >>> words_of("No columns, it said, of 9,000 lorries")
    ('no', 'columns', 'it', 'said', 'of', '9,000', 'lorries')
    """
    return tuple(_WORD.findall(text.casefold())[:_LONGEST])


def runs_of(words: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Every run of four words, in order, under a key; none where there are too few words to tell a copy.

    >>> runs_of(tuple("one two three four five six seven eight".split()), "k")[:2]
    ('k one two three four', 'k two three four five')
    """
    if len(words) < _FEWEST_WORDS:
        return ()
    return tuple(" ".join((key, *words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def _published(report: Report) -> date:
    window = report.published
    return (window.latest or window.earliest if window is not None else None) or report.retrieved or date.max


def _read(claim: Claim, report: Report | None, source: str, cites: Mapping[str, frozenset[str]]) -> Read:
    words, content = _content(claim.content)
    compared = words
    if len(words) < _FEWEST_WORDS and report is not None:
        compared = words_of(report.text[claim.sentence.start : claim.sentence.stop])
    figures = sorted({f"{_number(figure.low)}:{_number(figure.high)}" for figure in claim.figures})
    key = "/".join((claim.polarity.value, *figures))
    outlet = report.outlet if report is not None and report.outlet else claim.chain[0].name
    return Read(
        claim=claim,
        source=source,
        outlet=outlet.casefold(),
        own=next(iter(cites.get(claim.report, ())), None),
        behind=cites.get(claim.id, frozenset()),
        words=compared,
        key=key,
        runs=_runs(compared, key),
        content=content,
    )


@lru_cache(maxsize=_KEPT)
def _content(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a text, and those of them that carry meaning."""
    words = words_of(text)
    return words, frozenset(word for word in words if word not in _SMALL)


@lru_cache(maxsize=_KEPT)
def _runs(words: tuple[str, ...], key: str) -> frozenset[str]:
    return frozenset(runs_of(words, key))


def _number(value: float | None) -> str:
    return "" if value is None else str(float(value))
