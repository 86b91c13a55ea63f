"""Role: what kind of saying a statement is, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.said import Said
from tocsin.extract.stance_clause import Clause
from tocsin.extract.stance_mode import planning
from tocsin.model.claim import Modality, Role

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNSURE = frozenset(
    {Modality.LIKELY, Modality.UNLIKELY, Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.CONDITIONAL}
)
_Found = tuple[Role, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of a statement before its role.

    Attributes:
        clause: The statement.
        modality: How surely it is put.
        denied: Whether its main predicate is denied.
        said: The attributions around it, outermost first.
        counted: The tokens of the figures in it.
        measured: Of these, the shares and the figures known within bounds only.
        shares: Whether one of them is a share or a sum of money.
        year: The year of publication, if known.
    """

    clause: Clause
    modality: Modality
    denied: bool
    said: Sequence[Said]
    counted: frozenset[int]
    measured: frozenset[int]
    shares: bool
    year: int | None

    @property
    def verb(self) -> str:
        """The verb of saying next to the statement."""
        return self.said[-1].verb if self.said else ""


def role(one: Judged) -> _Found:
    """The kind of saying, and the words that decided. The order of the tests is the order of precedence."""
    tests: tuple[Callable[[Judged], _Found | None], ...] = (
        _open,
        _past,
        _needed,
        _wished,
        _foretold,
        _unsure,
        _thought,
        _noun,
        _there_is,
        _is_something,
        _verb,
    )
    return next((found for test in tests if (found := test(one)) is not None), (Role.OBSERVATION, ""))


def _open(one: Judged) -> _Found | None:
    """Questions and rumours."""
    clause = one.clause
    if one.modality is Modality.QUESTION:
        ahead = next((w for k in clause.chain for w in clause.aux_words(k) if w in _WILL), "") or planning(clause)
        ahead = ahead or next(
            (w for w in clause.words if w in {"will", "going"} or (w == "would" and not clause.chain)), ""
        )
        return (Role.FORECAST, ahead) if ahead else (Role.ASSESSMENT, "question")
    return (Role.RUMOUR, "rumour") if one.modality is Modality.REPORTED_RUMOUR else None


def _needed(one: Judged) -> _Found | None:
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


def _past(one: Judged) -> _Found | None:
    """History: a year long past, what used to be, what something consists of, what one has long felt."""
    clause = one.clause
    if one.modality not in {Modality.ASSERTED, Modality.PLANNED}:
        return None
    year = next((k for k in clause.tokens if _bygone(one, k)), -1)
    if year >= 0:
        return Role.BACKGROUND, clause.line.lower[year]
    if one.modality is Modality.PLANNED:
        return None
    head = clause.head
    if head >= 0:
        lemma = clause.lemma(head)
        if lemma in _COMPOSITION and not clause.past(head) and not clause.future(head) and not one.denied:
            return Role.BACKGROUND, clause.line.lower[head]
        if lemma in _ATTITUDE and {"long", "always"} & set(clause.words):
            return Role.BACKGROUND, clause.line.lower[head]
    match = lexicon.phrases("role", "background").first(clause.words)
    if match is None or (match.phrase == "in the past" and match.stop < len(clause.words)):
        return None
    return Role.BACKGROUND, match.phrase


def _bygone(one: Judged, at: int) -> bool:
    """Is it a year before that of publication, and the time of the statement: "in 1997", not "the 1997 treaty"?"""
    clause, syntax = one.clause, one.clause.line.syntax
    word = clause.line.lower[at]
    if one.year is None or _YEAR.fullmatch(word) is None or int(word) >= one.year:
        return False
    cases = {clause.line.lower[k] for k in syntax.children(at, "case")}
    dated = cases & _TEMPORAL or syntax.relation(at) == "nmod" and syntax.upos[syntax.heads[at]] == "PROPN"
    compared = {"than", "as"} & cases
    described = any(
        syntax.labels[k] == "acl:relcl" for k in syntax.above(at) if k in clause.members and k not in clause.chain
    )
    return bool(dated) and not compared and not described


