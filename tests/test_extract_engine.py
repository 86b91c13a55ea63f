from __future__ import annotations

import textwrap
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract import extract
from tocsin.model.claim import Attribution, Claim, Extraction, Modality, Polarity, Role
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window

PAPER = Voice(name="Northern Post", kind=VoiceKind.MEDIA)


def read(text: str, *, lang: str | None = "en") -> Extraction:
    report = Report(id="sha256:0", text=text, lang=lang, published=Window.on(date(2022, 12, 2)))
    return extract(report, outlet=PAPER)


def claims(text: str) -> tuple[Claim, ...]:
    return read(text).claims


def names(claim: Claim) -> list[str]:
    return [voice.name for voice in claim.chain]


def test_a_chain_runs_from_the_outlet_through_every_voice() -> None:
    [claim] = claims(
        "According to analysts at the Harbour Institute, sources in the northern staff have confirmed that the "
        "council has already made a decision to close the strait."
    )

    assert names(claim) == ["Northern Post", "analysts at the Harbour Institute", "sources in the northern staff"]
    assert [voice.kind for voice in claim.chain[1:]] == [VoiceKind.ORGANIZATION, VoiceKind.ANONYMOUS]
    assert claim.cue is not None
    assert claim.cue.text == "have confirmed"
    assert claim.attribution is Attribution.LOCAL
    assert claim.weight < 0.5


def test_a_figure_in_brackets_has_its_own_voice_and_the_unit_of_its_neighbour() -> None:
    """The outer claim keeps its own figures and skips the bracket."""
    outer, inner = claims(
        "However, another Post source gives other, gloomier figures: there are about 2,000 riders and 15,000 "
        "northern servicemen in Borland (25,000 according to another source), stationed along the river."
    )

    assert [figure.low for figure in outer.figures] == [2000, 15000]
    assert outer.parts
    assert inner.content == "25,000"
    assert [figure.unit for figure in inner.figures] == ["person"]
    assert names(inner) == ["Northern Post", "another Post source", "another source"]


def test_a_bracket_that_restates_a_need_is_a_need() -> None:
    """A need must never be read as a holding."""
    need, restated, other = claims(
        "For its success, 80-100 thousand men are needed (this is 40-50 battalions). "
        "It takes six weeks to form them (eight weeks according to another source)."
    )[:3]

    assert need.role is restated.role is other.role is Role.REQUIREMENT


def test_another_source_twice_is_two_voices() -> None:
    first, second = claims("Another source says the ford is open.\n\nAnother source says the ford is closed.")

    assert names(first) != names(second)


def test_the_same_unnamed_voice_is_one_voice() -> None:
    first, second = claims("A source in the staff said the ford is open. The source said the bridge is closed.")

    assert names(first) == names(second)


def test_a_pronoun_and_a_surname_find_their_voice() -> None:
    found = claims(
        "Colonel Anna Berg said the ford is open. She said the bridge is closed. Berg added that it is cold."
    )

    assert {tuple(names(claim)) for claim in found} == {("Northern Post", "Colonel Anna Berg")}


def test_a_role_is_told_from_the_name_of_its_bearer() -> None:
    role, surname = claims("The defence minister, Ann Orr, said the ford is open. Orr said the bridge is closed.")

    assert role.chain[1].name == "Ann Orr"
    assert role.chain[1].kind is VoiceKind.OFFICIAL
    assert names(role) == names(surname)


def test_what_describes_a_voice_is_no_claim() -> None:
    [claim] = claims("An officer who spoke on condition of anonymity said the ford is open.")

    assert claim.content == "the ford is open"
    assert claim.chain[1].kind is VoiceKind.ANONYMOUS


def test_somebody_quoted_by_an_agency_stands_behind_it() -> None:
    [claim] = claims("Reuters quoted a general as saying that the ford is open.")

    assert names(claim) == ["Northern Post", "Reuters", "a general"]


