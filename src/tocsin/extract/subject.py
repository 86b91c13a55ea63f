"""Who speaks, by the tree: the subject of a verb, and how far the words that name it reach."""

from __future__ import annotations

from tocsin.extract import lexicon
from tocsin.extract.line import Line
from tocsin.extract.noun import Words

_DEEPEST = 6
"""A subject left out is looked for this many verbs up, at most."""


def phrase(line: Line, head: int) -> Words:
    """The noun phrase of a head: with what stands before it, its prepositions and its names, up to the first comma.

    "X, a spokesman for Y" ends at the comma; "the defence minister, Ann Orr" and a list of voices go on past it.
    """
    syntax = line.syntax
    kept = {head}
    waiting = [head]
    while waiting:
        at = waiting.pop()
        for kid in syntax.kids[at]:
            label = syntax.labels[kid]
            if at == head and (label in _OUTSIDE or _set_off(line, head, kid)):
                continue
            if label in {"acl:relcl", "parataxis"}:
                continue
            kept.add(kid)
            waiting.append(kid)
    start = stop = head
    while start - 1 in kept:
        start -= 1
    while stop + 1 in kept:
        stop += 1
    words = _worked(line, _trimmed(line, start, stop + 1, head))
    name = words.stop + (words.stop < len(line) and line.lower[words.stop] == ",")
    if _is_second(line, head, name):  # "its leader, Ann Orr" read as two subjects
        return Words(words.start, max(words.stop, syntax.extent(name)[1]))
    beside = _beside(line, head, words)
    if beside is None:
        return words
    start = syntax.extent(beside)[0]
    while start and syntax.heads[start - 1] in range(start, words.stop) and syntax.upos[start - 1] in _NAMING:
        start -= 1
    return Words(_trimmed(line, start, words.stop, head).start, words.stop)


def _worked(line: Line, words: Words) -> Words:
    """With who made it, where that follows: "satellite pictures analysed by Quay Watch" are Quay Watch's."""
    syntax, at = line.syntax, words.stop
    if at >= len(line) - 1 or syntax.tags[at] != "VBN" or line.lower[at + 1] != "by":
        return words
    agent = syntax.child(at, "obl:agent")
    return words if agent is None else Words(words.start, syntax.extent(agent)[1])


def _beside(line: Line, head: int, words: Words) -> int | None:
    """The other half of "the Water Board (WB) spokesman" or "harbour outlet Quay Watch", read as two subjects."""
    syntax = line.syntax
    if syntax.relation(head) != "nsubj" or syntax.heads[head] < 0:
        return None
    return next(
        (
            other
            for other in syntax.children(syntax.heads[head], "nsubj")
            if other < head and words.start <= syntax.extent(other)[1] <= head
        ),
        None,
    )


def _is_second(line: Line, role: int, name: int) -> bool:
    """Do a role and the name after it hang on one verb as two subjects?"""
    syntax = line.syntax
    return (
        name < len(line)
        and role < name
        and syntax.heads[role] == syntax.heads[name]
        and syntax.labels[role] == syntax.labels[name] == "nsubj"
        and syntax.upos[role] == "NOUN"
        and syntax.upos[name] == "PROPN"
    )


def _set_off(line: Line, head: int, kid: int) -> bool:
    """Does a comma divide a description from its noun? The name after a role is no description."""
    syntax = line.syntax
    if kid < head or syntax.relation(kid) not in {"appos", "acl", "nmod", "advcl", "amod", "parataxis", "dep"}:
        return False
    start = _inner(line, kid)[0]
    if start <= 0 or line.lower[start - 1] not in {",", "(", "–", "—", "--", "-"}:
        return False
    return not (syntax.relation(kid) == "appos" and line.lower[start - 1] == "," and _is_bearer(line, head, kid))


def _is_bearer(line: Line, head: int, kid: int) -> bool:
    """As in "The defence minister, Ann Orr": a name in apposition to a role."""
    first, last = _inner(line, kid)
    common = line.bare(head) in _ROLES or (line.syntax.upos[head] == "NOUN" and line.syntax.names[kid].endswith("PER"))
    return (
        common
        and last - first <= 4
        and all(line.is_capital(k) and line.lower[k] not in {"the", "a"} for k in range(first, last))
    )


def _inner(line: Line, head: int) -> tuple[int, int]:
    """Where a phrase stands without the marks around it."""
    first, last = line.syntax.extent(head)
    while first < head and line.is_mark(first):
        first += 1
    while last - 1 > head and line.is_mark(last - 1):
        last -= 1
    return first, last


def _trimmed(line: Line, start: int, stop: int, head: int) -> Words:
    while start < head and (
        line.is_mark(start)
        or line.lower[start] in _BEFORE
        or line.syntax.labels[start] in {"case", "mark", "cc", "fixed"}
    ):
        start += 1
    while stop - 1 > head and (line.is_mark(stop - 1) and line.lower[stop - 1] not in {")", "'"}):
        stop -= 1
    while stop - 1 > head and line.lower[stop - 1] in _AFTER:
        stop -= 1
    for index in range(head + 1, stop):  # "officials on Monday"
        if (
            line.lower[index] in {"on", "late", "early", "last", "earlier"}
            and line.lower[min(index + 1, len(line) - 1)] in _DAYS
        ):
            return _ended(line, start, index, head)
        if line.lower[index] in _DAYS and index == stop - 1 and not line.lower[index - 1].isdigit():
            return _ended(line, start, index, head)
    return Words(start, stop)