def _wished(one: Judged) -> _Found | None:
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
    if clause.words[0] == "to":
        return Role.INTENT, "to"
    return None


def _wish(clause: Clause) -> str:
    """The word by which a plan is somebody's wish or decision rather than a plan on paper."""
    for at in clause.chain:
        lemma, word = clause.lemma(at), clause.line.lower[at]
        if lemma in _INTENT or word in _READY:
            return word
        if lemma in {"plan", "prepare", "schedule"} or word in {"going", "about", "due", "set"}:
            return ""
        for noun in clause.kids(at, "obj", "nsubj"):
            if clause.lemma(noun) in _INTENT_NOUNS:
                return clause.line.lower[noun]
        if lemma in _GIVEN_UP:
            return word
    return "to" if clause.words[0] == "to" else ""


def _foretold(one: Judged) -> _Found | None:
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


def _unsure(one: Judged) -> _Found | None:
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


def _thought(one: Judged) -> _Found | None:
    """What somebody judges, and what others dispute."""
    clause = one.clause
    if one.verb in lexicon.group("verbs", "judge") and not (one.verb in _COUNTING and one.counted):
        return Role.ASSESSMENT, one.verb
    if one.verb == "call":
        return (Role.OBSERVATION, "a count") if one.counted else (Role.ASSESSMENT, one.verb)
    source = one.said[-1].source if one.said else None
    if source is not None and source.stop - source.start == 1 and clause.line.lower[source.start] in _QUARRELLING:
        return Role.ASSESSMENT, clause.line.lower[source.start]
    match = lexicon.phrases("role", "judged_phrases").first(clause.words)
    if match:
        return Role.ASSESSMENT, match.phrase
    head = clause.head
    if head >= 0 and clause.lemma(head) in _JUDGING and clause.line.syntax.upos[head] in {"VERB", "AUX"}:
        return Role.ASSESSMENT, clause.line.lower[head]
    for at in clause.chain[:1]:
        for noun in clause.kids(at, "obj"):
            if clause.lemma(noun) in _JUDGED_NOUNS or any(
                clause.lemma(k) in _JUDGED_ADJECTIVES for k in clause.kids(noun, "amod")
            ):
                return Role.ASSESSMENT, clause.line.lower[noun]
    return None


def _noun(one: Judged) -> _Found | None:
    """A statement without a predicate: a count, an act, a thing."""
    clause = one.clause
    if clause.chain:
        return None
    if one.counted:
        return Role.OBSERVATION, "a count"
    if one.denied or one.verb in lexicon.group("verbs", "show"):
        return Role.OBSERVATION, one.verb if not one.denied else "no"
    if clause.top >= 0 and (clause.lemma(clause.top) in _ACTS or one.verb in _BLAMING | _REPORTING):
        return Role.EVENT, clause.line.lower[clause.top]
    return Role.ASSESSMENT, "no verb"


def _there_is(one: Judged) -> _Found | None:
    """What there is and what is not there; a threat or a reason that there is, is a judgement."""
    clause = one.clause
    head = clause.head
    if clause.lemma(head) not in {"be", "exist", "remain"} or clause.line.syntax.child(head, "expl") is None:
        return None
    thing = clause.subject(head)
    if thing is None:
        return Role.OBSERVATION, "there is"
    if clause.lemma(thing) in _JUDGED_NOUNS or any(
        clause.lemma(k) in _JUDGED_ADJECTIVES for k in clause.kids(thing, "amod")
    ):
        return Role.ASSESSMENT, clause.line.lower[thing]
    return Role.OBSERVATION, f"there {clause.line.lower[head]}"


