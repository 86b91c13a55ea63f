"""Cues: the words that attribute, with the voice beside them and the words they cover."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tocsin.extract import cue_words, noun
from tocsin.extract.cue_beside import beside
from tocsin.extract.cue_noun import clauses, estimates, heard, nominals, pictures
from tocsin.extract.cue_phrase import bracketed, phrases, put_so, speaker_colon, trailing
from tocsin.extract.cue_verb import verb
from tocsin.extract.line import Line
from tocsin.extract.noun import Words
from tocsin.extract.said import Said

LONGEST_HEARER = 6
"""Who was told is named in at most this many words."""


def cues(line: Line) -> tuple[Said, ...]:
    """Every attribution of a sentence, in order of text."""
    found = phrases(line) + trailing(line) + bracketed(line) + put_so(line)
    found += nominals(line) + estimates(line) + heard(line)
    found = found or speaker_colon(line)
    taken = [words for said in found for words in (said.cue, said.source) if words]
    for index in range(len(line)):
        if line.quoted[index] >= 0 or any(w.start <= index < w.stop for w in taken):
            continue
        said = verb(line, index)
        if said is not None:
            found.append(said)
            taken.append(said.cue)
            if said.source is not None:
                taken.append(said.source)
    shown = pictures(line, found)
    found = [said for said in found if all(said.cue.stop != one.cue.stop for one in shown)] + shown
    found = beside(line, found)
    found += clauses(line, found)
    found += _citations(line, found)
    found = _told_last(line, [_aside(_told(line, said), found) for said in found])
    return _apart(line, [said for said in sorted(found, key=lambda s: s.cue) if not _swallowed(line, said, found)])


def _told_last(line: Line, found: list[Said]) -> list[Said]:
    """As in "According to A, the road is shut, B writes": who is named after it all tells what A said."""
    phrase = next((said for said in found if not said.verb and not said.nominal and said.contents), None)
    outer = found[-1] if found else None
    if phrase is None or outer is None or outer is phrase or not outer.verb or len(outer.contents) != 1:
        return found
    covered, told = phrase.contents[-1], outer.contents[0]
    comma = told.start - 1
    if (
        phrase.cue.stop > comma
        or covered.start != told.start
        or outer.cue.start < told.stop
        or covered.stop < outer.cue.stop
        or line.lower[comma] != ","
    ):
        return found
    changed = {
        id(phrase): replace(phrase, contents=(told,)),
        id(outer): replace(outer, contents=(Words(comma, told.stop),)),
    }
    return [changed.get(id(said), said) for said in found]


def _citations(line: Line, found: list[Said]) -> list[Said]:
    """Voices cited: "the agency said A, citing the ministry", "The agency, citing the ministry, said A"."""
    cited = []
    for index in range(1, len(line) - 1):
        if line.lower[index] not in cue_words.CITING or line.lower[index - 1] != "," or line.quoted[index] >= 0:
            continue
        citing = [
            said
            for said in found
            if said.source and said.contents and (said.cue.stop <= index or said.source.stop == index - 1)
        ]
        source = noun.after(line, index + 1)
        if not citing or source is None:
            continue
        contents = tuple(
            Words(source.stop + 1, w.stop)
            if w.start == index
            else Words(w.start, index - 1 if w.start < index < w.stop else w.stop)
            for w in citing[-1].contents
            if w.start != index or source.stop + 1 < w.stop
        )
        cited.append(Said(Words(index, index + 1), source, contents, "cite"))
    return cited


def _told(line: Line, said: Said) -> Said:
    """Note who was told, where a verb of telling is followed by a noun phrase."""
    if (
        said.hearer is not None
        or said.verb not in cue_words.TOLD
        or said.cue.stop >= len(line)
        or line.quoted[said.cue.stop] >= 0
    ):
        return said
    hearer = noun.after(line, said.cue.stop)
    return replace(said, hearer=hearer) if hearer and hearer.stop - hearer.start <= LONGEST_HEARER else said


def _aside(said: Said, found: list[Said]) -> Said:
    """As in "X said that A, as Y reported": what Y confirms has its voice already."""
    if said.verb == "cite" or not said.contents or said.cue.start < said.contents[0].start:
        return said
    inside = any(
        other is not said
        and other.verb
        and other.source
        and any(w.start <= other.source.start < w.stop for w in said.contents)
        for other in found
    )
    return (
        replace(said, contents=())
        if inside and said.source and said.source.start < said.cue.start and said.by_way
        else said
    )


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
        and other.verb not in {"", "cite"}
        and any(words.start <= said.cue.start < words.stop for words in other.contents)
    ]
    if not outer or not said.verb or said.source is None:
        return False
    if said.source in {other.source for other in outer}:
        return False
    weak = said.verb not in cue_words.CLAUSE | cue_words.TOLD or said.verb in cue_words.THING
    return weak or line.lower[said.source.start] in cue_words.SPEAKERS or line.lower[said.source.stop - 1] == "who"


def _apart(line: Line, found: list[Said]) -> tuple[Said, ...]:
    """End what one voice says where another, joined by "and" or "but", begins to speak."""
    result = list(found)
    for index, (said, later) in enumerate(pairwise(found)):
        starts = [words.start for words in (later.source, later.hearer) if words and words.start > said.cue.stop]
        begin = min([later.cue.start, *starts])
        contents = []
        for words in said.contents:
            stop = words.stop
            if words.start < begin < words.stop and begin > said.cue.stop:
                before = begin - 1
                participle = line.lower[later.cue.start].endswith("ing") and later.source == said.source
                same = later.source == said.source
                conjunction = line.lower[before] in {"and", "but", "while", "whereas"}
                joined = conjunction and (same or line.lower[before - 1] == ",")
                if joined or line.lower[before] == ";" or (participle and line.lower[before] == ","):
                    stop = before
            while stop > words.start and line.lower[stop - 1] == ",":
                stop -= 1
            if stop > words.start:
                contents.append(Words(words.start, stop))
        result[index] = replace(said, contents=tuple(contents))
    return tuple(result)
