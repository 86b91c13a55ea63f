"""Polarity: does a statement deny its main predicate, and by which words?"""

from __future__ import annotations

from typing import NamedTuple

from tocsin.extract import lexicon
from tocsin.extract.stance_clause import Clause


class Denial(NamedTuple):
    """Whether a statement denies, and the words that decided (also where they deny nothing)."""

    denied: bool
    why: str


def denial(clause: Clause) -> Denial:
    """Is the main predicate denied?

    A negator counts where it governs the predicate, its subject or its object: "did not cross", "nobody came",
    "found no trace". Verbs like "fail" and "refuse" deny the verb they govern. Two denials cancel out ("did not fail
    to", "cannot enter without consent"). "Not only", "no fewer than" and "has not abandoned" deny nothing.
    """
    if not clause.chain:
        return _of_noun(clause)
    count, reasons = 0, list[str]()
    for step, at in enumerate(clause.chain):
        negator = _negator(clause, at)
        if negator and _lives_on(clause, at):
            return Denial(denied=False, why=f"{negator} {clause.line.lower[at]}")
        if negator and (_leaves_open(clause, at) or _unconfirmed(clause, step)):
            return Denial(denied=False, why="")
        by_itself = _denies(clause, step)
        for why in (negator, by_itself):
            if why:
                count += 1
                reasons.append(why)
    if count and _only_if(clause):
        return Denial(denied=False, why="")
    return Denial(denied=count % 2 == 1, why=" ".join(reasons))


def _of_noun(clause: Clause) -> Denial:
    """As in "no injuries", "the absence of guards"."""
    if clause.top < 0:
        return Denial(denied=False, why="")
    why = _no(clause, clause.top) or (
        clause.line.lower[clause.top]
        if clause.lemma(clause.top) in _ABSENCES and clause.kids(clause.top, "nmod")
        else ""
    )
    false = next((w for w in clause.words if w in _FALSE and w != clause.line.lower[clause.top]), "")
    first = (
        clause.words[0]
        if clause.words[:1] and clause.words[0] in {"not", "never"} and not _spared(clause, clause.tokens[0])
        else ""
    )
    return Denial(denied=bool(why or false or first), why=why or false or first)


def _negator(clause: Clause, at: int) -> str:
    """The words that negate one predicate: an adverb or auxiliary, its subject, its object."""
    line = clause.line
    for kid in (*clause.kids(at), *(k for k in clause.auxiliaries(at) if k not in clause.kids(at))):
        word = line.lower[kid]
        negates = word in _NEGATORS or word.endswith(("n't", "n’t"))
        if negates and line.syntax.relation(kid) in _ADVERBIAL and not _spared(clause, kid):
            return f"{word} {line.lower[at]}" if kid < at else word
        if word == "no" and kid + 1 < len(line) and line.lower[kid + 1] == "longer":
            return "no longer"
    for kid in clause.kids(at, "advmod", "amod"):
        if line.lower[kid] == "longer" and kid and line.lower[kid - 1] == "no":
            return "no longer"
    for kid in clause.kids(at, "nsubj", "obj", "iobj", "obl", "expl"):
        why = _no(clause, kid)
        if why:
            return why
    return _no(clause, at)


def _no(clause: Clause, noun: int) -> str:
    """A noun that is none: "nobody", "no ships", "none of the ships", "not one ship", "neither side"."""
    line = clause.line
    if line.lower[noun] in _NOBODY and not _spared(clause, noun):
        return line.lower[noun]
    for kid in clause.kids(noun):
        word = line.lower[kid]
        if word in {"no", "neither", "not"} and kid < noun and not _spared(clause, kid):
            return f"{word} {line.lower[kid + 1]}" if kid + 1 < len(line) else word
    first = min(clause.under(noun), default=noun)
    if line.lower[first] in {"no", "not", "neither"} and line.lower[first + 1 : first + 2] in (
        ("one",),
        ("a",),
        ("single",),
        ("the",),
    ):
        return "" if _spared(clause, first) else f"{line.lower[first]} {line.lower[first + 1]}"
    return ""


def _spared(clause: Clause, negator: int) -> bool:
    """Does what follows turn a negator into something else: "not only", "no fewer than", "nothing but"?"""
    after = clause.line.lower[negator + 1 : negator + 4]
    first, second, *_ = (*(after[1:] if after[:1] in _ARTICLES else after), "", "")
    if first in _COMPARED:
        return second in {"than", "of"}
    if "but" in {first, second if first == "one" else ""}:
        return clause.line.lower[negator] in _NOBODY or first == "one"
    return first in _SPARED


