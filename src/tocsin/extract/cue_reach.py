"""How far a verb of saying reaches: before the voice, after the verb, or on both sides of them."""

from __future__ import annotations

from tocsin.extract import cue_words
from tocsin.extract.cue_content import colon_after, left_of, speaks, speech_near
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, clause_start, tail
from tocsin.extract.subject import phrase


def content(line: Line, index: int, cue: Words, source: Words, lemma: str, *, negated: bool) -> Said | None:
    """What is said: before the voice, after the verb, or on both sides of them."""
    colon = colon_after(line, cue, lemma)
    if colon is not None:
        content = tail(line, colon + 1)
        if content:
            speech = line.quoted[content.start]
            return Said(cue, source, (content,), lemma, negated=negated and speech < 0, quotation=speech)
        return Said(cue, source, (), lemma, negated=negated, ahead=True)
    own = (
        any(source.start <= kid < source.stop for kid in line.syntax.kids[index])
        or cue.start == source.stop
        or source.start == cue.stop
    )
    start = source.start if source.stop <= cue.start else cue.start
    stop = source.stop if source.start >= cue.stop else cue.stop
    left, quotation = _left(line, index, start, lemma) if own else (None, -1)
    if left is not None and quotation >= 0:
        contents = [left]
        more = next((k for k in range(stop, len(line)) if line.quoted[k] > quotation), None)
        if more is not None and (rest := tail(line, more)):
            contents.append(rest)
        return Said(cue, source, tuple(contents), lemma, negated=negated, quotation=quotation)
    if left is not None:
        rest = _goes_on(line, index, stop)
        return Said(cue, source, (left, rest) if rest else (left,), lemma, negated=negated)
    right = right_of(line, index, cue, source, lemma)
    if right is not None:
        return Said(cue, source, (right[0],), lemma, negated=negated, quotation=right[1])
    if own and (around := _interrupted(line, start, stop, lemma)):
        return Said(cue, source, around, lemma, negated=negated)
    return None


def _interrupted(line: Line, start: int, stop: int, lemma: str) -> tuple[Words, ...]:
    """As in "A, X told me on Friday, B" and "A, X said", where the tree does not see that A is what was said."""
    if (
        lemma not in cue_words.CLAUSE | cue_words.TOLD
        or start < 2
        or line.lower[start - 1] not in {",", "–", "—", "--"}
    ):
        return ()
    before = Words(clause_start(line, start), start - 1)
    if not line.has_finite(*before):
        return ()
    closing = next((k for k in range(stop, min(len(line), stop + 5)) if line.lower[k] == line.lower[start - 1]), None)
    if closing is not None and not line.has_finite(stop, closing):
        after = tail(line, closing + 1)
        return (before, after) if after is not None and line.has_finite(*after) else ()
    return (before,) if len(line) - stop <= _SHORT and not line.has_finite(stop, len(line)) else ()


def _left(line: Line, index: int, start: int, lemma: str) -> tuple[Words | None, int]:
    """What stands before "X said": a clause that the verb is put into or hangs on, or speech in quotation marks."""
    syntax = line.syntax
    if start <= 0 or lemma in cue_words.THING - cue_words.CLAUSE - cue_words.QUOTED:
        return None, -1
    before = start - 1
    if (
        line.is_quote(before)
        or line.quoted[before] >= 0
        or (line.lower[before] == "," and before and line.quoted[before - 1] >= 0)
    ):
        return left_of(line, start)
    if lemma not in cue_words.CLAUSE | cue_words.THINK | cue_words.TOLD:
        return None, -1
    head = syntax.heads[index]
    clause = next((k for k in syntax.children(index, "ccomp", "parataxis") if k < start), None)
    if (
        clause is None
        and syntax.relation(index) == "parataxis"
        and line.lower[before] in {",", "–", "—", "-", "--", "("}
    ):
        clause = head if line.lower[before] in {",", line.lower[min(index + 1, len(line) - 1)]} else None
    if clause is None or any(k > index for k in syntax.children(index, "ccomp", "xcomp")):
        return None, -1
    inside = set(syntax.below(clause)) - (set(syntax.below(index)) if clause == head else set())
    words = [k for k in inside if k < start]
    if not words:
        return None, -1
    stop = start
    while stop > 0 and line.is_mark(stop - 1) and not line.is_quote(stop - 1):
        stop -= 1
    first = max(min(words), clause_start(line, start))
    return (Words(first, stop), -1) if first < stop else (None, -1)


def _goes_on(line: Line, index: int, stop: int) -> Words | None:
    """What the interrupted clause goes on with after "…, X said, …"."""
    if stop >= len(line) or not (line.is_mark(stop) and line.lower[stop] in {",", "–", "—", "--", "-"}):
        return None
    syntax = line.syntax
    mine = set(syntax.below(index))
    rest = tail(line, stop + 1)
    if rest is None:
        return None
    other = [k for k in range(*rest) if k not in mine and not line.is_mark(k)]
    if not other or other[0] - rest.start > 1:
        return None
    return rest


