"""Forwarded mail: what is forwarded is a report by whoever wrote it; what is quoted in answer is left out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.reading import pieces, reports

from tocsin.desk import Desk
from tocsin.model.report import DateConfidence
from tocsin.model.time import Window
from tocsin.read import Item

NOW = datetime(2026, 11, 29)  # noqa: DTZ001 - the store's moments are UTC without a zone
SECOND = Window.on(date(2026, 3, 2))
THIRD = Window.on(date(2026, 3, 3))


def mail(body: str, *, subject: str = "Fwd: the ford", kind: str = "plain") -> bytes:
    """A mail by Amal Idris of 3 March 2026."""
    head = f"From: Amal Idris <amal@example.org>\nSubject: {subject}\nDate: Tue, 3 Mar 2026 18:40:00 +0200\n"
    return f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


FORMS = {
    "Gmail": (
        "I called him at noon.\n\n---------- Forwarded message ---------\nFrom: Bo Rowe <bo@example.org>\n"
        "Date: Mon, Mar 2, 2026 at 9:00 AM\nSubject: ford\nTo: Amal Idris <amal@example.org>\n\n\nThe ford is shut.\n"
    ),
    "Apple": (
        "I called him at noon.\n\nBegin forwarded message:\n\n> From: Bo Rowe <bo@example.org>\n> Subject: ford\n"
        "> Date: 2 March 2026 at 09:00:11 GMT+1\n> To: amal@example.org\n>\n> The ford is shut.\n"
    ),
    "Outlook": (
        "I called him at noon.\n\n"
        "-----Original Message-----\nFrom: Bo Rowe [mailto:bo@example.org]\n"
        "Sent: Monday, March 2, 2026 9:00 AM\nTo: Amal Idris; Desk\nSubject: ford\n\nThe ford is shut.\n"
    ),
    "Outlook on the web": (
        "I called him at noon.\n________________________________\nFrom: Bo Rowe <bo@example.org>\n"
        "Sent: Monday, March 2, 2026 9:00:00 AM\nTo: Amal Idris <amal@example.org>\n"
        "Subject: ford\n\nThe ford is shut.\n"
    ),
    "Thunderbird": (
        "I called him at noon.\n\n-------- Forwarded Message --------\n"
        "Subject: \tford\nDate: \tMon, 2 Mar 2026 09:00:00 +0100\n"
        "From: \tBo Rowe <bo@example.org>\nTo: \tamal@example.org\n\nThe ford is shut.\n"
    ),
    "quoted lines": (
        "I called him at noon.\n\n"
        "> On Mon, 2 Mar 2026 at 09:00, Bo Rowe <bo@example.org> wrote:\n>\n> The ford is shut.\n"
    ),
    "quoted lines after the name": (
        "I called him at noon.\n\n"
        "On Mon, Mar 2, 2026 at 9:00 AM Bo Rowe\n<bo@example.org> wrote:\n\n> The ford is shut.\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_a_mail_forwards_is_a_report_by_its_writer_of_its_own_day(form: str) -> None:
    own, other = reports(mail(FORMS[form]), "note.eml")

    assert (own.text.strip(), own.outlet, own.published) == ("I called him at noon.", "Amal Idris", THIRD)
    assert own.notes == ("what it forwards from Bo Rowe is a report of its own",)
    assert (other.text, other.outlet, other.published) == ("The ford is shut.", "Bo Rowe", SECOND)
    assert other.published_confidence is not DateConfidence.LOW


@pytest.mark.parametrize("form", ["Outlook", "Outlook on the web", "quoted lines", "quoted lines after the name"])
def test_what_an_answer_quotes_stays_left_out_and_is_told(form: str) -> None:
    (own,) = reports(mail(FORMS[form], subject="Re: the ford"), "note.eml")

    assert (own.text.strip(), own.outlet) == ("I called him at noon.", "Amal Idris")
    assert "what it quotes from another message is left out (to keep it: write Fwd:" in own.notes[0]


def test_an_answer_may_hold_a_message_that_says_it_is_forwarded() -> None:
    own, other = reports(mail(FORMS["Gmail"], subject="Re: the ford"), "note.eml")

    assert (own.outlet, other.outlet) == ("Amal Idris", "Bo Rowe")


def test_a_mail_that_holds_only_what_it_forwards_is_that_report() -> None:
    body = FORMS["Gmail"].removeprefix("I called him at noon.\n")
    (report,) = reports(mail(body), "note.eml")

    assert (report.text, report.outlet, report.published) == ("The ford is shut.", "Bo Rowe", SECOND)
    assert report.notes == ("forwarded by Amal Idris",)


def test_a_forward_within_a_forward_is_a_third_report() -> None:
    inner = FORMS["Outlook"].replace("I called him at noon.", "Cy saw it.").replace("Bo Rowe", "Cy Lund")
    outer = FORMS["Gmail"].replace("The ford is shut.\n", inner)

    found = reports(mail(outer), "note.eml")

    assert [(one.outlet, one.text.strip()) for one in found] == [
        ("Amal Idris", "I called him at noon."),
        ("Bo Rowe", "Cy saw it."),
        ("Cy Lund", "The ford is shut."),
    ]


def test_a_forward_in_html_alone_is_a_report_of_its_own() -> None:
    gmail = (
        '<div dir="ltr">I called him at noon.<br><br>'
        '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded'
        " message ---------<br>From: <strong>Bo Rowe</strong> <span>&lt;<a href='mailto:bo@example.org'>bo@example.org"
        "</a>&gt;</span><br>Date: Mon, Mar 2, 2026 at 9:00 AM<br>Subject: ford<br>To: amal@example.org<br></div><br>"
        "<div>The ford is shut.</div></div></div>"
    )
    apple = (
        "<html><body><div>I called him at noon.</div><blockquote type='cite'><div>Begin forwarded message:</div>"
        "<div><b>From: </b>Bo Rowe &lt;bo@example.org&gt;</div><div><b>Subject: </b>ford</div>"
        "<div><b>Date: </b>2 March 2026 at 09:00:11 GMT+1</div><br><div>The ford is shut.</div></blockquote>"
        "</body></html>"
    )
    outlook = (
        "<html><body><p>I called him at noon.</p><hr><div><b>From:</b> Bo Rowe &lt;bo@example.org&gt;<br><b>Sent:</b>"
        " Monday, March 2, 2026 9:00 AM<br><b>To:</b> Amal Idris<br><b>Subject:</b> ford</div><p>The ford is shut.</p>"
        "</body></html>"
    )
    for page in (gmail, apple, outlook):
        own, other = reports(mail(page, kind="html"), "note.eml")

        assert (own.text.strip(), own.outlet) == ("I called him at noon.", "Amal Idris")
        assert (other.text.strip(), other.outlet, other.published) == ("The ford is shut.", "Bo Rowe", SECOND)


def test_words_that_only_look_like_a_head_begin_no_other_message() -> None:
    body = "From: the harbour it looks calm.\nDate: nobody knows.\nThe ford is open.\n"

    assert [one.text for one in reports(mail(body, subject="the ford"), "note.eml")] == [body.strip()]


def test_a_forward_without_a_day_has_that_of_the_mail_it_came_with() -> None:
    _, other = reports(mail("See this.\n\n> The ford is shut.\n"), "note.eml")

    assert (other.text, other.outlet, other.published) == ("The ford is shut.", None, THIRD)
    assert other.published_how == "date of the mail it came with"


def test_what_a_marked_mail_forwards_and_attaches_is_marked_too() -> None:
    _, other = reports(mail(FORMS["Gmail"], subject="[TLP:RED] Fwd: the ford"), "note.eml")

    assert other.handling == "TLP:RED"


def test_the_mail_itself_keeps_its_id_and_the_same_forward_in_two_mails_is_one_report() -> None:
    first = [one for one in pieces(mail(FORMS["Gmail"]), "a.eml") if isinstance(one, Item)]
    second = [one for one in pieces(mail(FORMS["Outlook"]), "b.eml") if isinstance(one, Item)]

    assert first[0].data == mail(FORMS["Gmail"])
    assert first[1].data == second[1].data != second[0].data


def test_a_mail_on_record_is_known_again_and_what_it_forwards_comes_in(desk: Desk) -> None:
    data = mail(FORMS["Gmail"])
    own, _ = desk.add([("note.eml", lambda: data)], now=NOW)
    again = desk.add([("note.eml", lambda: data)], now=NOW)

    assert own.report is not None
    assert [one.outcome for one in again] == ["known", "known"]
    assert data == (desk.path / "reports" / f"{own.report.removeprefix('sha256:')}.eml").read_bytes()


def test_a_mail_longer_than_a_person_writes_is_not_taken_apart() -> None:
    body = "I called him at noon.\n" + "From: Bo Rowe\nDate: 2 March 2026\nTo: a\n\nThe ford is shut.\n" * 5_000

    assert len(reports(mail(body), "note.eml")) == 1