def _lives_on(clause: Clause, at: int) -> bool:
    """As in "has not abandoned plans", "the shelling has not stopped": negated, the verb says that it goes on."""
    lemma = clause.lemma(at)
    if lemma not in _PERSIST:
        return False
    if lemma == "give":
        return any(clause.line.lower[k] == "up" for k in clause.kids(at))
    goal = next(iter(clause.kids(at, "obj", "xcomp", "ccomp")), None)
    if lemma in _GIVEN_UP or lemma in {"lose", "forget", "hide", "conceal", "end"}:
        return not clause.passive(at) or lemma in _GIVEN_UP
    return (goal is None and not clause.passive(at)) or (goal is not None and clause.line.syntax.tags[goal] == "VBG")


def _leaves_open(clause: Clause, at: int) -> bool:
    """As in "cannot rule out", "is not excluded": negated, the verb leaves the thing possible."""
    lemma = clause.lemma(at)
    after = clause.line.lower[at + 1 : at + 2]
    return lemma == "exclude" or (lemma == "rule" and after == ("out",))


def _unconfirmed(clause: Clause, step: int) -> bool:
    """As in "I have not been able to confirm the mines": nobody denies what nobody could confirm."""
    return (
        step < len(clause.chain)
        and clause.lemma(clause.chain[-1]) in _CONFIRMING
        and not clause.kids(clause.chain[-1], "ccomp")
    )


def _denies(clause: Clause, step: int) -> str:
    """The predicate itself denies what it governs: "failed to", "has yet to", "lacks", "is false", "dropped plans"."""
    at = clause.chain[step]
    line, lemma = clause.line, clause.lemma(at)
    goal = clause.chain[step + 1] if step + 1 < len(clause.chain) else -1
    if goal >= 0 and lemma in _FAILING:
        gerund = line.syntax.tags[goal] == "VBG"
        return f"{line.lower[at]} {line.lower[goal]}" if gerund or lemma not in {"stop", "quit"} else ""
    if (
        lemma == "have"
        and any(line.lower[k] == "yet" for k in range(at, min(at + 3, len(line))))
        and "to" in line.lower[at + 1 : at + 4]
    ):
        return "yet to"
    if lemma in _UNABLE and goal >= 0:
        return line.lower[at]
    if lemma in _LACKING and not clause.passive(at) and clause.kids(at, "obj", "ccomp"):
        return line.lower[at]
    if lemma in _GIVEN_UP:
        things = [k for k in clause.kids(at, "obj", "nsubj") if clause.lemma(k) in _PLANS]
        return f"{line.lower[at]} {line.lower[things[0]]}" if things else ""
    if lemma == "rule" and line.lower[at + 1 : at + 2] == ("out",):
        return f"{line.lower[at]} out"
    said_false = lemma in _FALSE and step == 0 and line.syntax.upos[at] != "VERB"
    if said_false or (line.lower[at] == "no" and clause.copular(at)):
        return line.lower[at]
    if lemma in _GROUNDS and any(line.lower[k] == "without" for k in line.syntax.children(at, "case")):
        return f"without {line.lower[at]}"
    if line.lower[at] == "question" and line.lower[max(0, at - 3) : at] == ("out", "of", "the"):
        return "out of the question"
    return ""


def _only_if(clause: Clause) -> bool:
    """As in "cannot enter without consent", "will not leave unless …": what is meant is the condition."""
    head = clause.head
    for kid in clause.kids(head, "obl", "advcl"):
        mark = clause.line.syntax.child(kid, "case", "mark")
        if mark is not None and clause.line.lower[mark] in {"without", "unless"}:
            return True
    return False


_CONFIRMING = frozenset({"confirm", "verify", "corroborate"})
_NEGATORS = lexicon.group("denial", "negators")
_NOBODY = lexicon.group("denial", "nobody")
_ADVERBIAL = frozenset({"advmod", "aux", "cop", "cc", "det", "discourse", "dep", "parataxis"})
_ARTICLES = (("the",), ("a",), ("by",))
_COMPARED = frozenset({"fewer", "less", "more", "later", "earlier", "other", "short"})
_SPARED = lexicon.group("denial", "spared")
_FAILING = lexicon.group("denial", "failing")
_UNABLE = lexicon.group("denial", "unable")
_FALSE = lexicon.group("denial", "false")
_LACKING = lexicon.group("denial", "lacking")
_PERSIST = lexicon.group("denial", "persist")
_GROUNDS = frozenset({"foundation", "basis", "truth", "substance", "merit", "evidence"})
_GIVEN_UP = lexicon.group("denial", "given_up")
_ABSENCES = lexicon.group("denial", "absences")
_PLANS = (
    lexicon.group("plan", "plan_nouns")
    | lexicon.group("plan", "intent_nouns")
    | {"idea", "attempt", "offensive", "campaign"}
)
