"""The masthead of a report: a first line that names a declared source, and beside it no more than what it is."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from tocsin.model.report import Source
from tocsin.text.dates import MONTHS
from tocsin.text.lang import load
from tocsin.text.places import fold, lookup

_HEADING = 500
_LINES = 3
_LONGEST = 120
_FREE = 3
"""So many words of a title may stand before the kind of document: "Weekly Food Security Bulletin"."""
_SHORTEST_ID = 3
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_NUMBER = re.compile(r"(?:n[or]?|v)?\d+(?:st|nd|rd|th|er|e|h)?", re.IGNORECASE)
_PARTS = re.compile(r"\s[-–—|·•:]+\s|\s*[|·•]\s*|:\s+|,\s+|\s+-{2,}\s+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOCUMENTS = _words(
    "bulletin bulletins communique communiques sitrep sitreps newsletter statement brief briefing update updates "
    "report flash notice advisory alert digest dispatch rapport alerte boletin comunicado informe bericht "
    "mitteilung pressemitteilung"
)
_SURE = _DOCUMENTS - {"alert", "brief", "notice", "report", "statement", "update", "updates", "alerte", "rapport"}
"""Kinds of document before which other words may stand: "User Group Bulletin"; "Death Toll Report" may be news."""
_OF_A_PARTY = frozenset(
    ("bulletin", "communique", "comunicado", "newsletter", "press", "presse", "prensa", "official", "statement")
)
"""What a line must say besides the name of a party to a conflict: a title that only names it is about it."""
_BESIDE = _words(
    "by from situation security press release news newsroom official public information daily weekly monthly "
    "morning evening special joint humanitarian field internal english edition issue number no nr num nos vol "
    "volume week part service agency website online live the of de du la le les soir matin journal presse actualite "
    "officiel securite numero semaine hebdomadaire quotidien dated date a.m p.m am pm gmt utc prensa noticias "
    "nachrichten"
)
_MONTHS = frozenset(fold(name) for name in (*MONTHS, *chain.from_iterable(load("months").values())))
_DAYS = frozenset(
    (
        *(fold(name) for name in (*calendar.day_name, *calendar.day_abbr)),
        *_words(
            "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
            "montag dienstag mittwoch donnerstag freitag samstag sonntag"
        ),
    )
)
_PLAIN = _DOCUMENTS | _BESIDE | _MONTHS | _DAYS
"""Words that name no source, whatever is declared."""


def masthead(text: str, sources: Sequence[Source]) -> tuple[str, str] | None:
    """The declared source that one of the first three lines names as the publisher, and that line.

    A line does if it begins or ends with a declared name, alias or id, and holds beside it only a date, a number, words
    of a kind of document (with a place among them, or before them a title in capitals) or another name of the same
    source. A name in running text, two sources in one line, or a line that ends in a full stop name no publisher; nor
    does a party to the conflict with a date alone, for what is headed so may be about it.

    Args:
        text: The report's text.
        sources: The declared sources.

    Returns:
        The source's name and the line; None where no line does.
    """
    names = dict(_names(sources))
    parties = {source.name for source in sources if source.party is not None}
    for line in text[:_HEADING].split("\n")[:_LINES]:
        shown = " ".join(line.split())
        found = names.get(_key(shown)) if len(shown) <= _LONGEST else None
        if found is None and shown and len(shown) <= _LONGEST and shown[-1] not in ".!?;":
            found = _named(_key(shown), shown, names, parties)
        if found is not None:
            return found, shown
    return None


def _key(text: str) -> str:
    return " ".join(_folded(text))


def _folded(text: str) -> list[str]:
    return [fold(word).replace("’", "'") for word in _WORD.findall(text)]


def _names(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """What each source may be called in a masthead; what several are called, or what is a plain word, names none."""
    seen: dict[str, set[str]] = {}
    for source in sources:
        for name in (source.name, *source.aliases, *([source.id] if len(source.id) >= _SHORTEST_ID else [])):
            key = _key(name)
            if key and key not in _PLAIN and not key.isdigit():
                seen.setdefault(key, set()).add(source.name)
    yield from ((key, next(iter(own))) for key, own in seen.items() if len(own) == 1)


def _named(key: str, line: str, names: Mapping[str, str], parties: Collection[str]) -> str | None:
    """The one source that a line begins or ends with, if all else in it may stand in a masthead."""
    padded = f" {key} "
    edges = {source for name, source in names.items() if padded.startswith(f" {name} ") or padded.endswith(f" {name} ")}
    if len(edges) != 1:
        return None
    (found,) = edges
    rest = padded
    for name in sorted((name for name, source in names.items() if source == found), key=len, reverse=True):
        while f" {name} " in rest:
            rest = rest.replace(f" {name} ", " | ", 1)
    if any(f" {name} " in rest for name, source in names.items() if source != found and not lookup(name)):
        return None
    left = [word for word in rest.split() if word != "|"]
    if found in parties and left and _OF_A_PARTY.isdisjoint(left):
        return None
    if all(_beside(word) for word in left):
        return found
    capitals = frozenset(fold(word) for word in _WORD.findall(line) if word[:1].isupper())
    strange = _strange(left, capitals)
    kinds = any(word in _DOCUMENTS or word in _BESIDE or _dated(word) for word in left)
    return found if (kinds and not strange) or _titled(line, left, strange, capitals) else None


def _beside(word: str) -> bool:
    return word in _DOCUMENTS or word in _BESIDE or _dated(word)


def _dated(word: str) -> bool:
    return word in _MONTHS or word in _DAYS or _NUMBER.fullmatch(word) is not None


def _strange(words: Sequence[str], capitals: frozenset[str]) -> list[str]:
    """The words that are neither plain nor, one to three of them together and in capitals, the name of a place."""
    left: list[str] = []
    at = 0
    while at < len(words):
        if _beside(words[at]):
            at += 1
            continue
        named = (words[at : at + n] for n in (3, 2, 1) if at + n <= len(words))
        size = next((len(some) for some in named if capitals.issuperset(some) and lookup(" ".join(some))), 0)
        if not size:
            left.append(words[at])
        at += size or 1
    return left


def _titled(line: str, left: Sequence[str], strange: Sequence[str], capitals: frozenset[str]) -> bool:
    """Is it a title of a few words in capitals that ends in a sure kind of document: "X - User Group Bulletin 4"?"""
    said = [
        word for word in left if word in strange or (_beside(word) and not _dated(word) and word not in {"no", "nr"})
    ]
    parts = len(_PARTS.split(line)) > 1
    return bool(said) and said[-1] in _SURE and len(strange) <= _FREE and capitals.issuperset(strange) and parts
