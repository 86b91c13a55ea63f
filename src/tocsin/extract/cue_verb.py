"""Verbs that attribute: "X said that …", "…, said X", "X reassures: …", "…, adding that …"."""

from __future__ import annotations

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.cue_content import colon_after, is_adjunct, is_predicate, left_of, right_of, speaks, speech_near
from tocsin.extract.cue_reading import reading
from tocsin.extract.cue_subject import described_subject, document, joined_subject, speaking, subject
from tocsin.extract.lexicon import Form, Tense
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, clause_start, is_adverb, tail


def verb(line: Line, index: int, earlier: tuple[Said, ...]) -> Said | None:
    """The attribution that a word makes, if it is a verb of saying that covers something; else None."""
    readings = [f for f in lexicon.forms().get(line.lower[index], ()) if f.lemma in cue_words.SAYING]
    if not readings:
        return None
    first = index
    while first and (
        line.lower[first - 1] in cue_words.AUXILIARIES
        or line.lower[first - 1] in cue_words.LIGHT
        or is_adverb(line, first - 1)
    ):
        first -= 1
    between = set(line.lower[first:index])
    form = reading(line, index, first, readings, between)
    if form is None:
        return None
    negated = bool(between & cue_words.NEGATORS) or any(word.endswith("n't") for word in between)
    stop = index + 1 + (index + 1 < len(line) and form.lemma == "point" and line.lower[index + 1] == "out")
    if form.lemma == "point" and stop == index + 1:
        return None
    cue = Words(first, stop)
    if form.tense is Tense.ING and not between & cue_words.BE:
        return _participle(line, cue, form, earlier)
    if _impersonal(line, cue, form, between):
        content = tail(line, stop + 1)
        return Said(cue, None, (content,), form.lemma, negated=negated) if content else None
    if form.tense is Tense.PARTICIPLE and between & cue_words.BE and not between & cue_words.HAVE_ONLY:
        return None
    inverted = _inverted(line, cue, form)
    if inverted is not None:
        said = _behind(line, cue, inverted, form)
        if said is not None:
            return said
    source = joined_subject(line, first, earlier) or document(line, first, form) or noun.before(line, first)
    if source is None or line.is_mark(source.start) or line.lower[source.start] in cue_words.NO_VOICE:
        return None
    return _ahead(line, cue, source, form, negated=negated)


def _participle(line: Line, cue: Words, form: Form, earlier: tuple[Said, ...]) -> Said | None:
    """As in ", adding that …": the voice is that of the verb before, or the sentence's subject."""
    if line.lower[cue.stop - 1] in cue_words.CITING:
        return None
    if cue.start and line.lower[cue.start - 1] == "as" and line.lower[cue.start] == "saying":
        return _quoted_as_saying(line, cue, form)
    if form.lemma not in cue_words.CLAUSE and form.lemma not in cue_words.TOLD and form.lemma not in cue_words.THING:
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
    content, quotation = right_of(line, cue, form)
    if content is None:
        return None
    if form.lemma not in cue_words.THING and not (
        line.lower[content.start - 1] == "that" or line.has_finite(*content) or speech_near(line, cue.stop) is not None
    ):
        return None
    source = speaking(earlier, cue.start) or subject(line, cue.start)
    return Said(cue, source, (content,), form.lemma, quotation=quotation) if source else None


def _quoted_as_saying(line: Line, cue: Words, form: Form) -> Said | None:
    """As in "the agency quoted a general as saying that …", "a general was quoted as saying that …"."""
    quoted = next(
        (k for k in range(cue.start - 2, max(-1, cue.start - 14), -1) if line.lower[k] in {"quoted", "quotes"}), 0
    )
    content, quotation = right_of(line, cue, form)
    if not quoted or content is None:
        return None
    passive = quoted == cue.start - 2
    first = quoted - (line.lower[quoted - 1] in cue_words.BE)
    source = noun.before(line, first) if passive else noun.after(line, quoted + 1, highest=cue.start - 1)
    through = None if passive else noun.before(line, quoted)
    return (
        Said(Words(quoted, cue.stop), source, (content,), "say", quotation=quotation, hearer=through)
        if source
        else None
    )


def _impersonal(line: Line, cue: Words, form: Form, between: set[str]) -> bool:
    """As in "It was reported that": nobody is named."""
    return (
        form.tense is Tense.PARTICIPLE
        and bool(between & cue_words.BE)
        and cue.start > 0
        and line.lower[cue.start - 1] == "it"
        and cue.stop < len(line)
        and line.lower[cue.stop] == "that"
        and form.lemma in cue_words.CLAUSE | cue_words.THINK
    )


