"""Cues: the words that attribute, with the voice beside them and the words they cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from tocsin.extract import lexicon, noun
from tocsin.extract.lexicon import Form, Tense
from tocsin.extract.line import Line
from tocsin.extract.noun import Words

COLON_WITHIN = 12
"""A colon this many words after a verb of saying still opens what was said."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution inside a sentence, in tokens.

    ``contents`` may be empty when what was said stands in other sentences: ``quotation`` is then the index of
    the paragraph's quotation, or ``ahead`` is true (a colon ends the sentence). ``verb`` is the lemma, "" for
    phrases and nouns (``nominal``). ``by_way``: an "as X reports". ``negated``: the voice is said not to have said it.
    """

    cue: Words
    source: Words | None
    contents: tuple[Words, ...]
    verb: str = ""
    negated: bool = False
    quotation: int = -1
    ahead: bool = False
    nominal: bool = False
    by_way: bool = False


def cues(line: Line) -> tuple[Said, ...]:
    """Every attribution of a sentence, in order of text."""
    found = _phrases(line)
    found += _nominals(line)
    taken = [words for said in found for words in (said.cue, said.source) if words]
    for index in range(len(line)):
        if line.quoted[index] >= 0 or any(w.start <= index < w.stop for w in taken):
            continue
        said = _verb(line, index, tuple(found))
        if said is not None:
            found.append(said)
            taken.append(said.cue)
            if said.source is not None:
                taken.append(said.source)
    found = [_aside(said, found) for said in found]
    return _apart(line, [said for said in sorted(found, key=lambda s: s.cue) if not _swallowed(line, said, found)])


def _aside(said: Said, found: list[Said]) -> Said:
    """"X said that A, as Y reported": what Y confirms has its voice already."""
    if said.verb == "cite" or not said.contents or said.cue.start < said.contents[0].start:
        return said
    inside = any(
        other is not said and other.verb and other.source and any(w.start <= other.source.start < w.stop for w in said.contents)
        for other in found
    )
    return replace(said, contents=()) if inside and said.source and said.source.start < said.cue.start and said.by_way else said


def _swallowed(line: Line, said: Said, found: list[Said]) -> bool:
    """Is it only part of what another verb of saying covers: "he said she believed …", "said he noted …"?

    A voice within a voice needs a verb of saying of its own and a subject that is no pronoun.
    """
    if said.verb == "cite":
        return False
    outer = [
        other
        for other in found
        if other is not said
        and other.verb
        and any(words.start <= said.cue.start < words.stop for words in other.contents)
    ]
    if not outer or not said.verb or said.source is None:
        return False
    if said.source in {other.source for other in outer}:
        return False
    weak = said.verb not in _CLAUSE | _TOLD or said.verb in _THING
    return weak or line.lower[said.source.start] in _SPEAKERS or line.lower[said.source.stop - 1] == "who"


# --- phrases -------------------------------------------------------------------------------------------------


def _phrases(line: Line) -> list[Said]:
    found = []
    for match in lexicon.phrases("cues", "before").find(line.lower):
        if line.quoted[match.start] >= 0 or (match.phrase == "per" and match.start):
            continue
        source = noun.after(line, match.stop)
        if source is None:
            continue
        source = _through_apposition(line, source)
        contents = _around(line, Words(match.start, source.stop))
        if contents:
            found.append(Said(Words(match.start, match.stop), source, contents))
    for index in range(len(line) - 2):
        if (
            line.lower[index] == "as"
            and line.quoted[index] < 0
            and (not index or line.is_mark(index - 1) or _opening(line, index))
        ):
            said = _as_said(line, index)
            if said:
                found.append(said)
    return found


def _as_said(line: Line, index: int) -> Said | None:
    """ "as our interlocutor points out"."""
    for verb in range(index + 2, min(index + 14, len(line))):
        if line.is_mark(verb) and not line.is_quote(verb):
            return None
        reading = next(
            (f for f in lexicon.forms().get(line.lower[verb], ()) if f.lemma in lexicon.group("cues", "as_verbs")), None
        )
        if reading and reading.tense in {Tense.PRESENT, Tense.PAST, Tense.BASE}:
            first = verb
            while line.lower[first - 1] in _AUXILIARIES or line.lower[first - 1] in _LIGHT or _ly(line, first - 1):
                first -= 1
            source = noun.before(line, first, lowest=index + 1) if first > index + 1 else None
            if source is None or line.lower[source.start] in {"we", "i"}:
                return None
            stop = verb + 1 + (verb + 1 < len(line) and line.lower[verb + 1] in lexicon.group("cues", "particles"))
            contents = _around(line, Words(index, stop))
            return Said(Words(verb, stop), source, contents, reading.lemma, by_way=True) if contents else None
    return None


def _around(line: Line, words: Words) -> tuple[Words, ...]:
    """What a phrase covers: what follows when it opens its clause, else what stands before it."""
    start, stop = words
    right = _tail(line, stop)
    if start == 0 or _opening(line, start):
        return (right,) if right else ()
    left = Words(_clause_start(line, start), start)
    while left.stop > left.start and line.is_mark(left.stop - 1) and not line.is_quote(left.stop - 1):
        left = Words(left.start, left.stop - 1)
    if left.stop <= left.start:
        return (right,) if right else ()
    closes = stop < len(line) and line.lower[stop] in {",", "–", "—"}
    if closes and right and not line.has_finite(*left) and line.has_finite(*right):
        return (left, right)
    return (left,)


def _tail(line: Line, start: int) -> Words | None:
    """From a token to the end of the sentence, or of the bracket it stands in."""
    while start < len(line) and line.is_mark(start) and not line.is_quote(start) and line.lower[start] != "(":
        if line.lower[start] == ")":
            return None
        start += 1
    depth = 0
    stop = start
    while stop < len(line):
        if line.lower[stop] == "(":
            depth += 1
        elif line.lower[stop] == ")":
            depth -= 1
            if depth < 0:
                break
        stop += 1
    while (
        stop > start
        and line.is_mark(stop - 1)
        and not line.is_quote(stop - 1)
        and line.lower[stop - 1] not in {")", "?", "%"}
    ):
        stop -= 1
    return Words(start, stop) if stop > start else None


def _clause_start(line: Line, stop: int) -> int:
    """Where the clause that ends before ``stop`` begins: after a bracket, a semicolon or the sentence's start."""
    for index in range(stop - 1, -1, -1):
        if line.lower[index] in {"(", ";"}:
            return index + 1
    return 0


