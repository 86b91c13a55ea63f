"""Roles of what is told as a fact: judgements, sightings, states, acts."""

from __future__ import annotations

from tocsin.extract import lexicon
from tocsin.extract.stance_clause import Clause
from tocsin.extract.stance_judged import Found, Judged
from tocsin.model.claim import Role


def thought(one: Judged) -> Found | None:
    """What somebody judges, and what others dispute."""
    clause = one.clause
    if one.verb in lexicon.group("verbs", "judge") and not (one.verb in _COUNTING and one.counted):
        return Role.ASSESSMENT, one.verb
    if one.verb == "call":
        return (Role.OBSERVATION, "a count") if one.counted else (Role.ASSESSMENT, one.verb)
    source = one.said[-1].source if one.said else None
    if source is not None and source.stop - source.start == 1 and clause.line.lower[source.start] in _QUARRELLING:
        return Role.ASSESSMENT, clause.line.lower[source.start]
    lasting = _for_how_long(clause)
    if lasting:
        return Role.OBSERVATION, lasting
    match = lexicon.phrases("role", "judged_phrases").first(clause.words)
    if match:
        return Role.ASSESSMENT, match.phrase
    head = clause.head
    ought = next((w for k in clause.chain for w in clause.aux_words(k) if w in {"should", "ought", "shouldn't"}), "")
    if ought:
        return Role.ASSESSMENT, ought
    told_to = head == clause.tokens[0] and clause.line.syntax.tags[head] == "VB" and not clause.auxiliaries(head)
    if told_to and clause.subject(head) is None:
        return Role.ASSESSMENT, "imperative"
    if head >= 0 and clause.lemma(head) in _JUDGING and clause.line.syntax.upos[head] in {"VERB", "AUX"}:
        return Role.ASSESSMENT, clause.line.lower[head]
    for at in clause.chain[:1]:
        for noun in clause.kids(at, "obj"):
            if clause.lemma(noun) in _JUDGED_NOUNS or any(
                clause.lemma(k) in _JUDGED_ADJECTIVES for k in clause.kids(noun, "amod")
            ):
                return Role.ASSESSMENT, clause.line.lower[noun]
    return None


def _for_how_long(clause: Clause) -> str:
    """As in "stocks are sufficient for ten days": how long they last is a level, and no judgement."""
    line, syntax = clause.line, clause.line.syntax
    for at in clause.tokens:
        if line.lower[at] not in _SUFFICIENT:
            continue
        for k in clause.tokens:
            ahead = (
                at < k
                and clause.lemma(k) in _DURATIONS
                and any(line.lower[c] == "for" for c in syntax.children(k, "case"))
            )
            if ahead and any(syntax.upos[c] == "NUM" or line.lower[c] in {"a", "an"} for c in syntax.kids[k]):
                return f"{line.lower[at]} for"
    return ""


def noun(one: Judged) -> Found | None:
    """A statement without a predicate: a count, an act, a thing."""
    clause = one.clause
    if clause.chain:
        return None
    if clause.top >= 0 and clause.lemma(clause.top) in _PLANS and {"to", "for"} & set(clause.words):
        wish = clause.lemma(clause.top) in _INTENT_NOUNS
        return (Role.INTENT if wish else Role.PLAN), clause.line.lower[clause.top]
    if not one.denied and clause.top >= 0 and clause.lemma(clause.top) in _ACTS:
        return Role.EVENT, clause.line.lower[clause.top]
    if one.counted:
        return Role.OBSERVATION, "a count"
    if one.denied or one.verb in lexicon.group("verbs", "show"):
        return Role.OBSERVATION, one.verb if not one.denied else "no"
    if one.verb in _BLAMING and not {"for", "of"} & set(clause.words):  # "blamed the RSF": whose fault is a judgement
        return Role.ASSESSMENT, one.verb
    if clause.top >= 0 and one.verb in _BLAMING | _REPORTING:
        return Role.EVENT, clause.line.lower[clause.top]
    return Role.ASSESSMENT, "no verb"


