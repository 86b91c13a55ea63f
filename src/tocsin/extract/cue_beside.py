"""What stands beside what is said: a clause with its own voice, or one that a denial does not reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.extract import cue_words, lexicon
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, tail


def beside(line: Line, found: Sequence[Said]) -> list[Said]:
    """End what a verb of saying covers where a clause stands beside it.

    "The army denied A, after the police said B": B is the police's alone, and not denied. "The police say A; the
    clinic has confirmed B": two voices. "The army denied A: B": the army says B itself.
    """
    kept, split = list[Said](), list[Words]()
    for said in found:
        if not said.verb or said.verb == "cite" or said.nominal or said.by_way:
            kept.append(said)
            continue
        contents, after = list[Words](), None
        for words in said.contents:
            at = next((k for k in range(*words) if _ends(line, said, k, words, found)), None)
            if at is None:
                contents.append(words)
                continue
            if line.lower[at] in _POINTS and _denies(said):
                after = tail(line, at + 1)
            stop = _opening(line, at)
            while stop > words.start and line.is_mark(stop - 1) and not line.is_quote(stop - 1):
                stop -= 1
            if stop > words.start:
                contents.append(Words(words.start, stop))
        kept.append(replace(said, contents=tuple(contents)) if contents or after else said)
        if after is not None:
            split.append(after)
            if not any(other.cue.start in range(*after) for other in found):
                speech = line.quoted[after.start + line.is_quote(after.start)]
                kept.append(replace(said, contents=(after,), verb="say", negated=False, quotation=speech))
    return [_within(said, split) for said in kept]


def _within(said: Said, split: Sequence[Words]) -> Said:
    """As in "The firm denied A: “B,” it said": what was said behind the colon does not reach before it."""
    start = max((words.start for words in split if said.cue.start in range(*words)), default=0)
    if all(words.start >= start for words in said.contents):
        return said
    contents = (Words(max(words.start, start), words.stop) for words in said.contents if words.stop > start)
    return replace(said, contents=tuple(contents))


def _ends(line: Line, said: Said, at: int, words: Words, found: Sequence[Said]) -> bool:
    """Does what is said end before a token?"""
    if line.quoted[at] >= 0 or at < said.cue.stop:
        return False
    if line.lower[at] in _POINTS:
        if _denies(said) and at > words.start and line.has_finite(at + 1, len(line)):
            return True
        speaker = next((one.source for one in found if one.source is not None and one.source.start == at + 1), None)
        return line.lower[at] == ";" and speaker is not None and line.lower[at + 1] not in cue_words.SPEAKERS
    if _denies(said) and at > words.start and _held_against(line, at):
        return True
    if line.lower[at] not in _SUBORDINATE or line.syntax.relation(at) not in {"mark", "advmod"}:
        return False
    clause = line.syntax.heads[at]
    if clause <= at or line.syntax.relation(clause) not in {"advcl", "parataxis", "conj", "acl", "ccomp"}:
        return False
    own = line.syntax.heads[clause] in range(*said.cue)
    first = _opening(line, at)
    comma = first > 0 and line.lower[first - 1] in {",", "–", "—", "--"}
    if any(one is not said and clause in range(*one.cue) for one in found):
        return comma or own or _denies(said)
    if line.lower[at] == "as" and (line.has_finite(words.start, at) or comma):
        return False
    return _denies(said) and (comma or own or not line.has_finite(words.start, at)) and line.lower[at] != "before"


def _held_against(line: Line, at: int) -> bool:
    """As in "denied A, contradicting the mayor", "denied A, despite reports that B"."""
    if line.lower[at - 1] != ",":
        return False
    syntax = line.syntax
    participle = syntax.tags[at] == "VBG" and syntax.relation(at) == "advcl" and syntax.child(at, "nsubj") is None
    return participle or line.lower[at] == "despite" or line.lower[at : at + 2] == ("contrary", "to")


def _opening(line: Line, at: int) -> int:
    """Where a clause opens that a token of time leads: "days after", "shortly before", "even though"."""
    first = at
    while (
        at - first < _LEAD
        and first
        and (
            line.lower[first - 1] in _LEADING or line.syntax.upos[first - 1] == "NUM" or line.lower[first - 1] in _SPANS
        )
    ):
        first -= 1
    return first


def _denies(said: Said) -> bool:
    """Does the verb deny or doubt what it covers?"""
    if said.negated:
        return said.verb in lexicon.group("verbs", "raising")
    return said.verb in lexicon.group("verbs", "deny") | lexicon.group("verbs", "doubt")


_POINTS = frozenset({";", ":"})
_LEAD = 3
_LEADING = frozenset({"shortly", "soon", "just", "even", "only", "a", "an", "several", "some"})
_SPANS = frozenset(word + ending for word in ("minute", "hour", "day", "week", "month", "year") for ending in ("", "s"))
_SUBORDINATE = frozenset({"after", "when", "as", "while", "although", "though", "whereas", "before"})
"""A clause after one of these tells what was so when somebody spoke, or what stands against it; not why, not if."""