def _opening(line: Line, start: int) -> bool:
    """Does a phrase open its sentence or bracket, but for words like "But" and "However,"?"""
    index = start - 1
    while index >= 0 and (line.lower[index] in _OPENERS or line.lower[index] == "," or line.is_quote(index)):
        index -= 1
    return index < 0 or line.lower[index] in {"(", ";", ":"}


def _through_apposition(line: Line, source: Words) -> Words:
    """ "According to X, a spokesman for Y, …": the description belongs to the voice."""
    start = source.stop
    if start + 1 >= len(line) or line.lower[start] != ",":
        return source
    if line.lower[start + 1] not in {"a", "an", "the", "who", "which"} and line.lower[start + 1] not in _TITLES:
        return source
    closing = next((k for k in range(start + 1, min(len(line), start + 24)) if line.lower[k] == ","), None)
    if closing is None or (line.lower[start + 1] not in {"who", "which"} and line.has_finite(start + 1, closing)):
        return source
    described = any(line.bare(k) in _TITLES for k in range(start + 1, closing))
    return Words(source.start, closing) if described else source


# --- nouns of saying -----------------------------------------------------------------------------------------


def _nominals(line: Line) -> list[Said]:
    """ "the assessment released by X: …", "information published by X – …"."""
    found = []
    for index in range(len(line) - 2):
        if line.lower[index] not in lexicon.group("cues", "nouns") or line.quoted[index] >= 0:
            continue
        link = index + 1 + (line.lower[index + 1] in lexicon.group("cues", "released"))
        if line.lower[link] not in lexicon.group("cues", "links") or (link == index + 1 and line.lower[link] == "of"):
            continue
        source = noun.after(line, link + 1)
        if source is None or source.stop >= len(line) or line.lower[source.stop] not in {":", "–", "—", "--"}:
            continue
        content = _tail(line, source.stop + 1)
        start = index - (index > 0 and line.lower[index - 1] in {"the", "an", "a", "this"})
        if content and line.has_finite(*content):
            found.append(Said(Words(start, link + 1), source, (content,), nominal=True))
    return found


