"""What states nothing: headings, labels, fragments, what somebody did not say, how a voice wants to be named."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract import lexicon
from tocsin.extract.line import Line
from tocsin.extract.proposition import AUTHOR, Proposition
from tocsin.extract.said import Said

_FRAGMENT_WORDS = 5
_LABEL_WORDS = 5
"""A numbered heading has at most this many words behind its number."""


def unnamed(line: Line, piece: Proposition) -> bool:
    """Does it only say how a voice wants to be named: "asked not to be named"?"""
    start, stop = piece.runs[0].start, piece.runs[-1].stop
    return any(line.lower[start : start + len(words)] == words and stop - start <= len(words) + 2 for words in _UNNAMED)


def not_said(line: Line, piece: Proposition, said: Sequence[Said]) -> bool:
    """As in "has not said when the trains might resume", "declined to comment": no statement of anybody."""
    if _no_comment(line, piece):
        return True
    if piece.owner < 0 or not said[piece.owner].negated or said[piece.owner].verb not in _SAYING:
        return False
    return line.lower[piece.runs[0].start] in _OPEN


def _no_comment(line: Line, piece: Proposition) -> bool:
    """As in "did not respond to a request for comment", "could not be reached for comment"."""
    words = {line.lower[index] for index in piece.tokens}
    silent = bool(words & _SILENT) or any(word.endswith(("n't", "n’t")) for word in words)
    return bool(words & _COMMENT) and silent and len(piece.tokens) <= _SHORT


def noise(line: Line, piece: Proposition, *, carried: bool) -> bool:
    """A heading or a fragment with nobody behind it."""
    if piece.owner != AUTHOR or carried:
        return False
    if _is_label(line, piece) or _is_asked(line, piece):
        return True
    tokens = [index for index in piece.tokens if not line.is_mark(index)]
    verbs = sum(line.is_finite(index) for index in tokens)
    if verbs and not (
        verbs == 1 and tuple(line.lower[index] for index in tokens[:4]) == ("it", "should", "be", "noted")
    ):
        return False
    if any(line.syntax.tags[index] == "VBN" and line.syntax.child(index, "nsubj") is not None for index in tokens):
        return False  # "Two lorries burned."
    if any(line.lower[index][:1].isdigit() for index in tokens) and line.lower[-1] in {".", "?", "!"}:
        return False
    return not (len(tokens) >= _FRAGMENT_WORDS and line.lower[-1] in {".", "!", "…", "?"}) and not (
        len(tokens) > 1 and line.lower[-1] == "?"
    )


def _is_asked(line: Line, piece: Proposition) -> bool:
    """As in "Asked whether the talks had begun, he …": the question is nobody's statement."""
    start = piece.runs[0].start
    asked = line.lower[start] in {"asked", "questioned", "pressed"} and line.syntax.tags[start] in {"VBN", "VBD"}
    return asked and line.syntax.child(start, "nsubj", "aux") is None and bool(_QUESTIONS & set(line.lower[start:]))


def _is_label(line: Line, piece: Proposition) -> bool:
    """As in "2. Fighting", "Next update on 10 November", "Sources: the mayor and two clinics"."""
    start = piece.runs[0].start
    tokens = [index for index in piece.tokens if not line.is_mark(index)]
    if any(line.is_finite(index) for index in tokens):
        return False
    numbered = line.lower[start].rstrip(".)").isdigit() and (
        line.lower[start].endswith((".", ")")) or line.lower[start + 1 : start + 2] in {(".",), (")",)}
    )
    if numbered:
        behind = [index for index in tokens if index > start]
        bare = all(line.syntax.upos[index] not in {"ADP", "NUM", "VERB"} for index in behind)
        return len(behind) <= 1 or (len(behind) <= _LABEL_WORDS and bare)
    return lexicon.phrases("shape", "labels").at(line.lower, start) is not None


def why_nothing(line: Line) -> str:
    """The reason to tell for a sentence that gave no claim."""
    if line.lower[-1] in {".", "!", "?", "…", "”", '"', ")"}:
        return "no statement found"
    return "heading or fragment"


_COMMENT = frozenset({"comment", "comments", "commented"})
_SILENT = frozenset(
    {"not", "cannot", "never", "nobody", "unavailable"}
    | {verb + ending for verb in ("declin", "refus") for ending in ("e", "es", "ed", "ing")}
)
_SHORT = 18
"""What nobody commented on is told in at most so many words."""
_QUESTIONS = frozenset({"whether", "if", "about", "how", "what", "who", "where", "when", "why"})
_SAYING = lexicon.group("verbs", "clause") | lexicon.group("verbs", "told")
_OPEN = frozenset({"how", "what", "who", "where", "when", "why", "which"})
_UNNAMED = (
    *(("not", "to", "be", word) for word in ("named", "identified", "quoted", "cited")),
    ("to", "remain", "anonymous"),
    ("to", "remain", "unnamed"),
    ("anonymity",),
)
