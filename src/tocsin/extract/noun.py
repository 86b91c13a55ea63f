"""Noun phrases beside a cue: who speaks, read from the words to the left or the right of a verb."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.extract import lexicon
from tocsin.extract.line import Line

WIDEST = 28
"""A voice is described in at most this many words."""


class Words(NamedTuple):
    """Tokens ``start`` up to ``stop`` of a line."""

    start: int
    stop: int


def before(line: Line, stop: int, *, lowest: int = 0) -> Words | None:
    """The noun phrase that ends just before token ``stop``.

    "X, a spokesman for Y, said" gives X with its description: the phrase before a pair of commas, when what
    stands between them describes somebody.
    """
    last = stop - 1
    while last >= lowest and line.lower[last] in _BETWEEN:
        last -= 1
    if last < lowest:
        return None
    if line.lower[last] in _SPEAKERS:
        return Words(last, last + 1)
    if line.lower[last] in {",", "–", "—", "-", "--"}:
        return _described(line, last, lowest=lowest)
    if line.lower[last] == "who":
        inner = last - 1 - (line.lower[last - 1] == ",")
        return before(line, inner + 1, lowest=lowest) if inner >= lowest else None
    start = _leftwards(line, last, lowest=lowest)
    who = next((k for k in range(start - 1, max(lowest, start - 4), -1) if line.lower[k] == "who"), None)
    if who is not None and line.has_finite(who + 1, start):  # "an officer who spoke on condition of anonymity said"
        return before(line, who, lowest=lowest)
    return _trimmed(line, start, last + 1)


def _described(line: Line, comma: int, *, lowest: int) -> Words | None:
    sign = line.lower[comma]
    bottom = max(lowest, comma - WIDEST)
    for index in range(comma - 1, bottom - 1, -1):
        if line.is_quote(index):
            return None
        if line.lower[index] == sign:
            inside = range(index + 1, comma)
            relative = line.lower[index + 1] in {"who", "which", "whose"}
            if not inside or (not relative and line.has_finite(index + 1, comma)):
                return None
            if not relative and line.lower[index + 1] in _PREPOSITIONS and index - 1 < bottom:
                return None
            head = _trimmed(line, _leftwards(line, index - 1, lowest=lowest), index) if index > lowest else None
            if (
                head is not None
                and not relative
                and _is_name(line, inside)
                and any(line.bare(k) in _ROLES for k in range(*head))
            ):
                return Words(head.start, comma)
            if head is None or line.lower[head.start] in lexicon.group("words", "subordinators"):
                return None
            return head
    return None


def _is_name(line: Line, inside: range) -> bool:
    """As in "The defence minister, Ann Orr, said": a name between the commas is the voice's name."""
    return 2 <= len(inside) <= 4 and all(line.is_capital(k) and line.lower[k] not in _ARTICLES for k in inside)


def _leftwards(line: Line, last: int, *, lowest: int) -> int:
    """Walk left while the words can belong to one noun phrase."""
    index = last
    bottom = max(lowest, last - WIDEST)
    while index >= bottom:
        word = line.lower[index]
        if word == ")":
            opened = next((k for k in range(index, bottom - 1, -1) if line.lower[k] == "("), None)
            if opened is None:
                break
            index = opened - 1
            continue
        if line.is_quote(index):
            inner = _short_quote(line, index, bottom)
            if inner is None:
                break
            index = inner - 1
            continue
        if line.is_mark(index) and word not in {"'", "/", "&", "’", "-"}:
            if word == "," and _list_goes_on(line, index, last):
                index -= 1
                continue
            break
        if word in _STOPS or (index < last and line.is_finite(index)):
            if word not in _STOPS:
                joined = [k for k in range(index + 1, last) if line.lower[k] in {"and", "but", "or"}]
                if joined:
                    return joined[-1] + 1
            break
        index -= 1
    return index + 1


def _list_goes_on(line: Line, comma: int, last: int) -> bool:
    """In "the A, the B and the C said" the comma belongs to the subject."""
    joined = next((k for k in range(comma + 1, last + 1) if line.lower[k] in {"and", "or"}), None)
    if joined is None or joined - comma > 5 or joined - comma < 2 or not comma:
        return False
    return all(
        line.is_capital(k) or line.lower[k] in {"the", "of"} for k in (comma - 1, comma + 1)
    ) and line.is_capital(last)


def _short_quote(line: Line, closing: int, bottom: int) -> int | None:
    """Where a name in quotation marks opens."""
    if line.quoted[closing] >= 0:
        return None
    for index in range(closing - 1, max(bottom, closing - 6) - 1, -1):
        if line.is_quote(index):
            return index
    return None