# --- verbs ---------------------------------------------------------------------------------------------------


def _verb(line: Line, index: int, earlier: tuple[Said, ...]) -> Said | None:
    readings = [f for f in lexicon.forms().get(line.lower[index], ()) if f.lemma in _SAYING]
    if not readings:
        return None
    first = index
    while first and (line.lower[first - 1] in _AUXILIARIES or line.lower[first - 1] in _LIGHT or _ly(line, first - 1)):
        first -= 1
    between = set(line.lower[first:index])
    form = _as_said_by(line, index, first, readings, between)
    if form is None:
        return None
    negated = bool(between & _NEGATORS) or any(word.endswith("n't") for word in between)
    stop = index + 1 + (index + 1 < len(line) and form.lemma == "point" and line.lower[index + 1] == "out")
    if form.lemma == "point" and stop == index + 1:
        return None
    cue = Words(first, stop)
    if form.tense is Tense.ING and not between & _BE:
        return _participle(line, cue, form, earlier)
    if _impersonal(line, cue, form, between):
        content = _tail(line, stop + 1)
        return Said(cue, None, (content,), form.lemma, negated=negated) if content else None
    if form.tense is Tense.PARTICIPLE and between & _BE and not between & _HAVE_ONLY:
        return None
    inverted = _inverted(line, cue, form)
    if inverted is not None:
        said = _behind(line, cue, inverted, form)
        if said is not None:
            return said
    source = _joined_subject(line, first, earlier) or _document(line, first, form) or noun.before(line, first)
    if source is None or line.lower[source.start] in {"we", "i", "you", "there"} or line.is_mark(source.start):
        return None
    return _ahead(line, cue, source, form, negated=negated)


def _as_said_by(line: Line, index: int, first: int, readings: list[Form], between: set[str]) -> Form | None:
    """The reading that the words before allow, or None where the word is a noun."""
    before = line.lower[first - 1] if first else ""
    after = line.lower[index + 1] if index + 1 < len(line) else ""
    tenses = {form.tense: form for form in reversed(readings)}
    if Tense.ING in tenses:
        return tenses[Tense.ING]
    if between & _FUTURE and not (between & _NEGATORS or any(w.endswith("n't") for w in between)):
        return None
    if between & _MODALS and Tense.BASE in tenses:
        return tenses[Tense.BASE] if before != "to" else None
    if between & (_BE | _HAVE) and Tense.PARTICIPLE in tenses:
        return tenses[Tense.PARTICIPLE]
    if between & (_BE | _HAVE) and Tense.PAST in tenses and between & _HAVE:
        return tenses[Tense.PAST]
    if before == "to" and Tense.BASE in tenses:
        return tenses[Tense.BASE] if first > 1 and line.lower[first - 2] in _WENT_ON else None
    if (before in _NOUN_BEFORE or before in _PREPOSITIONS) and line.lower[index] not in _SURE:
        return None
    if before.endswith("'s") and line.lower[index] not in _SURE:
        return None
    if Tense.PAST in tenses:
        if after == "by" or (after in {"of", "as"} and tenses[Tense.PAST].lemma != "speak"):
            return None
        return tenses[Tense.PAST]
    if Tense.PRESENT in tenses:
        if after in {"of", "about"} or after in _FINITE or line.is_capital(index):
            return None
        if line.lower[index] in _NOUN_TOO and not _verbal(line, index, first):
            return None
        return tenses[Tense.PRESENT]
    if line.lower[index] == "say" and Tense.BASE in tenses and before not in {"to", ","} and before:
        return tenses[Tense.BASE]
    if Tense.BASE in tenses and tenses[Tense.BASE].lemma in _SHOW and not between:
        shown = line.lower[max(0, first - 8) : first]
        if any(word in lexicon.group("voices", "documents") and word.endswith(("s", "data", "y")) for word in shown):
            return tenses[Tense.BASE] if after not in {"of"} else None
    if Tense.BASE in tenses and (
        before in _PLURAL_SUBJECTS or (before.endswith("s") and not before.endswith("ss")) or before == "who"
    ):
        if line.lower[index] in _NOUN_TOO and not _verbal(line, index, first):
            return None
        return None if after in {"of"} or line.is_capital(index) else tenses[Tense.BASE]
    return None


