"""Nouns and pictures that attribute: "the assessment released by X: …", "warnings that …", "a video showing …"."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, tail
from tocsin.extract.subject import phrase

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
    """As in "amid warnings that …", "the staff's claim that …", "a promise to …": a noun of saying and its clause.

    Only where no other voice covers the noun already.
    """
    more = []
    syntax = line.syntax
    for index in range(len(line) - 3):
        if line.lower[index] not in lexicon.group("cues", "with_clause") or line.quoted[index] >= 0:
            continue
        if syntax.upos[index] != "NOUN" or any(w.start <= index < w.stop for said in found for w in said.contents):
            continue
        opened = _opened(line, index)
        if opened is None:
            continue
        link, content = opened
        if any(words.start == content.start for said in found for words in said.contents):
            continue
        more.append(Said(Words(index, link + 1), _whose(line, index, link), (content,), nominal=True))
    return more


def _opened(line: Line, index: int) -> tuple[int, Words] | None:
    """Where the noun's own clause is opened by "that" or "to", and the clause.

    The clause hangs on the noun, on what stands between ("talk among traders that"), or on the verb before.
    """
    syntax = line.syntax
    for at in range(index + 1, min(len(line) - 2, index + _WITHIN)):
        word = line.lower[at]
        if line.is_finite(at):
            return None
        clause = syntax.heads[at]
        misread = word == "that" and syntax.labels[at] == "obj" and syntax.child(clause, "nsubj") is not None
        if word not in {"that", "to"} or not (syntax.labels[at] == "mark" or misread):
            continue
        if syntax.heads[clause] not in {index, syntax.heads[index], *range(index + 1, at)}:
            continue
        last = syntax.extent(clause)[1]
        while last > at and line.is_mark(last - 1) and not line.is_quote(last - 1):
            last -= 1
        if word == "that" and line.has_finite(at + 1, last):
            return at, Words(at + 1, last)
        if word == "to" and at == index + 1 and line.bare(index) in _UNDERTAKEN and last - at > 1:
            return index, Words(at, last)
    return None


def _whose(line: Line, index: int, link: int) -> Words | None:
    """As in "the staff's warning", "warnings from the guard that", "talk among traders that"."""
    owner = line.syntax.child(index, "nmod:poss")
    if owner is not None and owner < index:
        return phrase(line, owner)
    if line.lower[index + 1] in {"from", "by", "among"} and index + 2 < link:
        return noun.after(line, index + 2, highest=link)
    return None


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


def heard(line: Line) -> list[Said]:
    """As in "I heard from the pilot that A", "The office learned from two drivers that A": who was heard says so."""
    syntax = line.syntax
    found = []
    for index in range(1, len(line) - 3):
        if syntax.lemmas[index] not in _HEARING or syntax.upos[index] != "VERB" or line.quoted[index] >= 0:
            continue
        who = next(
            (k for k in syntax.children(index, "obl") if any(line.lower[c] == "from" for c in syntax.kids[k])), None
        )
        below = syntax.children(index, "ccomp") + (syntax.children(who, "acl") if who is not None else ())
        mark = next((m for k in below if (m := syntax.child(k, "mark")) is not None), None)
        if mark is None or who is None or line.lower[mark] != "that" or not index < who < mark:
            continue
        content = tail(line, mark + 1)
        negated = any(line.lower[k] in cue_words.NEGATORS for k in syntax.kids[index])
        if content is not None:
            found.append(Said(Words(index, index + 1), phrase(line, who), (content,), "tell", negated=negated))
    return found


_HEARING = frozenset({"hear", "learn", "understand", "gather"})
_UNDERTAKEN = frozenset({"promise", "promises", "pledge", "pledges", "threat", "threats", "vow"})
_POSTED = frozenset(
    {"posted", "published", "released", "shared", "circulated", "aired", "broadcast", "leaked", "issued"}
)