def test_a_list_goes_on_in_the_voice_that_opened_it() -> None:
    """Also in the next paragraph, and for the bracket inside it."""
    opened, first, bracket, second, third = claims(
        "According to Post sources, there are no signs of an attack.\n"
        "Firstly, the forming of assault groups has not been recorded yet. (It takes five weeks to form them.) "
        "Secondly, northern gunners do not train with the riders. Thirdly, the coast guard did not record any call-up."
    )

    for claim in (first, bracket, second, third):
        assert claim.attribution is Attribution.CARRIED
        assert claim.cue is None
        assert names(claim) == names(opened)
    assert opened.attribution is Attribution.LOCAL
    assert first.polarity is second.polarity is third.polarity is Polarity.DENIED
    assert bracket.role is Role.REQUIREMENT


def test_words_that_point_back_carry_the_voice() -> None:
    found = claims(
        "Northern intelligence reassures: the talk of a landing is a special operation. Its goal, firstly, is to tie "
        "down the fleet. Secondly, to frighten the towns."
    )

    assert [claim.attribution for claim in found] == [Attribution.LOCAL, Attribution.CARRIED, Attribution.CARRIED]
    assert {tuple(names(claim)) for claim in found} == {("Northern Post", "Northern intelligence")}
    assert found[1].role is found[2].role is Role.INTENT


def test_a_sentence_between_a_voice_and_its_going_on_is_carried() -> None:
    found = claims(
        "According to the Institute, the council has decided to wait. The council plans to show forged letters. "
        "This will become its pretext."
    )

    assert [claim.attribution for claim in found[1:]] == [Attribution.CARRIED, Attribution.CARRIED]


def test_the_authors_comment_ends_what_was_carried() -> None:
    said, comment, after = claims(
        "The staff said that the ford is open. To be sure, the river will freeze. Its ice holds no guns."
    )

    assert said.attribution is Attribution.LOCAL
    assert comment.attribution is after.attribution is Attribution.AUTHOR
    assert names(comment) == ["Northern Post"]


def test_somebody_told_inside_a_story_does_not_go_on_telling_it() -> None:
    """That he was warned is the author's statement, what he was warned of the warner's."""
    warning, warned, after = claims(
        "The head of the guard warned his boss that riders were preparing a raid. After that, the boss sent him away."
    )

    assert (warning.attribution, warning.role) == (Attribution.AUTHOR, Role.EVENT)
    assert names(warned)[-1] == "The head of the guard"
    assert warned.attribution is Attribution.LOCAL
    assert names(after) == names(warning)


def test_what_follows_from_a_plan_stays_with_its_voice() -> None:
    """Until a new voice, or the author's own opening; also in a new paragraph that serves the plan."""
    plan, rams, raid, river = claims(
        "According to a confidant, the plans provide for a strike on the ford.\n"
        "The riders can use heavy rams for this. The breach will be preceded by a raid on the walls. "
        "To be sure, the river will freeze."
    )

    assert names(plan) == names(rams) == names(raid)
    assert rams.attribution is raid.attribution is Attribution.CARRIED
    assert river.attribution is Attribution.AUTHOR


def test_a_noun_of_saying_has_its_clause() -> None:
    outer, inner = claims("Fears are growing amid warnings that a second landing will follow the shelling.")

    assert outer.attribution is Attribution.AUTHOR
    assert outer.modality is Modality.ASSERTED
    assert inner.content == "a second landing will follow the shelling"
    assert inner.cue is not None
    assert inner.cue.text == "warnings that"
    assert (inner.modality, inner.role) == (Modality.REPORTED_RUMOUR, Role.RUMOUR)


def test_a_rumour_that_alarms_people_is_two_statements() -> None:
    outer, inner = claims("Townspeople were alarmed by the news that supposedly an army would land in May.")

    assert (outer.modality, outer.role) == (Modality.ASSERTED, Role.EVENT)
    assert (inner.modality, inner.role) == (Modality.REPORTED_RUMOUR, Role.RUMOUR)