def _verbal(line: Line, index: int, first: int) -> bool:
    """Does "states", "claims", "reports" stand as a verb: after a full subject, before a clause or speech?"""
    subject = noun.before(line, first)
    if subject is None or index + 1 >= len(line):
        return False
    head = line.lower[subject.start]
    named = head in _ARTICLES or head in _SPEAKERS or line.is_capital(subject.stop - 1)
    follows = line.lower[index + 1]
    return named and (
        follows
        in {
            "that",
            "the",
            "a",
            "an",
            "it",
            "he",
            "she",
            "they",
            "there",
            "his",
            "her",
            "their",
            ":",
            ",",
            "this",
            "these",
            "no",
            "some",
        }
        or line.quoted[index + 1] >= 0
        or line.is_capital(index + 1)
        or index + 1 == len(line) - 1
    )


def _participle(line: Line, cue: Words, form: Form, earlier: tuple[Said, ...]) -> Said | None:
    """ ", adding that …": the voice is that of the verb before, or the sentence's subject."""
    if line.lower[cue.start] in _CITING:
        return _cited(line, cue, earlier)
    if form.lemma not in _CLAUSE and form.lemma not in _TOLD and form.lemma not in _THING:
        return None
    before = line.lower[cue.start - 1] if cue.start else ""
    if before not in {
        ",",
        "statement",
        "and",
        "by",
        "as",
        "–",
        "—",
        "letter",
        "tweet",
        "note",
        "without",
        "before",
        "while",
    } and not line.is_quote(max(0, cue.start - 1)):
        return None
    content, quotation = _right(line, cue, form)
    if content is None:
        return None
    if form.lemma not in _THING and not (
        line.lower[content.start - 1] == "that" or line.has_finite(*content) or _speech_near(line, cue.stop) is not None
    ):
        return None
    source = _speaking(earlier, cue.start) or _subject(line, cue.start)
    return Said(cue, source, (content,), form.lemma, quotation=quotation) if source else None


def _cited(line: Line, cue: Words, earlier: tuple[Said, ...]) -> Said | None:
    """ "…, the agency said, citing the ministry": the ministry is the voice behind the agency."""
    told = [said for said in earlier if said.contents and said.source]
    source = noun.after(line, cue.stop)
    if not told or source is None or line.lower[cue.start - 1] != ",":
        return None
    stop = min(cue.start - 1, max(words.stop for words in told[-1].contents))
    contents = tuple(Words(w.start, min(w.stop, stop)) for w in told[-1].contents if w.start < stop)
    return Said(cue, source, contents, "cite") if contents else None


def _subject(line: Line, stop: int) -> Words | None:
    """The noun phrase before the first finite verb."""
    for index in range(1, stop):
        if line.quoted[index] < 0 and line.is_finite(index):
            return noun.before(line, index)
    return None


def _document(line: Line, stop: int, form: Form) -> Words | None:
    """"Footage posted on 23 December shows": what shows something may carry its own history before the verb."""
    if form.lemma not in _SHOW:
        return None
    for index in range(stop - 1, max(-1, stop - 10), -1):
        if line.lower[index] in {",", ";", ":", "and", "that"} or line.is_quote(index):
            return None
        if line.lower[index] in lexicon.group("voices", "documents"):
            start = noun.before(line, index + 1)
            return Words(start.start, stop) if start else None
    return None


