"""Roles of what is not told as a fact: questions, rumours, history, needs, plans, wishes, forecasts, what is unsure."""

from __future__ import annotations

import re

from tocsin.extract import lexicon
from tocsin.extract.stance_clause import Clause
from tocsin.extract.stance_judged import Found, Judged
from tocsin.extract.stance_plan import planning
from tocsin.extract.subject import antecedent
from tocsin.model.claim import Modality, Role


def unanswered(one: Judged) -> Found | None:
    """Questions and rumours."""
    clause = one.clause
    if one.modality is Modality.QUESTION:
        ahead = next((w for k in clause.chain for w in clause.aux_words(k) if w in _WILL), "") or planning(clause)
        ahead = ahead or next(
            (w for w in clause.words if w in {"will", "going"} or (w == "would" and not clause.chain)), ""
        )
        return (Role.FORECAST, ahead) if ahead else (Role.ASSESSMENT, "question")
    return (Role.RUMOUR, "rumour") if one.modality is Modality.REPORTED_RUMOUR else None


def needed(one: Judged) -> Found | None:
    """What is needed, and what something depends on; a condition that somebody met or did not meet is an event."""
    clause = one.clause
    for at in clause.chain:
        lemma, line = clause.lemma(at), clause.line
        if lemma in _DEPEND:
            return Role.REQUIREMENT, f"{line.lower[at]} on"
        if lemma == "take" and not one.denied and _takes(one, at):
            return Role.REQUIREMENT, line.lower[at]
        if lemma in {"need", "require", "necessitate"} and line.syntax.upos[at] in {"VERB", "AUX"} and not one.denied:
            return Role.REQUIREMENT, line.lower[at]
        if "must" in clause.aux_words(at):
            return Role.REQUIREMENT, "must"
    if one.modality is Modality.CONDITIONAL and ({"unless", "without"} & set(clause.words) or "only" in clause.words):
        return Role.REQUIREMENT, next(w for w in clause.words if w in {"unless", "without", "only"})
    head = clause.head
    if head < 0 or clause.copular(head) or clause.lemma(head) in {"be", "remain", "have", "become"}:
        match = lexicon.phrases("role", "requirement_words").first(clause.words)
        if match and (match.stop - match.start > 1 or clause.tokens[match.start] in _weighty(clause)):
            return Role.REQUIREMENT, match.phrase
    return None


def _weighty(clause: Clause) -> set[int]:
    """The main predicate and its subject."""
    return {*clause.chain, *(k for at in clause.chain for k in clause.kids(at, "nsubj")), clause.top}


def _takes(one: Judged, at: int) -> bool:
    """As in "it takes two days to move them", "repairs would take four months"."""
    clause = one.clause
    things = clause.kids(at, "obj")
    lasts = any(clause.lemma(k) in _DURATIONS for k in things)
    subject = clause.subject(at)
    return lasts or (
        subject is not None and clause.line.lower[subject] == "it" and len(clause.chain) > 1 and not clause.past(at)
    )


def past(one: Judged) -> Found | None:
    """History: a year long past, what used to be, what something consists of, what one has long felt."""
    clause = one.clause
    if one.modality not in {Modality.ASSERTED, Modality.PLANNED}:
        return None
    year = next((k for k in clause.tokens if _bygone(one, k)), -1)
    if year >= 0 and not one.denied:
        return Role.BACKGROUND, clause.line.lower[year]
    if one.modality is Modality.PLANNED:
        return None
    head = clause.head
    if head >= 0:
        lemma = clause.lemma(head)
        if lemma in _COMPOSITION and not clause.past(head) and not clause.future(head) and not one.denied:
            return Role.BACKGROUND, clause.line.lower[head]
        if lemma in _ATTITUDE and {"long", "always"} & set(clause.line.lower[max(0, head - _NEAR) : head]):
            return Role.BACKGROUND, clause.line.lower[head]
    match = lexicon.phrases("role", "background").first(clause.words)
    if match is None or (match.phrase == "in the past" and match.stop < len(clause.words)):
        return None
    if match.phrase == "used to" and clause.aux_words(clause.tokens[match.start]):
        return None  # "is used to launch missiles"
    return Role.BACKGROUND, match.phrase


def _bygone(one: Judged, at: int) -> bool:
    """Is it a year long past, and the time of the statement: "in 1997", not "the 1997 treaty"?"""
    clause, syntax = one.clause, one.clause.line.syntax
    word = clause.line.lower[at]
    if one.year is None or _YEAR.fullmatch(word) is None or int(word) > one.year - _LONG_AGO:
        return False
    cases = {clause.line.lower[k] for k in syntax.children(at, "case")}
    dated = cases & _TEMPORAL or (syntax.relation(at) == "nmod" and syntax.upos[syntax.heads[at]] == "PROPN")
    compared = {"than", "as"} & cases
    described = any(
        syntax.labels[k] == "acl:relcl" for k in syntax.above(at) if k in clause.members and k not in clause.chain
    )
    return bool(dated) and not compared and not described