def _trimmed(line: Line, start: int, stop: int) -> Words | None:
    """Drop what cannot begin a noun phrase: conjunctions, adverbs, days, a leading preposition."""
    while start < stop and (line.lower[start] in _OPENERS or line.is_mark(start) or _is_adverb(line, start)):
        if line.lower[start] in _ALSO_PRONOUN and start + 1 < stop and not line.is_mark(start + 1):
            break
        start += 1
    if start < stop and line.lower[start] in _PREPOSITIONS:
        start = _after_preposition(line, start, stop)
    while start < stop and line.lower[start] in _DAYS:
        start += 1
    return Words(start, stop) if start < stop else None


def _after_preposition(line: Line, start: int, stop: int) -> int:
    """In "In a note on Monday General Orr said" the voice begins after the last day, article or small word."""
    for index in range(stop - 1, start, -1):
        word = line.lower[index]
        if word in _DAYS or word in _PREPOSITIONS:
            return index + 1
        if word in _ARTICLES:
            return index
        if line.is_capital(index) and not line.is_capital(index - 1) and line.lower[index - 1] not in _OF:
            return index
    return start + 1


def after(line: Line, start: int, *, highest: int | None = None) -> Words | None:
    """The noun phrase that begins at token ``start``, without what describes it after a comma."""
    top = min(len(line) if highest is None else highest, start + WIDEST)
    while start < top and line.is_quote(start):
        return None
    if start >= top or line.is_mark(start):
        return None
    if line.lower[start] in _SPEAKERS:
        return Words(start, start + 1)
    index = start
    while index < top:
        word = line.lower[index]
        if line.is_quote(index):
            closing = next((k for k in range(index + 1, min(top, index + 6)) if line.is_quote(k)), None)
            if closing is None or line.quoted[index] >= 0:
                break
            index = closing + 1
            continue
        if line.is_mark(index) and word not in {"'", "/", "&", "’", "-"}:
            break
        if index > start and (word in _STOPS_AFTER or line.is_finite(index) or word in _DAYS):
            break
        if index > start and word in {"the", "a", "an"} and _closed(line, index - 1):
            break
        if index > start and _by_what_means(line, index):
            break
        if (
            index > start
            and word in {"in", "on", "at", "during", "after", "before", "as", "to", "by", "about"}
            and (
                line.lower[min(index + 1, len(line) - 1)] in _DAYS
                or word in {"during", "after", "before", "as", "about", "to"}
            )
        ):
            break
        index += 1
    while index > start and (line.lower[index - 1] in _PREPOSITIONS or line.lower[index - 1] in {"and", "or", "but"}):
        index -= 1
    return Words(start, index) if index > start else None


def _by_what_means(line: Line, index: int) -> bool:
    """As in "told the agency by telephone", "told the agency in an interview"."""
    if line.lower[index] in {"by", "over", "via"}:
        return line.lower[index + 1 : index + 2] in _WIRES or line.lower[index + 1 : index + 3] in _THE_WIRES
    return line.lower[index] in {"in", "during"} and bool(_OCCASIONS & set(line.lower[index + 1 : index + 4]))


def _closed(line: Line, last: int) -> bool:
    """Does a noun phrase end before an article: "the staff | the riders", not "the head of the staff"?"""
    word = line.lower[last]
    return not line.is_mark(last) and word not in _PREPOSITIONS and word not in {"and", "or", "but", "both", "all", "&"}


def _is_adverb(line: Line, index: int) -> bool:
    word = line.lower[index]
    return (
        word in _ADVERBS
        or (word.endswith("ly") and not line.is_capital(index))
        or (word.endswith("ly") and index == 0 and word not in {"ally", "italy", "family"})
    )


_MEANS = ("phone", "telephone", "email", "e-mail", "mail", "letter", "radio", "satellite", "text", "message", "video")
_WIRES = frozenset((word,) for word in _MEANS)
_THE_WIRES = frozenset(("the", word) for word in _MEANS)
_OCCASIONS = frozenset({"interview", "statement", "briefing", "email", "e-mail", "letter"})
_ROLES = lexicon.group("voices", "officials") | lexicon.group("voices", "people") | lexicon.group("voices", "anonymous")
_SPEAKERS = lexicon.group("words", "speakers")
_PREPOSITIONS = lexicon.group("words", "prepositions")
_OPENERS = lexicon.group("words", "openers")
_ADVERBS = lexicon.group("words", "adverbs") - {"all", "both", "first", "other"}
_DAYS = lexicon.group("words", "days") - {"week", "month", "year", "may", "march"}
_ALSO_PRONOUN = frozenset({"that", "one"})
_BETWEEN = lexicon.group("shape", "noun_between")
_STOPS = lexicon.group("shape", "stops")
_STOPS_AFTER = _STOPS | {"to"}
_ARTICLES = lexicon.group("shape", "noun_articles")
_OF = lexicon.group("shape", "of")
