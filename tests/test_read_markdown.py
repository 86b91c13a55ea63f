from __future__ import annotations

import contextlib
import time

import pytest

from tocsin.errors import ReadError
from tocsin.read import read
from tocsin.read.markdown import plain, split_front


def test_front_matter_fills_the_report_and_leaves_no_trace_in_the_text() -> None:
    report = read(
        b"---\ntitle: 'Quiet: a day'\nsource: Border Bulletin\nauthor: A. Bell\npublished: 2022-11-20/2022-11-21\n"
        b"retrieved: 2022-11-25\ntags:\n  - north\nmood: grey\n---\n\nNothing moved.\n",
        name="r.md",
    )

    assert (report.title, report.outlet, report.author, report.text) == (
        "Quiet: a day",
        "Border Bulletin",
        "A. Bell",
        "Nothing moved.",
    )
    assert report.published is not None
    assert str(report.published.earliest) == "2022-11-20"
    assert str(report.published.latest) == "2022-11-21"
    assert str(report.retrieved) == "2022-11-25"


def test_a_paragraph_is_one_line_however_it_was_wrapped() -> None:
    wrapped = "One sentence that goes\non and on. Another\nfollows."

    assert plain(wrapped) == plain(wrapped.replace("\n", " "))


def test_markup_leaves_its_words_and_nothing_else() -> None:
    text = plain(
        '# A *title*\n\n> quoted [link](https://example.org "x") `code`\n\n1. one\n2. two\n\n'
        "| a | b |\n|---|---|\n| c | d |\n\n<div><!-- <p>hidden</p> -->shown &amp; told</div>\n\n![map](m.png)"
    )

    assert text.split("\n\n") == [
        "A title",
        "quoted link code",
        "one",
        "two",
        "a",
        "b",
        "c",
        "d",
        "shown & told",
        "map",
    ]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert split_front("---\nno closing line", name="r.md").front == {}


def test_front_matter_is_found_without_a_suffix_but_not_in_a_text_file() -> None:
    data = b"---\ntitle: Known\n---\nBody text."

    assert read(data, name="-").title == "Known"
    assert read(data, name="r.txt").text == data.decode()


@pytest.mark.parametrize(
    "bomb", [">" * 50_000, "[" * 50_000, "*a " * 60_000, "`" * 100_000, "- " * 20_000, "<!--" * 50_000]
)
def test_hostile_markdown_ends_in_time(bomb: str) -> None:
    start = time.process_time()
    with contextlib.suppress(ReadError):
        read(f"Text.\n\n{bomb}\n\nMore text.".encode(), name="r.md", lang="en")

    assert time.process_time() - start < 10
