"""Modality: how surely a statement is put, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Match
from tocsin.extract.line import Line
from tocsin.extract.said import Said
from tocsin.model.claim import Modality

_Found = tuple[Modality, Match | None, str]
"""The modality, the hedge that gave it, and the deciding words."""

_DEEP = 3
"""A plan named this many words after a denied main verb is what was not seen, not what is planned."""
_FAR = 3
"""A hedge this many words after the main verb may belong to an aside only."""


def modality(
    words: list[str], tokens: list[int], line: Line, *, head: int, denied: bool, said: Sequence[Said]
) -> _Found:
    """How surely a statement is put.

    Args:
        words: The statement's words.
        tokens: Where they stand in the line.
        line: The sentence.
        head: Index of the main verb among the words; -1 if there is none.
        denied: Whether the main verb is denied.
        said: The attributions around it, outermost first.
    """
    found = (
        _asked(words, tokens, line, said)
        or _hedged(words, head, said)
        or _planned(words, head, denied=denied)
        or _unsure(words, head, said)
    )
    return found or (Modality.ASSERTED, None, "")


def _asked(words: list[str], tokens: list[int], line: Line, said: Sequence[Said]) -> _Found | None:
    """A question, put or reported."""
    if words and (words[-1] == "?" or (tokens[-1] + 1 < len(line) and line.lower[tokens[-1] + 1] == "?" and not said)):
        return Modality.QUESTION, None, "?"
    asks = said[-1].verb if said else ""
    if (words[:1] == ["whether"] and not any(word.startswith("depend") for word in words)) or (
        asks in {"ask", "wonder", "question"} and words[:1] in (["if"], ["whether"])
    ):
        return Modality.QUESTION, None, words[0]
    opening = " ".join(words[:6])
    if len(words) > 3 and any(open_ in opening for open_ in ("know whether", "known whether", "clear whether")):
        return Modality.QUESTION, None, "whether"
    return None


def _hedged(words: list[str], head: int, said: Sequence[Said]) -> _Found | None:
    """Rumour, unlikely, likely, and the fuller phrases for possible; not what stands only in an aside."""
    for key, mode in (("rumour", Modality.REPORTED_RUMOUR), ("unlikely", Modality.UNLIKELY)):
        match = next((m for m in lexicon.phrases("stance", key).find(words) if not _in_aside(words, m, head)), None)
        if match:
            return mode, match, match.phrase
    likely = lexicon.phrases("stance", "likely").find(words)
    match = next((m for m in likely if _predicative(words, m) and not _in_aside(words, m, head)), None)
    if match:
        return Modality.LIKELY, match, match.phrase
    opens = next((m for m in lexicon.phrases("stance", "possible").find(words) if len(m.phrase.split()) > 1), None)
    if opens:
        return Modality.POSSIBLE, opens, opens.phrase
    if any(one.verb in lexicon.group("verbs", "doubt") for one in said):
        return Modality.UNLIKELY, None, "doubt"
    return None


def _planned(words: list[str], head: int, *, denied: bool) -> _Found | None:
    """Due, dependent or planned; between the two, "perhaps" opens a plan again."""
    due = 0 <= head < len(words) - 2 and words[head] in {"is", "are", "was", "were"} and words[head + 1] == "to"
    if due and not any(word in _AIMS for word in words[:head]):
        return Modality.PLANNED, None, f"{words[head]} to"
    depends = lexicon.phrases("stance", "depends").first(words)
    if depends:
        return Modality.CONDITIONAL, None, depends.phrase
    maybe = [m for m in lexicon.phrases("stance", "possible").find(words) if m.phrase in _MAYBE]
    adverb = next((m for m in maybe if not _in_aside(words, m, head)), None)
    if adverb:
        return Modality.POSSIBLE, adverb, adverb.phrase
    plans = lexicon.phrases("stance", "planned").find(words)
    planned = next((m for m in plans if _plans(words, m, head, denied=denied)), None)
    if planned:
        return Modality.PLANNED, None, planned.phrase
    condition = lexicon.phrases("stance", "conditional").first(words)
    if condition and not any(
        f" {phrase} " in f" {' '.join(words)} " for phrase in lexicon.lang_list("stance", "not_conditional")
    ):
        return Modality.CONDITIONAL, None, condition.phrase
    return None


def _unsure(words: list[str], head: int, said: Sequence[Said]) -> _Found | None:
    """May and might, what a voice undertakes, demands or fears, would and could."""
    perhaps = next((m for m in lexicon.phrases("stance", "possible").find(words) if _main_hedge(words, m, head)), None)
    if perhaps:
        return Modality.POSSIBLE, perhaps, perhaps.phrase
    verb = said[-1].verb if said else ""
    for key, mode in (
        ("undertake", Modality.PLANNED),
        ("demand", Modality.HYPOTHETICAL),
        ("fear", Modality.POSSIBLE),
    ):
        if verb in lexicon.group("verbs", key):
            return mode, None, verb
    supposed = lexicon.phrases("stance", "hypothetical").first(words)
    if supposed and not (supposed.phrase == "could" and words[supposed.stop : supposed.stop + 1] == ["not"]):
        return Modality.HYPOTHETICAL, None, supposed.phrase
    return None


def _in_aside(words: list[str], match: Match, head: int) -> bool:
    """As in "shows 40 tanks, possibly towards the ford": the hedge is on the last phrase only."""
    if head < 0:
        return False
    before = words[match.start - 1] if match.start else ""
    after = words[match.stop] if match.stop < len(words) else ""
    bracketed = before == "("
    far = match.start - head >= _FAR and before == ","
    return bracketed or (far and match.phrase in _ADVERBS and (after in _PREPOSITIONS or after.endswith("ing")))


def _plans(words: list[str], match: Match, head: int, *, denied: bool) -> bool:
    """Does a plan rule the clause? "The exercises planned for spring" and "had been threatened to" are no plans.

    A plan that lives on ("has not abandoned plans to") is a fact, and so is a plan nobody saw ("has not observed
    riders preparing to").
    """
    before = words[match.start - 1] if match.start else ""
    first = match.phrase.split()[0]
    if before in _PERSIST or (denied and head >= 0 and match.start >= head + _DEEP):
        return False
    if first in {"ordered", "instructed"} and match.start == head:
        return False
    if first in {"planned", "scheduled"}:
        return (
            before in _BE_HAVE or before in _SKIPPED or (match.start == head and not _FULL & set(words[match.stop :]))
        )
    return not (first in {"threatened", "promised"} and before in _BE_HAVE | _SKIPPED)


def _predicative(words: list[str], match: Match) -> bool:
    """As in "is likely", "likely to": not the adjective of "a probable attack"."""
    if match.phrase not in {"likely", "probable", "highly probable", "highly likely", "very likely", "most likely"}:
        return True
    before = words[match.start - 1] if match.start else ""
    after = words[match.stop] if match.stop < len(words) else ""
    return before not in _DETERMINERS - {"more", "most"} or after in {"to", "that"}


def _main_hedge(words: list[str], match: Match, head: int) -> bool:
    """As in "may move", "is possible": not the adjective of "a possible attack", not a verb deep inside."""
    before = words[match.start - 1] if match.start else ""
    after = words[match.stop] if match.stop < len(words) else ""
    if match.phrase in {"may", "might", "can"}:
        return match.start <= max(head, 0) + 1 and after != "not" and before not in _DETERMINERS
    if match.phrase in {"possible", "potential", "conceivable"}:
        return before in _BE_HAVE or before in {"quite", "very", "also", "still", "entirely"}
    return not _in_aside(words, match, head)


_DETERMINERS = lexicon.group("words", "determiners")
_PREPOSITIONS = lexicon.group("words", "prepositions")
_PERSIST = lexicon.group("stance", "persist")
_BE_HAVE = lexicon.group("shape", "be_have")
_SKIPPED = lexicon.group("shape", "skipped")
_AIMS = lexicon.group("shape", "aims")
_FULL = frozenset({"is", "are", "was", "were", "will", "has", "have"})
_MAYBE = frozenset({"perhaps", "maybe", "possibly", "potentially", "conceivably"})
_ADVERBS = _MAYBE | {
    "reportedly",
    "allegedly",
    "supposedly",
    "purportedly",
    "likely",
    "probably",
    "presumably",
    "apparently",
}
