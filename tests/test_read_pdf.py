"""PDF files: text page by page, and clear words for what cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reading import samples

from tocsin.errors import ReadError
from tocsin.model.report import DateConfidence
from tocsin.model.time import Window
from tocsin.read import read
from tocsin.read.limits import MAX_PAGES

OTHER, SENTENCE, pdf = samples.OTHER, samples.SENTENCE, samples.pdf


def test_pages_are_divided_by_form_feeds_and_offsets_count_them() -> None:
    report = read(pdf(SENTENCE, OTHER, "The end."), name="p.pdf")

    assert report.text.split("\f")[1].strip() == OTHER
    assert report.text[: report.text.index(OTHER)].count("\f") == 1
    assert report.media_type == "application/pdf"


def test_an_empty_page_keeps_the_count() -> None:
    assert read(pdf(SENTENCE, "", OTHER), name="p.pdf").text.count("\f") == 2


def test_title_and_author_are_those_of_the_file_and_its_day_is_trusted_little() -> None:
    report = read(pdf(SENTENCE, info={"Title": "Weekly", "Author": "L. Orlik", "CreationDate": "D:20221204"}), name="p")

    assert (report.title, report.author) == ("Weekly", "L. Orlik")
    assert report.published == Window.on(date(2022, 12, 4))
    assert (report.published_how, report.published_confidence) == (
        "day on which the PDF was made",
        DateConfidence.LOW,
    )


def test_the_day_in_the_first_lines_goes_before_that_of_the_file() -> None:
    report = read(pdf(f"Weekly report, 2 December 2022\n{OTHER}", info={"CreationDate": "D:20230115"}), name="p.pdf")

    assert report.published == Window.on(date(2022, 12, 2))


def test_a_scan_is_recognised_and_the_cure_told() -> None:
    with pytest.raises(ReadError, match=r"is a scan.*run text recognition"):
        read(pdf("", "", picture=True), name="scan.pdf")


def test_a_page_without_text_among_others_is_noted() -> None:
    report = read(pdf(SENTENCE, "", picture=True), name="p.pdf")

    assert report.notes == ("page 2: a picture without text, not read (run text recognition on the file)",)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ReadError, match=f"{MAX_PAGES:,} are the limit"):
        read(pdf(*[""] * (MAX_PAGES + 1)), name="long.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n" + bytes(range(256)) * 40, pdf(SENTENCE)[:300]])
def test_a_damaged_file_is_told(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"the PDF file (is damaged|holds no text)"):
        read(data, name="p.pdf")


def test_a_name_alone_makes_no_pdf() -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(b"These are words.", name="p.pdf")
