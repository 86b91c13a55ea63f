"""The words of a clause without what only joins or encloses it."""

from __future__ import annotations

from itertools import groupby

from tocsin.extract import lexicon
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import is_note


def runs(line: Line, clause: list[int]) -> tuple[Words, ...]:
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
    while stop > start and (
        line.lower[clause[stop - 1]] in {"and", "but", "or", "as", "that"} or _leads_away(line, clause[start:stop])
    ):
        stop -= 1
        while stop > start and _droppable(line, clause[stop - 1]):
            stop -= 1
    kept = _balanced(line, clause[start:stop])
    found = []
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
            found.append(Words(run[0], run[-1] + 1))
    return tuple(found)


def _leads_away(line: Line, clause: list[int]) -> bool:
    """Does the last word only lead to another's words: "circulated on the net, which | announced that …"?"""
    last = clause[-1]
    head = line.syntax.heads[last]
    leads = line.lower[last] in _SUBORDINATORS and line.syntax.relation(last) in {"mark", "advmod", "nsubj", "case"}
    return leads and head > last and head not in clause


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


_SUBORDINATORS = lexicon.group("words", "subordinators")
_JOINERS = lexicon.group("shape", "joiners")
_JOINING = lexicon.phrases("carry", "joining")
_ENUMERATORS = lexicon.phrases("carry", "enumerators")
