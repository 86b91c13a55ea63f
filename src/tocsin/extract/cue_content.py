"""What is said: the words before or after a verb of saying that it covers."""

from __future__ import annotations

from tocsin.extract import cue_words, lexicon
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import clause_start, is_adverb

COLON_WITHIN = 12
"""A colon this many words after a verb of saying still opens what was said."""


def left_of(line: Line, stop: int) -> tuple[Words | None, int]:
    """The words said before a comma or a closing quotation mark, and the quotation they are (or -1)."""
    last = stop - 1
    if last < 0:
        return None, -1
    while last > 0 and (line.lower[last] == "," or line.is_quote(last)) and line.quoted[last] < 0:
        last -= 1
    closes = line.quoted[last]
    if closes >= 0:
        first = last
        while first and line.quoted[first - 1] == closes:
            first -= 1
        if first > 1 and not line.is_mark(first - 1) and not line.has_finite(0, last + 1):
            return None, -1
        if first == 0 or not line.has_finite(0, first):
            start = first if first == 0 or line.is_mark(first - 1) or not first else 0
            return Words(start, last + 1), closes
        return Words(clause_start(line, first), last + 1), closes
    start = clause_start(line, last + 1)
    if last < start or not line.has_finite(start, last + 1):
        return None, -1
    return Words(start, last + 1), -1


def speech_near(line: Line, start: int) -> int | None:
    """The first token of speech in quotation marks within ten words, or None."""
    return next((k for k in range(start, min(len(line), start + 10)) if line.quoted[k] >= 0), None)


def colon_after(line: Line, cue: Words, lemma: str) -> int | None:
    """The colon that a verb of saying opens: "X reassures: …", "X gives other figures: …"; else None."""
    for index in range(cue.stop, min(len(line), cue.stop + COLON_WITHIN)):
        if line.lower[index] == ":":
            if 0 < index < len(line) - 1 and line.lower[index - 1][-1].isdigit() and line.lower[index + 1][0].isdigit():
                return None
            if index > cue.stop and lemma in lexicon.group("verbs", "deny"):
                return None  # "denied the charge: …": what follows is not denied
            if lemma in cue_words.GIVING:
                promised = lemma == "put" or any(
                    word in lexicon.group("cues", "promises") for word in line.lower[cue.stop : index]
                )
                return index if promised else None
            return (
                index
                if lemma in cue_words.CLAUSE | cue_words.TOLD | cue_words.QUOTED | cue_words.THINK | cue_words.SHOW
                else None
            )
        if line.quoted[index] >= 0 or line.is_finite(index) or line.lower[index] == "that":
            return None
    return None


def _can_speak(line: Line, source: Words | None) -> bool:
    """Can what stands before a verb speak? "The movements suggest" is the author's own inference."""
    if source is None:
        return True
    head = next(
        (k - 1 for k in range(source.start + 1, source.stop) if line.lower[k] in cue_words.PREPOSITIONS),
        source.stop - 1,
    )
    return (
        line.is_capital(head)
        or line.lower[head] in cue_words.SPEAKERS
        or line.lower[source.stop - 1] == "who"
        or line.bare(head) in cue_words.CAN_SPEAK
        or line.syntax.roles[head].endswith("SOURCE")
        or any(line.lower[k] in lexicon.group("voices", "documents") for k in range(source.start, head + 1))
    )


def speaks(line: Line, cue: Words, source: Words | None, right: Words, lemma: str, *, that: bool, clause: bool) -> bool:
    """Is what stands right of a verb something said?"""
    quoted = line.quoted[right.start] >= 0
    if lemma in cue_words.SHOW - cue_words.CLAUSE - cue_words.THINK:
        return right.stop - right.start >= 2 and any(
            line.lower[k] in lexicon.group("voices", "documents") for k in range(max(0, cue.start - 12), cue.start)
        )
    if lemma in cue_words.INANIMATE and not _can_speak(line, source):
        return False
    if lemma in cue_words.STRICT and not that and not quoted:
        return False
    if lemma == "call" and line.lower[right.start] in {"into", "in", "up", "off", "on", "out", "to", "from", "back"}:
        return line.lower[right.start] == "on"
    if lemma in _ANSWERING and right.stop - right.start == 1 and line.lower[right.start] in _POINTING:
        return True
    infinitive = (
        line.lower[right.start] == "to"
        and line.syntax.tags[right.start] == "TO"
        and line.syntax.labels[right.start] == "mark"
    )
    if lemma in cue_words.CLAUSE:
        finite = (lemma == "say" and clause) or line.has_finite(*right)
        named = (
            lemma in cue_words.NAMING
            and right.stop - right.start >= 2
            and line.lower[right.start] not in cue_words.PREPOSITIONS
        )
        if named and not line.is_mark(right.start) and not is_adverb(line, right.start):
            return True
        return that or quoted or finite or infinitive or lemma in cue_words.THING
    if that or quoted:
        return True
    if lemma in cue_words.THINK:
        if lemma in {"see", "find"} and line.lower[right.start] == "no":
            return right.stop - right.start >= 2 and _can_speak(line, source)
        return clause and line.has_finite(*right) and line.lower[right.start] not in cue_words.PREPOSITIONS
    if lemma in cue_words.TOLD:
        return line.has_finite(*right) or "to" in line.lower[right.start : right.start + 3]
    if lemma in cue_words.THING:
        return right.stop - right.start >= 2
    return False


_ANSWERING = frozenset({"deny", "confirm", "admit", "reject", "refute", "acknowledge"})
_POINTING = frozenset({"it", "this", "that", "them"})
