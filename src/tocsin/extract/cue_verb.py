"""Verbs that attribute, by the tree: "X said that …", "…, said X", "X reassures: …", "…, adding that …"."""

from __future__ import annotations

from dataclasses import replace

from tocsin.extract import cue_words, lexicon, noun
from tocsin.extract.cue_reach import content, right_of
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said, tail
from tocsin.extract.subject import phrase, subject


def verb(line: Line, index: int) -> Said | None:
    """The attribution that a word makes, if it is a verb of saying that covers something; else None."""
    lemma = saying(line, index)
    if lemma is None:
        return None
    syntax = line.syntax
    first = _first(line, index)
    between = set(line.lower[first:index])
    if between & cue_words.FUTURE and not _negated(between):
        return None
    stop = index + 1
    if lemma in {"point", "rule"}:
        if stop >= len(line) or line.lower[stop] != "out":
            return None
        stop += 1
    cue = Words(first, stop)
    negated = _negated(between)
    own = syntax.child(index, "nsubj") is not None and syntax.child(index, "mark") is None
    if syntax.tags[index] == "VB" and not between & cue_words.MODALS and not own:
        opened = _went_on(line, index, first)
        if opened is None:
            return None
        cue, refused = opened
        negated = negated or refused
    passive = syntax.child(index, "nsubj:pass", "csubj:pass", "aux:pass") is not None
    if line.lower[index] in cue_words.CITING and syntax.tags[index] == "VBG":
        return None
    if line.lower[index] == "saying" and index and line.lower[index - 1] == "as":
        return _quoted_as_saying(line, index, lemma)
    if _undergone(line, index):
        return None
    if passive:
        return _passive(line, index, cue, lemma, negated=negated)
    if (
        syntax.tags[index] == "VBN"
        and not between & cue_words.HAVE
        and syntax.relation(index) in {"acl", "advcl", "amod"}
    ):
        return None
    source = _speaker(line, index, first)
    if source is not None and line.lower[source.start] == "neither" and source.stop - source.start > 1:
        source, negated = Words(source.start + 1, source.stop), True
    if source is None or line.lower[source.start] in cue_words.NO_VOICE:
        return None
    said = content(line, index, cue, source, lemma, negated=negated)
    if said is None:
        return None
    who = syntax.child(index, "nsubj")
    relative = who if who is not None and line.lower[who] in {"who", "which"} and source.stop <= who < index else None
    return replace(said, relative=relative)


def _undergone(line: Line, index: int) -> bool:
    """As in the headline "two sailors questioned and released", "a driver accused of theft": done to the subject."""
    syntax = line.syntax
    if syntax.tags[index] not in {"VBD", "VBN"} or syntax.child(index, "aux", "obj", "ccomp") is not None:
        return False
    after = line.lower[index + 1 : index + 2]
    if after in _OVER and syntax.lemmas[index] in _DONE:
        return True
    joined = [k for k in syntax.children(index, "conj") if syntax.tags[k] == "VBN" and k > index]
    bare = [k for k in joined if syntax.child(k, "nsubj", "aux", "obj", "ccomp") is None]
    return bool(bare) and line.lower[index + 1 : bare[0]] == ("and",)


def _speaker(line: Line, index: int, first: int) -> Words | None:
    """The verb's subject by the tree; where the tree has none, the noun phrase just before a finite verb."""
    if line.syntax.upos[index] == "NOUN":
        return _before_colon(line, index)
    head = subject(line, index)
    if head is None and first > 1 and (line.lower[first - 1] == "," or line.is_quote(first - 1)):
        behind = noun.after(line, index + 1)
        if behind is not None and line.is_finite(index):
            outer = next((k for k in range(*behind) if line.syntax.heads[k] not in range(*behind)), behind.start)
            return phrase(line, outer) if line.syntax.upos[outer] in {"NOUN", "PROPN", "PRON"} else None
    if head is None:
        alone = line.syntax.heads[index] < 0 or line.syntax.labels[index] == "acl:relcl"
        rooted = alone and line.syntax.tags[index] in {"VBD", "VBZ", "VBP"}
        return noun.before(line, first) if rooted else None
    if line.lower[head] in cue_words.NO_VOICE or line.quoted[head] >= 0:
        return None
    source = phrase(line, head)
    if source.start <= index < source.stop:
        source = Words(source.start, index) if head < index else Words(index + 1, source.stop)
    return source if source.start < source.stop else None


def _before_colon(line: Line, index: int) -> Words | None:
    """The voice of a verb read as a noun before a colon: "A few of our contacts remark: …"."""
    source = noun.before(line, index)
    if source is None or source.stop != index or source.stop - source.start < _PHRASE:
        return None
    return None if line.lower[index - 1] in cue_words.NOUN_BEFORE or line.lower[index - 1].endswith("'s") else source


def saying(line: Line, index: int) -> str | None:
    """The dictionary form of a verb of saying, or None for any other word."""
    syntax = line.syntax
    before_colon = 0 < index < len(line) - 2 and line.lower[index + 1] == ":" and syntax.upos[index] == "NOUN"
    before_colon &= any(q >= 0 for q in line.quoted[index + 2 : index + 4]) or line.has_finite(index + 2, len(line))
    if syntax.labels[index] in {"goeswith", "amod"} or not (
        (syntax.upos[index] == "VERB" and syntax.labels[index] != "compound") or before_colon
    ):
        return None
    return next((f.lemma for f in lexicon.forms().get(line.lower[index], ()) if f.lemma in cue_words.SAYING), None)


