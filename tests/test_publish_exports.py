"""Each format says what the others say, in its own words, and nothing that its words would make of it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given as each
from hypothesis import strategies as st
from tests.exporting import FIRST, ODESA, SECRETS, exported
from tests.publishing import ASSESSMENT, IDS

from tocsin.cli import exchange as command
from tocsin.desk.exchange import FORMATS
from tocsin.model.evidence import DayAhead
from tocsin.model.report import Source, VoiceKind
from tocsin.publish import csv as sheets
from tocsin.publish import ftm, geojson, ics, misp
from tocsin.publish.exported import Exported
from tocsin.publish.handling import ALL, Release, Tlp
from tocsin.publish.safe import cell, plain

Json = dict[str, Any]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def undone(text: str) -> str:
    """What the documentation tells readers of a cell to do."""
    return text.removeprefix("'")


def entities() -> list[Json]:
    return [json.loads(line) for line in ftm.render(exported()).splitlines()]


def event(given: Exported | None = None) -> Json:
    found: Json = json.loads(misp.render(given or exported()))["Event"]
    return found


def tags(found: Json) -> set[str]:
    return {tag["name"] for each in (found, *found["Attribute"]) for tag in each["Tag"]}


# -- all of them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_answer_gives_the_same_bytes(form: str) -> None:
    assert FORMATS[form](exported()) == FORMATS[form](exported())


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_withheld_is_counted_and_nowhere_to_be_found(form: str) -> None:
    made = FORMATS[form](exported(handling="TLP:RED"))
    if form == "csv":
        packed = zipfile.ZipFile(io.BytesIO(made))
        made = b"\n".join(packed.read(name) for name in packed.namelist())
    text = made.decode().replace("\r\n ", "")

    for secret in SECRETS:
        assert secret not in text, secret
    assert "3 claims withheld: TLP:RED" in text


def test_the_command_offers_what_the_desk_can_make() -> None:
    assert {*FORMATS, "jsonl"} == set(command.FORMATS)
    assert command.TABLES == sheets.NAMES


# -- CSV ---------------------------------------------------------------------------------------------------------------


@each(st.text(max_size=20) | st.from_regex(r"[=+\-@'\t\r＝][^\x00]{0,10}", fullmatch=True))
def test_a_cell_runs_nowhere_and_can_be_undone(text: str) -> None:
    made = cell(text)

    assert undone(made) == plain(text)
    if made[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}:
        float(made)  # a number is no formula


def test_a_claim_that_looks_like_a_formula_is_disarmed_in_the_table() -> None:
    given = exported()
    claim = replace(given.claims[IDS["craft"]], content='=HYPERLINK("https://example.org")')
    found = rows(sheets.render(replace(given, claims={**given.claims, claim.id: claim}), "claims"))
    content = next(row["content"] for row in found if row["id"] == claim.id)

    assert content == '\'=HYPERLINK("https://example.org")'
    assert undone(content) == claim.content


def test_the_archive_holds_every_table_and_says_how_to_read_them() -> None:
    packed = zipfile.ZipFile(io.BytesIO(sheets.archive(exported())))

    assert packed.namelist() == ["README.txt", *(f"{name}.csv" for name in sheets.NAMES)]
    assert "quote mark" in packed.read("README.txt").decode()
    assert [row["id"] for row in rows(packed.read("scenarios.csv").decode())] == ["landing", "raid", "show"]


def test_an_open_end_of_a_figure_is_an_empty_cell() -> None:
    found = {row["claim"]: row for row in rows(sheets.render(exported(), "figures")) if row["claim"]}

    assert (found[IDS["tents"]]["low"], found[IDS["tents"]]["high"]) == ("9000.0", "")


def test_a_digit_that_cannot_be_judged_is_an_empty_cell() -> None:
    found = {row["id"]: row["credibility"] for row in rows(sheets.render(exported(), "claims"))}

    assert (found[IDS["craft"]], found[IDS["sheds"]], found[IDS["tents"]]) == ("2", "", "")


# -- FollowTheMoney ----------------------------------------------------------------------------------------------------

PROPERTIES = {
    "Article": "name title author publisher publishedAt retrievedAt language mimeType sourceUrl",
    "Document": "fileName name title author publisher publishedAt retrievedAt language mimeType sourceUrl",
    "Note": "name description summary keywords country entity proof",
    "Event": "name summary date startDate endDate location country proof",
    "Documentation": "document entity role date",
    "Person": "name alias",
    "PublicBody": "name alias",
    "Organization": "name alias",
    "LegalEntity": "name alias",
}


def test_only_schemas_and_properties_that_the_model_has_are_used_and_a_claim_is_no_statement() -> None:
    for found in entities():
        assert found["schema"] in PROPERTIES
        assert set(found["properties"]) <= set(PROPERTIES[found["schema"]].split()), found
        assert all(isinstance(value, str) and value for values in found["properties"].values() for value in values)


def test_what_no_press_published_is_a_document_with_a_file_name() -> None:
    office = Source(id="post", name="The Harbour Post", kind=VoiceKind.OFFICIAL)
    found = [json.loads(line) for line in ftm.render(exported(sources=(office,))).splitlines()]
    names = [one["properties"]["fileName"] for one in found if one["schema"] == "Document"]

    assert names == [[FIRST.removeprefix("sha256:")]]


def test_a_denied_event_is_no_event_and_a_claimed_one_says_so() -> None:
    events = [found["properties"] for found in entities() if found["schema"] == "Event"]

    assert [found["name"] for found in events] == [["eleven landing craft had entered Port Sel"]]
    assert "not established" in events[0]["summary"][0]
    assert events[0]["startDate"] == ["2031-03-11"]


def test_every_entity_that_is_pointed_at_is_there() -> None:
    found = entities()
    known = {one["id"] for one in found}

    for one in found:
        for key in ("entity", "document", "proof"):
            assert set(one["properties"].get(key, [])) <= known


def test_a_declared_office_is_a_public_body_and_an_unnamed_voice_no_person() -> None:
    guard = Source(id="coast-guard", name="Ostmere coast guard", kind=VoiceKind.OFFICIAL)
    lines = ftm.render(exported(sources=(guard,))).splitlines()
    found = {one["properties"].get("name", [""])[0]: one["schema"] for one in map(json.loads, lines)}

    assert found["Ostmere coast guard"] == "PublicBody"
    assert found["a dock worker"] == "LegalEntity"


# -- GeoJSON -----------------------------------------------------------------------------------------------------------


def features(given: Exported | None = None) -> dict[str, Json]:
    found = json.loads(geojson.render(given or exported()))["features"]
    return {one["properties"]["claim"]: one for one in found}


def test_longitude_comes_first_and_a_country_says_that_it_is_one() -> None:
    found = features()

    assert found[IDS["craft"]]["geometry"]["coordinates"] == [ODESA.lon, ODESA.lat]
    assert found[IDS["craft"]]["properties"]["extent"] == "city"
    assert found[IDS["tents"]]["properties"]["extent"] == "country"


def test_no_private_person_is_named_on_the_map() -> None:
    found = features()

    assert found[IDS["craft"]]["properties"]["origin"] == "Ostmere coast guard"
    assert found[IDS["sheds"]]["properties"]["origin"] is None
    assert "dock worker" not in geojson.render(exported())


def test_a_desk_without_places_makes_an_empty_collection() -> None:
    given = exported()
    bare = replace(given, claims={key: replace(one, places=()) for key, one in given.claims.items()})

    assert features(bare) == {}


# -- iCalendar ---------------------------------------------------------------------------------------------------------


def days(given: Exported | None = None) -> dict[str, date]:
    calendar = icalendar.Calendar.from_ical(ics.render(given or exported()).decode())
    return {str(one["summary"]): one.decoded("dtstart") for one in calendar.walk("VEVENT")}


def test_the_calendar_holds_decisions_the_last_day_and_the_expiry_of_others_judgements() -> None:
    found = days()

    assert found[f"Last day of the question: {ASSESSMENT.question}"] == ASSESSMENT.answer.by
    for decision in ASSESSMENT.decisions:
        assert found[f"{decision.who}: last day to begin, {decision.what}"] == decision.latest
    assert found["Expires: the judgement of Strait Watch"] == ASSESSMENT.others[0].expires


def test_the_calendar_holds_no_past_day_no_withheld_judgement_and_calls_nobody_by_a_pronoun() -> None:
    given = exported()
    [decision, [other, *_]] = [
        replace(ASSESSMENT.decisions[0], latest=ASSESSMENT.as_of - timedelta(days=1)),
        ASSESSMENT.others,
    ]
    others = (
        replace(other, who="they", says="it is over"),
        replace(other, claim="withheld-1", who="withheld", says="withheld"),
    )
    found = days(replace(given, assessment=replace(ASSESSMENT, decisions=(decision,), others=others, ahead=())))

    assert set(found) == {f"Last day of the question: {ASSESSMENT.question}", "Expires: a judgement, it is over"}


def test_the_calendar_holds_the_days_that_were_announced() -> None:
    given = exported()
    day = DayAhead(
        claim=IDS["craft"],
        who="Ostmere coast guard",
        says="the strait is shut",
        polarity="affirmed",
        published=ASSESSMENT.as_of,
        earliest=None,
        latest=date(2031, 3, 15),
        watched=True,
    )

    assert (
        days(replace(given, assessment=replace(ASSESSMENT, ahead=(day,))))["Announced: the strait is shut"]
        == day.latest
    )


def test_a_question_with_line_breaks_adds_no_entry() -> None:
    given = exported()
    hostile = replace(given.assessment, question="Why?\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:no")

    assert len(days(replace(given, assessment=hostile))) == len(days())


# -- MISP --------------------------------------------------------------------------------------------------------------


def test_likelihood_and_confidence_are_tags_of_their_own_without_numbers() -> None:
    found = event()

    assert {tag["name"] for tag in found["Tag"]} == {
        'estimative-language:likelihood-probability="very-unlikely"',
        'estimative-language:confidence-in-analytic-judgment="moderate"',
    }
    assert "numerical_value" not in json.dumps(found)


@pytest.mark.parametrize(
    ("words", "yardstick"), [("below 1 %", "ICD 203"), ("above 99 %", "ICD 203"), ("unlikely", "PHIA")]
)
def test_a_word_that_the_scale_does_not_have_is_no_tag(words: str, yardstick: str) -> None:
    found = event(exported(answer=replace(ASSESSMENT.answer, words=words, yardstick=yardstick)))

    assert not [name for name in tags(found) if "likelihood" in name]


def test_a_grade_that_cannot_be_judged_is_a_letter_and_never_a_number_and_g_is_never_given() -> None:
    found = event()
    sheds = next(one for one in found["Attribute"] if "sheds" in one["value"])
    grades = {name for name in tags(found) if name.startswith("admiralty-scale")}

    assert [tag["name"] for tag in sheds["Tag"]] == [
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    ]
    letters = {f'admiralty-scale:source-reliability="{letter}"' for letter in "abcdef"}
    assert grades <= letters | {f'admiralty-scale:information-credibility="{digit}"' for digit in "123456"}
    assert 'admiralty-scale:information-credibility="2"' in grades
    assert "50" not in json.dumps([sheds["Tag"], sheds["comment"]])


def test_nothing_is_meant_for_detection_or_published() -> None:
    found = event()

    assert not any(one["to_ids"] for one in found["Attribute"])
    assert found["published"] is False
    assert found["distribution"] == "0"


def test_a_released_caveat_is_a_tag_of_the_claim_and_of_the_event() -> None:
    found = event(exported(handling="TLP:AMBER+STRICT", to=Release(Tlp.RED)))
    marked = [one for one in found["Attribute"] if {"name": "tlp:amber+strict"} in one["Tag"]]

    assert {"name": "tlp:amber+strict"} in found["Tag"]
    assert [one["value"] for one in marked if one["type"] == "text"]
    assert not [one for one in marked if "Satellite" in one["value"]]


def test_caveats_in_words_do_not_leave_with_the_tags() -> None:
    assert "not to the press" not in misp.render(exported(handling="not to the press", to=ALL))
