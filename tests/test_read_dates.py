from __future__ import annotations

from datetime import date

import pytest

from tocsin.model.time import Window
from tocsin.read import read
from tocsin.read.dates import in_address, in_first_lines, in_name, parse_day, parse_words


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-12-02", date(2022, 12, 2), date(2022, 12, 2)),
        ("20221202", date(2022, 12, 2), date(2022, 12, 2)),
        ("2022-12-02 10:00", date(2022, 12, 2), date(2022, 12, 2)),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-11-30/2022-12-02", date(2022, 11, 30), date(2022, 12, 2)),
    ],
)
def test_iso_dates_are_windows(text: str, earliest: date, latest: date) -> None:
    assert parse_day(text) == Window(earliest=earliest, latest=latest)


@pytest.mark.parametrize(
    "text", ["", "soon", "2022-02-30", "2022-13", "0000-01-01", "99999-01-01", "2022-12-02/2022-12-01", "02/12/2022"]
)
def test_what_is_no_day_gives_none(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    "text", ["2 December 2022", "2nd of December 2022", "December 2, 2022", "Dec 2 2022", "02.12.2022", "2022-12-02"]
)
def test_one_day_has_many_spellings(text: str) -> None:
    assert parse_words(text) == Window.on(date(2022, 12, 2))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("December 2, 2022", True),
        ("Published: 2 December 2022", True),
        ("2 December 2022 | Brno", True),
        ("Evening report, December 2, 2022", True),
        ("The road has been shut since December 2, 2022", False),
        ("On December 2, 2022 the road was shut and nobody could say when it might be opened again", False),
        ("What the guard saw on 2 December 2022", False),
        ("December 2", False),
    ],
)
def test_only_a_dateline_dates_a_report(line: str, *, found: bool) -> None:
    assert (in_first_lines(f"{line}\nText.") is not None) is found


def test_a_date_far_down_the_text_does_not_date_it() -> None:
    assert in_first_lines("Line.\n" * 20 + "December 2, 2022") is None


@pytest.mark.parametrize(
    ("url", "earliest"),
    [
        ("https://e.example/2022/12/02/a", date(2022, 12, 2)),
        ("https://e.example/news/20221202-a.html", date(2022, 12, 2)),
        ("https://e.example/a-2022-12-02", date(2022, 12, 2)),
        ("https://e.example/2022/12/a", date(2022, 12, 1)),
        ("https://e.example/202299/a", None),
        ("https://e.example/id/7720221202", None),
    ],
)
def test_an_address_may_hold_the_date(url: str, earliest: date | None) -> None:
    window = in_address(url)

    assert (window.earliest if window else None) == earliest


GERMAN = (
    "Die Brücke über den Fluss ist seit gestern gesperrt, sagte der Bürgermeister der kleinen Stadt am Abend vor der"
    " Presse. Niemand weiß, wann sie wieder geöffnet wird, und die Lastwagen warten am anderen Ufer auf den Winter."
)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Ostrow, le 1er août 2026", date(2026, 8, 1)),
        ("Radio Nord - journal du soir\n12 décembre 2026", date(2026, 12, 12)),
        ("Bulletin du 5 novembre 2026", date(2026, 11, 5)),
        ("5 de noviembre de 2026", date(2026, 11, 5)),
        ("Bonn, 5. Dezember 2026", date(2026, 12, 5)),
        ("Львів, 5 листопада 2026", date(2026, 11, 5)),
        ("5 novembre 2026 / 5 November 2026 (English edition)", date(2026, 11, 5)),
        ("2 December 2026 | 2 décembre 2026 | Radio Nord", date(2026, 12, 2)),
        ("Depuis le 5 novembre 2026", None),
        ("Les attaques du 5 novembre 2026", None),
        ("Der Krieg seit dem 5. November 2026", None),
    ],
)
def test_a_dateline_is_read_in_other_languages_and_twice_over(head: str, day: date | None) -> None:
    found = in_first_lines(f"{head}\nText.")

    assert (found.window if found else None) == (Window.on(day) if day else None)


@pytest.mark.parametrize(
    ("figures", "rest", "earliest", "latest"),
    [
        ("25/11/2026", "The port is open.", date(2026, 11, 25), date(2026, 11, 25)),
        ("11/25/2026", "The port is open.", date(2026, 11, 25), date(2026, 11, 25)),
        ("05-11-2026", GERMAN, date(2026, 11, 5), date(2026, 11, 5)),
        ("05/11/2026", GERMAN, date(2026, 11, 5), date(2026, 11, 5)),
        ("05/11/2026", "The port is open.", date(2026, 5, 11), date(2026, 11, 5)),
        ("05/05/2026", "The port is open.", date(2026, 5, 5), date(2026, 5, 5)),
    ],
)
def test_the_day_comes_first_where_a_number_or_the_language_says_so_and_else_either_may(
    figures: str, rest: str, earliest: date, latest: date
) -> None:
    found = in_first_lines(f"Radio Nord\n{figures}\n\n{rest}")

    assert found is not None
    assert found.window == Window(earliest=earliest, latest=latest)


def test_of_two_orders_the_one_after_the_day_of_retrieval_is_not_meant() -> None:
    text = b"Radio Nord\n05/11/2026\n\nThe port is open."

    early, late = (read(text, name="a.txt", retrieved=day) for day in (date(2026, 6, 1), date(2026, 11, 29)))

    assert early.published == Window.on(date(2026, 5, 11))
    assert late.published == Window(earliest=date(2026, 5, 11), latest=date(2026, 11, 5))
    assert late.published_how == "text: '05/11/2026' (day or month first)"


@pytest.mark.parametrize("figures", ["45/11/2026", "31/02/2026", "1/2/26", "05/11-2026", "No 12/05/11/2026"])
def test_figures_that_are_no_day_date_nothing(figures: str) -> None:
    assert in_first_lines(f"{figures}\nText.") is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("harbour-2026-11-05.txt", date(2026, 11, 5)),
        ("watch/20261105_evening.pdf", date(2026, 11, 5)),
        ("Sitrep_12_novembre_2026.md", date(2026, 11, 12)),
        ("note 5-Nov-2026.txt", date(2026, 11, 5)),
        ("2026-11-05/note.txt", None),
        ("a20261105.txt", None),
        ("note-2026-13-05.txt", None),
        ("note-2026.txt", None),
        ("https://e.example/2026-11-05.txt", None),
    ],
)
def test_the_name_of_a_file_may_hold_the_day(name: str, day: date | None) -> None:
    found = in_name(name)

    assert (found.window if found else None) == (Window.on(day) if day else None)


def test_the_name_of_a_file_dates_a_report_only_where_nothing_else_does_and_is_trusted_little() -> None:
    name, day = "harbour-2026-11-05.txt", date(2026, 11, 29)

    undated = read(b"Radio Nord\n\nThe port is open.", name=name, retrieved=day)
    dated = read(b"Radio Nord\n4 November 2026\n\nThe port is open.", name=name, retrieved=day)
    later = read(b"Radio Nord\n\nThe port is open.", name=name, retrieved=date(2026, 11, 4))

    assert undated.published == Window.on(date(2026, 11, 5))
    assert (undated.published_how, undated.published_confidence.value) == ("file name: '2026-11-05'", "low")
    assert (dated.published, dated.published_how) == (Window.on(date(2026, 11, 4)), "text: '4 November 2026'")
    assert later.published is None
