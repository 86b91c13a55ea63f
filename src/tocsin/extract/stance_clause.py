"""A statement as its tree shows it: the main predicate, what it governs, its auxiliaries, subject and objects."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.line import Line

_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_SHARING = frozenset({"VB", "VBN", "VBG"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "won't", "wo"})
_HAVE = frozenset({"has", "have", "had", "having", "'ve", "’ve", "hasn't", "haven't", "hadn't"})
_IMPERSONAL = frozenset({"it", "there", "this", "that"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement over the tree.

    ``tokens`` are the statement's own, without quotation marks; ``words`` their small forms. ``chain`` is the main
    predicate and the predicates it hands on to, outermost first: "plans", "send" in "plans to send two guns",
    "likely", "begin" in "is likely to begin". It is empty where nothing is predicated ("the arrest of two men").
    ``top`` is the word on which everything hangs.
    """

    line: Line
    tokens: tuple[int, ...]
    members: frozenset[int]
    words: list[str]
    top: int
    chain: tuple[int, ...]

    @classmethod
    def of(cls, line: Line, tokens: tuple[int, ...]) -> Clause:
        """Read the tokens of one statement."""
        members = frozenset(tokens)
        top, predicated = _top(line, tokens, members)
        chain = _chain(line, members, top) if predicated else ()
        return cls(line, tokens, members, [line.lower[k] for k in tokens], top, chain)

    @property
    def head(self) -> int:
        """The main predicate, -1 where there is none."""
        return self.chain[0] if self.chain else -1

    @property
    def core(self) -> int:
        """The innermost predicate, -1 where there is none."""
        return self.chain[-1] if self.chain else -1

    def lemma(self, index: int) -> str:
        """The dictionary form in small letters; of a listed verb, the one that the list gives."""
        syntax = self.line.syntax
        found = syntax.lemmas[index].lower()
        if found.endswith("itie"):
            return f"{found[:-2]}y"  # the encoder's "capabilitie"
        if found.endswith("she") and len(found) > len("ashes"):
            return found[:-1]  # the encoder's "clashe"
        if syntax.upos[index] not in {"VERB", "AUX"}:
            return found
        readings = [form.lemma for form in lexicon.forms().get(self.line.lower[index], ())]
        return found if found in readings or not readings else readings[0]

    def kids(self, index: int, *labels: str) -> tuple[int, ...]:
        """The dependents inside the statement, of these labels if any are given."""
        syntax = self.line.syntax
        found = syntax.children(index, *labels) if labels else syntax.kids[index]
        return tuple(k for k in found if k in self.members)

    def auxiliaries(self, index: int) -> tuple[int, ...]:
        """Auxiliaries and copula of a predicate; "and cross" shares those of the verb it is joined to."""
        syntax = self.line.syntax
        own = syntax.children(index, "aux", "cop")
        at = index
        while not own and syntax.relation(at) == "conj" and syntax.tags[at] in _SHARING:
            at = syntax.heads[at]
            own = syntax.children(at, "aux", "cop")
            if syntax.child(index, "nsubj", "mark") is not None:
                return ()
        return own

    def aux_words(self, index: int) -> tuple[str, ...]:
        """The small forms of a predicate's auxiliaries, in order of text."""
        return tuple(self.line.lower[k] for k in self.auxiliaries(index))

    def subject(self, index: int) -> int | None:
        """The subject of a predicate, if it stands in the statement."""
        return next(iter(self.kids(index, "nsubj", "csubj")), None)

    def copular(self, index: int) -> bool:
        """Is it a noun or adjective with "be"?"""
        return bool(self.line.syntax.children(index, "cop"))

    def passive(self, index: int) -> bool:
        """Is it done to the subject?"""
        syntax = self.line.syntax
        labels = {syntax.labels[k] for k in self.auxiliaries(index)}
        subjects = {syntax.labels[k] for k in syntax.kids[index]}
        return "aux:pass" in labels or "nsubj:pass" in subjects

    def progressive(self, index: int) -> bool:
        """Is it going on: "is forming", "have been waiting", "is being formed"?"""
        auxiliaries = self.aux_words(index)
        return bool(auxiliaries) and (self.line.syntax.tags[index] == "VBG" or "being" in auxiliaries)

    def perfect(self, index: int) -> bool:
        """Is it done by now: "has left"?"""
        return any(word in _HAVE for word in self.aux_words(index)) and self.line.syntax.tags[index] in {"VBN", "VBD"}

    def future(self, index: int) -> str:
        """The auxiliary of a future, "" if there is none."""
        return next((word for word in self.aux_words(index) if word in _FUTURE), "")

    def past(self, index: int) -> bool:
        """Is it told in the past, or as done by now?"""
        syntax = self.line.syntax
        if self.perfect(index):
            return True
        auxiliaries = self.auxiliaries(index)
        if any(syntax.tags[k] == "VBD" for k in auxiliaries):
            return True
        return syntax.tags[index] == "VBD" or (syntax.tags[index] == "VBN" and not auxiliaries)

    def governs(self, index: int) -> bool:
        """Does a word bear on the main predicate: it is in the chain, or hangs on it directly?"""
        return index in self.chain or self.line.syntax.heads[index] in self.chain

    def under(self, index: int) -> frozenset[int]:
        """A token with all that hangs on it, inside the statement."""
        return self.members.intersection(self.line.syntax.below(index))


