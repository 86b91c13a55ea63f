"""Stance: is a statement affirmed or denied, how surely is it put, and what kind of saying is it?

Each answer names the words that decided it. The numbers are those of docs/method.md where it has them
("hedge words in a claim"); the others are judgements, kept here as named constants.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Match, Tense
from tocsin.extract.line import Line
from tocsin.extract.proposition import Proposition
from tocsin.extract.said import Said
from tocsin.model.claim import Modality, Polarity, Role

POSSIBLE = 0.2
"""Weight of "possible", "may", "perhaps": between "about even" (0) and "likely" (.4)."""
PLANNED = 0.5
CONDITIONAL = 0.3
HYPOTHETICAL = 0.2
RUMOUR = 0.2
UNHEDGED_LIKELY = 0.4
UNHEDGED_UNLIKELY = 0.6
SECOND_HAND = 0.8
"""Factor where the outlet heard it from somebody who heard it from somebody else."""
NOT_SAID = 0.0
"""Weight of what a voice is reported not to have said."""

_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Stance:
    """Polarity, modality and role of one statement, with its hedge, its weight (0 to 1) and the reasons."""

    polarity: Polarity
    modality: Modality
    role: Role
    hedge: str | None
    weight: float
    because: tuple[str, ...]


def stance(line: Line, proposition: Proposition, said: Sequence[Said], *, counted: bool, year: int | None) -> Stance:
    """Judge one statement from its words and the attributions around it, outermost first.

    Args:
        line: The sentence.
        proposition: The statement in it.
        said: The attributions the statement stands under.
        counted: Whether a figure stands in the statement.
        year: The year of publication, if known: an earlier year named makes it background.
    """
    tokens = [index for index in proposition.tokens if not line.is_quote(index)]
    words = [line.lower[index] for index in tokens]
    finite = [line.is_finite(index) for index in tokens]
    head = _main(words, finite)
    denied, why_denied = _denied(words, head)
    for one in said:
        if one.verb in lexicon.group("verbs", "deny") and not one.negated:
            denied = not denied
            why_denied = one.verb
        if one.negated and one.verb in lexicon.group("verbs", "raising"):
            denied = not denied
            why_denied = f"not {one.verb}"
    modality, hedge, why = _modality(words, tokens, line, head, said)
    polarity = Polarity.DENIED if denied and modality is not Modality.QUESTION else Polarity.AFFIRMED
    role, why_role = _role(words, head, modality=modality, denied=denied, said=said, counted=counted, year=year)
    weight = _weight(modality, hedge)
    if said and said[-1].negated and said[-1].verb not in _DENYING:
        weight, modality, why = NOT_SAID, Modality.HYPOTHETICAL, f"not {said[-1].verb}"
    because = []
    if denied or why_denied:
        because.append(f"{polarity.value}: {why_denied}")
    if why:
        because.append(f"{modality.value}: {why}")
    if why_role:
        because.append(f"{role.value}: {why_role}")
    verbatim = None
    if hedge is not None:
        verbatim = " ".join(line.tokens[tokens[k]].text for k in range(hedge.start, hedge.stop))
    return Stance(polarity, modality, role, verbatim, weight, tuple(because))


def _main(words: list[str], finite: list[bool]) -> int:
    """The main finite verb: the first one outside a relative or subordinate clause; -1 if there is none."""
    inside = False
    for index, word in enumerate(words):
        after_mark = index > 0 and not words[index - 1].isalpha()
        if index and (word in {"who", "which", "whose"} or (after_mark and word in {"whom", "where"})):
            inside = True
        elif word == "," and inside:
            inside = False
        elif finite[index] and not inside:
            return index
        elif finite[index]:
            inside = False  # the relative clause has had its verb; the next one is the main verb
    return next((index for index, flag in enumerate(finite) if flag), -1)


def _denied(words: list[str], head: int) -> tuple[bool, str]:
    """Is the main predicate negated, and by which words?"""
    text = " ".join(words)
    for phrase in lexicon.lang_list("stance", "not_denials"):
        if _has(text, phrase):
            return False, ""
    window = range(max(0, head), min(len(words), head + 5)) if head >= 0 else range(min(len(words), 4))
    for index in window:
        word = words[index]
        if index > head >= 0 and word in _CLAUSE_WORDS:
            break
        if word in _NEGATORS or word.endswith("n't"):
            near = words[index + 1 : index + 4]
            if any(w in _PERSIST for w in near[:2]):
                return False, f"{word} {' '.join(near[:1])}"
            if any(w in _OPEN for w in near):
                return False, ""
            if any(w in {"likely", "probable"} for w in near[:1]) or (word == "probably" and "not" in near[:1]):
                return False, ""
            if near[:1] and near[0] in _MODAL_MAYBE:
                return False, ""
            return True, " ".join(words[max(0, index - 1) : index + 2])
    if words and words[0] in _NEGATIVE_SUBJECTS and head <= 12:
        return True, words[0]
    if head > 1 and words[0] in {"almost", "virtually"} and words[1] in _NEGATIVE_SUBJECTS:
        return True, words[1]
    for match in lexicon.phrases("stance", "denials").find(words):
        if head < 0 or head - 1 <= match.start <= head + 4:
            return True, match.phrase
    if (
        head >= 0
        and any(word in {"no", "neither", "none"} for word in words[head + 1 : head + 3])
        and words[head] in _BE_HAVE
    ):
        return True, " ".join(words[head : head + 3])
    return False, ""


def _has(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "


def _modality(
    words: list[str], tokens: list[int], line: Line, head: int, said: Sequence[Said]
) -> tuple[Modality, Match | None, str]:
    """The modality, the hedge that gave it, and the deciding words."""
    if words and (words[-1] == "?" or (tokens[-1] + 1 < len(line) and line.lower[tokens[-1] + 1] == "?" and not said)):
        return Modality.QUESTION, None, "?"
    asks = said[-1].verb if said else ""
    if (words[:1] == ["whether"] and not any(word.startswith("depend") for word in words)) or (
        asks in {"ask", "wonder", "question"} and words[:1] in (["if"], ["whether"])
    ):
        return Modality.QUESTION, None, words[0]
    if len(words) > 3 and (
        "know whether" in " ".join(words[:6])
        or "known whether" in " ".join(words[:6])
        or "clear whether" in " ".join(words[:6])
    ):
        return Modality.QUESTION, None, "whether"
    for key, modality in (("rumour", Modality.REPORTED_RUMOUR), ("unlikely", Modality.UNLIKELY)):
        match = lexicon.phrases("stance", key).first(words)
        if match:
            return modality, match, match.phrase
    match = next((m for m in lexicon.phrases("stance", "likely").find(words) if _predicative(words, m)), None)
    if match:
        return Modality.LIKELY, match, match.phrase
    opens = next((m for m in lexicon.phrases("stance", "possible").find(words) if len(m.phrase.split()) > 1), None)
    if opens:
        return Modality.POSSIBLE, opens, opens.phrase
    if any(one.verb in lexicon.group("verbs", "doubt") for one in said):
        return Modality.UNLIKELY, None, "doubt"
    due = 0 <= head < len(words) - 2 and words[head] in {"is", "are", "was", "were"} and words[head + 1] == "to"
    if due and not any(word in _AIMS for word in words[:head]):
        return Modality.PLANNED, None, f"{words[head]} to"
    depends = lexicon.phrases("stance", "depends").first(words)
    if depends:
        return Modality.CONDITIONAL, None, depends.phrase
    adverb = next((m for m in lexicon.phrases("stance", "possible").find(words) if m.phrase in _MAYBE), None)
    if adverb:
        return Modality.POSSIBLE, adverb, adverb.phrase
    planned = next((m for m in lexicon.phrases("stance", "planned").find(words) if _plans(words, m, head)), None)
    if planned:
        return Modality.PLANNED, None, planned.phrase
    condition = lexicon.phrases("stance", "conditional").first(words)
    if condition and not any(_has(" ".join(words), p) for p in lexicon.lang_list("stance", "not_conditional")):
        return Modality.CONDITIONAL, None, condition.phrase
    perhaps = next((m for m in lexicon.phrases("stance", "possible").find(words) if _main_hedge(words, m, head)), None)
    if perhaps:
        return Modality.POSSIBLE, perhaps, perhaps.phrase
    if said and said[-1].verb in lexicon.group("verbs", "undertake"):
        return Modality.PLANNED, None, said[-1].verb
    if said and said[-1].verb in lexicon.group("verbs", "demand"):
        return Modality.HYPOTHETICAL, None, said[-1].verb
    if said and said[-1].verb in lexicon.group("verbs", "fear"):
        return Modality.POSSIBLE, None, said[-1].verb
    supposed = lexicon.phrases("stance", "hypothetical").first(words)
    if supposed and not (supposed.phrase == "could" and words[supposed.stop : supposed.stop + 1] == ["not"]):
        return Modality.HYPOTHETICAL, None, supposed.phrase
    return Modality.ASSERTED, None, ""


def _plans(words: list[str], match: Match, head: int) -> bool:
    """Does a plan rule the clause? "The exercises planned for spring" and "had been threatened to" are no plans."""
    before = words[match.start - 1] if match.start else ""
    first = match.phrase.split()[0]
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
    return True


def _role(
    words: list[str],
    head: int,
    *,
    modality: Modality,
    denied: bool,
    said: Sequence[Said],
    counted: bool,
    year: int | None,
) -> tuple[Role, str]:
    """The kind of saying, and the words that decided. The order of the tests is the order of precedence."""
    if modality is Modality.QUESTION:
        return Role.BACKGROUND, "question"
    if modality is Modality.REPORTED_RUMOUR:
        return Role.RUMOUR, "rumour"
    verb = said[-1].verb if said else ""

    def first(key: str) -> str:
        match = lexicon.phrases("role", key).first(words)
        return match.phrase if match else ""

    observed = first("observed")
    if year is not None and any(_YEAR.fullmatch(w) and int(w) < year for w in words):
        return Role.BACKGROUND, next(w for w in words if _YEAR.fullmatch(w) and int(w) < year)
    required = first("requirement")
    if required:
        return Role.REQUIREMENT, required
    predicate = words[head] if head >= 0 else ""
    will = next((w for w in words[max(0, head) : head + 2] if w in {"will", "won't", "shall"}), "") if head >= 0 else ""
    if modality is Modality.PLANNED:
        wish = lexicon.phrases("role", "intent").first(words)
        if wish and head >= 0 and wish.start <= head + 2 and "plan" not in " ".join(words):
            return Role.INTENT, wish.phrase
        return Role.PLAN, first("plan") or first("intent") or "planned"
    if will:
        return Role.FORECAST, will
    if modality is Modality.HYPOTHETICAL and said and "would" in words and verb not in lexicon.group("verbs", "demand"):
        return Role.FORECAST, "would"
    if modality in {Modality.LIKELY, Modality.UNLIKELY, Modality.POSSIBLE, Modality.HYPOTHETICAL, Modality.CONDITIONAL}:
        if verb in lexicon.group("verbs", "demand"):
            return Role.INTENT, verb
        return Role.ASSESSMENT, modality.value
    wish = lexicon.phrases("role", "intent").first(words)
    if wish and (head < 0 or wish.start <= head + 5):
        return Role.INTENT, wish.phrase
    foretold = first("forecast")
    if foretold and foretold != "soon":
        return Role.FORECAST, foretold
    plan = lexicon.phrases("role", "plan").first(words)
    if plan and head >= 0 and plan.start <= head + 4:
        return Role.PLAN, plan.phrase
    judged = first("assessment")
    if observed and not (judged and (observed in _EXISTS or (not denied and predicate in _COPULA))):
        return Role.OBSERVATION, observed
    if judged:
        return Role.ASSESSMENT, judged
    thought = (
        next((w for w in words[max(head, 0) : head + 3] if lexicon.lemmas(w, verbs="judge")), "") if head >= 0 else ""
    )
    if thought and not counted:
        return Role.ASSESSMENT, thought
    if verb in lexicon.group("verbs", "judge") and not (verb in _COUNTING and counted):
        return Role.ASSESSMENT, verb
    past = first("background")
    if past:
        return Role.BACKGROUND, past
    happened = _happened(words, head)
    if happened:
        return (Role.OBSERVATION if denied else Role.EVENT), happened
    if head >= 0 and predicate in _COPULA:
        doing = _doing(words, head)
        if doing:
            return Role.OBSERVATION, doing
        return (Role.OBSERVATION, "a count") if counted else (Role.ASSESSMENT, predicate)
    if head < 0 and words[:1] == ["to"]:
        return Role.INTENT, "to"
    if head < 0:
        if counted:
            return Role.OBSERVATION, "a count"
        if denied or verb in _REPORTING:
            seen = denied or verb in lexicon.group("verbs", "show")
            return (Role.OBSERVATION if seen else Role.EVENT), verb or "no"
        return Role.BACKGROUND, "no verb"
    return Role.OBSERVATION, predicate


def _happened(words: list[str], head: int) -> str:
    """The verb of something that happened: past, perfect, or passive in the past."""
    if head < 0:
        return ""
    word = words[head]
    rest = words[head + 1 : head + 5]
    if word in {
        "was",
        "were",
        "has",
        "have",
        "had",
        "did",
        "been",
        "wasn't",
        "weren't",
        "hasn't",
        "haven't",
        "hadn't",
        "didn't",
    }:
        for near in rest:
            readings = lexicon.forms().get(near, ())
            if any(
                form.tense in {Tense.PARTICIPLE, Tense.BASE if word.startswith("did") else Tense.PARTICIPLE}
                for form in readings
            ):
                return f"{word} {near}"
            if (
                any(form.tense is Tense.ING for form in readings)
                and near != "being"
                and (word.startswith("w") or "been" in rest)
            ):
                return f"{word} {near}"
            if near not in _SKIPPED and not near.endswith("ly"):
                return ""
        return ""
    if any(form.tense is Tense.PAST for form in lexicon.forms().get(word, ())):
        return word
    return ""


def _doing(words: list[str], head: int) -> str:
    """As in "is forming": something going on."""
    if "being" in words[head + 1 : head + 4]:
        return f"{words[head]} being"
    for near in words[head + 1 : head + 4]:
        if any(form.tense is Tense.ING for form in lexicon.forms().get(near, ())):
            return f"{words[head]} {near}"
        if near not in _SKIPPED and not near.endswith("ly"):
            return ""
    return ""


def _weight(modality: Modality, hedge: Match | None) -> float:
    if hedge is not None and hedge.phrase in lexicon.hedge_weights():
        return lexicon.hedge_weights()[hedge.phrase]
    return {
        Modality.ASSERTED: 1.0,
        Modality.LIKELY: UNHEDGED_LIKELY,
        Modality.UNLIKELY: UNHEDGED_UNLIKELY,
        Modality.POSSIBLE: POSSIBLE,
        Modality.PLANNED: PLANNED,
        Modality.CONDITIONAL: CONDITIONAL,
        Modality.HYPOTHETICAL: HYPOTHETICAL,
        Modality.REPORTED_RUMOUR: RUMOUR,
        Modality.QUESTION: 0.0,
    }[modality]


_NEGATORS = lexicon.group("stance", "negators")
_NEGATIVE_SUBJECTS = lexicon.group("stance", "negative_subjects")
_PERSIST = lexicon.group("stance", "persist")
_OPEN = lexicon.group("stance", "open")
_DETERMINERS = lexicon.group("words", "determiners")
_BE_HAVE = lexicon.group("shape", "be_have")
_COPULA = lexicon.group("shape", "copula")
_EXISTS = frozenset({"there is", "there are", "there was", "there were"})
_CLAUSE_WORDS = lexicon.group("shape", "clause_words")
_SKIPPED = lexicon.group("shape", "skipped")
_REPORTING = lexicon.group("shape", "reporting")
_AIMS = lexicon.group("shape", "aims")
_COUNTING = frozenset({"estimate", "reckon", "calculate", "believe", "think", "assess"})
_DENYING = lexicon.group("verbs", "deny") | lexicon.group("verbs", "raising")
_FULL = frozenset({"is", "are", "was", "were", "will", "has", "have"})
_MAYBE = frozenset({"perhaps", "maybe", "possibly", "potentially", "conceivably"})
_MODAL_MAYBE = frozenset({"necessarily"})