@pytest.mark.parametrize(
    "text",
    [
        "Crowds cheered at the staff's claim that the ford is open.",
        "Fear rose at warnings from the staff that the ford is open.",
    ],
)
def test_whose_saying_it_is_is_named_beside_the_noun(text: str) -> None:
    said = claims(text)[-1]

    assert names(said)[-1] == "the staff"
    assert said.content == "the ford is open"
    assert said.modality is Modality.ASSERTED


def test_who_posts_a_picture_says_what_it_shows() -> None:
    [claim] = claims("The navy posted a video on 1 December showing riders training with gunners at the ford.")

    assert names(claim) == ["Northern Post", "The navy"]
    assert claim.content == "riders training with gunners at the ford"


def test_a_number_somebody_puts_is_his() -> None:
    crossed, number = claims("The riders crossed the ford, according to the staff; it put their number at 500.")

    assert names(crossed) == names(number) == ["Northern Post", "the staff"]
    assert [figure.low for figure in number.figures] == [500]


def test_a_denial_of_what_was_said_before_is_kept() -> None:
    *_, denial = claims("The staff said the north has 500 guns. Borland denies it.")

    assert names(denial) == ["Northern Post", "Borland"]
    assert denial.polarity is Polarity.DENIED


def test_a_situation_is_a_statement_of_its_own() -> None:
    needs, wants = claims(
        "The council does not need the prince's fall in a situation where it wants Borland to join the war."
    )

    assert (needs.polarity, wants.polarity) == (Polarity.DENIED, Polarity.AFFIRMED)
    assert wants.role is Role.INTENT


def test_a_quotation_of_several_sentences_keeps_its_cue() -> None:
    found = claims("“No unit has moved,” said Colonel Anna Berg. “We see nothing new. The road is empty.”")

    assert len(found) == 3
    assert {claim.cue.span for claim in found if claim.cue} == {Span(21, 25)}
    assert {tuple(names(claim)) for claim in found} == {("Northern Post", "Colonel Anna Berg")}


def test_quoted_text_without_a_voice_is_reported() -> None:
    result = read("“Nothing has moved along the whole river.”")

    assert not result.claims
    assert [miss.reason for miss in result.not_understood] == ["quotation without a voice"]


def test_an_outlet_that_was_told_stands_in_the_chain() -> None:
    [claim] = claims("The envoy died in the port, a spokesman of his ministry told BelTA.")

    assert names(claim) == ["Northern Post", "BelTA", "a spokesman of his ministry"]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed, Reuters said, citing two officials.",
        "Reuters, citing two officials, reported that the bridge is closed.",
    ],
)
def test_who_is_cited_is_the_origin(text: str) -> None:
    [claim] = claims(text)

    assert names(claim) == ["Northern Post", "Reuters", "two officials"]
    assert claim.content.lower() == "the bridge is closed"


def test_the_outlet_named_again_is_the_outlet() -> None:
    [claim] = claims("According to Northern Post, the ford is open.")

    assert names(claim) == ["Northern Post"]
    assert claim.attribution is Attribution.LOCAL


def test_without_an_outlet_the_author_speaks() -> None:
    [claim] = extract(Report(id="sha256:0", text="The ford is open.")).claims

    assert [(voice.name, voice.kind) for voice in claim.chain] == [("author", VoiceKind.AUTHOR)]
    assert claim.attribution is Attribution.AUTHOR
    assert claim.cue is None


def test_one_proposition_is_one_claim() -> None:
    """Two stances under one cue are two claims with the same cue span."""
    first, second = claims(
        "The riders' paper states that the prince has not abandoned plans to seize the ford and is ready to wait "
        "for years."
    )

    assert first.cue == second.cue
    assert (first.modality, first.polarity, first.role) == (Modality.PLANNED, Polarity.AFFIRMED, Role.INTENT)
    assert second.modality is Modality.PLANNED


def test_a_trailing_relative_clause_is_a_claim_of_its_own() -> None:
    count, threat = claims(
        "According to an insider, there are 9,000 riders in Borland now who do not pose a threat to the coast."
    )

    assert count.content == "there are 9,000 riders in Borland now"
    assert count.role is Role.OBSERVATION
    assert count.polarity is Polarity.AFFIRMED
    assert (threat.role, threat.polarity) == (Role.ASSESSMENT, Polarity.DENIED)