def there_is(one: Judged) -> Found | None:
    """What there is and what is not there; a threat or a reason that there is, is a judgement."""
    clause = one.clause
    head = clause.head
    expletive = clause.line.syntax.child(head, "expl")
    if clause.lemma(head) not in {"be", "exist", "remain"} or expletive is None or clause.line.lower[expletive] == "it":
        return None
    thing = clause.subject(head)
    if thing is None:
        return Role.OBSERVATION, "there is"
    if clause.lemma(thing) in _JUDGED_NOUNS or any(
        clause.lemma(k) in _JUDGED_ADJECTIVES for k in clause.kids(thing, "amod")
    ):
        return Role.ASSESSMENT, clause.line.lower[thing]
    return Role.OBSERVATION, f"there {clause.line.lower[head]}"


def is_something(one: Judged) -> Found | None:
    """What somebody or something is: a state that can be seen or was counted, else a judgement of its nature."""
    clause = one.clause
    head = clause.head
    line, syntax = clause.line, clause.line.syntax
    becomes = clause.lemma(head) in {"become", "remain", "seem", "prove"} and not clause.passive(head)
    if not clause.copular(head) and not becomes:
        return None
    rest = clause.words[clause.tokens.index(head) :] if head in clause.members else clause.words
    predicate = head
    if becomes:
        predicate = next(iter(clause.kids(head, "xcomp", "obj", "obl", "advmod")), head)
    first = min(clause.under(predicate), default=predicate) if predicate != head else _predicate_start(clause, head)
    rest = [line.lower[k] for k in clause.tokens if k >= first]
    while rest and (rest[0] in _ADVERBS or rest[0].endswith("ly")):
        rest = rest[1:]
    verb = line.lower[head] if becomes else next(iter(clause.aux_words(head)), "is")
    if rest and rest[0] in _GONE:
        return (Role.EVENT, f"{verb} {rest[0]}") if rest[0] == "gone" else (Role.ASSESSMENT, f"{verb} {rest[0]}")
    state = lexicon.phrases("role", "state").at(rest, 0) if rest else None
    if state and not (state.phrase == "clear" and _understood(clause, head)):
        return Role.OBSERVATION, f"{verb} {state.phrase}"
    cases = [line.lower[k] for k in syntax.children(predicate, "case")]
    if any(case in _PLACING or case == "without" for case in cases) and not (
        set(rest[:3]) & {"use", "doubt", "question"}
    ):
        return Role.OBSERVATION, f"{verb} {cases[0]}"
    now = next((w for w in clause.words if w in {"now", "currently"}), "")
    dated = any(line.lower[k] in _DAYS for at in (head,) for k in clause.kids(at, "obl"))
    if now or dated:
        return Role.OBSERVATION, now or "on a day"
    if (_counts(one, predicate) or syntax.upos[predicate] == "NUM") and not {"as", "too", "than"} & set(rest[:3]):
        return Role.OBSERVATION, "a count"
    degree = next((line.lower[k] for k in clause.tokens if first <= k < predicate and line.lower[k] in _DEGREES), "")
    if degree:
        return Role.ASSESSMENT, degree
    participle = syntax.tags[predicate] == "VBN" and line.lower[predicate] not in _DESCRIBING
    if participle:
        return Role.OBSERVATION, f"{verb} {line.lower[predicate]}"
    return Role.ASSESSMENT, f"{verb} {rest[0]}" if rest else verb


def _understood(clause: Clause, head: int) -> bool:
    """As in "his message is clear", "this is clear": clear to the mind, not to the eye."""
    subject = clause.subject(head)
    if subject is None or clause.line.syntax.upos[subject] == "PRON":
        return True
    return clause.lemma(subject) in _ABSTRACT


def _counts(one: Judged, predicate: int) -> bool:
    """Does a figure count the subject, or stand in what is said of it?"""
    clause = one.clause
    subject = clause.subject(clause.head)
    if one.counted & (clause.under(predicate) - (clause.under(subject) if subject is not None else frozenset())):
        return True
    return subject is not None and any(k == subject or clause.line.syntax.heads[k] == subject for k in one.counted)


def _predicate_start(clause: Clause, head: int) -> int:
    """The first word after "is" of what somebody is."""
    copula = [k for k in clause.auxiliaries(head) if k < head]
    return copula[-1] + 1 if copula else head


