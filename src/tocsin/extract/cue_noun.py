"""Nouns and pictures that attribute: "the assessment released by X: …", "warnings that …", "a video showing …"."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, tail

_WITHIN = 9
"""Between "the claim" and its "that" stand at most this many words."""


def nominals(line: Line) -> list[Said]:
    """As in "the assessment released by X: …", "information published by X – …"."""
    found = []
    for index in range(len(line) - 2):
        if line.lower[index] not in lexicon.group("cues", "nouns") or line.quoted[index] >= 0:
            continue
        link = index + 1 + (line.lower[index + 1] in lexicon.group("cues", "released"))
        if line.lower[link] not in lexicon.group("cues", "links") or (link == index + 1 and line.lower[link] == "of"):
            continue
        source = noun.after(line, link + 1)
        if source is None or source.stop >= len(line) or line.lower[source.stop] not in {":", "–", "—", "--"}:
            continue
        content = tail(line, source.stop + 1)
        start = index - (index > 0 and line.lower[index - 1] in {"the", "an", "a", "this"})
        if content and line.has_finite(*content):
            found.append(Said(Words(start, link + 1), source, (content,), nominal=True))
    return found


def clauses(line: Line, found: Sequence[Said]) -> list[Said]:
    """As in "amid warnings that …", "rejected by the staff's claim that …": a noun of saying and its clause.

    Only after the sentence's verb, and where no other voice covers the noun already.
    """
    more = []
    for index in range(2, len(line) - 3):
        if line.lower[index] not in lexicon.group("cues", "with_clause") or line.quoted[index] >= 0:
            continue
        that, named = _that(line, index)
        verb = line.has_finite(0, index) or any(word.endswith("ed") for word in line.lower[1:index])
        if that is None or not verb or line.is_finite(that + 1):
            continue
        content = _clause(line, that + 1)
        if content is None or not line.has_finite(*content):
            continue
        if any(
            words.start <= index < words.stop or words.start == that + 1 for said in found for words in said.contents
        ):
            continue
        more.append(Said(Words(index, that + 1), named or _whose(line, index), (content,), nominal=True))
    return more


def _that(line: Line, index: int) -> tuple[int | None, Words | None]:
    """Where the noun's "that" stands, and who is named between the two: "warnings from the guard that"."""
    if line.lower[index + 1] == "that":
        return index + 1, None
    if line.lower[index + 1] not in {"from", "by"}:
        return None, None
    source = noun.after(line, index + 2)
    if source is None or source.stop - index > _WITHIN or source.stop >= len(line) or line.lower[source.stop] != "that":
        return None, None
    return source.stop, source


def _whose(line: Line, index: int) -> Words | None:
    """As in "the staff's warning", "their claims"."""
    for step in (index - 1, index - 2):
        if step < 0 or line.is_mark(step):
            return None
        if line.lower[step] in _OWNERS:
            return Words(step, step + 1)
        if line.lower[step].endswith(("'s", "s'")):
            return _owner(line, step)
    return None


def _owner(line: Line, last: int) -> Words:
    """The noun phrase of an owner, up to its article."""
    start = last
    while start > max(0, last - _OWNER_WORDS) and line.lower[start] not in cue_words.ARTICLES:
        before = line.lower[start - 1]
        if line.is_mark(start - 1) or line.is_finite(start - 1) or before in cue_words.PREPOSITIONS:
            break
        start -= 1
    return Words(start, last + 1)


def _clause(line: Line, start: int) -> Words | None:
    """From "that" to the end of its clause."""
    whole = tail(line, start)
    if whole is None:
        return None
    for index in range(whole.start + 2, whole.stop - 1):
        if line.lower[index] in {";", "–", "—"} or (
            line.lower[index] == "," and line.lower[index + 1] in {"and", "but", "which", "while", "so"}
        ):
            return Words(whole.start, index)
    return whole


def pictures(line: Line, found: Sequence[Said]) -> list[Said]:
    """As in "The ministry posted a video showing …": who posted it says so."""
    for index in range(3, len(line) - 2):
        if line.lower[index] != "showing" or line.quoted[index] >= 0:
            continue
        near = range(max(1, index - _WITHIN), index)
        document = any(line.lower[k] in lexicon.group("voices", "documents") for k in near)
        verb = next((k for k in near if line.lower[k] in _POSTED and line.is_finite(k)), None)
        if not document or verb is None or any(said.cue.start <= verb < said.cue.stop for said in found):
            continue
        first = verb - (line.lower[verb - 1] in cue_words.AUXILIARIES)
        source = noun.before(line, first)
        content = tail(line, index + 1 + (line.lower[index + 1] == "that"))
        if source and content and not line.is_mark(source.start):
            return [Said(Words(verb, index + 1), source, (content,), "show")]
    return []


def estimates(line: Line) -> list[Said]:
    """As in "The staff put their number at 500"."""
    found = []
    for index in range(1, len(line) - 3):
        if line.lower[index] not in {"put", "puts"} or line.quoted[index] >= 0 or line.lower[index - 1] == "to":
            continue
        at = next((k for k in range(index + 2, min(len(line) - 1, index + _WITHIN)) if line.lower[k] == "at"), None)
        source = noun.before(line, index)
        content = tail(line, index + 1)
        if at is None or source is None or content is None or line.is_mark(source.start):
            continue
        if any(word[:1].isdigit() for word in line.lower[at + 1 : at + 4]):
            found.append(Said(Words(index, index + 1), source, (content,), "estimate"))
    return found


_OWNER_WORDS = 6
_OWNERS = frozenset({"his", "her", "their", "its"})
_POSTED = frozenset(
    {"posted", "published", "released", "shared", "circulated", "aired", "broadcast", "leaked", "issued"}
)
