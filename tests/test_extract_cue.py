from __future__ import annotations

from dataclasses import replace

import pytest

from tocsin.extract.cue import cues
from tocsin.extract.line import Line, quotations
from tocsin.model.report import Span

Found = list[tuple[str, str | None, list[str]]]


def found(text: str) -> Found:
    """Cue, voice and words covered, of one sentence."""
    whole = Span(0, len(text))
    line = Line.of(text, whole, quotations(text, whole))

    def words(stretch: tuple[int, int]) -> str:
        return text[slice(*line.stretch(*stretch))]

    return [(words(c.cue), words(c.source) if c.source else None, [words(w) for w in c.contents]) for c in cues(line)]


@pytest.mark.parametrize(
    ("text", "cue", "voice", "content"),
    [
        (
            "According to the border guards, two trains crossed the bridge.",
            "According to",
            "the border guards",
            "two trains crossed the bridge",
        ),
        (
            "Two trains crossed the bridge, according to the border guards.",
            "according to",
            "the border guards",
            "Two trains crossed the bridge",
        ),
        ("The ministry said that the bridge is open.", "said", "The ministry", "the bridge is open"),
        ("The ministry said on Monday the bridge is open.", "said", "The ministry", "the bridge is open"),
        ("The bridge is open, the ministry said.", "said", "the ministry", "The bridge is open"),
        ("The bridge is open, said Colonel Anna Berg.", "said", "Colonel Anna Berg", "The bridge is open"),
        (
            "Northern intelligence reassures: the bridge is open.",
            "reassures",
            "Northern intelligence",
            "the bridge is open",
        ),
        (
            "A second insider gives other, gloomier figures: there are 40 guns at the ford.",
            "gives",
            "A second insider",
            "there are 40 guns at the ford",
        ),
        (
            "But as our contact points out, the bridge is open.",
            "points out",
            "our contact",
            "the bridge is open",
        ),
        (
            "This fits the estimate published by the Institute of the North: the bridge is open.",
            "the estimate published by",
            "the Institute of the North",
            "the bridge is open",
        ),
        (
            "The deputy warned his chief that the guards were asleep.",
            "warned",
            "The deputy",
            "the guards were asleep",
        ),
        ("Satellite images show 200 vehicles near the ford.", "show", "Satellite images", "200 vehicles near the ford"),
        (
            "Footage posted on 3 May shows 13 guns near the ford.",
            "shows",
            "Footage posted on 3 May",
            "13 guns near the ford",
        ),
        (
            "The leader of the dockers was blunt: the ford is closed.",
            "was blunt",
            "The leader of the dockers",
            "the ford is closed",
        ),
        (
            "The barge sank in the night (Harbour Press).",
            "Harbour Press",
            "Harbour Press",
            "The barge sank in the night",
        ),
        (
            "There is talk among traders that the ford is closed.",
            "talk among traders that",
            "traders",
            "the ford is closed",
        ),
        ("The former judge warned of riots.", "warned", "The former judge", "riots"),
        (
            "The opposition's warning that the ford is closed has not come true.",
            "warning that",
            "The opposition's",
            "the ford is closed",
        ),
        ("The scouts went on to say that the ford is closed.", "went on to say", "The scouts", "the ford is closed"),
        ("The army reported no movement near the ford.", "reported", "The army", "no movement near the ford"),
    ],
)
def test_a_cue_is_found_with_its_voice_and_what_it_covers(text: str, cue: str, voice: str, content: str) -> None:
    assert found(text) == [(cue, voice, [content])]


def test_a_voice_may_interrupt_what_it_says() -> None:
    assert found("The strikes, officials said, killed 20 people.") == [
        ("said", "officials", ["The strikes", "killed 20 people"])
    ]


def test_a_description_between_commas_belongs_to_the_voice_before_it() -> None:
    [(_, voice, _)] = found("Ann Orr, senior fellow at the Institute of the North, said the bridge is open.")

    assert voice == "Ann Orr"


def test_a_role_with_the_name_of_its_bearer_is_one_voice() -> None:
    [(_, voice, _)] = found("The defence minister, Ann Orr, said the bridge is open.")

    assert voice == "The defence minister, Ann Orr"


def test_quotation_marks_bound_what_was_said() -> None:
    [(_, voice, contents)] = found("“No unit has moved,” said Colonel Anna Berg, a spokeswoman, on Monday.")

    assert voice == "Colonel Anna Berg"
    assert contents == ["“No unit has moved,”"]