def verb(one: Judged) -> Found | None:
    """What was seen, what goes on, what state something is in, what happened."""
    clause = one.clause
    line = clause.line
    head = clause.head
    core = clause.core
    lemma, word = clause.lemma(core), " ".join(dict.fromkeys([*clause.aux_words(core)[-1:], line.lower[core]]))
    if clause.lemma(head) in _OBSERVED and clause.line.syntax.upos[head] == "VERB":
        return Role.OBSERVATION, line.lower[head]
    if one.verb in _BLAMING:
        return Role.EVENT, word
    if one.denied and clause.lemma(head) in _FAILING and core != head:
        return Role.EVENT, line.lower[head]
    if clause.progressive(core):
        return Role.OBSERVATION, word
    if lemma in _STATIVE:
        return Role.OBSERVATION, word
    if not clause.past(core) and not clause.past(head):
        degree = next((line.lower[k] for k in clause.kids(core, "advmod") if line.lower[k] in _DEGREES), "")
        if degree and clause.passive(core):
            return Role.ASSESSMENT, degree
        due = (
            next((w for w in clause.words if w in {"tomorrow", "next"}), "")
            if clause.line.syntax.tags[core] in {"VBZ", "VBP"}
            else ""
        )
        return (Role.PLAN, due) if due else (Role.OBSERVATION, word)
    if one.denied and not any(said.verb in lexicon.group("verbs", "deny") for said in one.said):
        return Role.OBSERVATION, word
    subject = clause.subject(core) if clause.subject(core) is not None else clause.subject(head)
    if subject is not None and any(k == subject or line.syntax.heads[k] == subject for k in one.measured):
        return Role.OBSERVATION, "a count"
    if clause.perfect(core) and clause.passive(core) and _lasting(clause, core):
        return Role.OBSERVATION, word
    counted_subject = subject is not None and any(line.syntax.heads[k] == subject for k in one.counted)
    if lemma in _LEVEL and one.levels and not counted_subject:
        return Role.OBSERVATION, "a level"
    return Role.EVENT, word


def _lasting(clause: Clause, at: int) -> bool:
    """As in "has been closed for three weeks": what was done lasts."""
    syntax = clause.line.syntax
    return any(
        clause.lemma(k) in _DURATIONS and any(clause.line.lower[c] == "for" for c in syntax.children(k, "case"))
        for k in clause.kids(at, "obl")
    )


_DEGREES = frozenset(
    {"mostly", "largely", "badly", "poorly", "hardly", "barely", "fairly", "quite", "rather", "very", "highly", "too"}
)
_DAYS = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "morning",
        "night",
        "evening",
    }
)
_SUFFICIENT = frozenset({"sufficient", "enough", "adequate"})
_ABSTRACT = lexicon.group("role", "abstract")
_BLAMING = frozenset({"accuse", "blame"})
_REPORTING = lexicon.group("shape", "reporting")
_ADVERBS = lexicon.group("shape", "skipped") | {"mostly", "again", "all", "quite", "very", "only", "not", "n't"}
_DESCRIBING = lexicon.group("shape", "describing")
_OBSERVED = lexicon.group("role", "observed")
_STATIVE = lexicon.group("role", "stative")
_LEVEL = lexicon.group("role", "level")
_JUDGING = lexicon.group("role", "judging")
_JUDGED_NOUNS = lexicon.group("role", "judged_nouns")
_JUDGED_ADJECTIVES = lexicon.group("role", "judged_adjectives")
_INTENT_ADJECTIVES = lexicon.group("role", "intent_adjectives")
_INTENT_VERBS = lexicon.group("role", "intent_verbs")
_FORECAST_VERBS = lexicon.group("role", "forecast_verbs")
_INTENT_NOUNS = lexicon.group("plan", "intent_nouns")
_PLANS = lexicon.group("plan", "plan_nouns") | _INTENT_NOUNS
_COUNTING = lexicon.group("role", "counting")
_QUARRELLING = lexicon.group("role", "quarrelling")
_GONE = lexicon.group("role", "gone")
_PLACING = lexicon.group("role", "placing")
_ACTS = lexicon.group("role", "acts")
_FAILING = lexicon.group("denial", "failing")
_DURATIONS = frozenset({"hour", "day", "week", "month", "year", "night", "minute", "decade"})
