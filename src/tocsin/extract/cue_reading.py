"""Is a word that looks like a verb of saying one, and in which form?"""

from __future__ import annotations

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.lexicon import Form, Tense
from tocsin.extract.line import Line


def reading(line: Line, index: int, first: int, readings: list[Form], between: set[str]) -> Form | None:
    """The reading that the words before allow, or None where the word is a noun."""
    before = line.lower[first - 1] if first else ""
    after = line.lower[index + 1] if index + 1 < len(line) else ""
    tenses = {form.tense: form for form in reversed(readings)}
    if Tense.ING in tenses:
        return tenses[Tense.ING]
    if between & cue_words.FUTURE and not (between & cue_words.NEGATORS or any(w.endswith("n't") for w in between)):
        return None
    if between & cue_words.MODALS and Tense.BASE in tenses:
        return tenses[Tense.BASE] if before != "to" else None
    if between & (cue_words.BE | cue_words.HAVE) and Tense.PARTICIPLE in tenses:
        return tenses[Tense.PARTICIPLE]
    if between & (cue_words.BE | cue_words.HAVE) and Tense.PAST in tenses and between & cue_words.HAVE:
        return tenses[Tense.PAST]
    if before == "to" and Tense.BASE in tenses:
        return tenses[Tense.BASE] if first > 1 and line.lower[first - 2] in cue_words.WENT_ON else None
    if (before in cue_words.NOUN_BEFORE or before in cue_words.PREPOSITIONS) and line.lower[
        index
    ] not in cue_words.SURE:
        return None
    if before.endswith("'s") and line.lower[index] not in cue_words.SURE:
        return None
    if Tense.PAST in tenses:
        if after == "by" or (after in {"of", "as"} and tenses[Tense.PAST].lemma != "speak"):
            return None
        return tenses[Tense.PAST]
    if Tense.PRESENT in tenses:
        if after in {"of", "about"} or after in cue_words.FINITE or line.is_capital(index):
            return None
        if line.lower[index] in cue_words.NOUN_TOO and not _verbal(line, index, first):
            return None
        return tenses[Tense.PRESENT]
    if line.lower[index] == "say" and Tense.BASE in tenses and before not in {"to", ","} and before:
        return tenses[Tense.BASE]
    if Tense.BASE in tenses and tenses[Tense.BASE].lemma in cue_words.SHOW and not between:
        shown = line.lower[max(0, first - 8) : first]
        if any(word in lexicon.group("voices", "documents") and word.endswith(("s", "data", "y")) for word in shown):
            return tenses[Tense.BASE] if after != "of" else None
    if Tense.BASE in tenses and (
        before in cue_words.PLURAL_SUBJECTS
        or (before.endswith("s") and not before.endswith("ss"))
        or before == "who"
        or _many(line, first)
    ):
        if line.lower[index] in cue_words.NOUN_TOO and not _verbal(line, index, first):
            return None
        return None if after == "of" or line.is_capital(index) else tenses[Tense.BASE]
    return None


def _many(line: Line, first: int) -> bool:
    """Is the head of the noun phrase before a verb a plural: "Officials in the capital deny"?"""
    subject = noun.before(line, first)
    if subject is None:
        return False
    head = next((k - 1 for k in range(subject.start + 1, subject.stop) if line.lower[k] in cue_words.PREPOSITIONS), -1)
    if head < 0:
        return False
    word = line.lower[head]
    return word in cue_words.PLURAL_SUBJECTS or (word.endswith("s") and not word.endswith(("ss", "'s")))


def _verbal(line: Line, index: int, first: int) -> bool:
    """Does "states", "claims", "reports" stand as a verb: after a full subject, before a clause or speech?"""
    subject = noun.before(line, first)
    if subject is None or index + 1 >= len(line):
        return False
    head = line.lower[subject.start]
    named = head in cue_words.ARTICLES or head in cue_words.SPEAKERS or line.is_capital(subject.stop - 1)
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
