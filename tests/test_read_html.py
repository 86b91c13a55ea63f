from __future__ import annotations

import contextlib
import socket
import time
from datetime import date

import pytest

from tocsin.errors import ReadError
from tocsin.model.time import Window
from tocsin.read import read

PARAGRAPHS = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The border guard said on Friday that it had seen no columns on the northern roads during the week.",
        "A railway worker told the paper that eleven trains with empty wagons had left for the east since Monday.",
        "Nobody in the two villages nearest to the crossing was asked to leave, the district council said.",
    )
)


def page(head: str = "", before: str = "", after: str = "", body: str = PARAGRAPHS) -> bytes:
    inner = f"{before}<article>{body}</article>{after}"
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{inner}</body></html>'.encode()


def test_the_main_text_is_kept_and_the_frame_is_not() -> None:
    report = read(
        page(
            before="<nav><a href='/'>Home</a><a href='/w'>World</a></nav>",
            after="<footer>All rights reserved. <a href='/c'>Cookies</a></footer><script>var secret = 1;</script>",
        ),
        name="p.html",
    )

    assert "eleven trains" in report.text
    assert "secret" not in report.text
    assert "Cookies" not in report.text
    assert report.media_type == "text/html"


def test_title_outlet_author_and_address_come_from_the_head() -> None:
    head = (
        "<title>Quiet week in the north | The Ridge Post</title><meta property='og:site_name' content='The Ridge Post'>"
        "<meta name='author' content='Lena Orlik'><link rel='canonical' href='https://ridge.example/2022/12/02/quiet'>"
    )
    report = read(page(head), name="p.html")

    assert (report.title, report.outlet, report.author, report.url) == (
        "Quiet week in the north",
        "The Ridge Post",
        "Lena Orlik",
        "https://ridge.example/2022/12/02/quiet",
    )


@pytest.mark.parametrize(
    ("head", "before", "url", "window", "how"),
    [
        (
            "<meta property='article:published_time' content='2022-12-02T23:30:00+02:00'>",
            "",
            None,
            Window.on(date(2022, 12, 2)),
            "meta tag article:published_time",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-12-01"}]}</script>',
            "",
            None,
            Window.on(date(2022, 12, 1)),
            "linked data datePublished",
        ),
        ("", "<time datetime='2022-11-30'>30 Nov</time>", None, Window.on(date(2022, 11, 30)), "time element"),
        (
            "",
            "",
            "https://ridge.example/2022/11/quiet-week",
            Window(earliest=date(2022, 11, 1), latest=date(2022, 11, 30)),
            "address",
        ),
        (
            "<title>Daily report, November 29, 2022</title>",
            "",
            None,
            Window.on(date(2022, 11, 29)),
            "text: 'November 29, 2022'",
        ),
        ("", "", None, None, "not found"),
    ],
)
def test_the_date_says_how_it_was_found(
    head: str, before: str, url: str | None, window: Window | None, how: str
) -> None:
    report = read(page(head, before), name="p.html", url=url)

    assert (report.published, report.published_how) == (window, how)


def test_a_declared_character_set_is_obeyed() -> None:
    body = (
        "<p>"
        + "Вантажівки повертаються додому, дорога порожня і тиха, а на станції стоять порожні вагони. " * 5
        + "</p>"
    )
    data = page("<meta charset='windows-1251'>", body=body).decode().encode("cp1251")

    report = read(data, name="p.html")

    assert "Вантажівки" in report.text
    assert report.notes == ()


def test_broken_markup_gives_the_same_text_every_time() -> None:
    report = read(
        page(body=PARAGRAPHS + "<p>unclosed <b>bold <i>text that goes on for a while here</p>"), name="p.html"
    )

    assert (
        report.text
        == read(
            page(body=PARAGRAPHS + "<p>unclosed <b>bold <i>text that goes on for a while here</p>"), name="q.html"
        ).text
    )


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<xx>" * 100_000,
        "<script>" * 300_000,
        "<!--" * 300_000,
        "<" * 1_000_000,
        f'<p title="{"a" * 2_000_000}">',
        "<p " + " ".join(f'a{n}="b"' for n in range(100_000)) + ">",
        "<br>" * 500_000,
        "&amp;" * 300_000,
    ],
)
def test_hostile_pages_end_in_time(bomb: str) -> None:
    start = time.process_time()
    with contextlib.suppress(ReadError):
        read(page(before=bomb), name="p.html")

    assert time.process_time() - start < 10


def test_entities_of_a_document_type_do_not_grow() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "aaaaaaaaaa">{levels}]>'.encode()

    assert len(read(data + page(body=PARAGRAPHS + "<p>&e9;</p>")[15:], name="p.html").text) < 2_000


def test_reading_a_page_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = "<link rel='canonical' href='https://ridge.example/a'><base href='https://ridge.example/'>"

    assert read(
        page(head, "<img src='https://ridge.example/x.png'><iframe src='https://ridge.example/f'></iframe>"),
        name="p.html",
    ).text


LEAD = "A drone struck a tanker on the road to the ford late on Wednesday, killing two people, the union said."


@pytest.mark.parametrize("tag", ["<p class='meta'>{}</p>", "<p class='post-meta'>{}</p>", "<div class='meta'>{}</div>"])
def test_a_whole_sentence_set_as_page_furniture_is_kept(tag: str) -> None:
    assert LEAD in read(page(body=tag.format(LEAD) + PARAGRAPHS), name="p.html").text


@pytest.mark.parametrize(
    "furniture",
    [
        "Posted by Ann Orr on Wednesday",
        "All rights reserved to the paper and to those who wrote for it in the years before this one.",
        "<a href='/a'>Storm closes the harbour road</a>, <a href='/b'>Cholera cases rise in the west of it.</a>",
    ],
)
def test_what_is_page_furniture_stays_out(furniture: str) -> None:
    text = read(page(body=f"<p class='meta'>{furniture}</p>{PARAGRAPHS}"), name="p.html").text

    assert not any(words in text for words in ("Posted by", "rights reserved", "Cholera"))