def wished(one: Judged) -> Found | None:
    """Plans and wishes, by the word that governs the statement."""
    clause = one.clause
    why = planning(clause)
    if one.modality is Modality.PLANNED or (one.modality is Modality.ASSERTED and one.denied and why):
        wish = _wish(clause)
        if one.denied and not wish and clause.chain and clause.lemma(clause.head) in _OBSERVED | {"be", "have"}:
            return None  # no plan was seen, nothing is being prepared
        undertaken = one.verb in lexicon.group("verbs", "undertake") and not why
        return (Role.INTENT, wish or why or one.verb) if wish or undertaken else (Role.PLAN, why or "planned")
    if one.modality in _UNSURE:
        return None
    for at in clause.chain[:1]:
        lemma, word = clause.lemma(at), clause.line.lower[at]
        under_way = clause.progressive(at) and len(clause.chain) == 1
        if lemma == "oppose" and _fought(clause, at):
            return None
        if lemma in _INTENT_VERBS and not under_way and not (lemma == "seek" and clause.past(at)):
            return Role.INTENT, word
        if word in _INTENT_ADJECTIVES and (clause.copular(at) or word == "against"):
            return Role.INTENT, word
        if any(clause.line.lower[k] == "against" for k in clause.kids(at, "case")) and clause.copular(at):
            return Role.INTENT, "against"
        if lemma == "need" and one.denied:
            return Role.INTENT, f"not {word}"
        subject = clause.subject(at)
        if (
            subject is not None
            and clause.lemma(subject) in _INTENT_NOUNS
            and "to" in (clause.line.lower[k] for k in clause.line.syntax.children(at, "mark"))
        ):
            return Role.INTENT, clause.line.lower[subject]
    return (Role.INTENT, why) if why == "to" else None


def _fought(clause: Clause, at: int) -> bool:
    """As in "the fighting has opposed the army to the rebels": it was fought; nobody is against anything."""
    subject = clause.subject(at)
    return subject is not None and clause.lemma(antecedent(clause.line, subject, at)) in _FIGHTING


def _wish(clause: Clause) -> str:
    """The word by which a plan is somebody's wish or decision rather than a plan on paper."""
    for at in clause.chain:
        lemma, word = clause.lemma(at), clause.line.lower[at]
        if lemma in _INTENT or word in _READY:
            return word
        if lemma in {"plan", "prepare", "schedule"} or word in {"going", "about", "due", "set"}:
            return ""
        for noun in (*clause.kids(at, "obj"), *clause.line.syntax.children(at, "nsubj")):
            if clause.lemma(noun) in _INTENT_NOUNS:
                return clause.line.lower[noun]
        if lemma in _GIVEN_UP:
            return word
    return "to" if clause.words[0] == "to" else ""


def foretold(one: Judged) -> Found | None:
    """What will be, unless somebody plans it."""
    clause = one.clause
    for at in clause.chain:
        future = clause.future(at)
        if future:
            return Role.FORECAST, future
    if one.verb in lexicon.group("verbs", "demand") and one.modality is Modality.HYPOTHETICAL:
        return Role.INTENT, one.verb
    would = next((w for at in clause.chain for w in clause.aux_words(at) if w in {"would", "'d", "wouldn't"}), "")
    if would and "have" not in (w for at in clause.chain for w in clause.aux_words(at)):
        return Role.FORECAST, would
    expected = next((clause.line.lower[k] for k in clause.chain if clause.lemma(k) in _FORECAST_VERBS), "")
    if expected:
        return Role.FORECAST, expected
    if one.verb in _FORETELLING | _FORECAST_VERBS and not _tensed(clause):
        return Role.FORECAST, one.verb
    thought = clause.kids(clause.head, "ccomp") if clause.chain and one.modality is not Modality.ASSERTED else ()
    ahead = next((w for k in thought for w in clause.aux_words(k) if w in {"will", "would"}), "")
    return (Role.FORECAST, ahead) if ahead else None


def _tensed(clause: Clause) -> bool:
    return any(
        clause.line.syntax.tags[k] in {"VBD", "VBZ", "VBP", "MD"}
        for at in clause.chain
        for k in (at, *clause.auxiliaries(at))
    )


def unsure(one: Judged) -> Found | None:
    """What is not put as sure: a forecast where it is still to come, else a judgement."""
    if one.modality not in _UNSURE:
        return None
    clause = one.clause
    ahead = next((w for w in clause.words if w in _AHEAD), "")
    stative = (
        clause.core >= 0
        and (clause.copular(clause.core) or clause.past(clause.core))
        and "be" not in clause.aux_words(clause.core)
    )
    if ahead and not stative and one.modality is not Modality.HYPOTHETICAL:
        return Role.FORECAST, ahead
    return Role.ASSESSMENT, one.modality.value


_NEAR = 3
"""Words before a verb that may qualify it."""
_LONG_AGO = 2
"""A year at least so far back makes history."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNSURE = frozenset(
    {Modality.LIKELY, Modality.UNLIKELY, Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.CONDITIONAL}
)
_TEMPORAL = frozenset({"in", "since", "until", "till", "from", "during", "before", "after", "by", "of"})
_WILL = frozenset({"will", "would", "shall", "'ll"})
_AHEAD = frozenset({"will", "still", "soon", "tomorrow", "next", "within", "coming", "imminent", "again"})
_DURATIONS = frozenset({"hour", "day", "week", "month", "year", "night", "minute"})
_DEPEND = lexicon.group("condition", "depend")
_COMPOSITION = lexicon.group("role", "composition")
_ATTITUDE = lexicon.group("role", "attitude")
_OBSERVED = lexicon.group("role", "observed")
_FORETELLING = lexicon.group("role", "foretelling")
_FIGHTING = lexicon.group("role", "fighting")
_INTENT = lexicon.group("plan", "intent")
_READY = lexicon.group("plan", "intent_predicates")
_INTENT_NOUNS = lexicon.group("plan", "intent_nouns")
_GIVEN_UP = lexicon.group("denial", "given_up")
_INTENT_ADJECTIVES = lexicon.group("role", "intent_adjectives")
_INTENT_VERBS = lexicon.group("role", "intent_verbs")
_FORECAST_VERBS = lexicon.group("role", "forecast_verbs")