def _is_something(one: Judged) -> _Found | None:
    """What somebody or something is: a state that can be seen or was counted, else a judgement of its nature."""
    clause = one.clause
    head = clause.head
    line, syntax = clause.line, clause.line.syntax
    becomes = clause.lemma(head) in {"become", "remain", "stay", "seem", "prove"} and not clause.passive(head)
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
    if state:
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
    if _counts(one, predicate) and not {"as", "too", "than"} & set(rest[:3]):
        return Role.OBSERVATION, "a count"
    degree = next((line.lower[k] for k in clause.tokens if first <= k < predicate and line.lower[k] in _DEGREES), "")
    if degree:
        return Role.ASSESSMENT, degree
    participle = syntax.tags[predicate] == "VBN" and line.lower[predicate] not in _DESCRIBING
    if participle:
        return Role.OBSERVATION, f"{verb} {line.lower[predicate]}"
    return Role.ASSESSMENT, f"{verb} {rest[0]}" if rest else verb


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


def _verb(one: Judged) -> _Found | None:
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
    if lemma in _STATIVE and not (clause.perfect(core) and clause.lemma(core) != "have"):
        return Role.OBSERVATION, word
    if not clause.past(core) and not clause.past(head):
        return Role.OBSERVATION, word
    if one.denied and one.verb not in lexicon.group("verbs", "deny"):
        return Role.OBSERVATION, word
    subject = clause.subject(core) if clause.subject(core) is not None else clause.subject(head)
    if subject is not None and one.measured & clause.under(subject):
        return Role.OBSERVATION, "a count"
    if lemma in _LEVEL and one.shares:
        return Role.OBSERVATION, "a level"
    return Role.EVENT, word


_TEMPORAL = frozenset({"in", "since", "until", "till", "from", "during", "before", "after", "by", "of"})
_DEGREES = frozenset(
    {"mostly", "largely", "badly", "poorly", "hardly", "barely", "fairly", "quite", "rather", "very", "highly", "too"}
)
_WILL = frozenset({"will", "would", "shall", "'ll"})
_AHEAD = frozenset({"will", "still", "soon", "tomorrow", "next", "within", "coming", "imminent", "again"})
_DURATIONS = frozenset({"hour", "day", "week", "month", "year", "night", "minute"})
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
_BLAMING = frozenset({"accuse", "blame"})
_REPORTING = lexicon.group("shape", "reporting")
_ADVERBS = lexicon.group("shape", "skipped") | {"mostly", "again", "all", "quite", "very", "only", "not", "n't"}
_DESCRIBING = lexicon.group("shape", "describing")
_DEPEND = lexicon.group("condition", "depend")
_COMPOSITION = lexicon.group("role", "composition")
_ATTITUDE = lexicon.group("role", "attitude")
_OBSERVED = lexicon.group("role", "observed")
_STATIVE = lexicon.group("role", "stative")
_LEVEL = lexicon.group("role", "level")
_JUDGING = lexicon.group("role", "judging")
_JUDGED_NOUNS = lexicon.group("role", "judged_nouns")
_JUDGED_ADJECTIVES = lexicon.group("role", "judged_adjectives")
_INTENT_ADJECTIVES = lexicon.group("role", "intent_adjectives")
_INTENT_VERBS = lexicon.group("role", "intent_verbs")
_FORECAST_VERBS = lexicon.group("role", "forecast_verbs")
_FORETELLING = lexicon.group("role", "foretelling")
_COUNTING = lexicon.group("role", "counting")
_QUARRELLING = lexicon.group("role", "quarrelling")
_GONE = lexicon.group("role", "gone")
_PLACING = lexicon.group("role", "placing")
_ACTS = lexicon.group("role", "acts")
_INTENT = lexicon.group("plan", "intent")
_READY = lexicon.group("plan", "intent_predicates")
_INTENT_NOUNS = lexicon.group("plan", "intent_nouns")
_GIVEN_UP = lexicon.group("denial", "given_up")
_FAILING = lexicon.group("denial", "failing")
