"""How a text is marked: labels and words in its first and last lines, and never what it only tells of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.publish.handling import PUBLIC
from tocsin.read import read
from tocsin.read.marking import marking

NOW = datetime(2026, 11, 29)  # noqa: DTZ001 - the store's moments are UTC without a zone
BODY = "Two ships left the port of Halden on Monday.\nThe mayor said that Qwertytown is closed."


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("TLP:RED", "TLP:RED"),
        ("TLP: Amber", "TLP:AMBER"),
        ("[TLP:GREEN] Port note 4", "TLP:GREEN"),
        ("Port note 4 (TLP:AMBER+STRICT)", "TLP:AMBER+STRICT"),
        ("Port note - TLP:AMBER - 4 March 2026", "TLP:AMBER"),
        ("EMBARGOED until 4 March - TLP:AMBER - not for onward transmission", "TLP:AMBER"),
        ("Classification: TLP:RED", "TLP:RED"),
        ("TLP:AMBER: for the members of the group.", "TLP:AMBER"),
        ("This note is classified TLP:RED", "TLP:RED"),
        ("TLP:CLEAR", None),
        ("TLP:WHITE", None),
        ("He sent the desk a note (TLP:AMBER) on Monday.", None),
        ("The note - TLP:AMBER - was sent on Monday.", None),
        ("The ministry marks its notes TLP:RED.", None),
        ("TLP:RED, the strictest label, is for those in the room.", None),
        ("TLP:RED files were found in the harbour office", None),
        ("A leak of: TLP:RED.", None),
        ('tocsin add my-desk note.md --handling "TLP:AMBER"', None),
    ],
)
def test_a_label_marks_a_text_where_it_stands_apart_in_its_first_or_last_lines(line: str, label: str | None) -> None:
    assert marking(f"{line}\n{BODY}").label == label
    assert marking(f"{BODY}\n{line}").label == label


def test_a_label_in_the_middle_of_a_text_marks_nothing() -> None:
    around = "\n".join(f"Ship {number} left." for number in range(6))

    assert marking(f"{around}\nTLP:RED\n{around}").label is None


def test_of_two_labels_the_stricter_holds_and_three_are_told_not_taken() -> None:
    assert marking("TLP:GREEN\nText.\nTLP:AMBER").label == "TLP:AMBER"
    assert marking("TLP:GREEN\nTLP:AMBER\nTLP:RED\nText.") == (None, "TLP:GREEN")


@pytest.mark.parametrize(
    "line",
    [
        "Embargoed until Friday, 12:00",
        "EMBARGO: 4 March, 10:00",
        "Under embargo until the council has met",
        "Not for onward transmission",
        "This note is not to be forwarded.",
        "Port note 4 | NOT FOR PUBLICATION",
        "Please treat this as strictly confidential, and thank you.",
        "Please do not share before Friday.",
        "CONFIDENTIAL",
        "Port note, CONFIDENTIAL, page 1",
        "For internal use only",
        "Diffusion restreinte",
        "Merci de ne pas diffuser",
        "Для служебного пользования",
    ],
)
def test_words_that_say_who_may_not_see_a_text_are_told(line: str) -> None:
    assert marking(f"{line}\n{BODY}") == (None, line)


@pytest.mark.parametrize(
    "line",
    [
        "This e-mail may contain confidential information. If you are not the intended recipient please delete it.",
        "CONFIDENTIAL: this e-mail and its attachments are for the intended recipient.",
        "The council extended the arms embargo until 2027",
        "The talks were private, confidential, and long.",
        "Top secret files found in the harbour office",
        "The report is not for the faint of heart",
        "Restricted access to the port since Monday",
    ],
)
def test_words_that_a_text_only_tells_of_and_legal_footers_are_no_marking(line: str) -> None:
    assert marking(f"{line}\n{BODY}") == (None, None)


def test_a_label_is_read_from_front_matter_and_from_the_subject_of_a_mail() -> None:
    page = read(b"---\ntlp: amber\nsource: Lantern\n---\nTwo ships left.\n", name="note.md")
    mail = read(b"From: Amal <a@x.org>\nSubject: [TLP:RED] the port\n\nTwo ships left.\n", name="note.eml")

    assert (page.handling, mail.handling) == ("TLP:AMBER", "TLP:RED")


def test_a_report_that_is_marked_carries_its_label_and_no_public_reader_sees_a_word(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(f"Port note - TLP:AMBER\n{BODY}", encoding="utf-8")

    listed = CliRunner().invoke(cli, ["add", str(desk.path), str(file), "--handling", "TLP:GREEN"])
    hidden, gone = desk.search("Qwertytown", to=PUBLIC)

    assert "; marked TLP:AMBER by its own text" in listed.stdout
    assert [one.handling for one in desk.store.reports().values() if "Qwertytown" in one.text] == ["TLP:AMBER"]
    assert (hidden, "TLP:AMBER" in gone.told()) == ((), True)


def test_a_stricter_caveat_that_is_given_holds_over_a_label(desk: Desk) -> None:
    (taken,) = desk.add([("note.txt", f"TLP:GREEN\n{BODY}".encode)], now=NOW, handling="TLP:RED")

    assert taken.report is not None
    assert desk.store.handling()[taken.report] == "TLP:RED"


def test_words_of_secrecy_without_a_caveat_are_told_loudly_and_with_one_not(desk: Desk, tmp_path: Path) -> None:
    told = []
    for name, more in (("a.txt", []), ("b.txt", ["--handling", "TLP:AMBER"])):
        file = tmp_path / name
        file.write_text(f"EMBARGOED until Friday\n{name}\n{BODY}", encoding="utf-8")
        told.append(CliRunner().invoke(cli, ["add", str(desk.path), str(file), *more]).stderr)

    assert "CAVEAT? 1 of the new says who may not see it and carries no caveat" in told[0]
    assert "a.txt: “EMBARGOED until Friday” (if it holds: the same command with --handling TEXT)" in told[0]
    assert "CAVEAT?" not in told[1]


def test_what_a_guarded_source_forwards_carries_the_caveat_of_that_source(desk: Desk) -> None:
    with (desk.path / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sources]]\nid = "amal"\nname = "Amal Idris"\nkind = "person"\nhandling = "TLP:RED"\n')
    sent = (
        b"From: Amal Idris <amal@example.org>\nSubject: Fwd: the ford\nDate: Tue, 3 Mar 2026 18:40:00 +0200\n\n"
        b"I called him.\n\n---------- Forwarded message ---------\nFrom: Bo Rowe <bo@example.org>\n"
        b"Date: Mon, Mar 2, 2026 at 9:00 AM\nSubject: ford\n\nQwertytown is shut.\n"
    )

    desk.add([("note.eml", lambda: sent)], now=NOW)

    assert {
        one.outlet: one.handling for one in desk.store.reports().values() if one.outlet in {"Amal Idris", "Bo Rowe"}
    } == {
        "Amal Idris": None,
        "Bo Rowe": "TLP:RED",
    }
    assert desk.search("Qwertytown", to=PUBLIC)[0] == ()


def test_words_of_secrecy_of_a_source_that_is_guarded_itself_are_not_told_as_unguarded(desk: Desk) -> None:
    with (desk.path / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sources]]\nid = "amal"\nname = "Amal Idris"\nkind = "person"\nhandling = "TLP:RED"\n')

    (taken,) = desk.add([("a.txt", f"EMBARGOED until Friday\n{BODY}".encode)], now=NOW, outlet="Amal Idris")

    assert taken.marked is None


def test_what_is_not_to_be_handed_out_may_be_aid() -> None:
    assert marking(f"Please do not distribute aid at the gate.\n{BODY}").words is None
    assert marking(f"Please do not distribute further.\n{BODY}").words is not None
