"""Stance: is a statement affirmed or denied, how surely is it put, and what kind of saying is it?

Each answer names the words that decided it. The numbers are those of docs/method.md where it has them
("hedge words in a claim"); the others are judgements, kept here as named constants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.lexicon import Match
from tocsin.extract.line import Line
from tocsin.extract.proposition import Proposition
from tocsin.extract.said import Said
from tocsin.extract.stance_mode import modality
from tocsin.extract.stance_role import Judged, role
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
    opening = lexicon.phrases("stance", "introducing").at([line.lower[index] for index in tokens] or [""], 0)
    tokens = tokens[opening.stop :] if opening and opening.stop < len(tokens) else tokens
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
    mode, hedge, why = modality(words, tokens, line, head=head, denied=denied, said=said)
    if said and said[-1].nominal and said[-1].source is None and mode is Modality.ASSERTED:
        mode, why = Modality.REPORTED_RUMOUR, "nobody named"
    polarity = Polarity.DENIED if denied and mode is not Modality.QUESTION else Polarity.AFFIRMED
    kind, why_role = role(
        Judged(words=words, head=head, modality=mode, denied=denied, said=said, counted=counted, year=year)
    )
    weight = _weight(mode, hedge)
    if said and said[-1].negated and said[-1].verb not in _DENYING:
        weight, mode, why = NOT_SAID, Modality.HYPOTHETICAL, f"not {said[-1].verb}"
    because = []
    if denied or why_denied:
        because.append(f"{polarity.value}: {why_denied}")
    if why:
        because.append(f"{mode.value}: {why}")
    if why_role:
        because.append(f"{kind.value}: {why_role}")
    verbatim = None
    if hedge is not None:
        verbatim = " ".join(line.tokens[tokens[k]].text for k in range(hedge.start, hedge.stop))
    return Stance(polarity, mode, kind, verbatim, weight, tuple(because))


def _main(words: list[str], finite: list[bool]) -> int:
    """The main finite verb: the first one outside a relative or subordinate clause; -1 if there is none."""
    inside = False
    for index, word in enumerate(words):
        after_mark = index > 0 and not words[index - 1].isalpha()
        if index and (word in {"who", "which", "whose"} or (after_mark and word in {"whom", "where"})):
            inside = True
        elif word == "that" and index > 1 and not after_mark and not any(finite[:index]):
            inside = True  # "the guns that they sent are on duty"
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


def _weight(mode: Modality, hedge: Match | None) -> float:
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
    }[mode]


_NEGATORS = lexicon.group("stance", "negators")
_NEGATIVE_SUBJECTS = lexicon.group("stance", "negative_subjects")
_PERSIST = lexicon.group("stance", "persist")
_OPEN = lexicon.group("stance", "open")
_BE_HAVE = lexicon.group("shape", "be_have")
_CLAUSE_WORDS = lexicon.group("shape", "clause_words")
_DENYING = lexicon.group("verbs", "deny") | lexicon.group("verbs", "raising")
_MODAL_MAYBE = frozenset({"necessarily"})