def _ended(line: Line, start: int, stop: int, head: int) -> Words:
    """Up to a day, without what leads to it: "experts in July", "an image taken on Friday"."""
    while stop - 1 > head and (line.syntax.upos[stop - 1] == "ADP" or line.syntax.tags[stop - 1] in {"VBN", "VBG"}):
        stop -= 1
    return Words(start, stop)


def subject(line: Line, verb: int) -> int | None:
    """The head of the noun phrase that does what a verb tells, else of the verb whose subject it shares."""
    syntax = line.syntax
    at = verb
    for _ in range(_DEEPEST):
        named = [k for k in syntax.children(at, "nsubj") if syntax.labels[k] != "nsubj:pass"]
        own = min(named, key=lambda k: abs(k - at), default=None)
        if (
            own is not None
            and at != verb
            and syntax.relation(verb) == "advcl"
            and syntax.relation(at) == "ccomp"
            and syntax.heads[at] >= 0
            and not _is_speaker(line, own)
        ):
            at = syntax.heads[at]
            continue
        if own is not None and own != verb:
            return antecedent(line, own, at)
        passive = syntax.child(at, "nsubj:pass")
        if passive is not None:
            return antecedent(line, passive, at) if at != verb else None
        label, head = syntax.relation(at), syntax.heads[at]
        if head < 0:
            return None
        if label in {"xcomp", "conj", "advcl"} and syntax.upos[head] in {"VERB", "AUX", "ADJ", "NOUN"}:
            if label == "advcl" and syntax.tags[at] not in {"VBG", "VB"}:
                return None
            at = head
            continue
        if label == "parataxis" and at == verb and syntax.tags[at] == "VBG":
            at = head
            continue
        if label == "acl" and syntax.tags[at] == "VBG":
            issuer = syntax.heads[head] if syntax.relation(head) == "obj" else -1
            if issuer >= 0 and line.bare(head) in _DOCUMENTS:
                at = issuer
                continue
            return head
        return None
    return None


def _is_speaker(line: Line, index: int) -> bool:
    """Is a subject one that can speak: a name, a pronoun, a role? In "X said the bridge is open, adding …" X adds."""
    return (
        line.syntax.upos[index] == "PRON"
        or (line.syntax.upos[index] == "PROPN" and not line.syntax.names[index].endswith("LOC"))
        or line.syntax.roles[index].endswith("SOURCE")
        or line.bare(index) in _ROLES
    )


def antecedent(line: Line, pronoun: int, verb: int) -> int:
    """Whom "who" or "which" stands for: the noun that the relative clause hangs on."""
    if line.lower[pronoun] not in {"who", "which", "that"}:
        return pronoun
    syntax = line.syntax
    for at in (verb, *syntax.above(verb)):
        if syntax.labels[at] == "acl:relcl":
            return _message(line, syntax.heads[at])
        if syntax.relation(at) not in {"conj", "xcomp", "ccomp"}:
            return pronoun
    return pronoun


def _message(line: Line, noun: int) -> int:
    """As in "a message attributed to X, which said", "a video went round on Y, which said": the message said it."""
    syntax = line.syntax
    verb = syntax.heads[noun]
    if verb < 0 or syntax.relation(noun) != "obl":
        return noun
    if syntax.relation(verb) == "acl" and line.lower[verb] in _ASCRIBED:
        return syntax.heads[verb]
    cases = {line.lower[k] for k in syntax.children(noun, "case")}
    subject_ = syntax.child(verb, "nsubj")
    if subject_ is None or not cases & {"on", "via", "through"}:
        return noun
    return subject_ if line.bare(subject_) in _DOCUMENTS | _MESSAGES else noun


_ASCRIBED = frozenset({"attributed", "ascribed", "credited"})
_MESSAGES = frozenset({"message", "messages", "post", "posts", "leaflet", "leaflets", "recording", "note"})
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_OUTSIDE = frozenset(
    {"acl:relcl", "parataxis", "cop", "advcl", "nsubj", "ccomp", "discourse", "vocative", "expl", "aux", "orphan"}
)
_BEFORE = lexicon.group("words", "openers") - {"that", "one", "only", "even"}
_AFTER = frozenset(
    {"alone", "also", "herself", "himself", "later", "now", "themselves", "then", "too", "all", "both", "and", "or"}
)
_DOCUMENTS = lexicon.group("voices", "documents")
_ROLES = lexicon.group("voices", "officials") | lexicon.group("voices", "people") | lexicon.group("voices", "anonymous")
_DAYS = lexicon.group("words", "days") - {"week", "month", "year", "may", "march"}
