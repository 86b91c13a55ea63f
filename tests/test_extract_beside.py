"""A clause beside what somebody says has its own voice and its own polarity; reports as they are written."""

from __future__ import annotations

import pytest

from tocsin.extract import extract
from tocsin.model.claim import Claim, Modality, Polarity, Role
from tocsin.model.report import Report, Voice, VoiceKind

Told = list[tuple[str, str, str]]
"""Of each claim: what is said, "+" or "-" for affirmed or denied, and its voices after the outlet."""


def claims(text: str) -> tuple[Claim, ...]:
    return extract(Report(id="sha256:0", text=text)).claims


def told(text: str) -> Told:
    return [
        (
            one.content,
            "-" if one.polarity is Polarity.DENIED else "+",
            " > ".join(voice.name for voice in one.chain[1:]),
        )
        for one in claims(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The army denied that it shelled the market after residents said nine people had been killed.",
            [
                ("it shelled the market", "-", "The army"),
                ("nine people had been killed", "+", "residents"),
            ],
        ),
        (
            "The governor denied that the bridge was closed, although the police said lorries had been turned back.",
            [
                ("the bridge was closed", "-", "The governor"),
                ("lorries had been turned back", "+", "the police"),
            ],
        ),
        (
            "The army denied that it had shelled the hospital as the Red Cross reported 14 dead.",
            [("it had shelled the hospital", "-", "The army"), ("14 dead", "+", "Red Cross")],
        ),
        (
            "The navy denied losing a frigate, after the newspaper reported that it had sunk off Varna.",
            [("losing a frigate", "-", "The navy"), ("it had sunk off Varna", "+", "the newspaper")],
        ),
        (
            "The company denied that the pipeline was leaking, before admitting that two valves had failed.",
            [
                ("the pipeline was leaking", "-", "The company"),
                ("two valves had failed", "+", "The company"),
            ],
        ),
        (
            "Police denied they had fired, as the mayor said shots came from the station.",
            [("they had fired", "-", "Police"), ("shots came from the station", "+", "the mayor")],
        ),
        (
            "The army denied that it had withdrawn, contradicting the mayor, who said the barracks were empty.",
            [("it had withdrawn", "-", "The army"), ("the barracks were empty", "+", "the mayor")],
        ),
        (
            "The army denied shelling the market, despite reports by the Red Cross that nine people had died.",
            [("shelling the market", "-", "The army"), ("nine people had died", "+", "Red Cross")],
        ),
        (
            "The captain does not believe that the lock was opened, although two divers said the gates had moved.",
            [("the lock was opened", "+", "The captain"), ("the gates had moved", "+", "two divers")],
        ),
    ],
)
def test_a_denial_does_not_reach_a_clause_beside_it_that_another_voice_tells(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The port authority said the harbour was open, although two pilots said mines had been seen there.",
            [
                ("the harbour was open", "+", "The port authority"),
                ("mines had been seen there", "+", "two pilots"),
            ],
        ),
        (
            "The ministry said on Monday that the dam was safe, days after engineers warned that the wall had cracked.",
            [("the dam was safe", "+", "The ministry"), ("the wall had cracked", "+", "engineers")],
        ),
        (
            "The mayor reports that 31 houses burned; the clinic has confirmed 18 deaths.",
            [("31 houses burned", "+", "The mayor"), ("18 deaths", "+", "the clinic")],
        ),
    ],
)
def test_a_clause_beside_what_one_voice_says_is_not_told_through_it(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # what the ministry tells of the guards, and the reason it gives, are its own story
            "The minister said the convoy turned back because the guards told it that the road was mined.",
            "The minister > the guards",
        ),
        (
            "The minister said the convoy left after the guards reported that the road was clear.",
            "The minister > the guards",
        ),
        ("The mission said that the ferry sank. It said that the guards reported 14 dead.", "The mission > the guards"),
    ],
)
def test_what_is_told_inside_a_story_stays_with_the_one_who_tells_it(text: str, expected: str) -> None:
    assert told(text)[-1][2] == expected


