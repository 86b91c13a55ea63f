"""Phrases that attribute: "according to X", "as X points out", "X: …"."""

from __future__ import annotations

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.lexicon import Tense
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, clause_start, is_adverb, opens, tail
from tocsin.extract.subject import phrase

_STATED = 3
"""What somebody is said to report has at least this many words."""
_BRACKET = 9
"""A voice in brackets is named in fewer words than this."""


def phrases(line: Line) -> list[Said]:
    """Every "according to X" and "as X reports" of a sentence."""
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
            and (not index or line.is_mark(index - 1) or opens(line, index))
        ):
            said = _as_said(line, index)
            if said:
                found.append(said)
    return found


_MANY = cue_words.CAN_SPEAK | lexicon.group("voices", "documents")


def trailing(line: Line) -> list[Said]:
    """As in "…, civil society sources report.": the last word is read as a noun, and is what the many before it do."""
    last = len(line) - 1
    while last > 0 and line.is_mark(last):
        last -= 1
    comma = next((k for k in range(last, max(0, last - _BRACKET), -1) if line.lower[k] == ","), 0)
    verb = next((f for f in lexicon.forms().get(line.lower[last], ()) if f.tense in {Tense.PRESENT, Tense.BASE}), None)
    if comma < _STATED or last - comma < 2 or verb is None or verb.lemma not in cue_words.CLAUSE:
        return []
    many = line.syntax.tags[last - 1] in {"NNS", "NNPS"} and line.bare(last - 1) in _MANY
    content = Words(clause_start(line, comma), comma)
    if not many or line.has_finite(comma + 1, last) or line.quoted[last] >= 0:
        return []
    return [Said(Words(last, last + 1), Words(comma + 1, last), (content,), verb.lemma)]


def speaker_colon(line: Line) -> list[Said]:
    """As in "The General Staff: “…”": a short noun phrase, a colon, speech."""
    colon = next((k for k in range(1, min(len(line) - 1, 9)) if line.lower[k] == ":"), None)
    if colon is None or line.quoted[colon + 1] < 0 or line.has_finite(0, colon):
        return []
    source = noun.before(line, colon)
    content = tail(line, colon + 1)
    if source is None or content is None or source.start:
        return []
    return [Said(Words(colon, colon + 1), source, (content,), quotation=line.quoted[colon + 1])]


def bracketed(line: Line) -> list[Said]:
    """As in "The tanker ran aground (Marland Press).": a voice in brackets at the end, without a verb."""
    last = len(line) - 1
    while last > 0 and line.is_mark(last) and line.lower[last] != ")":
        last -= 1
    opened = next((k for k in range(last, max(-1, last - _BRACKET), -1) if line.lower[k] == "("), 0)
    if opened < 2 or line.lower[last] != ")":
        return []
    start = opened + 1
    named = line.lower[start] in {"source", "sources", "via"}
    start += named + (line.lower[start + named] == ":")
    inside = range(start, last)
    if not inside or line.has_finite(start, last) or any(line.lower[k][0].isdigit() or line.is_mark(k) for k in inside):
        return []
    body = line.syntax.names[last - 1].endswith("ORG") or line.bare(last - 1) in cue_words.BODIES
    apart = len(inside) > 1 and line.syntax.names[opened - 1] == "O"
    content = Words(clause_start(line, opened), opened)
    if not (named or (body and apart)) or not line.has_finite(*content):
        return []
    source = Words(start, last)
    return [Said(source, source, (content,))]


def put_so(line: Line) -> list[Said]:
    """As in "The leader was blunt: …": how somebody put it, a colon, and what was said."""
    syntax = line.syntax
    for colon in range(2, len(line)):
        if line.lower[colon] != ":" or line.quoted[colon] >= 0:
            continue
        how = next((k for k in range(colon - 1, 0, -1) if line.lower[k] in lexicon.group("cues", "manner")), None)
        be = syntax.child(how, "cop") if how is not None else None
        who = syntax.child(how, "nsubj") if how is not None else None
        if (
            how is None
            or be is None
            or who is None
            or line.lower[who] in cue_words.NO_VOICE | {"it", "this", "that", "what"}
        ):
            return []
        content = tail(line, colon + 1)
        source = phrase(line, who)
        if content is None:
            return [Said(Words(be, how + 1), source, (), "say", ahead=True)]
        return [Said(Words(be, how + 1), source, (content,), "say", quotation=line.quoted[content.start])]
    return []


def _as_said(line: Line, index: int) -> Said | None:
    """As in "as our interlocutor points out"."""
    for verb in range(index + 2, min(index + 14, len(line))):
        if line.is_mark(verb) and not line.is_quote(verb):
            return None
        reading = next(
            (f for f in lexicon.forms().get(line.lower[verb], ()) if f.lemma in lexicon.group("cues", "as_verbs")), None
        )
        if reading and reading.tense in {Tense.PRESENT, Tense.PAST, Tense.BASE}:
            first = verb
            while (
                line.lower[first - 1] in cue_words.AUXILIARIES
                or line.lower[first - 1] in cue_words.LIGHT
                or is_adverb(line, first - 1)
            ):
                first -= 1
            source = noun.before(line, first, lowest=index + 1) if first > index + 1 else None
            if source is None or line.lower[source.start] in {"we", "i"} or _has_clause(line, verb):
                return None
            stop = verb + 1 + (verb + 1 < len(line) and line.lower[verb + 1] in lexicon.group("cues", "particles"))
            contents = _around(line, Words(index, stop))
            return Said(Words(verb, stop), source, contents, reading.lemma, by_way=True) if contents else None
    return None


def _has_clause(line: Line, verb: int) -> bool:
    """As in "as witnesses said that A": the verb says a clause of its own, and no comma divides them."""
    if line.lower[verb + 1 : verb + 2] == ("that",):
        return True
    clauses = (line.syntax.extent(k)[0] for k in line.syntax.children(verb, "ccomp") if k > verb)
    return any(start == verb + 1 and not line.is_mark(start) for start in clauses)


def _around(line: Line, words: Words) -> tuple[Words, ...]:
    """What a phrase covers: what follows when it opens its clause, else what stands before it."""
    start, stop = words
    right = tail(line, stop)
    if start == 0 or opens(line, start):
        return (right,) if right else ()
    left = Words(clause_start(line, start), start)
    while left.stop > left.start and line.is_mark(left.stop - 1) and not line.is_quote(left.stop - 1):
        left = Words(left.start, left.stop - 1)
    if left.stop <= left.start or line.lower[left.stop - 1] == "that":
        return (right,) if right else ()
    closes = stop < len(line) and line.lower[stop] in {",", "–", "—"}
    joins = closes or line.lower[stop] in {"the", "a", "an", "there", "it", "they"} if stop < len(line) else False
    if joins and right and not line.has_finite(*left) and line.has_finite(*right):
        return (left, right)
    return (left,)


def _through_apposition(line: Line, source: Words) -> Words:
    """As in "According to X, a spokesman for Y, …": the description belongs to the voice."""
    start = source.stop
    if start + 1 >= len(line) or line.lower[start] != ",":
        return source
    if (
        line.lower[start + 1] not in {"a", "an", "the", "who", "which"}
        and line.lower[start + 1] not in cue_words.TITLES
    ):
        return source
    closing = next((k for k in range(start + 1, min(len(line), start + 24)) if line.lower[k] == ","), None)
    if closing is None or (line.lower[start + 1] not in {"who", "which"} and line.has_finite(start + 1, closing)):
        return source
    described = any(line.bare(k) in cue_words.TITLES for k in range(start + 1, closing))
    return Words(source.start, closing) if described else source
