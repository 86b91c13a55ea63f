"""Propositions: what a voice says, cut where one statement ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.extract.clauses import clauses
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said
from tocsin.extract.trim import runs

AUTHOR = -1
"""The owner of words that no attribution in the sentence covers."""
_NOBODY = -2


@dataclass(frozen=True, slots=True)
class Proposition:
    """One statement: the attribution it stands under (index, or AUTHOR) and its words, in one or more runs."""

    owner: int
    runs: tuple[Words, ...]

    @property
    def tokens(self) -> tuple[int, ...]:
        """Every token of it, in order."""
        return tuple(index for run in self.runs for index in range(*run))


def propositions(line: Line, said: tuple[Said, ...]) -> tuple[Proposition, ...]:
    """Cut a sentence into statements, each under the innermost voice that covers it.

    Brackets that hold a statement of their own are cut out. Clauses are cut at semicolons, dashes and
    conjunctions where both sides have a finite verb; a trailing "who …" or "which …" is a statement too.
    """
    owner = _owners(line, said)
    bracket = _brackets(line, said)
    groups: dict[tuple[int, int], list[int]] = {}
    for index in range(len(line)):
        if owner[index] != _NOBODY:
            groups.setdefault((owner[index], bracket[index]), []).append(index)
    found = []
    for (holder, inside), indices in groups.items():
        for clause in clauses(line, indices):
            left = runs(line, clause)
            whole = len(groups) == 1 and not inside
            if left and _states(line, left, holder, alone=whole, divided=_divided(said, holder)):
                found.append(Proposition(holder, left))
    found += [Proposition(_outer(said, one), (told,)) for one in said if (told := _telling(line, one)) is not None]
    return tuple(sorted(found, key=lambda p: p.runs[0].start))


def _telling(line: Line, one: Said) -> Words | None:
    """As in "The head warned his boss that …": that somebody was told by his own people is a statement too."""
    if one.source is None or one.hearer is None or one.verb not in _DELIVERED or one.source.stop > one.cue.start:
        return None
    own = line.lower[one.hearer.start] in {"his", "her", "their", "its"}
    return Words(one.source.start, one.hearer.stop) if own and not one.negated else None


def _outer(said: tuple[Said, ...], one: Said) -> int:
    """The attribution in whose words another stands, or the author."""
    around = [
        (other.extent, number)
        for number, other in enumerate(said)
        if other is not one and any(words.start <= one.cue.start < words.stop for words in other.contents)
    ]
    return min(around)[1] if around else AUTHOR


def _describes(line: Line, said: tuple[Said, ...], one: Said) -> bool:
    """Does what stands between a voice and its verb only describe it: "Orr, who commands the coast, said"?"""
    if one.source is None or one.source.stop >= one.cue.start or line.lower[one.source.stop] not in {",", "who", "("}:
        return False
    between = range(one.source.stop, one.cue.start)
    return not any(other is not one and (other.cue.start in between or _covers(other, between)) for other in said)


def _covers(said: Said, between: range) -> bool:
    return any(words.start in between or words.stop - 1 in between for words in said.contents)


def _divided(said: tuple[Said, ...], holder: int) -> bool:
    """Does another voice speak inside what this one says?"""
    if holder < 0:
        return True
    return any(
        one is not said[holder]
        and one.verb
        and any(words.start <= one.cue.start < words.stop for words in said[holder].contents)
        for one in said
    )


def _owners(line: Line, said: tuple[Said, ...]) -> list[int]:
    owner = [AUTHOR] * len(line)
    size = [len(line) + 1.0] * len(line)
    for number, one in enumerate(said):
        for words in one.contents:
            for index in range(*words):
                if one.extent <= size[index]:
                    owner[index], size[index] = number, one.extent
    for one in said:
        if one.nominal and _is_subject(
            line, one.cue
        ):  # "the claim that … is old": what is said of the saying is no claim
            for index in line.syntax.below(line.syntax.heads[_noun(line, one.cue)]):
                owner[index] = _NOBODY if owner[index] == AUTHOR else owner[index]
        if one.nominal:  # in "A matches the assessment released by Y: …" the noun belongs to the outer clause too
            continue
        for taken in (one.cue, one.source):
            if taken is not None:
                owner[taken.start : taken.stop] = [_NOBODY] * (taken.stop - taken.start)
        if one.source is not None:
            start, stop = sorted((one.source.stop, one.cue.start))
            describes = _describes(line, said, one)
            if stop - start > 0 and (describes or stop - start <= 2):
                owner[start:stop] = [_NOBODY] * (stop - start)
        same = [words for other in said if other.cue == one.cue for words in other.contents]
        follows = [words.start for words in same if words.start >= one.cue.stop]
        if follows and (one.source is None or one.source.stop <= one.cue.stop):  # "that", and the one who is told
            owner[one.cue.stop : min(follows)] = [_NOBODY] * (min(follows) - one.cue.stop)
    return owner


def _noun(line: Line, cue: Words) -> int:
    return next((k for k in range(*cue) if line.syntax.upos[k] == "NOUN"), cue.start)


def _is_subject(line: Line, cue: Words) -> bool:
    return line.syntax.relation(_noun(line, cue)) == "nsubj"


def _brackets(line: Line, said: tuple[Said, ...]) -> list[int]:
    """0 outside brackets, else the number of the bracket, for brackets that say something themselves."""
    numbers = [0] * len(line)
    opened: int | None = None
    count = 0
    for index, word in enumerate(line.lower):
        if word == "(":
            opened = index
        elif word == ")" and opened is not None:
            speaks = any(opened < one.cue.start < index for one in said)
            if speaks or line.has_finite(opened + 1, index):
                count += 1
                numbers[opened : index + 1] = [count] * (index + 1 - opened)
            opened = None
    if opened is not None and line.has_finite(opened + 1, len(line)):
        numbers[opened:] = [count + 1] * (len(line) - opened)
    return numbers


def _states(line: Line, runs: tuple[Words, ...], holder: int, *, alone: bool, divided: bool) -> bool:
    """Is there enough to be a statement? What another voice's words leave over needs a subject and a verb."""
    tokens = [index for run in runs for index in range(*run) if not line.is_mark(index)]
    if holder >= 0 and not divided:
        return bool(tokens)
    verbs = [position for position, index in enumerate(tokens) if line.is_finite(index)]
    if alone:
        return len(tokens) >= 2
    return len(tokens) >= 3 and any(position > 0 for position in verbs)


_DELIVERED = frozenset({"warn", "inform", "notify", "tell", "remind", "advise"})