def test_what_a_denial_is_held_against_is_the_authors_own() -> None:
    assert told("The government denied that the port was closed, after three ships had been turned away.") == [
        ("the port was closed", "-", "The government"),
        ("after three ships had been turned away", "+", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He does not think this is about repairs: nobody has seen a single worker on the dam.",
            [("this is about repairs", "+", "He"), ("nobody has seen a single worker on the dam", "-", "He")],
        ),
        (
            "The firm denied wrongdoing: “We have paid every tax.”",
            [("wrongdoing", "-", "The firm"), ("We have paid every tax", "+", "The firm")],
        ),
        (
            "The firm denied wrongdoing: “We have paid every tax,” Ann Orr said.",
            [("wrongdoing", "-", "The firm"), ("We have paid every tax", "+", "Ann Orr")],
        ),
        (
            "The staff denied that the bridge fell; it still stands.",
            [("the bridge fell", "-", "The staff"), ("it still stands", "+", "The staff")],
        ),
        (
            "The ministry denied that the dam had cracked: engineers had found nothing.",
            [("the dam had cracked", "-", "The ministry"), ("engineers had found nothing", "-", "The ministry")],
        ),
    ],
)
def test_after_a_colon_the_one_who_denies_says_why_in_his_own_name(text: str, expected: Told) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Police denied they had fired, as witnesses said that shots came from the station.", "witnesses"),
        ("The bridge is closed, as the mayor said on Monday.", "the mayor"),
        ("The mayor denied that the clinic was closed, as the union had claimed.", "The mayor"),
    ],
)
def test_as_somebody_said_covers_its_own_clause_where_it_has_one_and_else_the_one_before(text: str, voice: str) -> None:
    assert told(text)[-1][2] == voice


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Heavy fighting has opposed the rebels to local militias since Friday.", Role.EVENT),
        ("Clashes opposed the army to herders near the well on Monday.", Role.EVENT),
        ("The governor has opposed the plan since Friday.", Role.INTENT),
        ("The villagers oppose the mine.", Role.INTENT),
    ],
)
def test_what_a_fight_opposes_was_fought_and_what_somebody_opposes_is_his_will(text: str, role: Role) -> None:
    assert claims(text)[0].role is role


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The bridge was shelled twice, local residents say.", "local residents"),
        ("The rebels hold the pass, civil society sources report.", "civil society sources"),
        ("Two lorries burned on the pass, aid workers report.", "aid workers"),
        ("The road is cut in three places, several drivers claim.", "several drivers"),
    ],
)
def test_who_reports_at_the_end_of_a_sentence_speaks(text: str, voice: str) -> None:
    [one] = claims(text)
    assert one.origin.name == voice
    assert voice not in one.content


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("The army published its yearly state report.", ""),
        ("The council met in May, its third report.", ""),
        ("The road is open, said the mayor in a news report.", "the mayor"),
        ("The bridge fell, in breach of the state claim.", ""),
    ],
)
def test_a_report_at_the_end_of_a_sentence_is_no_verb_where_nobody_does_it(text: str, voices: str) -> None:
    assert [who for _, _, who in told(text)] == [voices]


@pytest.mark.parametrize(
    "text",
    [
        "Ferry stopped by navy off the cape, two sailors questioned and released.",
        "Two aid workers questioned over permits in Ostrava.",
        "Three teachers arrested and charged with sedition.",
        "Journalist accused of spying, expelled from Belport.",
    ],
)
def test_who_is_questioned_in_a_headline_says_nothing(text: str) -> None:
    [one] = claims(text)
    assert (one.content, one.origin.kind, one.modality) == (
        text.removesuffix("."),
        VoiceKind.AUTHOR,
        Modality.ASSERTED,
    )


def test_who_questions_something_doubts_it() -> None:
    [count, _] = claims("The senator questioned the count and called for a new vote.")
    assert (count.content, count.origin.name, count.modality) == ("the count", "The senator", Modality.UNLIKELY)


@pytest.mark.parametrize(
    "text",
    [
        "A message attributed to the Northern Front appeared on Telegram, which said that the pass was shut.",
        "The alarm began after a message attributed to the Northern Front, which said that the pass was shut.",
    ],
)
def test_a_message_attributed_to_somebody_is_a_voice_nobody_answers_for(text: str) -> None:
    one = claims(text)[-1]
    assert one.content == "the pass was shut"
    assert (one.origin.name[2:], one.origin.kind) == (
        "message attributed to the Northern Front",
        VoiceKind.ANONYMOUS,
    )


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The runway was clear, a member of the crew told Radio Nord.", Role.OBSERVATION),
        ("The slipway is serviceable.", Role.OBSERVATION),
        ("The road to Belport is accessible to light vehicles only.", Role.OBSERVATION),
        ("The pumps are out of service.", Role.OBSERVATION),
        ("Fuel stocks at the depot are sufficient for ten days.", Role.OBSERVATION),
        ("The clinic has enough oxygen for three days.", Role.OBSERVATION),
        ("His message is clear.", Role.ASSESSMENT),
        ("It is clear.", Role.ASSESSMENT),
        ("The stocks are sufficient.", Role.ASSESSMENT),
        ("The evidence is insufficient for a trial.", Role.ASSESSMENT),
        ("The bridge is important.", Role.ASSESSMENT),
    ],
)
def test_a_state_anybody_could_see_is_observed_and_the_rest_is_judged(text: str, role: Role) -> None:
    assert claims(text)[0].role is role