def _joined_subject(line: Line, first: int, earlier: tuple[Said, ...]) -> Words | None:
    """ "X said A and added that B": the second verb has the first one's voice."""
    if not first or line.lower[first - 1] not in {"and", "but"}:
        return None
    return _speaking(earlier, first) or _subject(line, first - 1)


def _speaking(earlier: tuple[Said, ...], stop: int) -> Words | None:
    """The voice that speaks before a token: the last one that is not itself inside another's words."""
    told = [said for said in earlier if said.source and said.cue.stop <= stop]
    tops = [
        said
        for said in told
        if not any(o is not said and any(w.start <= said.cue.start < w.stop for w in o.contents) for o in told)
    ]
    return tops[-1].source if tops else None


def _impersonal(line: Line, cue: Words, form: Form, between: set[str]) -> bool:
    """ "It was reported that": nobody is named."""
    return (
        form.tense is Tense.PARTICIPLE
        and bool(between & _BE)
        and cue.start > 0
        and line.lower[cue.start - 1] == "it"
        and cue.stop < len(line)
        and line.lower[cue.stop] == "that"
        and form.lemma in _CLAUSE | _THINK
    )


def _inverted(line: Line, cue: Words, form: Form) -> Words | None:
    """ "…, said X": the voice after the verb."""
    if cue.stop - cue.start > 1 or cue.start < 2 or form.tense not in {Tense.PAST, Tense.PRESENT}:
        return None
    before = cue.start - 1
    if not (line.lower[before] == "," or line.is_quote(before)) or form.lemma not in _CLAUSE | _QUOTED | _THINK | _TOLD:
        return None
    source = noun.after(line, cue.stop)
    if source is None or (source.stop < len(line) and line.is_finite(source.stop)):
        return None
    if (
        line.lower[source.start] in _PREPOSITIONS
        or line.lower[source.start] in _DAYS
        or line.lower[source.start] == "that"
    ):
        return None
    if (
        line.lower[source.start] in lexicon.group("words", "speakers")
        and source.stop < len(line)
        and not line.is_mark(source.stop)
    ):
        return None
    if not line.is_quote(before) and not line.is_quote(before - 1) and _described_subject(line, before):
        return None
    return source


def _described_subject(line: Line, comma: int) -> bool:
    """Does "X, a lawyer," stand before, with nothing said before it?"""
    words = noun.before(line, comma + 1)
    return words is not None and words.start == 0


def _behind(line: Line, cue: Words, source: Words, form: Form) -> Said | None:
    """What stands before "…, said X", and what goes on in quotation marks after it."""
    left, quotation = _left(line, cue.start)
    if left is None:
        return None
    if quotation < 0 and form.lemma not in _CLAUSE | _THINK:
        return None
    contents = [left]
    if quotation >= 0:
        more = next((k for k in range(source.stop, len(line)) if line.quoted[k] > quotation), None)
        if more is not None and (tail := _tail(line, more)):
            contents.append(tail)
    return Said(cue, source, tuple(contents), form.lemma, quotation=quotation)


def _left(line: Line, stop: int) -> tuple[Words | None, int]:
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
        return Words(_clause_start(line, first), last + 1), closes
    start = _clause_start(line, last + 1)
    if last < start or not line.has_finite(start, last + 1):
        return None, -1
    return Words(start, last + 1), -1


