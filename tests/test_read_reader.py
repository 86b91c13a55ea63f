from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import ReadError
from tocsin.model.time import Window
from tocsin.read import MAX_BYTES, MAX_HTML_BYTES, MAX_MARKDOWN_BYTES, read

GERMAN = (
    "Der Sprecher des Ministeriums sagte am Freitag, dass an der Grenze keine neuen Verbände gesehen wurden. "
    "Die Straßen waren frei, und auch die Züge fuhren nach Plan, wie die Bahn am Abend mitteilte. "
    "Mehr wollte niemand dazu sagen."
)
SENTENCE = "The garrison at Ostrava kept its gates shut, and the road to the river stayed empty all day."


def test_the_id_is_the_digest_of_the_bytes_whatever_the_name() -> None:
    data = SENTENCE.encode()

    assert read(data, name="a.txt").id == read(data, name="b.md").id == "sha256:" + hashlib.sha256(data).hexdigest()


def test_plain_text_is_only_decoded() -> None:
    text = "   First line\r\n\r\nSecond *line* with <b>marks</b>\r\t\x1b[31mred\u202e  \n\n"

    read_text = read(b"\xef\xbb\xbf" + text.encode(), name="note.txt").text

    assert read_text == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_plain_text_comes_back_unchanged(text: str) -> None:
    data = ("Report. " + text).encode()

    assert read(data, name="r.txt", lang="en").text == "Report. " + text