def _first(line: Line, index: int) -> int:
    """Where the verb's own auxiliaries, negation and adverbs begin."""
    first = index
    while first and (
        line.syntax.heads[first - 1] == index
        and line.syntax.relation(first - 1) in {"aux", "advmod"}
        and not line.is_mark(first - 1)
        and line.lower[first - 1] not in cue_words.SUBORDINATE
    ):
        first -= 1
    while first < index and line.syntax.relation(first) == "advmod" and line.lower[first] not in cue_words.NEGATORS:
        first += 1
    return first


def _negated(between: set[str]) -> bool:
    return bool(between & cue_words.NEGATORS) or any(word.endswith("n't") for word in between)


def _went_on(line: Line, index: int, first: int) -> tuple[Words, bool] | None:
    """As in "went on to say", "appeared to suggest", "refused to confirm": the cue and whether it was refused."""
    syntax = line.syntax
    head = syntax.heads[index]
    if syntax.relation(index) == "conj" and head >= 0 and syntax.tags[head] != "VB":
        return Words(first, index + 1), False
    if syntax.relation(index) != "xcomp" or head < 0:
        return None
    lemma = syntax.lemmas[head]
    if lemma not in _OPENING:
        return None
    return Words(_first(line, head), index + 1), lemma in _REFUSING


def _quoted_as_saying(line: Line, index: int, lemma: str) -> Said | None:
    """As in "the agency quoted a general as saying that …", "a general was quoted as saying that …"."""
    syntax = line.syntax
    quoted = next((k for k in range(index - 2, max(-1, index - 14), -1) if syntax.lemmas[k] == "quote"), None)
    if quoted is None:
        return None
    whole = Words(_first(line, quoted), index + 1)
    passive = syntax.child(quoted, "nsubj:pass")
    told = subject(line, quoted)
    object_ = syntax.child(quoted, "obj")
    source = passive if passive is not None else object_
    if source is None:
        return None
    through = None if passive is not None or told is None else phrase(line, told)
    found = right_of(line, index, Words(index, index + 1), None, lemma)
    if found is None:
        return None
    content, quotation = found
    speaker = phrase(line, source)
    return Said(
        Words(whole.start, whole.stop),
        Words(speaker.start, min(speaker.stop, index - 1) if speaker.start < index else speaker.stop),
        (content,),
        "say",
        quotation=quotation,
        through=through,
    )


def _passive(line: Line, index: int, cue: Words, lemma: str, *, negated: bool) -> Said | None:
    """As in "A was reported by X", "It was reported that A"."""
    syntax = line.syntax
    by = _agent(line, index)
    clause = syntax.child(index, "ccomp", "csubj:pass", "csubj")
    if lemma in cue_words.TOLD and by is not None:
        return _told_by(line, index, cue, by, negated=negated)
    if lemma not in cue_words.CLAUSE | cue_words.THINK | cue_words.THING:
        return None
    subject_ = syntax.child(index, "nsubj:pass", "expl")
    if subject_ is not None and line.lower[subject_] == "it" and clause is not None and clause > index:
        if cue.stop < len(line) and line.lower[cue.stop] == "that":
            content = tail(line, cue.stop + 1)
            return Said(cue, None, (content,), lemma, negated=negated) if content else None
        return None
    if by is None or subject_ is None or subject_ > index:
        return None
    source = phrase(line, by)
    contents = [Words(subject_, subject_ + 1) if line.lower[subject_] in cue_words.SPEAKERS else phrase(line, subject_)]
    rest = tail(line, source.stop)
    if rest is not None and line.lower[rest.start] in {"as", "of", "for", "to"}:
        contents.append(rest)
    return Said(cue, source, tuple(contents), lemma, negated=negated)


def _told_by(line: Line, index: int, cue: Words, by: int, *, negated: bool) -> Said | None:
    """As in "The ministry was told by the consulate that A": the ministry passes on what the consulate said."""
    syntax = line.syntax
    told, clause = syntax.child(index, "nsubj:pass"), syntax.child(index, "ccomp")
    mark = syntax.child(clause, "mark") if clause is not None else None
    if told is None or told > index or mark is None or line.lower[mark] != "that" or mark < by:
        return None
    content = tail(line, mark + 1)
    source = phrase(line, by)
    return Said(cue, source, (content,), "tell", negated=negated, through=phrase(line, told)) if content else None


def _agent(line: Line, index: int) -> int | None:
    syntax = line.syntax
    by = syntax.child(index, "obl:agent")
    if by is not None:
        return by
    return next((k for k in syntax.children(index, "obl") if any(line.lower[c] == "by" for c in syntax.kids[k])), None)


_DONE = frozenset({"accuse", "blame", "charge", "condemn", "criticise", "criticize", "praise", "question"})
_OVER = frozenset({(word,) for word in ("about", "by", "for", "in", "of", "over", "with")})
_PHRASE = 2
"""A voice before a verb read as a noun has at least this many words."""
_OPENING = frozenset(
    {"go", "continue", "begin", "start", "decline", "refuse", "appear", "seem", "try", "fail", "come", "rush", "hasten"}
)
_REFUSING = frozenset({"decline", "refuse", "fail"})