def _ahead(line: Line, cue: Words, source: Words, form: Form, *, negated: bool) -> Said | None:
    """The content of "X says …", or of "…, X says" where nothing was said after it."""
    lemma = form.lemma
    colon = _colon(line, cue, form)
    if colon is not None:
        content = _tail(line, colon + 1)
        if content:
            speech = line.quoted[content.start]
            return Said(cue, source, (content,), lemma, negated=negated and speech < 0, quotation=speech)
        return Said(cue, source, (), lemma, negated=negated, ahead=True)
    gap = source.start - 1
    left: Words | None = None
    quotation = -1
    if (
        lemma not in _THING - _CLAUSE
        and gap > 0
        and (line.lower[gap] == "," or line.is_quote(gap) or line.quoted[gap - 1] >= 0)
        and source.stop <= cue.start
    ):
        left, quotation = _left(line, source.start)
    if quotation >= 0 and left is not None:
        contents = [left]
        more = next((k for k in range(cue.stop, len(line)) if line.quoted[k] > quotation), None)
        if more is not None and (tail := _tail(line, more)):
            contents.append(tail)
        return Said(cue, source, tuple(contents), lemma, negated=negated, quotation=quotation)
    right, after_quote = _right(line, cue, form)
    stands_right = right is not None and _speaks(line, cue, right, form, after_quote)
    if left is not None and lemma in _CLAUSE | _THINK | _TOLD:
        opener = line.lower[left.start]
        subordinate = opener in _SUBORDINATE or opener in _PREPOSITIONS
        comma = cue.stop < len(line) and line.lower[cue.stop] == ","
        if comma and after_quote < 0:
            rest = _tail(line, cue.stop + 1)
            goes_on = rest is not None and line.lower[rest.start] in _GOING_ON and line.quoted[rest.start] < 0
            return Said(cue, source, (left, rest) if rest and goes_on else (left,), lemma, negated=negated)
        if not stands_right or (not subordinate and _adjunct(line, cue.stop)):
            return Said(cue, source, (left,), lemma, negated=negated)
    if (
        left is None
        and cue.stop < len(line)
        and line.lower[cue.stop] == ","
        and gap > 0
        and line.lower[gap] == ","
        and lemma in _CLAUSE | _THINK
    ):
        rest = _tail(line, cue.stop + 1)
        if rest and _predicate(line, rest) and after_quote < 0:
            return Said(cue, source, (Words(_clause_start(line, gap), gap), rest), lemma, negated=negated)
    if not stands_right or right is None:
        return None
    return Said(cue, source, (right,), lemma, negated=negated, quotation=after_quote)


def _predicate(line: Line, words: Words) -> bool:
    """Does it begin with the verb of the clause that a voice interrupts: "The strikes, officials said, killed …"?"""
    tenses = {form.tense for form in lexicon.forms().get(line.lower[words.start], ())}
    return line.has_finite(*words) or bool(tenses & {Tense.PAST, Tense.PRESENT})


def _colon(line: Line, cue: Words, form: Form) -> int | None:
    for index in range(cue.stop, min(len(line), cue.stop + COLON_WITHIN)):
        if line.lower[index] == ":":
            if 0 < index < len(line) - 1 and line.lower[index - 1][-1].isdigit() and line.lower[index + 1][0].isdigit():
                return None
            if form.lemma in _GIVING:
                promised = any(word in lexicon.group("cues", "promises") for word in line.lower[cue.stop : index])
                return index if promised else None
            return index if form.lemma in _CLAUSE | _TOLD | _QUOTED | _THINK | _SHOW else None
        if line.quoted[index] >= 0 or line.is_finite(index) or line.lower[index] == "that":
            return None
    return None


def _right(line: Line, cue: Words, form: Form) -> tuple[Words | None, int]:
    """The words after a verb: past the one who is told, "that", a comma before a quotation."""
    start = cue.stop
    if start >= len(line):
        return None, -1
    near = _speech_near(line, start)
    reach = start + (20 if form.lemma in _TOLD else 12)
    that = next(
        (k for k in range(start, min(len(line), reach)) if line.lower[k] == "that" and line.quoted[k] < 0), None
    )
    finite = next((k for k in range(start, min(len(line), start + 12)) if line.is_finite(k)), len(line))
    if (
        that is not None
        and that <= finite
        and (near is None or that < near)
        and form.lemma in _CLAUSE | _THINK | _TOLD | _SHOW
    ):
        tail = _tail(line, that + 1)
        return tail, -1 if near is None or near > that + 1 else line.quoted[near]
    if (
        near is not None
        and form.lemma not in _GIVING
        and (line.is_mark(near - 1) or line.lower[near - 1] not in {"of", "the", "a", "this"})
        and near - start <= 8
    ):
        between = range(start, near)
        if (
            any(line.lower[k] == "," for k in between)
            or near == start
            or form.lemma in _QUOTED_ONLY
            or form.lemma in _TOLD
        ):
            return _tail(line, near), line.quoted[near]
    if form.lemma in _TOLD and form.lemma not in {"assure", "warn", "caution", "reassure"}:
        start = _past_hearer(line, start)
    elif form.lemma in _CLAUSE:
        while start < len(line) and (
            line.lower[start] in _DAYS
            or line.lower[start] in {"on", "late", "early"}
            and start + 1 < len(line)
            and line.lower[start + 1] in _DAYS
        ):
            start += 1
    return _tail(line, start), -1


