from __future__ import annotations

import pytest

from tocsin.text.dateline import dateline

SENTENCE = "The army said on Monday that 320 lorries stood near Bara."


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("EL OBEID - ", None),
        ("EL OBEID — ", None),
        ("EL OBEID—", None),
        ("BARA - ", None),
        ("KHARTOUM/PORT SUDAN, Sudan -- ", None),
        ("EL OBEID, NORTH KORDOFAN STATE, SUDAN - ", None),
        ("KYIV, Ukraine (Northwire) — ", "Northwire"),
        ("Moscow, Dec 1 (Northwire) - ", "Northwire"),
        ("GENEVA/NAIROBI, 26 November 2026 (Northwire) – ", "Northwire"),
        ("Port Sudan, November 26 – ", None),
        ("Kosti (North Kordofan state) - ", None),
        ("KHARTOUM (Sudan) - ", None),
        ("(KOSTI) - ", None),
        ("November 26, 2026 (KOSTI) - ", None),
        ("By Anna Orr, KYIV — ", None),
    ],
)
def test_a_dateline_ends_at_its_dash_and_names_an_agency_but_never_a_place(line: str, agency: str | None) -> None:
    found = dateline(f"{line}{SENTENCE}", 0, len(line) + len(SENTENCE))

    assert found is not None
    assert (found.stop, found.agency) == (len(line), agency)


@pytest.mark.parametrize(
    "line",
    [
        "NATO - Russia relations are poor.",
        "RSF - SAF talks have ended.",
        "KYIV — the capital — was quiet.",
        "Troops moved to Kosti (RSF) - The army said so.",
        "The army (SAF) - The old one - moved.",
        "Wednesday - The army moved.",
        "EL OBEID is quiet - The army moved.",
    ],
)
def test_a_sentence_with_a_dash_has_no_dateline(line: str) -> None:
    assert dateline(line, 0, len(line)) is None


def test_a_dateline_is_looked_for_where_the_stretch_begins() -> None:
    text = f"A headline\nEL OBEID - {SENTENCE}"

    found = dateline(text, 11, len(text))

    assert found is not None
    assert text[found.stop :] == SENTENCE
