"""Does a time lie ahead or behind? What the verb that governs it says."""

from __future__ import annotations

from tocsin.extract import lexicon
from tocsin.extract.line import Line
from tocsin.extract.stance_clause import Clause


def outlook(line: Line, offset: int) -> tuple[bool, bool] | None:
    """Does the time at an offset stand under a verb that looks ahead, and under one that looks back?

    "The talks will resume on Wednesday" looks ahead, as does "the talks resume on Wednesday"; "the talks resumed on
    Wednesday" looks back. None where the governing verb does not tell ("the hall is full on Wednesday"), or where
    nothing governs it.

    Args:
        line: The sentence.
        offset: Where the time begins, in the text that the sentence's span counts in.
    """
    at = next((k for k, token in enumerate(line.tokens) if token.span.stop > offset), -1)
    if at < 0:
        return None
    clause = Clause(line, (), frozenset(range(len(line))), [], at, ())
    for k in (at, *line.syntax.above(at)):
        verbal = line.syntax.upos[k] in {"VERB", "AUX"} or line.syntax.tags[k] in {"VBD", "VBZ", "VBP"}
        if not verbal and not clause.auxiliaries(k):
            continue
        looks = _looks(clause, k)
        if looks is not None:
            return looks
    return None


def _looks(clause: Clause, at: int) -> tuple[bool, bool] | None:
    auxiliaries = clause.aux_words(at)
    if any(word in _AHEAD for word in auxiliaries):
        return (False, True) if clause.perfect(at) else (True, False)
    if clause.lemma(at) in _PLANNING and clause.line.syntax.tags[at] in {"VBN", "JJ"}:
        return True, False
    if clause.line.syntax.tags[at] == "VB":
        head = clause.line.syntax.heads[at]
        planned = head >= 0 and (clause.lemma(head) in _PLANNING or clause.line.lower[head] in _READY)
        return (True, False) if planned or any(word in _BE for word in auxiliaries) else None
    if clause.past(at):
        return False, True
    if clause.line.syntax.tags[at] in {"VBZ", "VBP"} and clause.lemma(at) not in _STANDING:
        return True, False
    return None


_AHEAD = frozenset(
    {"will", "would", "shall", "should", "may", "might", "could", "can", "'ll", "won't", "wouldn't", "must"}
)
_STANDING = (
    lexicon.group("verbs", "clause")
    | lexicon.group("verbs", "show")
    | lexicon.group("role", "stative")
    | {"be", "have", "do"}
)
_BE = frozenset({"is", "are", "was", "were"})
_PLANNING = (
    lexicon.group("plan", "intent")
    | lexicon.group("plan", "plan")
    | lexicon.group("plan", "plan_nouns")
    | lexicon.group("plan", "intent_nouns")
    | {"expect", "go", "due", "forecast", "predict"}
)
_READY = lexicon.group("plan", "plan_predicates") | lexicon.group("plan", "intent_predicates") | {"likely", "going"}
