"""Groups of a chat: whoever wrote a message speaks in it, the group is where; channels speak themselves."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from tests.reading import pieces, reports

from tocsin.desk import Desk
from tocsin.desk.originals import digest_of
from tocsin.extract import extract
from tocsin.model.report import VoiceKind
from tocsin.read import Item

NOW = datetime(2026, 11, 29)  # noqa: DTZ001 - the store's moments are UTC without a zone
MESSAGES: list[dict[str, object]] = [
    {"id": 7, "type": "message", "date": "2026-03-02T10:11:12", "from": "Bo R.", "text": "The ford at Halden is shut."},
    {
        "id": 8,
        "type": "message",
        "date": "2026-03-02T10:15:00",
        "from": "Ford Crew",
        "reply_to_message_id": 7,
        "text": "False. I am at the ford, two trucks crossed it at noon.",
    },
    {
        "id": 9,
        "type": "message",
        "date": "2026-03-02T10:20:00",
        "from": None,
        "text": "The mayor said the bridge is open.",
    },
    {
        "id": 10,
        "type": "message",
        "date": "2026-03-02T10:25:00",
        "from": "Bo R.",
        "forwarded_from": "Harbour News",
        "text": "Three ships left the port.",
    },
]


def chat(kind: str) -> bytes:
    """An export of one chat of that kind."""
    return json.dumps({"name": "Halden alerts", "type": kind, "id": 3, "messages": MESSAGES}).encode()


def chains(data: bytes) -> list[list[str]]:
    """Who speaks, outlet first, in each claim of each message."""
    return [
        [voice.name for voice in claim.chain] for one in reports(data, "result.json") for claim in extract(one).claims
    ]


@pytest.mark.parametrize("kind", ["private_group", "private_supergroup", "public_supergroup", "personal_chat"])
def test_in_a_group_the_sender_speaks_and_whom_he_passes_on(kind: str) -> None:
    assert chains(chat(kind)) == [
        ["Halden alerts", "Bo R."],
        ["Halden alerts", "Ford Crew"],
        ["Halden alerts", "unnamed member", "The mayor"],
        ["Halden alerts", "Bo R.", "Harbour News"],
    ]


def test_in_a_channel_the_channel_speaks_as_before() -> None:
    assert chains(chat("public_channel")) == [
        ["Halden alerts"],
        ["Halden alerts"],
        ["Halden alerts", "The mayor"],
        ["Halden alerts"],
    ]


def test_an_answer_says_whom_it_answers_and_its_one_word_is_shown_as_not_understood() -> None:
    answer = reports(chat("private_group"), "result.json")[1]

    assert answer.notes == ("answers message 7 by Bo R.",)
    assert [answer.text[one.span.start : one.span.stop] for one in extract(answer).not_understood] == ["False."]


def test_a_sender_without_a_name_is_an_unnamed_voice() -> None:
    unnamed = reports(chat("private_group"), "result.json")[2]

    assert extract(unnamed).claims[0].chain[1].kind is VoiceKind.ANONYMOUS


def test_a_declared_member_of_a_group_has_his_own_grade(desk: Desk) -> None:
    crew = 'id = "crew"\nname = "Ford Crew"\nkind = "person"\nreliability = "B"\naccess = "saw"\n'
    (desk.path / "sources.toml").write_text(f"schema = 1\n[[sources]]\n{crew}", encoding="utf-8")
    taken = desk.add([("result.json", lambda: chat("private_group"))], now=NOW)
    stream = desk.holdings.stream()
    graded = {
        (claim.report, stream.ratings[claim.id].source, stream.ratings[claim.id].reliability.value)
        for claim in stream.claims
        if claim.report in {one.report for one in taken}
    }

    assert (taken[1].report, "crew", "B") in graded
    assert {letter for report, _, letter in graded if report == taken[0].report} == {"F"}


def test_a_message_of_a_group_that_was_kept_before_is_known_again(desk: Desk) -> None:
    items = [one for one in pieces(chat("private_group"), "result.json") if isinstance(one, Item)]
    first = desk.add([(f"{number}.json", one.former.__bytes__) for number, one in enumerate(items)], now=NOW)
    again = desk.add([("result.json", lambda: chat("private_group"))], now=NOW)

    assert [one.outcome for one in first] == ["new"] * 4
    assert [(one.outcome, one.report) for one in again] == [("known", digest_of(one.former)) for one in items]


def test_a_message_that_was_forgotten_as_it_was_kept_before_does_not_come_back(desk: Desk) -> None:
    item = next(one for one in pieces(chat("private_group"), "result.json") if isinstance(one, Item))
    desk.add([("7.json", item.former.__bytes__)], now=NOW)
    desk.forget(digest_of(item.former), by="E. Ditor", why="asked", now=NOW)

    first, *_ = desk.add([("result.json", lambda: chat("private_group"))], now=NOW)

    assert first.outcome == "failed"
    assert "not taken in again" in first.reason


def test_what_is_kept_of_a_group_can_be_added_again_and_still_says_who_spoke(desk: Desk) -> None:
    first, *_ = desk.add([("result.json", lambda: chat("private_group"))], now=NOW)
    assert first.report is not None
    kept = (desk.path / "reports" / f"{first.report.removeprefix('sha256:')}.json").read_bytes()

    (again,) = reports(kept, "x.json")

    assert (again.author, again.is_of_a_group) == ("Bo R.", True)
    assert desk.store.reports()[first.report].is_of_a_group
    assert again.published is not None
    assert again.published.latest == date(2026, 3, 2)