def right_of(line: Line, index: int, cue: Words, source: Words | None, lemma: str) -> tuple[Words, int] | None:
    """What stands after the verb: its clause, its object, or speech in quotation marks."""
    syntax = line.syntax
    after = cue.stop
    if after >= len(line):
        return None
    clause = next((k for k in syntax.children(index, "ccomp", "parataxis") if k > index), None)
    if clause is None and after + 1 < len(line) and line.lower[after] in _ASKING and lemma in cue_words.CLAUSE:
        clause = next((k for k in syntax.children(index, "advcl", "obj") if k > after), None)
    if clause is None:
        clause = _hung_above(line, index, after)
    near = speech_near(line, after)
    if clause is not None and (near is None or syntax.extent(clause)[0] <= near):
        start = max(syntax.extent(clause)[0], after)
        shown = syntax.child(index, "obj") if lemma not in cue_words.TOLD else None
        if shown is not None and after <= shown < start:
            start = max(syntax.extent(shown)[0], after)
        while start < len(line) and ((line.is_mark(start) and not line.is_quote(start)) or line.lower[start] == "that"):
            start += 1
        mark = syntax.child(clause, "mark")
        if mark is not None and start < mark < clause and line.lower[mark] == "that":
            start = mark + 1
        if line.lower[start] == "to" and line.lower[start - 1] in _ASKING:
            return None
        if syntax.relation(clause) == "parataxis" and lemma not in cue_words.CLAUSE | cue_words.TOLD:
            clause = None
        elif start < len(line):
            that = "that" in line.lower[after:start]
            content = _until(line, index, start)
            if content is not None and speaks(line, cue, source, content, lemma, that=that, clause=True):
                return content, line.quoted[start]
    if near is not None and near - after <= 8 and lemma not in cue_words.GIVING:
        between = range(after, near)
        if (
            near == after
            or any(line.lower[k] == "," for k in between)
            or lemma in cue_words.QUOTED_ONLY | cue_words.TOLD
        ):
            content = tail(line, near)
            if content is not None:
                return content, line.quoted[near]
    start = after
    if lemma in cue_words.TOLD:
        hearer = syntax.child(index, "obj", "iobj")
        if hearer is not None and hearer > index:
            if syntax.child(index, "xcomp", "ccomp") is None:
                return None
            start = max(after, phrase(line, hearer).stop)
    thing = _about(line, index, lemma)
    if thing is not None:
        return thing, line.quoted[thing.start]
    content = _until(line, index, start)
    if content is None:
        return None
    wished = lemma == "expect" and any(syntax.tags[k] == "TO" for k in range(*content))
    if not wished and not speaks(line, cue, source, content, lemma, that=False, clause=False):
        return None
    return content, line.quoted[content.start]


def _hung_above(line: Line, index: int, after: int) -> int | None:
    """The clause that begins right after a verb but hangs on the verb above it: "that the staff thinks A"."""
    syntax = line.syntax
    head = syntax.heads[index]
    if head < 0 or syntax.relation(index) != "ccomp":
        return None
    return next(
        (
            k
            for k in syntax.children(head, "ccomp")
            if k > index and syntax.extent(k)[0] == after and line.has_finite(after, k + 1)
        ),
        None,
    )


def _about(line: Line, index: int, lemma: str) -> Words | None:
    """As in "warned of riots", "complained about the delay": a thing, not a clause, after a small word."""
    small = _SMALL.get(lemma)
    if small is None:
        return None
    syntax = line.syntax
    for kid in syntax.children(index, "obl"):
        case = syntax.child(kid, "case")
        if kid > index and case is not None and line.lower[case] in small:
            first, last = syntax.extent(kid)
            while last > first and line.is_mark(last - 1) and not line.is_quote(last - 1):
                last -= 1
            return Words(max(first, case + 1), last) if last > case + 1 else None
    return None


def _before_reason(line: Line, index: int, whole: Words) -> Words:
    """A thing named is not followed by the clause that says why or when it was named."""
    syntax = line.syntax
    for kid in syntax.children(index, "advcl"):
        begin = syntax.extent(kid)[0]
        if line.lower[begin] not in _REASONS:
            continue
        while begin > whole.start and line.is_mark(begin - 1) and not line.is_quote(begin - 1):
            begin -= 1
        if syntax.child(index, "obj") in range(whole.start, begin) and begin < whole.stop:
            return Words(whole.start, begin)
    return whole


def _until(line: Line, index: int, start: int) -> Words | None:
    """From a token to the end of the sentence, or to where what follows no longer hangs on the verb."""
    whole = tail(line, start)
    if whole is None:
        return None
    syntax = line.syntax
    if syntax.child(index, "ccomp") is None:
        for other in syntax.children(index, "conj"):
            begin = syntax.extent(other)[0]
            if other > start and begin > start and syntax.child(other, "nsubj") is not None:
                while begin > start and (line.is_mark(begin - 1) or line.lower[begin - 1] in {"and", "but"}):
                    begin -= 1
                whole = Words(start, begin) if begin > start else whole
        if syntax.child(index, "xcomp") is None:
            whole = _before_reason(line, index, whole)
    if syntax.heads[index] < 0:
        return whole
    mine = set(syntax.below(index))
    above = _hung_above(line, index, start)
    if above is not None:
        mine |= set(syntax.below(above))
    for at in range(whole.start, whole.stop):
        if at not in mine and not line.is_mark(at) and at > start:
            if (
                syntax.relation(index) in {"advcl", "acl", "ccomp", "conj", "parataxis"}
                or syntax.labels[index] == "acl:relcl"
            ):
                stop = at
                while stop > start and (
                    (line.is_mark(stop - 1) and not line.is_quote(stop - 1)) or syntax.relation(stop - 1) == "cc"
                ):
                    stop -= 1
                return Words(start, stop) if stop > start else whole
            return whole
    return whole


_SHORT = 8
"""After "…, X told" at the end of a sentence, this many words may name the hearer and the day."""
_REASONS = frozenset(
    {"because", "after", "before", "while", "when", "since", "although", "though", "if", "unless", "until"}
)
_ASKING = frozenset({"what", "how", "why", "when", "where", "whether", "who", "which", "if"})
_SMALL = {
    "warn": frozenset({"of", "about", "against"}),
    "complain": frozenset({"of", "about"}),
    "speak": frozenset({"of"}),
    "hint": frozenset({"at"}),
    "refer": frozenset({"to"}),
}
