"""Plans: the words that make a statement one of something still to be done."""

from __future__ import annotations

from tocsin.extract import lexicon
from tocsin.extract.stance_clause import Clause


def planning(clause: Clause) -> str:
    """The words that make a statement one of a plan or a wish, "" if there are none."""
    line, syntax = clause.line, clause.line.syntax
    if syntax.tags[clause.tokens[0]] == "TO" and syntax.heads[clause.tokens[0]] in {clause.head, clause.top}:
        return "to" if clause.chain and syntax.tags[clause.head] == "VB" else ""
    for step, at in enumerate(clause.chain):
        lemma, word = clause.lemma(at), line.lower[at]
        due = next((line.lower[k] for k in clause.kids(at, "mark", "advmod") if line.lower[k] in _PLAN_PREDICATES), "")
        if due and clause.copular(at) and syntax.tags[at] == "VB":
            return f"{due} to"
        goal = clause.chain[step + 1] if step + 1 < len(clause.chain) else -1
        infinitive = goal >= 0 and any(line.lower[k] == "to" for k in syntax.children(goal, "mark"))
        if infinitive and not _undone(clause, at):
            if lemma in _INTENT | _PLAN and not (lemma == "set" and not clause.passive(at) and word != "set"):
                return f"{word} to"
            if lemma == "go" and word == "going":
                return "going to"
            if word in _PLAN_PREDICATES | _INTENT_PREDICATES:
                return f"{word} to"
        if word in _PLAN_PREDICATES | {"ready"} and any(
            line.lower[k] == "to" for k in range(at + 1, min(at + 2, len(line)))
        ):
            return f"{word} to"
        fixed = word in _FIXED or (word == "set" and line.lower[at + 1 : at + 2] == ("for",))
        if fixed and clause.auxiliaries(at) and not clause.perfect(at):
            return word
        if lemma in {"plan", "prepare"} and _act(clause, at):
            return f"{word} {line.lower[_act(clause, at)]}"
        if lemma in _HOLDING and any(clause.lemma(k) in _PLAN_NOUNS for k in clause.kids(at, "nsubj")):
            return word
        if lemma in _HAVING:
            noun = next(
                (k for k in clause.kids(at, "obj", "nsubj") if clause.lemma(k) in _NOUNS and _for_something(clause, k)),
                -1,
            )
            if noun >= 0 and not (lemma == "be" and clause.copular(at)):
                return f"{word} {line.lower[noun]}"
        if _to_be(clause, at):
            return f"{next((w for w in clause.aux_words(at) if w in _BE), 'is')} to"
    return ""


def _to_be(clause: Clause, at: int) -> bool:
    """As in "is to sail", "The aim is to frighten them"."""
    line = clause.line
    for k in (*clause.auxiliaries(at), at):
        if (
            line.lower[k] in _BE
            and line.lower[k + 1 : k + 2] == ("to",)
            and line.syntax.upos[k + 2 : k + 3] in _INFINITIVE
        ):
            subject = clause.subject(at)
            return subject is None or clause.lemma(subject) not in _NO_AIMS
    return False


def _act(clause: Clause, at: int) -> int:
    """What is planned or prepared, if it is an act or a thing: "planning a raid", "preparing for an attack"."""
    return next((k for k in clause.kids(at, "obj", "obl") if clause.lemma(k) in _ACTS), 0)


def _undone(clause: Clause, at: int) -> bool:
    """As in "had already been threatened to", "was asked to": done to the subject, so an act."""
    return clause.passive(at) and clause.lemma(at) in {"threaten", "promise"}


def _for_something(clause: Clause, noun: int) -> bool:
    """Does a noun of planning say for what: "plans to", "a decision to", "preparations for"?"""
    return any(clause.line.lower[k] in {"to", "for"} for k in clause.tokens if k > noun)


_INTENT = lexicon.group("plan", "intent")
_PLAN = lexicon.group("plan", "plan")
_PLAN_PREDICATES = lexicon.group("plan", "plan_predicates")
_INTENT_PREDICATES = lexicon.group("plan", "intent_predicates")
_PLAN_NOUNS = lexicon.group("plan", "plan_nouns")
_NOUNS = _PLAN_NOUNS | lexicon.group("plan", "intent_nouns")
_HAVING = lexicon.group("plan", "having")
_HOLDING = lexicon.group("plan", "holding")
_ACTS = lexicon.group("plan", "act_nouns")
_BE = frozenset({"is", "are", "was", "were"})
_INFINITIVE = (("VERB",), ("AUX",), ("ADJ",))
_NO_AIMS = frozenset({"way", "condition", "option", "problem", "point", "idea"})
_FIXED = frozenset({"scheduled", "planned", "slated", "due"})
