"""Voices carried from sentence to sentence: lists, words that point back, quotations that go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract import lexicon
from tocsin.extract.build import cue_at
from tocsin.extract.line import Line
from tocsin.extract.said import Said
from tocsin.model.claim import Cue
from tocsin.model.report import Voice


@dataclass(slots=True)
class State:
    """What one sentence leaves to the next."""

    carried: tuple[Voice, ...] = ()
    listing: bool = False
    planning: bool = False
    quoting: bool = False
    ahead: tuple[Voice, ...] = ()
    ahead_cue: Cue | None = None
    ahead_quoted: bool = False


def speakers_of(lines: Sequence[Line | None], said: Sequence[tuple[Said, ...]]) -> dict[int, tuple[int, int]]:
    """For sentences wholly inside a quotation: the sentence and the attribution that give it a voice.

    The attribution may stand in the same quotation's other sentence, or before it in the paragraph.
    """
    found: dict[int, tuple[int, int]] = {}
    by_quotation: dict[int, tuple[int, int]] = {}
    for row, one_line in enumerate(said):
        for number, one in enumerate(one_line):
            if one.quotation >= 0:
                by_quotation.setdefault(one.quotation, (row, number))
            line = lines[row]
            if line is not None:
                for words in one.contents:
                    for index in range(*words):
                        if line.quoted[index] >= 0:
                            by_quotation.setdefault(line.quoted[index], (row, number))
    for position, line in enumerate(lines):
        if line is None or said[position] or not len(line):
            continue
        inside = {q for index, q in enumerate(line.quoted) if not line.is_mark(index)}
        if len(inside) != 1 or (quotation := next(iter(inside))) < 0:
            continue
        attributed = [number for number in by_quotation if number <= quotation]
        if attributed:
            found[position] = by_quotation[max(attributed)]
    return found


def goes_on(state: State, lines: Sequence[Line | None], said: Sequence[tuple[Said, ...]], position: int) -> bool:
    """Does a sentence go on in the voice before it?

    It does when it opens with a list word ("Secondly,"), a word that points back ("Its goal", "This number"), or
    stands in brackets; inside a list every sentence does. A sentence between a voice and such a sentence does too.
    After a plan or a need, what can, may or will follow from it goes on as well. A new paragraph goes on only with a
    list, or with a step of the plan before it ("can use rams for this"). The author's own openings ("To be sure",
    "Therefore") end it.
    """
    line = lines[position]
    if line is None or not state.carried:
        return False
    if _begins(line, "enumerators"):
        state.listing = True
        return True
    if position == 0:
        state.listing = False
        return state.planning and not said[0] and not _authors(line) and _may_follow(line) and _serves(line)
    if _authors(line):
        return False
    if state.planning and not said[position] and _may_follow(line):
        return True
    if state.listing or line.lower[0] == "(" or _points_back(line):
        return True
    for later in range(position, len(lines)):
        following = lines[later]
        if following is None or said[later] or _authors(following):
            return False
        if _points_back(following) or _begins(following, "enumerators"):
            return True
    return False


def _starts(line: Line) -> tuple[str, ...]:
    """The first words of a sentence without its opening marks."""
    return tuple(word for index, word in enumerate(line.lower[:12]) if not line.is_mark(index) or word == ",")


def _begins(line: Line, key: str) -> bool:
    words = _starts(line)
    return bool(words) and lexicon.phrases("carry", key).at(words, 0) is not None


def _points_back(line: Line) -> bool:
    words = _starts(line)
    if not words:
        return False
    if words[0] in lexicon.group("carry", "pronouns") or _begins(line, "phrases"):
        return True
    return lexicon.phrases("carry", "inner").first(line.lower) is not None


def _may_follow(line: Line) -> bool:
    """Does its main verb say what can, may or will be done?"""
    verb = next((word for index, word in enumerate(line.lower) if line.is_finite(index)), "")
    return verb in _STEPS


def _serves(line: Line) -> bool:
    """Does it serve what was said before: "for this", "to this end", "this plan"?"""
    return lexicon.phrases("carry", "serving").first(line.lower) is not None


def _authors(line: Line) -> bool:
    """Does it open as the author's own comment, or ask?"""
    words = _starts(line)
    match = lexicon.phrases("carry", "author").at(words, 0) if words else None
    if match is not None and (
        match.phrase not in {"say", "note", "recall", "so"} or words[match.stop : match.stop + 1] == (",",)
    ):
        return True
    return line.lower[-1] == "?"


def leave(
    state: State,
    line: Line,
    said: tuple[Said, ...],
    voices: list[tuple[Voice, ...]],
    carried: tuple[Voice, ...],
    *,
    going_on: bool,
    quoted: bool,
    local: bool,
    text: str,
) -> None:
    """Keep the voice that the next sentence may go on in.

    Somebody told by somebody inside a story ("the head warned his boss that …") does not tell the story on.
    """
    state.quoting = quoted
    said = tuple(one for one in said if one.source is not None or not one.nominal)
    if said:
        last = _last_top(said)
        one = said[last]
        prefix = carried if going_on and one.verb else ()
        own = one.hearer is not None and line.lower[one.hearer.start] in {"his", "her", "their", "its"}
        inside_story = (
            one.verb in lexicon.group("verbs", "told")
            and one.verb not in {"assure", "reassure"}
            and bool(prefix or own)
        )
        chain = [*prefix]
        if not inside_story:
            chain += [voice for number in _covering(said, last) for voice in voices[number]]
        state.carried = tuple(chain)
        state.listing = state.listing and going_on
        if one.ahead and voices[last]:
            state.ahead, state.ahead_cue, state.ahead_quoted = voices[last], cue_at(text, line, one), False
    elif carried and (going_on or local or quoted):
        state.carried = carried
    else:
        state.carried, state.listing = (), False


def _last_top(said: tuple[Said, ...]) -> int:
    """The last attribution that is not inside another's content or a bracket's aside."""
    tops = [
        number
        for number, one in enumerate(said)
        if not any(
            other is not one and any(w.start <= one.cue.start < w.stop for w in other.contents) for other in said
        )
    ]
    if not tops:
        return len(said) - 1
    last = tops[-1]
    inner = [
        n
        for n, one in enumerate(said)
        if n != last and any(w.start <= one.cue.start < w.stop for w in said[last].contents) and _fills(said[last], one)
    ]
    return inner[-1] if inner else last


def _fills(outer: Said, inner: Said) -> bool:
    """Does the inner attribution take up the outer one's content to its end?"""
    ends = [words.stop for words in outer.contents]
    return (
        bool(ends)
        and any(words.stop >= max(ends) for words in inner.contents)
        and (sum(w.stop - w.start for w in inner.contents) * 2 > sum(w.stop - w.start for w in outer.contents))
    )


def _covering(said: tuple[Said, ...], number: int) -> list[int]:
    """One attribution and those around it, outermost first."""
    one = said[number]
    around = [
        n
        for n, other in enumerate(said)
        if n != number and any(w.start <= one.cue.start < w.stop for w in other.contents)
    ]
    return [*around, number]


_STEPS = frozenset(
    {"plans", "plan", "intends", "intend", "can", "may", "might", "could", "will", "would", "must", "should"}
)