@pytest.mark.parametrize(
    "text",
    [
        "The ministry has not said when the trains might resume.",
        "The staff did not say how many men were lost.",
        "2. Access",
        "4. Fuel.",
        "2) Health partners.",
        "Next update on 10 November.",
        "Review on 13 November.",
        "2. Fighting.",
        "3. Shelling.",
        "Sources: OCHA, UNHCR and local authorities.",
        "Recommendation: travel via Belport to be postponed.",
        "Contact: Anna Berg, +47 555 0123.",
        "Asked whether the talks had begun.",
        "The army has not commented.",
        "The ministry did not respond to a request for comment.",
        "The mayor could not be reached for comment.",
        "When contacted, the guild declined to comment.",
    ],
)
def test_what_labels_a_report_or_was_not_said_is_no_claim_and_is_listed_as_not_understood(text: str) -> None:
    found = extract(Report(id="sha256:0", text=text))
    assert found.claims == ()
    assert found.not_understood


@pytest.mark.parametrize(
    "text",
    [
        "3. Shelling of Belport.",
        "4. Nine people killed.",
        "As of Monday the bridge is open.",
        "Two houses burned.",
        "Three killed.",
        "The mayor commented that the bridge was open.",
        "The garrison did not respond to the shelling.",
        "It should be recalled that the port has been closed since May.",
        "Sources said the bridge is open.",
        "The ministry did not deny the loss.",
    ],
)
def test_a_short_line_that_tells_something_is_a_claim(text: str) -> None:
    assert len(claims(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Harbour Guild said it was worried. Its spokeswoman told reporters that mines had been laid.",
            "Harbour Guild spokeswoman",
        ),
        ("The UN withdrew on Friday. Their spokesman said two lorries were missing.", "UN spokesman"),
        ("The bridge was closed. Its engineer said the wall had cracked.", "Its engineer"),
        ("A satellite image taken on Friday by a firm shows no crater on the quay.", "A satellite image"),
        ("A report by two experts in July said 800 fighters were in the region.", "A report by two experts"),
        ("No trace of a blast, residents and satellite images say", "residents and satellite images"),
        ("A count of 90 is given by two workers, who estimate their number at 1,500.", "two workers"),
    ],
)
def test_a_voice_is_named_whole_and_by_the_body_it_speaks_for(text: str, expected: str) -> None:
    assert claims(text)[-1].origin.name == expected


def test_our_inspectors_are_those_of_the_body_that_writes_and_our_sources_are_nobodys_staff() -> None:
    text = (
        "Our organisation informs the public that the pass is closed. Our inspectors said the bridge was sound."
        " Our sources say the dam will hold."
    )
    found = extract(
        Report(id="sha256:0", text=text), outlet=Voice(name="Northern Front", kind=VoiceKind.ORGANIZATION)
    ).claims
    assert [one.origin.name for one in found] == ["Northern Front", "Northern Front inspectors", "Our sources"]


def test_a_plan_denied_in_a_headline_is_a_plan_as_in_a_sentence() -> None:
    [headline] = claims("Northern Front denies plan to close pass as talks stall")
    assert (headline.content, headline.polarity, headline.role) == ("plan to close pass", Polarity.DENIED, Role.PLAN)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("I also heard from the pilot that two boats had landed on Monday.", "the pilot"),
        ("The office learned from two drivers that the pass was mined.", "two drivers"),
    ],
)
def test_what_was_heard_from_somebody_is_told_by_him(text: str, voice: str) -> None:
    assert claims(text)[0].origin.name == voice


def test_what_was_heard_with_ones_own_ears_is_ones_own() -> None:
    assert [one.origin.kind for one in claims("We heard that day two blasts from the port.")] == [VoiceKind.AUTHOR]


@pytest.mark.parametrize("means", ["by telephone", "over the phone", "in an interview", "in a long letter"])
def test_an_agency_that_was_told_something_is_named_without_the_means(means: str) -> None:
    [one] = claims(f"The pass is shut, Ann Orr told Reuters {means}.")
    assert [voice.name for voice in one.chain[1:]] == ["Reuters", "Ann Orr"]


def test_a_statement_does_not_end_in_a_word_that_leads_to_anothers() -> None:
    text = "The alarm began after a message attributed to the Northern Front, which said that the pass was shut."
    assert [one.content for one in claims(text)] == ["The alarm began", "the pass was shut"]


def test_what_the_author_recalls_is_not_told_by_the_voice_before_it() -> None:
    text = "The mayor confirmed the loss. Two ships are missing. It should be recalled that the port has been closed."
    assert [who for _, _, who in told(text)] == ["The mayor", "", ""]


def test_what_is_said_keeps_its_last_mark_where_nothing_stands_beside_it() -> None:
    assert told("The mayor said the harvest fell by 20%.") == [("the harvest fell by 20%", "+", "The mayor")]