@given(st.binary(max_size=300), st.sampled_from(["r.txt", "r.md", "r.html", "r", "-"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_report_or_a_read_error(data: bytes, name: str) -> None:
    try:
        outcome = read(data, name=name, lang="en").text
    except ReadError as error:
        outcome = str(error)

    assert outcome.strip()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "e.txt", ("empty",)),
        (b" \n\t ", "e.txt", ("empty",)),
        (b"\x00\x01\x02text", "b.txt", ("binary", "NUL", "UTF-8")),
        (bytes(range(1, 32)) * 40, "b.txt", ("binary",)),
        (b"%PDF-1.7 ...", "p.txt", ("PDF", "damaged")),
        (b"{\\rtf1 words}", "p.rtf", ("RTF", "not read", "plain text")),
        (b"PK\x03\x04....", "d.docx", ("office document", "plain text")),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "f.xml", ("container", "rss")),
        (b"<?xml version='1.0'?><config/>", "f.xml", ("XML", "neither")),
        (b'{"a": 1}', "chat.json", ("container", "json")),
        (b"<html><body></body></html>", "p.html", ("no main text",)),
        (b"<html><body><script>var a = 1;</script></body></html>", "p.html", ("no main text", "scripts")),
        (b"---\ntitle: x\n---\n\n", "r.md", ("no text below",)),
        (b"---\npublished: soon\n---\nText.", "r.md", ("line 2", "'soon' is no date", "2022-12-02")),
        (b"---\npublished: 2022-13-02\n---\nText.", "r.md", ("line 2", "no date")),
        (b"---\ntitle: x\nwhat is this\n---\nText.", "r.md", ("line 3", "key: value")),
        (b"---\ntitle: x\ntitle: y\n---\nText.", "r.md", ("line 3", "twice")),
        (b"---\nurl: javascript:alert(1)\n---\nText.", "r.md", ("line 2", "web address")),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_reason_and_cure(
    data: bytes, name: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name=name)

    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert message.endswith(")")
    assert all(word in message for word in words)


def test_a_report_that_is_too_large_is_refused_at_once() -> None:
    with pytest.raises(ReadError, match="20 MB"):
        read(b"a" * (MAX_BYTES + 1), name="big.txt")
    with pytest.raises(ReadError, match="more than 5 MB"):
        read(b"<html>" + b"a" * MAX_HTML_BYTES, name="big.html")
    with pytest.raises(ReadError, match="more than 1 MB"):
        read(b"a " * MAX_MARKDOWN_BYTES, name="big.md")


def test_what_the_caller_gives_goes_before_what_the_report_says() -> None:
    data = b"---\npublished: 2022-11-01\nurl: https://example.org/a\nlang: uk\n---\nText of the report."
    given_day = Window.on(date(2022, 12, 2))

    own = read(data, name="r.md")
    told = read(data, name="r.md", published=given_day, url="https://example.org/b", lang="EN-gb")

    assert own.published == Window.on(date(2022, 11, 1))
    assert (own.published_how, own.url, own.lang) == ("front matter", "https://example.org/a", "uk")
    assert told.published == given_day
    assert (told.published_how, told.url, told.lang) == ("given", "https://example.org/b", "en")


def test_a_date_after_the_day_of_retrieval_is_not_believed() -> None:
    data = f"Bulletin, 5 December 2022\n{SENTENCE}".encode()

    assert read(data, name="r.txt", retrieved=date(2022, 12, 4)).published is None
    assert read(data, name="r.txt", retrieved=date(2022, 12, 5)).published == Window.on(date(2022, 12, 5))


@pytest.mark.parametrize(
    ("first", "author", "outlet"),
    [
        ("column by IRENA NOVAKOVA, observer of the security desk of NR.CZ", "Irena Novakova", "NR.CZ"),
        ("By Tom Reed and Ann Lee, The Harbour Times", "Tom Reed and Ann Lee", "The Harbour Times"),
        ("by Tom Reed for Harbour Weekly", "Tom Reed", "Harbour Weekly"),
        ("By Tom Reed", "Tom Reed", None),
        ("By Tom Reed, staff writer", "Tom Reed", None),
        ("BRNO, Dec 2 (Northwire) - The road was empty.", None, "Northwire"),
        ("November 26, 2026 (KOSTI) - The road was empty.", None, None),
        ("KHARTOUM (Sudan) - The road was empty.", None, None),
        ("By Monday the road was empty.", None, None),
        ("The bridge was built by Soviet Engineers, officers of the Third Army.", None, None),
    ],
)
def test_author_and_outlet_are_those_of_the_byline(first: str, author: str | None, outlet: str | None) -> None:
    report = read(f"{first}\n{SENTENCE}".encode(), name="r.txt")

    assert (report.author, report.outlet) == (author, outlet)
    assert report.text.startswith(first)


def test_titles_cannot_steer_a_terminal() -> None:
    report = read('---\ntitle: "Calm\x1b[2J\u202ehtaed"\nsource: Ou\u200btlet\n---\nText.'.encode(), name="r.md")

    assert report.title == "Calm[2Jhtaed"
    assert report.outlet == "Outlet"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Kurze Meldung vom Tage.", "en"),
        ("Генеральний штаб повідомив, що на півночі ознак формування ударних угруповань не виявлено.", "uk"),
        (
            GERMAN,
            "de",
        ),
    ],
)
def test_the_language_is_that_of_the_words_and_short_latin_text_is_english(text: str, lang: str) -> None:
    assert read(text.encode(), name="r.txt").lang == lang


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "cp1251", "koi8-u"])
def test_cyrillic_text_is_read_in_the_usual_character_sets(charset: str) -> None:
    text = (
        "Генеральний штаб повідомив, що на північному кордоні ознак формування ударних угруповань не виявлено. "
        "Окремі підрозділи продовжують навчання на полігонах, а вантажівки з боєприпасами повертаються додому."
    )
    report = read(text.encode(charset), name="r.txt")

    assert report.text.replace("i", "і") == text
    assert bool(report.notes) == (charset in ("cp1251", "koi8-u"))


def test_one_torn_character_does_not_change_the_alphabet() -> None:
    text = "Вантажівки повертаються додому, дорога порожня. " * 5
    report = read(text.encode()[:-2] + b"\xd0", name="r.txt")

    assert report.text.startswith("Вантажівки")
    assert any("could not be decoded" in note for note in report.notes)
