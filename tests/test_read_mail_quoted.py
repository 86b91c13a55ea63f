from __future__ import annotations

from tocsin.read import read

LEFT_OUT = (
    "what it quotes from another message is left out (to keep it: write Fwd: before the subject, or save the quoted "
    "message and add that)"
)
HEAD = "From: Amal Idris <amal@example.org>\nSubject: The road\nDate: Fri, 27 Nov 2026 18:40:00 +0200\n\n"


def test_what_a_mail_quotes_is_not_its_senders_and_is_told() -> None:
    text = "The road was open at noon.\n\n> On 26 Nov HQ wrote:\n> The road will be shut within two weeks.\n"

    report = read(f"{HEAD}{text}".encode(), name="note.eml")

    assert report.text.strip() == "The road was open at noon."
    assert report.notes == (LEFT_OUT,)


def test_a_mail_that_only_quotes_is_kept() -> None:
    report = read(f"{HEAD}> The road was shut at noon.\n".encode(), name="note.eml")

    assert report.text.strip() == "> The road was shut at noon."
    assert report.notes == ()


def test_what_a_mail_of_html_quotes_is_not_its_senders_and_is_told() -> None:
    head = HEAD.replace("\n\n", "\nContent-Type: text/html; charset=utf-8\n\n")
    own, quoted = "<p>The road was open at noon.</p>", "<blockquote><p>It will be shut in May.</p></blockquote>"

    report = read(f"{head}<html><body>{own}{quoted}</body></html>".encode(), name="note.eml")

    assert report.text.strip() == "The road was open at noon."
    assert report.notes == (LEFT_OUT,)


def test_a_mail_of_html_that_only_quotes_is_kept() -> None:
    head = HEAD.replace("\n\n", "\nContent-Type: text/html; charset=utf-8\n\n")

    report = read(f"{head}<blockquote><p>The road was shut at noon.</p></blockquote>".encode(), name="note.eml")

    assert report.text.strip() == "The road was shut at noon."
    assert report.notes == ()