def _inverted(line: Line, cue: Words, form: Form) -> Words | None:
    """As in "…, said X": the voice after the verb."""
    if cue.stop - cue.start > 1 or cue.start < 2 or form.tense not in {Tense.PAST, Tense.PRESENT}:
        return None
    before = cue.start - 1
    if (
        not (line.lower[before] == "," or line.is_quote(before))
        or form.lemma not in cue_words.CLAUSE | cue_words.QUOTED | cue_words.THINK | cue_words.TOLD
    ):
        return None
    source = noun.after(line, cue.stop)
    if source is None or (source.stop < len(line) and line.is_finite(source.stop)):
        return None
    if (
        line.lower[source.start] in cue_words.PREPOSITIONS
        or line.lower[source.start] in cue_words.DAYS
        or line.lower[source.start] == "that"
    ):
        return None
    if (
        line.lower[source.start] in lexicon.group("words", "speakers")
        and source.stop < len(line)
        and not line.is_mark(source.stop)
    ):
        return None
    if not line.is_quote(before) and not line.is_quote(before - 1) and described_subject(line, before):
        return None
    return source


def _behind(line: Line, cue: Words, source: Words, form: Form) -> Said | None:
    """What stands before "…, said X", and what goes on in quotation marks after it."""
    left, quotation = left_of(line, cue.start)
    if left is None:
        return None
    if quotation < 0 and form.lemma not in cue_words.CLAUSE | cue_words.THINK:
        return None
    contents = [left]
    if quotation >= 0:
        more = next((k for k in range(source.stop, len(line)) if line.quoted[k] > quotation), None)
        if more is not None and (rest := tail(line, more)):
            contents.append(rest)
    return Said(cue, source, tuple(contents), form.lemma, quotation=quotation)


def _ahead(line: Line, cue: Words, source: Words, form: Form, *, negated: bool) -> Said | None:
    """The content of "X says …", or of "…, X says" where nothing was said after it."""
    lemma = form.lemma
    colon = colon_after(line, cue, form)
    if colon is not None:
        content = tail(line, colon + 1)
        if content:
            speech = line.quoted[content.start]
            return Said(cue, source, (content,), lemma, negated=negated and speech < 0, quotation=speech)
        return Said(cue, source, (), lemma, negated=negated, ahead=True)
    gap = source.start - 1
    left: Words | None = None
    quotation = -1
    if (
        lemma not in cue_words.THING - cue_words.CLAUSE
        and gap > 0
        and (line.lower[gap] == "," or line.is_quote(gap) or line.quoted[gap - 1] >= 0)
        and source.stop <= cue.start
    ):
        left, quotation = left_of(line, source.start)
    if quotation >= 0 and left is not None:
        contents = [left]
        more = next((k for k in range(cue.stop, len(line)) if line.quoted[k] > quotation), None)
        if more is not None and (rest := tail(line, more)):
            contents.append(rest)
        return Said(cue, source, tuple(contents), lemma, negated=negated, quotation=quotation)
    right, after_quote = right_of(line, cue, form)
    stands_right = right is not None and speaks(line, cue, right, form, after_quote)
    if left is not None and lemma in cue_words.CLAUSE | cue_words.THINK | cue_words.TOLD:
        opener = line.lower[left.start]
        subordinate = opener in cue_words.SUBORDINATE or opener in cue_words.PREPOSITIONS
        comma = cue.stop < len(line) and line.lower[cue.stop] == ","
        if comma and after_quote < 0:
            rest = tail(line, cue.stop + 1)
            goes_on = rest is not None and line.lower[rest.start] in cue_words.GOING_ON and line.quoted[rest.start] < 0
            return Said(cue, source, (left, rest) if rest and goes_on else (left,), lemma, negated=negated)
        if not stands_right or (not subordinate and is_adjunct(line, cue.stop)):
            return Said(cue, source, (left,), lemma, negated=negated)
    if (
        left is None
        and cue.stop < len(line)
        and line.lower[cue.stop] == ","
        and gap > 0
        and line.lower[gap] == ","
        and lemma in cue_words.CLAUSE | cue_words.THINK
    ):
        rest = tail(line, cue.stop + 1)
        if rest and is_predicate(line, rest) and after_quote < 0:
            return Said(cue, source, (Words(clause_start(line, gap), gap), rest), lemma, negated=negated)
    if not stands_right or right is None:
        return None
    return Said(cue, source, (right,), lemma, negated=negated, quotation=after_quote)