def _top(line: Line, tokens: tuple[int, ...], members: frozenset[int]) -> tuple[int, bool]:
    """The word on which a statement hangs, and whether it is a predicate.

    Where none of the words that hang on nothing in the statement is one, the first verb with a subject is, unless it
    only describes a noun.
    """
    syntax = line.syntax
    tops = [k for k in tokens if syntax.heads[k] not in members and not line.is_mark(k)]
    predicates = [k for k in tops if _predicates(line, k)]
    if predicates:
        return _said_after(
            line, members, max(predicates, key=lambda k: (len(members.intersection(syntax.below(k))), -k))
        ), True
    for k in tokens:
        if _predicates(line, k) and syntax.child(k, "nsubj") is not None:
            describes = any(syntax.relation(a) in {"acl", "advcl"} for a in (k, *syntax.above(k)) if a in members)
            if not describes:
                return k, True
    seeming = next((k for k in tokens if line.is_finite(k) and syntax.relation(k) not in {"aux", "cop"}), -1)
    if seeming >= 0 and all(syntax.labels[k] != "acl:relcl" for k in (seeming, *syntax.above(seeming))):
        return seeming, True
    return max(tops, key=lambda k: (len(members.intersection(syntax.below(k))), -k), default=-1), False


def _said_after(line: Line, members: frozenset[int], top: int) -> int:
    """What is said, where the one who says it comes after: "The town uses 40 litres, the mayor said"."""
    syntax = line.syntax
    clause = syntax.child(top, "ccomp", "parataxis")
    speaker = syntax.child(top, "nsubj")
    after = clause is not None and clause in members and speaker is not None and clause < speaker
    return clause if clause is not None and after and line.lower[clause] not in _IMPERSONAL else top


def _predicates(line: Line, index: int) -> bool:
    syntax = line.syntax
    if syntax.upos[index] in {"VERB", "AUX"} and syntax.relation(index) not in {"amod", "compound", "case"}:
        return True
    if syntax.tags[index] in _TENSED and syntax.relation(index) in {"root", "ccomp", "conj", "parataxis", "advcl"}:
        return True
    if syntax.child(index, "xcomp") is not None and syntax.relation(index) in {"root", "ccomp", "conj", "parataxis"}:
        return True  # "the army plans to build", read as a noun
    return syntax.child(index, "cop", "aux", "nsubj", "csubj", "expl") is not None


def _chain(line: Line, members: frozenset[int], top: int) -> tuple[int, ...]:
    """From the main predicate down through "to send", and through "that …" where the subject is an empty "it"."""
    syntax = line.syntax
    found = [top]
    while True:
        at = found[-1]
        below = [k for k in syntax.children(at, "xcomp") if k in members and _hands_on(line, k)]
        if not below and _impersonal(line, at):
            below = [k for k in syntax.children(at, "ccomp", "csubj") if k in members]
        if not below or below[0] in found:
            return tuple(found)
        found.append(below[0])


def _hands_on(line: Line, index: int) -> bool:
    syntax = line.syntax
    return syntax.upos[index] in {"VERB", "AUX"} or syntax.child(index, "mark", "cop") is not None


def _impersonal(line: Line, index: int) -> bool:
    syntax = line.syntax
    if syntax.upos[index] == "VERB" and syntax.lemmas[index].lower() not in lexicon.group("impersonal", "verbs"):
        return False
    if syntax.child(index, "expl") is not None:
        return True
    subject = syntax.child(index, "nsubj")
    return subject is not None and line.lower[subject] in _IMPERSONAL and syntax.upos[index] in {"ADJ", "VERB"}
