"""Containers: what holds many reports gives them one by one, each with what it says of itself."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.reading import outcome, pieces, reports, samples

from tocsin.errors import FaultyInput, ReadError
from tocsin.extract import extract
from tocsin.model.claim import Polarity
from tocsin.model.report import DateConfidence
from tocsin.model.time import Window
from tocsin.read import Item, PassedOver, Unread, limits, parse_columns, read
from tocsin.read.limits import MAX_ATTACHMENTS, MAX_BYTES, MAX_MIME_PARTS

ITEM, OTHER, SENTENCE = samples.ITEM, samples.OTHER, samples.SENTENCE
SECOND = Window.on(date(2022, 12, 2))


def test_a_single_file_is_its_bytes_wherever_it_lies() -> None:
    alone = reports(SENTENCE.encode(), "note.txt")
    packed = reports(samples.zipped({"deep/er/note.txt": SENTENCE.encode()}), "all.zip")

    assert [one.id for one in alone] == [one.id for one in packed]
    assert alone[0].id == "sha256:" + hashlib.sha256(SENTENCE.encode()).hexdigest()


@pytest.mark.parametrize("name", list(samples.every()))
def test_every_kind_gives_its_sentence(name: str) -> None:
    assert any(SENTENCE in one.text or OTHER in one.text for one in reports(samples.every()[name], name))


# -- feeds ---------------------------------------------------------------------------------------------------------


def test_an_entry_of_a_feed_has_its_own_day_address_and_words() -> None:
    (found,) = reports(samples.rss(ITEM), "feed.xml")

    assert (found.title, found.outlet, found.url) == (
        "Brigades at the border",
        "Northern Wire",
        "https://wire.example/1",
    )
    assert (found.published, found.published_how) == (SECOND, "feed entry published")
    assert found.text == f"Brigades at the border\n\n{SENTENCE}"


def test_the_same_entry_is_the_same_report_whatever_stands_around_it() -> None:
    alone = reports(samples.rss(ITEM), "monday.xml")
    among = reports(samples.rss({**ITEM, "title": "Another", "guid": "9"}, ITEM), "tuesday.xml")

    assert alone[0].id == among[1].id
    assert among[0].id != among[1].id


def test_a_kept_entry_is_read_again_as_the_same_report() -> None:
    (item,) = pieces(samples.rss(ITEM), "feed.xml")
    assert isinstance(item, Item)

    assert read(item.data, name="0123.json") == read(item.data, name=item.name, kind=item.kind)


def test_an_entry_taken_from_another_feed_cites_it() -> None:
    (found,) = reports(samples.atom(), "feed.atom")

    assert (found.outlet, found.cited, found.published_how) == ("Digest", "Harbour News", "feed entry updated")
    assert found.published_confidence is DateConfidence.MODERATE


def test_a_feed_that_declares_entities_is_refused() -> None:
    hostile = samples.rss(ITEM).replace(
        b'<rss version="2.0">', b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0">'
    )

    assert outcome(hostile, "feed.rss")[0].startswith("feed.rss: the feed declares entities")


# -- chats ---------------------------------------------------------------------------------------------------------


def test_a_message_of_a_channel_is_a_report_of_it_and_a_forward_says_whence() -> None:
    first, second = reports(samples.chat(), "result.json")

    assert (first.outlet, first.published, first.cited) == ("Hajun", SECOND, None)
    assert (second.text, second.cited) == (f"Late. {OTHER}", "Harbour News")


def test_messages_without_words_are_counted_not_read() -> None:
    passed = [one for one in pieces(samples.chat(), "result.json") if isinstance(one, PassedOver)]

    assert [(one.count, one.what) for one in passed] == [(1, "messages without words"), (1, "notices of the service")]


@pytest.mark.parametrize("data", [b"{}", b"[1, 2]", b'{"messages": 3}', b'{"messages": [{"text": 5}]}', b"{" * 100_000])
def test_json_that_is_no_chat_says_what_to_do(data: bytes) -> None:
    (told,) = outcome(data, "result.json")

    assert told.startswith("result.json: this JSON file is no chat export")
    assert "declare a mapping" in told


# -- mail ----------------------------------------------------------------------------------------------------------


def test_a_message_is_read_by_its_plain_text_and_dated_by_its_header() -> None:
    (found,) = reports(samples.mail(html=f"<p>{OTHER}</p>", subject="Lage am Fluß"), "a.eml")

    assert (found.text.strip(), found.title, found.outlet) == (SENTENCE, "Lage am Fluß", "Press Desk")
    assert (found.published, found.published_how) == (SECOND, "mail header Date")


def test_a_message_in_html_alone_is_read_as_a_page() -> None:
    html = f"<html><body><style>p {{}}</style><script>steal()</script><p>{SENTENCE}</p><p>{OTHER}</p></body></html>"
    (found,) = reports(samples.mail(text="", html=html), "a.eml")

    assert SENTENCE in found.text
    assert "steal" not in found.text


def test_an_attachment_is_a_report_of_its_own_and_the_same_as_the_file() -> None:
    paper = samples.pdf(OTHER)
    message = samples.mail(("paper.pdf", paper, "application/pdf"), ("p.png", b"\x89PNG\r\n", "image/png"))
    letter, attached = reports(message, "a.eml")

    assert letter.text.strip() == SENTENCE
    assert attached.id == reports(paper, "paper.pdf")[0].id
    assert (attached.published_how, attached.published_confidence) == (
        "date of the mail it came with",
        DateConfidence.LOW,
    )
    assert [one.what for one in pieces(message, "a.eml") if isinstance(one, PassedOver)] == ["image/png"]


def test_a_message_of_attachments_alone_gives_those() -> None:
    message = samples.mail(("paper.pdf", samples.pdf(OTHER), "application/pdf"), text="")

    assert [one.media_type for one in reports(message, "a.eml")] == ["application/pdf"]


def test_a_forwarded_message_and_an_archive_are_attachments_too() -> None:
    inner = samples.mail(text=OTHER, subject="Inner")
    message = samples.mail(("all.zip", samples.zipped({"n.txt": OTHER.encode()}), "application/zip"))

    assert [one.text.strip() for one in reports(message, "a.eml")] == [SENTENCE, OTHER]
    assert SENTENCE in outcome(samples.mail(("inner.eml", inner, "application/octet-stream")), "a.eml")[0]
    assert OTHER in outcome(samples.mail(("inner.eml", inner, "application/octet-stream")), "a.eml")[1]


def test_too_many_parts_and_attachments_are_refused() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(MAX_MIME_PARTS + 5)
    )
    many = samples.mail(*((f"{n}.txt", b"Word %d" % n, "text/plain") for n in range(MAX_ATTACHMENTS + 3)))

    assert "parts" in outcome(deep, "a.eml")[0]
    assert len(reports(many, "b.eml")) == MAX_ATTACHMENTS + 1
    assert any("attachments" in told for told in outcome(many, "b.eml"))


# -- mailboxes -----------------------------------------------------------------------------------------------------


def test_the_messages_of_a_mailbox_are_those_of_single_files() -> None:
    one, two = (
        samples.mail().rstrip() + b"\n",
        samples.mail(text=f"{OTHER}\n\nFrom here on it is quiet.").rstrip() + b"\n",
    )
    found = reports(samples.mailbox(one, two), "all.mbox")

    assert [report.id for report in found] == [reports(data, "a.eml")[0].id for data in (one, two)]


@pytest.mark.parametrize(
    "trick",
    [
        "From the quay we saw 10:00 ships in 2022\nand more.",
        "\n\nFrom here on, Fri Dec  2 10:00:00 2022 was quiet, it said.\nNo header follows.",
        "x\nFrom a@b Fri Dec  2 10:00:00 2022\nSubject: no blank line before it",
    ],
)
def test_words_that_look_like_the_beginning_of_a_message_begin_none(trick: str) -> None:
    whole = samples.mail(text=SENTENCE) + trick.encode()
    box = b"From press@wire.example Fri Dec  2 10:00:00 2022\n" + whole

    assert len(reports(box, "all.mbox")) == 1


def test_a_broken_message_stops_no_other() -> None:
    box = samples.mailbox(samples.mail(), b"X-Empty: yes\n\n", samples.mail(text=OTHER))

    told = outcome(box, "all.mbox")

    assert [SENTENCE in told[0], "message 2" in told[1], OTHER in told[2]] == [True, True, True]


# -- web archives --------------------------------------------------------------------------------------------------


def test_a_page_of_a_web_archive_has_the_address_and_day_of_its_record() -> None:
    for data in (samples.record(samples.page()), gzip.compress(samples.record(samples.page()))):
        (found,) = reports(data, "crawl.warc")

        assert (found.url, found.retrieved) == ("https://ridge.example/a", date(2022, 12, 3))
        assert found.id == reports(samples.page(), "a.html")[0].id


def test_what_is_no_page_in_a_web_archive_is_counted() -> None:
    data = b"".join(
        (
            samples.record(b"\x89PNG....", kind="image/png"),
            samples.record(b"gone", status="404 Not Found"),
            samples.record(b"var a", kind="text/javascript"),
            samples.record(SENTENCE.encode(), kind="text/plain", url="https://ridge.example/n"),
        )
    )
    passed = [one for one in pieces(data, "c.warc") if isinstance(one, PassedOver)]

    assert [one.what for one in passed] == ["answers with status 404", "image/png", "text/javascript"]
    assert [one.text for one in reports(data, "c.warc")] == [SENTENCE]


@pytest.mark.parametrize("length", [-5, 0, 10, 10**6, 10**15])
def test_a_record_that_lies_about_its_length_ends_in_words(length: int) -> None:
    told = outcome(samples.record(samples.page(), length=length) + samples.record(samples.page()), "c.warc")

    assert all(one.strip() for one in told)


# -- tables and JSON Lines -----------------------------------------------------------------------------------------


def test_a_row_is_a_report_by_the_declared_mapping_whatever_file_it_stands_in() -> None:
    first, second = reports(samples.table(), "rows.csv")
    (line,) = reports(samples.lines(), "rows.jsonl")

    assert (first.text, first.outlet, first.published, first.published_how) == (
        SENTENCE,
        "Northern Wire",
        SECOND,
        "column day",
    )
    assert second.text == OTHER
    assert line.id == first.id


@pytest.mark.parametrize("divided", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_seen_in_the_first_line(divided: str) -> None:
    assert [one.text for one in reports(samples.table(divided=divided), "rows.csv")] == [SENTENCE, OTHER]


def test_without_a_mapping_the_columns_found_are_shown() -> None:
    for name, data in (("rows.csv", samples.table()), ("rows.jsonl", samples.lines())):
        (told,) = outcome(data, name, mapping=None)

        assert "columns: day, source, body" in told
        assert "[mapping.NAME]" in told


def test_a_mapping_that_does_not_fit_says_what_is_missing() -> None:
    (told,) = outcome(samples.table(), "rows.csv", mapping='text = "content"\ntitle = "headline"')

    assert "mapping lacks content, headline" in told
    assert "columns: day, source, body" in told


def test_of_several_mappings_the_one_that_fits_is_taken() -> None:
    mapping = '[mapping.a]\ntext = "content"\n[mapping.b]\ntext = "body"\n[mapping.c]\ntext = "body"\npublished = "day"'

    assert reports(samples.table(), "rows.csv", mapping)[0].published == SECOND


def test_a_key_within_a_key_and_several_columns_of_text() -> None:
    data = samples.lines({"meta": {"source": "Northern Wire"}, "head": "Late.", "body": OTHER})
    (found,) = reports(data, "rows.jsonl", 'text = ["head", "body"]\noutlet = "meta.source"')

    assert (found.text, found.outlet) == (f"Late.\n\n{OTHER}", "Northern Wire")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("DD/MM/YYYY", "07/11/2026"),
        ("MM-DD-YY", "11-7-26"),
        ("YYYY.MM.DD", "2026.11.07"),
        ("DD/MM/YYYY", "07/11/2026 18:05"),
    ],
)
def test_a_mapping_says_how_its_days_are_written(written: str, day: str) -> None:
    mapping = f'text = "what"\npublished = "day"\ndate_format = "{written}"\n'
    iso = 'text = "what"\npublished = "day"\n'

    (own,) = reports(f"day;what\n{day};Two ships left.\n".encode(), "rows.csv", mapping)
    (same,) = reports(b"day;what\n2026-11-07;Two ships left.\n", "rows.csv", iso)

    assert own.published == Window.on(date(2026, 11, 7))
    assert own.id == same.id


def test_a_day_in_another_form_says_which_form_is_wanted() -> None:
    mapping = 'text = "what"\npublished = "day"\n'
    table = b"day;what\n31/11/2026;Two ships left.\n"

    assert 'date_format = "DD/MM/YYYY")' in outcome(table, "rows.csv", mapping)[0]
    assert "is no day in the form DD/MM/YYYY" in outcome(table, "rows.csv", mapping + 'date_format = "DD/MM/YYYY"\n')[0]
    with pytest.raises(FaultyInput, match="date_format: tells no day"):
        parse_columns(mapping + 'date_format = "MM/YYYY"\n', file="m.toml")


def test_the_place_of_a_row_is_put_before_its_text_and_the_claim_has_it() -> None:
    mapping = 'text = "what"\nplace = "town"\n'
    rows = b"town;what\nHalden;No ships left the port.\nHalden;Two ships left Halden.\n;Two ships left.\n"

    texts = [one.text for one in reports(rows, "rows.csv", mapping)]
    first = extract(reports(rows, "rows.csv", mapping)[0]).claims[0]

    assert texts == ["In Halden: No ships left the port.", "Two ships left Halden.", "Two ships left."]
    assert [place.name for place in first.places] == ["Halden"]
    assert first.polarity is Polarity.DENIED


def test_a_bad_row_stops_no_other() -> None:
    data = b"no json\n[1]\n" + samples.lines({"day": "soon", "body": "x"}, {"body": ""}, {"body": OTHER})
    told = outcome(data, "rows.jsonl", 'text = "body"\npublished = "day"')

    assert ["line 1" in told[0], "line 2" in told[1], "'soon' is no date" in told[2], "no text in body" in told[3]] == [
        True
    ] * 4
    assert told[4] == OTHER


def test_the_faults_of_a_mapping_are_shown_at_once() -> None:
    with pytest.raises(FaultyInput) as caught:
        parse_columns('[mapping.a]\ntitle = 5\nwhat = "x"\ndelimiter = ";;"', file="tocsin.toml")

    told = str(caught.value)
    assert all(word in told for word in ("mapping.a.text", "mapping.a.title", "mapping.a.what", "mapping.a.delimiter"))


# -- ZIP and gzip --------------------------------------------------------------------------------------------------


def test_an_archive_may_hold_archives_and_those_no_further_ones() -> None:
    inner = samples.zipped({"deep.zip": samples.zipped({"deepest.txt": b"Never read."}), "n.txt": OTHER.encode()})
    told = outcome(samples.zipped({"inner.zip": inner, "m.txt": SENTENCE.encode()}), "all.zip")

    assert "packed more than 2 deep" in told[0]
    assert told[1:] == [OTHER, SENTENCE]


def test_names_that_climb_out_of_an_archive_are_only_words() -> None:
    names = ("../../../etc/cron.d/x.txt", "/etc/passwd.txt", "C:\\windows\\x.txt", "a\nb\x1b[31m\u202e.txt")
    found = pieces(samples.zipped({name: SENTENCE.encode() for name in names}), "all.zip")

    assert len(found) == 4
    assert all(one.name.isprintable() for one in found)


def test_a_bomb_is_stopped_by_what_it_unpacks_to() -> None:
    bomb = samples.zipped({"zeros.txt": b" " * (MAX_BYTES - 1), "n.txt": SENTENCE.encode()})
    told = outcome(bomb, "bomb.zip")

    assert len(bomb) < 50_000
    assert "unpacks to more than" in told[0]


def test_a_bomb_of_many_members_is_stopped_as_a_whole() -> None:
    bomb = samples.zipped({f"{n}.txt": b"a" * 900_000 for n in range(300)})

    assert "unpacks to more than" in outcome(bomb, "bomb.zip")[-1]


def test_a_locked_member_and_a_damaged_one_stop_no_other() -> None:
    data = bytearray(samples.zipped({"locked.txt": b"x" * 50, "good.txt": SENTENCE.encode()}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        places = [one.header_offset for one in archive.infolist()]
    data[places[0] + 6] |= 1
    central = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    data[central + 8] |= 1
    told = outcome(bytes(data), "all.zip")

    assert "locked with a password" in told[0]
    assert told[1] == SENTENCE


def test_a_damaged_member_is_told() -> None:
    data = samples.zipped({"bad.txt": b"y" * 200, "good.txt": SENTENCE.encode()}, method=zipfile.ZIP_STORED)
    told = outcome(data.replace(b"y" * 200, b"z" * 200), "all.zip")

    assert "bad.txt" in told[0]
    assert told[1] == SENTENCE


def test_an_office_document_is_not_taken_for_an_archive() -> None:
    data = samples.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})

    assert "office document" in outcome(data, "letter.zip")[0]
    assert "office document" in outcome(data, "letter.docx")[0]


def test_what_is_cut_off_is_told_and_what_stood_before_is_kept() -> None:
    whole = gzip.compress(samples.lines(*({"body": f"{OTHER} {n}"} for n in range(2000))))
    told = outcome(whole[: len(whole) // 2], "rows.jsonl.gz", 'text = "body"')

    assert told[0] == f"{OTHER} 0"
    assert "damaged, locked or cut off" in told[-1]


def test_a_table_in_bytes_of_another_alphabet_says_so() -> None:
    assert "not UTF-8" in outcome("day,source,body\n1,2,Плацдарм".encode("cp1251"), "rows.csv")[-1]


@pytest.mark.parametrize("name", [name for name in samples.every() if name not in {"note.txt", "note.md", "page.html"}])
def test_every_kind_cut_off_anywhere_ends_in_words(name: str) -> None:
    data = samples.every()[name]
    for cut in range(1, len(data), max(1, len(data) // 23)):
        assert all(one.strip() for one in outcome(data[:cut], name))


def test_an_error_in_a_container_names_its_place() -> None:
    with pytest.raises(ReadError, match=r"this is a container of reports"):
        read(samples.table(), name="rows.csv")
    unread = [one for one in pieces(samples.zipped({"a.csv": b""}), "all.zip") if isinstance(one, Unread)]

    assert unread[0].name == "all.zip: a.csv"


def test_the_table_of_limits_says_what_the_limits_are() -> None:
    """The page for users, held equal to the code."""
    page = (Path(__file__).parents[1] / "docs" / "how-to" / "take-reports-in.md").read_text(encoding="utf-8")
    told = {
        f"{limits.MAX_BYTES // 10**6} MB |": 1,
        f"{limits.MAX_HTML_BYTES // 10**6} MB, ": 1,
        f"{limits.MAX_MARKDOWN_BYTES // 10**6} MB |": 1,
        f"{limits.MAX_PAGES:,} pages, {limits.MAX_TEXT:,} characters": 1,
        f"{limits.MAX_FEED_BYTES // 10**6} MB, 200 levels": 1,
        f"{limits.MAX_CHAT_BYTES // 10**6} MB |": 1,
        f"{limits.MAX_MIME_PARTS} parts, {limits.MAX_MIME_DEPTH} levels, {limits.MAX_ATTACHMENTS} attachments": 1,
        f"{limits.MAX_LINE // 10**6} MB a line or cell, {limits.MAX_COLUMNS:,} columns": 1,
        f"{limits.MAX_MEMBERS:,} members, {limits.MAX_NESTING} packings deep, {limits.MAX_RATIO} bytes from one": 1,
        f"A container may hold {limits.MAX_ENTRIES:,} reports": 1,
        f"{limits.SECONDS_TO_READ} seconds to become text, and {limits.SECONDS_TO_EXTRACT} seconds": 1,
        f"({limits.CHARACTERS_A_SECOND:,} characters a second)": 1,
        f"{limits.WORKER_MEMORY // 10**9} GB at most": 1,
    }

    assert {words: page.count(words) for words in told if page.count(words) < told[words]} == {}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.rss", samples.rss({"description": "\x00"})),
        ("rows.csv", samples.table(("2022-12-02", "Wire", "\x00"))),
        ("rows.csv", samples.table(("2022-12-02", "Wi\x00re", f"\x00{SENTENCE}"))),
        ("rows.jsonl", samples.lines({"body": f"{SENTENCE}\x00\ud800"})),
        ("all.zip", samples.zipped({"": b"A word."})),
        ("result.json", b'{"chats": {"list": [{"messages": []}]}}'),
    ],
)
def test_what_fuzzing_found_stays_mended(name: str, data: bytes) -> None:
    for told in outcome(data, name):
        assert told.strip()
        assert "\x00" not in told


def test_the_export_of_a_whole_account_gives_the_messages_of_all_chats() -> None:
    whole = b'{"chats": {"about": "x", "list": [' + samples.chat() + b", " + samples.chat(id=9) + b"]}}"

    assert [one.outlet for one in reports(whole, "result.json")] == ["Hajun"] * 4


def test_a_container_without_a_report_says_so() -> None:
    for name, data in (("a.zip", samples.zipped({})), ("a.csv", b"day,source,body\n"), ("a.warc", b"WARC/1.0\r\n\r\n")):
        assert "no report in it" in outcome(data, name)[0]


def test_what_is_no_report_in_an_archive_is_counted() -> None:
    site = {"a.html": samples.page(), "a.css": b"p { x: y }", "b.css": b"q", "p.png": b"\x89PNG", "s.js": b"var a = 1;"}
    site |= {"README": SENTENCE.encode(), "On the quay. Part 2": OTHER.encode()}
    found = pieces(samples.zipped(site), "site.zip")

    assert [one.name.removeprefix("site.zip: ") for one in found if isinstance(one, Item)] == [
        "a.html",
        "README",
        "On the quay. Part 2",
    ]
    assert {(one.count, one.what) for one in found if isinstance(one, PassedOver)} == {
        (2, ".css files"),
        (1, ".png files"),
        (1, ".js files"),
    }
