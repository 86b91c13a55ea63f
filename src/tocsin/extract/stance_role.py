"""Role: what kind of saying a statement is, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Tense
from tocsin.extract.said import Said
from tocsin.model.claim import Modality, Role

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NEAR = 4
"""A word this many words after the main verb at most belongs to it."""
_UNSURE = frozenset(
    {Modality.LIKELY, Modality.UNLIKELY, Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.CONDITIONAL}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of a statement before its role: its main verb, its modality, who says it, what it counts."""

    words: list[str]
    head: int
    modality: Modality
    denied: bool
    said: Sequence[Said]
    counted: bool
    year: int | None

    @property
    def verb(self) -> str:
        """The verb of saying next to the statement."""
        return self.said[-1].verb if self.said else ""

    @property
    def predicate(self) -> str:
        """The main finite verb."""
        return self.words[self.head] if self.head >= 0 else ""

    @property
    def past_year(self) -> str:
        """A year before that of publication; in "the 1997 treaty" it only names."""
        if self.year is None:
            return ""
        for before, word in pairwise(("in", *self.words)):
            if _YEAR.fullmatch(word) and int(word) < self.year and before not in {"the", "its", "their", "his", "a"}:
                return word
        return ""

    def first(self, key: str) -> str:
        """The first phrase of a list that stands in the statement."""
        match = lexicon.phrases("role", key).first(self.words)
        return match.phrase if match else ""


def role(one: Judged) -> tuple[Role, str]:
    """The kind of saying, and the words that decided. The order of the tests is the order of precedence."""
    return _ahead(one) or _wished(one) or _judged(one) or _seen(one)


def _ahead(one: Judged) -> tuple[Role, str] | None:
    """Questions, rumours, history, needs, plans, forecasts, and whatever is not put as sure."""
    words, head = one.words, one.head
    if one.modality is Modality.QUESTION:
        ahead = next((word for word in words if word in {"will", "would"} or word == "going"), "")
        return (Role.FORECAST, ahead) if ahead else (Role.BACKGROUND, "question")
    if one.modality is Modality.REPORTED_RUMOUR:
        return Role.RUMOUR, "rumour"
    past = one.past_year
    if past:
        return Role.BACKGROUND, past
    required = _required(one)
    if required:
        return Role.REQUIREMENT, required
    if one.modality is Modality.PLANNED:
        wish = lexicon.phrases("role", "intent").first(words)
        if wish and head >= 0 and wish.start <= head + 2 and "plan" not in " ".join(words):
            return Role.INTENT, wish.phrase
        return Role.PLAN, one.first("plan") or one.first("intent") or "planned"
    will = next((w for w in words[head : head + 2] if w in {"will", "won't", "shall"}), "") if head >= 0 else ""
    if will:
        return Role.FORECAST, will
    demanded = one.verb in lexicon.group("verbs", "demand")
    if one.modality is Modality.HYPOTHETICAL and one.said and "would" in words and not demanded:
        return Role.FORECAST, "would"
    if one.modality in _UNSURE:
        return (Role.INTENT, one.verb) if demanded else (Role.ASSESSMENT, one.modality.value)
    return None


def _required(one: Judged) -> str:
    """What is needed; a condition that somebody met or did not meet is an event."""
    for match in lexicon.phrases("role", "requirement").find(one.words):
        thing = match.phrase.split()[-1] in {"condition", "requirement", "prerequisite", "precondition"}
        if not thing or one.head < 0 or one.predicate in _COPULA | {"has", "have"}:
            return match.phrase
    return ""


def _wished(one: Judged) -> tuple[Role, str] | None:
    """What somebody wants, foretells or plans, as the main verb says."""
    words, head = one.words, one.head
    wish = lexicon.phrases("role", "intent").first(words)
    if wish and (head < 0 or wish.start <= head + _NEAR + 1) and not _doing_it(one, wish.start):
        return Role.INTENT, wish.phrase
    foretold = next(
        (m for m in lexicon.phrases("role", "forecast").find(words) if m.phrase != "soon" and _main(one, m.start)), None
    )
    if foretold:
        return Role.FORECAST, foretold.phrase
    plan = lexicon.phrases("role", "plan").first(words)
    if not plan or head < 0 or plan.start > head + _NEAR:
        return None
    given = plan.phrase in {"instructed", "ordered"} and plan.start == head
    unseen = one.denied and plan.start > head + 2 and words[plan.start - 1] not in _PERSIST
    return None if given or unseen else (Role.PLAN, plan.phrase)


def _doing_it(one: Judged, at: int) -> bool:
    """As in "is seeking talks": under way, so that somebody may see it; "is seeking to" is a wish."""
    words = one.words
    return words[at] == "seeking" and one.predicate in _BE and words[at + 1 : at + 2] != ["to"] and at > one.head >= 0


def _main(one: Judged, at: int) -> bool:
    """Does a word belong to the main clause, not to "where the riders will cross" or "warnings that …"?"""
    return one.head < 0 or not any(word in _INNER for word in one.words[one.head + 1 : at])


