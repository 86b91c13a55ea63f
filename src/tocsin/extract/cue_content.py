"""What is said: the words before or after a verb of saying that it covers."""

from __future__ import annotations

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.lexicon import Form, Tense
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import clause_start, is_adverb, tail

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


def right_of(line: Line, cue: Words, form: Form) -> tuple[Words | None, int]:
    """The words after a verb: past the one who is told, "that", a comma before a quotation."""
    start = cue.stop
    if start >= len(line):
        return None, -1
    near = speech_near(line, start)
    reach = start + (20 if form.lemma in cue_words.TOLD else 12)
    that = next(
        (k for k in range(start, min(len(line), reach)) if line.lower[k] == "that" and line.quoted[k] < 0), None
    )
    finite = next((k for k in range(start, min(len(line), start + 12)) if line.is_finite(k)), len(line))
    if (
        that is not None
        and that <= finite
        and (near is None or that < near)
        and form.lemma in cue_words.CLAUSE | cue_words.THINK | cue_words.TOLD | cue_words.SHOW
    ):
        rest = tail(line, that + 1)
        return rest, -1 if near is None or near > that + 1 else line.quoted[near]
    if (
        near is not None
        and form.lemma not in cue_words.GIVING
        and (line.is_mark(near - 1) or line.lower[near - 1] not in {"of", "the", "a", "this"})
        and near - start <= 8
    ):
        between = range(start, near)
        if (
            any(line.lower[k] == "," for k in between)
            or near == start
            or form.lemma in cue_words.QUOTED_ONLY
            or form.lemma in cue_words.TOLD
        ):
            return tail(line, near), line.quoted[near]
    if form.lemma in cue_words.TOLD and form.lemma not in {"assure", "warn", "caution", "reassure"}:
        start = _past_hearer(line, start)
    elif form.lemma in cue_words.CLAUSE:
        while start < len(line) and (
            line.lower[start] in cue_words.DAYS
            or (
                line.lower[start] in {"on", "late", "early"}
                and start + 1 < len(line)
                and line.lower[start + 1] in cue_words.DAYS
            )
            or (start > cue.stop and line.lower[start].isdigit() and line.lower[start - 1] in cue_words.DAYS)
        ):
            start += 1
    return tail(line, start), -1


def _past_hearer(line: Line, start: int) -> int:
    """Past "reporters", "his boss", "the paper", "Sky News"."""
    index = start
    if index < len(line) and line.lower[index] in {"me", "him", "her", "them", "us", "you"}:
        return index + 1
    while (
        index < len(line) and (line.lower[index] in cue_words.ARTICLES or line.is_capital(index)) and index - start < 6
    ):
        index += 1
    if index == start or line.lower[index - 1] in cue_words.ARTICLES:
        index += 1
    if index < len(line) and line.lower[index] in cue_words.DAYS:
        index += 1
    return index


def speech_near(line: Line, start: int) -> int | None:
    """The first token of speech in quotation marks within ten words, or None."""
    return next((k for k in range(start, min(len(line), start + 10)) if line.quoted[k] >= 0), None)


def colon_after(line: Line, cue: Words, form: Form) -> int | None:
    """The colon that a verb of saying opens: "X reassures: …", "X gives other figures: …"; else None."""
    for index in range(cue.stop, min(len(line), cue.stop + COLON_WITHIN)):
        if line.lower[index] == ":":
            if 0 < index < len(line) - 1 and line.lower[index - 1][-1].isdigit() and line.lower[index + 1][0].isdigit():
                return None
            if form.lemma in cue_words.GIVING:
                promised = any(word in lexicon.group("cues", "promises") for word in line.lower[cue.stop : index])
                return index if promised else None
            return (
                index
                if form.lemma in cue_words.CLAUSE | cue_words.TOLD | cue_words.QUOTED | cue_words.THINK | cue_words.SHOW
                else None
            )
        if line.quoted[index] >= 0 or line.is_finite(index) or line.lower[index] == "that":
            return None
    return None


