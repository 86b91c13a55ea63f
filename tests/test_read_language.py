"""The language of texts too short for their letters to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.cli import cli
from tocsin.desk import Desk
from tocsin.read import read


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le pont de Halden est fermé depuis lundi, dit le maire.", "fr"),
        ("El puente sobre el río está cerrado desde ayer.", "es"),
        ("A ponte sobre o rio está fechada desde ontem.", "pt"),
        ("Die Brücke ist seit gestern gesperrt.", "de"),
        ("Most w mieście został wczoraj zamknięty.", "pl"),
        ("Daraja limefungwa tangu jana na askari wa serikali.", "sw"),
        ("The bridge at Halden was shut at noon.", "en"),
        ("Clashes at El Fasher and El Obeid, said Juan de la Cruz.", "en"),
        ("Two brigades moved.", "en"),
        ("No ships left port", "en"),
        ("👍 12:40", "en"),
    ],
)
def test_a_short_text_has_the_language_of_its_small_words_and_nothing_is_doubted(text: str, lang: str) -> None:
    report = read(text.encode(), name="-")

    assert (report.lang, report.notes) == (lang, ())


@pytest.mark.parametrize("text", ["Pont fermé à Halden", "Köprü dün kapatıldı", "Convoi bloqué"])
def test_where_few_words_tell_too_little_it_is_taken_for_english_and_that_is_said(text: str) -> None:
    report = read(text.encode(), name="-")

    assert (report.lang, report.notes) == ("en", ("language en guessed from few words (give --lang if it is another)",))
    assert read(text.encode(), name="-", lang="fr").notes == ()


def test_what_is_added_and_not_understood_for_its_language_says_so_in_its_line(desk: Desk, tmp_path: Path) -> None:
    told = []
    for number, text in enumerate(("Le pont de Halden est fermé depuis lundi.", "Pont fermé à Halden")):
        file = tmp_path / f"{number}.txt"
        file.write_text(text, encoding="utf-8")
        told.append(CliRunner().invoke(cli, ["add", str(desk.path), str(file)]).stdout)

    assert "kept, but not understood: language fr" in told[0]
    assert "language en guessed from few words (give --lang if it is another)" in told[1]


def test_the_claims_of_a_file_come_with_what_had_to_be_guessed(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Pont fermé à Halden", encoding="utf-8")

    told = CliRunner().invoke(cli, ["extract", str(file)]).stderr

    assert "language en guessed from few words" in told