def test_a_second_verb_has_the_first_ones_voice() -> None:
    first, second = found("The ministry said that the bridge is open, adding that the ford is closed.")

    assert first[1] == second[1] == "The ministry"
    assert first[2] == ["the bridge is open"]
    assert second[2] == ["the ford is closed"]


def test_who_is_cited_stands_behind_the_one_who_cites() -> None:
    agency, council = found("The bridge is closed, the agency said, citing the Security Council.")

    assert agency[1] == "the agency"
    assert council[1] == "the Security Council"
    assert agency[2] == council[2]


def test_a_voice_within_a_voice_is_kept() -> None:
    outer, inner = found(
        "According to fellows at the Institute, insiders in the staff have confirmed that the bridge is open."
    )

    assert outer[1] == "fellows at the Institute"
    assert inner == ("have confirmed", "insiders in the staff", ["the bridge is open"])


@pytest.mark.parametrize(
    "text",
    [
        "The report on the bridge is long.",
        "Guards from 18 states like it here.",
        "The claims of the army are old.",
        "The general will announce new plans.",
        "The army maintains 10,000 men in the north.",
        "The guards saw the river.",
        "This change does not indicate that the army intends to move.",
        "We believe the bridge is open.",
    ],
)
def test_what_looks_like_a_cue_is_none(text: str) -> None:
    assert found(text) == []


def test_a_clause_that_is_not_the_voices_own_words_ends_what_it_said() -> None:
    [(_, voice, [content])] = found("The mayor, who said the bridge is open, left the town on Monday.")

    assert voice == "The mayor"
    assert content == "the bridge is open"


def test_who_was_told_by_somebody_passes_it_on() -> None:
    text = "The ministry was told by the consulate that the bridge is open."
    whole = Span(0, len(text))
    line = Line.of(text, whole, ())
    [said] = cues(line)

    assert said.source is not None
    assert said.through is not None
    assert text[slice(*line.stretch(*said.source))] == "the consulate"
    assert text[slice(*line.stretch(*said.through))] == "The ministry"


def test_a_role_and_the_name_after_it_are_one_voice_behind_the_verb() -> None:
    [(_, voice, _)] = found("“No unit has moved,” said its chairwoman, Marta Berg.")

    assert voice == "its chairwoman, Marta Berg"


@pytest.mark.parametrize(
    "voice",
    [
        "A Marland Coastal Safety Directorate (CSD) representative",
        "Marland Harbour Directorate (MHD) Spokesperson Ann Orr",
        "Deputy Marland Transport Minister Karl Berg",
        "Independent Marland monitoring outlet Marland Quay Project",
    ],
)
def test_a_body_and_who_speaks_for_it_are_one_voice(voice: str) -> None:
    assert found(f"{voice} stated on March 2 that two trains crossed the bridge.") == [
        ("stated", voice, ["two trains crossed the bridge"])
    ]


def test_a_body_with_its_short_name_shows_one_thing() -> None:
    text = "The Marland Coast Ministry (MCM) posted a video on March 2 showing Marland sailors loading grain at a pier."

    assert [(voice, said) for _, voice, said in found(text)] == [
        ("The Marland Coast Ministry (MCM)", ["Marland sailors loading grain at a pier"])
    ]


def test_a_clause_without_that_belongs_to_the_verb_before_it() -> None:
    text = "Ann Orr reported on March 2 that the Admiralty assesses there are no signs that Borland wants the strait."

    assert found(text)[-1][1:] == ("the Admiralty", ["there are no signs that Borland wants the strait"])


def test_a_noun_read_as_a_verb_that_does_not_agree_with_its_subject_is_not_finite() -> None:
    text = "The crews bring boats and means to the coast."
    line = Line.of(text, Span(0, len(text)), ())
    means, bring = line.lower.index("means"), line.lower.index("bring")

    def with_tag(tag: str) -> Line:
        def put(column: tuple[str, ...], value: str) -> tuple[str, ...]:
            return (*column[:means], value, *column[means + 1 :])

        tree = line.syntax
        heads = (*tree.heads[:means], bring, *tree.heads[means + 1 :])
        misread = replace(
            tree, heads=heads, tags=put(tree.tags, tag), upos=put(tree.upos, "VERB"), labels=put(tree.labels, "conj")
        )
        return replace(line, syntax=misread)

    assert with_tag("VBP").is_finite(means)
    assert not with_tag("VBZ").is_finite(means)
