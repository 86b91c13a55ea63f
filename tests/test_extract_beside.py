"""A clause beside what somebody says has its own voice and its own polarity; sentences of reports as they are written."""

from __future__ import annotations

import pytest

from tocsin.extract import extract
from tocsin.model.claim import Claim, Polarity
from tocsin.model.report import Report

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
            "The port authority said the harbour was open, although two pilots said mines had been seen in the channel.",
            [("the harbour was open", "+", "The port authority"), ("mines had been seen in the channel", "+", "two pilots")],
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
        ("The minister said the convoy left after the guards reported that the road was clear.", "The minister > the guards"),
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
    ],
)
def test_as_somebody_said_covers_its_own_clause_where_it_has_one_and_else_the_one_before(text: str, voice: str) -> None:
    assert told(text)[-1][2] == voice
