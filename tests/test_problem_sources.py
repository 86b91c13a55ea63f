"""Who is who, declared once for all problems."""

from __future__ import annotations

import pytest

from tocsin.errors import Fault, FaultyInput
from tocsin.model.grade import Reliability, Wording
from tocsin.model.report import Access, VoiceKind
from tocsin.problem import parse_sources, template_sources

FULL = """
schema = 1

[[sources]]
id = "agency"
name = "The Agency"
aliases = ["Agency of News", "TA"]
kind = "adversary_media"
party = "north"
access = "told"
reliability = { general = "D", weather = "B" }
knows = 0.3
wording = "FM 2-22.3"
alarmist = true
interest = "up"
notes = "Prints what the ministry sends."

[[sources]]
id = "desk-east"
name = "East desk"
part_of = "agency"
reliability = "f"
"""


def faults_of(text: str) -> dict[str, Fault]:
    with pytest.raises(FaultyInput) as caught:
        parse_sources(text, file="sources.toml")
    return {fault.place.where: fault for fault in caught.value.faults}


def test_every_key_becomes_its_value() -> None:
    agency, desk = parse_sources(FULL, file="s")

    assert agency.aliases == ("Agency of News", "TA")
    assert (agency.kind, agency.access, agency.party) == (VoiceKind.ADVERSARY_MEDIA, Access.TOLD, "north")
    assert agency.reliability == {"": Reliability.D, "weather": Reliability.B}
    assert (agency.knows, agency.wording, agency.alarmist) == (0.3, Wording.FM_2_22_3, True)
    assert (agency.interest, agency.notes) == ("up", "Prints what the ministry sends.")
    assert (desk.part_of, desk.reliability, desk.kind) == ("agency", {"": Reliability.F}, VoiceKind.MEDIA)


def test_an_empty_file_declares_nobody() -> None:
    assert parse_sources("", file="s") == ()


def test_the_template_has_no_faults() -> None:
    assert len(parse_sources(template_sources(), file="s")) >= 3


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ('id = "desk-east"', 'id = "agency"', "sources.agency.id", "declared twice"),
        ('name = "East desk"', 'name = "agency of  NEWS"', "sources.desk-east.name", "also a name of 'agency'"),
        ('part_of = "agency"', 'part_of = "agancy"', "sources.desk-east.part_of", "no source"),
        ('part_of = "agency"', 'part_of = "desk-east"', "sources.desk-east.part_of", "circle"),
        ('reliability = "f"', 'reliability = "B2"', "sources.desk-east.reliability", "no reliability"),
        ('weather = "B"', "weather = 2", "sources.agency.reliability.weather", "no reliability"),
        ('access = "told"', 'access = "guessed"', "sources.agency.access", "no access"),
        ("knows = 0.3", "knows = 3", "sources.agency.knows", "out of range"),
        ('wording = "FM 2-22.3"', 'wording = "JP 2-0"', "sources.agency.wording", "no wording"),
        ('interest = "up"', 'interest = "sideways"', "sources.agency.interest", "no side"),
        ("alarmist = true", "alarmist = 1", "sources.agency.alarmist", "neither true nor false"),
        ('party = "north"', 'parties = "north"', "sources.agency.parties", "no key"),
        ('id = "desk-east"', "", "sources.#2.id", "is missing"),
        ("schema = 1", "schema = 2", "schema", "no version"),
        ("schema = 1", "sourcs = 1", "sourcs", "no key"),
    ],
)
def test_each_fault_is_told_at_its_place(old: str, new: str, where: str, says: str) -> None:
    if old not in FULL:
        raise ValueError(old)
    found = faults_of(FULL.replace(old, new, 1))

    assert says in found[where].message
    assert found[where].cure


def test_a_list_of_sources_must_be_tables() -> None:
    assert faults_of("sources = 3")["sources"].cure == "head each one with [[sources]]"
    assert "sources.#1" in faults_of("sources = [3]")