def _judged(one: Judged) -> tuple[Role, str] | None:
    """A sighting, a judgement, or the past."""
    words, head = one.words, one.head
    observed, judged = one.first("observed"), one.first("assessment")
    if observed and not (judged and (observed in _EXISTS or (not one.denied and one.predicate in _COPULA))):
        return Role.OBSERVATION, observed
    if judged:
        return Role.ASSESSMENT, judged
    thought = next((w for w in words[head : head + 3] if lexicon.lemmas(w, verbs="judge")), "") if head >= 0 else ""
    if thought and not one.counted:
        return Role.ASSESSMENT, thought
    if one.verb in lexicon.group("verbs", "judge") and not (one.verb in _COUNTING and one.counted):
        return Role.ASSESSMENT, one.verb
    past = one.first("background")
    return (Role.BACKGROUND, past) if past else None


def _seen(one: Judged) -> tuple[Role, str]:
    """What happened, what is going on, the state something is in; else a judgement of its nature."""
    words, head = one.words, one.head
    happened = _happened(words, head)
    if happened:
        return (Role.OBSERVATION if one.denied else Role.EVENT), happened
    if head >= 0 and one.predicate in _COPULA:
        state = _doing(words, head) or _state(words, head)
        if state:
            return Role.OBSERVATION, state
        return (Role.OBSERVATION, "a count") if one.counted else (Role.ASSESSMENT, one.predicate)
    if head < 0 and words[:1] == ["to"]:
        return Role.INTENT, "to"
    if head < 0:
        if one.counted:
            return Role.OBSERVATION, "a count"
        if one.denied or one.verb in _REPORTING or one.verb in _BLAMING:
            seen = one.denied or one.verb in lexicon.group("verbs", "show")
            return (Role.OBSERVATION if seen else Role.EVENT), one.verb or "no"
        return Role.BACKGROUND, "no verb"
    return Role.OBSERVATION, one.predicate


def _happened(words: list[str], head: int) -> str:
    """The verb of something that happened: past, perfect, or passive in the past."""
    if head < 0:
        return ""
    word = words[head]
    rest = words[head + 1 : head + 5]
    if word == "could" and "not" in rest[:1]:
        return next((f"could not {near}" for near in rest[1:] if _is(near, Tense.BASE)), "")
    if word not in _PAST_AUXILIARIES:
        return word if _is(word, Tense.PAST) else ""
    for place, near in enumerate(rest):
        if near.endswith("ed") and rest[place + 1 : place + 2] == ["by"]:
            return f"{word} {near}"
        if _is(near, Tense.PARTICIPLE) or (word.startswith("did") and _is(near, Tense.BASE)) or _unknown_ed(near):
            return f"{word} {near}"
        if _is(near, Tense.ING) and near != "being" and (word.startswith("w") or "been" in rest):
            return f"{word} {near}"
        if near not in _SKIPPED and not near.endswith("ly"):
            return ""
    return ""


def _is(word: str, tense: Tense) -> bool:
    return any(form.tense is tense for form in lexicon.forms().get(word, ()))


def _unknown_ed(word: str) -> bool:
    """A participle of a verb not listed: "rerouted", "reassigned"; "limited" and "worried" describe."""
    return word.endswith("ed") and len(word) > 5 and word not in _DESCRIBING and word not in lexicon.forms()


def _doing(words: list[str], head: int) -> str:
    """As in "is forming": something going on."""
    if "being" in words[head + 1 : head + 4]:
        return f"{words[head]} being"
    for near in words[head + 1 : head + 4]:
        if _is(near, Tense.ING) or (near.endswith("ing") and len(near) > 5 and near not in _NO_DOING):
            return f"{words[head]} {near}"
        if near not in _SKIPPED and not near.endswith("ly"):
            return ""
    return ""


def _state(words: list[str], head: int) -> str:
    """As in "is closed", "are at the ford", "is quiet now": a state anybody on the spot could see."""
    rest = [w for w in words[head + 1 :] if w not in _SKIPPED and not (w.endswith("ly") and len(w) > 4)]
    if not rest:
        return ""
    match = lexicon.phrases("role", "state").at(rest, 0)
    if match:
        return f"{words[head]} {match.phrase}"
    if rest[0] in _PLACING and len(rest) > 1:
        return f"{words[head]} {rest[0]}"
    participle = _is(rest[0], Tense.PARTICIPLE) or _unknown_ed(rest[0])
    if participle and rest[0] not in _DESCRIBING:
        return f"{words[head]} {rest[0]}"
    now = next((w for w in words[head + 1 :] if w in {"now", "currently"}), "")
    return f"{words[head]} {now}" if now else ""


_BE = lexicon.group("shape", "be")
_COPULA = lexicon.group("shape", "copula")
_EXISTS = frozenset({"there is", "there are", "there was", "there were"})
_PERSIST = lexicon.group("stance", "persist")
_SKIPPED = lexicon.group("shape", "skipped")
_REPORTING = lexicon.group("shape", "reporting")
_COUNTING = frozenset({"estimate", "reckon", "calculate", "believe", "think", "assess"})
_BLAMING = frozenset({"accuse", "blame"})
_INNER = frozenset({"where", "when", "whether", "that", "who", "which", "how", "what", "if"})
_PAST_AUXILIARIES = lexicon.group("shape", "past_auxiliaries")
_DESCRIBING = lexicon.group("shape", "describing")
_NO_DOING = frozenset({"nothing", "something", "anything", "everything", "morning", "evening", "spring", "string"})
_PLACING = lexicon.group("shape", "placing")