def test_a_language_without_an_extractor_gives_no_claims_and_says_so() -> None:
    result = read("Міст відкрито.", lang="uk")

    assert not result.claims
    assert result.not_understood[0].span == Span(0, 14)
    assert "uk" in result.not_understood[0].reason


def test_a_sentence_too_long_is_named_and_not_read() -> None:
    result = read("The ford is open and " * 200 + "closed.")

    assert not result.claims
    assert "2000 characters" in result.not_understood[0].reason


def test_ids_are_stable_and_apart() -> None:
    text = "The staff said the ford is open. The staff said the ford is open.\n\nIs it?"

    assert claims(text) == claims(text)
    assert len({claim.id for claim in claims(text)}) == len(claims(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "(", "said", "according to", "—", ". . .", "\x00", "\ud800"])
def test_scraps_are_no_trouble(text: str) -> None:
    for claim in claims(text):
        assert claim.content.strip()


PIECES = st.sampled_from(
    """The ministry|said|that|according to|another source|(|)|“|”|"|''|:|;|,|.|–|and|but|who|which|not|no|3,000 tanks|
    in Borland|is|will|he|they|Firstly,|as|told|citing|reportedly|if|plans to|İ|…|?|ﬁ|\u2028|\n\n""".split("|")  # noqa: SIM905 - read at a glance
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.booleans())
def test_nothing_in_a_text_makes_it_fail_and_every_span_is_exact(pieces: list[str], spaced: bool) -> None:  # noqa: FBT001 - hypothesis
    text = (" " if spaced else "").join(pieces)

    for claim in claims(text):
        assert claim.content == text[claim.span.start : claim.span.stop]
        assert claim.content.strip() == claim.content
        assert claim.chain[0].name == "Northern Post"
        assert 0 <= claim.weight <= 1
        for part in claim.parts:
            assert claim.span.start <= part.start < part.stop <= claim.span.stop
        if claim.cue is not None:
            assert claim.cue.text == text[claim.cue.span.start : claim.cue.span.stop]
            assert claim.attribution is Attribution.LOCAL
        for voice in claim.chain[1:]:
            assert voice.span is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 28 November, according to the staff, the riders crossed the ford.", (28, 28)),
        ("On 28 November according to the staff the riders crossed the ford.", (28, 28)),
        ("Colonel Berg said on 28 November that the ford is open.", (28, 28)),
        ("On 28 November Colonel Berg said the ford is open.", (28, 28)),
        ("Colonel Berg said on 28 November that the riders will cross the ford.", (28, None)),
    ],
)
def test_a_statement_without_a_day_has_the_day_it_was_said(text: str, day: tuple[int, int | None]) -> None:
    """What is foretold on a day is about the days from then on."""
    [claim] = claims(text)

    assert claim.when is not None
    assert claim.when.earliest == date(2022, 11, day[0])
    assert claim.when.latest == (None if day[1] is None else date(2022, 11, day[1]))


@pytest.mark.parametrize(
    "text",
    [
        "The riders removed the shells that they had stored in Borland before the 24 February landing.",
        "The riders took the guns which had stood at the ford since March.",
        "The army grew slightly, compared to March.",
        "Colonel Berg, who took command in March, said the ford is open.",
    ],
)
def test_a_day_in_a_description_is_not_the_statements(text: str) -> None:
    assert claims(text)[0].when is None


def test_a_statement_keeps_its_own_day_before_the_day_it_was_said() -> None:
    [claim] = claims("Colonel Berg said on 30 November that the riders crossed the ford on 28 November.")

    assert claim.when is not None
    assert claim.when.latest == date(2022, 11, 28)


def test_a_day_that_opens_a_sentence_is_for_both_its_statements() -> None:
    first, second = claims("On 28 November the bridge was closed and the ferry was stopped.")

    assert first.when == second.when is not None


