"""Propositions: what a voice says, cut where one statement ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from tocsin.extract import lexicon
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, is_note

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
        for clause in _clauses(line, indices):
            runs = _runs(line, clause)
            whole = len(groups) == 1 and not inside
            if runs and _states(line, runs, holder, alone=whole, divided=_divided(said, holder)):
                found.append(Proposition(holder, runs))
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
        follows = [words.start for words in one.contents if words.start > one.cue.stop]
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


def _clauses(line: Line, indices: list[int]) -> list[list[int]]:
    """Cut a run of tokens at its clause boundaries."""
    finite = [line.is_finite(index) for index in indices]
    total = sum(finite)
    if total < 2:
        return [indices]
    before = [0]
    for flag in finite:
        before.append(before[-1] + flag)
    cuts: list[tuple[int, int]] = []  # (where the left part stops, where the right part starts)
    last = 0
    opening = _first_word(line, indices)
    pending = line.lower[indices[opening]] in _LEADING if opening < len(indices) else False
    position = 1
    while position < len(indices):
        left = before[position] - before[last]
        right = total - before[position]
        step = _cut(line, indices, finite, position, pending=pending) if left and right else None
        if step is None and right and position - last >= 4 and _second_that(line, indices, position):
            step = position + 1
        if step is not None:
            cuts.append((position, step))
            last = step
            pending = False
            position = step
        position += 1
    parts = []
    start = 0
    for stop, following in cuts:
        parts.append(indices[start:stop])
        start = following
    parts.append(indices[start:])
    return [part for part in parts if part]


def _second_that(line: Line, indices: list[int], position: int) -> bool:
    """As in "… and that": a second clause under the same verb."""
    if position + 2 >= len(indices):
        return False
    return (
        line.lower[indices[position]] in {"and", "but"}
        and line.lower[indices[position + 1]] == "that"
        and (line.lower[indices[position + 2]] not in {"is", "was", "would", "will", "has"})
    )


def _first_word(line: Line, indices: list[int]) -> int:
    position = 0
    while position < len(indices) and (
        line.is_mark(indices[position]) or line.lower[indices[position]] in {"but", "and", "however"}
    ):
        position += 1
    return position


def _cut(line: Line, indices: list[int], finite: list[bool], position: int, *, pending: bool) -> int | None:
    """Is there a boundary at a position? The position at which the right part starts, or None."""
    index = indices[position]
    word = line.lower[index]
    following = indices[position + 1] if position + 1 < len(indices) else None
    if following is None:
        return None
    after = line.lower[following]
    if word == ";":
        return position + 1
    joined = _CONNECTIVES.at(line.lower, index)
    if joined and _subject_follows(line, indices, finite, position + joined.stop - joined.start):
        return position + joined.stop - joined.start
    if line.is_quote(index) and after in {"and", "but"} and line.quoted[following] >= 0:
        opening = position + 2 < len(indices) and _clause_follows(line, indices, finite, position + 2)
        return position + 2 if opening else None
    if word in {":", "–", "—", "--"} or (word == "-" and _spaced(line, index)):
        closing = any(line.lower[k] == word for k in indices[position + 1 :])
        return position + 1 if not closing and _soon(finite, position, 25) else None
    if word == ",":
        if pending and _subject_follows(line, indices, finite, position + 1):
            return position + 1
        if after in _COORDINATORS and position + 2 < len(indices):
            return position + 2 if _clause_follows(line, indices, finite, position + 2) else None
        if after in _SUBORDINATORS:
            return position + 2 if _soon(finite, position + 1, 14) else None
        if after in {"who", "which", "when", "where"}:
            return (
                position + 1
                if _soon(finite, position + 1, 8) and _trailing(line, indices, finite, position + 1)
                else None
            )
        return None
    if word in {"and", "but"} and not line.is_mark(indices[position - 1]):
        if _in_progress(line, indices[:position]) and lexicon.forms().get(
            line.lower[indices[min(position + 2, len(indices) - 1)]]
        ):
            return None
        step = position + 1
        while step < len(indices) - 1 and (
            line.lower[indices[step]] in {"also", "then", "now"} or line.lower[indices[step]].endswith("ly")
        ):
            step += 1
        if finite[step]:
            return position + 1
        starts = line.lower[following] in _SUBJECT_STARTS
        return position + 1 if starts and _subject_follows(line, indices, finite, position + 1) else None
    if word == "who" and not line.is_mark(indices[position - 1]):
        return position if _soon(finite, position, 3) and _trailing(line, indices, finite, position) else None
    return None


def _soon(finite: list[bool], position: int, within: int) -> bool:
    return any(finite[position + 1 : position + 1 + within])


def _clause_follows(line: Line, indices: list[int], finite: list[bool], position: int) -> bool:
    """Does a clause, with its own subject or the subject understood, begin here?"""
    if finite[position]:
        return True
    if _subject_follows(line, indices, finite, position) or _soon(finite, position, 2):
        return True
    return line.lower[indices[position]] in _SUBJECT_STARTS and _soon(finite, position, 10)


def _in_progress(line: Line, left: list[int]) -> bool:
    """Is the last verb on the left "is doing" or "was done", so that a form in -ed or -ing goes on with it?"""
    for index in reversed(left):
        if line.is_finite(index):
            return line.lower[index] in {"is", "are", "was", "were"}
    return False


def _subject_follows(line: Line, indices: list[int], finite: list[bool], position: int) -> bool:
    """Does a noun phrase with its finite verb follow, before any comma or "that"?"""
    for step in range(position, min(len(indices), position + 14)):
        if finite[step]:
            return step > position
        word = line.lower[indices[step]]
        if line.is_mark(indices[step]) and not line.is_quote(indices[step]) and word not in {"'", "’"}:
            return word == "," and step - position <= 5 and line.lower[indices[position]] in _PREPOSITIONS
        if word in {"that", "who", "which", "to"} and step > position:
            return False
    return False


def _trailing(line: Line, indices: list[int], finite: list[bool], position: int) -> bool:
    """Does a relative clause run to the end, with no main verb left after a comma?"""
    for step in range(position + 2, len(indices)):
        if (
            line.lower[indices[step]] == ","
            and any(finite[step + 1 : step + 4])
            and line.lower[indices[step + 1]] not in _COORDINATORS
        ):
            return False
    return True


def _spaced(line: Line, index: int) -> bool:
    """A hyphen with space on both sides is a dash."""
    if not 0 < index < len(line) - 1:
        return False
    here = line.tokens[index].span
    return line.tokens[index - 1].span.stop < here.start and here.stop < line.tokens[index + 1].span.start


def _runs(line: Line, clause: list[int]) -> tuple[Words, ...]:
    """The clause without what only joins it: marks, conjunctions, "Firstly,"; holes divide it into runs."""
    start, stop = 0, len(clause)
    changed = True
    while changed and start < stop:
        changed = False
        dropped = _droppable(line, clause[start]) or line.lower[clause[start]] in _JOINERS
        if dropped or is_note(line, clause[start]):
            start += 1
            changed = True
        else:
            match = _ENUMERATORS.at(line.lower, clause[start]) or _JOINING.at(line.lower, clause[start])
            width = match.stop - match.start if match else 0
            if match and start + width < stop and line.lower[clause[start + width]] == ",":
                start += width + 1
                changed = True
    while stop > start and _droppable(line, clause[stop - 1]):
        stop -= 1
    while stop > start and line.lower[clause[stop - 1]] in {"and", "but", "or", "as", "that"}:
        stop -= 1
        while stop > start and _droppable(line, clause[stop - 1]):
            stop -= 1
    kept = _balanced(line, clause[start:stop])
    runs = []
    for _, members in groupby(enumerate(kept), key=lambda pair: pair[1] - pair[0]):
        run = [index for _, index in members]
        while (
            run
            and line.is_mark(run[0])
            and not line.is_quote(run[0])
            and line.lower[run[0]] not in {"(", "$", "€", "£"}
        ):
            run = run[1:]
        while run and line.lower[run[-1]] in {",", ";", ":", "–", "—"}:
            run = run[:-1]
        if run:
            runs.append(Words(run[0], run[-1] + 1))
    return tuple(runs)


def _droppable(line: Line, index: int) -> bool:
    return (
        line.is_mark(index)
        and not line.is_quote(index)
        and line.lower[index] not in {"$", "€", "£", "%", "?"}
        and (line.lower[index] not in {"(", ")"} or _lonely(line, index))
    )


def _lonely(line: Line, index: int) -> bool:
    """A bracket at the very edge of a sentence, or one that is cut out with its statement."""
    return line.lower[index] == "(" or "(" not in line.lower[:index] or line.has_finite(0, index)


def _balanced(line: Line, kept: list[int]) -> list[int]:
    """Without quotation marks that stand alone at an end, or that enclose the whole."""
    while (
        kept and line.is_quote(kept[0]) and (line.quoted[kept[0]] >= 0 or not any(line.is_quote(k) for k in kept[1:]))
    ):
        inner = sum(line.is_quote(k) for k in kept[1:])
        if inner % 2 == 0 or line.is_quote(kept[-1]):
            kept = kept[1:-1] if inner % 2 and len(kept) > 1 else kept[1:]
        else:
            break
    while kept and line.is_quote(kept[-1]) and sum(line.is_quote(k) for k in kept) % 2:
        kept = kept[:-1]
    while kept and line.lower[kept[-1]] in {",", "."}:
        kept = kept[:-1]
    return kept


def _states(line: Line, runs: tuple[Words, ...], holder: int, *, alone: bool, divided: bool) -> bool:
    """Is there enough to be a statement? What another voice's words leave over needs a subject and a verb."""
    tokens = [index for run in runs for index in range(*run) if not line.is_mark(index)]
    if holder >= 0 and not divided:
        return bool(tokens)
    verbs = [position for position, index in enumerate(tokens) if line.is_finite(index)]
    if alone:
        return len(tokens) >= 2
    return len(tokens) >= 3 and any(position > 0 for position in verbs)


_COORDINATORS = lexicon.group("shape", "coordinators")
_SUBORDINATORS = frozenset({"although", "though", "since", "because", "as"})
_LEADING = frozenset({"since", "although", "though", "because", "while", "whereas"})
_JOINERS = lexicon.group("shape", "joiners")
_SUBJECT_STARTS = lexicon.group("words", "determiners") | {"he", "she", "they", "it", "there", "we", "that"}
_PREPOSITIONS = lexicon.group("words", "prepositions")
_JOINING = lexicon.phrases("carry", "joining")
_ENUMERATORS = lexicon.phrases("carry", "enumerators")
_CONNECTIVES = lexicon.phrases("shape", "connectives")
_DELIVERED = frozenset({"warn", "inform", "notify", "tell", "remind", "advise"})
