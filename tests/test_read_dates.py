from __future__ import annotations

from datetime import date

import pytest

from tocsin.model.time import Window
from tocsin.read.dates import in_address, in_first_lines, parse_day, parse_words


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