def test_a_wrapped_page_reads_as_one_that_is_not() -> None:
    page = (
        "According to sources in the staff, there are no signs of an attack on the ford. Firstly, the forming of "
        "assault groups has not been recorded since late November. Secondly, gunners do not train with the 40 riders."
    )
    wrapped, flowing = (claims(text) for text in (textwrap.fill(page, 60), page))

    assert [" ".join(claim.content.split()) for claim in wrapped] == [claim.content for claim in flowing]
    assert [(names(c), c.attribution, c.polarity, c.role) for c in wrapped] == [
        (names(c), c.attribution, c.polarity, c.role) for c in flowing
    ]
    assert [c.when and (c.when.earliest, c.when.latest) for c in wrapped] == [
        c.when and (c.when.earliest, c.when.latest) for c in flowing
    ]


@pytest.mark.parametrize(
    "text",
    [
        "‘We don’t fear the riders’ guns. The ford is open,’ said Colonel Anna Berg.",
        "'We don't fear them. The ford is open,' said Colonel Anna Berg.",
    ],
)
def test_speech_in_single_quotation_marks_has_its_voice(text: str) -> None:
    found = claims(text)

    assert [claim.polarity for claim in found] == [Polarity.DENIED, Polarity.AFFIRMED]
    assert {names(claim)[-1] for claim in found} == {"Colonel Anna Berg"}
    assert found[1].content == "The ford is open"


def test_an_apostrophe_opens_no_speech() -> None:
    [claim] = claims("The riders' guns and the gunners' carts are at the ford, the staff said.")

    assert claim.content == "The riders' guns and the gunners' carts are at the ford"
    assert names(claim)[-1] == "the staff"


def test_what_is_unclear_is_unclear_to_the_author() -> None:
    *_, unclear = claims("The staff said the riders left. It is unclear whether they crossed the ford.")

    assert unclear.attribution is Attribution.AUTHOR
    assert unclear.modality is Modality.QUESTION


def test_a_plan_told_after_a_decision_stays_with_its_voice() -> None:
    decision, plan = claims(
        "According to the Institute, the prince decided to wait. The prince plans to sell the boats."
    )

    assert names(decision) == names(plan)
    assert plan.attribution is Attribution.CARRIED


def test_who_is_named_after_it_all_tells_what_the_first_voice_said() -> None:
    (claim,) = read("According to the harbour office, the pier has not been closed, Quay Weekly writes.").claims

    assert [voice.name for voice in claim.chain[1:]] == ["Quay Weekly", "the harbour office"]
    assert claim.content == "the pier has not been closed"


@pytest.mark.parametrize(
    "line",
    [
        "EL OBEID - ",
        "EL OBEID, Sudan — ",
        "EL OBEID (Northwire) - ",
        "November 26, 2026 (KOSTI) - ",
        "By Anna Orr, KYIV — ",
        "Moscow, Dec 1 (Northwire) - ",
    ],
)
@pytest.mark.parametrize("day", ["", " on Monday"])
def test_a_dateline_is_no_voice_and_no_part_of_the_sentence(line: str, day: str) -> None:
    text = f"Daily report\n\n{line}The Sudanese army said{day} that the RSF had gathered 320 lorries near Bara."
    [claim] = claims(text)

    assert names(claim) == ["Northern Post", "Sudanese army"]
    assert claim.content == "the RSF had gathered 320 lorries near Bara"
    assert text[claim.span.start : claim.span.stop] == claim.content
    assert text[claim.sentence.start :].startswith("The Sudanese army")


def test_how_a_voice_wants_to_be_named_is_no_claim() -> None:
    [claim] = claims("A driver, who asked not to be named, said that the road was closed.")

    assert claim.content == "the road was closed"


def test_whom_somebody_blamed_is_a_judgement_and_no_event() -> None:
    [claim] = claims("A military source blamed the RSF.")

    assert claim.role is Role.ASSESSMENT


def test_what_could_not_be_confirmed_is_no_denial() -> None:
    [claim] = claims("I have not been able to confirm the mines.")

    assert claim.polarity is Polarity.AFFIRMED