def _past_hearer(line: Line, start: int) -> int:
    """Past "reporters", "his boss", "the paper", "Sky News"."""
    index = start
    if index < len(line) and line.lower[index] in {"me", "him", "her", "them", "us", "you"}:
        return index + 1
    while index < len(line) and (line.lower[index] in _ARTICLES or line.is_capital(index)) and index - start < 6:
        index += 1
    if index == start or line.lower[index - 1] in _ARTICLES:
        index += 1
    if index < len(line) and line.lower[index] in _DAYS:
        index += 1
    return index


def _speech_near(line: Line, start: int) -> int | None:
    return next((k for k in range(start, min(len(line), start + 10)) if line.quoted[k] >= 0), None)


def _speaks(line: Line, cue: Words, right: Words, form: Form, quotation: int) -> bool:
    """Is what stands right of a verb something said?"""
    lemma = form.lemma
    that = right.start > cue.stop and line.lower[right.start - 1] == "that"
    if lemma in _SHOW - _CLAUSE - _THINK:
        return right.stop - right.start >= 2 and any(
            line.lower[k] in lexicon.group("voices", "documents") for k in range(max(0, cue.start - 12), cue.start)
        )
    if lemma in _STRICT and not that and quotation < 0:
        return False
    if lemma == "call" and line.lower[right.start] in {"into", "in", "up", "off", "on", "out", "to", "from", "back"}:
        return line.lower[right.start] == "on"
    if lemma in _CLAUSE:
        finite = lemma == "say" or line.has_finite(*right)
        named = lemma in _NAMING and right.stop - right.start >= 2 and line.lower[right.start] not in _PREPOSITIONS
        if named and not line.is_mark(right.start) and not _ly(line, right.start):
            return True
        return that or quotation >= 0 or finite or line.lower[right.start] == "to" or lemma in _THING
    if that or quotation >= 0:
        return True
    if lemma in _THINK:
        return (
            line.has_finite(right.start, min(right.stop, right.start + 8))
            and line.lower[right.start] not in _PREPOSITIONS
        )
    if lemma in _TOLD:
        return line.has_finite(*right) or "to" in line.lower[right.start : right.start + 3]
    if lemma in _THING:
        return right.stop - right.start >= 2
    if lemma in _SHOW:
        return right.stop - right.start >= 2 and any(
            line.lower[k] in lexicon.group("voices", "documents") for k in range(max(0, cue.start - 8), cue.start)
        )
    return False


def _adjunct(line: Line, start: int) -> bool:
    """Does only a time, a place or an occasion follow the verb?"""
    if start >= len(line):
        return True
    word = line.lower[start]
    if "that" in line.lower[start : start + 12]:
        return False
    return (
        word in _PREPOSITIONS
        or word in _DAYS
        or word in {"when", "after", "while", "last", "this", "earlier", "recently", "late"}
        or line.is_mark(start)
    )


def _apart(line: Line, found: list[Said]) -> tuple[Said, ...]:
    """End what one voice says where another, joined by "and" or "but", begins to speak."""
    result = list(found)
    for index, (said, later) in enumerate(pairwise(found)):
        begin = min(
            later.cue.start,
            later.source.start if later.source and later.source.start > said.cue.stop else later.cue.start,
        )
        contents = []
        for words in said.contents:
            stop = words.stop
            if words.start < begin < words.stop and begin > said.cue.stop:
                before = begin - 1
                participle = line.lower[later.cue.start].endswith("ing") and later.source == said.source
                same = later.source == said.source
                if line.lower[before] in {"and", "but", "while", "whereas"} and (same or _clause_break(line, before)):
                    stop = before
                elif line.lower[before] == ";" or (participle and line.lower[before] == ","):
                    stop = before
            while stop > words.start and line.lower[stop - 1] == ",":
                stop -= 1
            if stop > words.start:
                contents.append(Words(words.start, stop))
        result[index] = replace(said, contents=tuple(contents))
    return tuple(result)


