"""Modality: how surely a statement is put, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Match
from tocsin.extract.said import Said
from tocsin.extract.stance_clause import Clause
from tocsin.extract.stance_plan import planning
from tocsin.model.claim import Modality


class Mode(NamedTuple):
    """How surely a statement is put, the hedge that says so, and the deciding words."""

    modality: Modality
    hedge: Match | None = None
    why: str = ""


def modality(clause: Clause, said: Sequence[Said], *, denied: bool) -> Mode:
    """How surely a statement is put.

    A hedge counts where it bears on the main predicate, not on a phrase beside it. A plan counts where it governs
    the statement: "plans to cross", not "the drills planned for spring".

    Args:
        clause: The statement.
        said: The attributions around it, outermost first.
        denied: Whether its main predicate is denied.
    """
    found = (
        _asked(clause, said, denied=denied)
        or _unanswered(said)
        or _hedged(clause, said)
        or _conditional(clause)
        or _maybe(clause)
        or _planned(clause, denied=denied)
        or _unsure(clause, said)
    )
    return found or Mode(Modality.ASSERTED, next(_bearing(clause, "sure"), None) or _beside(clause))


def _asked(clause: Clause, said: Sequence[Said], *, denied: bool) -> Mode | None:
    """A question, put or reported; what nobody knows."""
    line, words, tokens = clause.line, clause.words, clause.tokens
    if words[-1] == "?" or (tokens[-1] + 1 < len(line) and line.lower[tokens[-1] + 1] == "?" and not said):
        return Mode(Modality.QUESTION, None, "?")
    asks = said[-1].verb if said else ""
    if _unconfirmed(clause, denied=denied):
        return Mode(Modality.QUESTION, None, f"not {line.lower[clause.head]}")
    depends = any(clause.lemma(k) in _DEPEND for k in tokens)
    if (words[0] == "whether" and not depends) or (asks in _ASKING and words[0] in {"if", "whether"}):
        return Mode(Modality.QUESTION, None, words[0])
    for k in clause.chain:
        if clause.lemma(k) in _UNCLEAR and any(line.lower[w] in _WHAT for w in tokens if w > k):
            return Mode(Modality.QUESTION, None, line.lower[k])
        opens = [c for c in clause.kids(k, "ccomp", "xcomp", "csubj") if _whether(clause, c)]
        if (
            opens
            and not depends
            and clause.lemma(k) in {"know", "clear", "unclear", "unknown", "uncertain", "confirm", "say"}
        ):
            return Mode(Modality.QUESTION, None, "whether")
    return None


def _unconfirmed(clause: Clause, *, denied: bool) -> bool:
    """As in "nobody has confirmed that …"."""
    head = clause.head
    return denied and head >= 0 and clause.lemma(head) in _CONFIRMING and bool(clause.kids(head, "ccomp"))


def _whether(clause: Clause, index: int) -> bool:
    mark = clause.line.syntax.child(index, "mark")
    return mark is not None and clause.line.lower[mark] in {"whether", "if"}


def _unanswered(said: Sequence[Said]) -> Mode | None:
    """What a voice did not say, did not deny, does not believe."""
    last = said[-1] if said else None
    if last is None or not last.negated:
        return None
    if last.verb in lexicon.group("verbs", "deny"):
        return Mode(Modality.POSSIBLE, None, f"not {last.verb}")
    if last.verb in _SEEING:
        return None
    if last.verb in lexicon.group("verbs", "raising"):
        return Mode(Modality.UNLIKELY, None, f"not {last.verb}")
    return Mode(Modality.QUESTION, None, f"not {last.verb}")


def _hedged(clause: Clause, said: Sequence[Said]) -> Mode | None:
    """Rumour, unlikely, likely, and the fuller phrases for possible."""
    for key, mode in (
        ("rumour", Modality.REPORTED_RUMOUR),
        ("unlikely", Modality.UNLIKELY),
        ("likely", Modality.LIKELY),
    ):
        match = next(_bearing(clause, key), None)
        if match:
            return Mode(mode, match, match.phrase)
    match = next((m for m in _bearing(clause, "possible") if m.stop - m.start > 1), None)
    if match:
        return Mode(Modality.POSSIBLE, match, match.phrase)
    if any(one.verb in lexicon.group("verbs", "doubt") for one in said):
        return Mode(Modality.UNLIKELY, None, "doubt")
    head = clause.head
    if head >= 0 and clause.lemma(head) in _GOING_ROUND and not clause.copular(head):
        talk = next((k for k in clause.kids(head, "nsubj") if clause.lemma(k) in _TALK), -1)
        if talk >= 0:
            return Mode(Modality.REPORTED_RUMOUR, None, clause.line.lower[talk])
    return None


def _bearing(clause: Clause, key: str) -> Iterator[Match]:
    """The hedges of one kind that bear on the main predicate."""
    for match in lexicon.phrases("hedge", key).find(clause.words):
        if _bears(clause, match):
            yield match


def _bears(clause: Clause, match: Match) -> bool:
    """Does a hedge govern or qualify the main predicate, rather than a phrase or a noun beside it?"""
    spots = clause.tokens[match.start : match.stop]
    syntax = clause.line.syntax
    alone = match.stop - match.start == 1
    if not clause.chain:
        return match.start == 0 or clause.top in spots or (alone and _of_participle(clause, spots[0]))
    if alone and _aside(clause, spots[0]):
        return False
    if alone and match.phrase not in _MODALS and _next_to_predicate(clause, match.start):
        return True
    if match.phrase in _ADJECTIVES:
        return any(k in clause.chain or _likely_to(clause, k) for k in spots)
    if not alone:
        return any(clause.governs(k) for k in spots)
    [at] = spots
    if match.start == 0 and syntax.upos[at] == "ADV" and syntax.upos[syntax.heads[at]] != "NUM":
        return True
    if not clause.governs(at):
        return (
            syntax.heads[at] in clause.members
            and syntax.relation(syntax.heads[at]) in {"aux", "cop", "advmod"}
            and clause.governs(syntax.heads[at])
        )
    return True


def _next_to_predicate(clause: Clause, place: int) -> bool:
    """Does a hedge stand right behind an auxiliary of the main predicate: "are likely in the north"?

    The order of the words holds whatever the tree says.
    """
    at = clause.tokens[place]
    if clause.line.syntax.relation(at) == "amod":
        return False
    before = [k for k in clause.tokens[:place] if clause.line.lower[k] not in _BETWEEN][-1:]
    return any(before == [k] for predicate in clause.chain for k in clause.auxiliaries(predicate))


def _of_participle(clause: Clause, at: int) -> bool:
    """As in "a train of tanks reportedly heading north": the participle is what the phrase tells."""
    syntax = clause.line.syntax
    verb = syntax.heads[at]
    told = verb in clause.members and syntax.relation(verb) == "acl" and syntax.tags[verb] in {"VBG", "VBN"}
    return told and at < verb and syntax.heads[verb] == clause.top and not _aside(clause, at)


def _beside(clause: Clause) -> Match | None:
    """The first hedge of a phrase beside the main predicate: it is shown, and the statement stands."""
    syntax = clause.line.syntax
    for place, at in enumerate(clause.tokens):
        above = [k for k in syntax.above(at) if k in clause.members and k not in clause.chain]
        described = any(syntax.relation(k) in _CLAUSES for k in above)
        if clause.line.lower[at] in _ADVERBS and syntax.upos[at] == "ADV" and not described:
            return Match(place, place + 1, clause.line.lower[at])
    return None


def _aside(clause: Clause, at: int) -> bool:
    """As in "left the north, possibly towards the ford": the hedge is on the last phrase only."""
    before, after = clause.line.lower[at - 1] if at else "", at + 1
    if before not in {",", "("} or at < clause.head:
        return False
    return after < len(clause.line) and clause.line.syntax.upos[after] in {"ADP", "SCONJ", "ADV"}


def _likely_to(clause: Clause, at: int) -> bool:
    syntax = clause.line.syntax
    return clause.governs(at) and (
        syntax.relation(at) in {"xcomp", "ccomp", "advmod"} or syntax.child(at, "xcomp") is not None
    )


def _conditional(clause: Clause) -> Mode | None:
    """What depends on something else."""
    for k in clause.chain:
        if clause.lemma(k) in _DEPEND:
            return Mode(Modality.CONDITIONAL, None, f"{clause.line.lower[k]} on")
    text = f" {' '.join(clause.words)} "
    if any(f" {phrase} " in text for phrase in lexicon.lang_list("condition", "not_phrases")):
        return None
    syntax = clause.line.syntax
    for k in clause.tokens:
        word = clause.line.lower[k]
        if word in _MARKS and syntax.relation(k) in {"mark", "advmod", "cc", "case"}:
            outer = clause.governs(syntax.heads[k]) or k == clause.tokens[0] or not clause.chain
            if outer and syntax.relation(syntax.heads[k]) not in {"ccomp", "csubj"}:
                return Mode(Modality.CONDITIONAL, None, word)
        if word == "without" and k < clause.head and _given(clause, syntax.heads[k]):
            return Mode(Modality.CONDITIONAL, None, word)
    phrase = lexicon.phrases("condition", "phrases").first(clause.words)
    return Mode(Modality.CONDITIONAL, None, phrase.phrase) if phrase else None


def _given(clause: Clause, noun: int) -> bool:
    """Does a phrase before the main predicate name something definite: "without the consent of the house"?"""
    definite = any(clause.line.lower[k] in _DEFINITE for k in clause.kids(noun, "det", "nmod"))
    return noun not in clause.chain and clause.governs(noun) and definite


def _maybe(clause: Clause) -> Mode | None:
    """Between a condition and a plan, "perhaps" and "may" open a plan again: "may seek to"."""
    match = next((m for m in _bearing(clause, "possible") if m.phrase in _MAYBE), None)
    match = match or next((m for m in _modals(clause) if m.phrase in {"may", "might"}), None)
    return Mode(Modality.POSSIBLE, match, match.phrase) if match else None


def _planned(clause: Clause, *, denied: bool) -> Mode | None:
    """Wanted, decided, prepared, scheduled: what governs the statement says that it is still to be done."""
    why = planning(clause)
    return Mode(Modality.PLANNED, None, why) if why and not (denied and not _own_plan(clause)) else None


def _own_plan(clause: Clause) -> bool:
    return clause.lemma(clause.head) in _INTENT | _PLAN | {"abandon"} if clause.chain else False


def _unsure(clause: Clause, said: Sequence[Said]) -> Mode | None:
    """May and might, what a voice undertakes, demands or fears, would."""
    modal = next(_modals(clause), None)
    if modal:
        return Mode(Modality.POSSIBLE, modal, modal.phrase)
    perhaps = next((m for m in _bearing(clause, "possible") if m.phrase not in _MODALS), None)
    if perhaps:
        return Mode(Modality.POSSIBLE, perhaps, perhaps.phrase)
    last = said[-1] if said else None
    verb = last.verb if last else ""
    for key, mode in (
        ("undertake", Modality.PLANNED),
        ("demand", Modality.HYPOTHETICAL),
        ("fear", Modality.POSSIBLE),
    ):
        if verb in lexicon.group("verbs", key) and not (key == "demand" and not clause.chain):
            return Mode(mode, None, verb)
    head = clause.head
    if head >= 0 and clause.lemma(head) in lexicon.group("verbs", "fear") and clause.kids(head, "ccomp"):
        return Mode(Modality.POSSIBLE, None, clause.line.lower[head])
    for k in clause.chain:
        auxiliaries = clause.aux_words(k)
        would = next((w for w in auxiliaries if w in {"would", "'d", "wouldn't", "should"}), "")
        imagined = any(_whether(clause, c) for c in clause.kids(k, "advcl"))
        seen_from_past = said and "have" not in auxiliaries and not imagined and _past_saying(clause, last)
        if would in {"would", "wouldn't"} and not seen_from_past:
            return Mode(Modality.HYPOTHETICAL, None, would)
    return None


def _past_saying(clause: Clause, last: Said | None) -> bool:
    """Was it said in the past, or under a phrase like "according to"?"""
    if last is None or not last.verb:
        return True
    syntax = clause.line.syntax
    return any(syntax.tags[k] in {"VBD", "VBN"} for k in range(*last.cue) if k < len(clause.line))


def _modals(clause: Clause) -> Iterator[Match]:
    """The "may", "might", "can", "could" of the main predicate, where it is not negated."""
    line = clause.line
    for at in clause.chain:
        for kid in clause.auxiliaries(at):
            negated = line.lower[kid + 1 : kid + 2] == ("not",) and line.lower[kid] in {"can", "could"}
            if line.lower[kid] in _MODALS and not negated and kid in clause.members:
                place = clause.tokens.index(kid)
                yield Match(place, place + 1, line.lower[kid])


_DEPEND = lexicon.group("condition", "depend")
_MARKS = lexicon.group("condition", "marks")
_ASKING = frozenset({"ask", "wonder", "question", "doubt"})
_SEEING = lexicon.group("role", "observed") - {"report"}
_MAYBE = lexicon.group("hedge", "adverbs")
_ADJECTIVES = lexicon.group("hedge", "adjectives")
_MODALS = lexicon.group("hedge", "modals")
_ADVERBS = lexicon.group("hedge", "aside")
_BETWEEN = frozenset({"also", "still", "now", "already", "only", "then", "therefore", "not"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "csubj"})
_TALK = lexicon.group("hedge", "talk")
_INTENT = lexicon.group("plan", "intent")
_PLAN = lexicon.group("plan", "plan")
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "this", "that", "these", "those", "such"})
_GOING_ROUND = frozenset({"be", "rumour", "rumor", "circulate", "spread", "go", "abound", "persist", "swirl"})
_UNCLEAR = frozenset({"unclear", "unknown", "uncertain"})
_WHAT = frozenset({"how", "what", "who", "where", "when", "why", "which", "whether", "if"})
_CONFIRMING = frozenset({"confirm", "know", "say", "clarify", "disclose", "specify"})
