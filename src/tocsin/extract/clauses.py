"""Where one clause ends and the next begins: semicolons, dashes, conjunctions, and a trailing "who …" or "which …"."""

from __future__ import annotations

from tocsin.extract import lexicon
from tocsin.extract.line import Line


def clauses(line: Line, indices: list[int]) -> list[list[int]]:
    """Cut tokens at the boundaries of their clauses.

    Args:
        line: The sentence.
        indices: Tokens of one voice in order, with holes where another speaks.

    Returns:
        The tokens of each clause; what joins two of them may go with either or with none.
    """
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


_COORDINATORS = lexicon.group("shape", "coordinators")
_SUBORDINATORS = frozenset({"although", "though", "since", "because", "as"})
_LEADING = frozenset({"since", "although", "though", "because", "while", "whereas"})
_SUBJECT_STARTS = lexicon.group("words", "determiners") | {"he", "she", "they", "it", "there", "we", "that"}
_PREPOSITIONS = lexicon.group("words", "prepositions")
_CONNECTIVES = lexicon.phrases("shape", "connectives")