def _clause_break(line: Line, index: int) -> bool:
    return index > 0 and line.lower[index - 1] == ","


def _ly(line: Line, index: int) -> bool:
    word = line.lower[index]
    return (
        word.endswith("ly")
        and len(word) > 4
        and not line.is_capital(index)
        and word not in {"family", "only", "supply", "ally", "reply"}
    )


_CLAUSE = lexicon.group("verbs", "clause")
_TOLD = lexicon.group("verbs", "told")
_THINK = lexicon.group("verbs", "think")
_SHOW = lexicon.group("verbs", "show")
_THING = lexicon.group("verbs", "thing")
_QUOTED = lexicon.group("verbs", "quoted")
_QUOTED_ONLY = _QUOTED - _CLAUSE - _THING - _THINK - _TOLD
_SAYING = _CLAUSE | _TOLD | _THINK | _SHOW | _THING | _QUOTED
_GIVING = frozenset(
    {"give", "cite", "name", "publish", "release", "issue", "present", "paint", "offer", "read", "go", "begin"}
)
_AUXILIARIES = lexicon.group("words", "auxiliaries") | frozenset(
    w for w in lexicon.group("words", "finite") if w.endswith("n't")
)
_LIGHT = frozenset(
    [
        "also",
        "long",
        "not",
        "never",
        "then",
        "later",
        "just",
        "now",
        "even",
        "already",
        "once",
        "again",
        "further",
        "first",
        "has",
        "still",
        "ever",
        "since",
    ]
)
_NEGATORS = frozenset({"not", "never", "cannot"})
_FINITE = lexicon.group("words", "finite")
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "isn't", "aren't", "wasn't", "weren't"])
_HAVE = frozenset(["has", "have", "had", "hasn't", "haven't", "hadn't", "'ve"])
_HAVE_ONLY: frozenset[str] = frozenset()
_MODALS = frozenset(
    [
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "cannot",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "wouldn't",
        "can't",
        "couldn't",
    ]
)
_NOUN_BEFORE = frozenset(
    "a an the this these those his her its their our my your no any each every another such more most of new other same some many several few".split()
)
_PREPOSITIONS = lexicon.group("words", "prepositions")
_OPENERS = lexicon.group("words", "openers")
_SUBORDINATE = lexicon.group("words", "subordinators") - {"that"}
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my", "these", "those", "some"})
_DAYS = lexicon.group("words", "days")
_TITLES = (
    lexicon.group("voices", "officials") | lexicon.group("voices", "people") | lexicon.group("voices", "organizations")
)
_GOING_ON = frozenset({"because", "since", "although", "though", "but", "and", "if", "unless", "which", "who", "until", "so", "as", "while"})
_CITING = frozenset({"citing", "quoting"})
_SURE = frozenset({"said", "told", "wrote", "says", "tells", "writes", "say"})
_SPEAKERS = lexicon.group("words", "speakers")
_FUTURE = frozenset({"will", "would", "can", "could", "may", "might", "must", "shall", "should"})
_NAMING = frozenset(
    {
        "report",
        "confirm",
        "deny",
        "announce",
        "claim",
        "acknowledge",
        "allege",
        "admit",
        "reveal",
        "disclose",
        "predict",
        "estimate",
    }
)
_STRICT = lexicon.group("verbs", "strict")
_NOUN_TOO = frozenset(
    "states comments calls reports claims notes charges posts attacks promises questions demands quotes signals complaints requests tweets report claim note state comment tweet post call charge request demand "
    "question attack promise signal quote".split()
)
_WENT_ON = frozenset({"on", "continued", "continues", "continue", "began", "refused", "declined"})
_PLURAL_SUBJECTS = frozenset(
    "they who people police officials analysts experts authorities men women military critics some many others both media".split()
)