def is_predicate(line: Line, words: Words) -> bool:
    """Does it begin with the verb of the clause that a voice interrupts: "The strikes, officials said, killed …"?"""
    tenses = {form.tense for form in lexicon.forms().get(line.lower[words.start], ())}
    return line.has_finite(*words) or bool(tenses & {Tense.PAST, Tense.PRESENT})


def is_adjunct(line: Line, start: int) -> bool:
    """Does only a time, a place or an occasion follow the verb?"""
    if start >= len(line):
        return True
    word = line.lower[start]
    if "that" in line.lower[start : start + 12]:
        return False
    return (
        word in cue_words.PREPOSITIONS
        or word in cue_words.DAYS
        or word in {"when", "after", "while", "last", "this", "earlier", "recently", "late"}
        or line.is_mark(start)
    )


def _can_speak(line: Line, cue: Words) -> bool:
    """Can what stands before a verb speak? "The movements suggest" is the author's own inference."""
    source = noun.before(line, cue.start)
    if source is None or line.lower[cue.start - 1] in {"and", "but"}:
        return True
    head = next(
        (k - 1 for k in range(source.start + 1, source.stop) if line.lower[k] in cue_words.PREPOSITIONS),
        source.stop - 1,
    )
    return (
        line.is_capital(head)
        or line.lower[head] in cue_words.SPEAKERS
        or line.bare(head) in cue_words.CAN_SPEAK
        or any(line.lower[k] in lexicon.group("voices", "documents") for k in range(source.start, head + 1))
    )


def speaks(line: Line, cue: Words, right: Words, form: Form, quotation: int) -> bool:
    """Is what stands right of a verb something said?"""
    lemma = form.lemma
    that = right.start > cue.stop and line.lower[right.start - 1] == "that"
    if lemma in cue_words.SHOW - cue_words.CLAUSE - cue_words.THINK:
        return right.stop - right.start >= 2 and any(
            line.lower[k] in lexicon.group("voices", "documents") for k in range(max(0, cue.start - 12), cue.start)
        )
    if lemma in cue_words.INANIMATE and not _can_speak(line, cue):
        return False
    if lemma in cue_words.STRICT and not that and quotation < 0:
        return False
    if lemma == "call" and line.lower[right.start] in {"into", "in", "up", "off", "on", "out", "to", "from", "back"}:
        return line.lower[right.start] == "on"
    if lemma in _ANSWERING and right.stop - right.start == 1 and line.lower[right.start] in _POINTING:
        return True
    if lemma in cue_words.CLAUSE:
        finite = lemma == "say" or line.has_finite(*right)
        named = (
            lemma in cue_words.NAMING
            and right.stop - right.start >= 2
            and line.lower[right.start] not in cue_words.PREPOSITIONS
        )
        if named and not line.is_mark(right.start) and not is_adverb(line, right.start):
            return True
        return that or quotation >= 0 or finite or line.lower[right.start] == "to" or lemma in cue_words.THING
    if that or quotation >= 0:
        return True
    if lemma in cue_words.THINK:
        return (
            line.has_finite(right.start, min(right.stop, right.start + 8))
            and line.lower[right.start] not in cue_words.PREPOSITIONS
        )
    if lemma in cue_words.TOLD:
        return line.has_finite(*right) or "to" in line.lower[right.start : right.start + 3]
    if lemma in cue_words.THING:
        return right.stop - right.start >= 2
    if lemma in cue_words.SHOW:
        return right.stop - right.start >= 2 and any(
            line.lower[k] in lexicon.group("voices", "documents") for k in range(max(0, cue.start - 8), cue.start)
        )
    return False


_ANSWERING = frozenset({"deny", "confirm", "admit", "reject", "refute", "acknowledge"})
_POINTING = frozenset({"it", "this", "that", "them"})
